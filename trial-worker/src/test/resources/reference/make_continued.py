"""Trains the network of make_reference.py with PyTorch for three steps, keeps it and what its optimizer remembers, and
goes on for three more: continued/NAME.pt, continued/NAME.safetensors and a row of continued/losses.csv, with the name,
the validation loss after the six steps and the training losses of the last three. rest.safetensors holds the rows of
those. Python 3 with PyTorch and safetensors; run in this folder."""

import pathlib

import torch
from safetensors.torch import load_file, save_file
from torch import nn

BATCH, STOP, STEPS = 8, 3, 6
FOLDER = pathlib.Path("continued")


def save_optimizer_state(path, model, optimizer):
    tensors = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            for slot, value in (optimizer.state.get(parameter) or {"step": 0}).items():
                if value is not None:
                    tensors[f"{name}.{slot}"] = torch.as_tensor(value).cpu().contiguous()
    save_file(tensors, path)


def row(name, make, frozen=None):
    model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))
    model.load_state_dict(torch.jit.load("network.pt").state_dict())
    if frozen is not None:
        model.get_parameter(frozen).requires_grad_(False)
    optimizer = make([parameter for parameter in model.parameters() if parameter.requires_grad])
    losses = []
    for step in range(STEPS):
        if step == STOP:
            for parameter in model.parameters():
                parameter.requires_grad_(True)  # the search freezes it, not the archive
            scripted = torch.jit.script(model)
            scripted.save(str(FOLDER / f"{name}.pt"))
            if frozen is not None:
                model.get_parameter(frozen).requires_grad_(False)
            save_optimizer_state(FOLDER / f"{name}.safetensors", model, optimizer)
        rows = slice(step * BATCH, (step + 1) * BATCH)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(model(x[rows]), y[rows])
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    with torch.no_grad():
        validation = nn.functional.cross_entropy(model(x[STOP * BATCH :]), y[STOP * BATCH :]).item()
    return ",".join([name, repr(validation)] + [repr(loss) for loss in losses[STOP:]])


torch.set_num_threads(1)
FOLDER.mkdir(exist_ok=True)
data = load_file("classes.safetensors")
x, y = data["x"], data["y"]
save_file({"x": x[STOP * BATCH :].clone(), "y": y[STOP * BATCH :].clone()}, FOLDER / "rest.safetensors")
optim = torch.optim
rows = [
    row("sgd", lambda p: optim.SGD(p, 0.05)),
    row("momentum", lambda p: optim.SGD(p, 0.05, momentum=0.9, dampening=0.3, weight_decay=0.01)),
    row("nesterov", lambda p: optim.SGD(p, 0.05, momentum=0.9, nesterov=True)),
    row("adam", lambda p: optim.Adam(p, 0.05, betas=(0.8, 0.95), weight_decay=0.1)),
    row("adamw", lambda p: optim.AdamW(p, 0.05, weight_decay=0.1)),
    row("frozen", lambda p: optim.AdamW(p, 0.05, weight_decay=0.1), frozen="0.weight"),
    row("rmsprop", lambda p: optim.RMSprop(p, 0.005)),
    row("centered", lambda p: optim.RMSprop(p, 0.005, momentum=0.9, centered=True)),
    row("adagrad", lambda p: optim.Adagrad(p, 0.05, lr_decay=0.2, initial_accumulator_value=0.1)),
]
(FOLDER / "losses.csv").write_text("\n".join(rows) + "\n")
