"""Trains a TorchScript module at the rates of each curve-OPTIMIZER.csv with this machine's PyTorch and writes the same
curves to another folder:  python3 golden.py FOLDER OUT. One thread; batches are consecutive slices of 12 rows."""

import csv
import pathlib
import shutil
import sys

import numpy
import torch

ROWS = 12
OPTIMIZERS = {
    "sgd": lambda parameters, rate: torch.optim.SGD(parameters, rate),
    "sgd-momentum": lambda parameters, rate: torch.optim.SGD(parameters, rate, momentum=0.9, weight_decay=1e-4),
    "adam": lambda parameters, rate: torch.optim.Adam(parameters, rate),
    "adamw": lambda parameters, rate: torch.optim.AdamW(parameters, rate, weight_decay=0.01),
    "rmsprop": lambda parameters, rate: torch.optim.RMSprop(parameters, rate),
    "adagrad": lambda parameters, rate: torch.optim.Adagrad(parameters, rate),
}


def tensors(file):
    arrays = numpy.load(file)
    return torch.tensor(arrays["x"]), torch.tensor(arrays["y"]).long()


def batches(x, y):
    return zip(x.split(ROWS), y.split(ROWS))


def main(folder, out):
    torch.set_num_threads(1)
    out.mkdir(parents=True, exist_ok=True)
    for name in ("model.pt", "train.npz", "validation.npz"):
        shutil.copy(folder / name, out / name)
    train, validation = tensors(folder / "train.npz"), tensors(folder / "validation.npz")
    with open(folder / "curve-sgd.csv") as file:
        header, *rows = csv.reader(file)
    criterion = torch.nn.CrossEntropyLoss()
    for name, optimizer in OPTIMIZERS.items():
        with open(out / f"curve-{name}.csv", "w") as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for rate in (row[0] for row in rows):
                model = torch.jit.load(str(folder / "model.pt"))
                model.train()
                descent = optimizer(model.parameters(), float(rate))
                losses = []
                for _, (x, y) in zip(range(len(header) - 2), batches(*train)):
                    descent.zero_grad()
                    loss = criterion(model(x), y)
                    loss.backward()
                    descent.step()
                    losses.append(loss.item())
                model.eval()
                with torch.no_grad():
                    total = sum(criterion(model(x), y).item() * len(y) for x, y in batches(*validation))
                writer.writerow([rate, total / len(validation[1]), *losses])


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]))
