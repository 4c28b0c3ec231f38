"""In what numbers OpenVINO computes on this processor, remembered: asking it takes a quarter of a second.

The answer is a part of the scorer's identity, which is needed even where every score is kept already. It depends on the
version of the library and on the processor; a note of both stands beside it, and with another of either it is asked
anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import platform
import tempfile
from collections.abc import Callable
from pathlib import Path

from tqcheck.errors import UserError

FILE = "arithmetic.json"
_PROCESSOR = Path("/proc/cpuinfo")
_KINDS = ("bf16", "f16", "f32")


def library() -> str:
    """The version of OpenVINO."""
    return importlib.metadata.version("openvino")


def arithmetic(folder: Path, ask: Callable[[], str] | None = None, processor: Path = _PROCESSOR) -> str:
    """``bf16`` where there are instructions for it, else ``f32`` (or ``f16``). ``folder`` keeps the answer.

    ``ask`` asks the library. Raises UserError where it finds no processor that it can use.
    """
    where = [library(), _fingerprint(processor)]
    path = folder / FILE
    try:
        kept = json.loads(path.read_text("utf-8"))
        if kept["where"] == where and kept["arithmetic"] in _KINDS:
            return str(kept["arithmetic"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    answer = (ask or _asked)()
    with contextlib.suppress(OSError):
        _keep(path, json.dumps({"where": where, "arithmetic": answer}))
    return answer


def eight_bits(processor: Path = _PROCESSOR) -> bool:
    """Whether it has instructions for products of eight-bit numbers that the library uses (VNNI, AMX)."""
    return bool({"avx512_vnni", "amx_int8"} & set(" ".join(_described(processor)).split()))


def _keep(path: Path, content: str) -> None:
    """Whole or not at all: another run may read it meanwhile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False, encoding="utf-8") as file:
        file.write(content)
    try:
        Path(file.name).replace(path)
    except OSError:
        Path(file.name).unlink(missing_ok=True)
        raise


def _fingerprint(processor: Path) -> str:
    """A hash of the processor's name and of the instructions that it has."""
    known = [platform.machine(), platform.processor(), *_described(processor)]
    return hashlib.sha256("\n".join(known).encode()).hexdigest()[:16]


def _described(processor: Path) -> list[str]:
    """What the system says of its first processor: lines with its name and the instructions that it has."""
    try:
        lines = processor.read_text("utf-8", errors="replace").partition("\n\n")[0].splitlines()
    except OSError:
        return []
    return [line for line in lines if line.startswith(("model name", "flags", "Features", "CPU part"))]


def _asked() -> str:
    import openvino as ov

    try:
        return str(ov.Core().get_property("CPU", "INFERENCE_PRECISION_HINT").get_type_name())
    except RuntimeError as error:
        raise UserError(f"openvino finds no processor that it can use: {error}") from error
