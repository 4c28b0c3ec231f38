"""The settings' file that ``tqcheck init`` writes: what is there, and what could be, in comments."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePath
from typing import NamedTuple

from tqcheck.readers import PAIRS, SUFFIXES

_FRENCH = {"fr": "en", "fra": "eng", "fre": "eng", "french": "english", "francais": "english", "source": "target"}
_NAME = re.compile(rf"(?<![A-Za-z])(?P<word>{'|'.join(_FRENCH)})(?![A-Za-z])", re.IGNORECASE)
_SKIPPED = frozenset({"node_modules", "__pycache__", "venv", "dist", "build"})
_MOST = 20_000
"""Files to look at: a desk's folder has fewer, a home directory has more."""


class Pattern(NamedTuple):
    """Two patterns, and how many pairs of files they name."""

    french: str
    english: str
    pairs: int


def discover(folder: Path) -> tuple[Pattern, ...]:
    """The patterns of the pairs that seem to be in ``folder``: the same name but for ``fr`` and ``en``, or so."""
    names = set(_names(folder))
    found: Counter[tuple[str, str]] = Counter()
    for name in sorted(names):
        for match in _NAME.finditer(name):
            other = f"{name[: match.start()]}{_same_case(match['word'])}{name[match.end() :]}"
            if other in names:
                found[_patterns(name, match)] += 1
                break
    for flat in [pair for pair in found if "**/" not in pair[0]]:  # what another one names too
        deep = (_deep(flat[0]), _deep(flat[1]))
        if deep != flat and deep in found:
            found[deep] += found.pop(flat)
    return tuple(Pattern(french, english, count) for (french, english), count in found.most_common())


def discover_both(folder: Path) -> Mapping[str, int]:
    """Patterns of the files that hold both languages, with their numbers; a table (.tsv) may be anything."""
    suffixes = Counter(PurePath(name).suffix for name in _names(folder, PAIRS) if PurePath(name).suffix != ".tsv")
    return {f"**/*{suffix}": count for suffix, count in sorted(suffixes.items())}


def _deep(pattern: str) -> str:
    folder, _, name = pattern.rpartition("/")
    return f"{folder}/**/{name}" if folder else pattern


def _names(folder: Path, suffixes: Collection[str] = SUFFIXES) -> Iterator[str]:
    count = 0
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(files):
            count += 1
            if count > _MOST:
                return
            if Path(name).suffix.lower() in suffixes and not name.startswith("."):
                yield (Path(place) / name).relative_to(folder).as_posix()


def _same_case(word: str) -> str:
    other = _FRENCH[word.lower()]
    return other.upper() if word.isupper() else other.capitalize() if word[0].isupper() else other


def _patterns(name: str, match: re.Match[str]) -> tuple[str, str]:
    """``articles/sport/tour.fr.md`` -> ``articles/**/*.fr.md`` and the same in English."""
    before, after = name[: match.start()], name[match.end() :]
    if "/" in after:  # a folder for each language: fr/tour.md
        middle = f"/**/*{Path(after).suffix}"
        return f"{before}{match['word']}{middle}", f"{before}{_same_case(match['word'])}{middle}"
    top, _, rest = before.rpartition("/")
    first = top.split("/")[0]
    mark = re.search(r"[^A-Za-z0-9]*$", rest)
    own = "" if mark is None else mark[0]
    folder = f"{first}/" if top else ""
    deep = "**/" if "/" in top else ""
    start = f"{folder}{deep}{'*' if rest else ''}{own if rest else ''}"
    end = after if re.fullmatch(r"\.[A-Za-z]+", after) or not after else f"*{Path(after).suffix}"
    return f"{start}{match['word']}{end}", f"{start}{_same_case(match['word'])}{end}"


def text(patterns: Iterable[Pattern], both: Mapping[str, int] | None = None, *, has_git: bool = False) -> str:
    """The whole file. Without a pattern, that of the commonest form stands in a comment."""
    return _HEAD + "".join(_pairs(tuple(patterns), both or {})) + _REST + (_GIT if has_git else "")


def _pairs(patterns: tuple[Pattern, ...], both: Mapping[str, int]) -> Iterator[str]:
    if not patterns and not both:
        yield "# No pairs were found here. Which files are pairs? The wildcards stand for the same in both.\n#\n"
        yield '# [[pairs]]\n# french = "articles/**/*.fr.md"\n# english = "articles/**/*.en.md"\n'
    for pattern in patterns:
        yield f"# {pattern.pairs} {'pair' if pattern.pairs == 1 else 'pairs'} of files now.\n[[pairs]]\n"
        yield f"french = {json.dumps(pattern.french, ensure_ascii=False)}\n"
        yield f"english = {json.dumps(pattern.english, ensure_ascii=False)}\n\n"
    for name, count in both.items():
        yield f"# {count} {'file that holds' if count == 1 else 'files that hold'} both languages.\n"
        yield f"[[pairs]]\nboth = {json.dumps(name, ensure_ascii=False)}\n\n"


_HEAD = """\
# What tqcheck checks here, and what it lets pass. `tqcheck check` without files checks all pairs.
# Every key: docs/configuration.md. For completion in an editor run `tqcheck init --schema -o tqcheck.schema.json`
# and make the first line of this file `#:schema ./tqcheck.schema.json`.

# The lowest severity that fails: neutral, minor, major, critical, or never.
fail-on = "major"

# Machine translation to compare with: "auto" takes an engine that is installed, "none" is quickest.
mt = "auto"

# Rules that are not wanted; `tqcheck detectors` lists them all.
disable = []

# What terms are in English, and what they never are: docs/glossaries.md; `tqcheck glossary suggest` proposes some.
# glossaries = ["terms.tsv"]

# Findings that are there already and shall not fail: run `tqcheck baseline write` first.
# baseline = "tqcheck-baseline.json"

"""
_REST = """\
# Numbers for each article in place of fail-on's zero: findings at most, scores at least.
# [limits]
# minor = 30
# omissions = 0
# quality = 0.4
#
# [limits.rules]
# false-friend = 0

# Another severity for a rule.
# [severity]
# inconsistent-term = "neutral"

# Other settings for some articles; later ones win.
# [[folder]]
# path = "drafts"
# fail-on = "never"

# Reports of a run over all pairs: sarif, junit, github, gitlab, markdown, csv, json, html (a folder), terminal.
# [reports]
# sarif = "out/tqcheck.sarif"
# junit = "out/tqcheck.xml"

# A finding that is right and shall not count, until a day.
# [[ignore]]
# rule = "name-mismatch"
# words = "Kyiv"
# reason = "the house style since March"
# until = 2027-03-31
"""
_GIT = """
# In a pull request: tqcheck check --changed-since origin/main
"""
