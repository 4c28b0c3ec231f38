"""The straight line: read -> annotate -> align -> translate -> detect -> consult, measure -> quality -> gate.

Short, with no ``if`` about a format or a detector. Each arrow is a function from a frozen value to a frozen value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from tqcheck import closer, detector, gate, giants, measure, quality, readers, windows
from tqcheck.align import association, sentences, words
from tqcheck.align import lexicon as lexicons
from tqcheck.align.embeddings import SentenceEncoder, pair_similarities
from tqcheck.annotate import annotate_both, annotate_pairs, parsing, segment, sentences_of
from tqcheck.apart import Apart
from tqcheck.detector import Detector
from tqcheck.detectors import all_detectors
from tqcheck.evidence import both_ways, doubts
from tqcheck.memory import hold_little
from tqcheck.model import Bitext, Document, Finding, Pair, Report
from tqcheck.mqm import Severity
from tqcheck.provenance import provenance
from tqcheck.translate import registry
from tqcheck.translate.bundled import engine as phrase_model
from tqcheck.translate.cache import Cache
from tqcheck.translate.protocol import Engine, Scorer
from tqcheck.translate.stage import begin, prepare, translate_bitext

Progress = Callable[[str, int, int], None]
"""Stage, done, total."""
Step = Callable[[int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """The progress of a run that nobody watches."""


@dataclass(frozen=True)
class Tools:
    """What a run works with: models, engine, rules and limits. ``before``: pairs that the scorer reads before each.

    ``share``: that of an article's pairs which the scorer reads, those that are doubted most; 1 is all.
    ``beside`` parses the English and has the bundled translator. ``first_reader`` reads the French of pairs with
    findings, for people to see; nothing is measured against it.
    """

    detectors: tuple[Detector, ...]
    encoder: SentenceEncoder = field(default_factory=SentenceEncoder)
    engine: Engine | None = None
    scorer: Scorer | None = None
    first_reader: Engine | None = None
    share: float = closer.ALL
    before: int = 0
    beside: Apart | None = None
    cache: Cache | None = None
    fail_on: Severity | None = Severity.MAJOR
    severities: tuple[tuple[str, Severity], ...] = ()
    minimum_confidence: float = 0.0
    notes: tuple[str, ...] = ()
    progress: Progress = silent


def usual_tools(mt: str = "none", beside: Apart | None = None) -> Tools:
    """The rules that are on, the embedded models, the engine that ``mt`` names (`translate.registry.choose`)."""
    choice = registry.choose(mt)
    rules = tuple(rule for rule in all_detectors() if rule.on)
    return Tools(rules, engine=choice.engine, beside=beside, notes=choice.notes)


def align_documents(source: Document, target: Document, tools: Tools) -> Bitext:
    """Two documents with blocks -> pairs of their sentences, with tokens."""
    with ThreadPoolExecutor(1) as beside:  # its weights are unpacked while the parsers are built
        loaded = beside.submit(tools.encoder.load)
        french, english = _read(source, target, tools)
        prepare(tools.engine, tools.beside)
        loaded.result()
    return sentences.align(french, english, tools.encoder, _stage(tools, "aligning"))


def align_alone(source: Document, target: Document, tools: Tools) -> Bitext:
    """The pairs alone, without tokens."""
    return sentences.align(segment(source), segment(target), tools.encoder, _stage(tools, "aligning"))


def align_segmented(source: Document, target: Document, tools: Tools) -> Bitext:
    """The pairs of documents whose blocks are sentences already; blank lines between them end paragraphs."""

    def cut(document: Document) -> Document:
        beside = zip(segment(document, split=False).segments, readers.paragraphs(document), strict=True)
        return replace(document, segments=tuple(replace(sentence, block=number) for sentence, number in beside))

    return sentences.align(cut(source), cut(target), tools.encoder, _stage(tools, "aligning"))


def pair_lines(source: Document, target: Document, articles: Sequence[int], tools: Tools) -> Bitext:
    """Two documents whose blocks correspond one to one -> a pair for each. ``articles`` numbers the article of each."""
    return _beside(*_read(source, target, tools, split=False), articles, tools)


def pair_lines_alone(source: Document, target: Document, articles: Sequence[int], tools: Tools) -> Bitext:
    """The pairs alone, without tokens."""
    bitext = _beside(segment(source, split=False), segment(target, split=False), articles, tools)
    return windows.kept(bitext.source, bitext.target, bitext.pairs)


def check_documents(source: Document, target: Document, tools: Tools) -> Report:
    """The whole line for an article and its translation."""
    if windows.are_long(source, target):
        _sparing(tools)
        french, english = segment(source), segment(target)
        pairs = sentences.aligned(french, english, tools.encoder, _stage(tools, "aligning"))
        return check_windows(windows.kept(french, english, pairs), tools)
    return check_bitext(align_documents(source, target, tools), tools)


def check_pairs(source: Document, target: Document, articles: Sequence[int], tools: Tools) -> Report:
    """The whole line for pairs that were aligned before."""
    if windows.are_long(source, target):
        _sparing(tools)
        return check_windows(pair_lines_alone(source, target, articles, tools), tools)
    return check_bitext(pair_lines(source, target, articles, tools), tools)


def _sparing(tools: Tools) -> None:
    """For a long text memory counts more than the tenth of the time that this takes.

    Only in programs of our own, which have a process beside them.
    """
    if tools.beside is not None:
        hold_little()
        tools.beside.ask(hold_little)


def check_bitext(bitext: Bitext, tools: Tools) -> Report:
    """Everything behind the alignment: links, machine translation, findings, scores, quality, verdict."""
    return _report(_checked(bitext, tools), tools)


def check_windows(bitext: Bitext, tools: Tools) -> Report:
    """The same for pairs of long texts, which have no tokens yet: they get them some hundred at a time."""
    cut = windows.cut(bitext)
    gathered = windows.Gathered(bitext)
    texts = (sentences_of(bitext.target, (giants.bare(p).target for p in bitext.pairs[w.first : w.last])) for w in cut)
    parse_target = parsing(texts, bitext.target.lang, tools.beside)
    for window in cut:
        own = replace(tools, beside=None, progress=windows.within(tools.progress, window, len(bitext.pairs)))
        whole = window.of(bitext)
        read = annotate_pairs(giants.without(whole), _reading(own), parse_target)
        gathered.add(window, _checked(read, own, window.own), whole)
    checked = gathered.all()
    findings = tuple(detector.fingerprinted(checked.findings, checked.bitext))
    return _report(checked._replace(findings=findings), tools, windows.notes(cut))


def _checked(bitext: Bitext, tools: Tools, own: slice = slice(None)) -> windows.Checked:
    """All stages behind the alignment; of the pairs that are not ``own`` nothing is measured."""
    plain = giants.without(bitext)
    engine = begin(plain, tools.engine, tools.cache, tools.beside)
    linked = link(plain, tools)
    plan = closer.Plan(tools.scorer, tools.cache, tools.share, tools.before)
    doubted = closer.doubt_and_read(linked, plan, lambda it: doubt(it, tools), lambda it: _stage(tools, it), own)
    translated = translate_bitext(doubted, engine, tools.cache, _stage(tools, "translating"))
    found = _settled(detector.run(_watched(tools), translated), tools)
    read = read_first(translated, found, tools)
    findings = consult(found, read)
    pairs = translated.pairs[own]
    measured = measure.measure_pairs(pairs, tools.encoder.fingerprint)
    assessed = quality.assess(replace(translated, pairs=pairs), findings, measured.each)
    mean = measure.Sum("quality", quality.OVERALL, quality.weighed(pairs, assessed), len(pairs), len(pairs))
    sums, unchecked = (*measured.sums, mean), giants.among(bitext.pairs)
    return windows.Checked(giants.restored(read, bitext), findings, assessed, sums, unchecked, closer.count(pairs))


def _report(checked: windows.Checked, tools: Tools, notes: Sequence[str] = ()) -> Report:
    cached = () if tools.cache is None else tools.cache.notes
    read = closer.of_all(checked.read, len(checked.bitext.pairs), closer.Plan(tools.scorer, share=tools.share))
    return Report(
        bitext=checked.bitext,
        findings=checked.findings,
        scores=measure.whole([checked.sums]),
        pair_scores=checked.pair_scores,
        verdict=gate.judge(checked.findings, gate.limits(tools.fail_on)),
        provenance=provenance(tools.encoder, tools.engine, tools.detectors, tools.scorer, read),
        notes=(*tools.notes, *notes, *closer.notes(read), *giants.notes(checked.giants), *cached),
    )


def read_first(bitext: Bitext, findings: Iterable[Finding], tools: Tools) -> Bitext:
    """A first reading of the French where something was found, for want of a translator."""
    if tools.engine is not None or tools.first_reader is None:
        return bitext
    found = {finding.pair for finding in findings if finding.pair is not None}
    return translate_bitext(bitext, tools.first_reader, tools.cache, _stage(tools, "reading the French"), only=found)


def link(bitext: Bitext, tools: Tools) -> Bitext:
    """Word links inside every pair that has two sides, and how probable its words make each other."""
    lexicon = lexicons.Lexicon.bundled()
    step = _stage(tools, "linking words")

    def linked(pair: Pair) -> Pair:
        step(pair.index + 1, len(bitext.pairs))
        if not pair.source.tokens or not pair.target.tokens:
            return pair
        known = association.associate(pair.source.tokens, pair.target.tokens, lexicon)
        both = pair.source, pair.target, lexicon, known
        return replace(pair, links=words.link_words(*both), lexical=words.lexical_score(*both))

    return replace(bitext, pairs=tuple(linked(pair) for pair in bitext.pairs))


def doubt(bitext: Bitext, tools: Tools) -> Bitext:
    """How likely each word of linked pairs is without a counterpart in the other text, or without a right one."""
    lexicon = lexicons.Lexicon.bundled()
    associate = partial(association.associate, lexicon=lexicon)
    step = _stage(tools, "weighing words")
    return doubts.doubt(bitext, lexicon, associate, tools.encoder, phrase_model.familiarity(), step)


def consult(findings: Sequence[Finding], bitext: Bitext) -> tuple[Finding, ...]:
    """The findings with what the machine made of their words on both sides, where one was asked."""
    lexicon = lexicons.Lexicon.bundled()
    return both_ways.read_both_ways(findings, bitext, partial(words.link_words, lexicon=lexicon), lexicon)


def _read(source: Document, target: Document, tools: Tools, *, split: bool = True) -> tuple[Document, Document]:
    return annotate_both(source, target, _reading(tools), split=split, beside=tools.beside)


def _reading(tools: Tools) -> tuple[Step, Step]:
    return _stage(tools, "reading the French"), _stage(tools, "reading the English")


def _beside(french: Document, english: Document, articles: Sequence[int], tools: Tools) -> Bitext:
    beside = zip(french.segments, english.segments, articles, strict=True)
    pairs = tuple(Pair(index, s, t, document=article) for index, (s, t, article) in enumerate(beside))
    both = [pair for pair in pairs if pair.source.text.strip() and pair.target.text.strip()]
    similar = pair_similarities([p.source.text for p in both], [p.target.text for p in both], tools.encoder)
    known = {pair.index: float(value) for pair, value in zip(both, similar, strict=True)}
    return Bitext(french, english, tuple(replace(pair, similarity=known.get(pair.index)) for pair in pairs))


def _settled(findings: Iterable[Finding], tools: Tools) -> tuple[Finding, ...]:
    """The findings that are confident enough, with the severities that the settings ask for."""
    changed = dict(tools.severities)
    return tuple(
        replace(finding, severity=changed.get(finding.rule, finding.severity))
        for finding in findings
        if finding.confidence >= tools.minimum_confidence
    )


def _watched(tools: Tools) -> Iterable[Detector]:
    for number, rule in enumerate(tools.detectors):
        tools.progress("detecting", number + 1, len(tools.detectors))
        yield rule


def _stage(tools: Tools, name: str) -> Step:
    return lambda done, total: tools.progress(name, done, total)
