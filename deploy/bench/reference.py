"""BERT and BART in plain PyTorch, as the worker's tests have them, with inputs of usual lengths. Dropout is 0 on both
sides."""

import pathlib
import sys

import torch
from torch import nn

NETWORKS = pathlib.Path(__file__).resolve().parents[2] / "trial-worker/src/test/resources/networks"
sys.path.insert(0, str(NETWORKS))

from make_networks import Bart, Bert  # noqa: E402

ROWS = 8


def tokens(vocabulary, length):
    return torch.randint(4, vocabulary, (ROWS, length))


def initialised(model):
    """As these models are: with PyTorch's wide embeddings the softmax saturates, and denormal gradients slow both sides."""
    for parameter in model.parameters():
        if parameter.dim() > 1:
            nn.init.normal_(parameter, std=0.02)
    return model


def sequence_loss(answer, labels):
    return nn.functional.cross_entropy(answer.flatten(0, 1), labels.flatten())


def bert(name, width, layers, heads, inner, vocabulary=8000, length=64):
    model = initialised(Bert(vocabulary, width, layers, heads, inner, 128, 2, 4))
    options = {
        "classes": 4, "vocabSize": vocabulary, "hiddenSize": width, "numHiddenLayers": layers,
        "numAttentionHeads": heads, "intermediateSize": inner, "maxPositionEmbeddings": 128,
        "hiddenDropoutProb": 0, "attentionProbsDropoutProb": 0,
    }
    inputs = {
        "input_ids": tokens(vocabulary, length),
        "attention_mask": torch.ones(ROWS, length, dtype=torch.int64),
        "token_type_ids": torch.zeros(ROWS, length, dtype=torch.int64),
    }
    search = {"model": {"family": "bert", "checkpoint": "model.safetensors", "options": options}}
    return name, model, inputs, torch.randint(0, 4, (ROWS,)), nn.CrossEntropyLoss(), search


def bart(name, width, layers, heads, inner, vocabulary=8000, length=32):
    model = initialised(Bart(vocabulary, width, (layers, heads, inner), (layers, heads, inner), 128, False))
    options = {
        "vocabSize": vocabulary, "dModel": width, "encoderLayers": layers, "decoderLayers": layers,
        "encoderAttentionHeads": heads, "decoderAttentionHeads": heads, "encoderFfnDim": inner,
        "decoderFfnDim": inner, "maxPositionEmbeddings": 128, "dropout": 0, "attentionDropout": 0,
        "activationDropout": 0,
    }
    inputs = {
        "input_ids": tokens(vocabulary, length),
        "attention_mask": torch.ones(ROWS, length, dtype=torch.int64),
        "decoder_input_ids": tokens(vocabulary, length),
    }
    search = {"model": {"family": "bart", "checkpoint": "model.safetensors", "options": options}}
    return name, model, inputs, tokens(vocabulary, length), sequence_loss, search


def cases():
    yield bert("bert-2x128", 128, 2, 2, 512)
    yield bert("bert-4x256", 256, 4, 4, 1024)
    yield bart("bart-2x128", 128, 2, 4, 512)
    yield bart("bart-3x256", 256, 3, 4, 1024)
