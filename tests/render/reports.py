"""Reports built by hand: documents from pairs of strings, tokens by a regular expression, findings by their words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import settings

from tqcheck.model import (
    Bitext,
    Block,
    Document,
    Finding,
    Link,
    Pair,
    PairScores,
    Report,
    Score,
    Segment,
    Span,
    Token,
    Verdict,
)
from tqcheck.mqm import Category, Severity

# Drawing is slow where many workers share a machine; a law is no stopwatch.
LAW = settings(max_examples=50, deadline=None)
TOKEN = re.compile(r"\w+|[^\w\s]")


def document(path: str, lang: str, texts: Sequence[str], separator: str = "\n") -> tuple[Document, tuple[Segment, ...]]:
    """A document of one segment a text (a sentence, unless it is empty), and these segments."""
    tokens: list[Token] = []
    segments: list[Segment] = []
    start = sentence = 0
    for text in texts:
        own = [
            Token(len(tokens) + n, Span(start + m.start(), start + m.end()), m[0], m[0].lower(), "X", "", "dep", 0, "")
            for n, m in enumerate(TOKEN.finditer(text))
        ]
        tokens += own
        numbers = (sentence,) if text else ()
        sentence += len(numbers)
        segments.append(Segment(Span(start, start + len(text)), text, tuple(own), numbers, 0))
        start += len(text) + len(separator)
    whole = separator.join(texts)
    blocks = (Block(Span(0, len(whole)), "paragraph"),)
    filled = tuple(segment for segment in segments if segment.text)
    return Document(path, lang, whole, filled, tuple(tokens), blocks), tuple(segments)


def bitext(rows: Sequence[tuple[str, str]], *, separator: str = "\n") -> Bitext:
    source, french = document("article.fr.txt", "fr", [row[0] for row in rows], separator)
    target, english = document("article.en.txt", "en", [row[1] for row in rows], separator)
    sides = enumerate(zip(french, english, strict=True))
    pairs = tuple(Pair(index, fr, en, alignment=0.9 if fr.text and en.text else None) for index, (fr, en) in sides)
    return Bitext(source, target, pairs)


def finding(
    text: Bitext,
    pair: int | None,
    rule: str,
    severity: Severity = Severity.MAJOR,
    *,
    source: str | None = None,
    target: str | None = None,
    message: str = "This is wrong.",
    suggestion: str | None = None,
    evidence: tuple[str, ...] = (),
    category: Category = Category.MISTRANSLATION,
    confidence: float = 0.9,
) -> Finding:
    """A finding on the first place of the given words in the pair (in the document, where ``pair`` is None)."""
    here = None if pair is None else text.pairs[pair]
    return Finding(
        rule=rule,
        category=category,
        severity=severity,
        confidence=confidence,
        message=message,
        pair=pair,
        source=_place(source, text.source.text, here.source if here else None),
        target=_place(target, text.target.text, here.target if here else None),
        suggestion=suggestion,
        evidence=evidence,
        fingerprint=hashlib.sha256(f"{rule}{pair}{source}{target}".encode("utf-8", "surrogatepass")).hexdigest()[:24],
    )


def _place(words: str | None, text: str, segment: Segment | None) -> Span | None:
    if words is None:
        return None
    start = text.index(words, segment.span.start if segment else 0)
    assert segment is None or start + len(words) <= segment.span.end, f"{words!r} is not in the pair"
    return Span(start, start + len(words))


def report(
    text: Bitext,
    findings: Sequence[Finding] = (),
    *,
    passed: bool = True,
    reasons: tuple[str, ...] = (),
    notes: tuple[str, ...] = (),
    scores: tuple[Score, ...] = (),
    qualities: Sequence[float] | None = None,
    provenance: Mapping[str, object] | None = None,
) -> Report:
    qualities = [0.9] * len(text.pairs) if qualities is None else qualities
    measured = tuple(PairScores(value, (Score("chrf2", 61.25, "sig"),)) for value in qualities)
    return Report(text, tuple(findings), scores, measured, Verdict(passed, reasons), provenance or {}, notes)


def with_pair(text: Bitext, index: int, **changes: object) -> Bitext:
    """The bitext with some fields of one pair changed."""
    pairs = list(text.pairs)
    pairs[index] = replace(pairs[index], **changes)  # type: ignore[arg-type]
    return replace(text, pairs=tuple(pairs))


def links(pair: Pair, *words: tuple[str, str]) -> tuple[Link, ...]:
    """Links between the first tokens of these texts."""
    return tuple(
        Link(
            next(token.index for token in pair.source.tokens if token.text == source),
            next(token.index for token in pair.target.tokens if token.text == target),
            0.9,
        )
        for source, target in words
    )


# A report of many kinds of findings, invented for these tests: an article about a bridge.
ROWS = (
    ("Un pont s'effondre à Rouvray", "A bridge collapses in Rouvray"),
    (
        "La préfète a annoncé mardi la fermeture du pont. Elle durera 12 semaines.",
        "The prefect announced on Tuesday the closing of the bridge. She will last 13 weeks.",
    ),
    ("Aucun blessé n'est à déplorer.", ""),
    (
        "Actuellement, les engins du 3e bataillon dégagent la rivière.",
        "Eventually, the engines of the 3rd Bataillon clear the the river.",
    ),
    ("Le maire, Paul Ménard, n'a pas souhaité répondre.", "The mayor, Paul Menard, did not wish to answer."),
    ("Le trafic est dévié par Saint-Ouen.", "Traffic is diverted through Saint-Ouen : expect delays."),
)


def bridge() -> Report:
    text = with_pair(bitext(ROWS), 4, moved=True)
    text = with_pair(text, 1, links=links(text.pairs[1], ("Elle", "She"), ("durera", "last"), ("semaines", "weeks")))
    findings = (
        finding(
            text,
            1,
            "pronoun-antecedent",
            source="Elle",
            target="She",
            message="« Elle » stands for « la fermeture », a thing: “it”, not “she”.",
            suggestion="It",
            evidence=("« durera » has a length of time, which a person has not.",),
            confidence=0.94,
        ),
        finding(
            text,
            1,
            "number-mismatch",
            Severity.CRITICAL,
            source="12",
            target="13",
            message="The French says 12.",
            suggestion="12",
            confidence=0.99,
        ),
        finding(
            text,
            2,
            "omission",
            source=ROWS[2][0],
            message="Nothing in the English says this.",
            category=Category.OMISSION,
        ),
        finding(
            text,
            3,
            "false-friend",
            source="Actuellement",
            target="Eventually",
            message="« actuellement » is “currently”.",
            suggestion="Currently",
        ),
        finding(text, 3, "false-friend", source="engins", target="engines", message="Machines.", suggestion="machines"),
        finding(text, 3, "untranslated", Severity.MINOR, source="bataillon", target="Bataillon", message="French."),
        finding(text, 3, "doubled-word", Severity.MINOR, target="the the", message="“the” twice.", suggestion="the"),
        finding(text, 5, "typography", Severity.NEUTRAL, target=" :", message="A blank before a colon is French."),
    )
    return report(
        text,
        findings,
        passed=False,
        reasons=("1 critical and 4 major findings, at most 0 allowed",),
        notes=('No machine translation: install one with pip install "tqcheck[hub]".',),
        scores=(Score("adequacy", 0.8312, "use-m3"), Score("length-ratio", 1.0521, "characters")),
        qualities=(0.97, 0.12, 0.05, 0.33, 0.91, 0.88),
        provenance={"engines": {"forward": None}, "versions": ("tqcheck 0.1.0",)},
    )
