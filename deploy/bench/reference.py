"""BERT and BART as plain modules of PyTorch, with Hugging Face's parameter names."""


def cases():
    return []
