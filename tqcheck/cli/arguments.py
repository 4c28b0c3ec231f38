"""Arguments that several commands take."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tqcheck.cli.environment import standard_input
from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.model import Document


def add_texts(command: argparse.ArgumentParser) -> None:
    """The article and its translation."""
    command.add_argument(
        "french", metavar="FRENCH", nargs="?", help="the original, or a file of both languages; '-' is stdin"
    )
    command.add_argument("english", metavar="ENGLISH", nargs="?", help="its translation")


def add_cache(command: argparse.ArgumentParser) -> None:
    """The cache folder."""
    command.add_argument("--cache-dir", metavar="DIR", help="where translations and results are kept between runs")


def two_paths(options: argparse.Namespace) -> tuple[str, str]:
    """The names of the article and of its translation; one file in both languages is both. Raises UserError."""
    from tqcheck import readers

    if options.english is None and options.french is not None and readers.has_pairs(options.french):
        return options.french, options.french
    if options.french is None or options.english is None:
        raise UserError(
            "two files are needed: the French article and its English translation",
            hint=f"tqcheck {options.command} article.fr.txt article.en.txt, or one file that holds both (.xlf, .po …)",
        )
    if options.french == options.english == "-":
        raise UserError("standard input can be one of the two texts, not both", hint="name a file for the other one")
    return options.french, options.english


def two_documents(options: argparse.Namespace, read: Callable[..., Document]) -> tuple[Document, Document]:
    """The article and its translation as ``read(path, language, standard input)`` reads them. Raises UserError."""
    french, english = two_paths(options)
    return read(french, "fr", standard_input), read(english, "en", standard_input)


def listed(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """``--only a,b --only c`` as ("a", "b", "c")."""
    if values is None:
        return None
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())
