"""One target in this process: ``python -m tests.fuzz.one TARGET CORPUS FINDS RESULT SECONDS SEED GUIDED``."""

from __future__ import annotations

import hashlib
import json
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz import inputs

if TYPE_CHECKING:
    from tests.fuzz.session import Session


def main() -> None:
    name, corpus, finds, result, seconds, seed, guided = sys.argv[1:]
    kept = Path(corpus)
    kept.mkdir(parents=True, exist_ok=True)
    for data in inputs.seeds()[name]:
        (kept / f"seed-{hashlib.sha256(data).hexdigest()[:12]}").write_bytes(data)
    with tempfile.TemporaryDirectory() as folder:
        if guided == "True":
            _guided(name, kept, Path(finds), Path(result), int(seconds), int(seed), Path(folder))
        else:
            _by_chance(name, kept, Path(finds), Path(result), int(seconds), int(seed), Path(folder))


def _by_chance(name: str, kept: Path, finds: Path, result: Path, seconds: int, seed: int, folder: Path) -> None:
    from tests.fuzz.session import Session

    session, chance = Session(name, folder, finds), random.Random(seed)
    pool = [path.read_bytes() for path in sorted(kept.iterdir())]
    until = time.process_time() + seconds
    while time.process_time() < until:
        data = inputs.changed(chance.choice(pool), pool, chance)
        if session.feed(data) and chance.random() < 0.01 and len(pool) < 500:
            pool.append(data)
    _write(session, result)


def _guided(name: str, kept: Path, finds: Path, result: Path, seconds: int, seed: int, folder: Path) -> None:
    import atheris  # type: ignore[import-untyped,unused-ignore]  # as it is installed or not

    with atheris.instrument_imports(include=["tqcheck"]):
        from tests.fuzz.session import Session

        session = Session(name, folder, finds)
    pool = [path.read_bytes() for path in sorted(kept.iterdir())]

    def mutate(data: bytes, longest: int, number: int) -> bytes:
        chance = random.Random(number)
        made = inputs.changed(data, pool, chance) if chance.random() < 0.7 else atheris.Mutate(data, len(data) + 8)
        return made[:longest]

    written = 0.0

    def feed(data: bytes) -> None:
        nonlocal written
        session.feed(data)
        if time.monotonic() - written > 0.5:  # the fuzzer ends the process at once when its time is over
            _write(session, result)
            written = time.monotonic()

    options = ["-max_len=8192", f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=60", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(kept)], feed, custom_mutator=mutate)
    atheris.Fuzz()


def _write(session: Session, result: Path) -> None:
    found = {"inputs": session.inputs, "accepted": session.accepted, "faults": session.faults}
    result.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
