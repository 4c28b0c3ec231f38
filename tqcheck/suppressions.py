"""Findings that do not count in the gate: comments in the texts, and entries of the settings with an end date."""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.model import Bitext, Comment, Document, Finding, Report, Span, Suppression

INLINE = "inline"
IGNORED = "ignored"

_DIRECTIVE = re.compile(r"tqcheck\s*:\s*(?P<verb>[\w-]+)(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_IGNORE = re.compile(
    r"\s+(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)\s*(?:[:\N{EN DASH}\N{EM DASH}]|--)\s*(?P<reason>\S.*)", re.DOTALL
)
_SPOKEN = re.compile(r"\btqcheck\s*:\s*ignore\b", re.IGNORECASE)
_FORM = "write tqcheck: ignore RULE: reason"
_ELSE = "where a format has no comments, [[ignore]] in the settings does it"


class Suppressed(NamedTuple):
    """Fingerprint -> why the finding does not count, and remarks for the user."""

    by_fingerprint: Mapping[str, Suppression]
    notes: tuple[str, ...] = ()


Suppressor = Callable[[Report], Suppressed]


@dataclass(frozen=True, slots=True)
class Ignore:
    """An entry of the settings: the findings that fit all of what is given, up to and with the day ``until``.

    ``path`` is a pattern of the translation's name seen from the settings; ``words`` stand in the words of the finding
    on either side; ``place`` is where the entry stands.
    """

    reason: str
    until: date
    rule: str | None = None
    path: str | None = None
    words: str | None = None
    fingerprint: str | None = None
    place: str = ""

    def fits(self, finding: Finding, bitext: Bitext, name: str) -> bool:
        """Whether a finding in the translation ``name`` is meant."""
        if self.rule not in (None, finding.rule) or self.fingerprint not in (None, finding.fingerprint):
            return False
        if self.path is not None and not (fnmatchcase(name, self.path) or fnmatchcase(name, f"{self.path}/*")):
            return False
        return self.words is None or self.words.casefold() in _words(finding, bitext).casefold()


def apply(report: Report, suppressors: Iterable[Suppressor]) -> Report:
    """The report with what the suppressors name; the first one to name a finding says why. Its verdict stays."""
    found = dict(report.suppressions)
    notes = list(report.notes)
    for suppressor in suppressors:
        named = suppressor(report)
        found = {**named.by_fingerprint, **found}
        notes += named.notes
    return replace(report, suppressions=MappingProxyType(found), notes=tuple(notes))


def entries(ignores: Iterable[Ignore], today: date, name: str) -> Suppressor:
    """The entries of the settings that still hold, for the translation ``name``."""
    holding = tuple(ignore for ignore in ignores if today <= ignore.until)

    def named(report: Report) -> Suppressed:
        found: dict[str, Suppression] = {}
        for finding in report.findings:
            entry = next((ignore for ignore in holding if ignore.fits(finding, report.bitext, name)), None)
            if entry is not None:
                found[finding.fingerprint] = Suppression(IGNORED, f"{entry.reason} (until {entry.until})")
        return Suppressed(found)

    return named


def ended(ignores: Iterable[Ignore], today: date) -> Iterator[str]:
    """A remark on every entry that holds no more."""
    for ignore in ignores:
        if today > ignore.until:
            what = ignore.rule or ignore.words or ignore.fingerprint
            where = f" at {ignore.place}" if ignore.place else ""
            yield f"the ignore entry for {what}{where} ended on {ignore.until}: what it covered counts again"


def comments(rules: frozenset[str]) -> Suppressor:
    """The comments in both texts that say ``tqcheck: ignore RULE: reason``; ``rules`` are all that there are."""

    def named(report: Report) -> Suppressed:
        found: dict[str, Suppression] = {}
        notes: list[str] = []
        for document, other in ((report.bitext.source, False), (report.bitext.target, True)):
            places = _places(report, target=other)
            for comment in document.comments:
                directive = _directive(comment, document, rules)
                if isinstance(directive, str):
                    notes.append(directive)
                elif directive is not None:
                    covered = list(_covered(directive, _scope(comment, document), places))
                    found |= {finding.fingerprint: Suppression(INLINE, directive.reason) for finding in covered}
                    if not covered:
                        notes.append(
                            f"{_where(comment, document)}: nothing here to ignore for {', '.join(directive.rules)}"
                        )
            notes += _unheard(document)
        return Suppressed(found, tuple(notes))

    return named


def _unheard(document: Document) -> Iterator[str]:
    """A remark on words that look like such a comment and are a part of the text: plain text has no comments."""
    for spoken in _SPOKEN.finditer(document.text):
        line, _ = document.line_column(spoken.start())
        yield f"{document.path}:{line}: this is a part of the text and no comment, so it ignores nothing; {_ELSE}"


class _Directive(NamedTuple):
    rules: tuple[str, ...]
    reason: str


def _directive(comment: Comment, document: Document, rules: frozenset[str]) -> _Directive | str | None:
    """What a comment asks for, a remark where that is not clear, None where it does not speak to us."""
    spoken = _DIRECTIVE.fullmatch(comment.text.strip())
    if spoken is None:
        return None
    where = _where(comment, document)
    asked = _IGNORE.fullmatch(spoken["rest"])
    if spoken["verb"].lower() != "ignore" or asked is None:
        return f"{where}: this comment ignores nothing; {_FORM}"
    names = tuple(name.strip() for name in asked["rules"].split(","))
    unknown = [name for name in names if name not in rules]
    if unknown:
        return f"{where}: there is no rule {unknown[0]}, so this comment ignores nothing; tqcheck detectors lists them"
    return _Directive(names, " ".join(asked["reason"].split()))


def _where(comment: Comment, document: Document) -> str:
    return f"{document.path}:{document.line_column(comment.span.start)[0]}"


def _scope(comment: Comment, document: Document) -> Span:
    """The block that a comment stands in or behind on one line, or else the next one; behind the last one nothing."""
    blocks = document.blocks
    line = document.text.rfind("\n", 0, comment.span.start) + 1
    number = bisect.bisect_left(blocks, line, key=lambda block: block.span.end)
    return blocks[number].span if number < len(blocks) else Span(len(document.text), len(document.text))


def _places(report: Report, *, target: bool) -> list[tuple[Span, Finding]]:
    """The findings by their places on one side, or those of their pairs there, in the order of the text."""
    found = []
    for finding in report.findings:
        if finding.pair is not None:
            pair = report.bitext.pairs[finding.pair]
            own, whole = (finding.target, pair.target.span) if target else (finding.source, pair.source.span)
            found.append((whole if own is None else own, finding))
    return sorted(found, key=lambda item: item[0].start)


def _covered(directive: _Directive, scope: Span, places: Sequence[tuple[Span, Finding]]) -> Iterator[Finding]:
    first = bisect.bisect_left(places, scope.start, key=lambda item: item[0].start)
    last = bisect.bisect_right(places, scope.end, key=lambda item: item[0].start)
    for place, finding in places[first:last]:
        if finding.rule in directive.rules and (place.start < scope.end or not place.length):
            yield finding


def _words(finding: Finding, bitext: Bitext) -> str:
    sides = ((finding.source, bitext.source), (finding.target, bitext.target))
    return "\n".join(" ".join(span.of(document.text).split()) for span, document in sides if span is not None)
