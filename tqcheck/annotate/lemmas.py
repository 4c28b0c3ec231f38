"""The dictionary forms of French words, from the tables of the French model, without its code."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import resources
from sys import intern
from typing import Any, TypeVar

K = TypeVar("K")


class FrenchLemmas:
    """The French model's lemma tables: exceptions, an index of lemmas, suffix rules, and a list for the rest."""

    _TABLES = ("adj", "adp", "adv", "aux", "cconj", "det", "noun", "pron", "sconj", "verb")

    def __init__(self, tables: dict[str, Any], key: Callable[[str], int]) -> None:
        self._key = key
        self._exceptions = {pos: _firsts(tables["lemma_exc"].get(key(pos), {})) for pos in self._TABLES}
        self._index = {pos: frozenset(tables["lemma_index"].get(key(pos), ())) for pos in self._TABLES}
        self._rules = {pos: tables["lemma_rules"].get(key(pos), ()) for pos in self._TABLES}
        self._lookup = _firsts(tables["lemma_lookup"])

    @classmethod
    def load(cls, package: str) -> FrenchLemmas:
        """The tables of a model's package."""
        import srsly
        from spacy.strings import get_string_id

        folder = next(p for p in resources.files(package).iterdir() if p.name.startswith(f"{package}-"))
        data = (folder / "lemmatizer" / "lookups" / "lookups.bin").read_bytes()
        return cls(srsly.msgpack_loads(data), get_string_id)

    def lemma(self, word: str, pos: str) -> str:
        """The dictionary form of a word, given its part of speech; the word itself for names and numbers."""
        table = pos.lower()
        form = word.lower().lstrip("-")
        if table not in self._exceptions:
            return self._listed(form) if word.islower() and word.isalpha() else word
        if exception := self._exceptions[table].get(form):
            return exception
        if form in self._index[table]:
            return form
        if table in ("noun", "adj") and form.endswith(("s", "x")) and form[:-1] in self._index[table]:
            return form[:-1]  # the rules have no plain plural: « forces » would become « forcer »
        for old, new in self._rules[table]:
            candidate = form[: len(form) - len(old)] + new
            if form.endswith(old) and candidate in self._index[table]:
                return str(candidate)
        listed = self._listed(form)
        if table == "noun" and listed.endswith(("er", "ir", "re")) and not form.startswith(listed):
            return form.removesuffix("s") if len(form) > 3 else form  # the list knows « force » as a verb only
        return listed

    def _listed(self, form: str) -> str:
        return self._lookup.get(self._key(form), form)


def _firsts(table: Mapping[K, Sequence[str]]) -> dict[K, str]:
    """The first of several lemmas, which is the one that is taken; each in memory once, and no lists of them."""
    return {form: intern(lemmas[0]) for form, lemmas in table.items() if lemmas}
