"""SubRip subtitles (.srt): cues with their times; a sentence may go on over several.

Two files of the same film are aligned by their times: cues that are seen together belong together, and so do those over
which a sentence goes on, so that each pair is made of whole sentences where that can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.model import Document
from tqcheck.readers import placed
from tqcheck.readers.bilingual import PairsFile
from tqcheck.readers.files import Stdin, empty, place
from tqcheck.readers.lines import exact_lines, is_blank, load_text
from tqcheck.readers.placed import Part, Passage

_TIME = r"(\d{1,3}):([0-5]?\d):([0-5]?\d)[,.](\d{1,3})"
_TIMES = re.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_CODE = re.compile(r"</?(?:b|i|u|s|font)\b[^>]*>|\{\\[^}]*\}", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…♪][\s»”\"’')\]–—-]*$")
_MOST_CUES = 8  # that one pair is made of: a song has no full stop
_PAUSE = 3000  # milliseconds of silence over which no sentence goes on
_HINT = "a cue is its number, a line such as 00:01:02,500 --> 00:01:04,000, and its text; an empty line ends it"


class Cue(NamedTuple):
    """A subtitle: its number, when it is seen (milliseconds), its lines with their numbers in the file."""

    number: str
    start: int
    end: int
    lines: tuple[tuple[int, str], ...]


def read(path: str, lang: str, stdin: Stdin | None = None) -> Document:
    """The subtitles as a document, a block for the cues of whole sentences. Raises UserError where there are none."""
    cues, encoding = _load(path, stdin)
    groups = _sentences([(cue,) for cue in cues], [() for _ in cues])
    return placed.document(path, lang, [_part(group) for group, _ in groups], encoding)


def read_both(paths: tuple[str, str], stdin: tuple[Stdin | None, Stdin | None], langs: tuple[str, str]) -> PairsFile:
    """The subtitles of one film in two languages, aligned by their times. Raises UserError as ``read`` does."""
    (source, first), (target, second) = (_load(path, given) for path, given in zip(paths, stdin, strict=True))
    together = list(_together(source, target))
    groups = _sentences([group for group, _ in together], [group for _, group in together])
    after = [0, 0]
    sides: tuple[list[Part], list[Part]] = ([], [])
    for group in groups:
        for side, cues in enumerate(group):
            sides[side].append(_part(cues, after[side]))
            after[side] = cues[-1].lines[-1][0] if cues else after[side]
    return PairsFile(
        placed.document(paths[0], langs[0], sides[0], first),
        placed.document(paths[1], langs[1], sides[1], second),
        (0,) * len(groups),
    )


def _part(cues: Sequence[Cue], after: int = 0) -> Part:
    """The block of some cues; of none, an empty one behind line ``after``."""
    passage = Passage(cues[0].lines[0][0] if cues else max(after, 1), 1)
    for cue in cues:
        for number, line in cue.lines:
            passage.say(" ", number, 1)
            done = 0
            for code in _CODE.finditer(line):
                passage.add(line[done : code.start()], number, done + 1)
                done = code.end()
            passage.add(line[done:], number, done + 1)
    numbers = [cue.number for cue in (*cues[:1], *cues[1:][-1:])]
    return Part(passage, unit=f"cue{'s' * (len(cues) > 1)} {' to '.join(numbers)}" if cues else "")


def _together(source: Sequence[Cue], target: Sequence[Cue]) -> Iterator[tuple[tuple[Cue, ...], tuple[Cue, ...]]]:
    """Groups of cues that are seen at the same time: connected by an overlap of half of the shorter one or more."""
    waiting = sorted([(c, 0) for c in source] + [(c, 1) for c in target], key=lambda item: (item[0].start, item[1]))
    group: tuple[list[Cue], list[Cue]] = ([], [])
    for cue, side in waiting:
        if (group[0] or group[1]) and not any(_overlap(cue, other) for other in group[1 - side][-2:]):
            yield tuple(group[0]), tuple(group[1])
            group = ([], [])
        group[side].append(cue)
    if group[0] or group[1]:
        yield tuple(group[0]), tuple(group[1])


def _overlap(one: Cue, other: Cue) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > 0 and 2 * shared >= min(one.end - one.start, other.end - other.start)


def _sentences(
    source: Sequence[tuple[Cue, ...]], target: Sequence[tuple[Cue, ...]]
) -> list[tuple[tuple[Cue, ...], tuple[Cue, ...]]]:
    """Neighbours joined until every side ends like a sentence, or there is a pause, or it is too much."""
    found: list[tuple[tuple[Cue, ...], tuple[Cue, ...]]] = []
    for here in zip(source, target, strict=True):
        if found and _goes_on(found[-1], here):
            found[-1] = (found[-1][0] + here[0], found[-1][1] + here[1])
        else:
            found.append(here)
    return found


def _goes_on(before: tuple[tuple[Cue, ...], tuple[Cue, ...]], after: tuple[tuple[Cue, ...], tuple[Cue, ...]]) -> bool:
    last = max(cue.end for side in before for cue in side)
    first = min(cue.start for side in after for cue in side)
    if first - last > _PAUSE or any(len(b) + len(a) > _MOST_CUES for b, a in zip(before, after, strict=True)):
        return False
    return any(side and not _ENDS.search(_CODE.sub("", side[-1].lines[-1][1]).strip()) for side in before)


def _load(path: str, stdin: Stdin | None) -> tuple[list[Cue], str]:
    """The cues of a file in the order of their times, without those that say nothing, and its encoding."""
    text, encoding = load_text(path, stdin)
    cues = [cue for cue in _cues(exact_lines(text), path) if any(not is_blank(_CODE.sub("", t)) for _, t in cue.lines)]
    if not cues:
        raise empty(path)
    return sorted(cues, key=lambda cue: cue.start), encoding


def _cues(lines: Sequence[str], path: str) -> Iterator[Cue]:
    starts = [number for number, line in enumerate(lines) if _TIMES.fullmatch(line)]
    first = next((number for number, line in enumerate(lines) if not is_blank(line)), 0)
    if not starts or starts[0] > first + 1:
        raise UserError("these are no subtitles", place(path, first + 1, 1, lines[first]), hint=_HINT)
    for at, following in zip(starts, [*starts[1:], len(lines) + 1], strict=True):
        times = _TIMES.fullmatch(lines[at])
        assert times is not None
        start, end = _milliseconds(times.groups()[:4]), _milliseconds(times.groups()[4:])
        if end < start:
            raise UserError("this cue ends before it begins", place(path, at + 1, 1, lines[at]), hint=_HINT)
        named = at > 0 and lines[at - 1].strip().isdigit()
        said = [(number + 1, lines[number]) for number in range(at + 1, following - 1) if not is_blank(lines[number])]
        yield Cue(lines[at - 1].strip() if named else str(at + 1), start, end, tuple(said))


def _milliseconds(parts: Sequence[str]) -> int:
    hours, minutes, seconds, rest = parts
    return (int(hours) * 60 + int(minutes)) * 60_000 + int(seconds) * 1000 + int(rest.ljust(3, "0"))
