"""``tqcheck review``: the HTML reports of a folder in one local page."""

from __future__ import annotations

import argparse
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError


def add_arguments(review: argparse.ArgumentParser) -> None:
    """Its arguments."""
    review.add_argument(
        "folder", metavar="FOLDER", help="HTML reports, as tqcheck check --report html=FOLDER writes them"
    )
    review.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (a free one)")


def run(options: argparse.Namespace) -> Exit:
    """Serve until Ctrl-C."""
    if find_spec("starlette") is None or find_spec("uvicorn") is None:
        raise UserError("tqcheck review needs a web server", hint='pip install "tqcheck[review]"')
    from tqcheck.review.serving import serve

    with suppress(KeyboardInterrupt):  # that is how it is ended
        serve(Path(options.folder), options.port, _tell)
    return Exit.PASSED


def _tell(address: str) -> None:
    print(f"{address}\nOpen it in a browser of this machine; Ctrl-C ends it.", flush=True)
