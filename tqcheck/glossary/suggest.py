"""Terms that accepted translations agree on: French noun phrases that are nearly always the same in English."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from tqcheck.glossary.table import COLUMNS
from tqcheck.languages import noun_phrases, phrases
from tqcheck.languages.noun_phrases import Rendered
from tqcheck.model import Bitext, GlossaryTerm

LEAST = 3
"""Occurrences from which a rendering is proposed."""

AGREED = 0.75
"""The share of the clear renderings of a phrase that must be the proposed one."""


class Suggestion(NamedTuple):
    """A term, how often its phrase is rendered so, of how many times that are clear, in how many articles; the rest."""

    french: str
    english: str
    agreeing: int
    total: int
    articles: int
    others: tuple[str, ...]

    @property
    def note(self) -> str:
        """What a person needs in order to decide."""
        where = "1 article" if self.articles == 1 else f"{self.articles} articles"
        others = f"; also {', '.join(self.others)}" if self.others else ""
        return f"{self.agreeing} of {self.total} in {where}{others}"


class _Occurrence(NamedTuple):
    rendered: Rendered
    article: tuple[int, int]


def suggest(
    bitexts: Iterable[Bitext], known: Sequence[GlossaryTerm] = (), *, least: int = LEAST, single: bool = False
) -> tuple[Suggestion, ...]:
    """The terms of linked bitexts that are not ``known``, those that occur most first; ``single``: of one noun too.

    A phrase that only occurs inside a longer one that is proposed is left out.
    """
    found: dict[tuple[str, ...], list[_Occurrence]] = defaultdict(list)
    for number, bitext in enumerate(bitexts):
        for pair in bitext.pairs:
            for phrase in noun_phrases.phrases(pair.source, single=single):
                rendered = noun_phrases.rendered(pair, phrase)
                if rendered is not None:
                    found[rendered.french_key].append(_Occurrence(rendered, (number, pair.document)))
    agreed = {key: term for key, row in found.items() if (term := _agreed(row, least)) is not None}
    listed = {tuple(word.lower() for word in phrases.words(term.french)) for term in known}
    kept = [
        term
        for key, term in agreed.items()
        if tuple(word.lower() for word in phrases.words(term.french)) not in listed
        and not any(_inside(key, other) and longer.total >= term.total for other, longer in agreed.items())
    ]
    return tuple(sorted(kept, key=lambda term: (-term.agreeing, term.french)))


def _agreed(row: Sequence[_Occurrence], least: int) -> Suggestion | None:
    by_english: dict[tuple[str, ...], list[_Occurrence]] = defaultdict(list)
    for occurrence in row:
        by_english[occurrence.rendered.english_key].append(occurrence)
    ranked = sorted(by_english.values(), key=len, reverse=True)
    best = ranked[0]
    if len(best) < least or len(best) < AGREED * len(row):
        return None
    return Suggestion(
        _usual(row, "french"),
        _usual(best, "english"),
        len(best),
        len(row),
        len({occurrence.article for occurrence in best}),
        tuple(_usual(other, "english") for other in ranked[1:4]),
    )


def _usual(row: Sequence[_Occurrence], side: str) -> str:
    """The form of a phrase that is seen most, of the singular if there is one; in small letters if it is seen so.

    A glossary's capital is binding, and most phrases have one in a heading or a title.
    """
    forms = [occurrence.rendered for occurrence in row if occurrence.rendered.singular] or [o.rendered for o in row]
    counted = Counter(str(getattr(form, side)) for form in forms)
    usual = max(counted, key=lambda form: counted[form])
    return usual.lower() if usual.lower() in counted else usual


def _inside(key: tuple[str, ...], other: tuple[str, ...]) -> bool:
    size = len(key)
    return len(other) > size and any(other[at : at + size] == key for at in range(len(other) - size + 1))


def to_tsv(suggestions: Iterable[Suggestion]) -> str:
    """The suggestions as a glossary to edit."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter="\t", quoting=csv.QUOTE_NONE, quotechar=None, lineterminator="\n")
    writer.writerow(COLUMNS[:4])
    for term in suggestions:
        writer.writerow((term.french, term.english, "", term.note))
    return out.getvalue()
