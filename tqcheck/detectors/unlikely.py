"""English words that a language model, knowing the French, did not expect where they stand.

Why it matters
--------------
The small faults that no table lists: a word in the wrong place or the wrong form, another tense, a preposition that
changes who did what, a verb that was lost so that its neighbours do not fit. One glance at the place tells an editor
whether it is one.

What it does not see
--------------------
What is wrong and likely all the same: another figure, another name, "he" for "she". It does nothing without the
language model of the extra `lm`. What is wrong it can say where another form of the word, or a word before it, would be
far more likely; elsewhere it says only where.

When to ignore it
-----------------
Where the English is free on purpose: an idiom, a bold headline, a quotation in its speaker's own words. A good
rendering that few would have chosen looks to it like a wrong one, which is why its findings are small ones.

Source
------
MQM, accuracy/mistranslation. Words that are not probable given the other text, as in Prism (Thompson and Post 2020),
weighed with their links by a small forest that was learned from errors made on purpose (`training/errors`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages import gaps, likelihood, second_look, stretches
from tqcheck.model import Bitext, Finding, Pair, Token, WordTrial
from tqcheck.mqm import Category, Severity

MINOR = 0.6
"""The doubt of a stretch from which on it is called a small error; below it is a place to look at."""
TRIED_MINOR, NEUTRAL, DENIED = 0.7, 0.4, 0.2
"""Probabilities that a word is wrong, after a second look: of a small error, of a place to look at, and below which a
stretch is let go. Where it can say what would be far more likely it is a place to look at in any case."""
CONFIDENCE = {Severity.MINOR: 0.8, Severity.NEUTRAL: 0.4}
LONGEST = 8
"""Words; more than these are another sentence, which other rules report."""


class Place(NamedTuple):
    """A stretch of words, whether it is surely enough wrong, and its word that was tried out, if one was."""

    stretch: stretches.Stretch
    minor: bool
    tried: tuple[Token, WordTrial] | None = None


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Words that were not expected, but for those that `meaning` or `addition` would report."""
    reported = [stretch.span for stretch in (*stretches.wrong_sense(pair), *stretches.put_in(pair))]
    for place in _places(pair):
        if place.stretch.words > LONGEST or any(place.stretch.span.overlaps(span) for span in reported):
            continue
        if stretches.is_kind_of_name(pair, place.stretch):
            continue
        severity = Severity.MINOR if place.minor else Severity.NEUTRAL
        english = place.stretch.span.of(bitext.target.text)
        message, suggestion = _said(place, english)
        yield detector.finding(
            pair,
            message=message,
            confidence=CONFIDENCE[severity],
            severity=severity,
            category=None if any(map(gaps.is_content, place.stretch.tokens)) else Category.GRAMMAR,
            source=stretches.behind(pair, place.stretch),
            target=place.stretch.span,
            suggestion=suggestion,
            evidence=(*likelihood.remark(pair, place.stretch.tokens, "target"), *_shown(place)),
        )


def _places(pair: Pair) -> Iterator[Place]:
    """Stretches that are doubted, as a second look at one of their words has them, and single words that it found."""
    found = stretches.odd(pair)
    tokens = {token.index: token for token in pair.target.tokens}
    tried = [(tokens[trial.token], trial) for trial in pair.trials if trial.token in tokens]
    for stretch in found:
        own = [one for one in tried if one[0] in stretch.tokens]
        if not own:
            yield Place(stretch, stretch.doubt >= MINOR)
            continue
        best = max(own, key=lambda one: second_look.wrong(pair, *one))
        sure = second_look.wrong(pair, *best)
        if sure >= DENIED:
            yield Place(stretch, sure >= TRIED_MINOR, best)
    inside = {token.index for stretch in found for token in stretch.tokens}
    for token, trial in tried:
        sure = second_look.wrong(pair, token, trial)
        worth = sure >= NEUTRAL or _is_form(token, trial) or _is_missing(trial)
        if token.index not in inside and worth and not _is_joined(pair, token):
            yield Place(stretches.Stretch((token,), sure), sure >= TRIED_MINOR, (token, trial))


def _is_form(token: Token, trial: WordTrial) -> bool:
    """Whether another form of the word would be far more likely."""
    return second_look.is_form(token, trial) and (trial.replaced or 0.0) >= second_look.TOLD


def _is_missing(trial: WordTrial) -> bool:
    """Whether the text would be far more likely with a word before this one."""
    return (trial.inserted or 0.0) >= second_look.MISSED and trial.expected.isalpha()


def _is_joined(pair: Pair, token: Token) -> bool:
    """Whether a hyphen joins the word to another: of "front-runner" the model sees a half."""
    start, end = token.span.start - pair.target.span.start, token.span.end - pair.target.span.start
    return "-" in (pair.target.text[max(0, start - 1) : start], pair.target.text[end : end + 1])


def _said(place: Place, english: str) -> tuple[str, str | None]:
    """The message, and what to write in place of the stretch where the model would write that."""
    if place.tried is not None:
        token, trial = place.tried
        alone = len(place.stretch.tokens) == 1
        if _is_form(token, trial):
            message = f'"{token.text}" is not the form that the French leads one to expect here: '
            return f'{message}"{trial.expected}" would be far more likely.', trial.expected if alone else None
        if _is_missing(trial):
            return f'A word seems to be missing before "{token.text}", such as "{trial.expected}".', None
    return (
        f'"{english}" is not what the French leads one to expect here: a word may be wrong, out of place, '
        "in the wrong form, or missing before it."
    ), None


def _shown(place: Place) -> tuple[str, ...]:
    """What the model would write, and how that compares."""
    if place.tried is None:
        return ()
    token, trial = place.tried
    better = max(trial.replaced or 0.0, trial.inserted or 0.0)
    if better < second_look.TOLD or not trial.expected.isalpha():
        return ()
    how = "before" if (trial.inserted or 0.0) == better else "in place of"
    return (f'With "{trial.expected}" {how} "{token.text}" the text is {likelihood.times(better)} as probable.',)


DETECTOR = Detector(
    rule="unlikely",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    find=each_pair(find),
    general=True,
    uses_lm=True,
    examples=(
        Example(
            "Le maire a inauguré le nouveau pont samedi.",
            "The mayor opened ⟦of⟧ the new bridge on Saturday.",
            read=(
                "-0.3:-3.0:1:-1.1:2.9:-6.5:-3.8 -1.1:-7.6:1:-2.7:4.6:-2.1:2.9 -0.0:-0.6:1:-0.4:2.5:-6.5:-5.8 "
                "-4.4:-10.3:2:-0.6:3.6:-5.5:2.9 -0.7:-1.6:1:-2.0:3.1:-3.3:-4.0 -0.3:-2.7:1:-1.1:3.1:-2.0:-2.7 "
                "-0.2:-5.0:1:-1.1:5.9:-11.1:-4.2 -3.5:-9.6:1:-2.9:5.7:-1.1:6.6 -0.2:-2.1:1:-0.7:2.0 -0.0:-0.0",
                "-0.1:-2.2:1:-0.3:1.8:-7.1:-4.0 -1.6:-8.0:1:-0.8:2.3:-4.2:3.6 -1.1:-7.4:1:-2.9:3.9:-4.8:4.6:-6.1 "
                "-10.2:-7.4:1:-0.7:2.3:9.9:6.5 -0.5:-1.3:1:-1.6:5.8:-0.7:-3.7 "
                "-0.1:-3.5:1:-0.5:3.3:-5.5:-4.2:-10.7 -0.3:-8.4:1:-1.5:7.6:-7.5:0.5:-5.7 "
                "-1.2:-3.0:1:-2.4:4.5:0.3:0.3 -0.1:-4.3:1:-0.6:2.7:-10.0:-4.8 -0.3:-2.1:1:-0.9:1.6 -0.0:-0.0",
            ),
        ),
        Example(
            "Les pompiers ont éteint l'incendie avant la nuit.",
            "The firefighters put out the ⟦before⟧ fire nightfall.",
            read=(
                "-0.1:-2.7:1:-0.5:1.7:-13.4:-4.6 -1.2:-9.2:3:-3.2:6.3:-3.7:2.1 -1.0:-1.9:1:-3.8:7.2:-2.6:-4.5 "
                "-3.9:-7.6:3:-7.3:8.2:-1.3:0.6 -3.3:-3.4:2:-2.1:3.2:2.1:1.2 -4.0:-2.5:3:-4.0:9.6:-3.2:-10.5 "
                "-0.6:-4.1:1:-2.4:5.6:-3.5:2.2 -1.3:-4.1:1:-2.1:2.9:-5.7:-4.0 -1.1:-5.1:1:-3.6:5.9:-7.6:-3.6 "
                "-0.6:-0.6:1:-2.0:5.1 -0.0:-0.0",
                "-1.0:-2.2:1:-1.2:2.7:-5.9:-4.0 -1.2:-11.4:1:-0.9:1.4:0.7:2.8 "
                "-1.0:-5.2:1:-3.1:5.1:-5.2:-2.5:-10.8 -0.1:-1.5:1:-0.4:1.3:-2.8:-0.8:-12.9 "
                "-0.0:-0.9:1:-0.1:0.4:-6.8:-2.1 -14.7:-12.6:1:-0.9:1.9:14.4:12.0 "
                "-5.3:-2.7:1:-2.6:5.0:3.3:-1.2:-2.6 -10.9:-17.2:2:-3.0:8.9:5.1:11.4 -0.0:-0.9:1:-0.2:1.5 "
                "-0.0:-0.0",
            ),
        ),
        Example(
            "La pluie a retardé le départ de la course.",
            "Rain delayed the ⟦of⟧ start the race.",
            read=(
                "-1.3:-3.0:1:-2.1:4.1:-6.9:-3.8 -0.1:-9.2:1:-0.6:3.5:-9.5:0.7 -0.6:-1.9:1:-2.6:7.7:-2.0:-0.9 "
                "-0.5:-7.5:2:-2.5:7.8:-7.0:2.0 -1.0:-1.4:1:-1.3:1.8:0.0:0.3 -0.9:-2.6:1:-2.1:4.7:-4.7:-5.0 "
                "-0.8:-0.8:1:-1.5:2.3:-2.9:-2.2 -0.4:-1.0:1:-1.0:2.1:-4.9:-8.4 -0.1:-5.6:1:-0.4:1.8:-11.5:-4.1 "
                "-0.0:-1.3:1:-0.3:1.9 -0.0:-0.0",
                "-3.0:-11.6:1:-1.1:4.9:-4.6:5.4 -0.3:-7.3:1:-1.7:6.8:-9.5:0.8:-3.6 -0.1:-1.0:1:-0.4:2.6:-4.4:-4.0 "
                "-11.8:-11.6:1:-1.5:5.9:11.6:9.3 -5.1:-7.7:1:-3.6:8.9:3.9:6.2:-2.0 -7.2:-6.0:1:-0.5:2.8:3.0:2.5 "
                "-0.2:-6.2:1:-1.1:4.8:-9.8:-2.1:-3.0 -0.0:-1.1:1:-0.2:0.9 -0.0:-0.0",
            ),
        ),
        Example(
            "Le président a signé l'accord jeudi dernier.",
            "The president ⟦signs⟧ the agreement last Thursday.",
            read=(
                "-0.1:-3.0:1:-0.4:1.7:-10.2:-4.2 -0.0:-4.3:1:-0.2:1.0:-14.8:-3.5 -4.5:-3.1:1:-1.3:3.3:-0.1:-4.6 "
                "-0.1:-5.7:1:-0.4:1.5:-8.7:0.2 -3.6:-4.0:2:-2.2:2.8:-0.4:-2.9 -0.0:-2.2:1:-0.1:0.8:-20.3:-11.4 "
                "-4.2:-8.8:1:-1.1:3.0:-2.8:5.1 -0.0:-2.4:1:-0.2:0.8:-3.3:-0.1 -0.0:-1.8:1:-0.1:0.6 -0.0:-0.0",
                "-1.2:-2.2:1:-1.0:2.2:-6.5:-4.0 -1.7:-7.1:1:-0.7:1.4:-8.7:1.9:-6.9 "
                "-9.7:-9.6:1:-0.5:2.8:3.3:1.1:9.5 -0.2:-1.1:1:-1.0:3.3:-3.8:-4.3 "
                "-0.9:-4.2:1:-3.2:7.1:-1.2:-2.1:-6.5 -1.0:-7.8:1:-2.0:2.6:-1.7:5.8:-12.2 "
                "-0.8:-3.6:1:-1.1:1.2:-8.6:-2.9 -0.0:-1.1:1:-0.3:1.4 -0.0:-0.0",
            ),
        ),
        Example(
            "La maire a inauguré la nouvelle école samedi matin.",
            "The mayor ⟦the⟧ new school on Saturday morning.",
            read=(
                "-2.9:-3.0:1:-0.6:2.4:-6.2:-4.1 -2.4:-10.3:1:-2.8:4.4:1.2:5.4 -1.8:-0.9:1:-3.7:5.7:-0.2:-5.3 "
                "-2.7:-9.7:2:-4.2:6.5:-0.5:2.0 -0.7:-1.6:1:-1.9:3.1:-3.0:-4.3 -0.0:-2.9:1:-0.3:2.2:-8.3:-3.9 "
                "-0.1:-4.0:1:-0.6:3.7:-10.3:-3.5 -3.3:-8.9:1:-2.3:3.4:-2.0:7.3 -0.1:-1.9:1:-0.6:2.3:-3.3:-0.1 "
                "-0.0:-0.6:1:-0.2:1.2 -0.0:-0.0",
                "-0.1:-2.2:1:-0.4:2.1:-7.2:-4.0 -1.4:-8.0:1:-0.9:2.1:-3.9:3.6 -9.6:-8.4:1:-2.9:3.9:3.6:2.5 "
                "-2.9:-5.5:1:-4.7:6.1:-0.2:-1.1:-3.2 -0.1:-6.3:1:-1.0:5.3:-6.3:-1.7:-4.4 "
                "-4.2:-5.4:1:-2.8:5.6:-0.8:1.5 -0.2:-4.0:1:-0.8:3.2:-6.7:-2.4 -0.2:-2.4:1:-0.8:2.2:-2.8:-0.3:-6.3 "
                "-0.1:-1.5:1:-0.4:2.2 -0.0:-0.0",
            ),
        ),
        Example(
            "Le préfet a interdit le rassemblement de jeudi.",
            "The prefect banned Thursday's gathering.",
            read=(
                "-0.3:-3.0:1:-0.9:2.2:-6.9:-3.8 -0.3:-8.9:2:-1.5:5.2:-11.8:-1.0 -0.1:-1.4:1:-0.7:3.7:-3.1:-0.5 "
                "-0.9:-7.9:1:-3.1:5.7:-6.7:2.8 -1.9:-2.2:1:-2.2:2.3:0.5:-1.0 -2.7:-6.3:3:-3.6:6.2:1.4:-2.3 "
                "-2.2:-1.6:1:-2.1:3.6:1.5:-0.8 -0.3:-8.4:1:-1.0:2.2:-11.6:-1.2 -0.2:-1.7:1:-0.9:3.4 -0.0:-0.0",
                "-0.1:-2.2:1:-0.5:2.8:-12.5:-8.4 -5.7:-12.6:2:-5.8:12.5:-8.6:-2.9 "
                "-1.6:-11.6:1:-2.5:4.6:-1.6:8.5:-4.8 -2.0:-9.0:1:-3.1:5.7:-1.2:2.3 -1.7:-4.0:2:-3.9:6.5 "
                "-0.9:-7.1:1:-3.1:7.3:-8.7:-1.9:-2.4 -0.2:-2.3:1:-0.7:2.4 -0.0:-0.0",
            ),
        ),
        Example(
            "La ville a construit un nouveau pont sur la rivière.",
            "The town has built a new bridge over the river.",
            read=(
                "-0.5:-3.0:1:-1.1:2.0:-13.7:-5.9 -0.1:-6.4:1:-0.7:3.7:-9.5:-4.7 -0.1:-2.5:1:-0.8:3.4:-3.3:-5.2 "
                "-0.1:-6.5:1:-1.0:4.9:-7.4:2.1 -0.8:-1.7:1:-1.0:1.3:-4.0:-1.8 -0.9:-2.9:1:-2.1:4.5:-0.6:-1.4 "
                "-0.3:-3.9:1:-1.4:5.7:-9.9:-4.5 -1.6:-3.5:1:-3.3:4.4:-1.0:0.7 -1.3:-1.0:1:-0.9:0.9:-9.2:-8.4 "
                "-0.3:-2.3:1:-1.2:2.9:-9.9:-7.8 -0.0:-2.2:1:-0.1:0.5 -0.0:-0.1",
                "-0.1:-2.2:1:-0.6:3.4:-10.1:-5.5 -2.1:-9.0:1:-1.4:5.2:-2.5:4.6:-5.4 "
                "-1.7:-3.0:1:-1.4:3.7:1.2:-5.2:-2.1 -0.3:-5.9:1:-1.4:4.1:-3.6:4.1:-3.7 "
                "-0.0:-0.8:1:-0.3:1.5:-4.6:-2.3 -0.0:-2.4:1:-0.2:1.6:-4.2:-1.9:-18.2 "
                "-0.2:-3.8:1:-1.1:5.1:-2.9:-3.8:-9.7 -0.6:-2.3:1:-1.5:2.2:-5.7:-0.2:-18.6 "
                "-0.0:-0.2:1:-0.1:0.5:-7.5:-6.2 -0.1:-1.6:1:-0.7:2.9:-9.8:-8.7:-7.6 -0.0:-1.5:1:-0.1:0.6 "
                "-0.0:-0.1",
            ),
        ),
        Example(
            "Les pompiers ont éteint l'incendie avant la nuit.",
            "The firefighters put out the fire before nightfall.",
            read=(
                "-0.1:-2.7:1:-0.6:2.0:-13.4:-4.6 -1.1:-9.2:3:-3.1:6.3:-4.0:2.1 -0.9:-1.9:1:-3.6:6.8:-2.6:-4.5 "
                "-3.7:-7.6:3:-6.9:7.9:-1.4:0.6 -3.2:-3.4:2:-1.9:2.0:2.0:1.2 -0.4:-2.5:3:-2.3:7.8:-15.1:-10.5 "
                "-0.1:-4.1:1:-0.8:3.5:-5.6:2.2 -1.4:-4.1:1:-1.9:3.1:-5.9:-4.0 -0.6:-5.1:1:-2.4:5.8:-8.6:-3.6 "
                "-0.0:-0.6:1:-0.1:0.9 -0.0:-0.0",
                "-1.0:-2.2:1:-1.2:2.7:-4.9:-4.0 -1.2:-11.4:1:-0.9:1.4:0.7:2.8 "
                "-1.0:-5.2:1:-3.1:5.1:-5.2:-2.5:-10.8 -0.1:-1.5:1:-0.4:1.3:-2.8:-0.8:-12.9 "
                "-0.0:-0.9:1:-0.1:0.4:-6.8:-2.1 -0.3:-0.8:1:-0.9:1.9:-9.4:-9.0:-5.4 -0.5:-4.8:1:-1.9:4.0:-7.0:3.0 "
                "-1.0:-8.1:2:-1.8:3.0:-8.9:0.9 -0.0:-0.7:1:-0.1:0.6 -0.0:-0.0",
            ),
        ),
        Example(
            "Le tribunal a condamné l'ancien directeur à deux ans de prison.",
            "The court sentenced the former director to two years in prison.",
            read=(
                "-1.0:-3.0:1:-1.3:2.0:-7.7:-4.2 -0.1:-6.5:1:-0.6:2.2:-11.5:-1.4 -0.1:-1.5:1:-0.8:4.0:-3.9:-4.3 "
                "-0.3:-4.6:2:-1.5:4.8:-8.5:-1.4 -2.7:-3.2:2:-2.2:5.3:-0.7:-0.4 -0.4:-3.9:1:-1.1:2.3:-18.6:-10.5 "
                "-0.2:-3.1:1:-1.1:3.3:-9.2:-4.3 -0.6:-3.8:1:-1.9:4.3:-1.0:2.2 -0.1:-4.7:1:-0.4:1.8:-6.7:-0.8 "
                "-0.0:-0.8:1:-0.2:0.6:-9.1:-3.8 -0.3:-0.7:1:-0.9:1.8:-4.9:-2.4 -0.0:-0.8:1:-0.0:0.2:-16.9:-11.1 "
                "-0.0:-2.6:1:-0.2:1.2 -0.0:-0.0",
                "-0.1:-2.2:1:-0.4:2.2:-8.0:-4.0 -1.4:-8.2:1:-1.7:2.8:-6.9:1.5:-4.2 "
                "-0.8:-6.5:1:-2.7:5.4:-8.7:-1.2:-3.6 -0.4:-1.5:1:-1.6:6.4:-3.2:-2.7 -0.4:-4.0:1:-1.9:7.2:-5.0:0.7 "
                "-0.7:-3.6:1:-2.4:6.2:-9.6:-3.0:-6.8 -0.0:-1.9:1:-0.2:1.1:-6.4:-3.2 "
                "-0.1:-3.4:1:-0.4:1.9:-7.6:-0.2 -0.0:-0.2:1:-0.1:0.8:-9.9:-6.5:-5.8 "
                "-0.8:-0.8:1:-1.3:1.3:-4.5:-2.4 -0.2:-0.3:1:-0.5:0.7:-11.7:-11.8:-11.4 -0.0:-1.2:1:-0.1:0.5 "
                "-0.0:-0.0",
            ),
        ),
        Example(
            "Il pleut des cordes.",
            "It is raining cats and dogs.",
            read=(
                "-0.6:-2.9:1:-2.1:4.1:-9.6:-4.6 -4.3:-8.1:2:-3.0:5.8:-5.9:-1.7 -2.0:-6.6:1:-3.2:5.3:-2.4:5.0 "
                "-9.3:-9.2:2:-6.9:8.1:-1.7:-2.7 -0.8:-1.7:1:-2.6:6.2 -0.0:-0.1",
                "-1.0:-3.4:1:-2.1:3.8:-11.8:-4.3 -1.1:-0.7:1:-2.0:3.5:-8.9:-9.2:-2.0 "
                "-0.9:-10.4:1:-3.2:6.7:-9.0:0.9:-4.6 -5.5:-4.9:1:-3.2:5.9:4.4:3.5:-3.2 "
                "-0.1:-0.0:1:-0.3:1.0:-3.3:-5.6 -0.2:-0.1:1:-1.0:5.2:-6.6:-7.3:-3.2 -0.0:-0.9:1:-0.3:1.7 "
                "-0.0:-0.1",
            ),
        ),
        Example(
            "Trois cents salariés ont été licenciés en juin.",
            "Three hundred employees were laid off in June.",
            read=(
                "-0.4:-8.5:1:-1.7:4.5:-19.4:-2.7 -3.8:-6.0:1:-1.4:3.7:-3.9:-0.6 -1.8:-7.3:1:-1.6:3.9:-5.4:0.9 "
                "-0.2:-1.9:1:-0.7:2.9:-5.9:-2.1 -0.1:-0.8:1:-0.6:3.4:-6.2:-5.7 -0.1:-2.3:2:-0.8:4.1:-7.0:-2.9 "
                "-0.2:-2.8:1:-1.0:3.3:-5.4:0.8 -0.0:-4.3:1:-0.1:0.8:-14.7:-5.6 -0.0:-2.5:1:-0.2:1.4 -0.0:-0.0",
                "-1.0:-7.8:1:-1.9:3.6:-12.5:-3.4 -0.3:-5.2:1:-1.0:2.6:-9.5:-0.8:-6.1 "
                "-1.2:-5.5:1:-2.3:5.6:-3.0:-1.4:-5.7 -0.7:-2.8:1:-1.5:2.8:-4.6:0.2:-0.4 "
                "-0.4:-2.5:1:-1.7:5.4:-3.6:-1.9:-6.2 -0.0:-0.1:1:-0.1:0.5:-10.6:-6.5:-9.5 "
                "-0.1:-2.0:1:-0.4:1.7:-3.0:0.3 -0.0:-4.2:1:-0.1:0.4:-16.0:-6.2 -0.0:-1.8:1:-0.1:0.6 -0.0:-0.0",
            ),
        ),
    ),
)
