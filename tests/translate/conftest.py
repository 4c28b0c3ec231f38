"""Tiny models, made once a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.translate import tiny_marian

HUB = "the extra hub is not installed: pip install 'tqcheck[hub]'"


@pytest.fixture(scope="session")
def hub() -> None:
    """Skips a test where the extra is not installed."""
    for library in ("torch", "transformers", "sentencepiece"):
        pytest.importorskip(library, reason=HUB)


@pytest.fixture(scope="session")
def marian(hub: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The path, with {source}-{target} in it, of tiny Marian models."""
    return tiny_marian.write(tmp_path_factory.mktemp("marian"))


@pytest.fixture(scope="session")
def converted(marian: Path) -> Path:
    """The same models as ctranslate2 wants them."""
    converters = pytest.importorskip("ctranslate2.converters", reason=HUB)
    for source, target in tiny_marian.DIRECTIONS:
        name = marian.name.format(source=source, target=target)
        converter = converters.TransformersConverter(
            str(marian.with_name(name)), copy_files=["source.spm", "target.spm"]
        )
        converter.convert(str(marian.with_name(f"converted-{source}-{target}")))
    return marian.with_name("converted-{source}-{target}")


@pytest.fixture
def no_bundled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without a translator in it, as an engine from outside finds it that is asked what else there is."""
    monkeypatch.setattr("tqcheck.translate.bundled.engine.present", lambda: False)
