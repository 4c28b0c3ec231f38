"""The server: a socket that is open before the models are loaded, and an end that leaves nobody without an answer."""

from __future__ import annotations

import math
import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import TYPE_CHECKING

from tqcheck.errors import UserError
from tqcheck.serve.application import Service
from tqcheck.serve.limits import GRACE, Limits
from tqcheck.serve.task import Prepare

if TYPE_CHECKING:
    import uvicorn

_CONNECTIONS = 256
"""Open at once; one more is answered 503 by the server itself."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen: ``host`` a name or an address, ``port`` 0 a free one; ``token`` what a bearer has to show."""

    host: str = "127.0.0.1"
    port: int = 0
    token: str | None = None


def serve(prepare: Prepare, limits: Limits, address: Address, tell: Callable[[str, bool], None]) -> None:
    """Serve until SIGTERM or Ctrl-C, then answer what was accepted. ``tell`` gets the URL, and whether others reach it.

    Raises UserError where the address cannot be used or the models cannot be loaded as they were asked for.
    """
    import uvicorn

    with _listening(address) as listening:
        host, port = listening.getsockname()[:2]
        own = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        alone = host == "::1" or host.startswith("127.")
        names = frozenset({own, f"localhost:{port}"}) if alone else None
        service = Service(prepare, limits, names, address.token)

        class Server(uvicorn.Server):
            def handle_exit(self, sig: int, frame: FrameType | None) -> None:
                service.stopping = True
                super().handle_exit(sig, frame)

        server = Server(_configuration(service, limits))

        def stop() -> None:
            server.should_exit = True

        service.pool.on_failure = stop
        tell(f"http://{own}", not alone)
        with _at_peace_with_sigterm():
            server.run(sockets=[listening])
        if service.pool.failure is not None:
            raise service.pool.failure


def _configuration(service: Service, limits: Limits) -> uvicorn.Config:
    import uvicorn

    return uvicorn.Config(
        service.application,
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=_CONNECTIONS,
        timeout_graceful_shutdown=math.ceil(limits.seconds + GRACE) + 5,
    )


@contextmanager
def _listening(address: Address) -> Iterator[socket.socket]:
    if not 0 <= address.port <= 65535:  # the library would take it modulo 65536
        raise UserError(f"port {address.port} cannot be used", hint="a port is a number from 0 to 65535")
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, kind, protocol, _, place = found[0]
        listening = socket.socket(family, kind, protocol)
    except (OSError, OverflowError) as error:
        raise UserError(f"{address.host}:{address.port} cannot be used: {error}") from error
    with listening:
        if os.name == "posix":  # elsewhere it would let two servers have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind(place)
            listening.listen(128)  # before the address is told, so that it answers
        except (OSError, OverflowError) as error:
            raise UserError(
                f"{address.host}:{address.port} cannot be used: {error}",
                hint="choose another --port, or 0 for a free one",
            ) from error
        yield listening


@contextmanager
def _at_peace_with_sigterm() -> Iterator[None]:
    """uvicorn raises the signal again when it has stopped; by then it has been obeyed."""
    before = signal.signal(signal.SIGTERM, lambda number, frame: None)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
