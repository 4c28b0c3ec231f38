"""A short article with one fault, as files in a folder."""

from __future__ import annotations

from pathlib import Path

FRENCH = "Le ministre a présenté mardi à Paris un projet de loi sur le logement. Il sera examiné au printemps.\n"
ENGLISH = "The minister presented a housing bill in Paris on on Tuesday. It will be examined in the spring.\n"
FINDING = "doubled-word"


def lay(folder: Path) -> None:
    """Write both, and settings under which the fault fails the gate."""
    (folder / "a.fr.txt").write_text(FRENCH, "utf-8")
    (folder / "a.en.txt").write_text(ENGLISH, "utf-8")
    (folder / "tqcheck.toml").write_text('fail-on = "minor"\n', "utf-8")
