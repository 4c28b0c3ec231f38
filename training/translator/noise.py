"""What news text has and parallel corpora have not: capitals, both apostrophes, guillemets, lines of several sentences.

Each pair is changed with small probabilities, another way in each epoch, by a generator that the seed, the epoch and
the place of the pair decide. Sources get every typography; targets are brought to one (straight apostrophes and
English quotes, French guillemets), so that the model reads all and writes one.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

JOIN = 0.12
"""Share of lines that hold two or three sentences."""
LONGEST = 110
"""Words of a joined line."""
UPPER, LOWER, TITLE, NO_STOP, COPIED = 0.02, 0.02, 0.02, 0.06, 0.06

_APOSTROPHES = re.compile("[’‘ʼ]")
_QUOTED = re.compile(r'"\s*([^"]+?)\s*"|[“„]\s*([^“”„]+?)\s*”|«\s*([^«»]+?)\s*»')
_NUMBER = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w.,]*\d)")
_NAME = re.compile(r"(?<=[^\W\d_] )[A-ZÀ-Þ][a-zà-ÿ]{3,}(?!['’\w])")
_STOP = re.compile(r"(?<=[^\W\d_])\s*\.$")

Texts = tuple[str, str]


def in_one_typography(text: str, lang: str) -> str:
    """A target as the model shall write it."""
    text = _APOSTROPHES.sub("'", text)
    if lang == "fr":
        return _QUOTED.sub(lambda found: f"« {next(filter(None, found.groups()))} »", text)
    return _QUOTED.sub(lambda found: f'"{next(filter(None, found.groups()))}"', text)


def in_any_typography(text: str, generator: random.Random) -> str:
    """A source with one of the kinds of quotation marks and of apostrophes that newspapers use."""
    text = text.replace("'", "’") if generator.random() < 0.5 else text.replace("’", "'")
    opening, closing = generator.choice((("«\u00a0", "\u00a0»"), ("« ", " »"), ("“", "”"), ('"', '"'), ("«", "»")))
    if generator.random() < 0.7:
        text = _QUOTED.sub(lambda found: opening + next(filter(None, found.groups())) + closing, text)
    if generator.random() < 0.5:
        text = re.sub(r" (?=[;:!?%»])", "\u00a0", text)
    return text


class Noise:
    """``names``: words that both sides of some pair shared, to put in the place of others."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = tuple(names)

    def apply(self, source: str, target: str, generator: random.Random) -> Texts:
        """One pair as an epoch shows it, before its typography."""
        if generator.random() < COPIED:
            source, target = self._copied(source, target, generator)
        if generator.random() < NO_STOP:
            source, target = _STOP.sub("", source), _STOP.sub("", target)
        draw = generator.random()
        if draw < UPPER:
            return source.upper(), target.upper()
        if draw < UPPER + LOWER:
            return source.lower(), target
        if draw < UPPER + LOWER + TITLE:
            return re.sub(r"(?<!\w)\w(?=\w{3})", lambda found: found[0].upper(), source), target
        return source, target

    def _copied(self, source: str, target: str, generator: random.Random) -> Texts:
        """The same pair with another number, or another name, at both places."""
        patterns: list[tuple[re.Pattern[str], Callable[[str], str]]] = [(_NUMBER, lambda old: _digits(old, generator))]
        if self._names:
            patterns.append((_NAME, lambda _: generator.choice(self._names)))
        pattern, replacement = generator.choice(patterns)
        both = [old for old in dict.fromkeys(pattern.findall(source)) if _once(old, source) and _once(old, target)]
        if not both:
            return source, target
        old = generator.choice(both)
        new = replacement(old)
        return source.replace(old, new), target.replace(old, new)


def _once(part: str, text: str) -> bool:
    return len(re.findall(rf"(?<!\w){re.escape(part)}(?!\w)", text)) == 1 == text.count(part)


def _digits(old: str, generator: random.Random) -> str:
    """A number of the same shape: no zero in front, a year stays one."""
    if re.fullmatch(r"1[89]\d\d|20[0-3]\d", old):
        return str(generator.randint(1850, 2035))
    first = generator.randint(1, 9)
    return str(first) + re.sub(r"\d", lambda _: str(generator.randint(0, 9)), old[1:])


def shared_names(pairs: Sequence[Texts], most: int = 20_000) -> list[str]:
    """Capitalised words inside sentences that stand on both sides of a pair, sorted."""
    found: set[str] = set()
    for french, english in pairs:
        found |= set(_NAME.findall(french)) & set(_NAME.findall(english))
        if len(found) >= most:
            break
    return sorted(found)


def joined(pairs: Sequence[Texts], generator: random.Random) -> list[Texts]:
    """The pairs, some of them two or three in a line; none is lost or shown twice."""
    lines: list[Texts] = []
    waiting = list(reversed(pairs))
    while waiting:
        source, target = waiting.pop()
        if generator.random() < JOIN:
            for _ in range(generator.choice((1, 1, 2))):
                if not waiting or len(f"{source} {waiting[-1][0]}".split()) > LONGEST:
                    break
                more = waiting.pop()
                source, target = f"{source} {more[0]}", f"{target} {more[1]}"
        lines.append((source, target))
    return lines
