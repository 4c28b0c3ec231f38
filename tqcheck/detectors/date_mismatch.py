"""A date, weekday, month, year, decade, century or time of day that is not the one of the French.

Why it matters
--------------
« mardi » that becomes Thursday sends readers to the wrong day. Days and months are exchanged when 03/05 is read the
American way, and the 24 hours of French clocks lose or gain some when they are turned into "am" and "pm".

What it does not see
--------------------
A date that stands on one side only: English news adds "on Friday" and leaves out what is plain. « La veille » and "the
day before" are not counted out, nor are durations (see number-mismatch). A time that was moved to another time zone,
where one is named, is taken for right.

When to ignore it
-----------------
Where the desk moved the date on purpose, « hier » becoming a weekday, or corrected it.

Source
------
MQM, accuracy/mistranslation. The order of day and month: Guardian style guide and Associated Press Stylebook, under
"dates".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tqcheck.detector import Detector, Example
from tqcheck.languages import clock, counterparts, dates, dates_written
from tqcheck.languages.clock import Time
from tqcheck.languages.moments import Moment
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

KINDS = ("weekday", "day", "month", "year", "decade", "century", "relative")
NEIGHBOURS = 1
"""So many pairs before and after are searched for a date that moved."""
SURE, BOTH = 0.95, 0.8
"""Confidence where one part of a date differs, and where day and month do: then it may be another date altogether."""
TOGETHER = 4
"""Day and month with at most so many characters between them are one date: "3 May", "May the 3rd"."""


@dataclass(frozen=True, slots=True)
class _Dates:
    french: tuple[Moment, ...]
    english: tuple[Moment, ...]


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Compare the dates of every pair kind by kind, then its times."""
    read = [_Dates(dates.read(p.source.text, "fr"), dates.read(p.target.text, "en")) for p in bitext.pairs]
    for number, pair in enumerate(bitext.pairs):
        near = [
            read[other.index]
            for other in bitext.pairs[max(0, number - NEIGHBOURS) : number + NEIGHBOURS + 1]
            if other is not pair and other.document == pair.document
        ]
        against = [both for kind in KINDS for both in _against(kind, pair, read[number], near)]
        yield from _changed(detector, pair, sorted(against, key=lambda both: both[1].start))
        yield from _times(detector, pair)


def _against(kind: str, pair: Pair, own: _Dates, near: Sequence[_Dates]) -> list[tuple[Moment, Moment]]:
    """The parts of dates of one kind that contradict each other, in order."""
    french = [m for m in own.french if m.kind == kind]
    english = [m for m in own.english if m.kind == kind]
    _, left, right = counterparts.match(french, english, (_same,))
    text = pair.target.text
    left = [m for m in left if not any(_same(m, e) for other in near for e in other.english if e.kind == kind)]
    right = [
        m
        for m in right
        if not any(_same(f, m) for other in near for f in other.french if f.kind == kind)
        and (kind in ("day", "year") or text[m.start : m.end] not in pair.source.text)  # « Black Friday »
        and not (
            kind == "decade" and any(f.kind == "century" and (f.values[0] - 1) * 100 in m.values for f in own.french)
        )
    ]
    return list(zip(left, right, strict=False))


def _same(one: Moment, other: Moment) -> bool:
    return not set(one.values).isdisjoint(other.values)


def _changed(detector: Detector, pair: Pair, against: Sequence[tuple[Moment, Moment]]) -> Iterator[Finding]:
    """A finding for each contradiction, one for both where day and month of the same date are wrong."""
    place = 0
    while place < len(against):
        group = [against[place]]
        if place + 1 < len(against) and _one_date(against[place], against[place + 1]):
            group.append(against[place + 1])
        place += len(group)
        yield _finding(detector, pair, group)


def _one_date(first: tuple[Moment, Moment], second: tuple[Moment, Moment]) -> bool:
    if {first[1].kind, second[1].kind} != {"day", "month"}:
        return False
    french = sorted((first[0], second[0]), key=lambda m: m.start)
    return second[1].start - first[1].end <= TOGETHER and french[1].start - french[0].end <= TOGETHER


def _finding(detector: Detector, pair: Pair, group: Sequence[tuple[Moment, Moment]]) -> Finding:
    source, target = pair.source, pair.target
    start, end = group[0][1].start, group[-1][1].end
    replaced: str | None = ""
    place = start
    for french, english in group:
        words = dates_written.written(french, target.text[english.start : english.end])
        replaced = None if replaced is None or words is None else replaced + target.text[place : english.start] + words
        place = english.end
    french_start, french_end = min(f.start for f, _ in group), max(f.end for f, _ in group)
    kinds = {french.kind for french, _ in group}
    meaning = f"« {source.text[french_start:french_end]} » is {dates_written.named(group[0][0])}, "
    if len(group) > 1 or kinds <= {"day", "year"}:
        meaning = f"The French says « {source.text[french_start:french_end]} », "
    return detector.finding(
        pair,
        message=f'{meaning}the English says "{target.text[start:end]}".',
        confidence=SURE if len(group) == 1 else BOTH,
        source=Span(source.span.start + french_start, source.span.start + french_end),
        target=Span(target.span.start + start, target.span.start + end),
        suggestion=replaced,
    )


def _times(detector: Detector, pair: Pair) -> Iterator[Finding]:
    source, target = pair.source, pair.target
    _, left, right = counterparts.match(
        clock.read(source.text, "fr"),
        clock.read(target.text, "en"),
        (lambda f, e: not set(f.minutes).isdisjoint(e.minutes),),
    )
    moved = clock.zones(source.text) != clock.zones(target.text)
    for one, other in zip(left, right, strict=False):
        if one.named or other.named or (moved and _whole_hours(one, other)):
            continue
        french, english = source.text[one.start : one.end], target.text[other.start : other.end]
        right_time = clock.english(one.minutes[0], english)
        yield detector.finding(
            pair,
            message=f'« {french} » is {right_time}, the English says "{english}".',
            confidence=SURE,
            source=Span(source.span.start + one.start, source.span.start + one.end),
            target=Span(target.span.start + other.start, target.span.start + other.end),
            suggestion=right_time,
        )


def _whole_hours(one: Time, other: Time) -> bool:
    return any((f - e) % 30 == 0 for f in one.minutes for e in other.minutes)


DETECTOR = Detector(
    rule="date-mismatch",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Le procès s’ouvrira ⟦mardi⟧ à Lille.", "The trial will open in Lille on ⟦Thursday⟧."),
        Example("Le procès s’ouvrira mardi à Lille.", "The trial will open in Lille."),
        Example("Il est mort le 24 septembre 2021 à 16 h 23.", "He died on September 24, 2021 at 4:23 pm."),
        Example("Le vote aura lieu le ⟦29 mai⟧.", "The vote will be held on ⟦August 19⟧."),
        Example("Le vote aura lieu le 29 ⟦mai⟧.", "The vote will be held on ⟦March⟧ 29."),
        Example("Le départ est prévu à ⟦12 h 40⟧.", "The start is scheduled for ⟦2:40 pm⟧."),
        Example("Le sommet s’ouvre à 15 heures.", "The summit opens at 3 p.m."),
        Example("L’accord date de ⟦2015⟧.", "The agreement dates from ⟦2005⟧."),
        Example(
            "Né au ⟦XIXe⟧ siècle, le port a fermé dans les années 1980.",
            "Built in the ⟦18th⟧ century, the port closed in the 1980s.",
        ),
        Example("Ils ont signé hier.", "They may march: the deal was signed on Monday."),
        Example("Le match débute à 20 h 45, heure de Paris.", "The match kicks off at 6:45 pm GMT."),
        Example("Rendez-vous le 03/05/2022.", "The appointment is on 05/03/2022."),
        Example("Au XIXe siècle et jusqu’aux années 80.", "In the nineteenth century and until the 1980s."),
        Example("Le « Black Friday » tombe ce lundi.", "Black Friday sales start this week."),
        Example("Ils se verront ⟦demain⟧.", "They met ⟦yesterday⟧."),
        Example("Il a roulé 8 heures et dort jusqu’à midi.", "He drove for 8 hours and slept until noon."),
    ),
)
