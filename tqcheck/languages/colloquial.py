"""Words of loose talk, and where a text speaks in its own voice: neither quoted nor in a dialogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.model import Bitext, Document, Pair, Span

PLAIN = MappingProxyType(
    {
        "ain't": "is not", "awesome": "impressive", "badass": "formidable", "bloke": "man", "blokes": "men",
        "booze": "alcohol", "bucks": "dollars", "chill out": "calm down", "cop": "police officer", "cops": "police",
        "crap": "nonsense", "crappy": "poor", "dude": "man", "dudes": "men", "dunno": "do not know", "freaking": "",
        "gimme": "give me", "gonna": "going to", "goofed": "made a mistake", "gotta": "have to", "guy": "man",
        "guys": "men", "kinda": "rather", "lemme": "let me", "lousy": "poor", "nope": "no", "oops": "",
        "outta": "out of", "pissed off": "angry", "ripped off": "cheated", "screw up": "fail", "screwed up": "failed",
        "sorta": "rather", "telly": "television", "wanna": "want to", "wow": "", "y'all": "you", "yeah": "yes",
        "yep": "yes",
    }
)  # fmt: skip
"""English words of talk in lower case, and what a newspaper writes for them; "" where it is to be left out."""

_FRENCH_TALK = frozenset(
    """mec mecs meuf meufs nana nanas flic flics gosse gosses fric pognon boulot truc trucs bosser gars pote potes
    copain type types bagnole bagnoles dingue marrant sympa ouais ouah oups nan merde foutre foutu foutue
    connerie conneries con cons piquer picoler gnole gaffer gaffé arnaquer arnaqué planter foirer foiré
    vachement chouette ringard nul nulle minable télé ça t'es hein bah ben j'ai je j' j’ me m' m’ moi tu te t'
    t’ toi vous incroyable génial géniale super formidable""".split()
)
"""French words that talk as loosely, or show that somebody talks."""
_ENGLISH_TALK = frozenset("i you we us me i'm you're we're i've".split())
_LEAST_WORDS = 5
"""Fewer are no sentence of an article."""

_SPEAKER = re.compile(r"^\W*\w+(?: \w+)?\s?:")


class Loose(NamedTuple):
    """Where a word of loose talk stands in the document, and the plain word for it, "" where there is none."""

    span: Span
    plain: str


@cache
def _loose() -> re.Pattern[str]:
    words = "|".join(re.escape(word).replace("'", "['’]") for word in sorted(PLAIN, key=len, reverse=True))
    return re.compile(rf"(?<![\w'’-])(?:{words})(?![\w'’-])", re.I)


def loose_words(pair: Pair, bitext: Bitext) -> Iterator[Loose]:
    """The words of loose talk of a pair's English that stand in the article's own voice and not for such French.

    A word with a capital inside a sentence is a name.
    """
    found = tuple(_loose().finditer(pair.target.text))
    if (
        not found
        or _SPEAKER.match(pair.target.text)
        or sum(token.is_word for token in pair.target.tokens) < _LEAST_WORDS
    ):
        return
    if any(_is_talk(near) for near in (*bitext.before(pair, 2), pair)):
        return
    for match in found:
        span = Span(pair.target.span.start + match.start(), pair.target.span.start + match.end())
        if match[0].islower() and not _is_quoted(bitext.target, pair, span) and match[0] not in pair.source.text:
            yield Loose(span, PLAIN[match[0].lower().replace("’", "'")])


def _is_talk(pair: Pair) -> bool:
    """Whether people talk: « je », « tu », "you", a question or a cry, outside of marks."""
    if any(mark in pair.source.text for mark in "«“"):
        return "»" not in pair.source.text and "”" not in pair.source.text
    french = {form for token in pair.source.tokens for form in (token.text.lower(), token.lemma.lower())}
    english = {token.text.lower() for token in pair.target.tokens}
    cries = any(mark in pair.source.text for mark in "?!") or pair.source.text.lstrip()[:1] in "-–—"
    return bool(french & _FRENCH_TALK or english & _ENGLISH_TALK) or cries


def _is_quoted(document: Document, pair: Pair, span: Span) -> bool:
    """Whether a quotation is open where the span begins, counted from the start of its block."""
    number = pair.target.block
    start = document.blocks[number].span.start if number < len(document.blocks) else pair.target.span.start
    before = document.text[start : span.start]
    single = len(re.findall(r"(?<!\w)[‘']\w", before)) > len(re.findall(r"\w[.,!?]?[’'](?!\w)", before))
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or single
