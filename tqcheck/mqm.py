"""MQM error categories and severities.

Source: Multidimensional Quality Metrics (MQM), the error typology of https://themqm.org and of ASTM F43; the four
severity levels and their penalty weights follow MQM 2.0 (neutral 0, minor 1, major 5, critical 25).
"""

from __future__ import annotations

from enum import StrEnum


class Category(StrEnum):
    """An MQM path, dimension first. The value is what JSON, SARIF and the reports show."""

    MISTRANSLATION = "accuracy/mistranslation"
    OMISSION = "accuracy/omission"
    ADDITION = "accuracy/addition"
    UNTRANSLATED = "accuracy/untranslated"
    TERMINOLOGY = "terminology/wrong-term"
    INCONSISTENT_TERM = "terminology/inconsistent-use"
    GRAMMAR = "linguistic-conventions/grammar"
    SPELLING = "linguistic-conventions/spelling"
    PUNCTUATION = "linguistic-conventions/punctuation"
    UNINTELLIGIBLE = "linguistic-conventions/unintelligible"
    DUPLICATION = "linguistic-conventions/duplication"
    REGISTER = "style/register"
    UNIDIOMATIC = "style/unidiomatic"
    NUMBER_FORMAT = "locale-conventions/number-format"
    DATE_FORMAT = "locale-conventions/date-format"
    LOCALE_PUNCTUATION = "locale-conventions/punctuation"
    STRUCTURE = "design-and-markup/structure"


class Severity(StrEnum):
    """How much an error hurts. Ordered: ``Severity.MINOR < Severity.MAJOR``."""

    NEUTRAL = "neutral"
    MINOR = "minor"
    MAJOR = "major"
    CRITICAL = "critical"

    @property
    def weight(self) -> int:
        """The penalty points of MQM 2.0."""
        return (0, 1, 5, 25)[self.rank]

    @property
    def rank(self) -> int:
        """0 for neutral to 3 for critical."""
        return list(Severity).index(self)

    def at_least(self, other: Severity) -> bool:
        """Whether this severity is as high as ``other`` or higher."""
        return self.rank >= other.rank
