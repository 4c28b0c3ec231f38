"""``tqcheck translate``: what an engine makes of a text."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError
from tqcheck.escapes import as_lines

if TYPE_CHECKING:
    from tqcheck.pipeline import Progress
    from tqcheck.translate.cache import Cache
    from tqcheck.translate.protocol import Engine

LANGUAGES = ("fr", "en")


def add_arguments(translate: argparse.ArgumentParser) -> None:
    """Its arguments."""
    translate.add_argument("file", metavar="FILE", nargs="?", default="-", help="a text; standard input unless given")
    translate.add_argument("--from", dest="source", choices=LANGUAGES, help="its language (fr, unless --to is fr)")
    translate.add_argument("--to", dest="target", choices=LANGUAGES, help="the other one")
    translate.add_argument(
        "--mt",
        metavar="ENGINE",
        default="auto",
        help="who translates, as in check (%(default)s: the best there is)",
    )
    translate.add_argument(
        "--text", action="store_true", help="running text: lines of a paragraph are joined; else line by line"
    )
    translate.add_argument(
        "--beams", type=int, metavar="N", default=4, help="width of a network's search (%(default)s)"
    )
    translate.add_argument("--no-cache", action="store_true", help="translate anew, and keep nothing")
    add_cache(translate)


def run(options: argparse.Namespace) -> Exit:
    """Translate, line for line or paragraph for paragraph, and print it."""
    from tqcheck.readers import lines as reading
    from tqcheck.render.visible import visible

    source, target = _direction(options)
    engine, cache = _engine(options, source, target)
    text = reading.plain(reading.load_text(options.file, environment.standard_input)[0])
    whole = [" ".join(part.split()) for part in (_paragraphs(text) if options.text else reading.exact_lines(text))]
    with environment.progress(options) as progress:
        made = _translated(engine, whole, (source, target), progress)
    for note in () if cache is None else cache.notes:
        print(as_lines(f"note: {visible(note)}"), file=sys.stderr)
    between = "\n\n" if options.text else "\n"
    environment.put_words(options, between.join(made.get(line, "") for line in whole) + "\n")
    return Exit.PASSED


def _direction(options: argparse.Namespace) -> tuple[str, str]:
    """Of the two languages one may be left out."""
    other = {"fr": "en", "en": "fr"}
    source = options.source or other.get(options.target, "fr")
    target = options.target or other[source]
    if source == target:
        raise UserError(f"from {source} to {target} there is nothing to translate", hint="name one language, or two")
    return source, target


def _engine(options: argparse.Namespace, source: str, target: str) -> tuple[Engine, Cache | None]:
    """The engine that is asked for, and what remembers. Raises UserError where there is none, or not this direction."""
    from tqcheck.translate import registry
    from tqcheck.translate.cache import Cache
    from tqcheck.translate.cached import CachedEngine

    if options.beams < 1:
        raise UserError("--beams must be at least 1")
    folder = environment.cache_folder(options)
    found = registry.choose(
        options.mt, registry.Options(beams=options.beams, cache=folder, models=environment.models_folder(options))
    )
    if found.engine is None:
        raise UserError("no engine is here to translate with", hint=" ".join(found.notes) or "leave out --mt none")
    if not found.engine.supports(source, target):
        from tqcheck.translate.protocol import unsupported

        raise unsupported(found.engine, source, target)
    if options.no_cache or not found.engine.worth_caching:
        return found.engine, None
    cache = Cache(folder)
    return CachedEngine(found.engine, cache), cache


def _translated(engine: Engine, texts: list[str], direction: tuple[str, str], progress: Progress) -> dict[str, str]:
    """Each text that is not blank, once."""
    unlike = tuple(dict.fromkeys(filter(None, texts)))
    if not unlike:
        return {}
    made = engine.translate(unlike, *direction, lambda done, total: progress("translating", done, total))
    return {text: translation.text for text, translation in zip(unlike, made, strict=True)}


def _paragraphs(text: str) -> list[str]:
    """What empty lines part."""
    import re

    return [part for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
