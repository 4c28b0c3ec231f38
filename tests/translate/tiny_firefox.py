"""A Firefox translation model with random weights, written as the published ones are: for the real loading code.

Marian's binary format, weights in eight bits: https://github.com/marian-nmt/marian-dev/blob/master/src/common/binary.cpp
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.translate.tiny_marian import ENGLISH, FRENCH, sentence_pieces

_FLOAT, _EIGHT_BITS, _BYTES = 0x404, 0x4101, 0x101

Item = tuple[str, int, tuple[int, ...], bytes]


def write(folder: Path, *, width: int = 32, inner: int = 64, encoders: int = 1, decoders: int = 1) -> Path:
    """Models of both directions under ``folder``, as they are installed: FR-EN/{model.bin,lex.bin,vocab.spm}."""
    for source, target in (("fr", "en"), ("en", "fr")):
        place = folder / f"{source}-{target}"
        place.mkdir(parents=True)
        pieces = 3 + len(sentence_pieces(place / "vocab.spm", FRENCH + ENGLISH))
        rng = np.random.default_rng(7 if source == "fr" else 8)
        (place / "model.bin").write_bytes(_model(rng, pieces, width, inner, encoders, decoders))
        (place / "lex.bin").write_bytes(_shortlist(pieces))
    return folder


def _model(rng: np.random.Generator, pieces: int, width: int, inner: int, encoders: int, decoders: int) -> bytes:
    settings = f"dim-emb: {width}\ntransformer-heads: 2\nenc-depth: {encoders}\ndec-depth: {decoders}\n"
    settings += f"transformer-dim-ffn: {inner}\n"
    items: list[Item] = [("special:model.yml", _BYTES, (len(settings),), settings.encode())]
    attention = [(f"W{kind}", width, width, f"b{kind}") for kind in "qkvo"]
    forward = [("W1", width, inner, "b1"), ("W2", inner, width, "b2")]
    for layer in range(1, encoders + 1):
        items += _block(rng, f"encoder_l{layer}_self", attention, "_Wo", width)
        items += _block(rng, f"encoder_l{layer}_ffn", forward, "_ffn", width)
    for layer in range(1, decoders + 1):
        items += _block(
            rng, f"decoder_l{layer}_rnn", [("W", width, width, ""), ("Wf", width, width, "bf")], "_ffn", width
        )
        items += _block(rng, f"decoder_l{layer}_context", attention, "_Wo", width)
        items += _block(rng, f"decoder_l{layer}_ffn", forward, "_ffn", width)
    # Its rows are what is looked up and what is projected on: stored as they are, not transposed.
    # Small beside what the layers add, or a piece would be followed by itself for ever.
    items += [_weight(rng, "Wemb", pieces, width, 500.0), _number("none_QuantMultA", 20.0)]
    bias = np.zeros(pieces, np.float32)
    return _packed([*items, ("decoder_ff_logit_out_b", _FLOAT, (1, pieces), bias.tobytes())])


def _block(
    rng: np.random.Generator, name: str, weights: list[tuple[str, int, int, str]], norm: str, width: int
) -> list[Item]:
    items: list[Item] = []
    for weight, rows, columns, bias in weights:
        items += [_weight(rng, f"{name}_{weight}", rows, columns), _number(f"{name}_{weight}_QuantMultA", 20.0)]
        if bias:
            items.append((f"{name}_{bias}", _FLOAT, (1, columns), np.zeros(columns, np.float32).tobytes()))
    ones, zeros = np.ones(width, np.float32), np.zeros(width, np.float32)
    for kind, values in (("scale", ones), ("bias", zeros)):
        items.append((f"{name}{norm}_ln_{kind}", _FLOAT, (1, width), values.tobytes()))
    return items


def _weight(rng: np.random.Generator, name: str, rows: int, columns: int, scale: float = 60.0) -> Item:
    values: NDArray[np.int8] = rng.integers(-100, 100, rows * columns).astype(np.int8)
    return name, _EIGHT_BITS, (rows, columns), values.tobytes() + struct.pack("<f", scale)


def _number(name: str, value: float) -> Item:
    return name, _FLOAT, (1, 1), struct.pack("<f", value)


def _packed(items: list[Item]) -> bytes:
    parts = [struct.pack("<QQ", 1, len(items))]
    parts += [
        struct.pack("<QQQQ", len(name.encode()), kind, len(shape), len(data)) for name, kind, shape, data in items
    ]
    parts += [name.encode() for name, *_ in items]
    parts += [struct.pack(f"<{len(shape)}i", *shape) for _, _, shape, _ in items]
    parts.append(struct.pack("<Q", 0))
    return b"".join([*parts, *(data for *_, data in items)])


def _shortlist(pieces: int) -> bytes:
    """Every source piece may become any target piece: the candidates are all."""
    offsets = [0] * (pieces + 1)
    return struct.pack(f"<6Q{len(offsets)}Q", 0xF11A48D5013417F5, 0, pieces - pieces % 8, 0, len(offsets), 0, *offsets)
