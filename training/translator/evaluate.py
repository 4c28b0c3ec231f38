"""BLEU, chrF and TER of an engine on the pairs of `clean.jsonl.gz`: for measuring only, never for learning.

    python training/translator/evaluate.py --bench BENCH/dev --engine bundled [--sets flores-dev wmt13] [--lines N]

`--engine` is written as for `tqcheck check --mt`, or `model:FOLDER` for what `export.py` wrote, or `phrases:FOLDER` for
what `training/phrases/packing.py` did.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from pathlib import Path
from typing import Any

import kept

WAYS = (("fr", "en"), ("en", "fr"))


def pairs(folder: Path, name: str) -> list[tuple[str, str]]:
    """French and English of one of the sets."""
    with gzip.open(folder / "clean.jsonl.gz", "rt", encoding="utf-8") as stream:
        records = [json.loads(line) for line in stream]
    return [(french, english) for record in records if record["set"] == name for french, english in record["pairs"]]


def engine(spec: str, beams: int) -> Any:
    """An engine of the package."""
    if spec.startswith("model:"):
        from tqcheck.translate.bundled import neural

        return neural.from_directory(Path(spec.removeprefix("model:")), beams)
    if spec.startswith("phrases:"):
        from tqcheck.translate.bundled.engine import PhraseEngine

        folder = Path(spec.removeprefix("phrases:"))
        sums = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.npz")}
        return PhraseEngine(folder, sums)
    from tqcheck.translate import registry

    found = registry.choose(spec, registry.Options(beams=beams)).engine
    if found is None:
        raise SystemExit(f"no engine: {spec}")
    return found


def main() -> None:
    """Run it."""
    import sacrebleu

    parser = argparse.ArgumentParser()
    parser.add_argument("--bench", type=Path, required=True)
    parser.add_argument("--engine", default="bundled")
    parser.add_argument("--sets", nargs="+", default=["flores-dev", "wmt13"])
    parser.add_argument("--lines", type=int, help="of each set that many, from all over it")
    parser.add_argument("--beams", type=int, default=4)
    parser.add_argument("--addresses", action="store_true", help="also whether addresses survive")
    parser.add_argument("--show", type=int, default=0, help="print that many translations")
    options = parser.parse_args()
    chosen = engine(options.engine, options.beams)
    print(f"engine {chosen.identity}; sacrebleu {sacrebleu.__version__}")
    for way in WAYS if options.addresses else ():
        texts, addresses = kept.with_addresses(
            [pair[way[0] == "en"] for pair in pairs(options.bench, options.sets[0])][:60]
        )
        made = [translation.text for translation in chosen.translate(texts, *way)]
        whole = sum(address in text for address, text in zip(addresses, made, strict=True))
        print(f"{'-'.join(way)}: {whole} of {len(texts)} addresses kept")
    for name in options.sets:
        every = pairs(options.bench, name)
        both = every[:: max(1, len(every) // options.lines)][: options.lines] if options.lines else every
        for way in WAYS:
            sources, references = zip(*(pair if way[0] == "fr" else pair[::-1] for pair in both), strict=True)
            began = time.monotonic()
            made = [translation.text for translation in chosen.translate(sources, *way)]
            seconds = time.monotonic() - began
            bleu, chrf, ter = (
                metric.corpus_score(made, [list(references)])
                for metric in (sacrebleu.BLEU(), sacrebleu.CHRF(), sacrebleu.TER())
            )
            print(
                f"{name} {'-'.join(way)}: BLEU {bleu.score:.1f} chrF {chrf.score:.1f} TER {ter.score:.1f}"
                f" ({len(both)} lines, {len(both) / seconds:.1f}/s)"
            )
            print(f"  {kept.line(sources, references, made)}", flush=True)
            for source, target in list(zip(sources, made, strict=True))[: options.show]:
                print(f"  {source}\n  -> {target}")


if __name__ == "__main__":
    main()
