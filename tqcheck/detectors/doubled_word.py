"""A word or short phrase that stands twice: "to to", "in the in the".

Why it matters
--------------
It is the commonest slip of a text that was edited by hand, and spelling checkers that stop at sentence ends miss it.

What it does not see
--------------------
Words that English doubles with good reason ("had had", "that that", "very very", "bye bye"), verbs with a particle
("what goes on on the island"), anything across a mark, and what stands in a sentence whose French has a word twice too
(« Bora-Bora », « très très »).

When to ignore it
-----------------
In speech that was written down as it was spoken.

Source
------
MQM, linguistic-conventions/duplication; LanguageTool's rule for repeated words (ENGLISH_WORD_REPEAT_RULE) for the idea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_TWICE = re.compile(rf"(?<![\w'’.-])(?P<word>{_WORD})(?:[ \u00a0\u202f]+(?P=word))+(?![\w'’-]|\.\w)", re.I)
_PHRASE = re.compile(
    rf"(?<![\w'’-])(?P<words>{_WORD}(?:[ \u00a0]+{_WORD}){{1,4}})[ \u00a0]+(?P=words)(?![\w'’-])", re.I
)
_MAY = frozenset(
    """had that is do very really so much many more long far big old no yes never ever please bye ha haha hey ho blah
    knock tut now there well boo yo can chop night hear her it you wait come go run quick la na tick choo din bang bling
    pom woof was were who which ah oh hip ta ok okay right sorry stop hush oui non aye too win""".split()
)
"""Words that may stand twice: "what it is is", "gave her her", "very very", and sounds."""
_LINKING = frozenset("and or by after to upon on over".split())
"""A phrase with one of these repeats for effect: "step by step by step", "on and on and on"."""
_OPENING = frozenset("a an have has had is are was were will would do does did can could may might must".split())
"""A phrase with one of these in front may follow itself: "those who have spoken have spoken clearly"."""
_LASTING = re.compile(r"\W+(?:\w+\W+){0,4}?(?:time|years?|months?|weeks?|days?|hours?|decades?|long|now)\b", re.I)
_FRENCH_PRONOUNS = frozenset("nous vous se en le la les".split())


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterable[Finding]:
    """Runs of one word, then phrases, in the English of a pair."""
    text = pair.target.text
    if _french_doubles(pair.source.text):
        return
    taken: list[tuple[int, int]] = []
    for match in _TWICE.finditer(text):
        if _is_slip(match, text) and not _particle(pair, match):
            taken.append(match.span())
            yield _finding(detector, pair, match, match["word"], 0.8 if match["word"][0].isupper() else 0.9)
    for match in _PHRASE.finditer(text):
        words = match["words"].lower().split()
        free = not any(start < match.end() and match.start() < end for start, end in taken)
        if (
            free
            and len(set(words)) > 1
            and not _LINKING.intersection((words[0], words[-1]))
            and words[0] not in ("a", "an")
        ):
            yield _finding(detector, pair, match, match["words"], 0.85)


def _is_slip(match: re.Match[str], text: str) -> bool:
    """Not a word that may be doubled, nor a letter or a sound, nor "the The" before a title."""
    times = re.split(r"[ \u00a0\u202f]+", match[0])
    word = times[0].lower()
    if word in _MAY:
        return False
    if word == "for" and _LASTING.match(text, match.end()):
        return False  # what we have been fighting for for years
    if len(word) == 1:
        return word == "a" and times[1] == "a"
    return times[0][0].isupper() or not times[1][0].isupper()


def _particle(pair: Pair, match: re.Match[str]) -> bool:
    """Whether the first of the two may be the particle of a verb ("carry on on Monday") by the parse, if any."""
    start = pair.target.span.start + match.start()
    for before, token in zip((None, *pair.target.tokens), pair.target.tokens, strict=False):
        if token.span.start == start:
            verb = before is not None and before.pos in ("VERB", "AUX")
            return token.dep == "prt" or (verb and token.text.lower() in ("in", "on", "up", "out", "over", "off"))
    return False


def _french_doubles(text: str) -> bool:
    """Whether a word other than a pronoun (« nous nous ») or a phrase stands twice in the French: « Bora-Bora »."""
    text = text.replace("-", " ")
    words = any(match["word"].lower() not in _FRENCH_PRONOUNS for match in _TWICE.finditer(text))
    return words or _PHRASE.search(text) is not None


def _finding(detector: Detector, pair: Pair, match: re.Match[str], once: str, confidence: float) -> Finding:
    start = pair.target.span.start
    several = len(match[0].split()) // len(once.split())
    return detector.finding(
        pair,
        message=f'"{once}" stands {"twice" if several == 2 else f"{several} times"}.',
        confidence=confidence,
        target=Span(start + match.start(), start + match.end()),
        suggestion=once,
    )


DETECTOR = Detector(
    rule="doubled-word",
    doc=__doc__,
    category=Category.DUPLICATION,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Il a été conduit à l’hôpital.", "He was taken ⟦to to⟧ hospital."),
        Example("La réunion s’est tenue à Lille.", "⟦The the⟧ meeting was held in Lille."),
        Example("On l’a retrouvé dans la forêt.", "He was found ⟦in the in the⟧ forest."),
        Example("Il a rencontré le ministre.", "He met the ⟦minister minister minister⟧."),
        Example("Il avait eu tort.", "He had had the wrong idea, and said that that was so."),
        Example("Le bateau est à Bora-Bora.", "The boat is in Bora Bora."),
        Example("Il voyage en Asie.", "He is travelling in ⟦Asia Asia⟧."),
        Example("C’est très très grave.", "It is very very serious."),
        Example("Non, non, dit-il.", "No, no, he said."),
        Example("Il leur a rendu leurs clefs.", "He gave her her keys, step by step by step."),
        Example("Vite vite, il court.", "Faster faster, he runs."),
    ),
)
