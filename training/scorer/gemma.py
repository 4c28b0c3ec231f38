"""Gemma 3 in PyTorch as it stands in a GGUF file, every matrix with an update of low rank that can be learned.

The network is that of `tqcheck/translate/gemma/graph.py`, which says its parts; the updates are those of Hu et al. 2021
("LoRA: Low-Rank Adaptation of Large Language Models"): W + up · down, up beginning at nought, so that the network
begins as it was. The matrices themselves are those of eight bits that the program computes with.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tqcheck.translate.gemma.graph import quantised
from tqcheck.translate.gemma.unpack import Sizes, Unpacked

MATRICES = ("attn_q", "attn_k", "attn_v", "attn_output", "ffn_gate", "ffn_up", "ffn_down")
_NORMS = (
    *("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm"),
    *("attn_q_norm", "attn_k_norm"),
)
_GLOBAL_EVERY = 6
_LOCAL_BASE = 10_000.0

Past = list[tuple[Tensor, Tensor]]
"""Keys and values of each layer, (batch, 1, pieces, head)."""


class Updated(nn.Module):
    """A fixed matrix (output, input) and its update of a rank."""

    def __init__(self, weights: np.ndarray[Any, np.dtype[np.float32]], rank: int) -> None:
        super().__init__()
        numbers, scales = quantised(weights)
        self.fixed: Tensor
        self.register_buffer("fixed", torch.from_numpy(numbers * scales), persistent=False)
        wide, narrow = weights.shape
        self.down = nn.Parameter(torch.randn(rank, narrow) / narrow**0.5)
        self.up = nn.Parameter(torch.zeros(wide, rank))

    def forward(self, state: Tensor) -> Tensor:
        updated = functional.linear(functional.linear(state, self.down), self.up)
        return functional.linear(state, self.fixed) + updated


class Gemma(nn.Module):
    """``embeddings``: (vocabulary, width), those of the trimmed vocabulary; they are the softmax's weights too.

    ``states``: what each layer gave the last time, (batch, length, width).
    """

    def __init__(self, path: Path, embeddings: np.ndarray[Any, np.dtype[np.float32]], rank: int) -> None:
        super().__init__()
        unpacked = Unpacked(path)
        self.sizes: Sizes = unpacked.sizes
        self.embeddings: Tensor
        self.register_buffer("embeddings", torch.from_numpy(embeddings), persistent=False)
        self.matrices = nn.ModuleDict()
        self.gains: dict[str, Tensor] = {}
        self.states: list[Tensor] = []
        for layer in range(self.sizes.layers):
            for name in MATRICES:
                self.matrices[f"{layer}_{name}"] = Updated(unpacked.tensor(f"blk.{layer}.{name}.weight"), rank)
            for name in _NORMS:
                self.gains[f"{layer}_{name}"] = torch.from_numpy(unpacked.tensor(f"blk.{layer}.{name}.weight").copy())
        self.gains["output"] = torch.from_numpy(unpacked.tensor("output_norm.weight").copy())

    def forward(self, pieces: Tensor, past: Past | None = None) -> tuple[Tensor, Past]:
        """Of ``pieces`` (batch, length) after what is past: the last layer's output, and all keys and values."""
        before = past[0][0].shape[2] if past else 0
        length = pieces.shape[1]
        here = torch.arange(before, before + length)
        seen = torch.arange(before + length)
        every = seen[None, :] <= here[:, None]
        near = every & (seen[None, :] > here[:, None] - self.sizes.window)
        turns = [_turn(here, base, self.sizes.head) for base in (_LOCAL_BASE, self.sizes.base)]
        state = self.embeddings[pieces].float() * self.sizes.width**0.5
        kept: Past = []
        self.states = []
        for layer in range(self.sizes.layers):
            inner = self._norm(layer, "attn_norm", state)
            everywhere = (layer + 1) % _GLOBAL_EVERY == 0
            place = (turns[everywhere], every if everywhere else near)
            attended, pair = self._attention(layer, inner, *place, past[layer] if past else None)
            kept.append(pair)
            state = state + self._norm(layer, "post_attention_norm", attended)
            inner = self._norm(layer, "ffn_norm", state)
            gate = functional.gelu(self._linear(layer, "ffn_gate", inner), approximate="tanh")
            made = self._linear(layer, "ffn_down", gate * self._linear(layer, "ffn_up", inner))
            state = state + self._norm(layer, "post_ffw_norm", made)
            self.states.append(state)
        return self._normed(state, self.gains["output"]), kept

    def halve(self) -> None:
        """Keep the fixed numbers in 16 bits, for processors that compute in these."""
        self.embeddings = self.embeddings.bfloat16()
        for matrix in self.matrices.values():
            matrix.fixed = matrix.fixed.bfloat16()

    def begin(self, factors: Mapping[str, np.ndarray[Any, np.dtype[np.float32]]]) -> None:
        """Take updates that were learned before, by GGUF's names of the matrices and ``up`` or ``down``."""
        for name, matrix in self.matrices.items():
            layer, part = name.split("_", 1)
            for factor in ("up", "down"):
                getattr(matrix, factor).data.copy_(torch.from_numpy(factors[f"blk.{layer}.{part}.weight.{factor}"]))

    def losses(self, found: Tensor, wanted: Tensor) -> Tensor:
        """Minus the log-probability of each wanted piece, for rows of the last layer's output."""
        return functional.cross_entropy(self.scores(found), wanted, reduction="none")

    def scores(self, found: Tensor) -> Tensor:
        """The score of each piece, for rows of the last layer's output."""
        return functional.linear(found, self.embeddings)

    def _attention(
        self,
        layer: int,
        state: Tensor,
        turn: tuple[Tensor, Tensor],
        allowed: Tensor,
        past: tuple[Tensor, Tensor] | None,
    ) -> tuple[Tensor, tuple[Tensor, Tensor]]:
        sizes = self.sizes
        batch, length, _ = state.shape
        query = self._linear(layer, "attn_q", state).view(batch, length, sizes.heads, sizes.head).transpose(1, 2)
        query = _turned(self._norm(layer, "attn_q_norm", query), turn)
        key = _turned(self._norm(layer, "attn_k_norm", self._linear(layer, "attn_k", state)), turn)[:, None]
        value = self._linear(layer, "attn_v", state)[:, None]
        if past is not None:
            key = torch.cat([past[0].expand(batch, -1, -1, -1), key], 2)
            value = torch.cat([past[1].expand(batch, -1, -1, -1), value], 2)
        shape = (batch, sizes.heads, key.shape[2], sizes.head)
        mixed = functional.scaled_dot_product_attention(query, key.expand(shape), value.expand(shape), allowed)
        joined = mixed.transpose(1, 2).reshape(batch, length, sizes.heads * sizes.head)
        return self._linear(layer, "attn_output", joined), (key, value)

    def _norm(self, layer: int, name: str, state: Tensor) -> Tensor:
        return self._normed(state, self.gains[f"{layer}_{name}"])

    def _normed(self, state: Tensor, gain: Tensor) -> Tensor:
        return functional.rms_norm(state.float(), (state.shape[-1],), gain, self.sizes.epsilon)

    def _linear(self, layer: int, name: str, state: Tensor) -> Tensor:
        found: Tensor = self.matrices[f"{layer}_{name}"](state)
        return found


def _turn(places: Tensor, base: float, head: int) -> tuple[Tensor, Tensor]:
    angles = places[:, None] * (base ** (-torch.arange(0, head, 2) / head))[None]
    return angles.cos(), angles.sin()


def _turned(vectors: Tensor, turn: tuple[Tensor, Tensor]) -> Tensor:
    first, second = vectors.chunk(2, -1)
    cosine, sine = turn
    return torch.cat([first * cosine - second * sine, second * cosine + first * sine], -1)
