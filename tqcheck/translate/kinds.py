"""What the registry knows of an engine: how it is named and made, and what there is of it on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tqcheck.translate.protocol import Engine

INSTALL_HUB = "pip install 'tqcheck[hub]'"


class Options(NamedTuple):
    """Settings of engines. ``hub_cache``: the hub's local cache where it is not in its usual place.

    ``cache``: the folder in which an engine may keep what it prepares; None for the user's cache of this program.
    ``models``: the folder of the models that were pulled; None for the user's own.
    """

    beams: int = 4
    hub_cache: Path | None = None
    cache: Path | None = None
    models: Path | None = None

    @property
    def models_folder(self) -> Path:
        """Where pulled models are."""
        if self.models is not None:
            return self.models
        import platformdirs

        return platformdirs.user_data_path("tqcheck", appauthor=False) / "models"


class Availability(NamedTuple):
    """A row of ``tqcheck doctor``: an engine, what there is of it, and what to do where it is not ready."""

    name: str
    ready: bool
    state: str
    remedy: str | None = None


class Kind(NamedTuple):
    """An engine that can be named. ``named`` makes it from what follows the colon ("" for nothing) or raises UserError.

    ``found`` makes it for ``auto`` from what is on this machine, without network, or answers None. ``usage`` is how it
    is written on the command line.
    """

    name: str
    usage: tuple[str, ...]
    named: Callable[[str, Options], Engine]
    found: Callable[[Options], Engine | None]
    state: Callable[[Options], Availability]
