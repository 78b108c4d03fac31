"""Makes the TorchScript archives beside it. Python 3 with PyTorch 1.13 or later; run in this folder."""

import torch
from torch import nn

torch.manual_seed(1)
torch.jit.script(nn.Linear(4, 3)).save("linear.pt")
torch.jit.script(
    nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1d(8), nn.ReLU(), nn.Dropout(0.2), nn.Linear(8, 3))
).save("batchnorm_dropout.pt")
torch.jit.script(nn.Identity()).save("no_parameter.pt")


class Pair(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    def forward(self, x):
        return self.inner(x), x


torch.jit.script(Pair()).save("two_outputs.pt")
