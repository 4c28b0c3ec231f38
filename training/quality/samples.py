"""Words with known labels: errors made on purpose, and the development data of the benchmark.

A `Sample` is one side of one pair: rows of evidence, and for each token whether it has no counterpart (``missing``),
and whether it has none or a wrong one (``differs``); NaN where the data do not say. Samples of one ``group`` (a
document, a page, a planted pair) are never on both sides of a fit.

With a `Readings`, samples are of pairs that the language model has read, and their rows have its columns as well.
"""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy

from tqcheck import pipeline, readers
from tqcheck.align import association, lexicon
from tqcheck.evidence import doubts, reading, words
from tqcheck.model import Bitext, Block, Document, Pair, Span
from tqcheck.translate.bundled import engine
from training.quality import labels
from training.quality.readings import Readings


class Sample(NamedTuple):
    """``pair``: its two texts, as they stand."""

    task: str
    group: str
    pair: tuple[str, str]
    side: int
    rows: numpy.ndarray
    missing: numpy.ndarray
    differs: numpy.ndarray


class Rows:
    """Evidence of linked pairs; vectors and counts of words are kept between calls."""

    def __init__(self, tools: pipeline.Tools) -> None:
        self._encoder = tools.encoder
        self._lexicon = lexicon.Lexicon.bundled()
        self._familiarity = engine.familiarity()
        self._vectors: dict[str, numpy.ndarray] = {}
        self._counts = words.Counts(
            doubts._Counted(self._lexicon.source_count), doubts._Counted(self._lexicon.target_count)
        )

    def of(self, bitext: Bitext) -> Iterator[tuple[Pair, tuple[numpy.ndarray, numpy.ndarray]]]:
        """Every pair with two sides, and the rows of both."""
        both = [pair for pair in bitext.pairs if pair.source.tokens and pair.target.tokens]
        new = sorted(set().union(*(words.wanted(pair) for pair in both)) - self._vectors.keys())
        self._vectors |= dict(zip(new, self._encoder.encode(new), strict=True)) if new else {}
        for first in range(0, len(both), doubts.CHUNK):
            some = both[first : first + doubts.CHUNK]
            for pair, familiar in zip(some, self._familiarity(some), strict=True):
                table = association.associate(pair.source.tokens, pair.target.tokens, self._lexicon)
                known = words.evidence(pair, table, self._vectors, self._counts)
                read = reading.evidence(pair)
                source, target = (
                    doubts.beside(known, familiar) if read is None else doubts.beside(known, read, familiar)
                )
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


# --------------------------------------------------------------------------------------------------------- the samples


def texts(pair: Pair) -> tuple[str, str]:
    """What a pair is known by."""
    return pair.source.text, pair.target.text


def build(task: str, bitext: Bitext, rows: Rows, records: Sequence[Any], groups: Sequence[str]) -> list[Sample]:
    """Samples of a bitext; ``records`` and ``groups`` are parallel to its pairs (for `rsd` the marks of the texts)."""
    known = {"errors": labels.of_errors, "partial": labels.of_partial, "biomqm": labels.of_biomqm, "rsd": labels.of_rsd}
    label = known.get(task, lambda pair, _: labels.of_clean(pair))
    found = []
    for pair, tables in rows.of(bitext):
        both = label(pair, records[pair.index])
        for side, (table, (missing, differs)) in enumerate(zip(tables, both, strict=True)):
            found.append(Sample(task, groups[pair.index], texts(pair), side, table, missing, differs))
    return found


def all_samples(
    bench: Path, errors: Path, articles: int, readings: Readings | None = None
) -> Iterator[tuple[str, list[Sample]]]:
    """Every kind of sample. ``articles``: how many of `rsd` are read, by which the language model is not asked."""
    tools = pipeline.Tools(detectors=())
    rows = Rows(tools)

    def make(
        task: str, pairs: Sequence[tuple[str, str]], records: Sequence[Any], groups: Sequence[str]
    ) -> list[Sample]:
        step = 1 if readings is None else readings.step(task)  # what is not read need not be linked
        bitext = linked(pairs[::step], tools)
        bitext = bitext if readings is None else readings.read(bitext)
        return build(task, bitext, rows, records[::step], groups[::step])

    records = [r for r in map(json.loads, errors.read_text("utf-8").splitlines()) if r["target"].strip()]
    sides = [(r["source"], r["target"]) for r in records]
    yield "errors", make("errors", sides, records, [str(n) for n in range(len(records))])
    records = read(bench, "partial")
    yield "partial", make("partial", [(r["src"], r["tgt"]) for r in records], records, [str(r["id"]) for r in records])
    for name, human in (("biomqm", False), ("human", True)):
        segments = [(r["doc"], s) for r in read(bench, "biomqm") if r["human"] == human for s in r["segments"]]
        sides = [(s["src"], s["mt"]) for _, s in segments]
        yield name, make(name, sides, [s for _, s in segments], [doc for doc, _ in segments])
    pairs = [(str(r["id"]), pair) for r in read(bench, "clean") for pair in r["pairs"]]
    yield "clean", make("clean", [(fr, en) for _, (fr, en) in pairs], pairs, [document for document, _ in pairs])
    if readings is None:
        yield "rsd", of_articles(read(bench, "rsd"), articles, rows, tools)
    yield "demetr", of_planted(read(bench, "demetr"), readings, rows, tools)


def of_planted(
    records: list[dict[str, Any]], readings: Readings | None, rows: Rows, tools: pipeline.Tools
) -> list[Sample]:
    """The right and the wrong translations of `demetr`, each sentence a group; no empty and no unrelated ones."""

    def asked(bitext: Bitext) -> Bitext:
        return bitext if readings is None else readings.read(bitext)

    rights = list(dict.fromkeys((r["src"], r["good"]) for r in records))
    good = linked(rights, tools)
    found = build("demetr", asked(good), rows, rights, [source for source, _ in rights])
    by_text = {(pair.source.text, pair.target.text): pair for pair in good.pairs}
    planted = [r for r in records if r["severity"] != "base"]
    bad = asked(linked([(r["src"], r["bad"]) for r in planted], tools))
    for pair, tables in rows.of(bad):
        record = planted[pair.index]
        known = labels.of_demetr(pair, record, by_text[record["src"].strip(), record["good"].strip()])
        for side, (table, own) in enumerate(zip(tables, known, strict=True)):
            found.append(Sample("demetr wrong", record["src"], texts(pair), side, table, *own))
    return found


def of_articles(records: list[dict[str, Any]], articles: int, rows: Rows, tools: pipeline.Tools) -> list[Sample]:
    """``articles`` of `rsd`, read and aligned as files are."""
    found: list[Sample] = []
    for record in records[:: max(1, len(records) // articles)]:
        bitext = pipeline.link(pipeline.align_documents(*article(record), tools), tools)
        size = len(bitext.pairs)
        found += build("rsd", bitext, rows, [labels.marks_of(record)] * size, [str(record["page"])] * size)
    return found


def article(record: dict[str, Any]) -> tuple[Document, Document]:
    """The two texts, read as files are read."""
    with tempfile.TemporaryDirectory() as folder:
        found = []
        for side in ("fr", "en"):
            path = Path(folder) / f"article.{side}.txt"
            path.write_text("\n\n".join(record[side]), encoding="utf-8")
            found.append(readers.read(str(path), side))
    return found[0], found[1]
