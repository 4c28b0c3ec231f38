"""What a desk copies: the action, the GitLab template, the hooks and the Dockerfile are valid and say what exists."""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tqcheck.cli import main, parser
from tqcheck.config import KEYS, load, schema, template
from tqcheck.config.keys import Table
from tqcheck.detectors import rule_names

ROOT = Path(__file__).parents[1]


def yaml(path: str) -> Any:
    ruamel = pytest.importorskip("ruamel.yaml", reason="ruamel.yaml comes with check-jsonschema, of the extra test")
    return ruamel.YAML(typ="safe", pure=True).load((ROOT / path).read_text("utf-8"))


@pytest.mark.parametrize(
    ("schema_name", "path"),
    [("vendor.github-actions", "action.yml"), ("vendor.gitlab-ci", "templates/tqcheck.gitlab-ci.yml")],
)
def test_they_are_valid_against_the_schemas_of_their_makers(schema_name: str, path: str) -> None:
    pytest.importorskip("check_jsonschema")
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema_name, str(ROOT / path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_hooks_have_what_pre_commit_asks_for() -> None:
    for hook in yaml(".pre-commit-hooks.yaml"):
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert_exists(hook["entry"].split())


def assert_exists(words: list[str]) -> None:
    """That a command of ours has these options."""
    assert words[0] == "tqcheck"
    (commands,) = (a for a in parser()._actions if isinstance(a, argparse._SubParsersAction))
    known = commands.choices[words[1]]._option_string_actions
    for word in words[2:]:
        if word.startswith("--"):
            assert word.split("=")[0] in known, word


@pytest.mark.parametrize("path", ["action.yml", "templates/tqcheck.gitlab-ci.yml", "Dockerfile"])
def test_every_option_exists(path: str) -> None:
    text = (ROOT / path).read_text("utf-8").replace("\\\n", " ")
    for found in re.findall(r"tqcheck check[^\n]*(?:\n {6,}--[^\n]*)*", text):
        assert_exists(["tqcheck", "check", *re.findall(r"(?<![\w-])--[a-z-]+", found)])


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "a desk"
    (folder / "articles").mkdir(parents=True)
    (folder / "articles" / "a.fr.md").write_text("Le ministre a présenté mardi un projet de loi sur le logement.\n")
    (folder / "articles" / "a.en.md").write_text("The minister presented a housing bill on on Tuesday.\n", "utf-8")
    return folder


def test_the_actions_commands_run_in_a_shell(desk: Path, tmp_path: Path) -> None:
    """What GitHub's runner would do with the step, its variables and all."""
    steps = yaml("action.yml")["runs"]["steps"]
    (step,) = (step for step in steps if step.get("id") == "check")
    assert "${{" not in step["run"], "what a user gives comes as a variable, never as a part of the script"
    (desk / "tqcheck.toml").write_text(
        'fail-on = "minor"\nmt = "none"\nlm = "none"\n[[pairs]]\nfrench = "**/*.fr.md"\nenglish = "**/*.en.md"\n'
    )
    given = dict.fromkeys(step["env"], "") | {
        "TQCHECK_CACHE_DIR": str(tmp_path / "cache"),
        "REPORTS": str(tmp_path / "reports of a run"),
        "ARGUMENTS": "--details",
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
        "GITHUB_OUTPUT": str(tmp_path / "output"),
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
    }
    (tmp_path / "bin").mkdir()
    command = tmp_path / "bin" / "tqcheck"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tqcheck "$@"\n')
    command.chmod(0o755)
    done = subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=desk,
        env={**os.environ, **given},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::warning file=articles/a.en.md,line=1,")
    assert "Translations failed" in (tmp_path / "summary").read_text("utf-8")
    output = dict(line.split("=", 1) for line in (tmp_path / "output").read_text("utf-8").splitlines())
    assert output["status"] == "1"
    assert json.loads(Path(output["sarif"]).read_text("utf-8"))["version"] == "2.1.0"


def test_init_writes_settings_that_check_takes(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(desk)
    assert main(["init"]) == 0
    assert "1 pair of files" in capsys.readouterr().out
    settings = load(None, desk, {}, rule_names())
    assert [(entry.french, entry.english) for entry in settings.pairs] == [("articles/*.fr.md", "articles/*.en.md")]
    assert main(["init"]) == 2
    assert "--force" in capsys.readouterr().err
    assert main(["init", "--force"]) == 0


def test_what_init_has_in_comments_is_right(tmp_path: Path) -> None:
    text = re.sub(r"^# (?=\[|[a-z-]+ = )", "", template.text(()), flags=re.M)
    (tmp_path / "tqcheck.toml").write_text(text, "utf-8")
    settings = load(None, tmp_path, {}, rule_names())
    assert settings.ignores
    assert settings.folders
    assert settings.reports


@pytest.mark.parametrize(
    ("names", "patterns"),
    [
        (["a.fr.md", "a.en.md"], [("*.fr.md", "*.en.md", 1)]),
        (["d/a.fr.md", "d/a.en.md", "d/e/b.fr.md", "d/e/b.en.md"], [("d/**/*.fr.md", "d/**/*.en.md", 2)]),
        (["fr/a.txt", "en/a.txt", "fr/x/b.txt", "en/x/b.txt"], [("fr/**/*.txt", "en/**/*.txt", 2)]),
        (["x_FR.txt", "x_EN.txt"], [("*_FR.txt", "*_EN.txt", 1)]),
        (["article.fr", "article.en"], [("*.fr", "*.en", 1)]),
        (["french.txt", "english.txt"], [("french.txt", "english.txt", 1)]),
        (["a.fr.md", "b.en.md", "frais.md", "enais.md", ".fr.md", ".en.md"], []),
    ],
)
def test_init_finds_the_usual_names(tmp_path: Path, names: list[str], patterns: list[tuple[str, str, int]]) -> None:
    from tqcheck.config import Pairs
    from tqcheck.manifest import articles

    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = template.discover(tmp_path)
    assert [tuple(pattern) for pattern in found] == patterns
    named = articles([Pairs(tmp_path, french=f.french, english=f.english) for f in found], tmp_path)
    assert len(named.articles) == sum(pattern.pairs for pattern in found)


def test_init_names_files_of_both_languages(tmp_path: Path) -> None:
    from tqcheck.config import Pairs
    from tqcheck.manifest import articles

    for name in ("a.xlf", "l10n/b.xlf", "c.po", "table.tsv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    found = template.discover_both(tmp_path)
    assert found == {"**/*.po": 1, "**/*.xlf": 2}
    written = tomllib.loads(template.text((), found))
    assert written["pairs"] == [{"both": "**/*.po"}, {"both": "**/*.xlf"}]
    named = articles([Pairs(tmp_path, both=name) for name in found], tmp_path)
    assert [article.source for article in named.articles] == ["c.po", "a.xlf", "l10n/b.xlf"]


def test_the_schema_takes_what_the_settings_take() -> None:
    jsonschema = pytest.importorskip("jsonschema")
    made = schema.schema()
    jsonschema.Draft202012Validator.check_schema(made)
    check = jsonschema.Draft202012Validator(made)
    example = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "configuration.md").read_text("utf-8"), re.S)[0]
    assert list(check.iter_errors(tomllib.loads(example))) == []
    for wrong in (
        "fail_on = 1",
        'fail-on = "high"',
        'disable = ["negatoin"]',
        "[limits]\nmajor = -1",
        '[severity]\nnegation = "bad"',
        '[reports]\nsarfi = "x"',
        '[[ignore]]\nrule = "negation"',
        '[[folder]]\nmt = "none"',
        '[[pairs]]\nfrench = "*.md"',
    ):
        assert list(check.iter_errors(tomllib.loads(wrong))), wrong


def test_every_key_is_told_of_in_the_schema() -> None:
    def keys(table: Any) -> set[str]:
        inner = [keys(spec.keys()) for spec in table.values() if isinstance(spec, Table)]
        return set(table).union(*inner)

    assert keys(KEYS) <= set(schema.VALUES)
    assert all("description" in value for value in schema.VALUES.values())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_of_the_shell(shell: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["completion", shell]) == 0
    script = capsys.readouterr().out
    assert "changed-since" in script
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    (tmp_path / "script").write_text(script, "utf-8")
    done = subprocess.run([shell, "-n", str(tmp_path / "script")], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_fish_completes_a_command_and_an_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fish = shutil.which("fish")
    if fish is None:
        pytest.skip("fish is not installed")
    main(["completion", "fish"])
    (tmp_path / "script").write_text(capsys.readouterr().out, "utf-8")
    ask = f'source "{tmp_path / "script"}"; complete -C "tqcheck bas"; complete -C "tqcheck check --chan"'
    done = subprocess.run([fish, "-N", "-c", ask], capture_output=True, text=True)
    assert [line.split("\t")[0] for line in done.stdout.splitlines()] == ["baseline", "--changed-since"], done.stderr


def test_bash_completes_a_command_and_an_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["completion", "bash"])
    (tmp_path / "script").write_text(capsys.readouterr().out, "utf-8")
    ask = (
        f'source "{tmp_path / "script"}"\n'
        "complete -p tqcheck >/dev/null\n"
        'COMP_WORDS=(tqcheck check --chan); COMP_CWORD=2; _shtab_tqcheck; echo "${COMPREPLY[@]}"\n'
        'COMP_WORDS=(tqcheck bas); COMP_CWORD=1; _shtab_tqcheck; echo "${COMPREPLY[@]}"\n'
    )
    done = subprocess.run(["bash", "--norc", "-c", ask], capture_output=True, text=True)
    assert done.stdout.split() == ["--changed-since", "baseline"], done.stderr
