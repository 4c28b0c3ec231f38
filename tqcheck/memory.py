"""Memory that the program has done with, given back to the system.

What a library reads and turns into another shape is freed, but stays with the process: the allocator keeps it for what
may come, and files that were mapped stay in memory as long as nobody else wants it. Both look like memory that is
needed, to those who watch a process and to a container's limit. Elsewhere than on Linux nothing is done.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_DONTNEED = 4
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_MAPS = Path("/proc/self/maps")


def hold_little() -> None:
    """Let blocks of half a MiB and more be the system's again as soon as they are freed, in this process.

    The allocator raises that limit by itself whenever such a block is freed, up to 32 MiB, and then keeps holes of that
    size. It lasts until the process ends, so it is for programs of our own: a host's memory is its own business.
    """
    library = _library()
    if library is not None and hasattr(library, "mallopt"):
        library.mallopt(_MMAP_THRESHOLD, 512 << 10)
        library.mallopt(_TRIM_THRESHOLD, 2 << 20)


def give_back(*files: Path) -> None:
    """Give back what was freed, and the pages of ``files``, where they are mapped for reading alone.

    Such a page comes from the file again should anyone look at it.
    """
    library = _library()
    if library is None:
        return
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
    wanted = {str(path.resolve()) for path in files}
    if wanted and hasattr(library, "madvise"):
        for start, size in _mapped(wanted):
            library.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), _DONTNEED)


def _mapped(wanted: set[str]) -> Iterator[tuple[int, int]]:
    """Where files are mapped that cannot be written to there: start and size in bytes."""
    try:
        lines = _MAPS.read_text("utf-8", "surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        # address, permissions, offset, device, inode, path
        fields = line.split(maxsplit=5)
        if len(fields) == 6 and fields[5] in wanted and "w" not in fields[1]:
            start, end = (int(part, 16) for part in fields[0].split("-"))
            yield start, end - start


def _library() -> Any:
    """The C library of this process, None where it has not what is asked of it here."""
    if sys.platform != "linux":
        return None
    try:
        return ctypes.CDLL(None)
    except OSError:
        return None
