"""``tqcheck baseline``: the old findings, which do not fail the gate."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_cache, add_texts, two_paths
from tqcheck.cli.equipment import Equipment, add_settings, settings, work
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError
from tqcheck.escapes import as_lines

if TYPE_CHECKING:
    from tqcheck.baseline import Entry
    from tqcheck.config import Settings
    from tqcheck.model import Desk


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which file."""
    parser.add_argument(
        "what",
        choices=("write", "show", "prune"),
        help="write: what is found now is old; show: list it; prune: take out what is found no more",
    )
    add_texts(parser)
    parser.add_argument("--baseline", metavar="FILE", help="the file, else that of the settings")
    add_settings(parser)
    add_cache(parser)


def run(options: argparse.Namespace) -> Exit:
    """Write, show or prune it."""
    chosen = settings(options)
    file = _file(chosen)
    act: Callable[[argparse.Namespace, Settings, Path], str] = {"write": _write, "show": _show, "prune": _prune}[
        options.what
    ]
    environment.put(options, as_lines(act(options, chosen, file)))
    return Exit.PASSED


def _file(chosen: Settings) -> Path:
    """That of the settings or the flag, else one of the usual name beside the settings."""
    from tqcheck.baseline import USUAL

    return chosen.baseline or (Path() if chosen.file is None else chosen.file.parent) / USUAL


def _write(options: argparse.Namespace, chosen: Settings, file: Path) -> str:
    from tqcheck import baseline

    desk = _checked(options, chosen)
    found = set(_found(desk, file))
    if options.french is not None and file.is_file():  # the other articles keep theirs
        checked = {baseline.article_name(report.bitext.target.path, file.parent) for report in desk.reports}
        found |= {entry for entry in baseline.read(file) if entry.article not in checked}
    _put(file, found)
    hint = "" if chosen.baseline else f'\nNow name it in the settings: baseline = "{file.name}"'
    return f"{_findings(len(found))} in {_articles(found)} written to {file}: they do not fail the gate.{hint}\n"


def _show(options: argparse.Namespace, chosen: Settings, file: Path) -> str:
    from itertools import groupby

    from tqcheck import baseline
    from tqcheck.render.visible import visible

    entries = sorted(baseline.read(file))
    lines: list[str] = []
    for article, group in groupby(entries, key=lambda entry: entry.article):
        lines.append(visible(article))
        lines += [f"  {visible(f'{e.severity}: {e.rule}: {e.words}')}  {visible(e.fingerprint)}" for e in group]
    return "".join(f"{line}\n" for line in [*lines, f"{_findings(len(entries))} in {_articles(entries)}"])


def _prune(options: argparse.Namespace, chosen: Settings, file: Path) -> str:
    from tqcheck import baseline

    before = baseline.load(file)
    desk = _checked(options, chosen)
    kept: set[Entry] = set()
    for report in desk.reports:
        covering = before.covering(report.bitext.target.path)
        here = baseline.article_name(report.bitext.target.path, file.parent)
        met = [covering[f.fingerprint] for f in report.findings if f.fingerprint in covering]
        kept |= {replace(entry, article=here) for entry in met}  # an article that was renamed has its new name
    if options.french is not None:
        checked = {baseline.article_name(report.bitext.target.path, file.parent) for report in desk.reports}
        kept |= {entry for entry in before.entries if entry.article not in checked}
    _put(file, kept)
    gone = len(set(before.entries)) - len(kept)
    return f"{_findings(gone)} taken out, {len(kept)} left in {file}.\n"


def _checked(options: argparse.Namespace, chosen: Settings) -> Desk:
    """The desk without its baseline, or the article that is named. Raises UserError where a part of it is missing."""
    from tqcheck import desk
    from tqcheck.cli import manifest
    from tqcheck.manifest import Article

    with environment.progress(options) as progress:
        task = replace(work(options, replace(chosen, baseline=None), Equipment(options, progress)), words=False)
        if options.french is None and options.english is None:
            found = manifest.articles(chosen).articles
        else:
            found = (Article(*two_paths(options)),)
        checked = desk.check(found, task, (), lambda done, total: progress("articles", done, total))
    if checked.failures:
        first = checked.failures[0]
        raise UserError(
            f"{len(checked.failures)} of {len(found)} pairs cannot be checked, so the baseline stays as it is; "
            f"{first.target}: {first.message.removeprefix('error: ')}"
        )
    return checked


def _found(desk: Desk, file: Path) -> Iterable[Entry]:
    from tqcheck import baseline

    for report in desk.reports:
        article = baseline.article_name(report.bitext.target.path, file.parent)
        yield from (baseline.entry(finding, report, article) for finding in report.counted)


def _put(file: Path, entries: Iterable[Entry]) -> None:
    from tqcheck import baseline
    from tqcheck.render.output import write_whole

    write_whole(file, baseline.to_text(entries))


def _findings(count: int) -> str:
    return "1 finding" if count == 1 else f"{count} findings"


def _articles(entries: Iterable[Entry]) -> str:
    count = len({entry.article for entry in entries})
    return "1 article" if count == 1 else f"{count} articles"
