"""Report -> text. A format is a row of FORMATS: a function from a report or from a desk of them to the whole text.

A renderer is loaded when it is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import cast

from tqcheck.model import Desk, Report
from tqcheck.render.look import Look

One = Callable[[Report, Look], str]
Pieces = Callable[[Report, Look], Iterator[str]]
Many = Callable[[Desk, Look], str]


@dataclass(frozen=True, slots=True)
class Format:
    """A way to report. ``one`` and ``many`` are ``module:function`` in this room; one of them may be missing.

    Without ``one`` a report is a desk of one. Without ``many`` a desk is a folder of files, an article each, whose
    names end in ``suffix``. ``some`` gives a report in pieces, for one that is long. ``data``: for programs, in UTF-8
    whatever the console is. ``words``: a desk's page shows tokens or links. ``rules``: it explains them.
    """

    suffix: str
    one: str | None = None
    many: str | None = None
    some: str | None = None
    data: bool = True
    words: bool = False
    rules: bool = False

    @property
    def each(self) -> bool:
        """Whether a desk takes a file for each of its articles."""
        return self.many is None

    def report(self, report: Report, look: Look) -> str:
        """The text of one report."""
        if self.one is None:
            return self.desk(Desk((report,)), look)
        return cast("One", _load(self.one))(report, look)

    def pieces(self, report: Report, look: Look) -> Iterator[str]:
        """The same text, in pieces."""
        if self.some is None:
            return iter((self.report(report, look),))
        return cast("Pieces", _load(self.some))(report, look)

    def desk(self, desk: Desk, look: Look) -> str:
        """The text of a desk. Raises ValueError for a format that takes a file an article."""
        if self.many is None:
            raise ValueError("this format has no page of many articles")
        return cast("Many", _load(self.many))(desk, look)


def _load(name: str) -> object:
    module, _, function = name.partition(":")
    return getattr(import_module(f"{__name__}.{module}"), function)


FORMATS: Mapping[str, Format] = MappingProxyType(
    {
        "terminal": Format(".txt", one="terminal:page", many="articles:page", some="terminal:pieces", data=False),
        "json": Format(".json", one="data:page", many="data:desk_page", some="data:pieces", words=True),
        "sarif": Format(".sarif", many="sarif:to_sarif", some="sarif:pieces", rules=True),
        "junit": Format(".xml", many="junit:to_junit", some="junit:pieces"),
        "github": Format(".txt", many="github:to_annotations"),
        "gitlab": Format(".json", many="gitlab:to_code_quality", some="gitlab:pieces"),
        "markdown": Format(".md", many="markdown:to_summary"),
        "csv": Format(".csv", many="table:to_csv", some="table:pieces"),
        "html": Format(".html", one="html:page", some="html:pieces", rules=True),
    }
)
"""Every format by the name that ``--format`` and ``--report`` take."""
