"""Words with known labels: errors made on purpose, and the development data of the benchmark.

A `Sample` is one side of one pair: rows of evidence, and for each token whether it has no counterpart (``missing``),
and whether it has none or a wrong one (``differs``); NaN where the data do not say. Samples of one ``group`` (a
document, a page, a planted pair) are never on both sides of a fit.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial as bound
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from tqcheck import pipeline, readers
from tqcheck.align import association, lexicon
from tqcheck.evidence import doubts, words
from tqcheck.model import Bitext, Block, Document, Pair, Segment, Span

ADDED = {"added-phrase", "added-word", "added-sentence", "unrelated", "repeated"}
SAME, DIFFERENT = 3, 5
"""Marks of `rsd`, 1 to 5: from 3 on the benchmark counts a word as different."""


class Sample(NamedTuple):
    """``pair``: its number, in `rsd` with that of the article."""

    task: str
    group: str
    pair: object
    side: int
    rows: numpy.ndarray
    missing: numpy.ndarray
    differs: numpy.ndarray


class Rows:
    """Evidence of linked pairs; vectors and counts of words are kept between calls."""

    def __init__(self, tools: pipeline.Tools) -> None:
        self._encoder = tools.encoder
        self._lexicon = lexicon.Lexicon.bundled()
        self._vectors: dict[str, numpy.ndarray] = {}
        self._counts = words.Counts(
            doubts._Counted(self._lexicon.source_count), doubts._Counted(self._lexicon.target_count)
        )

    def of(self, bitext: Bitext) -> Iterator[tuple[Pair, tuple[numpy.ndarray, numpy.ndarray]]]:
        """Every pair with two sides, and the rows of both."""
        both = [pair for pair in bitext.pairs if pair.source.tokens and pair.target.tokens]
        new = sorted(set().union(*(words.wanted(pair) for pair in both)) - self._vectors.keys())
        self._vectors |= dict(zip(new, self._encoder.encode(new), strict=True)) if new else {}
        for pair in both:
            table = association.associate(pair.source.tokens, pair.target.tokens, self._lexicon)
            source, target = words.evidence(pair, table, self._vectors, self._counts)
            yield pair, (source.astype(numpy.float32), target.astype(numpy.float32))


def linked(pairs: Sequence[tuple[str, str]], tools: pipeline.Tools) -> Bitext:
    """The pairs, each an article of its own, annotated and linked."""
    french, english = (_lines([pair[side] for pair in pairs], lang) for side, lang in ((0, "fr"), (1, "en")))
    return pipeline.link(pipeline.pair_lines(french, english, range(len(pairs)), tools), tools)


def _lines(texts: Sequence[str], lang: str) -> Document:
    blocks, start = [], 0
    for text in texts:
        blocks.append(Block(Span(start, start + len(text)), "paragraph"))
        start += len(text) + 1
    return Document(f"pairs.{lang}", lang, "\n".join(texts), blocks=tuple(blocks))


def read(folder: Path, task: str) -> list[dict[str, Any]]:
    with gzip.open(folder / f"{task}.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


# ------------------------------------------------------------------------------------------- labels: (missing, differs)

Labels = tuple[tuple[numpy.ndarray, numpy.ndarray], tuple[numpy.ndarray, numpy.ndarray]]


def touched(segment: Segment, places: Sequence[Sequence[Any]]) -> numpy.ndarray:
    """1.0 for every token of the segment that shares a character with one of the places in it."""
    offset = segment.span.start
    marked = numpy.zeros(segment.span.length + 1, dtype=bool)
    for place in places:
        marked[place[0] : place[1]] = True
    return numpy.array(
        [marked[t.span.start - offset : t.span.end - offset].any() for t in segment.tokens], dtype=numpy.float32
    )


def of_errors(pair: Pair, record: dict[str, Any]) -> Labels:
    added = touched(pair.target, [place for place in record["changed"] if place[2] in ADDED])
    lost = touched(pair.source, record["left_out"])
    changed = touched(pair.target, record["changed"])
    wrong = touched(pair.source, [*record["left_out"], *record["wrong"]])
    return (lost, wrong), (added, changed)


def of_partial(pair: Pair, record: dict[str, Any]) -> Labels:
    """The mean of the annotators who saw a partial or full translation; unknown elsewhere."""
    found = []
    for segment, side, name in ((pair.source, "src", "src_missing"), (pair.target, "tgt", "tgt_extra")):
        tokens = record[f"{side}_tokens"]
        kept = [
            touched(segment, [tokens[number] for number in listed])
            for label, listed in zip(record["labels"], record[name], strict=True)
            if label in ("sure", "partial")
        ]
        mean = numpy.mean(kept, axis=0) if kept else numpy.full(len(segment.tokens), numpy.nan)
        found.append((mean, mean))
    return found[0], found[1]


def of_biomqm(pair: Pair, record: dict[str, Any]) -> Labels:
    """Words inside of major errors; those inside of small ones are left out of the fit, and all of it as omissions."""
    found = []
    for segment, side in ((pair.source, "source"), (pair.target, "target")):
        errors = [e for e in record["errors"] if e["side"] == side and e["category"] != "Source"]
        serious = [(e["start"], e["end"]) for e in errors if e["severity"] in ("major", "critical")]
        small = touched(segment, [(e["start"], e["end"]) for e in errors])
        differs = touched(segment, serious)
        differs[(small > 0) & (differs == 0)] = numpy.nan
        found.append((numpy.full(len(segment.tokens), numpy.nan), differs))
    return found[0], found[1]


def of_clean(pair: Pair) -> Labels:
    source, target = (numpy.zeros(len(side.tokens), dtype=numpy.float32) for side in (pair.source, pair.target))
    return (source, source), (target, target)


def of_rsd(pair: Pair, marks: Sequence[numpy.ndarray]) -> Labels:
    """``marks``: the highest mark of every character of the two texts, 0 to 5."""
    found = []
    for segment, levels in zip((pair.source, pair.target), marks, strict=True):
        tops = [levels[t.span.start : t.span.end].max(initial=0) >= SAME for t in segment.tokens]
        found.append((numpy.array(tops, dtype=numpy.float32),) * 2)
    return found[0], found[1]


def marks_of(record: dict[str, Any]) -> list[numpy.ndarray]:
    found = []
    for side in ("fr", "en"):
        offsets = numpy.cumsum([0, *(len(paragraph) + 2 for paragraph in record[side])])
        levels = numpy.zeros(int(offsets[-1]) + 1, dtype=int)
        for paragraph, start, end, value in record[f"{side}_marks"]:
            levels[offsets[paragraph] + start : offsets[paragraph] + end] = value
        found.append(levels)
    return found


# --------------------------------------------------------------------------------------------------------- the samples


def build(task: str, bitext: Bitext, rows: Rows, records: Sequence[Any], groups: Sequence[str]) -> list[Sample]:
    """Samples of a bitext; ``records`` and ``groups`` are parallel to its pairs (for `rsd` the marks of the texts)."""
    labels = {"errors": of_errors, "partial": of_partial, "biomqm": of_biomqm, "rsd": of_rsd}
    label = labels.get(task, lambda pair, _: of_clean(pair))
    found = []
    for pair, tables in rows.of(bitext):
        both = label(pair, records[pair.index])
        for side, (table, (missing, differs)) in enumerate(zip(tables, both, strict=True)):
            found.append(Sample(task, groups[pair.index], pair.index, side, table, missing, differs))
    return found


def all_samples(bench: Path, errors: Path, articles: int) -> Iterator[tuple[str, list[Sample]]]:
    """Every kind of sample. ``articles``: how many of `rsd` are read."""
    tools = pipeline.Tools(detectors=())
    rows = Rows(tools)
    make = bound(build, rows=rows)
    records = [r for r in map(json.loads, errors.read_text("utf-8").splitlines()) if r["target"].strip()]
    bitext = linked([(r["source"], r["target"]) for r in records], tools)
    yield "errors", make("errors", bitext, records=records, groups=[str(n) for n in range(len(records))])
    records = read(bench, "partial")
    bitext = linked([(r["src"], r["tgt"]) for r in records], tools)
    yield "partial", make("partial", bitext, records=records, groups=[str(r["id"]) for r in records])
    for name, human in (("biomqm", False), ("human", True)):
        segments = [(r["doc"], s) for r in read(bench, "biomqm") if r["human"] == human for s in r["segments"]]
        bitext = linked([(s["src"], s["mt"]) for _, s in segments], tools)
        yield name, make(name, bitext, records=[s for _, s in segments], groups=[doc for doc, _ in segments])
    pairs = [(str(r["id"]), pair) for r in read(bench, "clean") for pair in r["pairs"]]
    bitext = linked([(fr, en) for _, (fr, en) in pairs], tools)
    yield "clean", make("clean", bitext, records=pairs, groups=[document for document, _ in pairs])
    found: list[Sample] = []
    records = read(bench, "rsd")
    for number, record in enumerate(records[:: max(1, len(records) // articles)]):
        bitext = pipeline.link(pipeline.align_documents(*article(record), tools), tools)
        size = len(bitext.pairs)
        own = make("rsd", bitext, records=[marks_of(record)] * size, groups=[str(record["page"])] * size)
        found += [sample._replace(pair=(number, sample.pair)) for sample in own]
    yield "rsd", found


def article(record: dict[str, Any]) -> tuple[Document, Document]:
    """The two texts, read as files are read."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for side in ("fr", "en"):
            path = Path(folder) / f"article.{side}.txt"
            path.write_text("\n\n".join(record[side]), encoding="utf-8")
            found.append(readers.read(str(path), side))
    return found[0], found[1]
