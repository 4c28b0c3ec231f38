"""The numbers of the outside benchmark's runner as Markdown tables.

The runner is not part of tqcheck:

    python run.py --command tqcheck --task all --data dev --extra=--no-mt --json out.json
    python benchmarks/table.py out.json
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any


def shown(value: Any) -> str:
    """A number with three places, a count as it is, nothing for what could not be computed."""
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}"


def tables(report: dict[str, Any]) -> str:
    """A heading a task, and a table for every set of columns that its rows have."""
    parts = []
    for task, result in report["tasks"].items():
        speed = result.get("speed", {})
        parts.append(f"### {task}\n")
        if "error" in result:
            parts.append(f"failed: {result['error']}\n")
            continue
        parts.append(f"{speed['records']:,} records, {speed['segments']:,} segments, {speed['seconds']:.0f} s\n")
        columns: tuple[str, ...] | None = None
        for name, row in result["rows"].items():
            if tuple(row) != columns:
                columns = tuple(row)
                parts.append(("\n" if parts[-1].startswith("|") else "") + f"| | {' | '.join(columns)} |")
                parts.append("|---" * (len(columns) + 1) + "|")
            parts.append(f"| {name} | {' | '.join(shown(value) for value in row.values())} |")
        parts.append("")
    return "\n".join(parts)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    print(tables(json.loads(parser.parse_args().report.read_text("utf-8"))))
