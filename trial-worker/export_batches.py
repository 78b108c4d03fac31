"""Hands a PyTorch model and the batches of its data loader to Stepsampler: whatever the data, the collate function and
the loss are. Copy this file beside your training script and call

    from export_batches import export
    export("search", model, train_loader, validation_loader, batches=20, loss=criterion)

then run  stepsampler search search/search.yaml

model       its forward takes tensors; it must pass torch.jit.script
loaders     yield tuples of tensors in the order of forward's arguments, the target last, or dictionaries with the
            names of the arguments and "y"
loss        takes (answer, y) and gives one number; it must pass torch.jit.script, which no lambda
            does. None: the model answers with the loss
batches     as many as a trial has steps; fewer, where the loader has fewer
"""

import importlib.util
import inspect
import itertools
import json
import pathlib
import struct
import textwrap
from collections.abc import Mapping

import torch

NAMES = {
    torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.bool: "BOOL",
    torch.int64: "I64", torch.int32: "I32", torch.int16: "I16", torch.int8: "I8", torch.uint8: "U8",
}


def export(folder, model, train_loader, validation_loader, batches=20, validation_batches=None, loss=None):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    arguments = list(inspect.signature(model.forward).parameters)
    module = model if loss is None else with_loss(folder, model, loss)
    torch.jit.script(module).save(str(folder / "model.pt"))
    names = arguments if loss is None else [*arguments, "y"]
    rows, steps = write_batches(folder / "train", names, itertools.islice(train_loader, batches))
    write_batches(folder / "validation", names, itertools.islice(validation_loader, validation_batches))
    if steps < batches:
        print(f"the training loader yields {steps} of {batches} batches: a trial has {steps} steps")
    search = folder / "search.yaml"
    if search.exists():
        print(f"{search} stays as it is: it may be edited")
        return
    search.write_text(textwrap.dedent(f"""\
        name: {json.dumps(type(model).__name__)}
        model: {{family: torchscript, checkpoint: model.pt}}
        data: {{format: batches, train: train, validation: validation}}
        training:
          loss: output
          optimizer: {{name: sgd}}   # yours, with torch.optim's names in camel case
          batchSize: {rows}
          steps: {steps}
        """))


def with_loss(folder, model, loss):
    """A module whose forward has the model's arguments and y, and answers with the loss. torch.jit.script reads its
    source from the file that this writes."""
    arguments = ", ".join(inspect.signature(model.forward).parameters)
    source = textwrap.dedent(f"""\
        import torch
        class WithLoss(torch.nn.Module):
            def __init__(self, model, loss):
                super().__init__()
                self.model = model
                self.loss = loss
            def forward(self, {arguments}, y):
                return self.loss(self.model({arguments}), y)
        """)
    path = folder / "with_loss.py"
    path.write_text(source)
    specification = importlib.util.spec_from_file_location("with_loss", path)
    defined = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(defined)
    return defined.WithLoss(model, loss)


def write_batches(folder, names, batches):
    """Returns the rows of the first batch, and how many batches there are."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.safetensors"):
        old.unlink()
    rows, number = None, -1
    for number, batch in enumerate(batches):
        batch = named(names, batch)
        save(folder / f"{number:06}.safetensors", batch)
        rows = rows or len(next(iter(batch.values())))
    if rows is None:
        raise ValueError(f"the loader for {folder} yields nothing")
    return rows, number + 1


def named(names, batch):
    if isinstance(batch, Mapping):
        return dict(batch)
    if len(batch) != len(names):
        raise ValueError(
            f"the loader yields {len(batch)} tensors; needed: {', '.join(names)}. Hand over loss=, where the model does "
            "not answer with the loss, or yield dictionaries with these names"
        )
    return dict(zip(names, batch))


def save(path, tensors):
    """The safetensors format: the header's length, the header, the numbers."""
    header, content = {}, []
    offset = 0
    for name, tensor in tensors.items():
        if not isinstance(tensor, torch.Tensor):
            raise ValueError(f"the loader yields a {type(tensor).__name__} for {name}; it must be a tensor")
        tensor = tensor.detach().cpu().contiguous()
        raw = tensor.view(torch.int16) if tensor.dtype == torch.bfloat16 else tensor
        raw = raw.numpy().tobytes()
        header[name] = {
            "dtype": NAMES[tensor.dtype],
            "shape": list(tensor.shape),
            "data_offsets": [offset, offset + len(raw)],
        }
        content.append(raw)
        offset += len(raw)
    text = json.dumps(header).encode()
    with open(path, "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        file.writelines(content)
