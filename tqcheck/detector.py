"""What a detector is: one immutable value with its documentation, its examples and one function."""

from __future__ import annotations

import bisect
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

from tqcheck.languages import glossaries
from tqcheck.model import Bitext, Document, Finding, GlossaryTerm, Pair, Span
from tqcheck.mqm import Category, Severity

Find = Callable[["Detector", Bitext], Iterable[Finding]]
HEADINGS = ("Why it matters", "What it does not see", "When to ignore it", "Source")


@dataclass(frozen=True, slots=True)
class Example:
    """A French text and its English, with ``⟦…⟧`` around the words that must be found; no mark: silence is owed.

    Several lines are several pairs in order; an empty line on one side is an empty segment there. Where the French has
    marks they must be found as well. ``forward`` and ``back`` are recorded machine translations, a line a pair.
    ``glossary`` is the one that the rule has. ``read`` is what a language model made of the two texts (recorded).
    """

    source: str
    target: str
    forward: str | None = None
    back: str | None = None
    glossary: tuple[GlossaryTerm, ...] = ()
    read: tuple[str, str] | None = None

    @property
    def silent(self) -> bool:
        return "⟦" not in self.source + self.target


@dataclass(frozen=True, slots=True)
class Detector:
    """A rule. ``rule`` is the file's name with hyphens and stays for ever; category and severity are its usual ones.

    ``find`` gets the detector itself and the bitext. ``on``: whether it runs unless switched off, which takes a
    precision published in docs/detectors.md. ``uses_mt``: does nothing without machine translation.
    ``uses_lm``: does nothing where no language model has read the pair.
    ``glossary``: the terms of a rule that is about them; it does nothing without any.
    """

    rule: str
    doc: str
    category: Category
    severity: Severity
    find: Find
    examples: tuple[Example, ...]
    on: bool = True
    uses_mt: bool = False
    uses_lm: bool = False
    glossary: tuple[GlossaryTerm, ...] = ()
    general: bool = False
    """Whether it says that words are wrong and not how: then it is silent where another rule finds as much in them."""

    def finding(
        self,
        pair: Pair,
        *,
        message: str,
        confidence: float,
        source: Span | None = None,
        target: Span | None = None,
        suggestion: str | None = None,
        evidence: Sequence[str] = (),
        severity: Severity | None = None,
        category: Category | None = None,
    ) -> Finding:
        """A finding of this rule in ``pair``; spans are offsets in the documents."""
        return Finding(
            rule=self.rule,
            category=category or self.category,
            severity=severity or self.severity,
            confidence=confidence,
            message=message,
            pair=pair.index,
            source=source,
            target=target,
            suggestion=suggestion,
            evidence=tuple(evidence),
        )

    @property
    def summary(self) -> str:
        """The first line of the documentation."""
        return self.doc.strip().splitlines()[0].strip()

    def section(self, heading: str) -> str:
        """The text under one of HEADINGS, "" where there is none."""
        found = re.search(rf"^{re.escape(heading)}\n-+\n(.*?)(?=^[A-Z][^\n]*\n-+\n|\Z)", self.doc, re.M | re.S)
        return found[1].strip() if found else ""


def each_pair(find: Callable[[Detector, Bitext, Pair], Iterable[Finding]]) -> Find:
    """Make a detector's function out of one that looks at a pair with two sides (and may look around in the bitext)."""

    def find_all(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
        for pair in bitext.pairs:
            if pair.source.text.strip() and pair.target.text.strip():
                yield from find(detector, bitext, pair)

    return find_all


def run(detectors: Iterable[Detector], bitext: Bitext) -> tuple[Finding, ...]:
    """All findings in reading order, each with its fingerprint.

    None blames words of a detector's glossary, and none of a general detector words that another explains.
    """
    found: dict[Finding, None] = {}
    glossary: tuple[GlossaryTerm, ...] = ()
    general: set[str] = set()
    for detector in detectors:
        glossary += detector.glossary
        general |= {detector.rule} if detector.general else set()
        found |= dict.fromkeys(detector.find(detector, bitext))
    kept = glossaries.without_blame(found, bitext, glossary) if glossary else found
    return tuple(fingerprinted(sorted(_unexplained(kept, general), key=_reading_order), bitext))


def _unexplained(findings: Iterable[Finding], general: Set[str]) -> Iterator[Finding]:
    """All but those of general rules in whose English words another rule finds something as grave."""
    kept = tuple(findings)
    explained: dict[int | None, list[Finding]] = {}
    for finding in kept:
        if finding.rule not in general:
            explained.setdefault(finding.pair, []).append(finding)
    for finding in kept:
        span = finding.target
        if finding.rule not in general or not any(
            span and other.target and other.target.overlaps(span) and other.severity.at_least(finding.severity)
            for other in explained.get(finding.pair, ())
        ):
            yield finding


def _reading_order(finding: Finding) -> tuple[int, int, int, str]:
    place = finding.target or finding.source or Span(0, 0)
    return (-1 if finding.pair is None else finding.pair, place.start, -finding.severity.rank, finding.rule)


def fingerprinted(findings: Iterable[Finding], bitext: Bitext) -> Iterator[Finding]:
    """The findings of a bitext in order, each with a fingerprint.

    Rule, words and French sentence, no places: it survives text that moves and dies when its words change.

    The words are those of the finding and those of its pair's segments on the sides where it has none. The French
    sentence tells "she" for « elle » here from the same elsewhere, and stays when the English around is corrected. The
    same again gets the next number.
    """
    seen: Counter[str] = Counter()
    for finding in findings:
        pair = None if finding.pair is None else bitext.pairs[finding.pair]
        words = [
            _words(finding.source, bitext.source.text, pair.source.text if pair else ""),
            _words(finding.target, bitext.target.text, pair.target.text if pair else ""),
            _sentence(finding.source, bitext.source, pair.source.text if pair else ""),
        ]
        key = "\x1f".join((finding.rule, *words))
        number = seen[key]
        seen[key] += 1
        digest = hashlib.sha256(f"{key}\x1f{number}".encode("utf-8", "surrogatepass")).hexdigest()
        yield replace(finding, fingerprint=digest[:24])


def _words(span: Span | None, text: str, otherwise: str) -> str:
    return " ".join((otherwise if span is None else span.of(text)).split())


def _sentence(span: Span | None, document: Document, otherwise: str) -> str:
    """The sentences that ``span`` touches: the same however sentences were paired."""
    if span is None:
        return " ".join(otherwise.split())
    first = bisect.bisect_right(document.segments, span.start, key=lambda part: part.span.end)
    last = bisect.bisect_left(document.segments, span.end, key=lambda part: part.span.start)
    touched = (part.text for part in document.segments[first:last] if part.span.overlaps(span))
    return " ".join(" ".join(touched).split())
