"""The document that describes the service: openapi.json (OpenAPI 3.1), with the version of the program in it."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from tqcheck import __version__


@cache
def document() -> bytes:
    """The document as it is handed out."""
    data = json.loads(resources.files(__package__).joinpath("openapi.json").read_text("utf-8"))
    data["info"]["version"] = __version__
    return json.dumps(data, ensure_ascii=False).encode("utf-8")
