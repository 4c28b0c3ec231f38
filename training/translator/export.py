"""Average the newest weights and write them as a CTranslate2 model in int8, with its SentencePiece model beside it.

    python training/translator/export.py --weights OUT --pieces joint.model --to MODEL [--last 5] [--quantization int8]

The folder has `model.bin` (cut into parts of less than 16 MiB with `--parts`), `config.json`, `shared_vocabulary.json`,
`joint.model` and `SHA256SUMS`.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import checkpoints
import torch
from network import Shape, sinusoids
from pieces import processor
from torch import Tensor

PART = 15 * 2**20
SUMS = "SHA256SUMS"


def specification(weights: Mapping[str, Tensor], shape: Shape, vocabulary: list[str]) -> Any:
    """The network as CTranslate2 knows it."""
    from ctranslate2.specs import transformer_spec

    spec = transformer_spec.TransformerSpec.from_config((shape.encoder_layers, shape.decoder_layers), shape.heads)
    arrays = {name: weight.float().numpy() for name, weight in weights.items()}
    arrays["embedding.weight"] = arrays["embedding.weight"][: len(vocabulary)]
    for name in ("encoder", "decoder"):
        side = getattr(spec, name)
        tables = side.embeddings if isinstance(side.embeddings, list) else [side.embeddings]
        tables[0].weight = arrays["embedding.weight"]
        side.position_encodings.encodings = sinusoids(shape.positions, shape.width).numpy()
        _norm(side.layer_norm, arrays, f"{name}_norm")
        for number, layer in enumerate(side.layer):
            _layer(layer, arrays, f"{name}.{number}")
    spec.decoder.projection.weight = arrays["embedding.weight"]
    spec.config.decoder_start_token, spec.config.add_source_eos = "<s>", True
    spec.register_source_vocabulary(vocabulary)
    spec.register_target_vocabulary(vocabulary)
    return spec


def _layer(layer: Any, arrays: Mapping[str, Any], name: str) -> None:
    attention = layer.self_attention
    _linear(attention.linear[0], arrays, *(f"{name}.attention.{part}" for part in ("query", "key", "value")))
    _linear(attention.linear[1], arrays, f"{name}.attention.out")
    _norm(attention.layer_norm, arrays, f"{name}.norm")
    if f"{name}.cross.query.weight" in arrays:
        _linear(layer.attention.linear[0], arrays, f"{name}.cross.query")
        _linear(layer.attention.linear[1], arrays, *(f"{name}.cross.{part}" for part in ("key", "value")))
        _linear(layer.attention.linear[2], arrays, f"{name}.cross.out")
        _norm(layer.attention.layer_norm, arrays, f"{name}.cross_norm")
    _linear(layer.ffn.linear_0, arrays, f"{name}.first")
    _linear(layer.ffn.linear_1, arrays, f"{name}.second")
    _norm(layer.ffn.layer_norm, arrays, f"{name}.last_norm")


def _linear(spec: Any, arrays: Mapping[str, Any], *names: str) -> None:
    import numpy

    spec.weight = numpy.concatenate([arrays[f"{name}.weight"] for name in names])
    spec.bias = numpy.concatenate([arrays[f"{name}.bias"] for name in names])


def _norm(spec: Any, arrays: Mapping[str, Any], name: str) -> None:
    spec.gamma, spec.beta = arrays[f"{name}.weight"], arrays[f"{name}.bias"]


def write(weights: Mapping[str, Tensor], shape: Shape, pieces: Path, folder: Path, quantization: str) -> None:
    """Write the model and the hashes of its files."""
    cut = processor(pieces)
    vocabulary = [cut.id_to_piece(number) for number in range(cut.get_piece_size())]
    spec = specification(weights, shape, vocabulary)
    spec.validate()
    spec.optimize(quantization=None if quantization == "float32" else quantization)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    spec.save(str(folder))
    shutil.copyfile(pieces, folder / "joint.model")
    sums(folder)


def sums(folder: Path) -> None:
    """Write `SHA256SUMS` over the files of a folder, as `sha256sum -c` reads it."""
    files = sorted(path for path in folder.iterdir() if path.name != SUMS)
    rows = [f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in files]
    (folder / SUMS).write_text("".join(rows), "ascii")


def in_parts(folder: Path) -> None:
    """Cut `model.bin` into `model.bin.NN`, for a repository that wants small files."""
    content = (folder / "model.bin").read_bytes()
    for number, start in enumerate(range(0, len(content), PART)):
        (folder / f"model.bin.{number:02}").write_bytes(content[start : start + PART])
    (folder / "model.bin").unlink()
    sums(folder)


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--pieces", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True)
    parser.add_argument("--last", type=int, default=5, help="checkpoints to average (%(default)s)")
    parser.add_argument("--quantization", choices=("int8", "float32"), default="int8")
    parser.add_argument("--parts", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(1)
    newest = checkpoints.steps(options.weights)[-options.last :]
    if not newest:
        raise SystemExit(f"no checkpoint in {options.weights}")
    weights, notes = checkpoints.average(newest)
    write(weights, Shape(*notes["shape"]), options.pieces, options.to, options.quantization)
    if options.parts:
        in_parts(options.to)
    size = sum(path.stat().st_size for path in options.to.iterdir())
    print(f"{len(newest)} checkpoints up to step {notes['step']}: {size / 2**20:.1f} MiB in {options.to}")


if __name__ == "__main__":
    main()
