"""What the page's script needs to know, as JSON in the page: findings, where words lie, links, the English text."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict

from tqcheck.decisions import SCHEMA, Decision
from tqcheck.model import Bitext, Document, Finding, Pair, Report, Segment, Span, TextScores
from tqcheck.render.html import overview, passages, wording
from tqcheck.render.html.heat import levels

SAFE_FIELDS = ("fingerprint", "status", "reason", "comment", "suggestion", "decided")


def data(report: Report, decisions: Sequence[Decision]) -> Iterator[str]:
    """The island in ASCII, in pieces; ``edits`` count UTF-16 units of the English text, ``words`` those of a side."""
    bitext = report.bitext
    known = _dumped(
        {
            "schema": SCHEMA,
            "verdict": {"passed": report.verdict.passed, "sentence": wording.verdict(report)},
            "quality": overview.mean(report.pair_scores),
            "report": fingerprint(bitext),
            "source": {"path": bitext.source.path, "lang": bitext.source.lang},
            "target": {"path": bitext.target.path, "lang": bitext.target.lang, "text": bitext.target.text},
            "findings": _findings(report.findings, bitext),
            "decisions": [_decision(decision) for decision in decisions],
        }
    )
    yield f'{known[:-1]},"words":['
    for number, pair in enumerate(bitext.pairs):
        yield ("," if number else "") + _dumped(_words(pair))
    yield "]}"


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def fingerprint(bitext: Bitext) -> str:
    """Names what decisions belong to: the French text and both files, so that a corrected English keeps them."""
    parts = (bitext.source.path, bitext.target.path, bitext.source.text)
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _decision(decision: Decision) -> dict[str, object]:
    return {key: value for key, value in asdict(decision).items() if key in SAFE_FIELDS}


def _findings(findings: Sequence[Finding], bitext: Bitext) -> list[dict[str, object]]:
    placed = [finding.target or Span(0, 0) for finding in findings]
    edits = passages.utf16(bitext.target.text, placed)
    return [
        {
            "fingerprint": finding.fingerprint,
            "rule": finding.rule,
            "severity": str(finding.severity),
            "category": str(finding.category),
            "pair": finding.pair,
            "source": _text(finding.source, bitext.source),
            "target": _text(finding.target, bitext.target),
            "suggestion": finding.suggestion,
            "edit": None if finding.target is None else edit,
        }
        for finding, edit in zip(findings, edits, strict=True)
    ]


def _text(span: Span | None, document: Document) -> str | None:
    return None if span is None else span.of(document.text)


def _words(pair: Pair) -> list[list[int]] | None:
    """Flat lists: places of the French words, of the English ones, pairs of numbers in these, heat of both sides.

    Words that neither have a link nor any heat are left out; None for a pair without any.
    """
    source_heat, target_heat = _heat(pair.source, pair.source_scores), _heat(pair.target, pair.target_scores)
    source = _numbered(pair.source, {link.source for link in pair.links} | source_heat.keys())
    target = _numbered(pair.target, {link.target for link in pair.links} | target_heat.keys())
    if not source and not target:
        return None
    links = [
        (source[link.source], target[link.target])
        for link in pair.links
        if link.source in source and link.target in target
    ]
    return [
        _flat(_places(pair.source, source)),
        _flat(_places(pair.target, target)),
        _flat(links),
        [source_heat.get(index, 0) for index in source] if source_heat else [],
        [target_heat.get(index, 0) for index in target] if target_heat else [],
    ]


def _numbered(segment: Segment, indices: Iterable[int]) -> dict[int, int]:
    """The words of a side by their index in the document: the number of each in the list that the page gets."""
    inside = sorted(index for index in indices if segment.token(index) is not None)
    return {index: number for number, index in enumerate(inside)}


def _places(segment: Segment, indices: Iterable[int]) -> list[tuple[int, int]]:
    tokens = filter(None, (segment.token(index) for index in indices))
    return passages.places(segment, [token.span for token in tokens])


def _heat(segment: Segment, scores: TextScores | None) -> dict[int, int]:
    if scores is None:
        return {}
    return {token.index: level for token, level in zip(segment.tokens, levels(scores), strict=True) if level}


def _flat(pairs: Iterable[tuple[int, int]]) -> list[int]:
    return [number for pair in pairs for number in pair]
