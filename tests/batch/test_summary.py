"""The tables, the failures, the page and the line of progress."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest

from tqcheck.batch import summary, watch
from tqcheck.batch.record import Kind, Row, State
from tqcheck.batch.run import Count
from tqcheck.batch.storage import Storage

HOSTILE = "<script>alert(1)</script>\"'=cmd|/\u202e\x1b[2J"
ROWS = (
    Row(
        1,
        "a.fr",
        "a.en",
        State.PASSED,
        "",
        "",
        1,
        "A, title",
        3,
        1,
        0,
        0,
        0,
        0,
        0,
        0.875,
        1.5,
        "reports/a.json",
        "",
        "k",
    ),
    Row(
        2, "=b.fr", "b\nc.en", State.FAILED, "", "", 2, HOSTILE, 3, 2, 2, 1, 1, 0, 0, 1.0, 2e-06, "r", "pages/b c.html"
    ),
    Row(3, "c.fr", "", State.UNCHECKED, Kind.FAULT, "Traceback\n  line\nZeroDivisionError: é\udcff", 1),
)


def test_the_same_csv_with_pyarrow_and_without() -> None:
    pytest.importorskip("pyarrow", reason='no Parquet: pip install ".[parquet]"')
    plain = summary.plain_csv(ROWS)
    assert summary.arrow_csv(summary.to_table(ROWS, spreadsheet=True)).decode() == plain


def test_no_cell_of_the_csv_is_a_formula_and_unknown_is_empty() -> None:
    rows = list(csv.DictReader(io.StringIO(summary.plain_csv(ROWS))))
    assert [row["number"] for row in rows] == ["1", "2", "3"]
    assert rows[1]["french"] == "'=b.fr"
    assert rows[1]["english"] == "b c.en"
    assert rows[2]["quality"] == ""
    assert "\x1b" not in summary.plain_csv(ROWS)


def test_the_parquet_has_numbers_and_the_texts_as_they_are() -> None:
    pyarrow = pytest.importorskip("pyarrow", reason='no Parquet: pip install ".[parquet]"')
    from pyarrow import parquet

    table = parquet.read_table(pyarrow.BufferReader(summary.parquet(summary.to_table(ROWS))))
    assert table.column_names == list(Row._fields)
    assert str(table.schema.field("critical").type) == "int64"
    assert str(table.schema.field("quality").type) == "double"
    assert table.column("quality").to_pylist() == [0.875, 1.0, None]
    assert table.column("french").to_pylist()[1] == "=b.fr"


def test_failures_are_a_line_each_with_the_whole_reason() -> None:
    (line,) = summary.failures(ROWS).splitlines()
    assert json.loads(line) == {
        "number": 3, "french": "c.fr", "english": "", "kind": "fault", "reason": ROWS[2].reason, "attempts": 1,
    }  # fmt: skip


def test_the_page_leads_to_the_reports_and_hostile_titles_stay_text() -> None:
    page = summary.index(ROWS)
    assert "1 of 3 translations passes, 1 does not, 1 could not be checked." in page
    assert 'href="pages/b%20c.html"' in page
    assert 'href="reports/a.json"' in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert r"\u202e\x1b[2J" in page
    assert "ZeroDivisionError: é" in page
    assert page.count("<script") == 1
    assert "default-src &#39;none&#39;; script-src &#39;sha256-" in page
    assert not re.search(r"(?:src|href)=\"(?:https?:)?//", page)
    order = re.findall(r'<tr data-state="([^"]+)"', page)
    assert order == ["not checked", "failed", "passed"], "what needs somebody most comes first"
    assert page == summary.index(ROWS)


def test_without_pyarrow_there_is_csv_and_a_word_on_how_to_get_the_rest(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path_factory.mktemp("results")
    monkeypatch.setattr(summary, "find_spec", lambda name: None)
    (note,) = summary.write(ROWS, Storage(str(folder)))
    assert 'pip install "tqcheck[parquet]"' in note
    assert {path.name for path in folder.iterdir()} == {"summary.csv", "failures.jsonl", "index.html"}


def test_the_line_of_progress_has_rate_and_time_left() -> None:
    count = Count(1000, kept=100)
    count.states[State.PASSED] = 19
    count.states[State.UNCHECKED] = 1
    assert watch.line(count, 2.0) == (
        "120 of 1,000 pairs (12%), 100 finished before, 1 not checked, 2.0 a second, 7 min left"
    )
    assert watch.line(count, None).endswith("1 not checked")
    assert watch.line(count, 0.5).endswith("30.0 a minute, 29 min left")
    assert [watch.duration(seconds) for seconds in (45, 600, 12_000)] == ["45 s", "10 min", "3 h 20 min"]


def test_progress_is_written_over_on_a_terminal_and_seldom_in_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("tqcheck.batch.watch.time.monotonic", lambda: now[0])
    written = {}
    for terminal in (True, False):
        count, file = Count(100), io.StringIO()
        look = watch.Watch(count, file, terminal=terminal)
        for _ in range(100):
            count.states[State.PASSED] += 1
            now[0] += 1.0
            look()
        look.close()
        written[terminal] = file.getvalue()
    assert written[True].count("\n") == 0
    assert "50 of 100 pairs (50%), 1.0 a second, 50 s left" in written[True]
    assert written[True].endswith("\r")
    assert written[False].count("\n") == 3
