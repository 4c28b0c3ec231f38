"""Report -> text. A format is a function from a report and a look to the whole text, and one word in FORMATS."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from tqcheck.model import Report
from tqcheck.render import data, terminal
from tqcheck.render.look import Look


def _json(report: Report, look: Look) -> str:
    """JSON looks the same everywhere."""
    return data.to_json(report)


FORMATS: Mapping[str, Callable[[Report, Look], str]] = MappingProxyType({"terminal": terminal.render, "json": _json})
