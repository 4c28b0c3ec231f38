"""The answer of the library is kept, and asked anew where it may be another."""

from __future__ import annotations

from pathlib import Path

import pytest

from tqcheck.translate.gemma import arithmetic


@pytest.fixture(autouse=True)
def version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(arithmetic, "library", lambda: "1.0")


def never() -> str:
    raise AssertionError("asked again")


def test_it_is_asked_once(tmp_path: Path) -> None:
    assert arithmetic.arithmetic(tmp_path / "new", lambda: "bf16") == "bf16"
    assert arithmetic.arithmetic(tmp_path / "new", never) == "bf16"


def test_another_version_or_processor_is_asked_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    processor = tmp_path / "cpuinfo"
    processor.write_text("flags\t: avx2\nMHz: 1\n\nflags\t: avx2\n")
    arithmetic.arithmetic(tmp_path, lambda: "f32", processor)
    processor.write_text("flags\t: avx2\nMHz: 2\n\nflags\t: avx2\n")
    assert arithmetic.arithmetic(tmp_path, never, processor) == "f32"
    processor.write_text("flags\t: avx2 avx512_bf16\n")
    assert arithmetic.arithmetic(tmp_path, lambda: "bf16", processor) == "bf16"
    monkeypatch.setattr(arithmetic, "library", lambda: "2.0")
    assert arithmetic.arithmetic(tmp_path, lambda: "f16", processor) == "f16"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"where": 1}', '{"where": [], "arithmetic": "f32"}', "\0"])
def test_a_damaged_note_is_written_anew(tmp_path: Path, content: str) -> None:
    (tmp_path / arithmetic.FILE).write_text(content)
    assert arithmetic.arithmetic(tmp_path, lambda: "bf16") == "bf16"
    assert arithmetic.arithmetic(tmp_path, never) == "bf16"


def test_where_nothing_can_be_written_it_is_asked_each_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for answer in ("bf16", "f32"):
        assert arithmetic.arithmetic(tmp_path / "file", lambda answer=answer: answer) == answer  # type: ignore[misc]
    (tmp_path / arithmetic.FILE).mkdir()
    assert arithmetic.arithmetic(tmp_path, lambda: "f32") == "f32"
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("tmp")] == []


@pytest.mark.parametrize(
    ("flags", "wanted"), [("avx2 avx512f", False), ("avx512f avx512_vnni", True), ("amx_int8 avx2", True), ("", False)]
)
def test_whether_it_computes_in_eight_bits(tmp_path: Path, flags: str, wanted: bool) -> None:
    processor = tmp_path / "cpuinfo"
    processor.write_text(f"bugs\t: avx512_vnni\nflags\t: {flags}\n\nflags\t: avx512_vnni\n")
    assert arithmetic.eight_bits(processor) == wanted
    assert not arithmetic.eight_bits(tmp_path / "none")
