"""Memory is given back, and what was written to is left alone."""

from __future__ import annotations

import mmap
import subprocess
import sys
from pathlib import Path

import pytest

from tqcheck import memory
from tqcheck.memory import give_back, hold_little

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux says what is in memory")
SIZE = 4 << 20


def resident(path: Path) -> int:
    """KiB of the file that are in this process's memory."""
    found, own = 0, False
    for line in Path("/proc/self/smaps").read_text("utf-8", "surrogateescape").splitlines():
        if line.split(maxsplit=1)[0][-1] != ":":
            own = line.endswith(str(path))
        elif own and line.startswith("Rss:"):
            found += int(line.split()[1])
    return found


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a file with blanks.bin"
    path.write_bytes(bytes(range(256)) * (SIZE // 256))
    return path


@linux
def test_pages_of_a_file_are_let_go_and_can_be_read_again(file: Path) -> None:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, mmap.MAP_PRIVATE, mmap.PROT_READ) as mapped:
        assert len(mapped.read()) == SIZE
        assert resident(file) == SIZE >> 10
        give_back(file)
        assert resident(file) == 0
        assert mapped[:256] == bytes(range(256))


@linux
def test_other_files_stay_and_so_does_what_was_written_to(file: Path, tmp_path: Path) -> None:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, mmap.MAP_PRIVATE) as mapped:
        mapped[0] = 99
        give_back(tmp_path / "another")
        give_back(file)
        assert mapped[0] == 99
        assert resident(file) > 0


@linux
def test_what_was_freed_goes_back() -> None:
    held = [bytes(1_000) for _ in range(200_000)]
    full = private()
    del held[1:]
    give_back()
    assert private() < full - 100_000
    assert held


HOLES = """
import sys
from tqcheck.memory import hold_little
if sys.argv[1] == "little":
    hold_little()
b"x" * (30 << 20)  # freed at once: the allocator's limit is that high now
held = [b"x" * (1 << 20) for _ in range(60)]
del held[::2]
rows = open("/proc/self/smaps_rollup").read().splitlines()
print(next(row.split()[1] for row in rows if row.startswith("Anonymous:")))
"""


@linux
def test_holes_do_not_stay() -> None:
    """Blocks that are freed among others that stay."""
    usual, little = (
        int(subprocess.run([sys.executable, "-c", HOLES, way], check=True, capture_output=True).stdout)
        for way in ("usual", "little")
    )
    assert little < usual - 20_000


def private() -> int:
    rows = Path("/proc/self/smaps_rollup").read_text("utf-8").splitlines()
    return next(int(row.split()[1]) for row in rows if row.startswith("Anonymous:"))


def test_elsewhere_nothing_is_done(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    asked: list[object] = []
    monkeypatch.setattr("ctypes.CDLL", asked.append)
    monkeypatch.setattr(sys, "platform", "darwin")
    give_back(file)
    hold_little()
    assert not asked


@linux
def test_where_nobody_says_what_is_mapped_it_stays(monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    with file.open("rb") as opened, mmap.mmap(opened.fileno(), 0, mmap.MAP_PRIVATE, mmap.PROT_READ) as mapped:
        assert len(mapped.read()) == SIZE
        monkeypatch.setattr(memory, "_MAPS", file.with_name("no such"))
        give_back(file)
        assert resident(file) == SIZE >> 10
