"""What is fuzzed: each target takes bytes, may refuse them with a UserError, and must keep its promises otherwise."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Callable, Mapping
from itertools import pairwise
from pathlib import Path

from tests.align.encoders import WordEncoder
from tqcheck import baseline, config, decisions, glossary, manifest, pipeline, readers
from tqcheck.align.sentences import align_sentences
from tqcheck.annotate import segment
from tqcheck.config import Pairs
from tqcheck.detectors import all_detectors, rule_names
from tqcheck.languages import fr, sentences
from tqcheck.model import Document
from tqcheck.render import FORMATS
from tqcheck.render.look import Look
from tqcheck.translate import recorded

Target = Callable[[bytes, Path], None]
"""Bytes and a folder to write them into. Raises UserError, or AssertionError where a promise is broken."""


def _document(suffix: str) -> Target:
    def target(data: bytes, folder: Path) -> None:
        path = folder / f"article{suffix}"
        path.write_bytes(data)
        _promises(readers.read(str(path), "fr"))

    return target


def _pairs(suffix: str) -> Target:
    def target(data: bytes, folder: Path) -> None:
        path = folder / f"pairs{suffix}"
        path.write_bytes(data)
        source, english, articles = readers.read_pairs(str(path))
        assert len(source.blocks) == len(english.blocks) == len(articles)
        assert articles[0] == 0
        assert all(other - one in (0, 1) for one, other in pairwise(articles))
        for side in (source, english):
            _promises(side, split=False)
            assert suffix == ".tsv" or "\r" not in side.text

    return target


def _promises(document: Document, *, split: bool = True) -> None:
    """Blocks in order inside the text, places for all of it, sentences that hold all that is not blank."""
    text = document.text
    assert not split or not {"\x1b", "\r"} & set(text)
    for one, other in pairwise(document.blocks):
        assert one.span.end <= other.span.start
    assert all(one.start <= other.start for one, other in pairwise(document.anchors))
    for block in document.blocks:
        assert block.span.end <= len(text)
        assert min(document.line_column(block.span.start)) >= 1
        assert min(document.end_line_column(block.span)) >= 1
    if split:
        found = segment(document).segments
        assert all(one.span.end <= other.span.start for one, other in pairwise(found))
        for part in found:
            assert part.span.of(text) == part.text
            assert 0 < len(part.text) <= sentences.LONGEST
        inside = "".join(part.text for part in found)
        assert "".join("".join(block.span.of(text) for block in document.blocks).split()) == "".join(inside.split())


def _docx(data: bytes, folder: Path) -> None:
    """The bytes as the body of a Word document: of an archive as a whole nearly every change breaks the checksum."""
    body = b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>' + data
    path = folder / "article.docx"
    with zipfile.ZipFile(path, "w") as made:
        for name, usual in _usual_docx().items():
            made.writestr(name, body + b"</w:body></w:document>" if name == "word/document.xml" else usual)
    _promises(readers.read(str(path), "fr"))


@functools.cache
def _usual_docx() -> Mapping[str, bytes]:
    """The entries of an empty document."""
    import docx

    whole = io.BytesIO()
    docx.Document().save(whole)
    with zipfile.ZipFile(whole) as usual:
        return {entry.filename: usual.read(entry) for entry in usual.infolist()}


def _segmenter(data: bytes, folder: Path) -> None:
    text = data.decode("utf-8", "surrogatepass" if data[:1] == b"\xed" else "replace")
    for lang in ("fr", "en"):
        places = sentences.split(text, lang)
        assert all(end <= start for (_, end), (start, _) in pairwise(places))
        assert "".join("".join(text[a:b] for a, b in places).split()) == "".join(text.split())
    tokens = list(fr.tokenize(text))
    assert all(end <= start for (_, end), (start, _) in pairwise(tokens))
    assert "".join("".join(text[a:b] for a, b in tokens).split()) == "".join(text.split())


def _aligner(data: bytes, folder: Path) -> None:
    french, _, english = data.decode("utf-8", "replace").partition("\n\n")
    source, target = french.split("\n")[:25], english.split("\n")[:25]
    paragraphs = [k // 3 for k in range(25)] if len(data) % 2 else None
    beads = align_sentences(source, target, paragraphs, paragraphs, WordEncoder())
    assert sorted(k for bead in beads for k in bead.source) == list(range(len(source)))
    assert sorted(k for bead in beads for k in bead.target) == list(range(len(target)))
    assert all(0.0 <= bead.confidence <= 1.0 for bead in beads)


@functools.cache
def _tools() -> pipeline.Tools:
    """Every rule, on or off."""
    return pipeline.Tools(detectors=all_detectors())


def _report(data: bytes, folder: Path) -> None:
    """French, a line end, English: a pair, checked by every rule and shown in every format of one report."""
    french, _, english = data.decode("utf-8", "replace").partition("\n")
    sides = (french[:400].replace("\t", " "), english.replace("\n", " ").replace("\t", " ")[:400])
    report = pipeline.check_pairs(*readers.read_pairs("-", lambda: "\t".join(sides).encode()), _tools())
    for finding in report.findings:
        assert finding.pair is not None
        pair = report.bitext.pairs[finding.pair]
        for span, segment_ in ((finding.source, pair.source), (finding.target, pair.target)):
            assert span is None or segment_.span.contains(span), finding
    for name in ("json", "terminal", "sarif", "junit", "markdown"):
        FORMATS[name].report(report, Look(width=80, color=False, encoding="utf-8", rules=all_detectors()))


def _config(data: bytes, folder: Path) -> None:
    path = folder / "tqcheck.toml"
    path.write_bytes(data)
    settings = config.load(str(path), folder, {}, rule_names())
    assert 0.0 <= settings.minimum_confidence <= 1.0
    manifest.articles(settings.pairs, folder)


def _glossary(suffix: str) -> Target:
    def target(data: bytes, folder: Path) -> None:
        path = folder / f"terms{suffix}"
        path.write_bytes(data)
        terms = glossary.load([path])
        assert terms
        assert all(term.french.strip() for term in terms)

    return target


def _baseline(data: bytes, folder: Path) -> None:
    path = folder / "baseline.json"
    path.write_bytes(data)
    entries = baseline.read(path)
    path.write_text(baseline.to_text(entries), "utf-8", "surrogatepass")
    assert set(baseline.read(path)) == set(entries)
    baseline.load(path).covering("article.en.txt")


def _decisions(data: bytes, folder: Path) -> None:
    path = folder / "decisions.json"
    path.write_bytes(data)
    decisions.merged(decisions.read(path))


def _manifest(data: bytes, folder: Path) -> None:
    path = folder / "pairs.list"
    path.write_bytes(data)
    for name in ("a.fr.txt", "a.en.txt"):
        (folder / name).touch()
    manifest.articles([Pairs(folder, manifest=path)], folder)


def _recorded(data: bytes, folder: Path) -> None:
    path = folder / "recorded.json"
    path.write_bytes(data)
    recorded.read(path).supports("fr", "en")


@functools.cache
def targets() -> Mapping[str, Target]:
    """Name -> target."""
    return {
        **{f"read{suffix}": _document(suffix) for suffix in (".txt", ".md", ".html", ".srt")},
        "read.docx": _docx,
        **{f"pairs{suffix}": _pairs(suffix) for suffix in (".tsv", ".tmx", ".po", ".xlf")},
        "segmenter": _segmenter,
        "aligner": _aligner,
        "report": _report,
        "config": _config,
        **{f"glossary{suffix}": _glossary(suffix) for suffix in (".csv", ".tsv", ".tbx", ".txt")},
        "baseline": _baseline,
        "decisions": _decisions,
        "manifest": _manifest,
        "recorded": _recorded,
    }
