"""The engines whose models are pulled: firefox, and opus-mt, which the hub's own cache may have as well."""

from __future__ import annotations

from pathlib import Path

from tqcheck.errors import UserError
from tqcheck.translate import ctranslate2_engine, firefox, opus_mt
from tqcheck.translate.kinds import INSTALL_HUB, Availability, Kind, Options
from tqcheck.translate.models import opus_mt_files, store
from tqcheck.translate.protocol import BACK, FORWARD, Engine


def _named_firefox(argument: str, options: Options) -> Engine:
    if argument:
        return firefox.from_directory(Path(argument).expanduser())
    engine = _found_firefox(options)
    if engine is None:
        state = _state_firefox(options)
        raise UserError(f"the engine firefox is not ready: {state.state}", hint=state.remedy)
    return engine


def _found_firefox(options: Options) -> Engine | None:
    pulled = None if firefox.missing() else store.checked(options.models_folder, firefox.NAME)
    return pulled and firefox.from_directory(pulled.directory)


def _state_firefox(options: Options) -> Availability:
    pull = f"tqcheck models pull {firefox.NAME}"
    there = store.state(options.models_folder, firefox.NAME)
    if firefox.missing():
        then = "" if there.kind == "installed" else f", then {pull} (52 MB)"
        return Availability(firefox.NAME, False, f"{firefox.missing()} is not installed", f"{firefox.INSTALL}{then}")
    if there.kind == "installed":
        return Availability(firefox.NAME, True, "fr-en, en-fr, pulled (MPL-2.0)")
    states = {"absent": "installed, without its models", "partial": "part of its models is there"}
    return Availability(firefox.NAME, False, states.get(there.kind, "its models are damaged"), f"{pull} (52 MB)")


def _named_opus_mt(argument: str, options: Options) -> Engine:
    if argument:
        return opus_mt.from_directory(argument, options.beams)
    return _pulled_opus_mt(options) or opus_mt.fetched(options.beams, options.hub_cache)


def _found_opus_mt(options: Options) -> Engine | None:
    pulled = _pulled_opus_mt(options)
    if pulled is not None:
        return pulled
    return None if opus_mt.missing() else opus_mt.in_cache(options.beams, options.hub_cache)


def _pulled_opus_mt(options: Options) -> Engine | None:
    """Converted when it was pulled: faster than the same models through transformers, and the same on every machine."""
    pulled = None if ctranslate2_engine.missing() else store.checked(options.models_folder, opus_mt.NAME)
    return pulled and ctranslate2_engine.from_directory(opus_mt_files.path(pulled.directory), options.beams)


def _state_opus_mt(options: Options) -> Availability:
    pull = f"tqcheck models pull {opus_mt.NAME} (fetches 0.6 GB)"
    if not ctranslate2_engine.missing():
        kind = store.state(options.models_folder, opus_mt.NAME).kind
        if kind == "installed":
            return Availability(opus_mt.NAME, True, "fr-en, en-fr, pulled and converted (Apache-2.0)")
        if kind == "damaged":
            return Availability(opus_mt.NAME, False, "its models are damaged", pull)
    library = opus_mt.missing()
    if library is not None:
        return Availability(opus_mt.NAME, False, f"{library} is not installed", f"{INSTALL_HUB}, then {pull}")
    engine = opus_mt.in_cache(options.beams, options.hub_cache)
    if engine is None:
        return Availability(opus_mt.NAME, False, "installed, without its models", pull)
    ways = ", ".join("-".join(way) for way in (FORWARD, BACK) if engine.supports(*way))
    return Availability(opus_mt.NAME, True, f"{ways} in the local cache")


FIREFOX = Kind("firefox", ("firefox", "firefox:PATH"), _named_firefox, _found_firefox, _state_firefox)
OPUS_MT = Kind("opus-mt", ("opus-mt", "opus-mt:PATH"), _named_opus_mt, _found_opus_mt, _state_opus_mt)
