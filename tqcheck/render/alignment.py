"""An alignment as data: JSON, and Vecalign's lines. The form is described in docs/report.md."""

from __future__ import annotations

import json

from tqcheck.model import Bitext, Pair
from tqcheck.render.data import DIGITS, number

ALIGNMENT_SCHEMA = "tqcheck-alignment/1"


def alignment_to_json(bitext: Bitext) -> str:
    """The beads of ``bitext`` as ``tqcheck-alignment/1``, a bead a line. Sentences count from 0."""
    beads: list[str] = []
    for pair in bitext.pairs:
        bead: dict[str, object] = {
            "source": list(pair.source.sentences),
            "target": list(pair.target.sentences),
            "score": number(pair.alignment),
        }
        if pair.moved:
            bead["moved"] = True
        beads.append(f"    {json.dumps(bead)}")
    inside = "[\n" + ",\n".join(beads) + "\n  ]" if beads else "[]"
    return f'{{\n  "schema": "{ALIGNMENT_SCHEMA}",\n  "beads": {inside}\n}}\n'


def alignment_to_vecalign(bitext: Bitext) -> str:
    """The beads as Vecalign writes them: a line ``[8,9]:[10]:cost``, cost being 1 minus the confidence.

    The cost is left out where there is no confidence. Vecalign (Thompson & Koehn 2019) reads such lines as gold or
    system alignments, sentences counted from 0.
    """
    return "".join(f"{_bead(pair)}\n" for pair in bitext.pairs)


def _bead(pair: Pair) -> str:
    sides = [f"[{','.join(map(str, side.sentences))}]" for side in (pair.source, pair.target)]
    cost = number(pair.alignment)
    return ":".join(sides if cost is None else [*sides, f"{1 - cost:.{DIGITS}f}"])
