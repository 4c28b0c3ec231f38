"""The network: a Transformer with a deep encoder and a shallow decoder, one embedding for everything.

Source: Vaswani et al. (2017), "Attention is all you need", with the norm before each part (Wang et al. 2019, "Learning
deep Transformer models"), and the split of layers that Kasai et al. (2021), "Deep encoder, shallow decoder", found to
cost nothing in quality and half of the time.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional


class Shape(NamedTuple):
    """The sizes of a network. ``hidden`` is the width of the feed-forward part."""

    vocabulary: int
    width: int = 512
    heads: int = 8
    hidden: int = 2048
    encoder_layers: int = 6
    decoder_layers: int = 2
    dropout: float = 0.1
    positions: int = 512


def sinusoids(positions: int, width: int) -> Tensor:
    """Position encodings of shape (positions, width)."""
    angles = torch.arange(positions)[:, None] / 10000 ** (torch.arange(0, width, 2)[None] / width)
    return torch.stack([angles.sin(), angles.cos()], dim=2).reshape(positions, width).float()


class Attention(nn.Module):
    """Scaled dot-product attention over ``heads`` heads."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.query, self.key, self.value, self.out = (nn.Linear(shape.width, shape.width) for _ in range(4))
        self.dropout = shape.dropout

    def forward(self, x: Tensor, memory: Tensor, mask: Tensor | None, causal: bool) -> Tensor:
        """``x`` (batch, length, width) looks at ``memory``; ``mask`` (batch, 1, 1, length) is true where it may."""
        query, key, value = (
            layer(part).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for layer, part in ((self.query, x), (self.key, memory), (self.value, memory))
        )
        dropout = self.dropout if self.training else 0.0
        found = functional.scaled_dot_product_attention(query, key, value, mask, dropout, is_causal=causal)
        return self.out(found.transpose(1, 2).flatten(2))  # type: ignore[no-any-return]


class Layer(nn.Module):
    """A layer of the encoder, or with ``crossed`` of the decoder, which also looks at the encoder's output."""

    def __init__(self, shape: Shape, crossed: bool) -> None:
        super().__init__()
        self.attention, self.norm = Attention(shape), nn.LayerNorm(shape.width)
        self.cross = Attention(shape) if crossed else None
        self.cross_norm = nn.LayerNorm(shape.width) if crossed else None
        self.first, self.second = nn.Linear(shape.width, shape.hidden), nn.Linear(shape.hidden, shape.width)
        self.last_norm = nn.LayerNorm(shape.width)
        self.dropout = nn.Dropout(shape.dropout)

    def forward(self, x: Tensor, mask: Tensor | None, memory: Tensor | None, memory_mask: Tensor | None) -> Tensor:
        """``mask`` None means that each place sees those before it."""
        inner = self.norm(x)
        x = x + self.dropout(self.attention(inner, inner, mask, causal=mask is None))
        if self.cross is not None and self.cross_norm is not None and memory is not None:
            x = x + self.dropout(self.cross(self.cross_norm(x), memory, memory_mask, causal=False))
        inner = functional.relu(self.first(self.last_norm(x)))
        return x + self.dropout(self.second(self.dropout(inner)))  # type: ignore[no-any-return]


class Network(nn.Module):
    """Encoder and decoder; the embedding is also the output layer. Token 0 is padding."""

    places: Tensor

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.embedding = nn.Embedding(shape.vocabulary, shape.width)
        nn.init.normal_(self.embedding.weight, std=shape.width**-0.5)
        self.encoder = nn.ModuleList(Layer(shape, crossed=False) for _ in range(shape.encoder_layers))
        self.decoder = nn.ModuleList(Layer(shape, crossed=True) for _ in range(shape.decoder_layers))
        self.encoder_norm, self.decoder_norm = nn.LayerNorm(shape.width), nn.LayerNorm(shape.width)
        self.dropout = nn.Dropout(shape.dropout)
        self.register_buffer("places", sinusoids(shape.positions, shape.width), persistent=False)
        for module in self.modules():
            if isinstance(module, nn.Linear):
                nn.init.xavier_uniform_(module.weight)
                nn.init.zeros_(module.bias)

    def _embed(self, tokens: Tensor) -> Tensor:
        found = self.embedding(tokens) * math.sqrt(self.shape.width) + self.places[: tokens.shape[1]]
        return self.dropout(found)  # type: ignore[no-any-return]

    def encode(self, source: Tensor) -> tuple[Tensor, Tensor]:
        """The encoded source (batch, length, width) and its mask."""
        mask = (source != 0)[:, None, None]
        x = self._embed(source)
        for layer in self.encoder:
            x = layer(x, mask, None, None)
        return self.encoder_norm(x), mask

    def decode(self, memory: Tensor, mask: Tensor, target: Tensor) -> Tensor:
        """The hidden states (batch, length, width) from which the token after each of ``target`` is told."""
        x = self._embed(target)
        for layer in self.decoder:
            x = layer(x, None, memory, mask)
        return self.decoder_norm(x)  # type: ignore[no-any-return]

    def forward(self, source: Tensor, target: Tensor, smoothing: float) -> tuple[Tensor, Tensor]:
        """The summed loss over the tokens of ``target`` after its first, and how many they are."""
        states = self.decode(*self.encode(source), target[:, :-1])
        wanted = target[:, 1:]
        logits = functional.linear(states, self.embedding.weight).float()
        loss = functional.cross_entropy(
            logits.flatten(0, 1), wanted.flatten(), ignore_index=0, label_smoothing=smoothing, reduction="sum"
        )
        return loss, (wanted != 0).sum()


@torch.no_grad()
def greedy(network: Network, source: Tensor, begin: int, end: int, longest: int) -> list[list[int]]:
    """The most probable token after token, for comparing with the exported model."""
    memory, mask = network.encode(source)
    target = torch.full((len(source), 1), begin)
    for _ in range(longest):
        last = functional.linear(network.decode(memory, mask, target)[:, -1], network.embedding.weight)
        target = torch.cat([target, last.argmax(-1, keepdim=True)], 1)
        if bool((target == end).any(1).all()):
            break
    rows: list[list[int]] = target[:, 1:].tolist()
    return [row[: row.index(end)] if end in row else row for row in rows]
