"""Models of the hub: the commit that a pull began with, the hashes that the hub has, a token for what needs one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pytest

from tests.translate import model_server, tiny_gemma
from tests.translate.model_server import COMMIT, Server
from tqcheck import doctor
from tqcheck.errors import UserError
from tqcheck.translate import scorers
from tqcheck.translate.gemma import engine, vocabulary
from tqcheck.translate.models import catalogue, pull, store
from tqcheck.translate.models.catalogue import Entry
from tqcheck.translate.models.sources import Site, repositories
from tqcheck.translate.protocol import Passage

GEMMA = {"config.json": b"{}", "tokenizer.json": b"{ }" * 1000, "model.safetensors": b"weights" * 1000}
API = "/api/models/owner/toy/revision/main"


@pytest.fixture
def server() -> Iterator[Server]:
    with model_server.running() as server:
        yield server


def everything(there: Collection[str]) -> Collection[str]:
    return there


ENTRY = catalogue.entry("gemma-3-1b")._replace(
    name="toy",
    terms="https://toys.example",
    missing=lambda: None,
    plan=lambda site: repositories({"": ("owner/toy", everything)}, site),
    gated=False,
)


def pulled(server: Server, folder: Path, entry: Entry = ENTRY, token: str | None = None) -> store.Installed:
    site = Site(hub=server.url, token=token)
    return pull.pull(entry, folder, site, lambda stage, done, total: None, pause=lambda seconds: None)


def content(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir() if path.name != store.MANIFEST}


def test_the_hub_s_own_library_reads_this_server_as_we_do(server: Server) -> None:
    library = pytest.importorskip(
        "huggingface_hub", reason="the extra hub is not installed: pip install 'tqcheck[hub]'"
    )
    server.publish("owner/toy", {"weights.bin": b"weights" * 1000, "config.json": b"{}"})
    told = library.HfApi(endpoint=server.url).model_info("owner/toy", revision="main", files_metadata=True)
    plan = repositories({"": ("owner/toy", everything)}, Site(server.url))
    assert plan.revision == f"owner/toy@{told.sha}"
    theirs = {
        file.rfilename: (file.size, f"sha256:{file.lfs.sha256}" if file.lfs else f"git:{file.blob_id}")
        for file in told.siblings
    }
    assert {file.path: (file.size, file.digest) for file in plan.files} == theirs
    url = library.hf_hub_url("owner/toy", "weights.bin", revision=told.sha, endpoint=server.url)
    assert url in {file.url for file in plan.files}


def test_the_commit_of_the_hub_is_kept_until_the_model_is_whole(server: Server, tmp_path: Path) -> None:
    files = {"weights.bin": b"weights" * 1000, "config.json": b"{}"}
    server.publish("owner/toy", files)
    broken = f"/elsewhere/owner/toy/resolve/{COMMIT}/weights.bin"
    server.cuts[broken] = [1000, *[0] * 9]
    with pytest.raises(UserError, match="ended early"):
        pulled(server, tmp_path)
    server.cuts.clear()
    server.publish("owner/toy", {"weights.bin": b"newer" * 1000, "config.json": b"[]"}, commit="f" * 40)
    found = pulled(server, tmp_path)
    assert content(found.directory) == files
    assert found.revision == f"owner/toy@{COMMIT}"
    assert len(server.requests("/revision/main")) == 1


def test_a_token_is_asked_for_where_it_is_needed_and_shown_nowhere_else(server: Server, tmp_path: Path) -> None:
    server.publish("owner/toy", {"toy.gguf": b"weights" * 1000})
    entry = ENTRY._replace(gated=True)
    with pytest.raises(UserError, match="those alone who accepted its terms") as raised:
        pulled(server, tmp_path, entry)
    assert "HF_TOKEN" in (raised.value.hint or "")
    assert "https://toys.example" in (raised.value.hint or "")
    assert server.seen == []
    pulled(server, tmp_path, entry, "hf_secret")
    shown = {path: "Authorization" in headers for path, headers, _ in server.seen}
    place = f"/owner/toy/resolve/{COMMIT}/toy.gguf"
    assert shown == {API: True, place: True, f"/elsewhere{place}": False}
    server.seen.clear()
    pulled(server, tmp_path, entry._replace(name="open", gated=False), "hf_secret")
    assert not any("Authorization" in headers for _, headers, _ in server.seen)


@pytest.mark.parametrize(
    ("listing", "message"),
    [
        (b"<html>", "does not answer with a list of files"),
        (b'{"sha": "main", "siblings": []}', "does not say which commit"),
        (b'{"sha": "%s", "siblings": [{"rfilename": "a.bin"}]}' % COMMIT.encode(), "does not tell size and hash"),
        (b'{"sha": "%s", "siblings": [{"rfilename": "../a"}]}' % COMMIT.encode(), "not expected"),
    ],
)
def test_a_hub_that_says_too_little(server: Server, tmp_path: Path, listing: bytes, message: str) -> None:
    server.files[API] = listing
    with pytest.raises(UserError, match=message):
        repositories({"": ("owner/toy", everything)}, Site(server.url))


def test_terms_that_were_not_accepted(server: Server, tmp_path: Path) -> None:
    server.publish("owner/toy", {"toy.gguf": b"weights" * 1000})
    server.answers[f"/owner/toy/resolve/{COMMIT}/toy.gguf"] = [403]
    with pytest.raises(UserError, match=r"refuses .* \(403\)") as raised:
        pulled(server, tmp_path, ENTRY._replace(gated=True), "hf_secret")
    assert "accept the model's terms" in (raised.value.hint or "")
    assert "hf_secret" not in str(raised.value)


def test_of_a_larger_gemma_no_more_is_fetched_than_is_read(server: Server, tmp_path: Path) -> None:
    entry = catalogue.entry("gemma-3-1b")._replace(missing=lambda: None)
    server.publish("google/gemma-3-1b-pt", {**GEMMA, "README.md": b"words", "tokenizer.model": b"pieces" * 1000})
    found = pulled(server, tmp_path, entry, "hf_secret")
    assert content(found.directory) == GEMMA
    server.publish("google/gemma-3-1b-pt", {"model.gguf": b"GGUF", **dict(list(GEMMA.items())[:2])})
    store.remove(tmp_path, entry.name)
    with pytest.raises(UserError, match="no safetensors"):
        pulled(server, tmp_path, entry, "hf_secret")


def test_a_pulled_gemma_is_taken_by_its_name(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "missing", lambda: None)
    models, cache = tmp_path / "models", tmp_path / "cache"
    with pytest.raises(UserError, match="gemma-3-1b is not here") as raised:
        scorers.choose("gemma-3-1b", cache, None, models)
    assert raised.value.hint == "tqcheck models pull gemma-3-1b"
    server.publish("google/gemma-3-1b-pt", GEMMA)
    found = pulled(server, models, catalogue.entry("gemma-3-1b")._replace(missing=lambda: None), "hf_secret")
    scorer = scorers.choose("gemma-3-1b", cache, None, models).scorer
    assert isinstance(scorer, engine.GemmaEngine)
    assert scorer._weights.parts == tuple(found.directory / name for name in GEMMA)
    (row,) = (row for row in doctor.examine(cache, models) if row.area == "model gemma-3-1b")
    assert row.state == "ok"
    assert "Gemma Terms of Use" in row.detail
    (found.directory / "model.safetensors").write_bytes(b"WEIGHTS" * 1000)
    with pytest.raises(UserError, match="the model gemma-3-1b is damaged"):
        scorers.choose("gemma-3-1b", cache, None, models)
    (found.directory / "model.safetensors").unlink()
    (row,) = (row for row in doctor.examine(cache, models) if row.area == "model gemma-3-1b")
    assert row.state == "broken"


@pytest.mark.slow
def test_a_pulled_gemma_judges_words(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for library in ("gguf", "tokenizers", "openvino", "wordfreq"):
        pytest.importorskip(library, reason="the extra lm is not installed: pip install 'tqcheck[lm]'")
    monkeypatch.setattr(vocabulary, "LEAST", 1e-3)  # or the toy would keep none of its few pieces
    own = tiny_gemma.write_checkpoint(tmp_path / "own")
    server.publish("google/gemma-3-1b-pt", {path.name: path.read_bytes() for path in own.iterdir()})
    pulled(server, tmp_path / "models", catalogue.entry("gemma-3-1b"), "hf_secret")
    ours = scorers.choose("gemma-3-1b", tmp_path / "cache", None, tmp_path / "models").scorer
    theirs = scorers.choose(str(own), tmp_path / "other").scorer
    assert ours is not None
    assert theirs is not None
    passages = [Passage("Le chat dort.", "The cat sleeps.")]
    assert ours.read(passages, "fr", "en") == theirs.read(passages, "fr", "en")
