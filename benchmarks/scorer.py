"""Speed, memory and accuracy of the embedded scorer.

    python benchmarks/scorer.py speed PAIRS.jsonl.gz [COUNT]      records with "pairs" of [French, English]
    python benchmarks/scorer.py demetr DEMETR.jsonl.gz [EVERY]    records with "src", "good" and "bad"

``demetr`` says how often the right translation is more probable than the wrong one, in each direction and in both: the
mean log-probability of a piece (the end counted), forward, back, and their sum. EVERY 5 takes each fifth record. What
was read before is in the program's cache: a run that is stopped goes on where it was.
"""

from __future__ import annotations

import gzip
import itertools
import json
import resource
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import platformdirs

from tqcheck.translate.cache import Cache
from tqcheck.translate.cached import CachedScorer
from tqcheck.translate.gemma.engine import GemmaEngine, embedded
from tqcheck.translate.protocol import BACK, FORWARD, Direction, Passage, ScoredText, Scorer


def main(arguments: list[str]) -> None:
    what, path, *rest = arguments
    number = int(rest[0]) if rest else None
    {"speed": speed, "demetr": demetr}[what](Path(path), number)


def speed(path: Path, count: int | None) -> None:
    """Seconds until the first answer, pairs a second each way, memory."""
    pairs = list(itertools.islice((pair for record in _records(path) for pair in record["pairs"]), count or 40))
    started = time.perf_counter(), time.process_time()
    scorer = _scorer()
    scorer.read([Passage("Bonjour.", "Hello.")], *FORWARD)
    _say("first answer", 1, started)
    for direction in (FORWARD, BACK):
        passages = [Passage(*(pair if direction == FORWARD else pair[::-1])) for pair in pairs]
        started = time.perf_counter(), time.process_time()
        read = scorer.read(passages, *direction)
        _say("-".join(direction), len(pairs), started)
        pieces = sum(len(side.pieces) for reading in read for side in reading)
        print(f"  {pieces / len(pairs):.1f} pieces a pair")
    print(f"memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB at most")


def demetr(path: Path, every: int | None) -> None:
    """Of pairs of a right and a wrong translation, the share that is ordered rightly."""
    records = list(itertools.islice(_records(path), 0, None, every or 1))
    asked = sorted({(record["src"], record[kind]) for record in records for kind in ("good", "bad")})
    started = time.perf_counter(), time.process_time()
    with Cache(_folder()) as cache:
        scorer = CachedScorer(_scorer(), cache)
        forward = _means(scorer, asked, FORWARD)
        back = _means(scorer, [(english, french) for french, english in asked], BACK)
    _say("both ways", len(asked), started)
    ways: dict[str, Callable[[tuple[str, str]], float]] = {
        "forward": lambda pair: forward[pair],
        "back": lambda pair: back[pair[::-1]],
        "both": lambda pair: forward[pair] + back[pair[::-1]],
    }
    for name, value in ways.items():
        wrong = [r for r in records if value((r["src"], r["good"])) <= value((r["src"], r["bad"]))]
        kinds = ", ".join(
            f"{kind} {count}" for kind, count in Counter(record["kind"] for record in wrong).most_common()
        )
        right = len(records) - len(wrong)
        print(f"{name}: {right} of {len(records)} right, {right / len(records):.4f}; wrong: {kinds or 'none'}")


def _means(scorer: Scorer, pairs: Sequence[tuple[str, str]], direction: Direction) -> dict[tuple[str, str], float]:
    read = scorer.read([Passage(*pair) for pair in pairs], *direction)
    return dict(zip(pairs, (_mean(reading.target) for reading in read), strict=True))


def _mean(scored: ScoredText) -> float:
    return scored.log_probability / (len(scored.pieces) + 1)


def _folder() -> Path:
    return platformdirs.user_cache_path("tqcheck", appauthor=False)


def _scorer() -> GemmaEngine:
    return embedded(_folder())


def _records(path: Path) -> Iterator[Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _say(what: str, count: int, started: tuple[float, float]) -> None:
    wall, cpu = time.perf_counter() - started[0], time.process_time() - started[1]
    print(f"{what}: {wall:.2f} s, {count / wall:.1f}/s; processor {cpu:.2f} s, {cpu / count:.3f} s each", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
