"""What might stand in the place of a word, to be compared with it: the network has foreseen all pieces there.

A word that the other text does not call for is one in whose place the model expects what comes after it; where a word
was left out, that is so in the other text. In the place of a verb of the wrong tense it expects another form of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from tqcheck.languages.frequency import zipf
from tqcheck.languages.inflection import other_forms
from tqcheck.translate.gemma.model import Rivals
from tqcheck.translate.gemma.vocabulary import BLANK, LINE

AHEAD = 5
"""Words and marks, of those that follow on a word."""

AUXILIARIES = frozenset(
    """is was are were be been being am has had have having will would do does did can could may might must should
    shall""".split()
)
_BEHIND = 2
"""Words behind an auxiliary of which one may be its verb: "was formally announcing"."""
_JOINTS = "'’-"
_KNOWN = 2.5
"""Zipf frequency of a form that is a word."""


def rivals(pieces: Sequence[str], lang: str, find: Callable[[str], int | None]) -> Iterator[Rivals]:
    """Those of each piece of a text; none of pieces inside of a word and of marks, and forms of English words alone.

    ``find``: the number of a piece, None where there is none.
    """
    begins = [_begins(pieces, place) for place in range(len(pieces))]
    stops = [place for place, piece in enumerate(pieces) if begins[place] or not _written(piece)]
    following, words = 0, [_word(pieces, place) if begins[place] else "" for place in range(len(pieces))]
    for place, piece in enumerate(pieces):
        while following < len(stops) and stops[following] <= place:
            following += 1
        if not begins[place]:
            yield Rivals()
            continue
        ahead = [pieces[stop] for stop in stops[following : following + AHEAD]]
        if len(ahead) < AHEAD:
            ahead.append(LINE)
        forms = _forms(words, place) if lang == "en" and words[place] else ()
        yield Rivals(_numbers(ahead, piece, find), _numbers(forms, piece, find))


def _numbers(pieces: Sequence[str], but: str, find: Callable[[str], int | None]) -> list[int]:
    found = (find(piece) for piece in dict.fromkeys(pieces) if piece != but)
    return [number for number in found if number is not None]


def _begins(pieces: Sequence[str], place: int) -> bool:
    """Whether a word begins with a piece: after a blank, or what is written together with the word before it."""
    piece = pieces[place]
    after = not place or pieces[place - 1][-1:] in _JOINTS
    return _written(piece) and (piece.startswith(BLANK) or after)


def _written(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


def _word(pieces: Sequence[str], place: int) -> str:
    """The word that is one piece, "" where it is not."""
    word = pieces[place].removeprefix(BLANK)
    after = pieces[place + 1 : place + 2]
    whole = not after or not after[0][:1].isalnum()
    return word if whole and word.isalpha() and pieces[place].startswith(BLANK) else ""


def _forms(words: Sequence[str], place: int) -> list[str]:
    """Other forms of a word, as pieces, with its capital; of an auxiliary the others, and forms of its verb."""
    word = words[place]
    plain = word.lower()
    found = list(_known_forms(plain))
    if plain in AUXILIARIES:
        behind = [other.lower() for other in words[place + 1 :] if other][:_BEHIND]
        found = [*sorted(AUXILIARIES - {plain}), *(form for other in behind for form in _known_forms(other))]
    return [BLANK + (form.capitalize() if word[:1].isupper() else form) for form in found]


@lru_cache(4096)
def _known_forms(word: str) -> tuple[str, ...]:
    return tuple(sorted(zipf(other_forms(word), "en", _KNOWN)))
