"""The model as it is kept in the user's cache: made once, whole or not at all, and checked whenever it is used."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.translate.gemma.vocabulary import TRIM
from tqcheck.translate.gemma.weights import Weights, whole
from tqcheck.translate.protocol import Progress

FORMAT = 5
MANIFEST = "manifest.json"
_PARTS = 100
_MAKING = ".making-"

Tell = Callable[[float], None]
Make = Callable[[Path, Path, Tell], None]
"""Makes the files of a prepared model in a directory out of a GGUF file, or of the directory of a checkpoint."""


def place(cache: Path, weights: Weights) -> Path:
    """The directory of a model, in the cache's."""
    learned = f"-learned-{weights.learned[:16]}" if weights.learned else ""
    return cache / "gemma" / f"{weights.sha256[:16]}{learned}-trim{TRIM}-format{FORMAT}"


def ready(directory: Path) -> bool:
    """Whether a model is there and each of its files is what was written."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text("utf-8"))
        files = manifest["files"]
        # Sizes first: they tell a cut file without reading it.
        if any((directory / name).stat().st_size != size for name, (size, _) in files.items()):
            return False
        with ThreadPoolExecutor(2) as both:
            found = both.map(_sha256, [directory / name for name in files])
            return all(digest == wanted for digest, (_, wanted) in zip(found, files.values(), strict=True))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def prepare(cache: Path, weights: Weights, make: Make, progress: Progress | None = None) -> Path:
    """The directory of the prepared model, made first where it is not there or damaged.

    Two runs that do so at once both succeed: each makes its own, and the first is kept. Raises UserError where the
    model's file is damaged, or the cache cannot be written.
    """
    directory = place(cache, weights)
    if ready(directory):
        return directory
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with _working(directory.parent) as work:
            _make(work, weights, make, progress)
            _put(work / "model", directory)
    except OSError as error:
        raise UserError(
            f"the language model cannot be prepared: {error.strerror or error}",
            Place(str(directory.parent)),
            f"it needs about {weights.size * 2.2 / 1e9:.1f} GB there; --cache-dir names another place",
        ) from error
    return directory


def _make(work: Path, weights: Weights, make: Make, progress: Progress | None) -> None:
    def tell(low: float, high: float) -> Tell:
        return lambda share: progress(int(_PARTS * (low + (high - low) * share)), _PARTS) if progress else None

    model = work / "model"
    model.mkdir()
    make(whole(weights, work, tell(0.0, 0.05)), model, tell(0.05, 1.0))
    files = {path.name: (path.stat().st_size, _sha256(path)) for path in sorted(model.iterdir()) if path.is_file()}
    (model / MANIFEST).write_text(json.dumps({"weights": weights.sha256, "files": files}, indent=1), "utf-8")


def _put(model: Path, directory: Path) -> None:
    """Move what was made to its place, unless another run was faster."""
    for _ in range(2):
        try:
            model.rename(directory)
        except OSError:
            if not directory.exists():
                raise
            if ready(directory):
                return
            # Damaged. Renamed first, so that no other run finds half of it.
            with _working(directory.parent) as aside, contextlib.suppress(FileNotFoundError):
                directory.rename(aside / "damaged")
        else:
            return
    if not ready(directory):
        raise OSError(f"{directory} is in the way")


@contextlib.contextmanager
def _working(parent: Path) -> Iterator[Path]:
    work = Path(tempfile.mkdtemp(prefix=_MAKING, dir=parent))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
