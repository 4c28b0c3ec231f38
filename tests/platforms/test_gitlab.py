"""The .gitlab-ci.yml of docs/ci.md and the template that it includes, by gitlab-ci-local with its shell executor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import venv
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.platforms.desk import BIN, ROOT, WHOLE, documented, git, make

RUNNER = shutil.which("gitlab-ci-local")

pytestmark = [
    pytest.mark.skipif(RUNNER is None, reason="gitlab-ci-local is not installed: npm install -g gitlab-ci-local"),
    pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync, which gitlab-ci-local copies with, is missing"),
]


def job(desk: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The job ``tqcheck``; the project of the template is a repository on this machine, by git's insteadOf."""
    place = desk.parent / "tqcheck.git"
    bin_ = BIN
    if WHOLE:
        venv.create(desk.parent / "python", with_pip=True)
        bin_ = desk.parent / "python" / "bin"
    settings = {
        f"url.file://{place}.insteadOf": "https://gitlab.example.org/your-organisation/tqcheck.git",
        "uploadpack.allowFilter": "true",
        "safe.directory": "*",
    }
    environment = {**os.environ, "PATH": f"{bin_}{os.pathsep}{os.environ['PATH']}", "FORCE_COLOR": "0"}
    environment |= {"GIT_CONFIG_COUNT": str(len(settings)), "HOME": str(desk.parent)}
    for number, (key, value) in enumerate(settings.items()):
        environment |= {f"GIT_CONFIG_KEY_{number}": key, f"GIT_CONFIG_VALUE_{number}": value}
    given = {"TQCHECK_PACKAGE": str(ROOT) if WHOLE else "pip", **variables}
    options = [word for name, value in given.items() if value for word in ("--variable", f"{name}={value}")]
    command = [str(RUNNER), "--force-shell-executor", *options, "tqcheck"]
    return subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, timeout=900)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The desk, and beside it a repository of the template as it stands here, tagged as the page says."""
    project = tmp_path / "tqcheck.git"
    (project / "templates").mkdir(parents=True)
    shutil.copy(ROOT / "templates" / "tqcheck.gitlab-ci.yml", project / "templates")
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "template")
    git(project, "tag", "v0.1.0")
    folder = tmp_path / "desk"
    make(folder, {".gitlab-ci.yml": documented(".gitlab-ci.yml"), ".gitignore": ".gitlab-ci-local\n"})
    git(folder, "remote", "add", "origin", "https://gitlab.example.org/desk/articles.git")
    return folder


def test_a_merge_request_is_checked_and_fails_with_its_reports(desk: Path) -> None:
    base = git(desk, "rev-parse", "main")
    done = job(desk, CI_PIPELINE_SOURCE="merge_request_event", CI_MERGE_REQUEST_DIFF_BASE_SHA=base)
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "1 of 1 pairs has changed since" in said
    assert "FAILED  1 of 1 article failed: 2 findings (2 major)" in said
    reports = desk / ".gitlab-ci-local" / "artifacts" / "tqcheck"
    quality = json.loads((reports / "gl-code-quality-report.json").read_text("utf-8"))
    assert [(found["check_name"], found["location"]["path"]) for found in quality] == [
        ("number-mismatch", "articles/a.en.md"),
        ("negation", "articles/a.en.md"),
    ]
    suites = ET.parse(reports / "tqcheck.xml").getroot()
    assert len(suites.findall(".//testcase/failure")) == 3  # two findings and the gate


def test_the_default_branch_passes(desk: Path) -> None:
    git(desk, "checkout", "--quiet", "main")
    done = job(desk)
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    assert "PASSED  1 article checked: no findings" in said
    assert (desk / ".gitlab-ci-local" / "artifacts" / "tqcheck" / "gl-code-quality-report.json").read_text() == "[]\n"


def test_without_a_package_nothing_is_installed(desk: Path) -> None:
    (desk / ".gitlab-ci.yml").write_text(documented(".gitlab-ci.yml").partition("variables:\n")[0], "utf-8")
    git(desk, "commit", "--quiet", "--all", "--message", "no package")
    done = job(desk, CI_PIPELINE_SOURCE="merge_request_event", TQCHECK_PACKAGE="")
    assert done.returncode != 0
    assert "says what pip installs" in done.stdout + done.stderr
