"""A report as data: JSON with a fixed order of keys.

The form is described key by key in docs/report.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Set
from enum import Enum
from numbers import Integral, Real

from tqcheck.model import Desk, Document, Finding, Pair, PairScores, Report, Segment, Span, TextScores
from tqcheck.render.look import Look
from tqcheck.render.visible import json_safe

REPORT_SCHEMA = "tqcheck-report/1"
DESK_SCHEMA = "tqcheck-desk/1"

# Digits kept of every number: more than any measure means, fewer than differ between two machines.
DIGITS = 6

WORD_DIGITS = 2
"""Of a word's log-probability: the third differs between two machines, and between a cached answer and a new one."""

# The four numbers of a word on one line. A string holds no line break, so that this is the writer's own.
_WORD = re.compile(r"\[\s+(\d+),\s+(\d+),\s+(-?\d+\.\d+),\s+(-?\d+\.\d+)\s+\]")


def to_json(report: Report, *, links: bool = False, indent: int | None = 2) -> str:
    """The report as ``tqcheck-report/1``, ending in a newline.

    ``links`` adds the word links of each pair as two ranges of offsets. ``indent`` None gives one line. Raises
    ValueError for a report that breaks its own promises (a quality that is not a number, scores missing for a pair).
    """
    return "".join(_written(_report(report, links), indent))


def page(report: Report, look: Look) -> str:
    """The report as JSON, which looks the same everywhere."""
    return to_json(report)


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The page a pair at a time: that of a long text takes ten times the memory of the text."""
    return _written(_report(report), 2)


def desk_page(desk: Desk, look: Look) -> str:
    """Many reports as ``tqcheck-desk/1``: those of the desk, each as ``tqcheck-report/1``, and what was not checked."""
    data = {
        "schema": DESK_SCHEMA,
        "tool": _tool(),
        "passed": desk.passed,
        "notes": list(desk.notes),
        "failures": [
            {"source": failure.source, "target": failure.target, "message": failure.message}
            for failure in desk.failures
        ],
        "reports": (_report(report) for report in desk.reports),
    }
    return "".join(_written(data, 2))


def _tool() -> dict[str, object]:
    from tqcheck import __version__  # here: the package may import this room

    return {"name": "tqcheck", "version": __version__}


def _report(report: Report, links: bool = False) -> dict[str, object]:
    bitext = report.bitext
    return {
        "schema": REPORT_SCHEMA,
        "tool": _tool(),
        "provenance": _plain(report.provenance),
        "source": _document(bitext.source),
        "target": _document(bitext.target),
        "verdict": {"passed": report.verdict.passed, "reasons": list(report.verdict.reasons)},
        "notes": list(report.notes),
        "scores": [{"name": s.name, "value": number(s.value), "signature": s.signature} for s in report.scores],
        "pairs": (_pair(pair, scores, links) for pair, scores in zip(bitext.pairs, report.pair_scores, strict=True)),
        "findings": (_finding(finding, report) for finding in report.findings),
    }


def _document(document: Document) -> dict[str, object]:
    return {"path": document.path, "lang": document.lang}


def _pair(pair: Pair, measured: PairScores, links: bool) -> dict[str, object]:
    data: dict[str, object] = {
        "index": pair.index,
        "document": pair.document,
        "source": _segment(pair.source),
        "target": _segment(pair.target),
        "alignment": number(pair.alignment),
        "moved": pair.moved,
        "quality": _quality(measured.quality, pair.index),
        "mt": _translations(pair),
        "scores": {score.name: number(score.value) for score in measured.scores},
    }
    if pair.source_scores is not None and pair.target_scores is not None:
        data["word_scores"] = {
            "source": _words(pair.source, pair.source_scores),
            "target": _words(pair.target, pair.target_scores),
        }
    if links:
        data["links"] = _links(pair)
    return data


def _segment(segment: Segment) -> dict[str, object]:
    return {
        "text": segment.text,
        "start": segment.span.start,
        "end": segment.span.end,
        "sentences": list(segment.sentences),
    }


def _quality(value: float, index: int) -> float:
    if not math.isfinite(value):
        raise ValueError(f"the quality of pair {index} is not a number: {value}")
    return round(min(1.0, max(0.0, value)), DIGITS)


def _translations(pair: Pair) -> dict[str, object] | None:
    if pair.forward is None and pair.back is None:
        return None
    data: dict[str, object] = {
        "forward": None if pair.forward is None else pair.forward.text,
        "back": None if pair.back is None else pair.back.text,
    }
    if pair.forward is not None and pair.forward.is_first_reading:
        data["first_reading"] = True
    return data


def _links(pair: Pair) -> list[object]:
    """``[[start, end], [start, end]]``: a French token and the English one that it stands behind."""
    found: list[object] = []
    for link in pair.links:
        source, target = pair.source.token(link.source), pair.target.token(link.target)
        if source is not None and target is not None:
            found.append([[source.span.start, source.span.end], [target.span.start, target.span.end]])
    return found


def _words(segment: Segment, scores: TextScores) -> list[object]:
    """``[start, end, given, alone]`` for each token that has a score."""
    return [
        [token.span.start, token.span.end, _logarithm(word.given), _logarithm(word.alone)]
        for token, word in zip(segment.tokens, scores.words, strict=True)
        if word is not None
    ]


def _logarithm(value: float) -> float:
    return round(float(value), WORD_DIGITS) + 0.0  # no -0.0


def _finding(finding: Finding, report: Report) -> dict[str, object]:
    bitext = report.bitext
    suppression = report.suppressions.get(finding.fingerprint)
    return {
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "category": str(finding.category),
        "severity": str(finding.severity),
        "confidence": number(finding.confidence),
        "message": finding.message,
        "pair": finding.pair,
        "source": _place(finding.source, bitext.source),
        "target": _place(finding.target, bitext.target),
        "suggestion": finding.suggestion,
        "evidence": list(finding.evidence),
        "suppressed": None if suppression is None else {"kind": suppression.kind, "reason": suppression.reason},
    }


def _place(span: Span | None, document: Document) -> dict[str, object] | None:
    if span is None:
        return None
    line, column = document.line_column(span.start)
    place = {"start": span.start, "end": span.end, "text": span.of(document.text), "line": line, "column": column}
    unit = document.unit(span.start)
    return {**place, "unit": unit} if unit else place


def number(value: float | None) -> float | None:
    """JSON has no NaN and no infinity: what could not be computed is null."""
    if value is None or not math.isfinite(value):
        return None
    return round(float(value), DIGITS)


def _plain(value: object) -> object:
    """``value`` in the types of JSON, mappings and sequences all the way down; anything else as its text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, Set):
        return sorted((_plain(inner) for inner in value), key=str)
    if isinstance(value, (list, tuple)):
        return [_plain(inner) for inner in value]
    if isinstance(value, Enum):
        return _plain(value.value)
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, Integral):
        return int(value)
    if isinstance(value, Real):  # numpy's numbers are registered as these
        return number(float(value))
    return str(value)


def _written(data: object, indent: int | None) -> Iterator[str]:
    """JSON as the standard library writes it, in pieces: what is given as an iterator is a list, an item at a time."""
    yield from _parts(data, indent, 0)
    yield "\n"


def _parts(value: object, indent: int | None, depth: int) -> Iterator[str]:
    line, end = ("", "") if indent is None else ("\n" + " " * indent * (depth + 1), "\n" + " " * indent * depth)
    items: Iterator[tuple[str, object]]
    if isinstance(value, Iterator):
        brackets, items = "[]", (("", inner) for inner in value)
    elif isinstance(value, dict) and any(isinstance(inner, Iterator) for inner in value.values()):
        brackets, items = "{}", ((f"{json.dumps(key)}: ", inner) for key, inner in value.items())
    else:
        yield _dumped(value, indent).replace("\n", end)
        return
    before = brackets[0]
    for key, inner in items:
        yield f"{before}{line}{key}"
        yield from _parts(inner, indent, depth + 1)
        before = ", " if indent is None else ","
    yield f"{end}{brackets[1]}" if before != brackets[0] else brackets


def _dumped(data: object, indent: int | None) -> str:
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, indent=indent)
    if indent is not None:
        text = _WORD.sub(r"[\1, \2, \3, \4]", text)
    return json_safe(text)
