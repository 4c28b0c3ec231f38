"""Batches of one language parsed by the process beside this one, while this one does what comes before and after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tqcheck.annotate import parsers
from tqcheck.annotate.parsers import Row
from tqcheck.apart import Apart


class Parsing:
    """Texts that are being parsed apart.

    They come in ``batches``, whose rows are asked for in this order: the other process is one batch ahead at most, and
    gets the next when it has answered.
    """

    def __init__(self, batches: Iterable[Sequence[str]], lang: str, apart: Apart) -> None:
        self._batches = map(list, batches)
        self._lang = lang
        self._apart = apart
        self._begin()

    def rows(self, texts: Sequence[str], lang: str) -> Iterable[list[Row]]:
        """What `parsers.parse` gives for the texts, which are those of the next batch."""
        assert (list(texts), lang) == (self._texts, self._lang)
        found = self._asked.answer()
        self._begin()
        return found

    def _begin(self) -> None:
        self._texts = next(self._batches, None)
        if self._texts is not None:
            self._asked = self._apart.ask(parsers.parse_all, self._texts, self._lang)
