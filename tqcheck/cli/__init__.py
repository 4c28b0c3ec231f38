"""The command line: the only room that prints, reads the environment, and exits.

A command is a module of this package with its name (``-`` becomes ``_``): ``add_arguments(parser)`` says what it
takes, ``run(options)`` does it and returns the exit status. It is loaded when it is called; `COMMANDS` lists it for the
help.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import sys
import traceback
from collections.abc import Sequence
from typing import NoReturn, Protocol, cast

from tqcheck import __version__
from tqcheck.cli.environment import write_utf8
from tqcheck.cli.exits import Exit
from tqcheck.cli.streams import leave
from tqcheck.errors import UserError
from tqcheck.escapes import as_lines, uncommanding, visible

COMMANDS = {
    "check": "check a translation against its original",
    "init": "write settings for a folder, after a look at it",
    "baseline": "old findings, which do not fail the gate: write, show, prune",
    "align": "show which sentences translate which",
    "explain": "what a rule looks for, and when to ignore it",
    "detectors": "list the rules",
    "translate": "translate a text, with any engine",
    "doctor": "what is installed, which models are there, what to do about the rest",
    "glossary": "propose terms from translations that were accepted",
    "review": "read and settle many HTML reports in one local page",
    "serve": "check what other programs post, over HTTP",
    "batch": "check an archive: thousands of pairs, on this machine or a Ray cluster; goes on where it ended",
    "cache": "the caches of machine translations and of results",
    "completion": "a script that completes this command in your shell",
    "models": "models to fetch by name, once: what there is, get one, remove one",
}
"""Command -> what it does."""


class _Command(Protocol):
    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, options: argparse.Namespace) -> Exit: ...


class _Parser(argparse.ArgumentParser):
    """One whose words on wrong arguments are safe to show: a file's name may be among them."""

    def error(self, message: str) -> NoReturn:
        super().error(uncommanding(visible(message)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit status; ``arguments`` are those of the process unless given."""
    write_utf8()
    gc.set_threshold(100_000, 50, 50)  # models are many objects that all stay: looking through them again costs 7 %
    try:
        given = sys.argv[1:] if arguments is None else list(arguments)
        options = parser(given).parse_args(given)
        return _module(options.command).run(options)
    except UserError as error:
        print(error, file=sys.stderr)
        return Exit.BAD_INPUT
    except BrokenPipeError:
        # Whoever read our output has seen enough; the interpreter must not complain when it flushes at its end.
        leave()
        return Exit.PASSED
    except KeyboardInterrupt:
        print("interrupted: nothing was written", file=sys.stderr)
        return Exit.INTERRUPTED
    except MemoryError:
        print(
            "error: there is not enough memory for this\nhint: cut the text into parts and check each", file=sys.stderr
        )
        return Exit.BAD_INPUT
    except Exception:
        print(as_lines(traceback.format_exc()), file=sys.stderr)  # an exception may say words of a text
        print(
            f"\nThis is a fault of tqcheck {__version__}, not yours: please report it with the above.", file=sys.stderr
        )
        return Exit.FAULT


def parser(given: Sequence[str] | None = None) -> argparse.ArgumentParser:
    """The parser of the command line: with the arguments of the command that is ``given``, or else of all commands."""
    top = _Parser(
        prog="tqcheck",
        description="Checks the English translation of a French article and says what is wrong, on the exact words.",
        epilog="Exit status: 0 passed, 1 the gate failed, 2 the input is wrong, 3 a fault of tqcheck.",
    )
    top.add_argument("--version", action="version", version=f"tqcheck {__version__}")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, dest="command")
    called = COMMANDS if given is None else [name for name in given if not name.startswith("-")][:1]
    for name, text in COMMANDS.items():
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if name in called:
            module = _module(name)
            module.add_arguments(command)
            metavar, what = getattr(module, "OUTPUT", ("FILE", "write to FILE, whole or not at all"))
            command.add_argument("-o", "--output", metavar=metavar, help=what)
            command.add_argument(
                "--color", choices=("auto", "always", "never"), default="auto", help="colours (%(default)s)"
            )
            command.add_argument("-q", "--quiet", action="store_true", help="no progress bars")
    return top


def _module(command: str) -> _Command:
    return cast("_Command", importlib.import_module(f"{__name__}.{command.replace('-', '_')}"))


if __name__ == "__main__":
    sys.exit(main())
