"""The stage of the line: a bitext gets the machine translation of both of its sides."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

from tqcheck.apart import Apart
from tqcheck.model import Bitext, Pair, Translation
from tqcheck.translate.ahead import AheadEngine, Batch, load
from tqcheck.translate.cache import Cache
from tqcheck.translate.cached import CachedEngine
from tqcheck.translate.protocol import Direction, Engine, Portable, Progress, within

# A sentence that is broken into lines is the same sentence. Other blanks stay: an engine knows what they mean.
_LINES = re.compile(r"[ \t]*[\r\n]\s*|[ \t]{2,}")


def prepare(engine: Engine | None, apart: Apart | None) -> None:
    """Have another process load the engine, if it is one that can work there."""
    if apart is not None and isinstance(engine, Portable):
        load(engine, apart)


def begin(bitext: Bitext, engine: Engine | None, cache: Cache | None, apart: Apart | None) -> Engine | None:
    """The engine for `translate_bitext`, which begins there and then what it will be asked for, if it can do so apart.

    What the cache has is not begun.
    """
    if apart is None or engine is None or not isinstance(engine, Portable):
        return engine
    batches = list(_batches(bitext.pairs, engine, (bitext.source.lang, bitext.target.lang)))
    if cache is not None:
        known = CachedEngine(engine, cache)
        batches = [(known.unknown(texts, *direction), direction) for texts, direction in batches]
    return AheadEngine(engine, apart, batches) if any(texts for texts, _ in batches) else engine


def translate_bitext(
    bitext: Bitext,
    engine: Engine | None,
    cache: Cache | None = None,
    progress: Progress | None = None,
    only: Container[int] | None = None,
) -> Bitext:
    """Fill ``forward`` (the machine's English of the French) and ``back`` (its French of the English) of every pair.

    Each direction is one batch over the texts that differ; an empty segment has no translation, and a direction that
    the engine does not support stays as it is, as all does without an engine. ``only``: the pairs that are wanted, by
    index; None for all. ``progress`` counts the texts of both. Raises UserError from the engine.
    """
    if engine is None:
        return bitext
    if cache is not None and engine.worth_caching:
        engine = CachedEngine(engine, cache)
    there, here = bitext.source.lang, bitext.target.lang
    pairs = [pair for pair in bitext.pairs if only is None or pair.index in only]
    (sources, ahead), (targets, behind) = _batches(pairs, engine, (there, here))
    total = len(sources) + len(targets)
    forward = _translated(engine, sources, ahead, progress and within(progress, 0, len(sources), total))
    back = _translated(engine, targets, behind, progress and within(progress, len(sources), len(targets), total))
    return replace(
        bitext,
        pairs=tuple(
            replace(
                pair,
                forward=forward.get(_line(pair.source.text), pair.forward),
                back=back.get(_line(pair.target.text), pair.back),
            )
            for pair in bitext.pairs
        ),
    )


def _batches(pairs: Sequence[Pair], engine: Engine, direction: Direction) -> Iterator[Batch]:
    """The texts that differ of the sources and of the targets, none where the engine lacks the direction."""
    back = direction[::-1]
    yield _texts(pair.source.text for pair in pairs) if engine.supports(*direction) else (), direction
    yield _texts(pair.target.text for pair in pairs) if engine.supports(*back) else (), back


def _line(text: str) -> str:
    return _LINES.sub(" ", text.strip())


def _texts(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(_line, texts))))


def _translated(
    engine: Engine, texts: tuple[str, ...], direction: Direction, progress: Progress | None
) -> dict[str, Translation]:
    return dict(zip(texts, engine.translate(texts, *direction, progress), strict=True)) if texts else {}
