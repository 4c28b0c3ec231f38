"""Many articles in one run: each read and checked, or found among the results of earlier runs, and then judged.

What takes time is kept; what a desk decides (limits, baseline, ignore entries, comments) is asked anew every time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from tqcheck import gate, readers, results, suppressions
from tqcheck.baseline import Baseline
from tqcheck.config import Settings
from tqcheck.errors import UserError
from tqcheck.manifest import Article
from tqcheck.model import Desk, Document, Failure, Report
from tqcheck.readers.files import STANDARD_INPUT, Given, Stdin, load
from tqcheck.suppressions import Suppressor

if TYPE_CHECKING:
    from tqcheck.pipeline import Tools

Step = Callable[[int, int], None]


@dataclass(frozen=True)
class Work:
    """How articles are checked. ``tools`` is asked where an article is really read, ``depends_on`` always.

    ``depends_on``: JSON values that a report depends on besides its texts. ``rules``: all that there are. ``kept``: the
    results of earlier runs, None to check everything anew. ``old``: the baseline; ``others``: what else keeps a
    finding from counting, the first to name it wins. ``stdin`` gives the text that is called "-".
    ``words``: whether the tokens and links of reports that were kept are wanted.
    """

    settings: Settings
    tools: Callable[[Settings], Tools]
    depends_on: Callable[[Settings], Mapping[str, object]]
    rules: frozenset[str]
    today: date
    kept: results.Results | None = None
    old: Baseline | None = None
    others: tuple[Suppressor, ...] = ()
    stdin: Stdin | None = None
    words: bool = True


def check(articles: Sequence[Article], work: Work, notes: Iterable[str] = (), step: Step | None = None) -> Desk:
    """All articles, in their order. One that cannot be checked is a failure among the others."""
    reports: list[Report] = []
    failures: list[Failure] = []
    for number, article in enumerate(articles, 1):
        if step is not None:
            step(number, len(articles))
        try:
            reports.append(check_article(article, work))
        except UserError as error:
            failures.append(Failure(*article, str(error)))
    return Desk(tuple(reports), tuple(failures), (*notes, *remarks(work)))


def remarks(work: Work) -> Iterator[str]:
    """What is to be said of a run as a whole; called when its articles are done."""
    yield from suppressions.ended(work.settings.ignores, work.today)
    if work.kept is not None:
        work.kept.tidy()
        yield from work.kept.notes


def check_article(article: Article, work: Work) -> Report:
    """The report on one article, judged. Raises UserError where it cannot be checked."""
    settings = work.settings.at(Path(article.target))
    texts = (load(article.source, work.stdin), load(article.target, work.stdin))
    name = key(article, texts, work, settings)
    report = None if work.kept is None else work.kept.get(name, words=work.words)
    if report is None:
        report = _read_and_check(article, texts, work, settings)
        if work.kept is not None and _unchanged(article, texts):
            work.kept.put(name, report)
        if not work.words:
            report = results.without_words(report)
    return judged(_named(report, article), article, work, settings)


def check_texts(article: Article, texts: Sequence[bytes], work: Work, settings: Settings) -> Report:
    """The same on the bytes of both files, wherever they are from; no earlier result is asked, and none is kept."""
    return judged(_named(_read_and_check(article, texts, work, settings), article), article, work, settings)


def key(article: Article, texts: Sequence[bytes], work: Work, settings: Settings) -> str:
    """A hash of all that the report on these texts depends on; the gate is no part of it."""
    source, target = texts
    return results.key(source, target, {**work.depends_on(settings), "formats": [_format(path) for path in article]})


def judged(report: Report, article: Article, work: Work, settings: Settings) -> Report:
    """The report with what does not count, and the verdict on what does."""
    name = settings.name(Path(article.target))
    keepers = [
        suppressions.comments(work.rules),
        suppressions.entries(settings.ignores, work.today, name),
        *work.others,
    ]
    if work.old is not None:
        keepers.append(work.old.old_findings(article.target))
    return gate.settle(suppressions.apply(report, keepers), settings.allowed)


def _read_and_check(article: Article, texts: Sequence[bytes], work: Work, settings: Settings) -> Report:
    from tqcheck import pipeline
    from tqcheck.languages import identify

    first, second = map(Given, texts)
    if readers.are_aligned(*article):
        pairs = readers.read_aligned(*article, (first, second))
        identify.verify(pairs.source, pairs.target)
        return pipeline.check_pairs(*pairs, work.tools(settings))
    source, target = readers.read(article.source, "fr", first), readers.read(article.target, "en", second)
    identify.verify(source, target)
    return pipeline.check_documents(source, target, work.tools(settings))


def _named(report: Report, article: Article) -> Report:
    """The report with the files' present names, and a remark on a text that was not in UTF-8."""

    def named(document: Document, path: str) -> Document:
        return document if document.path == path else replace(document, path=path)

    bitext = report.bitext
    bitext = replace(bitext, source=named(bitext.source, article.source), target=named(bitext.target, article.target))
    both = ((document.path, document.encoding) for document in (bitext.source, bitext.target))
    notes = filter(None, (readers.encoding_note(*which) for which in both))
    return replace(report, bitext=bitext, notes=(*notes, *report.notes))


def _format(path: str) -> str:
    """What of a path says how it is read."""
    return "" if path == STANDARD_INPUT else PurePath(path).suffix.lower()


def _unchanged(article: Article, texts: Sequence[bytes]) -> bool:
    """Whether the files are still what was hashed: they were read a second time."""
    return all(
        path == STANDARD_INPUT or hashlib.sha256(load(path)).digest() == hashlib.sha256(text).digest()
        for path, text in zip(article, texts, strict=True)
    )
