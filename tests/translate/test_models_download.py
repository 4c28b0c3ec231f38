"""One file over the network: what breaks is taken up, what is wrong is thrown away, and each is said clearly."""

from __future__ import annotations

import random
import socket
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pytest

from tests.translate import model_server
from tests.translate.model_server import Server, packed, sha256
from tqcheck.errors import UserError
from tqcheck.translate.models import download, http
from tqcheck.translate.models.files import RemoteFile, is_right

CONTENT = random.Random(4).randbytes(300_000)
PATH = "/models/fr-en/model.bin"


@pytest.fixture
def server() -> Iterator[Server]:
    with model_server.running() as server:
        server.files[PATH] = CONTENT
        yield server


def remote(server: Server, digest: str | None = None, *, gzipped: bool = False) -> RemoteFile:
    if gzipped:
        server.files[PATH] = packed(CONTENT)
    return RemoteFile("fr-en/model.bin", server.url + PATH, len(CONTENT), digest or sha256(CONTENT), gzipped)


def fetch(file: RemoteFile, folder: Path, token: str | None = None) -> list[tuple[int, int]]:
    """Fetch without waiting between tries; what was told."""
    told: list[tuple[int, int]] = []
    download.fetch(file, folder, lambda *step: told.append(step), token, pause=lambda seconds: None)
    return told


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_file_comes_whole_and_says_how_far_it_is(server: Server, tmp_path: Path, gzipped: bool) -> None:
    told = fetch(remote(server, gzipped=gzipped), tmp_path)
    assert (tmp_path / "fr-en/model.bin").read_bytes() == CONTENT
    assert leftovers(tmp_path) == ["model.bin"]
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == (len(server.files[PATH]),) * 2
    assert fetch(remote(server, gzipped=gzipped), tmp_path) == [(len(CONTENT), len(CONTENT))]
    assert len(server.seen) == 1, "what is there is not asked for again"


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_cut_connection_is_taken_up_where_it_broke(server: Server, tmp_path: Path, gzipped: bool) -> None:
    file = remote(server, gzipped=gzipped)
    server.cuts[PATH] = [100_000, 50_000]
    fetch(file, tmp_path)
    assert (tmp_path / file.path).read_bytes() == CONTENT
    assert [request[1].get("Range") for request in server.seen] == [None, "bytes=100000-", "bytes=150000-"]
    assert sum(sent for _, _, sent in server.seen) == len(server.files[PATH]), "no byte came twice"


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_later_run_goes_on_too(server: Server, tmp_path: Path, gzipped: bool) -> None:
    file = remote(server, gzipped=gzipped)
    server.cuts[PATH] = [100_000, 0, 0, 0, 0, 0, 0]
    with pytest.raises(UserError, match=r"ended early after 0\.1 MB of model\.bin") as raised:
        fetch(file, tmp_path)
    assert raised.value.hint == "the same command goes on from there"
    assert not (tmp_path / file.path).exists()
    server.cuts.clear()
    fetch(file, tmp_path)
    assert server.seen[-1][1]["Range"] == "bytes=100000-"
    assert (tmp_path / file.path).read_bytes() == CONTENT


def test_a_server_that_cannot_go_on_in_the_middle_sends_all_again(server: Server, tmp_path: Path) -> None:
    server.ranges = False
    server.cuts[PATH] = [100_000]
    fetch(remote(server), tmp_path)
    assert (tmp_path / "fr-en/model.bin").read_bytes() == CONTENT
    assert server.seen[-1][2] == len(CONTENT)


@pytest.mark.parametrize("gzipped", [False, True])
def test_a_part_that_was_whole_already(server: Server, tmp_path: Path, gzipped: bool) -> None:
    file = remote(server, gzipped=gzipped)
    part = tmp_path / "fr-en/model.bin.part"
    part.parent.mkdir()
    part.write_bytes(server.files[PATH])
    fetch(file, tmp_path)
    assert (tmp_path / file.path).read_bytes() == CONTENT
    assert sum(sent for _, _, sent in server.seen) == 0


@pytest.mark.parametrize("gzipped", [False, True])
@pytest.mark.parametrize("spoilt", [b"\0" * 1000, b"\0" * 400_000])
def test_a_part_of_something_else_is_fetched_anew(server: Server, tmp_path: Path, spoilt: bytes, gzipped: bool) -> None:
    file = remote(server, gzipped=gzipped)
    part = tmp_path / "fr-en/model.bin.part"
    part.parent.mkdir()
    part.write_bytes(spoilt)
    fetch(file, tmp_path)
    assert (tmp_path / file.path).read_bytes() == CONTENT
    assert leftovers(tmp_path) == ["model.bin"]


@pytest.mark.parametrize("gzipped", [False, True])
def test_what_is_not_what_was_published_is_thrown_away(server: Server, tmp_path: Path, gzipped: bool) -> None:
    file = remote(server, sha256(b"another"), gzipped=gzipped)
    with pytest.raises(UserError, match=r"not what was published: 300,000 bytes with the hash sha256:"):
        fetch(file, tmp_path)
    assert leftovers(tmp_path) == []


def test_more_than_was_published_is_not_stored(server: Server, tmp_path: Path) -> None:
    server.files[PATH] = CONTENT + b"\0" * 10_000_000
    with pytest.raises(UserError, match="not what was published"):
        fetch(remote(server), tmp_path)
    assert leftovers(tmp_path) == []
    server.files[PATH] = packed(CONTENT + b"\0" * 10_000_000)
    with pytest.raises(UserError, match="not what was published"):
        fetch(remote(server)._replace(packed=True), tmp_path)
    assert leftovers(tmp_path) == []


def test_a_packed_file_that_is_none(server: Server, tmp_path: Path) -> None:
    for content in (b"no gzip at all", packed(CONTENT)[:-1000], packed(CONTENT)[:5000] + b"\xff" * 5000):
        server.files[PATH] = content
        with pytest.raises(UserError, match="not what was published"):
            fetch(remote(server)._replace(packed=True), tmp_path)
        assert leftovers(tmp_path) == []


@pytest.mark.parametrize("status", [404, 410])
def test_what_is_not_there(server: Server, tmp_path: Path, status: int) -> None:
    server.answers[PATH] = [status]
    with pytest.raises(UserError, match=rf"model\.bin is not there \({status}\)"):
        fetch(remote(server), tmp_path)
    assert len(server.seen) == 1


@pytest.mark.parametrize(("token", "hint"), [(None, "for those alone"), ("hf_x", "accept the model's terms")])
def test_what_is_not_for_everybody(server: Server, tmp_path: Path, token: str | None, hint: str) -> None:
    server.answers[PATH] = [403]
    with pytest.raises(UserError, match=r"refuses .* \(403\)") as raised:
        fetch(remote(server), tmp_path, token)
    assert hint in (raised.value.hint or "")
    assert "hf_x" not in str(raised.value)


def test_a_server_that_is_busy_is_asked_again(server: Server, tmp_path: Path) -> None:
    server.answers[PATH] = [503, 429]
    fetch(remote(server), tmp_path)
    assert len(server.seen) == 3
    server.answers[PATH] = [503] * 9
    with pytest.raises(UserError, match="answers 503"):
        fetch(remote(server), tmp_path / "another")


def test_no_network_is_said_at_once(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = RemoteFile("model.bin", f"http://127.0.0.1:{port}/model.bin", 5, sha256(b"model"))
    with pytest.raises(UserError, match=rf"127\.0\.0\.1:{port} cannot be reached") as raised:
        fetch(file, tmp_path)
    assert "network" in (raised.value.hint or "")
    with pytest.raises(UserError, match="not an address of a server"):
        fetch(file._replace(url="file:///etc/hosts"), tmp_path)


def test_a_token_stays_with_the_host_it_is_for(server: Server, tmp_path: Path) -> None:
    server.publish("owner/model", {"model.bin": CONTENT})
    path = f"/owner/model/resolve/{model_server.COMMIT}/model.bin"
    fetch(RemoteFile("model.bin", server.url + path, len(CONTENT), sha256(CONTENT)), tmp_path, "hf_secret")
    first, second = server.seen
    assert first[1]["Authorization"] == "Bearer hf_secret"
    assert second[0].startswith("/elsewhere")
    assert "Authorization" not in second[1]


def test_what_began_encrypted_stays_so() -> None:
    request = urllib.request.Request("https://hub.example/file")
    with pytest.raises(UserError, match="not encrypted"):
        http._Redirects().redirect_request(request, None, 302, "Found", Message(), "http://hub.example/file")


def test_the_hashes_of_git_and_sha256(tmp_path: Path) -> None:
    place = tmp_path / "hello"
    place.write_bytes(b"hello\n")
    file = RemoteFile("hello", "", 6, "git:ce013625030ba8dba906f756967f9e9ca394464a")
    assert is_right(place, file)
    assert is_right(place, file._replace(digest=sha256(b"hello\n")))
    assert not is_right(place, file._replace(digest=sha256(b"hallo\n")))
    place.write_bytes(b"hallo\n")
    assert not is_right(place, file)
