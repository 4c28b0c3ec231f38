"""The translator of the package where something is wrong with the machine, its file, or the text; by the command."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.translate import tiny_phrases
from tqcheck.cli import main
from tqcheck.translate.bundled import engine
from tqcheck.translate.cache import FILE

ODD = {
    "nothing": "",
    "blanks": " \t ",
    "emoji": "🙂 👩‍👩‍👧 Bonjour 🇫🇷",
    "one letter": "a" * 200_000,
    "no full stop": "le chien " * 2500,
    "controls": "Le \x07chien\x1b[31m a\u202e vu\ufeff le chat.",
}
RUN = """
    import sys
    from pathlib import Path
    from tqcheck.cli import main
    from tqcheck.translate.bundled import engine
    engine.DATA, engine.FILES = Path(sys.argv[1]), {"phrases.npz": sys.argv[2]}
    if sys.argv[3] != "0":
        import resource
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    sys.exit(main(["translate", sys.argv[4], "--mt", "bundled", "--cache-dir", sys.argv[5]]))
"""


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("phrases")
    return folder / "model", tiny_phrases.write(folder)["phrases.npz"]


@pytest.fixture
def use(model: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "DATA", model[0])
    monkeypatch.setattr(engine, "FILES", {"phrases.npz": model[1]})


def started(model: tuple[Path, str], file: Path, cache: Path, largest_file: int = 0) -> subprocess.Popen[str]:
    arguments = [str(model[0]), model[1], str(largest_file), str(file), str(cache)]
    command = [sys.executable, "-c", textwrap.dedent(RUN), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def article(folder: Path) -> Path:
    """More lines than are kept at a time."""
    path = folder / "article.txt"
    path.write_text("".join(f"Le président a perdu {number} voitures.\n" for number in range(20, 120)), "utf-8")
    return path


def test_odd_texts_come_out_line_by_line(use: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "odd.txt"
    path.write_text("\n".join(ODD.values()) + "\n", "utf-8")
    assert main(["translate", str(path), "--mt", "bundled", "--cache-dir", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.split("\n")
    assert len(lines) == len(ODD) + 1
    made = dict(zip(ODD, lines, strict=False))
    assert made["nothing"] == made["blanks"] == ""
    assert "🙂" in made["emoji"]
    assert made["one letter"].replace(" ", "").lower() == "a" * 200_000
    assert made["no full stop"].lower().count("dog") == 2500


def test_two_first_runs_at_once_say_the_same(model: tuple[Path, str], tmp_path: Path) -> None:
    runs = [started(model, article(tmp_path), tmp_path / "cache") for _ in range(2)]
    (first, said), (second, _) = (run.communicate(timeout=120) for run in runs)
    assert [run.returncode for run in runs] == [0, 0], said
    assert first == second
    assert first.count("\n") == 100
    assert (tmp_path / "cache" / FILE).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="a limit on the size of files stands for a full disk")
@pytest.mark.parametrize("largest_file", [1, 5_000])
def test_a_full_disk_only_keeps_nothing(model: tuple[Path, str], tmp_path: Path, largest_file: int) -> None:
    whole = started(model, article(tmp_path), tmp_path / "cache").communicate(timeout=120)[0]
    run = started(model, article(tmp_path), tmp_path / "full", largest_file)
    made, said = run.communicate(timeout=120)
    assert run.returncode == 0, said
    assert made == whole
    assert "is not used" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda whole: whole[:500] + b"?" + whole[501:], "this file of the bundled translator is damaged"),
        (lambda whole: whole[:-100], "this file of the bundled translator is damaged"),
        (lambda whole: b"", "this file of the bundled translator is damaged"),
        (None, "this package has no translator in it"),
    ],
)
def test_a_bad_file_is_an_error_that_says_what_to_do(
    model: tuple[Path, str],
    content: object,
    message: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(engine, "DATA", tmp_path)
    monkeypatch.setattr(engine, "FILES", {"phrases.npz": model[1]})
    if callable(content):
        (tmp_path / "phrases.npz").write_bytes(content((model[0] / "phrases.npz").read_bytes()))
    assert main(["translate", str(article(tmp_path)), "--mt", "bundled", "--no-cache"]) == 2
    said = " ".join(capsys.readouterr().err.split())
    assert message in said
    assert "pip install --force-reinstall --no-deps tqcheck" in said
