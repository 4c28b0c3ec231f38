"""``tqcheck align``: which sentences translate which."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import add_texts, two_documents
from tqcheck.cli.exits import Exit

if TYPE_CHECKING:
    from tqcheck.model import Bitext


def add_arguments(align: argparse.ArgumentParser) -> None:
    """Its arguments."""
    add_texts(align)
    align.add_argument(
        "--segmented", action="store_true", help="one sentence a line already; blank lines end paragraphs"
    )
    align.add_argument(
        "--format", choices=("table", "json", "vecalign"), default="table", help="how to print (%(default)s)"
    )
    align.add_argument("--no-mt", action="store_true", help="taken as in check; aligning uses no machine translation")


def run(options: argparse.Namespace) -> Exit:
    """Align, and print the beads."""
    from tqcheck import pipeline, readers
    from tqcheck.languages import identify

    with environment.progress(options) as progress:
        tools = pipeline.Tools(detectors=(), progress=progress)
        read = readers.read_segmented if options.segmented else readers.read
        source, target = two_documents(options, read)
        identify.verify(source, target)
        align = pipeline.align_segmented if options.segmented else pipeline.align_alone
        bitext = align(source, target, tools)
    environment.put(options, _rendered(options, bitext))
    return Exit.PASSED


def _rendered(options: argparse.Namespace, bitext: Bitext) -> str:
    from tqcheck.render import alignment

    if options.format == "json":
        return alignment.alignment_to_json(bitext)
    if options.format == "vecalign":
        return alignment.alignment_to_vecalign(bitext)
    from tqcheck.render import beads

    return beads.align_table(bitext, environment.look(options))
