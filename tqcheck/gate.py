"""Findings, scores and limits -> the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from tqcheck.model import Finding, Report, Score, Verdict
from tqcheck.mqm import Category, Severity


@dataclass(frozen=True)
class Limits:
    """What one article may have at most and must have at least; None and absent: no limit.

    ``severities`` and ``rules``: findings of that severity, or of that rule, at most. ``omissions``: findings of
    something left out, at most. ``quality`` (0 to 1) and ``chrf`` (0 to 100): of the whole article, at least.
    """

    severities: Mapping[Severity, int] = field(default_factory=lambda: MappingProxyType({}))
    rules: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    omissions: int | None = None
    quality: float | None = None
    chrf: float | None = None

    def over(self, below: Limits) -> Limits:
        """These limits, and where there is none those of ``below``."""
        return Limits(
            severities=MappingProxyType({**below.severities, **self.severities}),
            rules=MappingProxyType({**below.rules, **self.rules}),
            omissions=below.omissions if self.omissions is None else self.omissions,
            quality=below.quality if self.quality is None else self.quality,
            chrf=below.chrf if self.chrf is None else self.chrf,
        )


def limits(fail_on: Severity | None, given: Limits | None = None) -> Limits:
    """No finding of the severity ``fail_on`` or of a higher one, but as ``given`` says; None lets everything pass."""
    if fail_on is None:
        return Limits()
    none_of = {severity: 0 for severity in Severity if severity.at_least(fail_on)}
    return (given or Limits()).over(Limits(severities=none_of))


def judge(findings: Iterable[Finding], allowed: Limits, scores: Sequence[Score] = ()) -> Verdict:
    """The verdict on the findings that count and the scores of an article.

    One reason in plain words for each limit that is broken: severities first, the highest at the head; none where it
    passed. A score that a limit needs and that could not be computed breaks it.
    """
    broken = tuple(_broken(tuple(findings), allowed))
    reasons = [_too_many(*group) for group in broken]
    reasons += _scores({score.name: score.value for score in scores}, allowed)
    against = dict.fromkeys(finding.fingerprint for _, found, _ in broken for finding in found)
    return Verdict(not reasons, tuple(reasons), tuple(against))


def settle(report: Report, allowed: Limits) -> Report:
    """The report with the verdict on its findings that count."""
    return replace(report, verdict=judge(report.counted, allowed, report.scores))


Broken = tuple[str, Sequence[Finding], int]
"""What is limited, the findings that are too many, and how many may be there."""


def _broken(findings: Sequence[Finding], allowed: Limits) -> Iterator[Broken]:
    for severity in reversed(Severity):
        found = [finding for finding in findings if finding.severity is severity]
        if len(found) > allowed.severities.get(severity, len(found)):
            yield f"{severity} finding", found, allowed.severities[severity]
    for rule, most in sorted(allowed.rules.items()):
        found = [finding for finding in findings if finding.rule == rule]
        if len(found) > most:
            yield f"{rule} finding", found, most
    found = [finding for finding in findings if finding.category is Category.OMISSION]
    if allowed.omissions is not None and len(found) > allowed.omissions:
        yield "omission", found, allowed.omissions


def _too_many(what: str, found: Sequence[Finding], most: int) -> str:
    return f"{len(found)} {what}{'' if len(found) == 1 else 's'}, at most {most} allowed"


def _scores(values: Mapping[str, float | None], allowed: Limits) -> Iterator[str]:
    for name, shown, least, digits in (("quality", "quality", allowed.quality, 2), ("chrf", "chrF", allowed.chrf, 1)):
        if least is None:
            continue
        value = values.get(name)
        if value is None:
            why = ", as there is no machine translation to compare with" if name == "chrf" else ""
            yield f"{shown} could not be computed{why}, and at least {least:g} is asked for"
        elif value < least:
            yield f"{shown} is {_below(value, least, digits)}, at least {least:g} asked for"


def _below(value: float, least: float, digits: int) -> str:
    """``value`` with so many digits that it is seen to be below ``least``."""
    while digits < 6 and round(value, digits) >= least:
        digits += 1
    return f"{value:.{digits}f}"
