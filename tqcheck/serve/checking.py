"""One request checked: two texts -> the report, as ``tqcheck check`` would write it, in the time that there is."""

from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import date

from tqcheck import desk, pipeline
from tqcheck.desk import Work
from tqcheck.errors import Place, UserError
from tqcheck.languages import identify
from tqcheck.manifest import Article
from tqcheck.model import Document
from tqcheck.readers.encoding import decode
from tqcheck.readers.lines import is_blank, plain
from tqcheck.readers.plain_text import blocks
from tqcheck.render.data import to_json
from tqcheck.serve.task import Answer, Task

FRENCH = "Le pont est fermé depuis lundi.\n\nLa mairie a annoncé que les travaux dureront 12 semaines.\n"
ENGLISH = "The bridge has been closed since Monday.\n\nThe town hall announced that the work will take 12 weeks.\n"


class OverdueError(Exception):
    """The time for a check is over."""


class Clock:
    """Looks at the time at every step of a check. A check that is not timed never ends too late."""

    def __init__(self) -> None:
        self.end: float | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """The progress of a run (`pipeline.Progress`). Raises OverdueError when its time is over."""
        if self.end is not None and time.monotonic() > self.end:
            raise OverdueError(stage)


def check(task: Task, work: Work, clock: Clock) -> Answer:
    """The report as JSON (200). Raises UserError for texts that cannot be checked, OverdueError when time is over."""
    clock.end = time.monotonic() + task.seconds
    source, target = _document(task.source, task.source_name, "fr"), _document(task.target, task.target_name, "en")
    identify.verify(source, target)
    report = pipeline.check_documents(source, target, work.tools(work.settings))
    article = Article(task.source_name, task.target_name)
    report = desk.judged(report, article, replace(work, today=date.today()), work.settings)
    return Answer(200, to_json(report).encode("utf-8"))


def try_out(work: Work, clock: Clock) -> None:
    """Load every model with a small check. Raises RuntimeError where its result is not what it has to be."""
    clock.end = None
    source, target = _document(FRENCH, "source", "fr"), _document(ENGLISH, "target", "en")
    report = pipeline.check_documents(source, target, work.tools(work.settings))
    aligned = [(bool(pair.source.text.strip()), bool(pair.target.text.strip())) for pair in report.bitext.pairs]
    if aligned != [(True, True)] * 2 or not json.loads(to_json(report))["pairs"]:
        raise RuntimeError(f"the small check went wrong: {len(aligned)} pairs")


def _document(text: str, name: str, lang: str) -> Document:
    """A text of a request as a plain text file is read. Raises UserError for what is not text."""
    decoded = decode(text.encode("utf-8", "surrogatepass"), name)
    shown = plain(decoded.text)
    if is_blank(shown):
        raise UserError("there is no text in it", Place(name), hint="send the French as source, the English as target")
    return Document(name, lang, shown, blocks=blocks(shown), encoding="utf-8")
