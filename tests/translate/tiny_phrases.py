"""A phrase model of a few kilobytes, made by the recipe out of sentences whose word links are known."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any

import numpy

from tests.training.templates import ENDINGS, OBJECTS, SUBJECTS, VERBS
from tqcheck.translate.bundled import words

ROOT = Path(__file__).parent.parent.parent


def write(folder: Path) -> dict[str, str]:
    """The files of a model in ``folder / "model"``, and their hashes."""
    work = folder / "work"
    work.mkdir()
    sentences: dict[str, list[list[str]]] = {"fr": [], "en": []}
    links: list[tuple[int, int, int]] = []
    for number, parts in enumerate(product(SUBJECTS, VERBS, OBJECTS, (*ENDINGS, ("en 2013", "in 2013")))):
        rows: tuple[list[str], list[str]] = ([], [])
        for french, english in (*parts, (".", ".")):
            left, right = (
                [words.masked(word) for word in words.tokens(text[:1].lower() + text[1:], lang)]
                for text, lang in ((french, "fr"), (english, "en"))
            )
            alike = len(left) == len(right)
            links += [
                (number, len(rows[0]) + i, len(rows[1]) + j)
                for i in range(len(left))
                for j in range(len(right))
                if i == j or not alike
            ]
            rows[0].extend(left)
            rows[1].extend(right)
        sentences["fr"].append(rows[0])
        sentences["en"].append(rows[1])
    numpy.savez(work / "tokens.npz", **_numbered("fr", sentences["fr"]), **_numbered("en", sentences["en"]))
    numpy.savez(work / "links-00.npz", forward=numpy.array(links), backward=numpy.array(links))
    for program, *arguments in (("extraction",), ("packing", "--out", str(folder / "model"), "--least", "1", "1")):
        subprocess.run(
            [sys.executable, str(ROOT / "training" / "phrases" / f"{program}.py"), "--work", str(work), *arguments],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"},
        )
    return {"phrases.npz": hashlib.sha256((folder / "model" / "phrases.npz").read_bytes()).hexdigest()}


def _numbered(lang: str, sentences: list[list[str]]) -> dict[str, Any]:
    numbers: dict[str, int] = {}
    ids = [numbers.setdefault(word, len(numbers)) for sentence in sentences for word in sentence]
    return {
        f"{lang}_words": numpy.array("\n".join(numbers)),
        f"{lang}_ids": numpy.array(ids, numpy.int32),
        f"{lang}_lengths": numpy.array([len(sentence) for sentence in sentences], numpy.int32),
    }
