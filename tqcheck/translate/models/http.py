"""Bytes from a server, by Python's own HTTP client: it takes proxies from the environment by itself."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from tqcheck import __version__
from tqcheck.errors import UserError

BLOCK = 1 << 17
_PATIENCE = 30.0
"""Seconds without a byte after which a connection counts as broken."""
_LARGEST_PAGE = 1 << 24
_AGAIN_LATER = {408, 425, 429, 500, 502, 503, 504}
_TERMS = "accept the model's terms on its page with the account that the token in HF_TOKEN belongs to"
_PRIVATE = "it was taken away, or is for those alone who have an account there"


class Broken(Exception):
    """The connection could not be made or ended early; trying again may help. ``begun``: the server had answered."""

    def __init__(self, reason: str, begun: bool) -> None:
        super().__init__(reason)
        self.begun = begun


class NothingMore(Broken):
    """The server has no bytes where it was asked to go on; ``total`` is how many it says that the file has."""

    def __init__(self, reason: str, total: str) -> None:
        super().__init__(reason, begun=True)
        self.total = int(total) if total.isdecimal() else None


class _Redirects(urllib.request.HTTPRedirectHandler):
    """A token is for the host that it was given for, and what began encrypted stays so."""

    def redirect_request(self, req: Any, fp: Any, code: int, msg: str, headers: Any, newurl: str) -> Any:
        before, after = urlsplit(req.full_url), urlsplit(newurl)
        if before.scheme == "https" and after.scheme != "https":
            raise UserError(f"{before.hostname} leads to an address that is not encrypted: refused")
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request is not None and before.netloc != after.netloc:
            request.remove_header("Authorization")
        return request


@contextmanager
def opened(url: str, headers: dict[str, str], token: str | None = None) -> Iterator[Any]:
    """The answer to a request, to read blocks of with ``block``.

    Raises Broken where trying again may help, UserError where it will not.
    """
    if urlsplit(url).scheme not in ("http", "https"):
        raise UserError(f"not an address of a server: {url}", hint="it begins with https:// or http://")
    request = urllib.request.Request(url, headers={"User-Agent": f"tqcheck/{__version__}", **headers})
    if token is not None:
        request.add_header("Authorization", f"Bearer {token}")
    try:
        response = urllib.request.build_opener(_Redirects).open(request, timeout=_PATIENCE)
    except urllib.error.HTTPError as error:
        with error:
            raise _refused(error, url, token is not None) from error
    except urllib.error.URLError as error:
        raise Broken(f"{urlsplit(url).netloc} cannot be reached: {_words(error.reason)}", begun=False) from error
    except (OSError, http.client.HTTPException) as error:
        raise Broken(f"{urlsplit(url).netloc} does not answer: {_words(error)}", begun=False) from error
    with response:
        yield response


def block(response: Any) -> bytes:
    """The next bytes of an answer, none at its end. Raises Broken where the connection breaks."""
    try:
        return bytes(response.read1(BLOCK))
    except (OSError, http.client.HTTPException) as error:
        raise Broken(f"the connection broke: {_words(error)}", begun=True) from error


def page(url: str, token: str | None) -> bytes:
    """All of a small answer. Raises Broken or UserError."""
    parts = bytearray()
    with opened(url, {"Accept-Encoding": "identity"}, token) as response:
        while (part := block(response)) and len(parts) <= _LARGEST_PAGE:
            parts += part
    if len(parts) > _LARGEST_PAGE:
        raise UserError(f"the answer of {url} is far larger than a list of files")
    return bytes(parts)


def _refused(error: urllib.error.HTTPError, url: str, with_token: bool) -> Exception:
    host = urlsplit(url).netloc
    if error.code == 416:
        total = error.headers.get("Content-Range", "").rpartition("/")[2]
        return NothingMore(f"{host} cannot go on in the middle of {url}", total)
    if error.code in _AGAIN_LATER:
        return Broken(f"{host} answers {error.code} {error.reason}", begun=True)
    if error.code in (401, 403):
        return UserError(f"{host} refuses {url} ({error.code})", hint=_TERMS if with_token else _PRIVATE)
    if error.code in (404, 410):
        return UserError(
            f"{url} is not there ({error.code})",
            hint="it was moved or taken away; a later tqcheck may know where to, or --from names a mirror",
        )
    return UserError(f"{host} answers {error.code} {error.reason} to {url}")


def _words(error: object) -> str:
    if isinstance(error, TimeoutError):
        return f"nothing came for {_PATIENCE:.0f} seconds"
    return (isinstance(error, OSError) and error.strerror) or str(error) or type(error).__name__
