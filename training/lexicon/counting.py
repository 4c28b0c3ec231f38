"""From word links to the shipped table: count, discount, prune, write."""

from __future__ import annotations

import io
import math
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy

from tqcheck.align.lexicon import STEPS_A_LOG, STEPS_A_LOG_COUNT, normalise_word

# A link both directions agree on counts 1, one grown beside it less: it is right about half as often.
GROWN_WEIGHT = 0.5
# A pair of sentences with fewer agreed links than this share of its shorter side is no translation: not counted.
LEAST_AGREED = 0.25
# Absolute discounting (Ney, Essen and Kneser 1994): taken off every count, so that what was seen once weighs little.
DISCOUNT = 0.6
# A pair is kept if it was seen more than once (grown links count half), or once between two words that are both rare.
LEAST_COUNT = 1.5
LEAST_SINGLE_PROBABILITY = 0.1
LEAST_PROBABILITY = 0.003
LEAST_OTHER_PROBABILITY = 0.0001
LONGEST_ROW = 60
# Rarer words than this are in the vocabulary only if a pair of theirs was kept.
LEAST_WORD_COUNT = 3

_PARTICIPLE = re.compile("ée?s?$")

Link = tuple[int, int]


@dataclass
class Counts:
    """Weighted link counts and word counts of one layer over forms and one over lemmas."""

    forms: Layer = field(default_factory=lambda: Layer())
    lemmas: Layer = field(default_factory=lambda: Layer())
    french_seen: Counter[str] = field(default_factory=Counter)
    english_seen: Counter[str] = field(default_factory=Counter)


@dataclass
class Layer:
    """``links``: (fr, en) -> weighted count; ``seen``: the same unweighted; ``french``, ``english``: weighted words."""

    links: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    seen: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    french: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    english: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))


@cache
def is_word(token: str) -> bool:
    """Letters, with apostrophes, hyphens or full stops at most: no number, no mark, no address."""
    return any(c.isalpha() for c in token) and all(c.isalpha() or c in "'-." for c in token) and len(token) <= 32


@cache
def lemmas(token: str, language: str) -> tuple[str, ...]:
    """The dictionary forms of a normalised word, by simplemma's lists (MIT).

    simplemma takes a French participle in -é for an adjective; the package's own annotation often says its verb, so it
    gets both where there is such a verb.
    """
    import simplemma

    found = [normalise_word(simplemma.lemmatize(token, lang=language))]
    participle = _PARTICIPLE.sub("er", token) if language == "fr" else token
    if participle != token and simplemma.is_known(participle, lang="fr"):
        found.append(participle)
    return tuple(dict.fromkeys(found))


def count(
    weights: Sequence[float],
    french: Sequence[str],
    english: Sequence[str],
    links: Iterable[tuple[set[Link], ...]],
) -> Counts:
    """Count words and links over all pairs. A word's own count includes the times when nothing stands for it."""
    counts = Counts()
    for weight, left, right, (agreed, grown) in zip(weights, french, english, links, strict=True):
        sources, targets = left.split(" "), right.split(" ")
        if len(agreed) < LEAST_AGREED * min(len(sources), len(targets)):
            continue
        counts.french_seen.update(filter(is_word, sources))
        counts.english_seen.update(filter(is_word, targets))
        _count_pair(counts, weight, sources, targets, agreed, grown)
    return counts


def _count_pair(
    counts: Counts, weight: float, sources: list[str], targets: list[str], agreed: set[Link], grown: set[Link]
) -> None:
    sides = (
        (counts.forms, [_as_form(token) for token in sources], [_as_form(token) for token in targets]),
        (counts.lemmas, [_as_lemmas(token, "fr") for token in sources], [_as_lemmas(token, "en") for token in targets]),
    )
    for layer, left, right in sides:
        for names in left:
            for name in names:
                layer.french[name] += weight
        for names in right:
            for name in names:
                layer.english[name] += weight
        for share, some in ((1.0, agreed), (GROWN_WEIGHT, grown)):
            for i, j in some:
                for pair in product(left[i], right[j]):
                    layer.links[pair] += weight * share
                    layer.seen[pair] += share


def _as_form(token: str) -> tuple[str, ...]:
    return (token,) if is_word(token) else ()


def _as_lemmas(token: str, language: str) -> tuple[str, ...]:
    return lemmas(token, language) if is_word(token) else ()


def _kept(layer: Layer) -> dict[str, list[tuple[str, float, float]]]:
    """French word -> (English word, p(en|fr), p(fr|en)), what is rare or unlikely both ways left out."""
    rows: defaultdict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for (left, right), weighted in layer.links.items():
        seen = layer.seen[left, right]
        if seen < 1:
            continue
        # The discount is scaled to the weight of this pair's own links, so that it means the same in every source.
        discounted = weighted - DISCOUNT * weighted / seen
        forward, backward = discounted / layer.french[left], discounted / layer.english[right]
        lower, higher = sorted((forward, backward))
        enough = LEAST_OTHER_PROBABILITY if seen >= LEAST_COUNT else LEAST_SINGLE_PROBABILITY
        if lower >= enough and higher >= LEAST_PROBABILITY:
            rows[left].append((right, min(forward, 1.0), min(backward, 1.0)))
    return {left: sorted(sorted(row, key=lambda item: -item[1] * item[2])[:LONGEST_ROW]) for left, row in rows.items()}


def write(counts: Counts, path: Path) -> int:
    """Write the table; the same counts give the same bytes. Returns the size of the file in bytes."""
    layers = {"form": _kept(counts.forms), "lemma": _kept(counts.lemmas)}
    french, english = set(), set()
    for rows in layers.values():
        french |= set(rows)
        english |= {right for row in rows.values() for right, _, _ in row}
    french |= {word for word, times in counts.french_seen.items() if times >= LEAST_WORD_COUNT}
    english |= {word for word, times in counts.english_seen.items() if times >= LEAST_WORD_COUNT}
    french_words, english_words = sorted(french), sorted(english)
    numbers = {word: number for number, word in enumerate(english_words)}
    arrays: dict[str, Any] = {
        "french": _text(french_words),
        "english": _text(english_words),
        "french_counts": _frequencies(french_words, counts.french_seen),
        "english_counts": _frequencies(english_words, counts.english_seen),
    }
    for name, rows in layers.items():
        flat = [item for word in french_words for item in rows.get(word, [])]
        arrays[f"{name}_lengths"] = numpy.array([len(rows.get(word, [])) for word in french_words], dtype=numpy.uint8)
        arrays[f"{name}_columns"] = numpy.array([numbers[right] for right, _, _ in flat], dtype=numpy.uint32)
        arrays[f"{name}_forward"] = _codes([forward for _, forward, _ in flat])
        arrays[f"{name}_backward"] = _codes([backward for _, _, backward in flat])
        print(f"{name}: {len(rows):,} French words, {len(flat):,} pairs")
    print(f"{len(french_words):,} French and {len(english_words):,} English words")
    _save(arrays, path)
    return path.stat().st_size


def _text(words: list[str]) -> Any:
    return numpy.frombuffer("\n".join(words).encode("utf-8"), dtype=numpy.uint8)


def _frequencies(words: list[str], seen: Counter[str]) -> Any:
    steps = [min(255, round(STEPS_A_LOG_COUNT * math.log(max(1, seen[word])))) for word in words]
    return numpy.array(steps, dtype=numpy.uint8)


def _codes(probabilities: list[float]) -> Any:
    steps = [min(255, round(-STEPS_A_LOG * math.log(probability))) for probability in probabilities]
    return numpy.array(steps, dtype=numpy.uint8)


def _save(arrays: dict[str, Any], path: Path) -> None:
    """An .npz without dates, so that equal arrays make equal files."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            numpy.lib.format.write_array(buffer, array, allow_pickle=False)
            entry = zipfile.ZipInfo(f"{name}.npy", date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, buffer.getvalue(), zipfile.ZIP_DEFLATED, 9)
