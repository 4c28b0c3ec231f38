"""What is known of French: its words in a line of text, and the abbreviations that end in a full stop."""

from __future__ import annotations

import re
from collections.abc import Iterator

ABBREVIATIONS = frozenset(
    """m mm mme mmes mlle mlles dr drs pr me mgr st ste sts stes gén col cdt cap capt lt sgt cpl adj maj adm av apr janv
    févr avr juil juill sept oct nov déc lun mar mer jeu ven sam dim env éd ed etc p pp vol chap art al cf ex
    fig op par ph réf s sq tél trad vs bd boul fg hab km kg min sec max coll dép rég univ inc ltd cie éts""".split()
)
"""Lower case, without the stop. A sentence does not end behind one of these."""

SENTENCE_FINAL_ABBREVIATIONS = frozenset({"etc", "inc", "ltd", "cie", "al", "km", "kg", "min", "sec", "hab"})
"""Of these, those that may well be the last word of a sentence: it ends where a capital follows."""

_APOSTROPHE = "['’ʼ]"
_HYPHEN = "[-‐‑]"
_ELIDED = rf"(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|qu|[cdjlmnst]){_APOSTROPHE}"

_TOKEN = re.compile(
    rf"""
      (?P<address> (?:https?://|www\.)[^\s«»<>"]*[^\s«»<>".,;:!?)\]] | [\w.+-]+@[\w-]+\.[\w.-]*\w )
    | (?P<whole> aujourd{_APOSTROPHE}hui | prud{_APOSTROPHE}hom\w* | entr{_APOSTROPHE}\w+ | presqu{_APOSTROPHE}île\w*
        | rendez{_HYPHEN}vous | c{_APOSTROPHE}est{_HYPHEN}à{_HYPHEN}dire )
    | (?P<name> (?-i:[NM]{_APOSTROPHE}[A-ZÀ-Þ])\w* | (?-i:[ODL]{_APOSTROPHE}[A-Z][a-zà-ÿ]+(?={_HYPHEN}[A-Z]))\w* )
    | (?P<elided> (?<!\w){_ELIDED}(?=[\w«“"]) )
    | (?P<acronym> (?-i:[A-ZÀ-Þ]\.){_HYPHEN}(?-i:[A-ZÀ-Þ]\.) | (?-i:(?:[A-ZÀ-Þ]\.){{2,}}) )
    | (?P<time> \d{{1,2}}h\d{{2}}(?!\w) )
    | (?P<ordinal> (?:\d+|[IVXLC]+)(?:ers?|ères?|res?|ièmes?|èmes?|es?|nde?s?)(?!\w) )
    | (?P<number> \d+(?:[.,:/]\d+)*(?:er|e)? )
    | (?P<short> (?<!\w)n°s? | (?<!\w)(?:MM?|Mmes?|Mlles?|Dr|Pr|Mgr|Ste?|janv|févr|avr|juill?|sept|oct|nov|déc|etc|av
        |apr|cf|vol|pp?|art|chap|No|Cie|Lt|Col|Gén|Cdt)\.(?=\W|$) | (?<![\w.])(?-i:[A-ZÀ-Þ])\.(?=\W|$) )
    | (?P<word> \w+(?:{_HYPHEN}\w+|{_APOSTROPHE}\w+)* )
    | (?P<dots> \.\.+ | …+ ) | (?P<dashes> --+ )
    | (?P<mark> \S )
    """,
    re.X | re.I,
)

_CLITIC = re.compile(
    rf"{_HYPHEN}(?:t{_HYPHEN})?(?:il|elle|on|ils|elles|je|tu|nous|vous|ce|moi|toi|lui|leur|le|les|la|en|y|là|ci)$", re.I
)
_NO_INVERSION = re.compile(
    rf"(?:celui|celle|ceux|celles){_HYPHEN}ci$|ci{_HYPHEN}|(?:au|par|de|là){_HYPHEN}|^(?-i:[A-ZÀ-Þ]).*{_HYPHEN}(?-i:[A-ZÀ-Þ])",
    re.I,
)


def tokenize(text: str) -> Iterator[tuple[int, int]]:
    """The places of the words and marks of a line of French, in order; white space belongs to none.

    Close to the tokens of Universal Dependencies: elided words (« l' ») stand alone and so do the pronouns of an
    inversion (« a », « -t », « -il »); hyphenated compounds are one word.
    """
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if match.lastgroup == "word" and "-" in match[0].replace("‐", "-").replace("‑", "-"):
            yield from _inversion(match[0], start, end)
        else:
            yield start, end


def _inversion(word: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split « dit-il », « a-t-elle » and « prends-le » at their hyphens; leave compounds and names alone."""
    clitic = _CLITIC.search(word)
    if clitic is None or clitic.start() == 0 or _NO_INVERSION.search(word):
        yield start, end
        return
    yield from _inversion(word[: clitic.start()], start, start + clitic.start())
    if re.match(rf"{_HYPHEN}t{_HYPHEN}", clitic[0], re.I):
        yield start + clitic.start(), start + clitic.start() + 2
        yield start + clitic.start() + 2, end
    else:
        yield start + clitic.start(), end
