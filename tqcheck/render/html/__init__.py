"""Report -> one self-contained page for a browser: no network, nothing that another file or site could change.

The page is made by Jinja2 with every value escaped; its own style and script are the only ones that its
Content-Security-Policy lets run, by their hashes.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from typing import TYPE_CHECKING

from tqcheck.decisions import Decision
from tqcheck.detector import Detector
from tqcheck.model import Report
from tqcheck.render.html import assembly, island, prose
from tqcheck.render.look import Look

if TYPE_CHECKING:
    from jinja2 import Environment

STYLES = ("colours", "text", "overview", "pairs", "cards", "index", "print")
SCRIPTS = ("store", "shared", "words", "edits", "cards", "filters", "search", "files", "keys", "start")


def page(report: Report, look: Look) -> str:
    """The page of a report with the rules and the decisions of ``look``."""
    return render(report, look.rules, look.decisions)


def pieces(report: Report, look: Look) -> Iterator[str]:
    """The same page a few passages at a time: that of a long text is larger than the text."""
    return _rendered(report, look.rules, look.decisions)


def render(report: Report, rules: Iterable[Detector] = (), decisions: Sequence[Decision] = ()) -> str:
    """The page as text. ``rules`` document what was found; ``decisions`` are those that the page begins with.

    The same report gives the same bytes.
    """
    return "".join(_rendered(report, rules, decisions))


def _rendered(report: Report, rules: Iterable[Detector], decisions: Sequence[Decision]) -> Iterator[str]:
    stream = (
        environment()
        .get_template("report.html.jinja")
        .stream(
            page=assembly.assemble(report, tuple(rules)),
            island=map(_in_a_script, island.data(report, decisions)),
            style=joined("style", "css", STYLES),
            script=joined("script", "js", SCRIPTS),
            policy=policy(),
        )
    )
    stream.enable_buffering(1000)
    yield from stream


def served(page: str, address: str) -> str | None:
    """A page as ``tqcheck review`` hands it out: it keeps its decisions at ``address``, of its own server.

    None for a page that this version has not made, or that was changed: its script is not the one that may run.
    """
    from markupsafe import escape

    alone, shared = f'content="{escape(policy())}"', f'content="{escape(policy(shared=True))}"'
    before, marker, after = page.partition('<html lang="en" data-theme="auto">')
    if not marker or before.strip() != "<!DOCTYPE html>" or after.count(alone) != 1:
        return None
    head = f'<html lang="en" data-theme="auto" data-review="{escape(address)}">'
    return before + head + after.replace(alone, shared, 1)


def island_of(page: str) -> object:
    """The data in a page, None where there is none."""
    found = re.search(r'<script type="application/json" id="island">([^<]*)</script>', page)
    try:
        return None if found is None else json.loads(found[1])
    except ValueError:
        return None


def index(context: Mapping[str, object]) -> str:
    """The page that lists many reports, for ``tqcheck review``; ``context`` is what its template asks for."""
    return environment().get_template("index.html.jinja").render(style=joined("style", "css", STYLES), **context)


def policy(*, shared: bool = False) -> str:
    """Nothing may be loaded, sent or embedded; one style and one script, known by their hashes, may run.

    ``shared``: on a server of our own, to which the page may talk and where a form may ask.
    """
    style, script = joined("style", "css", STYLES), joined("script", "js", SCRIPTS)
    own = "'self'" if shared else "'none'"
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src '{_hash(script)}'",
            f"style-src '{_hash(style)}'",
            *(["connect-src 'self'"] if shared else []),
            "base-uri 'none'",
            f"form-action {own}",
        )
    )


def only(style: str, script: str) -> str:
    """The policy of a page without any server: this style and this script, and nothing else."""
    return (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; base-uri 'none'; "
        "form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


@functools.cache
def joined(folder: str, suffix: str, names: Sequence[str]) -> str:
    """The files of the package as one text. A script is one function, so that it leaves no name behind."""
    files = (resources.files(__name__).joinpath(folder, f"{name}.{suffix}").read_text("utf-8") for name in names)
    text = "\n".join(files)
    return f'(function () {{\n"use strict";\n{text}}})();\n' if suffix == "js" else text


@functools.cache
def environment() -> Environment:
    """The templates: every value is escaped, and a name that is missing is an error."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(__name__, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = prose.inline
    environment.filters["blocks"] = prose.blocks
    return environment


def _in_a_script(data: str) -> str:
    """JSON that no HTML parser can mistake for the end of its element or the beginning of a comment."""
    return data.replace("<", r"\u003c").replace(">", r"\u003e").replace("&", r"\u0026")
