"""A report as plain JSON values, and back to the very same report.

Documents and pairs share their tokens, and a token says little that the text does not: tokens are columns of numbers
and segments are places in them. Everything else is packed field by field, as its types say, so that a new field of the
nouns needs no line here.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from types import MappingProxyType
from typing import Any

from tqcheck import stored
from tqcheck.model import Bitext, Document, Pair, PairScores, Report, Segment, Span, Token

Packed = Any
"""What JSON can hold."""


def pack(report: Report) -> Iterator[Packed]:
    """``report`` as JSON values: both documents, what else there is, and every pair with its scores.

    Raises ValueError for one whose segments are not slices of its documents.
    """
    bitext = report.bitext
    yield _pack_document(bitext.source)
    yield _pack_document(bitext.target)
    yield [_codec(kind).pack(getattr(report, name)) for name, kind in _fields(Report) if name not in _IN_ROWS]
    for pair, scores in zip(bitext.pairs, report.pair_scores, strict=True):
        _verify(pair.source, bitext.source)
        _verify(pair.target, bitext.target)
        yield [pack_pair(pair), pack_scores(scores)]


def unpack(rows: Iterable[Packed], *, words: bool = True) -> Report:
    """The report that was packed; without ``words`` it has no tokens, links and scores of words: a fifth of the time.

    Of a long one the pairs are made when they are asked for. Raises KeyError, TypeError, ValueError or IndexError for
    anything else.
    """
    waiting = iter(rows)
    first, second, rest = (next(waiting, None) for _ in range(3))
    source, target = _unpack_document(first, words), _unpack_document(second, words)
    names = [(name, kind) for name, kind in _fields(Report) if name not in _IN_ROWS]
    fields = {name: _codec(kind).unpack(row) for (name, kind), row in zip(names, rest or (), strict=True)}
    many = len(source.segments) + len(target.segments) > MANY
    both = stored.Lines(waiting) if many else tuple(waiting)
    pairs = stored.View(both, lambda row: unpack_pair(row[0], source, target, words))
    scores = stored.View(both, lambda row: unpack_scores(row[1]))
    if not many:
        return Report(bitext=Bitext(source, target, tuple(pairs)), pair_scores=tuple(scores), **fields)
    return Report(bitext=Bitext(source, target, pairs), pair_scores=scores, **fields)


_IN_ROWS = ("bitext", "pair_scores")
MANY = 5_000
"""Sentences of both sides from which on the pairs of a report are not all in memory."""

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
        "segments": [[*column] for column in zip(*map(_pack_segment, _verified(document)), strict=True)],
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
    places = zip(data["starts"], data["ends"], data["heads"], *data["columns"], strict=True) if whole else ()
    tokens = tuple(
        Token(i, Span(start, end), text[start:end], words[a], words[b], words[c], words[d], head, words[e])
        for i, (start, end, head, a, b, c, d, e) in enumerate(places)
    )
    bare = Document(**rest, tokens=tokens)
    columns = [_column(column) for column in data["segments"]]
    segments: stored.View[int, Segment] = stored.View(
        range(len(columns[0]) if columns else 0), lambda k: _unpack_segment([column[k] for column in columns], bare)
    )
    return dataclasses.replace(bare, segments=segments if len(segments) > MANY else tuple(segments))


def _column(values: Sequence[Any]) -> Sequence[Any]:
    """Numbers in an eighth of the memory."""
    return array("q", values) if all(type(value) is int for value in values) else values


def _verified(document: Document) -> Iterator[Segment]:
    for segment in document.segments:
        _verify(segment, document)
        yield segment


def _pack_segment(segment: Segment) -> Packed:
    first = segment.tokens[0].index if segment.tokens else 0
    sentences = segment.sentences[0] if len(segment.sentences) == 1 else list(segment.sentences)
    return [segment.span.start, segment.span.end, first, len(segment.tokens), sentences, segment.block]


def _verify(segment: Segment, document: Document) -> None:
    first = segment.tokens[0].index if segment.tokens else 0
    own = document.tokens[first : first + len(segment.tokens)]
    if segment.text != segment.span.of(document.text) or segment.tokens != own:
        raise ValueError(f"the segment at {segment.span.start} is not a slice of its document")


def _unpack_segment(row: Packed, document: Document) -> Segment:
    start, end, first, count, sentences, block = row
    tokens = document.tokens[first : first + count]
    numbers = (sentences,) if isinstance(sentences, int) else tuple(sentences)
    return Segment(Span(start, end), document.text[start:end], tokens, numbers, block)


def pack_pair(pair: Pair) -> Packed:
    """A pair whose sides are slices of their documents."""
    row = [_pack_segment(pair.source), _pack_segment(pair.target)]
    return row + [_codec(kind).pack(getattr(pair, name)) for name, kind in _fields(Pair) if name not in _SIDES]


_SIDES = ("source", "target")


_WORDY = frozenset({"links", "source_scores", "target_scores", "source_doubts", "target_doubts"})


def unpack_pair(row: Packed, source: Document, target: Document, words: bool = True) -> Pair:
    """The pair of these documents that was packed, ``words`` as `unpack` has it."""
    names = [(name, kind) for name, kind in _fields(Pair) if name not in _SIDES]
    rest = {
        name: _codec(kind).unpack(value)
        for (name, kind), value in zip(names, row[2:], strict=True)
        if words or name not in _WORDY
    }
    return Pair(source=_unpack_segment(row[0], source), target=_unpack_segment(row[1], target), **rest)


def pack_scores(scores: PairScores) -> Packed:
    """The scores of a pair."""
    return _codec(PairScores).pack(scores)


def unpack_scores(row: Packed) -> PairScores:
    """The scores that were packed."""
    scores: PairScores = _codec(PairScores).unpack(row)
    return scores


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
