"""``tqcheck init``: settings for a folder, written after a look at it."""

from __future__ import annotations

import argparse
from pathlib import Path

from tqcheck.cli import environment
from tqcheck.cli.exits import Exit
from tqcheck.errors import Place, UserError
from tqcheck.escapes import as_lines

NAME = "tqcheck.toml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The folder."""
    parser.add_argument("folder", metavar="DIR", nargs="?", default=".", help="where the articles are (here)")
    parser.add_argument("--schema", action="store_true", help="print the JSON schema of the settings instead")
    parser.add_argument("--force", action="store_true", help="write over a file that is there")


def run(options: argparse.Namespace) -> Exit:
    """Write the file, and say what was found."""
    from tqcheck.config import schema, template
    from tqcheck.render.output import write_whole

    if options.schema:
        environment.put(options, schema.text())
        return Exit.PASSED
    folder = Path(options.folder)
    if not folder.is_dir():
        raise UserError("there is no such folder", Place(str(folder)), hint="name the folder of the articles")
    file = folder / NAME if options.output is None else Path(options.output)
    if file.exists() and not options.force:
        raise UserError("there are settings already", Place(str(file)), hint="--force writes over them")
    patterns = template.discover(folder)
    both = template.discover_both(folder)
    write_whole(file, template.text(patterns, both, has_git=(folder / ".git").exists()))
    pairs = sum(pattern.pairs for pattern in patterns) + sum(both.values())
    said = f"{pairs} {'pair' if pairs == 1 else 'pairs'} of files" if pairs else "no pairs of files yet"
    lines = [f"{file} written: {said}."]
    lines += [f"  {pattern.pairs:>5}  {pattern.french}  {pattern.english}" for pattern in patterns]
    lines += [f"  {count:>5}  {name}  (both languages)" for name, count in both.items()]
    lines.append("Next: tqcheck check" if pairs else "Say there which files are pairs, then: tqcheck check")
    environment.put(argparse.Namespace(output=None), as_lines("".join(f"{line}\n" for line in lines)))
    return Exit.PASSED
