"""The server on this machine: a socket of 127.0.0.1 and nothing else, an address with a token."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

from tqcheck.errors import UserError
from tqcheck.review.application import application

HOST = "127.0.0.1"


def serve(folder: Path, port: int, tell: Callable[[str], None]) -> None:
    """Serve the reports in ``folder`` until interrupted; ``tell`` gets the address. Port 0: a free one.

    Raises UserError where the folder or the port cannot be used.
    """
    import uvicorn

    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as listening:
        if os.name == "posix":  # elsewhere it would let two servers have one port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((HOST, port))
            listening.listen(128)  # before the address is told, so that it answers
        except (OSError, OverflowError) as error:
            raise UserError(
                f"port {port} cannot be used: {error}", hint="leave out --port: a free one is taken"
            ) from error
        own = f"{HOST}:{listening.getsockname()[1]}"
        token = secrets.token_urlsafe(24)
        served = application(folder, token, frozenset({own}))
        tell(f"http://{own}/{token}/")
        # No access log: it would write the token down.
        config = uvicorn.Config(served, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
        uvicorn.Server(config).run(sockets=[listening])
