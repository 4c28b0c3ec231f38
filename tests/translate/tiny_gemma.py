"""A Gemma 3 of a few thousand numbers as a GGUF file, and what it computes, written a second time in numpy."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from tqcheck.translate.gemma import model

LAYERS, WIDTH, HEADS, HEAD, INNER, WINDOW = 7, 32, 2, 16, 48, 6
EPSILON, BASE = 1e-6, 1e6
MERGED = ("th", "▁th", "▁the", "ch", "at", "▁ch", "▁chat", "▁l", "▁le", "er", "en")
SPECIAL = ("<pad>", "<eos>", "<bos>", "<unk>")
PIECES = (
    *SPECIAL,
    "\n",
    *(f"<0x{byte:02X}>" for byte in range(256)),
    *MERGED,
    "▁",
    *(chr(code) for code in range(33, 127)),
    *"éèàç’«»",
    "ж",
)
TYPES = (3, 3, 3, 2, 4, *[6] * 256, *[1] * (len(PIECES) - 261))
Numbers = NDArray[np.float32]


def tensors(seed: int = 7) -> dict[str, Numbers]:
    """The weights by GGUF's names, output by input."""
    random = np.random.default_rng(seed)

    def some(*shape: int) -> Numbers:
        return np.asarray(random.normal(size=shape) / np.sqrt(shape[-1]), np.float32)

    def gain(size: int) -> Numbers:
        return np.asarray(1 + 0.2 * random.normal(size=size), np.float32)

    made = {"token_embd.weight": some(len(PIECES), WIDTH), "output_norm.weight": gain(WIDTH)}
    for layer in range(LAYERS):
        parts = {
            "attn_q": some(HEADS * HEAD, WIDTH),
            "attn_k": some(HEAD, WIDTH),
            "attn_v": some(HEAD, WIDTH),
            "attn_output": some(WIDTH, HEADS * HEAD),
            "ffn_gate": some(INNER, WIDTH),
            "ffn_up": some(INNER, WIDTH),
            "ffn_down": some(WIDTH, INNER),
            **{name: gain(WIDTH) for name in ("attn_norm", "post_attention_norm", "ffn_norm", "post_ffw_norm")},
            **{name: gain(HEAD) for name in ("attn_q_norm", "attn_k_norm")},
        }
        made |= {f"blk.{layer}.{name}.weight": value for name, value in parts.items()}
    return made


def write(path: Path, architecture: str = "gemma3") -> Path:
    """Write the GGUF file."""
    import gguf

    writer: Any = gguf.GGUFWriter(str(path), architecture)
    writer.add_block_count(LAYERS)
    writer.add_embedding_length(WIDTH)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(1)
    writer.add_key_length(HEAD)
    writer.add_sliding_window(WINDOW)
    writer.add_layer_norm_rms_eps(EPSILON)
    writer.add_rope_freq_base(BASE)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(list(PIECES))
    writer.add_token_scores([-float(place) for place in range(len(PIECES))])
    writer.add_token_types(list(TYPES))
    for name, value in tensors().items():
        writer.add_tensor(name, value)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def write_checkpoint(directory: Path, kind: str = "gemma3_text") -> Path:
    """The same model as the hub has it, in two files, without the numbers of the GGUF file's pieces."""
    directory.mkdir(parents=True, exist_ok=True)
    config = {
        "model_type": kind, "num_key_value_heads": 1, "num_hidden_layers": LAYERS, "hidden_size": WIDTH,
        "num_attention_heads": HEADS, "head_dim": HEAD, "sliding_window": WINDOW, "rms_norm_eps": EPSILON,
        "rope_theta": BASE, "intermediate_size": INNER,
    }  # fmt: skip
    (directory / "config.json").write_text(json.dumps(config))
    tokenizer = {
        "model": {"vocab": {piece: number for number, piece in enumerate(PIECES)}},
        "added_tokens": [{"content": piece} for piece in (*SPECIAL, "\n")],
    }
    (directory / "tokenizer.json").write_text(json.dumps(tokenizer), "utf-8")
    named = {_hub_name(name): value - 1 if value.ndim == 1 else value for name, value in tensors().items()}
    half = len(named) // 2
    for number, some in enumerate((list(named.items())[:half], list(named.items())[half:])):
        header: dict[str, Any] = {"__metadata__": {"format": "pt"}}
        content = b""
        for name, value in some:
            header[name] = {
                "dtype": "F32", "shape": value.shape, "data_offsets": [len(content), len(content) + value.nbytes]
            }  # fmt: skip
            content += value.tobytes()
        text = json.dumps(header).encode()
        path = directory / f"model-0000{number + 1}-of-00002.safetensors"
        path.write_bytes(len(text).to_bytes(8, "little") + text + content)
    return directory


def _hub_name(name: str) -> str:
    if not name.startswith("blk."):
        return {"token_embd.weight": "model.embed_tokens.weight", "output_norm.weight": "model.norm.weight"}[name]
    _, layer, part, _ = name.split(".")
    return f"model.layers.{layer}.{_PARTS[part]}.weight"


_PARTS = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "post_attention_norm": "post_attention_layernorm",
    "ffn_norm": "pre_feedforward_layernorm",
    "post_ffw_norm": "post_feedforward_layernorm",
}


def in_eight_bits(weights: Numbers) -> Numbers:
    """What is left of a matrix where each row is a scale times whole numbers up to 127."""
    scales = np.abs(weights).max(axis=1, keepdims=True) / 127
    return np.asarray(np.round(weights / scales) * scales, np.float32)


def log_probabilities(pieces: Sequence[str], kept: Sequence[str]) -> Numbers:
    """Of every piece but the first, given those before it, among the kept ones."""
    rows = next_pieces(pieces[:-1], kept)
    return rows[np.arange(len(rows)), [list(kept).index(piece) for piece in pieces[1:]]]


def next_pieces(pieces: Sequence[str], kept: Sequence[str]) -> Numbers:
    """The log-probability of each kept piece after each of the pieces."""
    weights = {name: in_eight_bits(value) if value.ndim == 2 else value for name, value in tensors().items()}
    embeddings = weights["token_embd.weight"]
    state = embeddings[[PIECES.index(piece) for piece in pieces]] * np.sqrt(WIDTH)
    for layer in range(LAYERS):
        state = _layer(layer, state, weights)
    found = _norm(state, weights["output_norm.weight"])
    scores = found @ embeddings[[PIECES.index(piece) for piece in kept]].T
    highest = scores.max(axis=1, keepdims=True)
    return np.asarray(scores - highest - np.log(np.exp(scores - highest).sum(axis=1, keepdims=True)), np.float32)


def _norm(state: Numbers, gain: Numbers) -> Numbers:
    return np.asarray(state / np.sqrt((state**2).mean(-1, keepdims=True) + EPSILON) * gain, np.float32)


def _turned(vectors: Numbers, base: float) -> Numbers:
    """Rotary positions as complex numbers: the coordinate i and the coordinate i + half are one number."""
    half = HEAD // 2
    angles = np.arange(len(vectors))[:, None] * base ** (-np.arange(half) / half)
    turned = (vectors[:, :half] + 1j * vectors[:, half:]) * np.exp(1j * angles)
    return np.concatenate([turned.real, turned.imag], axis=1).astype(np.float32)


def _layer(layer: int, state: Numbers, weights: dict[str, Numbers]) -> Numbers:
    def part(name: str) -> Numbers:
        return weights[f"blk.{layer}.{name}.weight"]

    everywhere = layer % 6 == 5
    base = BASE if everywhere else 10_000.0
    inner = _norm(state, part("attn_norm"))
    key = _turned(_norm(inner @ part("attn_k").T, part("attn_k_norm")), base)
    value = inner @ part("attn_v").T
    mixed = np.zeros((len(state), HEADS * HEAD), np.float32)
    for head in range(HEADS):
        columns = slice(head * HEAD, (head + 1) * HEAD)
        query = _turned(_norm((inner @ part("attn_q").T)[:, columns], part("attn_q_norm")), base)
        for place in range(len(state)):
            first = 0 if everywhere else max(0, place + 1 - WINDOW)
            likeness = key[first : place + 1] @ query[place] / np.sqrt(HEAD)
            shares = np.exp(likeness - likeness.max())
            mixed[place, columns] = (shares / shares.sum()) @ value[first : place + 1]
    state = state + _norm(mixed @ part("attn_output").T, part("post_attention_norm"))
    inner = _norm(state, part("ffn_norm"))
    gate = inner @ part("ffn_gate").T
    gate = 0.5 * gate * (1 + np.tanh(np.sqrt(2 / np.pi) * (gate + 0.044715 * gate**3)))
    return state + _norm((gate * (inner @ part("ffn_up").T)) @ part("ffn_down").T, part("post_ffw_norm"))


def exactly(patch: pytest.MonkeyPatch) -> None:
    """The library computes in 32 bits, as numpy does here, whatever the processor has instructions for."""
    exact = {"INFERENCE_PRECISION_HINT": "f32", "DYNAMIC_QUANTIZATION_GROUP_SIZE": "0"}
    for name in ("SETTINGS", "EIGHT_BITS"):
        patch.setattr(model, name, getattr(model, name) | exact)
