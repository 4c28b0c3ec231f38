"""How often the machine's word, where `tqcheck.evidence.both_ways` suggests it, is the right one.

    python benchmarks/suggestions.py DEMETR.jsonl.gz [--show]

DEMETR has records with "src", "good", "bad" and "kind". Taken are those of the kinds below in which one run of up to
three words was replaced by one of up to three. A finding is put on these words, and the phrase model of the package is
asked. Right is a suggestion that shares a word or a lemma of meaning with what stands in "good".
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tqcheck import pipeline
from tqcheck.annotate import annotate
from tqcheck.languages import gaps
from tqcheck.model import Block, Document, Finding, Segment, Span
from tqcheck.mqm import Category, Severity
from tqcheck.translate.bundled.engine import DATA, FILES, PhraseEngine
from tqcheck.translate.stage import translate_bitext

KINDS = ("antonym", "hypernym", "codemix", "ne_replaced")
MOST = 3
_WORD = re.compile(r"\w+(?:['’-]\w+)*|[^\w\s]")


class Replaced(NamedTuple):
    """Texts of one record, the words that are wrong and those that are right, as places in their texts."""

    source: str
    bad: str
    good: str
    wrong: Span
    right: Span


def replaced(path: Path) -> list[Replaced]:
    """The records in which one run of words was replaced by another."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        records = [record for record in map(json.loads, lines) if record["kind"] in KINDS]
    found = []
    for record in records:
        sides = [list(_WORD.finditer(record[side])) for side in ("bad", "good")]
        words = [[match[0] for match in side] for side in sides]
        changes = [c for c in difflib.SequenceMatcher(None, *words, autojunk=False).get_opcodes() if c[0] != "equal"]
        if len(changes) != 1 or changes[0][0] != "replace":
            continue
        places = sides[0][changes[0][1] : changes[0][2]], sides[1][changes[0][3] : changes[0][4]]
        if all(len(side) <= MOST and all(match[0][0].isalnum() for match in side) for side in places):
            spans = (Span(side[0].start(), side[-1].end()) for side in places)
            found.append(Replaced(record["src"], record["bad"], record["good"], *spans))
    return found


def document(texts: list[str], lang: str) -> Document:
    """Texts as the blocks of a document."""
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(Span(start, start + len(text)), "paragraph"))
        start += len(text) + 1
    return Document(f"texts.{lang}", lang, "\n".join(texts), blocks=tuple(blocks))


def meanings(segment: Segment, span: Span) -> set[str]:
    """The words and lemmas of meaning in a place of a segment's text."""
    place = Span(segment.span.start + span.start, segment.span.start + span.end)
    tokens = [token for token in segment.tokens if token.span.overlaps(place) and gaps.is_content(token)]
    return {form.lower() for token in tokens for form in (token.text, token.lemma)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("demetr", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was suggested")
    options = parser.parse_args()
    cases = replaced(options.demetr)
    tools = pipeline.Tools(detectors=())
    french, english = document([c.source for c in cases], "fr"), document([c.bad for c in cases], "en")
    bitext = pipeline.link(pipeline.pair_lines(french, english, list(range(len(cases))), tools), tools)
    bitext = translate_bitext(bitext, PhraseEngine(DATA, FILES))
    findings = []
    for pair, case in zip(bitext.pairs, cases, strict=True):
        place = Span(pair.target.span.start + case.wrong.start, pair.target.span.start + case.wrong.end)
        blank = Finding("rule", Category.MISTRANSLATION, Severity.MAJOR, 0.5, "", pair.index, None, place)
        findings.append(blank)
    read = pipeline.consult(findings, bitext)
    corrected = [case.good[: case.right.start] + (one.suggestion or "-") for case, one in zip(cases, read, strict=True)]
    good = annotate(document([case.good for case in cases], "en"), split=False).segments
    made = annotate(document(corrected, "en"), split=False).segments
    suggested = [place for place, one in enumerate(read) if one.suggestion]
    right = 0
    for place in suggested:
        case, suggestion = cases[place], read[place].suggestion or ""
        words = meanings(made[place], replace(case.right, end=case.right.start + len(suggestion)))
        fits = bool(words & meanings(good[place], case.right))
        right += fits
        if options.show:
            print(f"{'+' if fits else '-'} {case.wrong.of(case.bad)} -> {suggestion} | {case.right.of(case.good)}")
    told = sum(bool(one.evidence) for one in read)
    print(
        f"{len(cases)} errors: {told} with what the machine reads, {len(suggested)} with its word as a suggestion, ",
        end="",
    )
    print(f"{right} of these right ({right / max(1, len(suggested)):.0%})")


if __name__ == "__main__":
    main()
