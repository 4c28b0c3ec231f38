"""``python -m tests.fuzz --minutes 10``: all targets, each for its share of the time. Exit status 1 where one broke.

Minutes are those of a processor, so a busy machine only takes longer. A pair through every rule gets the largest share:
an input takes it a hundred times as long as it takes a reader.

With atheris (Google's fuzzer for Python, ``pip install atheris``) inputs are led by what they reach in the program;
without it they are changes of seeds by chance. Both start from the seeds and from ``--corpus``, a folder in which
inputs that reached something new are kept from run to run.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from tests.fuzz.inputs import seeds

SHARES = {"report": 12, "segmenter": 2, "aligner": 2}
"""Parts of the time; one part for any other target."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument(
        "--minutes", type=float, default=10.0, help="of a processor, of all targets together (%(default)s)"
    )
    parser.add_argument("--target", action="append", choices=[*seeds()], help="only these; may be repeated")
    parser.add_argument(
        "--corpus", type=Path, default=Path(".fuzz"), help="folder of inputs that are kept (%(default)s)"
    )
    parser.add_argument("--finds", type=Path, help="folder for faults (CORPUS/finds)")
    parser.add_argument("--seed", type=int, default=1, help="of chance (%(default)s)")
    parser.add_argument("--plain", action="store_true", help="without atheris, though it is installed")
    options = parser.parse_args()
    names = options.target or [*seeds()]
    guided = find_spec("atheris") is not None and not options.plain
    total = faults = 0
    seconds = 0.0
    parts = sum(SHARES.get(name, 1) for name in names)
    sys.stdout.write(f"{'led by coverage (atheris)' if guided else 'by chance (no atheris)'}, {len(names)} targets\n")
    for name in names:
        done = _one(name, options, max(1, round(60 * options.minutes * SHARES.get(name, 1) / parts)), guided)
        total, faults, seconds = total + done["inputs"], faults + len(done["faults"]), seconds + done["seconds"]
        sys.stdout.write(
            f"{name:14} {done['inputs']:8} inputs {done['accepted']:8} accepted {len(done['faults']):3} faults"
            f" {done['seconds']:6.1f} s\n"
        )
        for kind, what in done["faults"].items():
            sys.stdout.write(f"  {kind}\n    " + what.strip().replace("\n", "\n    ") + "\n")
        sys.stdout.flush()
    sys.stdout.write(f"{total} inputs, {faults} faults, {seconds:.0f} s of a processor\n")
    return 1 if faults else 0


def _one(name: str, options: argparse.Namespace, seconds: int, guided: bool) -> dict[str, Any]:
    """A target in a process of its own: atheris ends the process in which it runs."""
    finds = options.finds or options.corpus / "finds"
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result.json"
        given = [
            name,
            str(options.corpus / name),
            str(finds),
            str(result),
            str(seconds),
            str(options.seed),
            str(guided),
        ]
        done = subprocess.run([sys.executable, "-m", "tests.fuzz.one", *given], capture_output=True, text=True)
        if not result.is_file():
            sys.exit(f"{name}: the process ended with {done.returncode}\n{done.stdout[-2000:]}{done.stderr[-4000:]}")
        found: dict[str, Any] = json.loads(result.read_text("utf-8"))
        return found


if __name__ == "__main__":
    sys.exit(main())
