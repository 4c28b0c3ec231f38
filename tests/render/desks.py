"""Desks built by hand: the article about a bridge, one that is clean, one with hostile words, and what failed."""

from __future__ import annotations

from dataclasses import replace

from tests.render.reports import bitext, bridge, finding, report
from tqcheck import gate
from tqcheck.detectors import all_detectors
from tqcheck.model import Desk, Failure, Report, Suppression
from tqcheck.mqm import Severity
from tqcheck.render import FORMATS
from tqcheck.render.look import Look

HOSTILE = "::error::x%0A\r\n## [a](javascript:b) <script>alert(1)</script> |`]]>\x1b[2J\u202ex\ud800&@all =1+1"
"""Escapes, commands, Markdown, HTML, XML, a formula, and what no file can hold."""


def look() -> Look:
    return Look(rules=all_detectors())


def settled(made: Report) -> Report:
    return gate.settle(made, gate.limits(Severity.MAJOR))


def desk() -> Desk:
    """Two articles and a pair that could not be checked; of the first, a finding is old and one ignored in place."""
    first = bridge()
    rain = bitext([("Il pleut.", "It rains.")])
    second = report(replace(rain, target=replace(rain.target, path="rain.en.txt")))
    why = {
        first.findings[0].fingerprint: Suppression("baseline", "in the baseline"),
        first.findings[3].fingerprint: Suppression("inline", "the minister's own word"),
    }
    failure = Failure("c.fr.md", "c.en.md", "error: the file holds no text\n  --> c.en.md\nhint: give one")
    return Desk((settled(replace(first, suppressions=why)), settled(second)), (failure,), ("1 of 4 pairs has changed",))


def hostile() -> Desk:
    text = bitext([("Un mot.", f"A word {HOSTILE}")])
    text = replace(text, target=replace(text.target, path="a b,c:d%\n.en.md"))
    one = finding(text, 0, "negation", source="mot", target="word", message=f"= {HOSTILE}", suggestion=HOSTILE)
    bad = Failure("x", HOSTILE, HOSTILE)
    return Desk((settled(report(text, [one], notes=(HOSTILE,))),), (bad,), (HOSTILE,))


def shown(name: str, what: Desk) -> str:
    """The desk in a format, which any file can hold."""
    text = FORMATS[name].desk(what, look())
    text.encode()
    return text
