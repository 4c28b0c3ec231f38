"""Where the time goes: a flame graph of one check, as an SVG without scripts.

    python benchmarks/flame.py [--cold] [--mt none] [--out docs/flame.svg]

The 600-word article of `cold.py` is checked once (after a first time that is not looked at, or with ``--cold`` the
first time, imports and models included), while the main thread's stack is looked at every 2 milliseconds. A box is a
function, as wide as its share of the looks; below it stands what it calls. Ours are orange, libraries blue. Boxes of
less than 0.4 % are left out; a box's title, shown by a browser on hovering, has its name in full and its share.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from types import FrameType

from cold import article

INTERVAL = 0.002
WIDTH, ROW, LETTER = 1200, 17, 6.6
LEAST = 0.004
COLOURS = {True: "#f2a65a", False: "#9db8d9"}


@dataclass
class Box:
    """A function in its place: how often it was seen there, and what it called."""

    name: str
    ours: bool
    looks: int = 0
    calls: dict[str, Box] = field(default_factory=dict)


class Watch:
    """Looks at a thread's stack again and again, from another thread."""

    def __init__(self, thread: int) -> None:
        self.root = Box("all", ours=True)
        self._thread, self._over = thread, threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Watch:
        self._looking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(INTERVAL):
            frame = sys._current_frames().get(self._thread)
            self._add(list(_stack(frame))[::-1])

    def _add(self, stack: list[tuple[str, bool]]) -> None:
        box = self.root
        box.looks += 1
        for name, ours in stack:
            box = box.calls.setdefault(name, Box(name, ours))
            box.looks += 1


def _stack(frame: FrameType | None) -> Iterator[tuple[str, bool]]:
    """From the inside out: module and function, and whether it is ours. The machinery of imports is left out."""
    while frame is not None:
        module = str(frame.f_globals.get("__name__", "?"))
        if not module.startswith(("importlib", "_frozen", "threading", "concurrent")) and module != "__main__":
            yield f"{module}.{frame.f_code.co_qualname}", module.split(".")[0] == "tqcheck"
        frame = frame.f_back


def drawn(box: Box, total: int, left: float, depth: int) -> Iterator[tuple[int, str]]:
    """The rows that are used, and the shapes."""
    width = WIDTH * box.looks / total
    if box.looks < LEAST * total:
        return
    name = box.name if len(box.name) * LETTER < width else box.name.rsplit(".", 1)[-1]
    label = name if len(name) * LETTER < width else ""
    title = escape(f"{box.name}: {100 * box.looks / total:.1f} %")
    y = depth * (ROW + 1)
    yield (
        depth,
        f'<g><title>{title}</title><rect x="{left:.1f}" y="{y}" width="{max(width - 0.5, 0.5):.1f}" height="{ROW}" '
        f'fill="{COLOURS[box.ours]}"/><text x="{left + 3:.1f}" y="{y + 12}">{escape(label)}</text></g>',
    )
    for inner in sorted(box.calls.values(), key=lambda inner: -inner.looks):
        yield from drawn(inner, total, left, depth + 1)
        left += WIDTH * inner.looks / total


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--mt", default="none")
    parser.add_argument("--out", type=Path, default=Path("docs/flame.svg"))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = article(Path(folder))
        if options.cold:
            root = watched(paths, options.mt)
        else:
            watched(paths, options.mt)
            root = watched(paths, options.mt)
    shapes = list(drawn(root, root.looks, 0.0, 0))
    height = (max(depth for depth, _ in shapes) + 1) * (ROW + 1)
    options.out.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" '
        'font-family="monospace" font-size="11">\n' + "\n".join(shape for _, shape in shapes) + "\n</svg>\n",
        "utf-8",
    )
    print(f"{root.looks} looks, {len(shapes)} boxes: {options.out}")


_TOOLS: dict[str, object] = {}


def watched(paths: list[str], mt: str) -> Box:
    """One check, looked at; tools and models are made at the first."""
    with Watch(threading.get_ident()) as watch:
        from tqcheck import pipeline, readers

        tools = _TOOLS.setdefault(mt, pipeline.usual_tools(mt))
        assert isinstance(tools, pipeline.Tools)
        french, english = (readers.read(path, lang) for path, lang in zip(paths, ("fr", "en"), strict=True))
        pipeline.check_documents(french, english, tools)
    return watch.root


if __name__ == "__main__":
    main()
