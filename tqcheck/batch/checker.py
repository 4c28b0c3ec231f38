"""One pair: checked, its report written, and then the record that says so. A pair that has its record is left alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck import desk
from tqcheck.batch import record, storage
from tqcheck.batch.lists import Job
from tqcheck.batch.record import Kind, Row, State
from tqcheck.batch.storage import Storage, Unreachable
from tqcheck.errors import UserError
from tqcheck.render import FORMATS

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.render.look import Look

BUNDLED = "bundled"
"""The one engine whose models are plain memory."""
REPORTS, PAGES, RECORDS = "reports", "pages", "records"


class Pages(StrEnum):
    """Which pairs get an HTML page."""

    ALL = "all"
    FAILED = "failed"
    NONE = "none"


@dataclass(frozen=True)
class Checker:
    """How each pair is checked and where its results go.

    ``look``: how a format is shown.
    """

    work: desk.Work
    storage: Storage
    pages: Pages
    look: Callable[[str], Look]

    def finished(self, job: Job) -> Row | None:
        """The row of a pair that an earlier run has checked, where nothing has changed since; else None."""
        kept = self.storage.get(_file(RECORDS, job, ".json"))
        row = None if kept is None else record.unpack(kept)
        if row is None:
            return None
        with contextlib.suppress(UserError):
            texts = [storage.read(path) for path in job.article]
            if row.key == self._key(job, texts, self._settings(job)) and self._has_files(row):
                return row._replace(number=job.number, french=job.article.source, english=job.article.target)
        return None

    def check(self, job: Job) -> Row:
        """The row of a pair, whose report is in its place. Raises UserError where it cannot be checked."""
        if (row := self.finished(job)) is not None:
            return row
        for attempt, wait in enumerate((*storage.WAITS, None), 1):
            try:
                return self._check(job)._replace(attempts=attempt)
            except Unreachable as error:
                if wait is None:
                    return record.unchecked(job, Kind.UNREACHABLE, str(error), attempt)
                time.sleep(wait)
        raise AssertionError("the last attempt returns")

    def _check(self, job: Job) -> Row:
        started = time.monotonic()
        settings = self._settings(job)
        texts = [storage.read(path) for path in job.article]
        key = self._key(job, texts, settings)
        report = desk.check_texts(job.article, texts, self.work, settings)
        row = record.of_report(job, report, key, time.monotonic() - started)
        files = {"report": _file(REPORTS, job, ".json")}
        self.storage.put(files["report"], FORMATS["json"].report(report, self.look("json")))
        if self.pages is Pages.ALL or (self.pages is Pages.FAILED and row.state == State.FAILED):
            files["page"] = _file(PAGES, job, ".html")
            self.storage.put(files["page"], FORMATS["html"].report(report, self.look("html")))
        row = row._replace(**files)  # type: ignore[arg-type]  # both are texts
        self.storage.put(_file(RECORDS, job, ".json"), record.pack(row))
        return row

    def _settings(self, job: Job) -> Settings:
        return self.work.settings.at(Path(job.article.target))

    def _key(self, job: Job, texts: list[bytes], settings: Settings) -> str:
        """A hash of what the report depends on, and of what the verdict on it does."""
        work, target = self.work, job.article.target
        parts = {
            "report": desk.key(job.article, texts, work, settings),
            "paths": job.article,
            "limits": repr(settings.allowed),
            "ignores": [repr(entry) for entry in settings.ignores if work.today <= entry.until],
            "baseline": [] if work.old is None else sorted(work.old.covering(target)),
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()

    def _has_files(self, row: Row) -> bool:
        wanted = self.pages is Pages.ALL or (self.pages is Pages.FAILED and row.state == State.FAILED)
        return self.storage.has(row.report) and (not wanted or (bool(row.page) and self.storage.has(row.page)))

    @property
    def shares_all(self) -> bool:
        """Whether `load` loads all models that there are."""
        tools = self.work.tools(self.work.settings)
        return tools.scorer is None and (tools.engine is None or tools.engine.name == BUNDLED)

    def load(self) -> None:
        """Load what processes can share once it is in memory, so that those forked from this one have it already.

        Not the models of libraries that keep threads of their own, which a fork leaves behind: each process loads
        these when it first needs them.
        """
        from tqcheck import pipeline, readers
        from tqcheck.languages import identify
        from tqcheck.readers.files import Given

        tools = self.work.tools(self.work.settings)
        engine = tools.engine if self.shares_all else None
        shared = replace(tools, engine=engine, scorer=None, first_reader=None, cache=None)
        texts = (("sample.fr.txt", "fr", _FRENCH), ("sample.en.txt", "en", _ENGLISH))
        source, target = (readers.read(name, lang, Given(text)) for name, lang, text in texts)
        identify.verify(source, target)
        pipeline.check_documents(source, target, shared)


def _file(folder: str, job: Job, suffix: str) -> str:
    return f"{folder}/{job.name}{suffix}"


_FRENCH = """\
Le ministre a présenté mardi 3 mars à Paris un projet de loi de 14 pages.

« Elle n'intervient pas », a dit M. Dupont ; la loi sera examinée au printemps par 1 200 élus.
""".encode()
_ENGLISH = b"""\
The minister presented a 14-page bill in Paris on Tuesday 3 March.

"It does not intervene," said Mr Dupont; the law will be examined in the spring by 1,200 elected members.
"""
