"""``tqcheck serve``: the check as a service, for programs of a desk that have no command line."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from contextlib import suppress
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli.arguments import add_cache
from tqcheck.cli.equipment import Equipment, add_settings, settings, work
from tqcheck.cli.exits import Exit
from tqcheck.errors import UserError
from tqcheck.escapes import as_lines

if TYPE_CHECKING:
    from tqcheck.serve.task import Answer, Check, Task

TOKEN = "TQCHECK_SERVE_TOKEN"
"""The variable of the environment whose value a client has to show; without it none is asked for."""
_SHORTEST_TOKEN = 16


def add_arguments(serve: argparse.ArgumentParser) -> None:
    """Its arguments."""
    from tqcheck.serve.limits import Limits

    usual = Limits()
    serve.add_argument("--host", default="127.0.0.1", help="where to listen (%(default)s: this machine alone)")
    serve.add_argument("--port", type=int, default=8765, help="the port (%(default)s); 0 is a free one")
    serve.add_argument(
        "--workers", type=_whole, default=usual.workers, help="processes that check, each with its models (%(default)s)"
    )
    serve.add_argument(
        "--waiting", type=_whole, default=usual.waiting, help="requests that may wait; more get 429 (%(default)s)"
    )
    serve.add_argument(
        "--seconds", type=_seconds, default=usual.seconds, help="from a request to its answer at most (%(default)g)"
    )
    serve.add_argument("--largest", type=_whole, default=usual.largest, help="bytes of a request at most (%(default)s)")
    add_settings(serve)
    add_cache(serve)


def run(options: argparse.Namespace) -> Exit:
    """Serve until SIGTERM or Ctrl-C."""
    if any(find_spec(name) is None for name in ("starlette", "uvicorn", "prometheus_client")):
        raise UserError("tqcheck serve needs a web server", hint='pip install "tqcheck[review]"')
    from tqcheck.serve.limits import Limits
    from tqcheck.serve.serving import Address, serve

    settings(options)  # what is wrong with them is said before anything is started
    token = os.environ.get(TOKEN) or None
    if token is not None and (len(token) < _SHORTEST_TOKEN or not token.isascii() or not token.isprintable()):
        raise UserError(
            f"{TOKEN} is no token", hint=f"at least {_SHORTEST_TOKEN} characters of ASCII, such as 32 hex digits"
        )
    limits = Limits(options.workers, options.waiting, options.seconds, options.largest)
    with suppress(KeyboardInterrupt):  # that is how it is ended by hand
        serve(
            partial(prepare, options),
            limits,
            Address(options.host, options.port, token),
            partial(_tell, token is not None),
        )
    return Exit.PASSED


def prepare(options: argparse.Namespace) -> Check:
    """In a worker: load all models, try them, and give what checks."""
    from tqcheck.serve import checking

    clock = checking.Clock()
    equipment = _Offline(options, clock)
    chosen = settings(options)
    options.no_results = True  # the service keeps no texts
    task = work(options, chosen, equipment)
    checking.try_out(task, clock)

    def check(asked: Task) -> Answer:
        return _answer(asked, partial(checking.check, work=task, clock=clock), options.seconds)

    return check


class _Offline(Equipment):
    """Equipment that fetches nothing."""

    def _fetched(self, repository: str) -> Path:
        raise UserError(
            f"the service fetches nothing, and {repository} is not here", hint="give the folder of a model to --lm"
        )


def _answer(asked: Task, check: Check, seconds: float) -> Answer:
    """The answer to a task, whatever happens: a fault of ours is told in the log, not to the client."""
    from tqcheck.serve.checking import OverdueError
    from tqcheck.serve.task import Answer as Answered
    from tqcheck.serve.task import explained, fault, too_long

    try:
        return check(asked)
    except UserError as error:
        return Answered(422, explained(error))
    except OverdueError:
        return too_long(seconds)
    except Exception:
        print(as_lines(traceback.format_exc()), file=sys.stderr, flush=True)
        return Answered(500, fault("a fault of tqcheck", "tell whoever runs the service: its log says more"))


def _tell(with_token: bool, address: str, wide: bool) -> None:
    print(f"{address}\nThe models are being loaded; {address}/readyz says when. Ctrl-C or SIGTERM ends it.", flush=True)
    if wide and not with_token:
        print(
            f"warning: other machines reach this address, and none has to say who it is: set {TOKEN}, and put a proxy "
            "with TLS before it",
            file=sys.stderr,
            flush=True,
        )


def _whole(given: str) -> int:
    number = int(given)
    if not 0 < number < 1_000_000_000:
        raise ValueError
    return number


def _seconds(given: str) -> float:
    number = float(given)
    if not 0 < number <= 86_400:
        raise ValueError
    return number
