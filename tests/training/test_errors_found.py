"""What counts as finding an error that was made on purpose."""

from __future__ import annotations

import json
from pathlib import Path

from tests.bitexts import bitext_of
from training.errors.found import FALSE, TRUE, UNTOUCHED, counted, records

FRENCH = "Le projet coûte 12 millions d’euros."


def record(target: str, kinds: list[str], changed: list[list[object]]) -> dict[str, object]:
    return {
        "source": FRENCH, "target": target, "kinds": kinds, "changed": changed, "gaps": [], "left_out": [], "wrong": [],
    }  # fmt: skip


def outcomes(target: str, kinds: list[str], changed: list[list[object]]) -> tuple[int, dict[str, int]]:
    found, counts = counted(bitext_of(FRENCH, target), [record(target, kinds, changed)])
    return len(found), {outcome: count for (rule, _, outcome), count in counts.items() if rule == "number-mismatch"}


def test_a_finding_at_the_change_is_true_and_one_elsewhere_is_not() -> None:
    wrong = "The project costs 13 million euros."
    start = wrong.index("13")
    assert outcomes(wrong, ["number"], [[start, start + 2, "number"]]) == (1, {TRUE: 1})
    assert outcomes(wrong, ["sense"], [[4, 11, "sense"]]) == (0, {FALSE: 1})
    assert outcomes(wrong, [], []) == (0, {UNTOUCHED: 1})
    assert outcomes("The project costs 12 million euros.", ["sense"], [[4, 11, "sense"]]) == (0, {})


def test_pairs_that_were_seen_are_left_out(tmp_path: Path) -> None:
    rows = [record("One.", [], []), record("Two.", [], []) | {"source": "Un autre."}, record(" ", [], [])]
    for name, some in (("all.jsonl", rows), ("seen.jsonl", rows[:1])):
        (tmp_path / name).write_text("\n".join(map(json.dumps, some)), "utf-8")
    left = records(tmp_path / "all.jsonl", [tmp_path / "seen.jsonl"], None)
    assert [row["target"] for row in left] == ["Two."]
