"""The joint SentencePiece model: trained once, on the processor, from a seeded sample of both languages.

python training/translator/pieces.py --data DATA --out joint.model [--size 32000] [--lines 1000000]
"""

from __future__ import annotations

import argparse
import io
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from noise import in_any_typography, in_one_typography
from selection import Pair, load

PAD, UNKNOWN, BEGIN, END = range(4)
TAGS = {"fr": "<2fr>", "en": "<2en>"}
"""The token before the source that says into which language."""


def sample(pairs: Sequence[Pair], lines: int, seed: int) -> Iterator[str]:
    """Lines of both languages, half of them as sources are written and half as targets."""
    generator = random.Random(seed)
    for pair in generator.sample(pairs, min(lines // 2, len(pairs))):
        for lang, text in (("fr", pair.french), ("en", pair.english)):
            half = generator.random() < 0.5
            yield in_any_typography(text, generator) if half else in_one_typography(text, lang)


def train(pairs: Sequence[Pair], size: int, lines: int, seed: int) -> bytes:
    """The bytes of a model of ``size`` pieces; every byte is a piece, so that nothing is unknown."""
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=sample(pairs, lines, seed),
        model_writer=model,
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9998,
        byte_fallback=True,
        split_digits=True,
        normalization_rule_name="identity",
        pad_id=PAD,
        unk_id=UNKNOWN,
        bos_id=BEGIN,
        eos_id=END,
        control_symbols=list(TAGS.values()),
        hard_vocab_limit=False,
        num_threads=4,
        minloglevel=1,
    )
    return model.getvalue()


def processor(path: Path) -> Any:
    """The model of a file, ready to cut text."""
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_file=str(path))


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--size", type=int, default=32_000)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    options.out.write_bytes(train(load(options.data), options.size, options.lines, options.seed))
    print(f"{processor(options.out).get_piece_size():,} pieces in {options.out}")


if __name__ == "__main__":
    main()
