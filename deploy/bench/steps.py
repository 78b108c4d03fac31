"""Times a training step of Stepsampler's worker against the same model, batch, optimizer and threads in this Python's
PyTorch, in turns, and prints each side's median and the median ratio. Needs PyTorch and torchvision; run after the
build:  python3 deploy/bench/steps.py [--threads N] [--turns N] [--set-to-none] [MODEL ...]

Python clears gradients as its PyTorch does by default: before 2.0 it writes zeros."""

import argparse
import json
import os
import pathlib
import statistics
import struct
import subprocess
import sys
import tempfile
import time

import torch
import torchvision
from torch import nn

import reference

HERE = pathlib.Path(__file__).resolve().parent
FEW = 20  # steps of a trial, if a search does not say otherwise
TURN_SECONDS = 1.0


def save(path, tensors):
    """The safetensors format: length of the header, header, numbers."""
    names = {torch.float32: "F32", torch.int64: "I64"}
    header, content = {}, []
    offset = 0
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        header[name] = {
            "dtype": names[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        offset += len(raw)
        content.append(raw)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for raw in content:
            file.write(raw)


class Case:
    """A model, the batch it is fed with, and the search file that says the same."""

    def __init__(self, name, model, inputs, targets, loss, search):
        self.name, self.model, self.inputs, self.targets = name, model, inputs, targets
        self.loss, self.search = loss, search

    def write(self, folder):
        for part in ("train", "validation"):
            (folder / part).mkdir()
            save(folder / part / "0.safetensors", {**self.inputs, "y": self.targets})
        if self.search["model"]["family"] == "torchscript":
            torch.jit.script(self.model).save(str(folder / "model.pt"))
        else:
            save(folder / "model.safetensors", {k: v for k, v in self.model.state_dict().items() if v.dim()})
        search = {
            **self.search,
            "data": {"format": "batches", "train": "train", "validation": "validation"},
            "training": {"optimizer": {"name": "sgd", "momentum": 0.9}, "batchSize": len(self.targets), "steps": FEW},
        }
        (folder / "search.json").write_text(json.dumps(search))
        return folder / "search.json"

    def seconds(self, many, set_to_none):
        model = torch.jit.script(self.model) if self.search["model"]["family"] == "torchscript" else self.model
        model.train()
        descent = torch.optim.SGD(model.parameters(), 1e-5, momentum=0.9)
        clearing = {"set_to_none": True} if set_to_none else {}
        for step in range(many):
            if step == FEW:
                started = time.perf_counter()
            descent.zero_grad(**clearing)
            loss = self.loss(model(*self.inputs.values()), self.targets)
            loss.backward()
            descent.step()
            loss.item()
        return (time.perf_counter() - started) / (many - FEW)


def cases():
    torch.manual_seed(0)
    images = torch.randn(8, 3, 64, 64)
    classes = torch.randint(0, 10, (8,))
    criterion = nn.CrossEntropyLoss()
    script = {"model": {"family": "torchscript", "checkpoint": "model.pt"}}
    mini = nn.Sequential(
        nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16), nn.ReLU(),
        nn.Conv2d(16, 32, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(32), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Dropout(0.1), nn.Linear(32, 10),
    )
    yield Case("torchscript-small", mini, {"input": images[:, :, :32, :32].contiguous()}, classes, criterion, script)
    resnet = torchvision.models.resnet18(num_classes=10)
    yield Case("torchscript-resnet18", resnet, {"x": images}, classes, criterion, script)
    family = {"model": {"family": "resnet18", "checkpoint": "model.safetensors", "options": {"classes": 10}}}
    yield Case("resnet18", resnet, {"x": images}, classes, criterion, family)
    for case in reference.cases():
        yield Case(*case)


def worker(search, threads, many):
    command = [str(HERE / "bench"), "steps", str(search), str(threads), str(FEW), str(many)]
    child = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    line = child.stdout.readline()
    if not line.startswith("worker: "):
        sys.exit(f"the worker did not start: {line}")
    return child, line.strip()


def compare(case, threads, turns, set_to_none):
    with tempfile.TemporaryDirectory() as name:
        many = FEW + max(5, int(TURN_SECONDS / case.seconds(FEW + 5, set_to_none)))
        child, description = worker(case.write(pathlib.Path(name)), threads, many)
        theirs, ours, resets = [], [], []
        for _ in range(turns):
            theirs.append(case.seconds(many, set_to_none))
            child.stdin.write("\n")
            child.stdin.flush()
            step, reset, trial = map(float, child.stdout.readline().split())
            ours.append(step)
            resets.append(reset / trial)
        child.stdin.close()
        child.wait()
    ratios = [own / other for own, other in zip(ours, theirs)]
    print(
        f"{case.name:22} {statistics.median(theirs) * 1e3:9.2f} {statistics.median(ours) * 1e3:9.2f}"
        f" {statistics.median(ratios):7.3f} {min(ratios):7.3f} {max(ratios):7.3f}"
        f" {statistics.median(resets) * 100:10.2f}",
        flush=True,
    )
    return description


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--threads", type=int, default=1)
    arguments.add_argument("--turns", type=int, default=5)
    arguments.add_argument("--set-to-none", action="store_true", help="zero_grad(set_to_none=True) in Python")
    arguments.add_argument("models", nargs="*")
    chosen = arguments.parse_args()
    torch.set_num_threads(chosen.threads)
    print(f"PyTorch {torch.__version__} in Python, {chosen.threads} thread(s), {os.cpu_count()} cores; ms a step")
    print("model                     Python    worker   ratio     min     max  reset, % of a trial of 20 steps")
    description = "no such model"
    for case in cases():
        if not chosen.models or case.name in chosen.models:
            description = compare(case, chosen.threads, chosen.turns, chosen.set_to_none)
    print(description)


if __name__ == "__main__":
    main()
