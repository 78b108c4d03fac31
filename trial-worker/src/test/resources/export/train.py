"""A training script as its user would write it: a tagger of texts of different lengths with a loss of its own. Exports
model and batches to search/ and writes the losses that PyTorch gives to losses.csv. Python 3 with PyTorch 1.13 or later;
run in this folder."""

import pathlib
import sys

import torch
from torch import Tensor, nn
from torch.nn.functional import pad
from torch.utils.data import DataLoader

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[4]))
from export_batches import export  # noqa: E402

STEPS = 6


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.words = nn.Embedding(30, 8, padding_idx=0)
        self.reader = nn.GRU(8, 12, batch_first=True)
        self.tags = nn.Linear(12, 4)

    def forward(self, tokens, lengths):
        states, _ = self.reader(self.words(tokens))
        places = torch.arange(tokens.size(1)).unsqueeze(0)
        return self.tags(states) * (places < lengths.unsqueeze(1)).to(states.dtype).unsqueeze(2)


def focal(answer: Tensor, y: Tensor):
    logarithms = torch.log_softmax(answer, 2).gather(2, y.clamp(min=0).unsqueeze(2)).squeeze(2)
    kept = (y >= 0).to(logarithms.dtype)
    return (-((1 - logarithms.exp()) ** 2) * logarithms * kept).sum() / kept.sum()


def collate(items):
    longest = max(len(tokens) for tokens, _ in items)
    return (
        torch.stack([pad(tokens, (0, longest - len(tokens))) for tokens, _ in items]),
        torch.tensor([len(tokens) for tokens, _ in items]),
        torch.stack([pad(tags, (0, longest - len(tags)), value=-1) for _, tags in items]),
    )


def examples(count):
    generator = torch.Generator().manual_seed(count)
    for _ in range(count):
        length = int(torch.randint(2, 9, (1,), generator=generator))
        tokens = torch.randint(1, 30, (length,), generator=generator)
        yield tokens, tokens % 4


def losses(rate):
    model = Tagger()
    model.load_state_dict(start)
    descent = torch.optim.Adam(model.parameters(), rate)
    steps = []
    for tokens, lengths, tags in train:
        descent.zero_grad()
        loss = focal(model(tokens, lengths), tags)
        loss.backward()
        descent.step()
        steps.append(loss.item())
    with torch.no_grad():
        parts = [(focal(model(tokens, lengths), tags).item(), len(tokens)) for tokens, lengths, tags in validation]
    return [rate, sum(loss * rows for loss, rows in parts) / sum(rows for _, rows in parts), *steps]


torch.manual_seed(0)
torch.set_num_threads(1)
train = DataLoader(list(examples(4 * STEPS)), batch_size=4, collate_fn=collate)
validation = DataLoader(list(examples(10)), batch_size=4, collate_fn=collate)
model = Tagger()
start = {name: tensor.clone() for name, tensor in model.state_dict().items()}
export("search", model, train, validation, batches=STEPS, loss=focal)
with open("losses.csv", "w") as file:
    for rate in (0, 1e-3, 1e-1):
        file.write(",".join(repr(number) for number in losses(rate)) + "\n")
