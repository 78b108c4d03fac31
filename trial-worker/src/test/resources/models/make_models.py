"""Makes the TorchScript archives beside it. Python 3 with PyTorch 1.13 or later; run in this folder."""

import zipfile
from typing import Optional

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


class TwoInputs(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    def forward(self, x, shift, scale: Optional[torch.Tensor] = None):
        shifted = self.inner(x) + shift
        return shifted if scale is None else shifted * scale


class NumberInput(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    def forward(self, x, times: int):
        return self.inner(x) * times


class Dictionary(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    def forward(self, x):
        return {"logits": self.inner(x), "x": x}


class Count(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    def forward(self, x) -> int:
        return self.inner(x).size(0)


class WithoutForward(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    @torch.jit.export
    def predict(self, x):
        return self.inner(x)


class Squared(nn.Module):
    def __init__(self, first, second):
        super().__init__()
        self.first = first
        self.second = second
        self.own = nn.Parameter(torch.ones(3, 3))

    def forward(self, x):
        return x @ self.first @ self.second @ self.own


class Normalised(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 4)
        self.norm = nn.BatchNorm1d(4)
        self.instance = nn.InstanceNorm1d(4)
        self.drop = nn.Dropout(0.5)
        self.never = nn.Dropout(0.0)

    def forward(self, x):
        return self.never(self.drop(self.norm(self.inner(x))))


torch.jit.script(TwoInputs()).save("two_inputs.pt")
torch.jit.script(NumberInput()).save("number_input.pt")
torch.jit.script(Dictionary()).save("dictionary.pt")
torch.jit.script(Count()).save("count.pt")
torch.jit.script(WithoutForward()).save("without_forward.pt")

square = nn.Parameter(torch.tensor([[1.0, 2.0, 0.0], [0.5, -1.0, 1.0], [0.0, 1.0, 2.0]]))
torch.jit.script(Squared(square, square)).save("tied_tensor.pt")
torch.jit.script(Squared(square, nn.Parameter(square.detach()))).save("tied_storage.pt")
torch.jit.script(Squared(square, nn.Parameter(square.detach().t()))).save("transposed_storage.pt")
torch.jit.script(Squared(square, nn.Parameter(square.detach().clone(), requires_grad=False))).save("frozen.pt")



class Hungry(nn.Module):
    """Asks for more memory than any machine has."""

    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(4, 3)

    def forward(self, x):
        return self.inner(x) + torch.zeros([1 << 50]).sum()


torch.jit.script(Hungry()).save("hungry.pt")


class Recurrent(nn.Module):
    """Keeps its weights in a list as well."""

    def __init__(self):
        super().__init__()
        self.inner = nn.GRU(4, 3, batch_first=True)

    def forward(self, x):
        return self.inner(x)[0]


torch.jit.script(Recurrent()).save("recurrent.pt")


class Held(nn.Module):
    """Norms without statistics, attention, and buffers that may be none: what a kept module has to answer with."""

    def __init__(self):
        super().__init__()
        self.instance = nn.InstanceNorm1d(4)
        self.bare = nn.BatchNorm1d(4, track_running_stats=False)
        self.attention = nn.MultiheadAttention(4, 2, batch_first=True)
        self.register_buffer("nothing", None)
        self.register_buffer("scale", torch.ones(4))

    def forward(self, x):
        states = self.bare(self.instance(x.unsqueeze(1)).squeeze(1)).unsqueeze(1)
        return self.attention(states, states, states)[0].squeeze(1) * self.scale


torch.jit.script(Held()).save("held.pt")
torch.jit.script(nn.Linear(4, 3).double()).save("double.pt")

example = torch.randn(2, 4)
torch.jit.trace(Normalised().eval(), example).save("traced_evaluating.pt")
torch.jit.trace(Normalised().train(), example, check_trace=False).save("traced_training.pt")

# As saved on a machine with CUDA, which this one may lack: only the place of each storage differs.
with zipfile.ZipFile("linear.pt") as cpu, zipfile.ZipFile("cuda.pt", "w") as cuda:
    for entry in cpu.infolist():
        content = cpu.read(entry)
        if entry.filename.endswith("/data.pkl"):
            content = content.replace(b"X\x03\x00\x00\x00cpu", b"X\x06\x00\x00\x00cuda:0")
        cuda.writestr(entry.filename, content)
