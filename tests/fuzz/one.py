"""One target in this process: ``python -m tests.fuzz.one TARGET CORPUS FINDS RESULT SECONDS SEED GUIDED``.

SECONDS are those of the processor, from the first input on.
"""

from __future__ import annotations

import hashlib
import json
import os
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
    start = time.process_time()
    while time.process_time() - start < seconds:
        data = inputs.changed(chance.choice(pool), pool, chance)
        if session.feed(data) and chance.random() < 0.01 and len(pool) < 500:
            pool.append(data)
    _write(session, result, time.process_time() - start)


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

    start = written = time.process_time()

    def feed(data: bytes) -> None:
        nonlocal written
        session.feed(data)
        now = time.process_time()
        if now - written > 0.5:  # should the fuzzer end the process by itself
            _write(session, result, now - start)
            written = now
        if now - start >= seconds:
            _write(session, result, now - start)
            os._exit(0)  # it knows limits of the clock alone, and no other way out

    options = ["-max_len=8192", f"-seed={seed}", "-timeout=600", "-verbosity=0"]
    atheris.Setup([sys.argv[0], *options, str(kept)], feed, custom_mutator=mutate)
    atheris.Fuzz()


def _write(session: Session, result: Path, seconds: float) -> None:
    found = {"inputs": session.inputs, "accepted": session.accepted, "faults": session.faults, "seconds": seconds}
    result.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
