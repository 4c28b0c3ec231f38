"""What is said of two texts: findings, scores, a verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from tqcheck.model.pairs import Bitext
from tqcheck.model.texts import Span
from tqcheck.mqm import Category, Severity


@dataclass(frozen=True, slots=True)
class GlossaryTerm:
    """An entry of a glossary: a French term and what it is in English.

    ``allowed`` are the ways to say it, the preferred one first; ``forbidden`` those that are never right for it.
    ``unchanged``: the French words themselves stand in the English. ``place``: where the entry is ("terms.tsv:12").
    """

    french: str
    allowed: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    note: str = ""
    unchanged: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: these words, this is wrong, because, and this is what the French says.

    ``source`` or ``target`` is None where that side has no place. ``confidence`` (0 to 1) is the measured precision of
    the rule in such a case. ``evidence``: one sentence each. ``fingerprint`` is filled in by ``tqcheck.detector.run``.
    """

    rule: str
    category: Category
    severity: Severity
    confidence: float
    message: str
    pair: int | None
    source: Span | None
    target: Span | None
    suggestion: str | None = None
    evidence: tuple[str, ...] = ()
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A number with the signature that says how it was made. ``value`` None: could not be computed."""

    name: str
    value: float | None
    signature: str


@dataclass(frozen=True, slots=True)
class PairScores:
    """What was measured of one pair. ``quality``: 0 to 1, the probability that an expert marks no major error."""

    quality: float
    scores: tuple[Score, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the gate lets the translation pass, and if not, why: one sentence a reason.

    ``findings``: the fingerprints of those that broke a limit.
    """

    passed: bool
    reasons: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why a finding does not count in the gate, though reports show it.

    ``kind``: ``dismissed`` (an editor's decision), ``baseline``, ``inline`` or ``ignored``; ``reason`` as it was given.
    """

    kind: str
    reason: str = ""


@dataclass(frozen=True)
class Report:
    """All that a renderer sees. ``pair_scores`` is parallel to ``bitext.pairs``; ``notes`` are one-line remarks.

    ``suppressions``, by fingerprint, names the findings that do not count in the gate.
    """

    bitext: Bitext
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...]
    pair_scores: Sequence[PairScores]
    verdict: Verdict
    provenance: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()
    suppressions: Mapping[str, Suppression] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def counted(self) -> tuple[Finding, ...]:
        """The findings that count in the gate."""
        return tuple(finding for finding in self.findings if finding.fingerprint not in self.suppressions)


@dataclass(frozen=True, slots=True)
class Failure:
    """A pair of files of a run that could not be checked, and the message for the user."""

    source: str
    target: str
    message: str


@dataclass(frozen=True)
class Desk:
    """Many reports of one run, the pairs that could not be checked, and one-line remarks on all of them."""

    reports: tuple[Report, ...]
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every pair was checked and its gate let it pass."""
        return not self.failures and all(report.verdict.passed for report in self.reports)
