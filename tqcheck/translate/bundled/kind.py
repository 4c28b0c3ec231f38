"""What the registry knows of the translator of the package."""

from __future__ import annotations

from tqcheck.errors import UserError
from tqcheck.translate.bundled import engine
from tqcheck.translate.kinds import Availability, Kind, Options
from tqcheck.translate.protocol import Engine


def _named(argument: str, options: Options) -> Engine:
    if argument:
        raise UserError(f"the engine {engine.NAME} takes no path", hint=f"write --mt {engine.NAME}")
    return engine.bundled(options.beams)


def _found(options: Options) -> Engine | None:
    return engine.bundled(options.beams) if engine.present() else None


def _state(options: Options) -> Availability:
    if not engine.present():
        return Availability(engine.NAME, False, "this package has no translator in it", "training/README.md says how")
    what = "a trained network" if engine.has_network() else "a phrase model: a first reading, not a translation"
    return Availability(engine.NAME, True, f"both ways, in the package ({what})")


BUNDLED = Kind(engine.NAME, (engine.NAME,), _named, _found, _state)
