"""Plain words for a newspaper's editor: severities, categories, scores, the verdict in a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from tqcheck.model import Finding, Report, Suppression
from tqcheck.mqm import Category, Severity
from tqcheck.render import overview

SEVERITIES: Mapping[Severity, str] = MappingProxyType(
    {
        Severity.CRITICAL: "misleads or harms the reader",
        Severity.MAJOR: "the meaning suffers",
        Severity.MINOR: "noticed, but understood",
        Severity.NEUTRAL: "worth a look",
    }
)
"""What MQM means by each, the gravest first."""

_CATEGORIES = {
    Category.INCONSISTENT_TERM: "Inconsistent term",
    Category.NUMBER_FORMAT: "Number format",
    Category.DATE_FORMAT: "Date format",
    Category.LOCALE_PUNCTUATION: "Foreign punctuation",
    Category.UNIDIOMATIC: "Unidiomatic",
}

# By the words of the score's name; the first that fits is taken. {other}: the text that it is compared with.
_EXPLAINED = (
    (
        ("chrf", "chrf2"),
        "Pieces of words shared with {other}. 100 is the same text; a good human translation may have 50.",
    ),
    (("bleu",), "Runs of words shared with {other}. 100 is the same text; a good human translation may have 30."),
    (("ter",), "Edits for every hundred words to turn it into {other}. 0 is the same text."),
    (("adequacy", "similarity"), "How near the two texts are in meaning, passage by passage. 1 is nearest."),
    (("ratio",), "Length of the English, the French being 1. News is usually near 0.86."),
    (("coverage",), "Share of the words that have a counterpart in the other text. 1 is all of them."),
    (("quality",), "The chance that an expert would mark no major error in a passage. 1 is best."),
)


def category(value: Category) -> str:
    """``accuracy/wrong-term`` as "Wrong term"."""
    return _CATEGORIES.get(value) or value.rpartition("/")[2].replace("-", " ").capitalize()


def explained(name: str) -> str:
    """What a score means, "" where it is not known."""
    words = re.findall(r"[a-z0-9]+", name.casefold())
    other = "the French, once translated back" if "back" in words else "a machine's English"
    for names, meaning in _EXPLAINED:
        if any(word in names for word in words):
            side = "English" if "back" in words else "French"
            meaning = meaning.replace("Share of the words", f"Share of the {side} words")
            return meaning.format(other=other)
    return ""


def verdict(report: Report) -> str:
    """One sentence: whether it passes, and what there is to see. A number does not part from what it counts."""
    return re.sub(r"(?<=\d) ", "\u00a0", _verdict(report))


def _verdict(report: Report) -> str:
    counted = report.counted
    pairs = len(report.bitext.pairs)
    where = "1 passage" if pairs == 1 else f"{pairs} passages"
    if report.verdict.passed:
        if not counted:
            return f"This translation passes: nothing to report in {where}."
        return f"This translation passes, with {_some(counted)} in {where}."
    if report.verdict.reasons:
        return f"This translation does not pass yet: {_together(report.verdict.reasons)}."
    return f"This translation does not pass yet: {_some(counted)} in {where}."


def _some(findings: Sequence[Finding]) -> str:
    present = {finding.severity for finding in findings}
    if len(present) == 1:
        (severity,) = present
        return overview.counted(findings).replace(" ", f" {severity} ", 1)
    return f"{overview.counted(findings)} ({overview.by_severity(findings)})"


def _together(reasons: Sequence[str]) -> str:
    """The reasons in a row; the gate's own way of saying that none is allowed, as a person would say it."""
    said = [re.sub(r", at most 0 allowed$", "", reason.rstrip(".")) for reason in reasons]
    return said[0] if len(said) == 1 else f"{', '.join(said[:-1])} and {said[-1]}"


_SUPPRESSED = {
    "dismissed": "Dismissed",
    "baseline": "Known before (baseline)",
    "inline": "Silenced in the text",
    "ignored": "Ignored by the settings",
}


def suppressed(suppression: Suppression) -> str:
    """Why a finding does not count, as its card says it."""
    name = _SUPPRESSED.get(suppression.kind, suppression.kind.capitalize())
    return f"{name}: {suppression.reason}" if suppression.reason else name
