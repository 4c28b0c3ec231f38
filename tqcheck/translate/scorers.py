"""The scorer by name: which language model ``--lm`` means, and what is there on this machine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from tqcheck.errors import UserError
from tqcheck.translate.gemma import engine, prepared, weights
from tqcheck.translate.gemma.first_reader import FirstReader
from tqcheck.translate.models import catalogue, language_models, store
from tqcheck.translate.protocol import Engine, Progress, Scorer
from tqcheck.translate.registry import AUTO, NONE, Availability

USAGES = (AUTO, NONE, *catalogue.SCORERS, "PATH", "OWNER/NAME")

Fetch = Callable[[str], Path]
"""Gets a repository of the hub, unless it is here already, and says where."""


READING = (
    "where something was found, a first reading of the French by the language model is shown: it is no translation, "
    "leaves things out and makes things up"
)
"""What is said of a run with ``Choice.reader``."""


class Choice(NamedTuple):
    """The scorer, None for a run without one; ``notes`` are lines for the user about what is missing.

    ``reader``: the same model as an engine, for want of a translator.
    """

    scorer: Scorer | None
    notes: tuple[str, ...] = ()
    reader: Engine | None = None


def choose(
    spec: str,
    cache: Path,
    preparing: Progress | None = None,
    models: Path | None = None,
    fetch: Fetch | None = None,
) -> Choice:
    """The scorer that ``auto``, ``none``, a pulled model's name, a path, or a repository of the hub means.

    ``cache`` is the folder in which a model is kept once it is prepared, which ``preparing`` watches; ``models`` is
    that of the pulled ones. ``auto`` is the embedded model where the extra is installed. Only a repository, when named,
    may use the network, through ``fetch``. Raises UserError for a name that is wrong, or a broken installation.
    """
    name = spec.strip()
    if name == NONE:
        return Choice(None)
    if name != AUTO:
        return _chosen(engine.from_path(_existing(name, models, fetch), cache, preparing))
    if engine.missing() is not None or weights.packaged() is None:
        return Choice(None, (f"no word is judged by its probability: that takes {weights.INSTALL} (0.3 GB)",))
    return _chosen(engine.embedded(cache, preparing))


def _chosen(scorer: engine.GemmaEngine) -> Choice:
    return Choice(scorer, reader=FirstReader(scorer))


def state(cache: Path) -> Availability:
    """What there is of the embedded model, for ``tqcheck doctor``."""
    library = engine.missing()
    if library is not None:
        return Availability(engine.NAME, False, f"{library} is not installed", weights.INSTALL)
    try:
        found = weights.packaged()
    except UserError as error:
        return Availability(engine.NAME, False, error.message, error.hint)
    if found is None:
        return Availability(engine.NAME, False, "installed, without its data packages", weights.INSTALL)
    ready = prepared.ready(prepared.place(cache, found))
    when = "prepared" if ready else "prepared at its first use, in about a minute"
    return Availability(engine.NAME, True, f"{found.name}, {when}; {weights.LICENCE}")


def _existing(name: str, models: Path | None, fetch: Fetch | None) -> Path:
    if name in catalogue.SCORERS and models is not None:
        pulled = store.checked(models, name)
        if pulled is None:
            raise UserError(f"the language model {name} is not here", hint=f"tqcheck models pull {name}")
        return pulled.directory
    path = Path(name).expanduser()
    if not path.exists() and fetch is not None and language_models.is_repository(name):
        return fetch(name)
    if not path.exists():
        raise UserError(f"there is no language model {name!r}", hint=f"--lm is one of {', '.join(USAGES)}")
    return path
