"""English words that do not seem to say what the French says.

Why it matters
--------------
The errors that no other rule has a name for: a word in the wrong sense, the opposite, another tense, a word that was
changed or put in. The reader takes them for what the reporter wrote.

What it does not see
--------------------
An error that is as likely as the right word: a wrong figure among figures, "he" for "she". It says where the two texts
part, not how; and a free rendering looks to it like a wrong one.

When to ignore it
-----------------
Where the English says the same in words that no lexicon would connect: idioms, headlines, quotations in another
register.

Source
------
MQM, accuracy/mistranslation. Words tagged as right or wrong from evidence of both texts, as in word-level quality
estimation (Specia et al. 2021, WMT shared task), learned from errors that were made on purpose (`training/errors`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages import gaps, likelihood, stretches
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

SURE, SURE_READ = 0.7, 0.8
"""A doubt from which on a stretch is called a major error, without and with a language model; below is a small one."""
SURE_ALONE = 0.95
"""With a language model, that of a stretch that nothing in the French stands behind: a free rendering is such a one."""
CONFIDENCE = {Severity.MAJOR: 0.6, Severity.MINOR: 0.4}
CONFIDENCE_READ = {Severity.MAJOR: 0.9, Severity.MINOR: 0.6}


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Stretches of doubted words with one of meaning among them, but for those that `addition` reports."""
    added = [stretch.span for stretch in stretches.put_in(pair)]
    read = pair.target_scores is not None
    confidence = CONFIDENCE_READ if read else CONFIDENCE
    for stretch in stretches.wrong_sense(pair):
        if any(stretch.span.overlaps(span) for span in added) or _stands_in_the_french(pair, stretch.span):
            continue
        if stretches.is_kind_of_name(pair, stretch):
            continue
        source = stretches.behind(pair, stretch)
        sure = SURE if not read else SURE_ALONE if source is None else SURE_READ
        major = stretch.doubt >= sure and (read or not _is_name(stretch))
        severity = Severity.MAJOR if major else Severity.MINOR
        english = stretch.span.of(bitext.target.text)
        french = source.of(bitext.source.text) if source else None
        said = f"the French says « {french} »" if french else "nothing in the French stands behind it"
        yield detector.finding(
            pair,
            message=f'"{english}" does not seem to say what the French says: {said}.',
            confidence=confidence[severity],
            severity=severity,
            source=source,
            target=stretch.span,
            evidence=likelihood.remark(pair, stretch.tokens, "target"),
        )


def _is_name(stretch: stretches.Stretch) -> bool:
    """Whether it has no word of meaning but names, of which the evidence of the words alone knows little."""
    return all(token.pos == "PROPN" for token in stretch.tokens if gaps.is_content(token))


def _stands_in_the_french(pair: Pair, span: Span) -> bool:
    """Whether a name, or the words with what hangs on them by hyphens, are in the French as they are: "Fos-sur-Mer"."""
    text, first = pair.target.text, pair.target.span.start
    before, after = text[: span.start - first].split(" ")[-1], text[span.end - first :].split(" ")[0]
    whole = f"{before}{text[span.start - first : span.end - first]}{after}".strip(".,;:!?()«»“”\"'’‘…")
    is_name = whole[:1].isupper() and not text.lstrip("«“\"'").startswith(whole)
    return ("-" in whole or is_name) and re.search(rf"(?<!\w){re.escape(whole)}(?!\w)", pair.source.text) is not None


DETECTOR = Detector(
    rule="meaning",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MINOR,
    find=each_pair(find),
    general=True,
    examples=(
        Example(
            "Les pompiers ont sauvé deux ⟦enfants⟧ dans un immeuble.",
            "Firefighters rescued two ⟦envelopes⟧ from a building.",
        ),
        Example("Le tribunal a rejeté la ⟦demande⟧ de l'entreprise.", "The court rejected the company's ⟦furniture⟧."),
        Example(
            "La ville a construit un nouveau ⟦pont⟧ sur la rivière.",
            "The town has built a new ⟦hospital⟧ over the river.",
        ),
        Example("Le juge a entendu trois ⟦témoins⟧ hier.", "The judge heard three ⟦bicycles⟧ yesterday."),
        Example(
            "La maire a inauguré la nouvelle école samedi matin.",
            "The mayor opened the new school on Saturday morning.",
        ),
        Example("Les prix du blé ont augmenté en mars.", "Wheat prices rose in March."),
        Example("Il a perdu son emploi il y a deux ans.", "He lost his job two years ago."),
        Example("Il pleut des cordes.", "It is raining cats and dogs."),
        Example(
            "Les pompiers ont éteint l'incendie avant la nuit.", "The firefighters put out the fire before nightfall."
        ),
        Example(
            "Des milliers de personnes ont manifesté dans les rues de la capitale.",
            "Thousands of people marched through the streets of the capital.",
        ),
    ),
)
