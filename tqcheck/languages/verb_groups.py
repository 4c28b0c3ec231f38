"""English verbs with what belongs to them: their place in the text, and how they are denied or affirmed."""

from __future__ import annotations

from tqcheck.languages.inflection import past, verb_form
from tqcheck.model import Segment, Span, Token


def text_of(segment: Segment, place: Span) -> str:
    """The words of a segment at a place of the document."""
    return segment.text[place.start - segment.span.start : place.end - segment.span.start]


def predicated(segment: Segment, word: Token) -> Token:
    """The verb that says ``word`` of something: the "is" of "is in danger"; the word itself where there is none."""
    head = segment.head(word)
    while head is not None and head.pos in ("ADP", "AUX") and 0 < word.index - head.index <= 3:
        if head.pos == "AUX":
            return head
        head = segment.head(head)
    return word


def verb_group(segment: Segment, verb: Token, last: Token) -> tuple[Token, ...]:
    """From the auxiliaries and negations right before the verb to ``last``: "has been identified", "did not come"."""
    start = verb
    while (before := segment.token(start.index - 1)) is not None:
        if before.pos not in ("AUX", "PART", "ADV") or before.head not in (verb.index, verb.head):
            break
        start = before
    return segment.tokens[start.index - segment.tokens[0].index : last.index - segment.tokens[0].index + 1]


def denied(group: tuple[Token, ...], verb: Token, particle: str, english: str) -> str | None:
    """The English verb with what it lacks: "has been identified" -> "has not been identified"; None if unsure."""
    missing = {"pas": "not", "point": "not", "jamais": "never", "plus": "no longer"}.get(particle)
    first = group[0]
    if missing is None:
        return None
    if first.pos == "AUX":
        denied = "cannot" if (first.text.lower(), missing) == ("can", "not") else f"{first.text} {missing}"
        return denied + english[len(first.text) :]
    if first is not verb or verb.feature("VerbForm") != "Fin":
        return None
    if missing != "not":
        return f"{missing} {english}"
    support = "did" if verb.feature("Tense") == "Past" else "does" if verb.feature("Person") == "3" else "do"
    return f"{support} not {verb.lemma}"


def affirmed(segment: Segment, group: tuple[Token, ...], verb: Token, word: Token) -> str | None:
    """The English verb without what it has too much: "was not closed" -> "was closed"; None if unsure."""
    first, rest = group[0], [token for token in group if token is not word]
    support = first.text.lower()
    if word.text.lower() == "cannot":
        return " ".join(["can", *(token.text for token in rest)])
    if support in ("do", "does", "did"):
        if len(rest) != 2:
            return None
        if support == "did":
            return past(verb.lemma)[0]
        return verb_form(verb.lemma, "Person=3" if support == "does" else "")
    cut = text_of(segment, Span(first.span.start, group[-1].span.end))
    start, end = word.span.start - first.span.start, word.span.end - first.span.start
    affirmed = f"{cut[:start].rstrip()} {cut[end:].lstrip()}".strip()
    shortened = {"ca": "can", "wo": "will", "sha": "shall"}.get(support)
    return affirmed if shortened is None else shortened + affirmed[len(support) :]
