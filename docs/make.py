"""Write the pages that the program knows best: docs/detectors.md, from the rules themselves and docs/precision.tsv.

python docs/make.py           writes them
python docs/make.py --check   exit status 1 if one is not as it would be written
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from tqcheck.detector import HEADINGS, Detector, Example
from tqcheck.detectors import all_detectors

HERE = Path(__file__).parent
Row = dict[str, str]

HEAD = """# The rules

Written by `python docs/make.py` from the rules themselves. `tqcheck explain RULE` prints the same in a terminal.

How the precision is measured: a rule runs over translations that should pass (the development data of an outside
benchmark: human translations of news, novels' and films' lines, medical abstracts, right sentences of contrastive
sets). Every finding is read by eye: *true* are those that a careful editor would want to see, since human translations
have faults as well. The counts are in [precision.tsv](precision.tsv).

"""


def precisions() -> dict[str, list[Row]]:
    """The rows of precision.tsv by rule."""
    rows: dict[str, list[Row]] = defaultdict(list)
    with (HERE / "precision.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            rows[row["rule"]].append(row)
    return rows


def detectors_page() -> str:
    """The whole of docs/detectors.md."""
    measured = precisions()
    table = ["| rule | finds | category | severity | on | precision |", "|---|---|---|---|---|---|"]
    table += [overview(rule, measured[rule.rule]) for rule in all_detectors()]
    return HEAD + "\n".join(table) + "\n\n" + "\n".join(section(rule, measured[rule.rule]) for rule in all_detectors())


def overview(rule: Detector, rows: list[Row]) -> str:
    """The rule's line in the table."""
    found, true = (sum(int(row[name]) for row in rows) for name in ("findings", "true"))
    share = f"{true} of {found}" if found else ("no finding" if rows else "not measured")
    link = f"[{rule.rule}](#{rule.rule})"
    return f"| {link} | {rule.summary} | {rule.category} | {rule.severity} | {'yes' if rule.on else 'no'} | {share} |"


def section(rule: Detector, rows: list[Row]) -> str:
    """The rule's own section."""
    parts = [f"## {rule.rule}", rule.summary]
    parts += [f"**{heading}.** {rule.section(heading)}" for heading in HEADINGS]
    parts.append("\n".join(example(e) for e in rule.examples))
    if rows:
        parts.append(
            "\n".join(
                ["| data | segments | findings | true | note |", "|---|---|---|---|---|"]
                + [f"| {r['data']} | {r['segments']} | {r['findings']} | {r['true']} | {r['note']} |" for r in rows]
            )
        )
    return "\n\n".join(parts) + "\n"


def example(pair: Example) -> str:
    """An example as a line of a list; lines of several pairs are apart by a stroke."""
    source, target = (text.replace("\n", " / ").strip() or "(nothing)" for text in (pair.source, pair.target))
    return f"- {'leaves alone' if pair.silent else 'finds'}: « {source} » – {target}"


if __name__ == "__main__":
    page = HERE / "detectors.md"
    if "--check" in sys.argv:
        sys.exit(0 if page.exists() and page.read_text("utf-8") == detectors_page() else 1)
    page.write_text(detectors_page(), "utf-8")
