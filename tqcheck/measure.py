"""Bitext -> scores: against machine translation through sacrebleu, and from meaning, length and word links.

Every score carries the signature that says how it was made; docs/metrics.md says what each means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from tqcheck import __version__
from tqcheck.edit_rate import terms
from tqcheck.model import Bitext, Pair, Score, Segment

ENGLISH_PER_FRENCH = 0.86
"""Characters of English for one of French. Measured in news: 0.86 in RTE-3 (1,721 pairs), 0.88 in WMT 2013, 0.85 in
NTREX, 0.83 in FLORES; in the debates of Europarl v7 (1,062,435 pairs) 0.90."""

CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM"})
"""Universal parts of speech whose words have a counterpart in a full translation. No auxiliaries, no function words."""

Scores = tuple[Score, ...]

_METRICS = ("bleu", "chrf", "ter")
_SHARES = ("adequacy", "length-ratio", "coverage", "back-coverage", "quality")
ORDER = (*_METRICS, *(f"back-{name}" for name in _METRICS), *_SHARES)
"""Of the scores of a document."""


class Sum(NamedTuple):
    """What a score of a whole text is made of: counts that can be added to those of its other parts.

    Two for a share, ``found`` of all; what sacrebleu counts for its own. ``known`` of so many ``pairs`` have a say.
    """

    name: str
    signature: str
    counts: tuple[float, ...]
    known: int
    pairs: int

    def plus(self, other: Sum) -> Sum:
        """That of both parts together."""
        counts = tuple(one + more for one, more in zip(self.counts, other.counts, strict=True))
        return Sum(self.name, self.signature, counts, self.known + other.known, self.pairs + other.pairs)


class Measured(NamedTuple):
    """What was measured of the pairs of a text or of a part of it: the scores of each, and the sums over all."""

    each: tuple[Scores, ...]
    sums: tuple[Sum, ...]


def measure(bitext: Bitext, embeddings: str | None = None) -> tuple[Scores, tuple[Scores, ...]]:
    """The scores of the document and of each pair, the latter parallel to ``bitext.pairs``.

    Always ``adequacy``, ``length-ratio``, ``coverage``, ``back-coverage``. Where there is machine translation of the
    French, ``bleu``, ``chrf``, ``ter``; where there is of the English, ``back-bleu``, ``back-chrf``, ``back-ter``.
    ``embeddings`` names the model behind ``Pair.similarity``, for the signature. A value that cannot be computed is
    None.
    """
    measured = measure_pairs(bitext.pairs, embeddings)
    return whole([measured.sums]), measured.each


def measure_pairs(pairs: Sequence[Pair], embeddings: str | None = None) -> Measured:
    """The scores of each pair, and what is to be added up for those of the document."""
    columns = (
        *_against_translation(pairs),
        *_translated_back(pairs),
        _adequacy(pairs, embeddings),
        _length_ratio(pairs),
        _coverage("coverage", pairs, lambda pair: (pair.source, {link.source for link in pair.links})),
        _coverage("back-coverage", pairs, lambda pair: (pair.target, {link.target for link in pair.links})),
    )
    return Measured(
        tuple(zip(*(column.each for column in columns), strict=True)), tuple(column.sum for column in columns)
    )


def whole(parts: Iterable[Iterable[Sum]]) -> Scores:
    """The scores of a document, of the sums of all its parts."""
    sums: dict[str, Sum] = {}
    for own in (one for part in parts for one in part):
        sums[own.name] = sums[own.name].plus(own) if own.name in sums else own
    return tuple(_scored(sums[name]) for name in sorted(sums, key=ORDER.index))


def _scored(summed: Sum) -> Score:
    part = "" if summed.known == summed.pairs else f"|pairs:{summed.known}of{summed.pairs}"
    name = summed.name.removeprefix("back-")
    if name in _METRICS:
        return Score(summed.name, _score(_metric(name), [summed.counts]), f"{summed.signature}{part}")
    found, total = summed.counts
    return Score(summed.name, found / total if total else None, summed.signature)


class _Column(NamedTuple):
    """One measure: of the document, and of each pair."""

    sum: Sum
    each: Scores


# ------------------------------------------------------------------------------------------ against machine translation


class _Compared(NamedTuple):
    """Two texts to compare. An empty reference: the hypothesis is an addition, which counts for the document alone."""

    hypothesis: str
    reference: str


def _against_translation(pairs: Sequence[Pair]) -> Iterator[_Column]:
    """The English against the machine's English of the French."""
    return _sacrebleu(
        "",
        [
            None
            if pair.forward is None and pair.source.text.strip()
            else _Compared(pair.target.text, pair.forward.text if pair.forward else "")
            for pair in pairs
        ],
        {pair.forward.engine for pair in pairs if pair.forward},
        "ref:mt",
    )


def _translated_back(pairs: Sequence[Pair]) -> Iterator[_Column]:
    """The machine's French of the English against the French."""
    return _sacrebleu(
        "back-",
        [
            None
            if pair.back is None and pair.target.text.strip()
            else _Compared(pair.back.text if pair.back else "", pair.source.text)
            for pair in pairs
        ],
        {pair.back.engine for pair in pairs if pair.back},
        "hyp:back-translation",
    )


def _sacrebleu(prefix: str, pairs: Sequence[_Compared | None], engines: Iterable[str], what: str) -> Iterator[_Column]:
    """BLEU, chrF2 and TER. A pair that the machine has not translated is None, and left out of the document as well."""
    made_by = "+".join(sorted(engines))
    known = [pair for pair in pairs if pair is not None]
    if not made_by or not any(pair.reference.strip() for pair in known):
        return
    part = "" if len(known) == len(pairs) else f"|pairs:{len(known)}of{len(pairs)}"
    for name in _METRICS:
        of_pair, of_all = _metric(name, of_pair=True), _metric(name)
        counts = [None if pair is None else _counts(of_pair, pair) for pair in pairs]
        summed = tuple(map(sum, zip(*(count for count in counts if count is not None), strict=True)))
        ours = f"|{what}|engine:{made_by}"
        yield _Column(
            Sum(prefix + name, f"{of_all.get_signature()}{ours}", summed, len(known), len(pairs)),
            tuple(
                Score(prefix + name, _value(of_pair, pair, count), f"{of_pair.get_signature()}{ours}{part}")
                for pair, count in zip(pairs, counts, strict=True)
            ),
        )


def _metric(name: str, *, of_pair: bool = False) -> Any:
    """Of sacrebleu, with one reference for each hypothesis."""
    from sacrebleu.metrics import BLEU, CHRF

    # BLEU of one sentence leaves out the runs that are longer than it has any.
    metric = {"bleu": lambda: BLEU(effective_order=of_pair), "chrf": CHRF, "ter": terms}[name]()
    metric.num_refs = 1
    return metric


def _counts(metric: Any, pair: _Compared) -> list[float]:
    """What sacrebleu counts in a pair. Those of a document are their sums, so that no pair is read twice."""
    (found,) = metric._extract_corpus_statistics([pair.hypothesis], [[pair.reference]])
    counts: list[float] = found
    return counts


def _score(metric: Any, counts: Sequence[Sequence[float]]) -> float:
    return float(metric._aggregate_and_compute([list(count) for count in counts]).score)


def _value(metric: Any, pair: _Compared | None, count: Sequence[float] | None) -> float | None:
    return None if pair is None or count is None or not pair.reference.strip() else _score(metric, [count])


# ------------------------------------------------------------------------------------------ without machine translation


def _adequacy(pairs: Sequence[Pair], embeddings: str | None) -> _Column:
    """Cosine of the sentence embeddings; of the document, the mean weighted by the words of the French."""
    weighed = [(pair.similarity, _words(pair.source)) for pair in pairs if pair.similarity is not None]
    counts = sum(value * weight for value, weight in weighed), sum(weight for _, weight in weighed)
    signature = _signature("cosine", f"embeddings:{embeddings or 'see-provenance'}")
    return _Column(
        Sum("adequacy", f"{signature}|mean:source-words", counts, len(weighed), len(pairs)),
        tuple(Score("adequacy", pair.similarity, signature) for pair in pairs),
    )


def _words(segment: Segment) -> int:
    return sum(token.is_word for token in segment.tokens) or len(segment.text.split())


def _length_ratio(pairs: Sequence[Pair]) -> _Column:
    """Characters of the English by characters of the French, blanks at the ends left out."""
    lengths = [(len(pair.source.text.strip()), len(pair.target.text.strip())) for pair in pairs]
    signature = _signature("characters", f"expected:{ENGLISH_PER_FRENCH}")
    source, target = (sum(length[side] for length in lengths) for side in (0, 1))
    return _Column(
        Sum("length-ratio", signature, (target, source), len(pairs), len(pairs)),
        tuple(
            Score("length-ratio", english / french if french and english else None, signature)
            for french, english in lengths
        ),
    )


def _coverage(name: str, pairs: Sequence[Pair], side: Callable[[Pair], tuple[Segment, set[int]]]) -> _Column:
    """The share of the content words of one side that have a link. Unknown in a bitext without any link."""
    linked = any(pair.links for pair in pairs)
    counts = [_counted(*side(pair)) if linked else (0, 0) for pair in pairs]
    found, total = (sum(count[place] for count in counts) for place in (0, 1))
    signature = _signature("linked-content-words", f"pos:{'.'.join(sorted(CONTENT))}")
    return _Column(
        Sum(name, signature, (found, total), len(pairs), len(pairs)),
        tuple(Score(name, some / all_of_them if all_of_them else None, signature) for some, all_of_them in counts),
    )


def _counted(segment: Segment, linked: set[int]) -> tuple[int, int]:
    content = [token.index for token in segment.tokens if token.pos in CONTENT and token.is_word]
    return sum(index in linked for index in content), len(content)


def _signature(*parts: str) -> str:
    return "|".join((*parts, f"version:tqcheck.{__version__}"))
