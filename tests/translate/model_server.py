"""A server of models on this machine, laid out as Mozilla's storage and the hub are, with the faults of a network."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone: that is what some of the tests are about."""


class Server:
    """``files``: path -> content. What goes wrong: for a path, ``cuts`` are the bytes after which each of its next
    answers breaks off, ``answers`` the statuses of its next answers; ``ranges`` False: it always sends all.

    ``seen`` has the requests: path, headers, and how many bytes were sent. ``elsewhere`` is another name of the same
    machine, to which what is under ``/OWNER/NAME/resolve`` leads.
    """

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.cuts: dict[str, list[int]] = defaultdict(list)
        self.answers: dict[str, list[int]] = defaultdict(list)
        self.ranges = True
        self.pause = 0.0
        self.seen: list[tuple[str, Mapping[str, str], int]] = []
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server._answer(self)

            def log_message(self, format: str, *arguments: Any) -> None:
                pass

        self._http = _Quiet(("127.0.0.1", 0), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._http.server_port}"

    @property
    def elsewhere(self) -> str:
        return f"http://localhost:{self._http.server_port}"

    def requests(self, ending: str) -> list[tuple[str, Mapping[str, str], int]]:
        """The requests whose path ends so."""
        return [request for request in self.seen if request[0].endswith(ending)]

    def publish(self, repository: str, files: Mapping[str, bytes], commit: str = COMMIT) -> None:
        """Files as the hub has them: a list with their hashes, and each under its commit. Those over 1 kB are large."""
        listing = []
        for name, content in files.items():
            self.files[f"/{repository}/resolve/{commit}/{name}"] = content
            git = hashlib.sha1(f"blob {len(content)}\0".encode() + content).hexdigest()
            row: dict[str, object] = {"rfilename": name, "size": len(content), "blobId": git}
            if len(content) > 1000:
                sha256 = hashlib.sha256(content).hexdigest()
                row["lfs"] = {"sha256": sha256, "size": len(content), "pointerSize": 134}
            listing.append(row)
        described = {"id": repository, "sha": commit, "siblings": listing}
        self.files[f"/api/models/{repository}/revision/main"] = json.dumps(described).encode()

    def _answer(self, asked: BaseHTTPRequestHandler) -> None:
        path = urlsplit(asked.path).path
        position = len(self.seen)
        self.seen.append((path, dict(asked.headers), 0))
        if self.answers[path]:
            status = self.answers[path].pop(0)
            if status != 200:
                asked.send_error(status)
                return
        if "/resolve/" in path and not path.startswith("/elsewhere"):
            asked.send_response(302)
            asked.send_header("Location", f"{self.elsewhere}/elsewhere{path}")
            asked.end_headers()
            return
        content = self.files.get(path.removeprefix("/elsewhere"))
        if content is None:
            asked.send_error(404)
            return
        self._send(asked, position, content)

    def _send(self, asked: BaseHTTPRequestHandler, position: int, content: bytes) -> None:
        path = self.seen[position][0]
        found = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("Range", "")) if self.ranges else None
        start = int(found[1]) if found else 0
        if start >= len(content):
            asked.send_response(416)
            asked.send_header("Content-Range", f"bytes */{len(content)}")
            asked.end_headers()
            return
        asked.send_response(206 if found else 200)
        if found:
            asked.send_header("Content-Range", f"bytes {start}-{len(content) - 1}/{len(content)}")
        asked.send_header("Content-Length", str(len(content) - start))
        asked.end_headers()
        end = start + self.cuts[path].pop(0) if self.cuts[path] else len(content)
        part = content[start:end]
        self.seen[position] = (path, dict(asked.headers), len(part))
        for begin in range(0, len(part), 10_000):
            asked.wfile.write(part[begin : begin + 10_000])
            time.sleep(self.pause)
        asked.close_connection = True


@contextmanager
def running() -> Iterator[Server]:
    """A server until the end of the block."""
    server = Server()
    thread = threading.Thread(target=server._http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server._http.shutdown()
        server._http.server_close()
        thread.join()


def sha256(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def packed(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
