"""Text as the phrase model reads it, and back: plain marks, words, numbers of one notation.

Both languages are cut alike, so that what is the same in both (names, numbers, addresses) is the same token. Quotation
marks become ``"``, apostrophes ``'``; a number is written the English way (``1,234.5``) and put back the French way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘‚‛′´`ʼ", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒−", "-"),
        **dict.fromkeys("\u00a0\u202f\u2007\u2009\u2002\u2003\u200a\t\r\n", " "),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
        "…": "...",
    }
)
_GUILLEMETS = re.compile(r"«\s*|\s*»")
_FRENCH_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?: \d{3})+(?:,\d+)?(?![\w]|[.,]\d)|(?<![\w.,])\d+,\d+(?![\w]|[.,]\d)")

_OPENING_APOSTROPHE = re.compile(r"(?<![^\s(\"])'(?!s\b)")
_PLURAL_POSSESSIVE = re.compile(r"(?<=[^\W\d_]s)'(?!\w)")

_TOKEN = re.compile(
    r"""
      (?P<address> (?:https?://|www\.)[^\s<>"]*[^\s<>".,;:!?)\]'] | [\w.+-]+@[\w-]+\.[\w.-]*\w
        | [@\#]\w+ | (?:[\w-]+\.)+(?:com|org|net|fr|ca|eu|uk|gov|edu|info)\b(?:/[^\s<>"]*[^\s<>".,;:!?)\]'])? )
    | (?P<ellipsis> \.\.+ | --+ )
    | (?P<acronym> (?:[^\W\d_]\.){2,} | (?-i:(?<!\w)[A-Z]\.)(?=\ [A-Z]) )
    | (?P<short> (?<!\w)(?:mr|mrs|ms|dr|st|mm|mme|mmes|mlle|jr|vs|etc|no|nos|gen|col|sen|rep|gov|prof|jan|feb|sept|oct
        |nov|dec|janv|févr|juil|déc|av|apr|cf|vol|art|inc|ltd|co|corp)\.(?=\ \w|,) | (?<!\w)(?-i:M\.)(?=\ \w) )
    | (?P<number> \d+(?:[.,:/]\d+)* (?:(?:st|nd|rd|th|er|re|ère|ème|e|s|h|km|m|kg|cm|mm)\b)? )
    | (?P<word> \w+(?:['-]\w+)* )
    | (?P<mark> \S )
    """,
    re.X | re.I,
)
_ELIDED = re.compile(r"(?:(?:jusqu|lorsqu|puisqu|quoiqu|quelqu|qu|[cdjlmnst])')", re.I)
_UNELIDED = frozenset({"aujourd'hui", "d'abord", "d'accord", "d'ailleurs", "quelqu'un", "quelqu'une", "c'est-à-dire"})
_CLITIC = re.compile(r"(?<=\w)-(?:t-)?(?:ils?|elles?|on|je|tu|nous|vous|ce|moi|toi|lui|leur|l[ea]s?|en|y|là|ci)$", re.I)
_NO_CLITIC = re.compile(
    r"^(?:rendez-vous|au-delà|celui-ci|celle-ci|ceux-ci|celles-ci|peut-être|[^a-z].*-[A-Z].*)$", re.I
)
_ENGLISH_END = re.compile(r"(?:n't|'(?:s|re|ve|ll|d|m))$", re.I)

_LEFT = frozenset(".,;:!?)]}%...°")
_OPENING = frozenset("([{")
_DASHES = frozenset("-–")


def plain(text: str) -> str:
    """Typographic quotes, dashes, apostrophes and blanks as the plain ones."""
    return " ".join(_GUILLEMETS.sub('"', text).translate(_PLAIN).split())


def _english_number(found: re.Match[str]) -> str:
    whole, _, part = found[0].partition(",")
    return whole.replace(" ", ",") + (f".{part}" if part else "")


def tokens(text: str, lang: str) -> list[str]:
    """The tokens of one sentence, as they are cased in it."""
    text = plain(text)
    if lang == "fr":
        text = _FRENCH_NUMBER.sub(_english_number, text)
    elif not _OPENING_APOSTROPHE.search(text):
        text = _PLURAL_POSSESSIVE.sub("'s", text)
    found: list[str] = []
    parts = text.split(" ")
    for part, following in zip(parts, [*parts[1:], ""], strict=True):
        # Whether a full stop is that of an abbreviation is told by what follows it.
        found += _tokens(part, following[:1] if "." in part else "", lang)
    return found


@lru_cache(maxsize=200_000)
def _tokens(part: str, following: str, lang: str) -> tuple[str, ...]:
    """The tokens of what stands between two blanks; most of it has been seen before."""
    split = _french if lang == "fr" else _english
    found: list[str] = []
    for match in _TOKEN.finditer(f"{part} {following}"):
        if match.start() >= len(part):
            break
        if match.lastgroup == "word":
            found += split(match[0])
        else:
            found.append(match[0])
    return tuple(found)


def _french(word: str) -> list[str]:
    before: list[str] = []
    while word.lower() not in _UNELIDED and (elided := _ELIDED.match(word)) and elided.end() < len(word):
        before.append(elided[0])
        word = word[elided.end() :]
    clitic = _CLITIC.search(word)
    if clitic is None or not clitic.start() or _is_compound(word):
        return [*before, word]
    return [*before, word[: clitic.start()], clitic[0]]


def _is_compound(word: str) -> bool:
    second = word.rpartition("-")[2]
    return (second[:1].isupper() and not word.isupper()) or word.lower() in ("rendez-vous", "au-delà", "celui-ci")


def _english(word: str) -> list[str]:
    end = _ENGLISH_END.search(word)
    return [word] if end is None or not end.start() else [word[: end.start()], end[0]]


def text(words: Sequence[str], lang: str) -> str:
    """Tokens as text, the marks where the language wants them."""
    parts: list[str] = []
    glue = True
    opened = False
    for place, word in enumerate(words):
        quote = word == '"'
        attach = _attaches(word, lang) or (quote and opened)
        if lang == "fr" and quote:
            parts.append(" »" if opened else ("" if glue else " ") + "« ")
        elif lang == "fr" and word in (":", ";", "!", "?", "%"):
            parts.append(f" {word}")
        elif (
            word in _DASHES
            and parts
            and _is_number(parts[-1].strip())
            and _is_number("".join(words[place + 1 : place + 2]))
        ):
            parts.append(word)
            glue = True
            continue
        else:
            written = _french_number(word) if lang == "fr" else word
            parts.append(written if glue or attach else f" {written}")
        glue = word in _OPENING or (quote and not opened) or (lang == "fr" and _ELIDED.fullmatch(word) is not None)
        opened = opened != quote
    return re.sub(" +", " ", "".join(parts)).strip()


def _is_number(word: str) -> bool:
    return word[:1].isdigit() and word[-1:].isdigit()


def _attaches(word: str, lang: str) -> bool:
    if word in _LEFT or word == "...":
        return True
    if lang == "en":
        return _ENGLISH_END.fullmatch(word) is not None or word == "'"
    return len(word) > 2 and _CLITIC.search(f"x{word}") is not None and word[0] == "-"


def _french_number(word: str) -> str:
    if not word[:1].isdigit() or not re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+", word):
        return word
    return word.replace(",", " ").replace(".", ",")


def capital(line: str) -> str:
    """The line with a capital as its first letter or digit."""
    for place, character in enumerate(line):
        if character.isalnum():
            return line[:place] + character.upper() + line[place + 1 :]
    return line


_DIGIT = re.compile(r"\d")


def is_masked(word: str) -> bool:
    """Whether a word is a number whose digits are hidden: one of two digits or more is copied, not learned."""
    return word[:1].isdigit() and sum(character.isdigit() for character in word) > 1


def masked(word: str) -> str:
    """A number of two digits or more with its digits hidden, another word as it is."""
    return _DIGIT.sub("0", word) if is_masked(word) else word


def unmasked(words: Sequence[str], written: Sequence[str]) -> list[str]:
    """Words of a phrase with the hidden digits put back, in order, from the words that it translates."""
    digits = iter("".join(_DIGIT.findall("".join(word for word in written if is_masked(word)))))
    return [_DIGIT.sub(lambda found: next(digits, found[0]), word) if is_masked(word) else word for word in words]


_ENDINGS = {
    "fr": (("ées", "é"), ("ée", "é"), ("es", ""), ("s", ""), ("x", ""), ("e", ""), ("aux", "al"), ("ent", "e")),
    "en": (("ies", "y"), ("es", ""), ("s", ""), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("our", "or")),
}
"""Endings of a rare form and of the usual one that stands in for it."""


def near_forms(word: str, lang: str) -> list[str]:
    """Other forms of a word that is not known. A French name keeps its capital, an English headline's word does not."""
    found = [word.lower()] if lang == "en" or not word[:1].isupper() else []
    for form in (word, *found):
        found += [form[: -len(old)] + new for old, new in _ENDINGS[lang] if form.endswith(old)]
    return found


def is_address(word: str) -> bool:
    """Whether a word is an address of the web or of mail."""
    return re.search(r"://|^www\.|@", word) is not None


def cased(words: Sequence[str], count: Callable[[str], float]) -> list[str]:
    """The words with the case that they have inside a sentence: of the first, and of all where all are capitals.

    ``count`` is how often a form is seen where its case means something.
    """
    shouted = sum(word.isupper() and len(word) > 1 for word in words) > max(2, 0.6 * len(words))
    found = list(words)
    first = next((place for place, word in enumerate(words) if word[:1].isalpha()), None)
    for place, word in enumerate(words):
        if not shouted and place != first:
            continue
        forms = [word.lower(), word.capitalize()] if shouted else [word, word.lower()]
        if word[:1].isupper():
            found[place] = max(forms, key=lambda form: (count(form), form == word))
    return found
