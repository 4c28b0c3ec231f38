"""Report -> what the template shows (`contents`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tqcheck import __version__
from tqcheck.detector import Detector
from tqcheck.model import Document, Finding, Pair, Report, Segment, Span
from tqcheck.render import scores as plain_scores
from tqcheck.render.html import difference, overview, passages, wording
from tqcheck.render.html.contents import Card, Choice, Page, Row, Score, Side, Translated
from tqcheck.render.places import place
from tqcheck.render.visible import visible

_FIRST_READING = "A machine's first reading, no translation,"
MOVED = "stands elsewhere in the English"
UNSURE = "may not belong together"
DOUBTFUL = 0.5
"""Confidence of the alignment below which a pair says so."""


def assemble(report: Report, rules: Sequence[Detector]) -> Page:
    """The page of a report; of ``rules``, those that found something are documented."""
    cards = tuple(_card(number, finding, report) for number, finding in enumerate(report.findings, 1))
    by_pair: dict[int | None, list[Card]] = {}
    for card in cards:
        by_pair.setdefault(card.finding.pair, []).append(card)
    found = {finding.rule for finding in report.findings}
    source, target = report.bitext.source, report.bitext.target
    return Page(
        title=f"{_name(target)}: {'passes' if report.verdict.passed else 'does not pass yet'}",
        version=__version__,
        passed=report.verdict.passed,
        verdict=visible(wording.verdict(report)),
        paths=(visible(source.path), visible(target.path)),
        source=source,
        target=target,
        notes=tuple(map(visible, report.notes)),
        scores=tuple(_scores(report)),
        severities=_severities(report.findings),
        categories=_categories(report.findings),
        strip=overview.strip(report),
        chart=overview.chart(report.pair_scores),
        total=len(cards),
        counted=len(report.counted),
        whole=tuple(by_pair.get(None, ())),
        rows=_rows(report, by_pair),
        rules=tuple(rule for rule in rules if rule.rule in found),
        provenance=tuple(_flat(report.provenance)),
        heat=any(pair.source_scores or pair.target_scores for pair in report.bitext.pairs),
    )


def _name(document: Document) -> str:
    return visible(document.path.replace("\\", "/").rpartition("/")[2] or document.path)


def _scores(report: Report) -> Iterator[Score]:
    signatures = {plain_scores.line(score).name: score.signature for score in report.scores}
    meanings = {plain_scores.line(score).name: wording.explained(score.name) for score in report.scores}
    for line in plain_scores.lines(report):
        meaning = meanings.get(line.name) or wording.explained(line.name) or line.meaning
        yield Score(visible(line.name), line.value, meaning, visible(signatures.get(line.name, "mean of the passages")))


def _severities(findings: Sequence[Finding]) -> tuple[Choice, ...]:
    counts = overview.counts(findings)
    return tuple(
        Choice(severity, severity.capitalize(), counts[severity], meaning)
        for severity, meaning in wording.SEVERITIES.items()
        if counts[severity]
    )


def _categories(findings: Sequence[Finding]) -> tuple[Choice, ...]:
    """The most frequent first."""
    counts = overview.counts(findings)
    present = sorted({finding.category for finding in findings}, key=lambda category: (-counts[category], category))
    return tuple(Choice(category, wording.category(category), counts[category]) for category in present)


def _card(number: int, finding: Finding, report: Report) -> Card:
    suppression = report.suppressions.get(finding.fingerprint)
    return Card(
        number=number,
        finding=finding,
        category=wording.category(finding.category),
        source=_words(finding.source, report.bitext.source),
        target=_words(finding.target, report.bitext.target),
        sure=round(100 * finding.confidence),
        place=_place(finding, report),
        kind="" if suppression is None else suppression.kind,
        suppressed="" if suppression is None else visible(wording.suppressed(suppression)),
    )


def _place(finding: Finding, report: Report) -> str:
    """``file:line:column``, with the unit where the format has some; "" for a finding about the whole text."""
    if finding.pair is None and finding.target is None:
        return ""
    found = place(finding, report.bitext)
    return visible(f"{found.path}:{found.line}:{found.column}" + (f", {found.unit}" if found.unit else ""))


def _words(span: Span | None, document: Document, longest: int = 160) -> str | None:
    """The words of a finding, their middle left out where they are many; None for none."""
    words = "" if span is None else visible(span.of(document.text))
    if not words.strip():
        return None
    return words if len(words) <= longest else f"{words[: longest // 2].rstrip()} … {words[-longest // 2 :].lstrip()}"


def _rows(report: Report, by_pair: Mapping[int | None, Sequence[Card]]) -> Iterator[Row]:
    pairs = report.bitext.pairs
    several = bool(pairs) and pairs[0].document != pairs[-1].document
    before: int | None = None
    for pair, scores in zip(pairs, report.pair_scores, strict=True):
        article = pair.document + 1 if several and pair.document != before else None
        before = pair.document
        yield _row(pair, article, scores.quality, report, by_pair.get(pair.index, ()))


def _row(pair: Pair, article: int | None, quality: float, report: Report, cards: Sequence[Card]) -> Row:
    bitext = report.bitext
    marks: tuple[list[passages.Mark], list[passages.Mark]] = ([], [])
    for card in cards:
        for side, span in zip(marks, (card.finding.source, card.finding.target), strict=True):
            if span is not None:
                side.append(passages.Mark(card.number, span, card.finding.severity))
    return Row(
        number=pair.index + 1,
        article=article,
        kind=_kind(pair, bitext.source, bitext.target),
        source=Side(bitext.source.lang, passages.pieces(pair.source, marks[0]) if pair.source.text else ()),
        target=Side(bitext.target.lang, passages.pieces(pair.target, marks[1]) if pair.target.text else ()),
        quality=quality,
        remarks=tuple(_remarks(pair)),
        translated=tuple(_translated(pair, report)),
        cards=tuple(cards),
    )


def _kind(pair: Pair, source: Document, target: Document) -> str:
    """What the passage is in its article: the kind of block that it begins."""
    side: Segment
    side, document = (pair.source, source) if pair.source.text.strip() else (pair.target, target)
    return document.blocks[side.block].kind if side.block < len(document.blocks) else "paragraph"


def _remarks(pair: Pair) -> Iterator[str]:
    if pair.moved:
        yield MOVED
    if pair.alignment is not None and pair.alignment < DOUBTFUL and pair.source.text and pair.target.text:
        yield UNSURE


def _translated(pair: Pair, report: Report) -> Iterator[Translated]:
    source, target = report.bitext.source.lang, report.bitext.target.lang
    if pair.forward is not None:
        changes = difference.changes(pair.target.text, pair.forward.text)
        what = _FIRST_READING if pair.forward.is_first_reading else "A machine's English"
        title = f"{what} of this French"
        yield Translated(title, target, visible(pair.forward.engine), changes)
    if pair.back is not None:
        changes = difference.changes(pair.source.text, pair.back.text)
        what = _FIRST_READING if pair.back.is_first_reading else "A machine's French"
        yield Translated(f"{what} of this English", source, visible(pair.back.engine), changes)


def _flat(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Provenance as rows ``models, lexicon`` and value."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}, {key}" if path else str(key))
    elif isinstance(value, (list, tuple)) and not any(isinstance(one, (Mapping, list, tuple)) for one in value):
        yield visible(path), visible(", ".join(map(str, value)))
    elif isinstance(value, (list, tuple)):
        for number, inner in enumerate(value, 1):
            yield from _flat(inner, f"{path} {number}")
    else:
        yield visible(path), "none" if value is None else visible(str(value))
