"""A report as plain JSON values, and back to the very same report.

Documents and pairs share their tokens, and a token says little that the text does not: tokens are columns of numbers
and segments are places in them. Everything else is packed field by field, as its types say, so that a new field of the
nouns needs no line here.
"""

from __future__ import annotations

import dataclasses
import functools
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import chain, repeat
from types import MappingProxyType
from typing import Any

from tqcheck.model import Bitext, Document, Pair, Report, Segment, Span, Token

Packed = Any
"""What JSON can hold."""


def pack(report: Report) -> Packed:
    """``report`` as JSON values. Raises ValueError for one whose segments are not slices of its documents."""
    bitext = report.bitext
    return {
        "source": _pack_document(bitext.source),
        "target": _pack_document(bitext.target),
        "pairs": [_pack_pair(pair, bitext) for pair in bitext.pairs],
        "report": [_codec(kind).pack(getattr(report, name)) for name, kind in _fields(Report) if name != "bitext"],
    }


def written(report: Report) -> Iterator[str]:
    """The same as JSON, in pieces: that of a long report takes much memory. Raises ValueError as `pack` does."""
    bitext = report.bitext
    yield f'{{"source": {json.dumps(_pack_document(bitext.source))}, '
    yield f'"target": {json.dumps(_pack_document(bitext.target))}, "pairs": '
    yield from _listed(_pack_pair(pair, bitext) for pair in bitext.pairs)
    yield ', "report": '
    fields = ((getattr(report, name), kind) for name, kind in _fields(Report) if name != "bitext")
    for before, (value, kind) in zip(chain("[", repeat(", ")), fields, strict=False):
        yield before
        inner = typing.get_args(kind)
        if isinstance(value, tuple) and len(inner) == 2 and inner[1] is Ellipsis:
            yield from _listed(map(_codec(inner[0]).pack, value))
        else:
            yield json.dumps(_codec(kind).pack(value))
    yield "]}"


def _listed(rows: Iterable[Packed]) -> Iterator[str]:
    before = "["
    for row in rows:
        yield before + json.dumps(row)
        before = ", "
    yield "]" if before != "[" else "[]"


def unpack(data: Packed, *, words: bool = True) -> Report:
    """The report that was packed; without ``words`` it has no tokens, links and scores of words: a fifth of the time.

    Raises KeyError, TypeError, ValueError or IndexError for anything else.
    """
    source, target = _unpack_document(data["source"], words), _unpack_document(data["target"], words)
    pairs = tuple(_unpack_pair(row, source, target, words) for row in data["pairs"])
    names = [(name, kind) for name, kind in _fields(Report) if name != "bitext"]
    rest = {name: _codec(kind).unpack(row) for (name, kind), row in zip(names, data["report"], strict=True)}
    return Report(bitext=Bitext(source, target, pairs), **rest)


# ---------------------------------------------------------------------------------------------------------- documents

_OWN = ("segments", "tokens")
_WORDS = ("lemma", "pos", "morph", "dep", "entity")


def _pack_document(document: Document) -> Packed:
    rest = [_codec(kind).pack(getattr(document, name)) for name, kind in _fields(Document) if name not in _OWN]
    known: dict[str, int] = {}
    columns = [[known.setdefault(getattr(token, name), len(known)) for token in document.tokens] for name in _WORDS]
    for index, token in enumerate(document.tokens):
        if token.index != index or token.text != token.span.of(document.text):
            raise ValueError(f"token {index} is not a slice of its text")
    return {
        "fields": rest,
        "segments": [_pack_segment(segment, document) for segment in document.segments],
        "starts": [token.span.start for token in document.tokens],
        "ends": [token.span.end for token in document.tokens],
        "heads": [token.head for token in document.tokens],
        "columns": columns,
        "words": list(known),
    }


def _unpack_document(data: Packed, whole: bool) -> Document:
    names = [(name, kind) for name, kind in _fields(Document) if name not in _OWN]
    rest = {name: _codec(kind).unpack(row) for (name, kind), row in zip(names, data["fields"], strict=True)}
    text, words = rest["text"], data["words"]
    columns = (data["starts"], data["ends"], data["heads"], *data["columns"])
    places = zip(*columns, strict=True) if whole else ()
    tokens = tuple(
        Token(i, Span(start, end), text[start:end], words[a], words[b], words[c], words[d], head, words[e])
        for i, (start, end, head, a, b, c, d, e) in enumerate(places)
    )
    bare = Document(**rest, tokens=tokens)
    return dataclasses.replace(bare, segments=tuple(_unpack_segment(row, bare) for row in data["segments"]))


def _pack_segment(segment: Segment, document: Document) -> Packed:
    first = segment.tokens[0].index if segment.tokens else 0
    count = len(segment.tokens)
    if segment.text != segment.span.of(document.text) or segment.tokens != document.tokens[first : first + count]:
        raise ValueError(f"the segment at {segment.span.start} is not a slice of its document")
    return [segment.span.start, segment.span.end, first, count, list(segment.sentences), segment.block]


def _unpack_segment(row: Packed, document: Document) -> Segment:
    start, end, first, count, sentences, block = row
    tokens = document.tokens[first : first + count]
    return Segment(Span(start, end), document.text[start:end], tokens, tuple(sentences), block)


def _pack_pair(pair: Pair, bitext: Bitext) -> Packed:
    row = [_pack_segment(pair.source, bitext.source), _pack_segment(pair.target, bitext.target)]
    return row + [_codec(kind).pack(getattr(pair, name)) for name, kind in _fields(Pair) if name not in _SIDES]


_SIDES = ("source", "target")


_WORDY = frozenset({"links", "source_scores", "target_scores", "source_doubts", "target_doubts"})


def _unpack_pair(row: Packed, source: Document, target: Document, words: bool) -> Pair:
    names = [(name, kind) for name, kind in _fields(Pair) if name not in _SIDES]
    rest = {
        name: _codec(kind).unpack(value)
        for (name, kind), value in zip(names, row[2:], strict=True)
        if words or name not in _WORDY
    }
    return Pair(source=_unpack_segment(row[0], source), target=_unpack_segment(row[1], target), **rest)


# -------------------------------------------------------------------------------------------------- anything with types


class _Codec(typing.NamedTuple):
    pack: Callable[[Any], Packed]
    unpack: Callable[[Packed], Any]


def _same(value: Any) -> Any:
    return value


@functools.cache
def _fields(kind: type) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass or NamedTuple and their types."""
    hints = typing.get_type_hints(kind)
    names = getattr(kind, "_fields", None) or tuple(field.name for field in dataclasses.fields(kind))
    return tuple((name, hints[name]) for name in names)


@functools.cache
def _codec(kind: Any) -> _Codec:
    origin, inner = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        (own,) = (part for part in inner if part is not types.NoneType)
        codec = _codec(own)
        return _Codec(
            lambda value: None if value is None else codec.pack(value),
            lambda data: None if data is None else codec.unpack(data),
        )
    if origin is tuple:
        return _tuple(inner)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        codec = _codec(inner[1])
        return _Codec(
            lambda value: {key: codec.pack(item) for key, item in value.items()},
            lambda data: MappingProxyType({key: codec.unpack(item) for key, item in data.items()}),
        )
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _Codec(lambda value: value.value, kind)
    if dataclasses.is_dataclass(kind) or (isinstance(kind, type) and hasattr(kind, "_fields")):
        return _record(typing.cast("type", kind))
    return _Codec(_same, _same)


def _tuple(inner: Sequence[Any]) -> _Codec:
    if len(inner) == 2 and inner[1] is Ellipsis:
        codec = _codec(inner[0])
        if codec.pack is _same:
            return _Codec(list, tuple)
        return _Codec(
            lambda value: [codec.pack(item) for item in value],
            lambda data: tuple([codec.unpack(item) for item in data]),
        )
    codecs = [_codec(part) for part in inner]
    return _Codec(
        lambda value: [codec.pack(item) for codec, item in zip(codecs, value, strict=True)],
        lambda data: tuple([codec.unpack(item) for codec, item in zip(codecs, data, strict=True)]),
    )


def _record(kind: type) -> _Codec:
    codecs = [(name, _codec(hint)) for name, hint in _fields(kind)]
    return _Codec(
        lambda value: [codec.pack(getattr(value, name)) for name, codec in codecs],
        lambda data: kind(*[codec.unpack(item) for (_, codec), item in zip(codecs, data, strict=True)]),
    )
