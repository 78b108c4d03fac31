"""Trains a small network with PyTorch as each row of losses.csv says. Python 3 with PyTorch 1.13 or later; run in this
folder. A row: name, validation loss after six steps, then the training loss of each step."""

import json
import struct

import torch
from torch import nn

BATCH, STEPS, RATE = 8, 6, 0.05
DTYPES = {torch.float32: "F32", torch.int64: "I64"}


def save(path, tensors):
    header, content = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.contiguous().numpy().tobytes()
        offsets = [len(content), len(content) + len(raw)]
        header[name] = {"dtype": DTYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": offsets}
        content += raw
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + content)


torch.manual_seed(3)
torch.set_num_threads(1)
network = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))
torch.jit.script(network).save("network.pt")
x = torch.randn(BATCH * STEPS, 4)
y = x[:, :3].argmax(1)
y[::5] = (y[::5] + 1) % 3
ignored = y.clone()
ignored[::3] = -100
save("classes.safetensors", {"x": x, "y": y})
save("ignored.safetensors", {"x": x, "y": ignored})

SGD = lambda groups, rate: torch.optim.SGD(groups, rate, momentum=0.9)
ADAMW = lambda groups, rate: torch.optim.AdamW(groups, rate, weight_decay=0.1)


def all_parameters(model):
    return [{"params": model.parameters()}]


def grouped(model):
    model[0].weight.requires_grad_(False)
    return [
        {"params": [model[0].bias], "weight_decay": 0.0},
        {"params": [model[2].weight], "lr": RATE * 10},
        {"params": [model[2].bias], "weight_decay": 0.0},
    ]


def train(name, labels, optimizer, groups=all_parameters, clip=None, warmup=0, micro=BATCH, smoothing=0.0):
    model = nn.Sequential(nn.Linear(4, 8), nn.Tanh(), nn.Linear(8, 3))
    model.load_state_dict(torch.jit.load("network.pt").state_dict())
    criterion = nn.CrossEntropyLoss(label_smoothing=smoothing)
    descent = optimizer(groups(model), RATE)
    full = [group["lr"] for group in descent.param_groups]
    losses = []
    for step in range(STEPS):
        rows = slice(step * BATCH, (step + 1) * BATCH)
        for group, rate in zip(descent.param_groups, full):
            group["lr"] = rate * min(1, (step + 1) / max(1, warmup))
        descent.zero_grad()
        total = (labels[rows] != -100).sum()
        loss = 0
        for part_x, part_y in zip(x[rows].split(micro), labels[rows].split(micro)):
            share = criterion(model(part_x), part_y) * (part_y != -100).sum() / total
            share.backward()
            loss += share.item()
        if clip is not None:
            nn.utils.clip_grad_norm_(model.parameters(), clip)
        descent.step()
        losses.append(loss)
    with torch.no_grad():
        validation = criterion(model(x), labels).item()
    return ",".join([name, repr(validation)] + [repr(loss) for loss in losses])


rows = [
    train("plain", y, SGD),
    train("clipped", y, SGD, clip=0.1),
    train("groups", y, ADAMW, groups=grouped),
    train("warm-up", y, ADAMW, warmup=4),
    train("micro-batches", y, SGD, micro=3),
    train("ignored", ignored, SGD, micro=3),
    train("smoothed", ignored, SGD, smoothing=0.1),
    train("rmsprop", y, lambda groups, rate: torch.optim.RMSprop(groups, rate * 0.1, momentum=0.9, centered=True)),
    train("adagrad", y, lambda groups, rate: torch.optim.Adagrad(groups, rate, lr_decay=0.1)),
]
with open("losses.csv", "w") as file:
    file.write("\n".join(rows) + "\n")
