"""How a foreign word is set in an English text: in quotation marks, in italics, with a gloss, inside a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tqcheck.model import Segment, Token

_QUOTED = re.compile(
    r'“[^“”]{1,80}”|"[^"]{1,80}"|«[^«»]{1,80}»|(?<!\w)‘[^‘’]{1,60}’(?!\w)|(?<!\w)\'[^\']{1,60}\'(?!\w)'
    r"|(?<![\w*])\*{1,3}[^*]{1,80}\*{1,3}(?!\w)|(?<!\w)_[^_]{1,80}_(?!\w)|<(i|em|cite)>.{1,80}?</\1>"
)
_BRACKETED = re.compile(r"\([^()]{1,80}\)|\[[^\[\]]{1,80}\]")
_ENDS = frozenset(",.!?…")
_HYPHENS = frozenset("-‐‑")
_LONGEST_TITLE = 8
_INTRODUCED = re.compile(
    r"\b(?:called|named|dubbed|titled|entitled|known as|term|word|phrase|nicknamed|slogan)\W*$", re.I
)
_GLOSSED = re.compile(r"^\W{0,2}\s*(?:\(|\[|—|–|, (?:or|meaning|that is|literally|i\.e\.)\b)")


def is_set_off(segment: Segment, first: Token, last: Token) -> bool:
    """Whether the words from ``first`` to ``last`` are quoted, in italics, bracketed, introduced or explained as words.

    A quotation counts where it is short enough for a title or a cited word; a whole quoted sentence does not.
    """
    start, end = first.span.start - segment.span.start, last.span.end - segment.span.start
    for pattern in (_QUOTED, _BRACKETED):
        for match in pattern.finditer(segment.text):
            short = match.start() < start and end < match.end() and len(match[0].split()) <= _LONGEST_TITLE
            if short and not (pattern is _QUOTED and _is_speech(segment, match)):
                return True
    return bool(_INTRODUCED.search(segment.text[:start]) or _GLOSSED.search(segment.text[end : end + 20]))


def _is_speech(segment: Segment, quoted: re.Match[str]) -> bool:
    """Whether what is quoted was said: it ends as a sentence does and has a subject."""
    start, end = segment.span.start + quoted.start(), segment.span.start + quoted.end()
    inside = [token for token in segment.tokens if start < token.span.start and token.span.end < end]
    return quoted[0][-2:-1] in _ENDS and any(token.dep.startswith("nsubj") for token in inside)


def is_in_name(segment: Segment, first: Token, last: Token) -> bool:
    """Whether a capitalised word stands right beside, so that all may be one name: "Bad Füssing", "Tour de la Gruyère".

    The first word of a sentence has its capital anyway, and so has a title such as "Mr".
    """
    before, after = segment.token(first.index - 1), segment.token(last.index + 1)
    if after is not None and after.text[:1].isupper() and not after.text.isupper():
        return True
    if before is None or not before.text[:1].isupper() or before.text == "I":
        return False
    return before.index != segment.tokens[0].index or before.pos == "PROPN"


def compound(segment: Segment, token: Token) -> tuple[Token, ...]:
    """The tokens of the word that hyphens make of ``token`` and its neighbours: the five of "Meurthe-et-Moselle"."""
    parts = [token]
    for step in (-1, 1):
        here = token
        while (other := _touching(segment, here, step)) is not None and {here.text, other.text} & _HYPHENS:
            parts.append(other)
            here = other
    return tuple(sorted(parts, key=lambda t: t.index))


def _touching(segment: Segment, token: Token, step: int) -> Token | None:
    """The next token, if no blank lies between."""
    other = segment.token(token.index + step)
    if other is None or (other.span.end != token.span.start and other.span.start != token.span.end):
        return None
    return other


def runs(segment: Segment, marked: frozenset[int]) -> Iterator[tuple[Token, ...]]:
    """The tokens whose numbers are ``marked``, those that stand right behind one another together."""
    run: list[Token] = []
    for token in segment.tokens:
        if token.index in marked:
            run.append(token)
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)
