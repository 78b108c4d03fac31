"""Makes the small BERT and BART beside it, with what they answer, in plain PyTorch 1.13 or later; run in this folder.

Written from the papers and the published parameter names, apart from the Java code: torch.nn.MultiheadAttention and
torch.nn.functional do the arithmetic. Each file holds the weights, named as Hugging Face names them; its
.expected.safetensors the inputs, the answer in evaluation mode, and every gradient of sum(answer * weight), where weight
is in the file too.
"""

import json
import struct

import torch
from torch import nn
from torch.nn import functional


def save(file, tensors):
    header, content = {}, b""
    for name, tensor in tensors.items():
        raw = tensor.detach().contiguous().numpy().tobytes()
        kind = {torch.float32: "F32", torch.int64: "I64", torch.bfloat16: "BF16", torch.float16: "F16"}[tensor.dtype]
        header[name] = {"dtype": kind, "shape": list(tensor.shape), "data_offsets": [len(content), len(content) + len(raw)]}
        content += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(file, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + content)


class Attention(nn.Module):
    def __init__(self, width, heads, names):
        super().__init__()
        self.heads, self.names = heads, names
        for name in names:
            self.add_module(name, nn.Linear(width, width))

    def forward(self, queries, memory, hidden, causal):
        query, key, value, output = (getattr(self, name) for name in self.names)
        length = queries.size(1)
        future = torch.ones(length, length, dtype=torch.bool).triu(1) if causal else None
        answer, _ = functional.multi_head_attention_forward(
            queries.transpose(0, 1), memory.transpose(0, 1), memory.transpose(0, 1), queries.size(2), self.heads,
            None, torch.cat([query.bias, key.bias, value.bias]), None, None, False, 0.0, output.weight, output.bias,
            training=False, key_padding_mask=hidden, need_weights=False, attn_mask=future, use_separate_proj_weight=True,
            q_proj_weight=query.weight, k_proj_weight=key.weight, v_proj_weight=value.weight)
        return answer.transpose(0, 1)


class BertLayer(nn.Module):
    def __init__(self, width, heads, inner, epsilon):
        super().__init__()
        self.attention = nn.ModuleDict({
            "self": Attention(width, heads, ["query", "key", "value"]),
            "output": nn.ModuleDict({"dense": nn.Linear(width, width), "LayerNorm": nn.LayerNorm(width, eps=epsilon)})})
        self.intermediate = nn.ModuleDict({"dense": nn.Linear(width, inner)})
        self.output = nn.ModuleDict({"dense": nn.Linear(inner, width), "LayerNorm": nn.LayerNorm(width, eps=epsilon)})

    def forward(self, states, hidden):
        attention = self.attention["self"]
        attention.add_module("dense", self.attention["output"]["dense"])
        attention.names = ["query", "key", "value", "dense"]
        seen = self.attention["output"]["LayerNorm"](states + attention(states, states, hidden, False))
        del attention._modules["dense"]
        inner = functional.gelu(self.intermediate["dense"](seen))
        return self.output["LayerNorm"](seen + self.output["dense"](inner))


class Bert(nn.Module):
    def __init__(self, vocabulary, width, layers, heads, inner, positions, types, classes, epsilon=1e-12):
        super().__init__()
        self.bert = nn.ModuleDict({
            "embeddings": nn.ModuleDict({
                "word_embeddings": nn.Embedding(vocabulary, width, padding_idx=0),
                "position_embeddings": nn.Embedding(positions, width),
                "token_type_embeddings": nn.Embedding(types, width),
                "LayerNorm": nn.LayerNorm(width, eps=epsilon)}),
            "encoder": nn.ModuleDict({
                "layer": nn.ModuleList([BertLayer(width, heads, inner, epsilon) for _ in range(layers)])}),
            "pooler": nn.ModuleDict({"dense": nn.Linear(width, width)})})
        self.classifier = nn.Linear(width, classes)

    def forward(self, input_ids, attention_mask, token_type_ids):
        parts = self.bert["embeddings"]
        states = (parts["word_embeddings"](input_ids)
                  + parts["position_embeddings"](torch.arange(input_ids.size(1)))
                  + parts["token_type_embeddings"](token_type_ids))
        states = parts["LayerNorm"](states)
        for layer in self.bert["encoder"]["layer"]:
            states = layer(states, attention_mask == 0)
        return self.classifier(torch.tanh(self.bert["pooler"]["dense"](states[:, 0])))


PROJECTIONS = ["q_proj", "k_proj", "v_proj", "out_proj"]


class BartLayer(nn.Module):
    def __init__(self, width, heads, inner, is_decoder):
        super().__init__()
        self.is_decoder = is_decoder
        self.self_attn = Attention(width, heads, PROJECTIONS)
        self.self_attn_layer_norm = nn.LayerNorm(width)
        if is_decoder:
            self.encoder_attn = Attention(width, heads, PROJECTIONS)
            self.encoder_attn_layer_norm = nn.LayerNorm(width)
        self.fc1 = nn.Linear(width, inner)
        self.fc2 = nn.Linear(inner, width)
        self.final_layer_norm = nn.LayerNorm(width)

    def forward(self, states, memory, hidden):
        own = self.self_attn(states, states, None if self.is_decoder else hidden, self.is_decoder)
        states = self.self_attn_layer_norm(states + own)
        if self.is_decoder:
            states = self.encoder_attn_layer_norm(states + self.encoder_attn(states, memory, hidden, False))
        return self.final_layer_norm(states + self.fc2(functional.gelu(self.fc1(states))))


class BartSide(nn.Module):
    def __init__(self, width, layers, heads, inner, positions, is_decoder):
        super().__init__()
        self.embed_positions = nn.Embedding(positions + 2, width)
        self.layers = nn.ModuleList([BartLayer(width, heads, inner, is_decoder) for _ in range(layers)])
        self.layernorm_embedding = nn.LayerNorm(width)

    def forward(self, words, memory, hidden):
        states = self.layernorm_embedding(words + self.embed_positions(torch.arange(words.size(1)) + 2))
        for layer in self.layers:
            states = layer(states, memory, hidden)
        return states


class Bart(nn.Module):
    def __init__(self, vocabulary, width, encoder, decoder, positions, scale):
        super().__init__()
        self.scale = width ** 0.5 if scale else 1.0
        self.model = nn.ModuleDict({
            "shared": nn.Embedding(vocabulary, width, padding_idx=1),
            "encoder": BartSide(width, *encoder, positions, False),
            "decoder": BartSide(width, *decoder, positions, True)})
        self.register_buffer("final_logits_bias", torch.zeros(1, vocabulary))

    def forward(self, input_ids, attention_mask, decoder_input_ids):
        shared, hidden = self.model["shared"], attention_mask == 0
        memory = self.model["encoder"](shared(input_ids) * self.scale, None, hidden)
        states = self.model["decoder"](shared(decoder_input_ids) * self.scale, memory, hidden)
        return functional.linear(states, shared.weight) + self.final_logits_bias


def scatter(model):
    """Far from any initialisation, so that no term is too small to be missed."""
    generator = torch.Generator().manual_seed(11)
    for name, tensor in model.state_dict().items():
        noise = torch.randn(tensor.shape, generator=generator) * 0.3
        norm = "norm" in name.lower() and name.endswith("weight")
        tensor.copy_(1 + noise if norm else noise)


def expect(model, inputs):
    model.eval()
    answer = model(**inputs)
    answer = answer.reshape(-1, answer.size(-1))
    weight = torch.randn(answer.shape, generator=torch.Generator().manual_seed(13))
    (answer * weight).sum().backward()
    expected = dict(inputs, answer=answer, weight=weight)
    for name, parameter in model.named_parameters():
        expected["gradient." + name] = parameter.grad
    return expected


def padded(rows, columns, vocabulary, padding, lengths, seed):
    tokens = torch.randint(3, vocabulary, (rows, columns), generator=torch.Generator().manual_seed(seed))
    kept = torch.arange(columns) < torch.tensor(lengths)[:, None]
    return tokens.masked_fill(~kept, padding), kept.long()


if __name__ == "__main__":
    with torch.no_grad():
        bert = Bert(20, 8, 2, 2, 12, 10, 2, 3)
        bart = Bart(24, 8, (2, 2, 12), (1, 4, 10), 12, True)
        scatter(bert)
        scatter(bart)
    tokens, kept = padded(3, 6, 20, 0, [6, 4, 3], 1)
    tokens[1, 5] = 5  # hidden all the same
    tokens[0, 2] = 0  # a padding token that is seen
    types = torch.tensor([[0, 0, 1, 1, 1, 1]] * 3)
    save("bert.safetensors", bert.state_dict())
    save("bert.expected.safetensors", expect(bert, dict(input_ids=tokens, attention_mask=kept, token_type_ids=types)))
    tokens, kept = padded(3, 6, 24, 1, [6, 4, 3], 2)
    decoder, _ = padded(3, 5, 24, 1, [5, 5, 2], 3)
    decoder[:, 0] = 2
    save("bart.safetensors", bart.state_dict())
    save("bart.expected.safetensors",
         expect(bart, dict(input_ids=tokens, attention_mask=kept, decoder_input_ids=decoder)))
