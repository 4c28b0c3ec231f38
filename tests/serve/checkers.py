"""Checks without a model, for a worker: what it does stands in the French text."""

from __future__ import annotations

import argparse
import json
import os
import time
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.serve.task import Answer, Check, Task, explained, too_long

REPORT = {
    "schema": "tqcheck-report/1",
    "tool": {"name": "tqcheck", "version": "0"},
    "provenance": {},
    "verdict": {"passed": True, "reasons": []},
    "notes": [],
    "scores": [],
    "pairs": [],
    "findings": [],
}


def quick() -> Check:
    """Answers at once, but for the words that it knows."""
    return _check


def slow_to_load() -> Check:
    time.sleep(0.7)
    return _check


def wrong() -> Check:
    raise UserError("there is no such model", Place("tqcheck.toml", 3), "name another one")


def broken() -> Check:
    os._exit(7)


def with_options(options: argparse.Namespace) -> Check:
    """In place of the command's own: what it does stands in --glossary."""
    return {"wrong": wrong, "broken": broken}.get((options.glossary or ["quick"])[0], quick)()


def broken_at_first() -> Check:
    """Loads, and does not load again until a file is there."""
    mark = Path(os.environ["TQCHECK_TEST_MARK"])
    if mark.exists() and not mark.with_suffix(".go").exists():
        os._exit(7)
    mark.touch()
    return _check


def _check(task: Task) -> Answer:
    word, _, rest = task.source.partition(" ")
    if word == "wait":
        while not Path(rest).exists():
            time.sleep(0.01)
    elif word == "polite":
        while (seconds := task.seconds) > 0:  # as the clock of a real check
            time.sleep(min(0.02, seconds))
            task = Task(task.source, task.target, seconds=seconds - 0.02)
        return too_long(1)
    elif word == "crash":
        os._exit(9)
    elif word == "wrong":
        place = Place(task.source_name, 1, 7, task.source)
        return Answer(422, explained(UserError("this is no French", place, "write some")))
    names = {side: {"path": name, "lang": lang} for side, name, lang in _sides(task)}
    provenance = {"pid": os.getpid(), "source": task.source, "target": task.target}
    return Answer(200, json.dumps({**REPORT, **names, "provenance": provenance}).encode())


def _sides(task: Task) -> list[tuple[str, str, str]]:
    return [("source", task.source_name, "fr"), ("target", task.target_name, "en")]
