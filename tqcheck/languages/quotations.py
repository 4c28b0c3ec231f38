"""Where the quotations of a French or English text begin and end, and which of its words report who is speaking."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quotation:
    """``start`` to ``end`` with its marks, ``inner`` without them.

    ``state``: closed; continued (the next sentence opens it again, as English paragraphs do); unclosed; unopened (a
    closing mark alone: ``start`` is then that of its sentence).
    """

    start: int
    end: int
    inner: tuple[int, int]
    state: str


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    role: str  # open, close, or either


_ELIDED = r"(?:\d0s|\d\d\b|em\b|til\b|cause\b|n['’]|tis\b|twas\b|cos\b|round\b|bout\b)"
_MARKS = re.compile(r"«\s*|(?<!\s)\s+»|»|“|”|„|\"")
_SINGLE = re.compile(rf"(?<![\w.,’'])[‘'](?!{_ELIDED})(?=[^\W_])(?P<inner>[^‘“”\"«»]*?[^\s‘“”\"«»])['’](?![\w])")


def read(text: str, starts: Sequence[int]) -> tuple[Quotation, ...]:
    """The quotations of an article in order. ``starts``: where its sentences begin, sorted.

    Double marks of any style; of quotations inside quotations the outermost.
    """
    found: list[Quotation] = []
    opened: list[_Mark] = []
    for mark in _marks(text):
        role = mark.role if mark.role != "either" else ("close" if opened else "open")
        if role == "open":
            if opened and _begins(text, mark, starts):
                first = opened[0]
                found.append(Quotation(first.start, mark.start, (first.end, mark.start), "continued"))
                opened = [mark]
            else:
                opened.append(mark)
        elif opened:
            first = opened.pop() if len(opened) > 1 else opened[0]
            if first is opened[0]:
                found.append(Quotation(first.start, mark.end, (first.end, mark.start), "closed"))
                opened = []
        else:
            start = max(_sentence(mark, starts), found[-1].end if found else 0)
            found.append(Quotation(start, mark.end, (start, mark.start), "unopened"))
    if opened:
        found.append(Quotation(opened[0].start, len(text), (opened[0].end, len(text)), "unclosed"))
    return tuple(found)


def _marks(text: str) -> Iterator[_Mark]:
    for match in _MARKS.finditer(text):
        sign = match[0].strip()
        before, after = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
        if turned(sign, before, after):
            role = "open" if sign == "”" else "close"
        elif sign in "«“„":
            role = "open"
        elif sign in "»”":
            role = "close"
        else:
            if re.fullmatch(r"\d", before) and not after.strip(" ,.;)"):
                role = "either"
            elif (not before or before.isspace() or before in "([—–-/") and after.strip() and after not in ".,;:!?)":
                role = "open"
            else:
                role = "close" if before.strip() and (not after.strip() or after in ".,;:!?)]…—–-'’") else "either"
        yield _Mark(match.start(), match.end(), role)


def turned(sign: str, before: str, after: str) -> bool:
    """Whether a curly mark is the wrong way round, by the characters beside it: ”word, or word“ at its end."""
    if sign == "”":
        return not before.strip(" (\u00a0\u202f\n") and after.isalnum()
    return sign == "“" and not after.strip(" .,;:)\n") and (before.isalnum() or (before in ".,!?…" and before != ""))


def _sentence(mark: _Mark, starts: Sequence[int]) -> int:
    """Where the sentence of a mark begins."""
    place = bisect.bisect_right(starts, mark.start)
    return starts[place - 1] if place else 0


def _begins(text: str, mark: _Mark, starts: Sequence[int]) -> bool:
    """Whether only blanks and dashes stand between the beginning of a sentence and the mark."""
    start = _sentence(mark, starts)
    return not text[start : mark.start].strip(" \u00a0\u202f–—-\n")


_HALF_SINGLE = re.compile(r"(?<![\w’'])[‘'](?=[A-Z])|[.,?!…][’'](?![\w])")


def half_single(text: str) -> bool:
    """Whether a single mark may open or close a quotation here whose other end lies elsewhere."""
    return _HALF_SINGLE.search(text) is not None


def single(text: str) -> tuple[tuple[int, int], ...]:
    """The places of ‘quotations’ in single marks; an apostrophe is none, and a doubtful case is one."""
    return tuple(match.span() for match in _SINGLE.finditer(text))


_SAY_FR = """
    dit affirme assure explique estime ajoute précise raconte confie souligne déclare observe insiste poursuit
    lance prévient reconnaît rappelle regrette avance juge note résume témoigne conclut répond demande indique
    confirme admet avoue soupire ironise martèle plaide promet relève remarque répète rétorque tempère tonne
    tranche analyse argue avertit commente constate décrit dénonce détaille garantit glisse interroge justifie
    murmure nuance objecte pointe propose réagit renchérit riposte soutient sourit suggère écrit
""".split()
_SAY_EN = """
    say tell add explain recall insist warn note observe argue admit acknowledge assure announce declare state
    claim complain confide confirm continue conclude comment describe emphasize emphasise stress fume joke
    maintain point predict promise quip remember remind repeat reply report respond reveal sigh suggest
    summarize summarise think write ask exclaim lament regret believe
""".split()
_PAST_EN = """
    said told added explained recalled insisted warned noted observed argued admitted acknowledged assured
    announced declared stated claimed complained confided confirmed continued concluded commented described
    emphasized emphasised stressed fumed joked maintained pointed predicted promised quipped remembered reminded
    repeated replied reported responded revealed sighed suggested summarized summarised thought wrote asked
    exclaimed lamented regretted believed
""".split()
_VERB_EN = "|".join([*(f"{verb}s?" for verb in _SAY_EN), *_PAST_EN, "replies", "testifies", "testified"])
_SUBJECT = "il|elle|on|ils|elles|je|nous"
_INCISE = re.compile(
    rf"""[,?!…]\s+(?:(?:l[’']|s[’']|se\s|lui\s|leur\s)?(?:a|ont|avait|avaient|aurait)(?:-t)?-(?:{_SUBJECT})\s[^.,»?!]*
    |[\w’'\s]{{0,12}}?\w+(?:-t)?-(?:{_SUBJECT})\b[^.,»?!]*
    |(?:(?:s[’']|se\s)\w+|(?:a|ont)\s\w+|{"|".join(_SAY_FR)})\s
        (?=[A-ZÀ-Ý]|le\s|la\s|l[’']|un\s|une\s|ce\s|cet\s|cette\s|son\s|sa\s|les\s|des\s|M\.)
    (?:M\.\s|[^.,»?!])*)(?=[.,?!]|\s*»|$)""",
    re.X,
)
_ATTRIBUTION = re.compile(
    rf"""(?P<mark>[,?!…])\s+(?:(?:{_VERB_EN})\s+(?=[A-Z]|an?\s|the\s|he\b|she\b|they\b|one\b|his\s|her\s|this\s)
    |(?:he|she|they|(?:the|an?|his|her)\s[\w-]+(?:\s[\w-]+)?|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){{0,2}})
        \s(?:has\s|had\s|have\s)?(?:{_VERB_EN})\b)""",
    re.X,
)


_WORK = re.compile(
    r"""\b(?:ouvrages?|livres?|romans?|films?|articles?|intitul\w+|titr\w+|rapports?|chansons?|œuvres?|baptis\w+|appel\w+
    |nomm\w+|surnomm\w+|programmes?|projets?|thèmes?|émissions?|albums?|pièces?|opération|revue|magazine|journal|série|exposition
    |slogan|dit[es]?|expressions?|mots?|termes?|notion|concept|formule|mention)\b[^.;:]{0,30}$""",
    re.X | re.I,
)


_SPEECH = re.compile(
    r"""\b(?:di[ts]|disait|disaient|disent|déclar|affirm|assur|expliqu|estim|ajout|précis|racont|confi[eéa]|soulign
    |observ|insist|poursui|lanc|prév(?:ien|en)|reconn|rappel|regrett|jug|not[eéa]|résum|témoign|concl|répon|demand|indiqu|confirm
    |dénonc|prom[ei]|plaid|selon\b|d[’']après|critiqu|écri|tweet|réclam|redout|souhait|espèr|s[’']\w+gn|s[’']emport|martel
    |martèl|ironis|soupir)\w*""",
    re.X | re.I,
)
_NEAR = 60


def is_speech(text: str, start: int, end: int) -> bool:
    """Whether French words beside a quotation, or inside it, report somebody's words: « … », a-t-il dit; selon elle."""
    beside = text[max(0, start - _NEAR) : start], text[end : end + _NEAR]
    return any(map(_SPEECH.search, beside)) or bool(incises(text[start:end]))


def names_a_work(before: str) -> bool:
    """Whether the French words before a quotation make it a title or a term: « son ouvrage », « le mot »."""
    return _WORK.search(before) is not None


def incises(text: str) -> tuple[tuple[int, int], ...]:
    """The places of « , a-t-elle assuré » and « , se souvient Alice »: inside French quotations, but not of them."""
    return tuple(match.span() for match in _INCISE.finditer(text))


def attribution(text: str, start: int, end: int) -> int | None:
    """Where an English attribution (", she said", "? asks the mayor") begins between two places: behind its mark."""
    match = _ATTRIBUTION.search(text, start, end)
    return match.end("mark") if match else None
