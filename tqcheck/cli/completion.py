"""``tqcheck completion``: what a shell needs to complete the command line."""

from __future__ import annotations

import argparse

from tqcheck.cli import environment
from tqcheck.cli.exits import Exit


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The shell."""
    parser.add_argument("shell", choices=("bash", "zsh", "tcsh", "fish"))
    parser.epilog = (
        'bash: eval "$(tqcheck completion bash)"   zsh: tqcheck completion zsh > a folder of $fpath, as _tqcheck'
    )


def run(options: argparse.Namespace) -> Exit:
    """Print the script, made from the parser by shtab."""
    import shtab

    from tqcheck.cli import parser

    whole = parser()
    for command in _parsers(whole):
        for action in command._actions:
            if action.metavar in ("FILE", "FRENCH", "ENGLISH"):
                action.complete = shtab.FILE  # type: ignore[attr-defined]  # where shtab looks for it
            elif action.metavar == "DIR":
                action.complete = shtab.DIRECTORY  # type: ignore[attr-defined]
    environment.put(options, shtab.complete(whole, options.shell) + "\n")
    return Exit.PASSED


def _parsers(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    found = [parser]
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                found += _parsers(inner)
    return found
