"""Which files are pairs: patterns and manifests of the settings -> articles with their translations."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tqcheck import readers
from tqcheck.config import Pairs
from tqcheck.errors import Place, UserError

_WILDCARD = re.compile(r"\*\*/|\*\*|\*|\?")
FEW = 3
"""Files that are named one by one."""

_FORM = "each line is the French file, one tab, the English file"


class Article(NamedTuple):
    """The paths of an article and of its translation, as the user would write them."""

    source: str
    target: str


class Found(NamedTuple):
    """The articles in the order of their names, each once, and remarks on files that have no other."""

    articles: tuple[Article, ...]
    notes: tuple[str, ...]


def articles(entries: Iterable[Pairs], seen_from: Path) -> Found:
    """The articles of all entries; paths below ``seen_from`` are relative to it.

    Raises UserError for a pattern that cannot be paired, and for a manifest that is wrong.
    """
    found: dict[Article, None] = {}
    alone: dict[str, list[str]] = {"translation": [], "original": []}
    for entry in entries:
        if entry.manifest is not None:
            pairs = _listed(entry.manifest)
        else:
            pairs = _matched(entry, alone) if entry.both is None else _of_both(entry.folder, entry.both)
        for source, target in pairs:
            found[Article(shown(source, seen_from), shown(target, seen_from))] = None
    notes = (note for what, names in alone.items() for note in _lonely(what, names, seen_from))
    return Found(tuple(found), tuple(notes))


def _lonely(what: str, names: Sequence[str], seen_from: Path) -> Iterator[str]:
    """A remark on each file without another, or one on all where they are many: a desk translates a part."""
    named = [shown(Path(name), seen_from) for name in names]
    if len(named) <= FEW:
        yield from (f"{name} has no {what}" for name in named)
    else:
        yield f"{len(named)} files have no {what}: {', '.join(named[:FEW])} and {len(named) - FEW} more"


def counterpart(path: str, pattern: str, other: str) -> str | None:
    """The name that ``other`` has for what ``path`` has in ``pattern``, None where ``path`` does not fit.

    >>> counterpart("articles/tour.fr.md", "articles/*.fr.md", "articles/*.en.md")
    'articles/tour.en.md'
    """
    fits = re.fullmatch(_expression(pattern), path)
    if fits is None:
        return None
    parts = iter(part or "" for part in fits.groups())
    return _WILDCARD.sub(lambda _: next(parts), other)


def _expression(pattern: str) -> str:
    forms = {"**/": "((?:[^/]+/)*)", "**": "(.*)", "*": "([^/]*)", "?": "([^/])"}
    pieces = re.split(f"({_WILDCARD.pattern})", pattern)
    return "".join(forms.get(piece) or re.escape(piece) for piece in pieces)


def _matched(entry: Pairs, alone: Mapping[str, list[str]]) -> Iterator[tuple[Path, Path]]:
    french, english = entry.french or "", entry.english or ""
    for pattern in (french, english):
        if Path(pattern).is_absolute():
            hint = "leave out what leads to the folder of the settings"
            raise UserError(f'the pattern "{pattern}" is a whole path: patterns are seen from the settings', hint=hint)
    if _WILDCARD.findall(french) != _WILDCARD.findall(english):
        raise UserError(
            f'the patterns "{french}" and "{english}" have different wildcards',
            hint='both need the same ones in the same order: "articles/*.fr.md" and "articles/*.en.md"',
        )
    there = set(_files(entry.folder, english))
    paired: set[str] = set()
    for name in sorted(_files(entry.folder, french)):
        other = counterpart(name, french, english)
        if other is None or other == name:
            continue
        if other in there or (entry.folder / other).is_file():
            paired.add(other)
            yield entry.folder / name, entry.folder / other
        else:
            alone["translation"].append(str(entry.folder / name))
    for name in sorted(there - paired):
        original = counterpart(name, english, french)
        if original is not None and not (entry.folder / original).is_file():
            alone["original"].append(str(entry.folder / name))


def _of_both(folder: Path, pattern: str) -> Iterator[tuple[Path, Path]]:
    """Files that hold both languages: each is its own translation."""
    return ((folder / name, folder / name) for name in sorted(_files(folder, pattern)) if readers.has_pairs(name))


def _files(folder: Path, pattern: str) -> Iterator[str]:
    """The names below ``folder`` that fit, with ``/``; what begins with a dot is not looked into."""
    fits = re.compile(_expression(pattern))
    fixed = re.split(r"[*?\[]", pattern, maxsplit=1)[0].rpartition("/")[0]
    for place, folders, names in os.walk(folder / fixed):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = (Path(place) / name).relative_to(folder).as_posix()
            if fits.fullmatch(path):
                yield path


def _listed(manifest: Path) -> Iterator[tuple[Path, Path]]:
    try:
        lines = manifest.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        reason = "not in UTF-8" if isinstance(error, UnicodeDecodeError) else (error.strerror or str(error)).lower()
        raise UserError(f"the manifest cannot be read: {reason}", Place(str(manifest)), hint=_FORM) from None
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\r")
        if not row.strip() or row.startswith("#"):
            continue
        place = Place(str(manifest), number, 1, row)
        names = pair(row.split("\t"))
        if names is None:
            raise UserError("this line is no pair of files", place, hint=_FORM)
        source, target = (manifest.parent / name for name in names)
        for path in (source, target):
            if not _is_file(path):
                raise UserError(f"there is no file {path}", place, hint="names are seen from the manifest")
        yield source, target


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have such a name
        return False


def pair(columns: Sequence[str]) -> Article | None:
    """The names in a row of a manifest: two, or one of a file that holds both languages; None for anything else."""
    names = [column.strip() for column in columns]
    if len(names) == 1 and readers.has_pairs(names[0]):
        names *= 2
    return Article(*names) if len(names) == 2 and all(names) else None


def shown(path: Path, seen_from: Path) -> str:
    """Below where the user is, the path from there; else the whole one."""
    whole = Path(os.path.abspath(path))  # noqa: PTH100  # a link stays what the user calls it
    here = Path(os.path.abspath(seen_from))  # noqa: PTH100
    return str(whole.relative_to(here)) if whole.is_relative_to(here) else str(path)
