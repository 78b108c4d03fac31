"""Trains a small classifier with PyTorch's Adam and publishes it after 0, 100 and 600 steps, each time with what the
optimizer remembers: step-N.pt and step-N.safetensors; the data are train.safetensors and validation.safetensors. Python 3
with PyTorch and safetensors; run in this folder."""

import torch
from safetensors.torch import save_file
from torch import nn

BATCH, RATE, PUBLISHED = 32, 3e-3, (0, 100, 600)


def save_optimizer_state(path, model, optimizer):
    tensors = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            for slot, value in (optimizer.state.get(parameter) or {"step": 0}).items():
                if value is not None:
                    tensors[f"{name}.{slot}"] = torch.as_tensor(value).cpu().contiguous()
    save_file(tensors, path)


def examples(rows, centres):
    y = torch.randint(len(centres), (rows,))
    return centres[y] + torch.randn(rows, centres.shape[1]), y


torch.manual_seed(7)
torch.set_num_threads(1)
centres = torch.randn(8, 6)
x, y = examples(1024, centres)
save_file({"x": x, "y": y}, "train.safetensors")
vx, vy = examples(512, centres)
save_file({"x": vx, "y": vy}, "validation.safetensors")

model = nn.Sequential(nn.Linear(6, 24), nn.ReLU(), nn.Linear(24, 8))
optimizer = torch.optim.Adam(model.parameters(), RATE)
for step in range(max(PUBLISHED) + 1):
    if step in PUBLISHED:
        torch.jit.script(model).save(f"step-{step}.pt")
        save_optimizer_state(f"step-{step}.safetensors", model, optimizer)
        with torch.no_grad():
            print(step, nn.functional.cross_entropy(model(vx), vy).item())
    rows = torch.randint(len(x), (BATCH,))
    optimizer.zero_grad()
    nn.functional.cross_entropy(model(x[rows]), y[rows]).backward()
    optimizer.step()
