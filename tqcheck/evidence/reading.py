"""What a language model made of a linked pair -> further evidence for each of its words, beside that of `words`.

A word that the other text calls for is easier to foresee with it than without; one that is wrong, added, or in the
wrong place is not, and what follows a word left out comes as a surprise. Where the model expects one of the next words
in the place of a word, or another form of it, that says so more plainly than that the word is improbable. The same
names hold for both sides: "own" is the side of the word, "other" the one across. What is not known is NaN. Values are
natural logarithms.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy

from tqcheck.model import Pair, Segment, TextScores, Token

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Matrix = NDArray[numpy.float64]
    Places = NDArray[numpy.int64]

_KINDS = ("NOUN PROPN VERB AUX ADJ ADV NUM PRON DET ADP SCONJ CCONJ PART INTJ X SYM PUNCT SPACE").split()
_KIND = {kind: number for number, kind in enumerate(_KINDS)}
_FORMS = {"Fin": 0, "Inf": 1, "Ger": 2, "Part": 3}
_TIMES = {"Past": 0, "Pres": 1, "Fut": 2, "Imp": 3}
UNHELPED = -0.5
"""A word that gains less is not helped by the other text."""
UNTYPICAL = -2.0
"""A word of a lower typicality is not what the model expected."""
_NEAR, _AROUND = 2, 4

NAMES = (
    "given", "alone", "gain", "pieces", "given-piece", "gain-piece",
    "rank-given", "rank-gain", "over-given", "over-gain",
    "before-given", "before-gain", "after-given", "after-gain", "before2-gain", "after2-given", "after2-gain",
    "near-least", "near-mean", "around-mean", "head-gain", "children-least",
    "link-given", "link-gain", "place-given", "place-gain", "place-after-gain",
    "own-gain", "own-given", "own-least", "own-unhelped", "end-given", "end-gain",
    "other-gain", "other-given", "other-least", "other-unhelped", "other-end-given", "other-end-gain",
    "kind-before", "kind-after", "jump-before", "jump-after", "form", "time", "link-form", "link-time", "link-kind",
    "expected", "spread", "over-expected", "typical", "rank-typical", "before-typical", "after-typical",
    "near-typical", "link-typical", "place-typical", "own-typical", "own-untypical", "other-typical", "other-untypical",
    "skipped", "skipped-gain", "rank-skipped", "before-skipped", "after-skipped", "link-skipped", "link-skipped-gain",
    "own-skipped", "other-skipped", "inflected", "before-inflected", "link-inflected", "own-inflected",
)  # fmt: skip


class _Side:
    """The scores of one side as arrays with an entry a token; NaN where a token has no piece of its own."""

    def __init__(self, segment: Segment, scores: TextScores) -> None:
        rows = [[numpy.nan] * 9 if word is None else [*word, word.typicality] for word in scores.words]
        table = numpy.array(rows, dtype=float).reshape(-1, 9)
        self.tokens = segment.tokens
        self.given, self.alone, self.pieces, self.expected, self.variance, *others = table.T
        self.skipped, skipped_alone, self.inflected, self.typical = others
        self.skipped_gain = self.skipped - skipped_alone
        self.most_skipped, self.most_inflected = (_most(values) for values in (self.skipped, self.inflected))
        self.gain = self.given - self.alone
        self.known = numpy.flatnonzero(~numpy.isnan(self.gain))
        gain, given = self.gain[self.known], self.given[self.known]
        pieces = max(1.0, self.pieces[self.known].sum())
        self.mean_gain, self.mean_given = gain.sum() / pieces, given.sum() / pieces
        self.least, self.unhelped = gain.min(initial=0.0), numpy.log1p((gain < UNHELPED).sum())
        typical = self.typical[~numpy.isnan(self.typical)]
        self.untypical = typical.min(initial=0.0), numpy.log1p((typical < UNTYPICAL).sum())
        self.end_given = numpy.nan if scores.end is None else scores.end.given
        self.end_gain = numpy.nan if scores.end is None else scores.end.gain


def evidence(pair: Pair) -> tuple[Matrix, Matrix] | None:
    """Rows of `NAMES` for every token of the French and of the English; None where no model has read the pair."""
    if pair.source_scores is None or pair.target_scores is None:
        return None
    french, english = _Side(pair.source, pair.source_scores), _Side(pair.target, pair.target_scores)
    ahead, back = _partners(pair)
    return _table(french, english, ahead), _table(english, french, back)


def _partners(pair: Pair) -> tuple[Places, Places]:
    """The number of the best linked token across for each token of both sides, -1 where there is none."""
    sizes = len(pair.source.tokens), len(pair.target.tokens)
    found = numpy.full(sizes[0], -1), numpy.full(sizes[1], -1)
    first = pair.source.tokens[0].index, pair.target.tokens[0].index
    for link in sorted(pair.links, key=lambda link: link.probability):
        ends = link.source - first[0], link.target - first[1]
        found[0][ends[0]], found[1][ends[1]] = ends[1], ends[0]
    return found


def _table(own: _Side, other: _Side, partner: Places) -> Matrix:
    columns = _words(own) | _neighbours(own) | _across(own, other, partner) | _forms(own, other, partner)
    for name, side in (("own", own), ("other", other)):
        columns |= {f"{name}-gain": side.mean_gain, f"{name}-given": side.mean_given, f"{name}-least": side.least}
        columns |= {f"{name}-unhelped": side.unhelped}
        columns |= {f"{name}-typical": side.untypical[0], f"{name}-untypical": side.untypical[1]}
    columns |= {"own-skipped": own.most_skipped, "other-skipped": other.most_skipped}
    columns |= {"own-inflected": own.most_inflected}
    columns |= {"end-given": own.end_given, "end-gain": own.end_gain}
    columns |= {"other-end-given": other.end_given, "other-end-gain": other.end_gain}
    found = numpy.full((len(own.tokens), len(NAMES)), numpy.nan)
    for number, name in enumerate(NAMES):
        found[:, number] = columns[name]
    return found


def _words(own: _Side) -> dict[str, Matrix | float]:
    """Each word by itself, and beside the others of its text."""
    return {
        "given": own.given, "alone": own.alone, "gain": own.gain, "pieces": own.pieces,
        "given-piece": own.given / own.pieces, "gain-piece": own.gain / own.pieces,
        "rank-given": _ranks(own.given, own.known), "rank-gain": _ranks(own.gain, own.known),
        "over-given": own.given - own.mean_given * own.pieces, "over-gain": own.gain - own.mean_gain * own.pieces,
        "expected": own.expected, "spread": numpy.sqrt(numpy.maximum(own.variance, 0.0)),
        "over-expected": own.given - own.expected, "typical": own.typical,
        "rank-typical": _ranks(own.typical, numpy.flatnonzero(~numpy.isnan(own.typical))),
        "skipped": own.skipped, "skipped-gain": own.skipped_gain, "inflected": own.inflected,
        "rank-skipped": _ranks(own.skipped, numpy.flatnonzero(~numpy.isnan(own.skipped))),
    }  # fmt: skip


def _ranks(values: Matrix, known: Places) -> Matrix:
    """0 for the lowest of the text to 1 for the highest."""
    found = numpy.full(len(values), numpy.nan)
    order = numpy.argsort(values[known], kind="stable")
    found[known[order]] = numpy.arange(len(known)) / max(1, len(known) - 1)
    return found


def _neighbours(own: _Side) -> dict[str, Matrix | float]:
    """What stands before and after, near, and above and below in the tree."""
    size = len(own.tokens)
    quiet = numpy.where(numpy.isnan(own.gain), numpy.inf, own.gain)
    first = own.tokens[0].index if size else 0
    direct = numpy.array([token.head - first for token in own.tokens], dtype=numpy.int64)
    heads = numpy.where((direct >= 0) & (direct < size), direct, numpy.arange(size))
    below = numpy.full(size, numpy.inf)
    inner = heads != numpy.arange(size)
    numpy.minimum.at(below, heads[inner], quiet[inner])
    near, near_typical = (
        numpy.min([_shifted(values, step, numpy.inf) for step in range(-_NEAR, _NEAR + 1)], axis=0)
        for values in (quiet, numpy.where(numpy.isnan(own.typical), numpy.inf, own.typical))
    )
    return {
        "before-given": _shifted(own.given, -1), "before-gain": _shifted(own.gain, -1),
        "after-given": _shifted(own.given, 1), "after-gain": _shifted(own.gain, 1),
        "before2-gain": _shifted(own.gain, -2),
        "after2-given": _shifted(own.given, 2), "after2-gain": _shifted(own.gain, 2),
        "before-typical": _shifted(own.typical, -1), "after-typical": _shifted(own.typical, 1),
        "near-typical": _finite(near_typical), "near-least": _finite(near),
        "near-mean": _mean(own.gain, _NEAR), "around-mean": _mean(own.gain, _AROUND),
        "head-gain": own.gain[heads], "children-least": _finite(below),
        "before-skipped": _shifted(own.skipped, -1), "after-skipped": _shifted(own.skipped, 1),
        "before-inflected": _shifted(own.inflected, -1),
    }  # fmt: skip


def _shifted(values: Matrix, step: int, empty: float = numpy.nan) -> Matrix:
    """The value ``step`` places further on; ``empty`` past the ends."""
    found = numpy.full(len(values), empty)
    if abs(step) < len(values):
        if step >= 0:
            found[: len(values) - step] = values[step:]
        else:
            found[-step:] = values[:step]
    return found


def _most(values: Matrix) -> float:
    """The highest that is known, NaN where none is."""
    return float(numpy.nanmax(values)) if (~numpy.isnan(values)).any() else numpy.nan


def _mean(values: Matrix, width: int) -> Matrix:
    """The mean of the known values up to ``width`` places away."""
    known = ~numpy.isnan(values)
    sums = numpy.concatenate([[0.0], numpy.cumsum(numpy.where(known, values, 0.0))])
    counts = numpy.concatenate([[0], numpy.cumsum(known)])
    places = numpy.arange(len(values))
    low, high = numpy.maximum(places - width, 0), numpy.minimum(places + width + 1, len(values))
    count = counts[high] - counts[low]
    found: Matrix = numpy.where(count > 0, (sums[high] - sums[low]) / numpy.maximum(count, 1), numpy.nan)
    return found


def _finite(values: Matrix) -> Matrix:
    found: Matrix = numpy.where(numpy.isfinite(values), values, numpy.nan)
    return found


def _across(own: _Side, other: _Side, partner: Places) -> dict[str, Matrix | float]:
    """The word that each is linked to, and the one where its counterpart would stand, had it none."""
    size = len(partner)
    linked = partner >= 0
    there = numpy.maximum(partner, 0)
    before = numpy.maximum.accumulate(numpy.where(linked, numpy.arange(size), -1)) if size else partner
    left = numpy.where(before >= 0, partner[numpy.maximum(before, 0)], -1)
    place = numpy.where(linked, partner, left) + 1
    given, gain, typical = (
        numpy.concatenate([values, [numpy.nan] * 2]) for values in (other.given, other.gain, other.typical)
    )
    given[len(other.given)], gain[len(other.gain)] = other.end_given, other.end_gain
    steps = numpy.diff(numpy.where(linked, partner, numpy.nan), prepend=numpy.nan)
    return {
        "link-given": numpy.where(linked, other.given[there], numpy.nan),
        "link-gain": numpy.where(linked, other.gain[there], numpy.nan),
        "link-typical": numpy.where(linked, other.typical[there], numpy.nan), "place-typical": typical[place],
        "place-given": given[place], "place-gain": gain[place], "place-after-gain": gain[place + 1],
        "link-skipped": numpy.where(linked, other.skipped[there], numpy.nan),
        "link-skipped-gain": numpy.where(linked, other.skipped_gain[there], numpy.nan),
        "link-inflected": numpy.where(linked, other.inflected[there], numpy.nan),
        "jump-before": steps, "jump-after": _shifted(steps, 1),
    }  # fmt: skip


def _forms(own: _Side, other: _Side, partner: Places) -> dict[str, Matrix | float]:
    """Parts of speech around each word, and the form and time of verbs on both sides, as numbers."""
    kinds = numpy.array([_KIND.get(token.pos, len(_KINDS)) for token in own.tokens], dtype=float)
    across = [other.tokens[place] if place >= 0 else None for place in partner]
    return {
        "kind-before": _shifted(kinds, -1, -1.0), "kind-after": _shifted(kinds, 1, -1.0),
        "form": _numbered(own.tokens, "VerbForm", _FORMS), "time": _numbered(own.tokens, "Tense", _TIMES),
        "link-form": _numbered(across, "VerbForm", _FORMS), "link-time": _numbered(across, "Tense", _TIMES),
        "link-kind": numpy.array([_KIND.get(token.pos, len(_KINDS)) if token else -1.0 for token in across]),
    }  # fmt: skip


def _numbered(tokens: tuple[Token, ...] | list[Token | None], feature: str, numbers: dict[str, int]) -> Matrix:
    values = [None if token is None else numbers.get(token.feature(feature) or "") for token in tokens]
    return numpy.array([numpy.nan if value is None else value for value in values], dtype=float)
