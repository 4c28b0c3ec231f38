"""English words that a language model, knowing the French, did not expect where they stand.

Why it matters
--------------
The small faults that no table lists: a word in the wrong place or the wrong form, another tense, a preposition that
changes who did what, a verb that was lost so that its neighbours do not fit. One glance at the place tells an editor
whether it is one.

What it does not see
--------------------
What is wrong and likely all the same: another figure, another name, "he" for "she". It does nothing without the
language model of the extra `lm`, and it cannot say what is wrong, only where.

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

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages import gaps, likelihood, stretches
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.mqm import Category, Severity

MINOR = 0.6
"""The doubt from which on a stretch is called a small error; below it is a place to look at."""
CONFIDENCE = {Severity.MINOR: 0.8, Severity.NEUTRAL: 0.4}
LONGEST = 8
"""Words; more than these are another sentence, which other rules report."""


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Stretches of words that were not expected, but for those that `meaning` or `addition` would report."""
    reported = [stretch.span for stretch in (*stretches.wrong_sense(pair), *stretches.put_in(pair))]
    for stretch in stretches.odd(pair):
        if stretch.words > LONGEST or any(stretch.span.overlaps(span) for span in reported):
            continue
        severity = Severity.MINOR if stretch.doubt >= MINOR else Severity.NEUTRAL
        english = stretch.span.of(bitext.target.text)
        yield detector.finding(
            pair,
            message=f'"{english}" is not what the French leads one to expect here: a word may be wrong, out of place, '
            "in the wrong form, or missing before it.",
            confidence=CONFIDENCE[severity],
            severity=severity,
            category=None if any(map(gaps.is_content, stretch.tokens)) else Category.GRAMMAR,
            source=stretches.behind(pair, stretch),
            target=stretch.span,
            evidence=likelihood.remark(pair, stretch.tokens, "target"),
        )


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
            "La ville a construit un nouveau pont sur la rivière.",
            "The town has built a new bridge ⟦of⟧ the river.",
            read=(
                "-1.7:-2.8 -0.6:-3.0 -0.1:-1.1 -0.1:-8.6 -0.5:-1.1 -2.9:-2.8 -0.2:-3.0 -5.1:-2.6 -0.4:-0.5 "
                "-0.1:-1.7 -0.0:-2.3 -0.0:-0.1",
                "-0.2:-0.9 -2.7:-5.4 -1.1:-3.7 -0.2:-7.0 -0.0:-0.4 -0.1:-0.8 -0.0:-2.9 -10.4:-7.8 -0.5:-2.5 "
                "-0.2:-3.6 -0.1:-1.7 -0.0:-0.1",
            ),
        ),
        Example(
            "Les pompiers ont éteint l'incendie avant la nuit.",
            "The firefighters put out the ⟦before⟧ fire nightfall.",
            read=(
                "-1.6:-2.4 -1.1:-5.8:3 -0.5:-0.5 -4.1:-6.5:3 -4.9:-5.1:2 -3.8:-5.9:3 -2.5:-6.8 -1.5:-2.6 "
                "-0.8:-3.8 -0.3:-1.0 -0.0:-0.0",
                "-0.5:-0.9 -0.9:-10.1 -1.3:-3.6 -0.0:-0.5 -0.1:-1.4 -17.0:-14.0 -6.0:-3.5 -15.0:-18.2:2 "
                "-0.1:-0.8 -0.0:-0.0",
            ),
        ),
        Example(
            "Le juge a entendu trois témoins hier.",
            "The judge ⟦three⟧ heard witnesses yesterday.",
            read=(
                "-0.9:-1.0 -1.2:-6.1 -0.8:-0.7 -2.6:-7.4 -1.2:-6.2 -0.1:-3.2 -3.6:-8.3 -0.3:-2.0 -0.0:-0.1",
                "-0.2:-0.9 -0.4:-7.5 -10.6:-13.8 -4.6:-8.5 -2.8:-6.7 -2.1:-4.6 -0.1:-2.2 -0.0:-0.0",
            ),
        ),
        Example(
            "Les prix du blé ont augmenté en mars.",
            "Wheat prices ⟦rise⟧ in March.",
            read=(
                "-1.5:-2.4 -0.1:-7.2 -0.5:-1.6 -3.4:-5.7:2 -1.0:-1.4 -0.2:-0.8 -1.0:-2.7 -0.8:-5.0 -0.3:-1.7 -0.0:-0.1",
                "-2.2:-12.6 -0.1:-2.8 -10.3:-2.8 -0.2:-1.9 -0.1:-5.6 -0.1:-2.2 -0.0:-0.0",
            ),
        ),
        Example(
            "La maire a inauguré la nouvelle école samedi matin.",
            "The mayor ⟦the⟧ new school on Saturday morning.",
            read=(
                "-3.2:-2.8 -0.7:-2.1 -1.3:-0.5 -3.5:-7.7:2 -1.2:-1.6 -0.1:-2.3 -0.0:-0.4 -2.7:-6.8 -0.2:-1.2 "
                "-0.1:-0.6 -0.0:-0.1",
                "-0.2:-0.9 -0.0:-0.3 -9.0:-9.7 -2.5:-5.0 -0.1:-0.6 -3.1:-4.6 -0.4:-3.8 -0.7:-3.0 -0.0:-1.1 -0.0:-0.1",
            ),
        ),
        Example(
            "Le préfet a interdit le rassemblement de jeudi.",
            "The prefect banned Thursday's gathering.",
            read=(
                "-0.5:-1.0 -0.8:-6.3:2 -0.3:-0.5 -1.2:-5.2 -2.1:-2.0 -1.9:-5.4:3 -2.2:-1.7 -0.5:-5.8 -0.3:-1.9 "
                "-0.0:-0.1",
                "-0.0:-0.9 -11.0:-16.1:2 -1.5:-8.2 -3.0:-7.4 -1.8:-3.6:2 -1.5:-6.0 -0.9:-2.1 -0.0:-0.0",
            ),
        ),
        Example(
            "La ville a construit un nouveau pont sur la rivière.",
            "The town has built a new bridge over the river.",
            read=(
                "-1.7:-2.8 -0.6:-3.0 -0.1:-1.1 -0.1:-8.6 -0.5:-1.1 -2.3:-2.8 -0.1:-3.0 -1.8:-2.6 -0.5:-0.5 "
                "-0.1:-1.7 -0.0:-2.3 -0.0:-0.1",
                "-0.2:-0.9 -2.7:-5.4 -1.1:-3.7 -0.2:-7.0 -0.0:-0.4 -0.1:-0.8 -0.0:-2.9 -0.8:-2.1 -0.0:-0.1 "
                "-0.1:-1.3 -0.0:-1.3 -0.0:-0.1",
            ),
        ),
        Example(
            "Les pompiers ont éteint l'incendie avant la nuit.",
            "The firefighters put out the fire before nightfall.",
            read=(
                "-1.7:-2.4 -1.0:-5.8:3 -0.4:-0.5 -4.2:-6.5:3 -4.6:-5.1:2 -1.4:-5.9:3 -0.7:-6.8 -1.4:-2.6 "
                "-0.4:-3.8 -0.1:-1.0 -0.0:-0.0",
                "-0.5:-0.9 -0.9:-10.1 -1.3:-3.6 -0.0:-0.5 -0.1:-1.4 -0.2:-0.6 -0.3:-5.9 -2.5:-6.6:2 -0.2:-0.5 "
                "-0.0:-0.0",
            ),
        ),
        Example(
            "Le tribunal a condamné l'ancien directeur à deux ans de prison.",
            "The court sentenced the former director to two years in prison.",
            read=(
                "-0.6:-1.0 -1.4:-7.6 -0.1:-0.6 -0.7:-1.7:2 -4.7:-4.9:2 -0.4:-2.1 -0.2:-2.4 -2.5:-6.7 -0.0:-3.6 "
                "-0.0:-0.3 -0.9:-0.4 -0.0:-0.3 -0.1:-2.4 -0.0:-0.1",
                "-0.1:-0.9 -0.2:-7.0 -1.0:-3.3 -0.2:-1.0 -0.1:-2.7 -0.4:-3.8 -0.3:-4.0 -0.1:-3.2 -0.0:-0.2 "
                "-1.2:-0.1 -0.0:-0.1 -0.0:-1.2 -0.0:-0.0",
            ),
        ),
        Example(
            "Il pleut des cordes.",
            "It is raining cats and dogs.",
            read=(
                "-1.3:-3.9 -5.5:-8.2:2 -2.3:-4.6 -8.7:-9.1:2 -0.2:-1.7 -0.0:-0.3",
                "-1.9:-4.8 -2.9:-1.7 -0.1:-6.2 -6.0:-5.7 -0.2:-0.1 -0.3:-0.2 -0.0:-0.8 -0.0:-0.2",
            ),
        ),
        Example(
            "Trois cents salariés ont été licenciés en juin.",
            "Three hundred employees were laid off in June.",
            read=(
                "-2.0:-8.0 -4.7:-7.1 -3.2:-6.1 -0.2:-1.0 -0.1:-1.0 -0.3:-1.0:2 -0.7:-3.1 -0.1:-4.3 -0.1:-2.0 -0.0:-0.1",
                "-1.5:-6.8 -1.1:-4.6 -1.0:-5.4 -1.0:-2.5 -0.3:-1.4 -0.0:-0.1 -0.1:-2.1 -0.0:-5.9 -0.1:-1.2 -0.0:-0.1",
            ),
        ),
    ),
)
