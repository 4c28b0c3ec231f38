"""``tqcheck glossary suggest``: terms that accepted translations agree on, as a glossary to edit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.exits import Exit
from tqcheck.errors import Place, UserError

if TYPE_CHECKING:
    from tqcheck.manifest import Article
    from tqcheck.model import Bitext
    from tqcheck.pipeline import Tools


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What to do with which folder."""
    parser.add_argument("what", choices=("suggest",), help="propose terms, as a TSV to edit")
    parser.add_argument(
        "folder", metavar="FOLDER", help="accepted pairs: *.fr.* and *.en.*, or files of both languages"
    )
    parser.add_argument("--least", metavar="N", type=int, default=3, help="occurrences that a term needs (%(default)s)")
    parser.add_argument("--words", action="store_true", help="propose single nouns too")
    parser.add_argument(
        "--glossary", metavar="FILE", action="append", default=[], help="leave out the terms of this glossary"
    )


def run(options: argparse.Namespace) -> Exit:
    """Read and link every pair, and print what they agree on. A pair that cannot be read is named and left out."""
    from tqcheck import glossary
    from tqcheck.glossary import suggest
    from tqcheck.pipeline import Tools

    if options.least < 1:
        raise UserError(f"--least must be 1 or more, and is {options.least}", hint="3 is the usual")
    known = glossary.load(options.glossary)
    articles = _articles(Path(options.folder))
    with environment.progress(options) as progress:
        tools = Tools(detectors=(), progress=progress)
        bitexts = list(_bitexts(articles, tools))
    if not bitexts:
        raise UserError("no pair of this folder could be read", Place(options.folder), hint="see the messages above")
    found = suggest.suggest(bitexts, known, least=options.least, single=options.words)
    environment.put_words(options, suggest.to_tsv(found))
    count = "1 pair" if len(bitexts) == 1 else f"{len(bitexts)} pairs"
    print(f"{len(found)} terms from {count} of files; delete what you do not want", file=sys.stderr)
    return Exit.PASSED


def _bitexts(articles: list[Article], tools: Tools) -> Iterator[Bitext]:
    from tqcheck import pipeline, readers
    from tqcheck.languages import identify

    for number, article in enumerate(articles, 1):
        tools.progress("articles", number, len(articles))
        try:
            if readers.are_aligned(*article):
                pairs = readers.read_aligned(*article)
                identify.verify(pairs.source, pairs.target)
                bitext = pipeline.pair_lines(*pairs, tools)
            else:
                source, target = readers.read(article.source, "fr"), readers.read(article.target, "en")
                identify.verify(source, target)
                bitext = pipeline.align_documents(source, target, tools)
        except UserError as error:
            print(error, file=sys.stderr)
            continue
        yield pipeline.link(bitext, tools)


def _articles(folder: Path) -> list[Article]:
    """The pairs of files below a folder, and its files of both languages. Raises UserError where there are none."""
    from tqcheck import readers
    from tqcheck.config import Pairs
    from tqcheck.config.template import discover
    from tqcheck.manifest import Article, articles

    if not folder.is_dir():
        raise UserError("there is no such folder", Place(str(folder)), hint="name a folder of accepted translations")
    patterns = [Pairs(folder, pattern.french, pattern.english) for pattern in discover(folder)]
    both = sorted(str(path) for path in folder.rglob("*") if readers.has_pairs(path.name) and path.is_file())
    found = [*articles(patterns, Path.cwd()).articles, *(Article(path, path) for path in both)]
    if not found:
        raise UserError(
            "there are no pairs of files in this folder",
            Place(str(folder)),
            hint="names that differ in fr and en (a.fr.md, a.en.md), or .xlf, .tmx, .po and .tsv files",
        )
    return found
