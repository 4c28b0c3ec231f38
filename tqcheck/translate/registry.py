"""The engines by name: which one ``--mt`` means, and what is there on this machine."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.translate import ctranslate2_engine, recorded
from tqcheck.translate.bundled.kind import BUNDLED
from tqcheck.translate.gemma import engine as gemma
from tqcheck.translate.gemma import weights as gemma_weights
from tqcheck.translate.gemma.first_reader import FirstReader
from tqcheck.translate.kinds import INSTALL_HUB, Availability, Kind, Options
from tqcheck.translate.protocol import BACK, FORWARD, Engine
from tqcheck.translate.pulled import FIREFOX, OPUS_MT

__all__ = ["AUTO", "NONE", "Availability", "Choice", "Kind", "Options", "available", "choose", "usages"]

AUTO = "auto"
NONE = "none"


class Choice(NamedTuple):
    """The engine, None for a run without one; ``notes`` are lines for the user about what is missing."""

    engine: Engine | None
    notes: tuple[str, ...] = ()


def choose(spec: str, options: Options | None = None) -> Choice:
    """The engine that ``auto``, ``none``, or one of ``usages`` means.

    Only ``opus-mt``, when named, may use the network. Raises UserError for a name or path that is wrong.
    """
    options = options or Options()
    name, _, argument = spec.strip().partition(":")
    if name == NONE and not argument:
        return Choice(None)
    if name == AUTO and not argument:
        found = (kind.found(options) for kind in KINDS)
        engine = next((engine for engine in found if engine is not None), None)
        return Choice(engine, _notes(engine) if engine else (_missing(options),))
    kind = next((kind for kind in KINDS if kind.name == name), None)
    if kind is None:
        raise _unknown(spec, name)
    engine = kind.named(argument, options)
    return Choice(engine, _notes(engine))


def available(options: Options | None = None) -> tuple[Availability, ...]:
    """What there is of each engine, for ``tqcheck doctor``."""
    return tuple(kind.state(options or Options()) for kind in KINDS)


def usages() -> tuple[str, ...]:
    """The forms that ``choose`` takes."""
    return (AUTO, NONE, *(usage for kind in KINDS for usage in kind.usage))


def _notes(engine: Engine) -> tuple[str, ...]:
    """What an engine with one direction leaves undone."""
    undone = []
    if not engine.supports(*FORWARD):
        undone.append(f"{engine.name} has no French to English: nothing is compared with a machine translation")
    if not engine.supports(*BACK):
        undone.append(f"{engine.name} has no English to French: nothing is translated back")
    return tuple(undone)


def _missing(options: Options) -> str:
    remedy = FIREFOX.state(options).remedy
    return f"no translation engine is here, so nothing is compared with a machine translation; to get one: {remedy}"


def _unknown(spec: str, name: str) -> UserError:
    names = [AUTO, NONE, *(kind.name for kind in KINDS)]
    near = difflib.get_close_matches(name.lower(), names, n=1)
    hint = f"did you mean {near[0]}?" if near else f"it is one of {', '.join(usages())}"
    return UserError(f"there is no translation engine {spec!r}", hint=hint)


def _path(name: str, argument: str) -> str:
    if not argument:
        raise UserError(f"the engine {name} needs a path", hint=f"write --mt {name}:PATH")
    return argument


def _state_ctranslate2(options: Options) -> Availability:
    if ctranslate2_engine.missing():
        return Availability(ctranslate2_engine.NAME, False, "ctranslate2 is not installed", INSTALL_HUB)
    return Availability(ctranslate2_engine.NAME, True, "for a directory named with --mt ctranslate2:PATH")


def _named_gemma(argument: str, options: Options) -> Engine:
    import platformdirs

    cache = options.cache or platformdirs.user_cache_path("tqcheck", appauthor=False)
    return FirstReader(gemma.from_path(Path(argument), cache) if argument else gemma.embedded(cache))


def _state_gemma(options: Options) -> Availability:
    library = gemma.missing()
    if library is not None:
        return Availability(gemma.NAME, False, f"{library} is not installed", gemma_weights.INSTALL)
    try:
        found = gemma_weights.packaged()
    except UserError as error:
        return Availability(gemma.NAME, False, error.message, error.hint)
    if found is None:
        state = "installed, without its data packages: only for a file named with --mt gemma:PATH"
        return Availability(gemma.NAME, False, state, gemma_weights.INSTALL)
    return Availability(gemma.NAME, True, f"{found.name} ({gemma_weights.LICENCE})")


def _absent(options: Options) -> None:
    """``auto`` cannot know where such an engine's files are."""


# In the order in which ``auto`` tries them, the best first. A new engine is its file and a row here.
KINDS = (
    FIREFOX,
    OPUS_MT,
    BUNDLED,
    Kind(
        "ctranslate2",
        ("ctranslate2:PATH",),
        lambda argument, options: ctranslate2_engine.from_directory(_path("ctranslate2", argument), options.beams),
        _absent,
        _state_ctranslate2,
    ),
    # Not by auto: it scores well, and what it writes is a first reading only (`scorers.Choice.reader`).
    Kind("gemma", ("gemma", "gemma:PATH"), _named_gemma, _absent, _state_gemma),
    Kind(
        "recorded",
        ("recorded:PATH",),
        lambda argument, options: recorded.read(Path(_path("recorded", argument)).expanduser()),
        _absent,
        lambda options: Availability("recorded", True, "for a file named with --mt recorded:PATH"),
    ),
)
