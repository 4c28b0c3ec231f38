"""The page over the reports of ``tqcheck batch``: one file, sorted and searched where it is read, without a server.

What it shows comes from files that nobody has vouched for: it is escaped by the template, and the page's policy lets
only its own script run.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from tqcheck.render import html
from tqcheck.render.visible import visible

MOST = 20_000
"""Lines of a page; more than that no browser sorts at once."""
STATES = {"not checked": "not checked", "failed": "does not pass", "passed": "passes"}
"""State -> how it is called; what needs somebody most comes first."""


@dataclass(frozen=True, slots=True)
class Line:
    """A pair. ``state``: one of STATES. ``address``: of its report, seen from the page, "" where there is none.

    ``reason``: why it was not checked. The rest is what was found, None where that is not known.
    """

    number: int
    french: str
    english: str
    state: str
    address: str = ""
    title: str = ""
    reason: str = ""
    critical: int | None = None
    major: int | None = None
    minor: int | None = None
    neutral: int | None = None
    quality: float | None = None
    pairs: int | None = None

    @property
    def heading(self) -> str:
        return visible(self.title or self.english or self.french)

    @property
    def names(self) -> str:
        """Both files; one that is both once."""
        both = (self.english,) if self.french == self.english else (self.english, self.french)
        return visible(" ← ".join(name for name in both if name))

    @property
    def href(self) -> str:
        return quote(self.address)

    @property
    def shown_reason(self) -> str:
        return visible(self.reason)

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """The severities that there are, the gravest first."""
        named = (("critical", self.critical), ("major", self.major), ("minor", self.minor), ("neutral", self.neutral))
        return tuple((name, count) for name, count in named if count)

    @property
    def weight(self) -> int:
        """What sorts findings: one grave one comes before any number of lighter ones."""
        return sum((count or 0) * 10_000**place for place, count in enumerate((self.minor, self.major, self.critical)))

    @property
    def rank(self) -> tuple[int, float, int]:
        return list(STATES).index(self.state), 2.0 if self.quality is None else self.quality, self.number


def page(lines: Sequence[Line]) -> str:
    """The page as text; of very many lines those that need somebody most. The same lines give the same bytes."""
    style, script = html.joined("style", "css", (*html.STYLES, "archive")), html.joined("script", "js", ("archive",))
    shown = sorted(lines, key=lambda line: line.rank)[:MOST]
    return (
        html.environment()
        .get_template("archive.html.jinja")
        .render(
            lines=shown,
            total=len(lines),
            numbers={state: sum(line.state == state for line in lines) for state in STATES},
            states=STATES,
            style=style,
            script=script,
            policy=html.only(style, script),
        )
    )
