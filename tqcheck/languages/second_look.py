"""What a second look at doubted words says: how surely a word is wrong, or part of a text has no counterpart.

Two logistic regressions, fitted on errors that were made on purpose, on wrong translations of `demetr`, and on human
translations taken for right (docs/scorer.md has how many, and what they are worth on sentences left out).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages import likelihood
from tqcheck.languages.stretches import Stretch
from tqcheck.model import Contrast, Pair, Segment, Token, WordDoubt, WordTrial

ALIKE = 0.45
"""The share of their letters that two forms of a word begin with in common."""
TOLD = 2.0
"""Natural logarithm: a change from which on it is told what the model would write."""
MISSED = 4.0
"""The same of a word that would be put in."""

TRIED: Mapping[str, float] = MappingProxyType(
    {"start": -1.058, "doubt": 1.276, "form": 0.422, "other": 0.106, "missing": 0.188, "mark": 0.947}
)
"""Of a word tried out: the log odds of its doubt; the change by another form of it, by another word, and by one put in
before it; whether the model would write a mark, or nothing more."""

TAKEN_OUT: Mapping[str, Mapping[str, float]] = MappingProxyType(
    {
        "source": MappingProxyType(
            {
                "start": -1.591,
                "mean": 0.495,
                "most": 0.083,
                "words": 0.073,
                "change": 0.133,
                "hardest": 0.1,
                "eased": 0.277,
            }
        ),
        "target": MappingProxyType(
            {
                "start": -0.3,
                "mean": 0.453,
                "most": 0.502,
                "words": -0.378,
                "change": 0.213,
                "hardest": -0.149,
                "eased": -0.086,
            }
        ),
    }
)
"""Of a part taken out: the log odds of the mean and of the highest doubt of its words, the logarithm of their number,
and how the words of the other text become more probable without it (`tqcheck.model.Contrast`)."""
LIKELY = 0.15
"""Of a part taken out, the words from the first to the last one that is doubted this much are shown."""
_LEAST, _MOST = 1e-3, 1 - 1e-3


def trial_of(pair: Pair, token: Token) -> WordTrial | None:
    """What came of trying a word out, None where it was not."""
    return next((trial for trial in pair.trials if trial.token == token.index), None)


def is_form(token: Token, trial: WordTrial) -> bool:
    """Whether the model would write another form of the word: "rose" for "rise"."""
    one, other = token.text.lower(), trial.expected.lower()
    same = 0
    while same < min(len(one), len(other)) and one[same] == other[same]:
        same += 1
    return trial.replaced is not None and one != other and same > ALIKE * max(len(one), len(other))


def wrong(pair: Pair, token: Token, trial: WordTrial) -> float:
    """The probability that a word that was tried out is wrong there, or that one is missing before it."""
    mark = not any(character.isalnum() for character in trial.expected)
    replaced = 0.0 if mark else min(max(trial.replaced or 0.0, 0.0), 8.0)
    missing = 0.0 if mark else min(max(trial.inserted or 0.0, 0.0), 10.0)
    form = is_form(token, trial)
    doubt = pair.target_doubts[token.index - pair.target.tokens[0].index].differs
    values = {"start": 1.0, "doubt": _log_odds(doubt), "form": replaced * form, "other": replaced * (not form)}
    return _probability(TRIED, values | {"missing": missing, "mark": float(mark)})


class Unmatched(NamedTuple):
    """Words that seem to have no counterpart, and how surely, after a second look."""

    stretch: Stretch
    probability: float
    contrast: Contrast


def unmatched(pair: Pair, side: str) -> Unmatched | None:
    """What was taken out of a side, with its probability; None where nothing was."""
    contrast = next((contrast for contrast in pair.contrasts if contrast.side == side), None)
    if contrast is None:
        return None
    segment, doubts = (pair.source, pair.source_doubts) if side == "source" else (pair.target, pair.target_doubts)
    tokens, missing = _words(segment, doubts, contrast)
    values = {
        "start": 1.0,
        "mean": _log_odds(sum(missing) / len(missing)),
        "most": _log_odds(max(missing)),
        "words": math.log(len(missing)),
        "change": min(max(contrast.change, -12.0), 8.0),
        "hardest": min(max(contrast.hardest, -10.0), 0.0),
        "eased": min(max(contrast.eased, 0.0), 6.0),
    }
    places = [place for place, value in enumerate(missing) if value >= LIKELY] or list(range(len(missing)))
    start = segment.tokens[0].index
    shown = segment.tokens[tokens[places[0]].index - start : tokens[places[-1]].index - start + 1]
    stretch = Stretch(shown, sum(missing[place] for place in places) / len(places))
    return Unmatched(stretch, _probability(TAKEN_OUT[side], values), contrast)


def remark(pair: Pair, found: Unmatched) -> str:
    """What the other text is without the words, in a sentence for an editor."""
    own, other, quotes = (
        (pair.source, "English", "« {} »") if found.contrast.side == "source" else (pair.target, "French", '"{}"')
    )
    start, first = own.span.start, own.tokens[0].index
    begin, end = own.tokens[found.contrast.first - first].span.start, own.tokens[found.contrast.last - first].span.end
    written = quotes.format(" ".join(own.text[begin - start : end - start].split()))
    change = found.contrast.change
    if change >= math.log(2):
        how = f"{likelihood.times(change)} as probable as with it"
    elif change >= -math.log(2):
        how = "as probable as with it"
    else:
        how = "less probable, as if something rendered it"
    return f"Without {written} a language model finds the {other} {how}."


def _words(
    segment: Segment, doubts: tuple[WordDoubt, ...], contrast: Contrast
) -> tuple[tuple[Token, ...], tuple[float, ...]]:
    """The words of a part, and how surely each has no counterpart."""
    own = [
        (token, doubt.missing)
        for token, doubt in zip(segment.tokens, doubts, strict=True)
        if contrast.first <= token.index <= contrast.last and token.is_word
    ]
    return tuple(token for token, _ in own), tuple(value for _, value in own)


def _log_odds(probability: float) -> float:
    inside = min(max(probability, _LEAST), _MOST)
    return math.log(inside / (1 - inside))


def _probability(weights: Mapping[str, float], values: Mapping[str, float]) -> float:
    return 1 / (1 + math.exp(-sum(weights[name] * value for name, value in values.items())))
