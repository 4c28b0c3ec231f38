from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from multiprocessing.process import BaseProcess

import pytest

from tqcheck.annotate import annotate, annotate_both, apart, parsers
from tqcheck.model import Document

FRENCH = Document("a.fr.txt", "fr", "Le soldat est mort. Il avait 34 ans.")
ENGLISH = Document("a.en.txt", "en", "The soldier died. He was 34 years old.")


def test_the_tokens_are_the_same_as_without_another_process(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = annotate(FRENCH), annotate(ENGLISH)
    monkeypatch.setattr("tqcheck.annotate.is_loaded", lambda lang: False)
    monkeypatch.setattr(parsers, "_english", unwanted)
    assert annotate_both(FRENCH, ENGLISH, beside=True) == expected
    assert multiprocessing.active_children() == []


def test_the_parser_that_is_loaded_here_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    annotate(ENGLISH)
    monkeypatch.setattr(apart, "Parsing", unwanted)
    assert annotate_both(FRENCH, ENGLISH, beside=True)[1].tokens


def test_where_the_other_process_dies_the_texts_are_parsed_here() -> None:
    texts = [segment.text for segment in annotate(ENGLISH).segments]
    with apart.Parsing([texts], "en") as there:
        kill(there._process)
        rows = list(there.rows(texts, "en"))
    assert rows == list(parsers.parse(texts, "en"))


def test_where_no_process_can_be_had_the_texts_are_parsed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(process: object) -> None:
        raise OSError("no more processes")

    texts = [segment.text for segment in annotate(ENGLISH).segments]
    monkeypatch.setattr("multiprocessing.context.SpawnProcess.start", refused)
    with apart.Parsing([texts], "en") as there:
        assert list(there.rows(texts, "en")) == list(parsers.parse(texts, "en"))


def test_a_fault_here_stops_the_other_process() -> None:
    with pytest.raises(ValueError, match="a fault"), apart.Parsing([["It rains."]], "en") as there:
        raise ValueError("a fault")
    assert not there._process.is_alive()


@pytest.mark.skipif(not hasattr(signal, "pthread_sigmask"), reason="no signal masks on this system")
def test_ctrl_c_is_for_this_process_alone() -> None:
    program = (
        "import time\n"
        "from tqcheck.annotate import apart\n"
        "with apart.Parsing([['It rains.']], 'en') as there:\n"
        "    print('started', flush=True)\n"
        "    time.sleep(60)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "started\n"
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert errors.count("KeyboardInterrupt") == 1
    assert errors.count("Traceback") == 1


def unwanted(*arguments: object) -> object:
    raise AssertionError("this should not be asked for")


def kill(process: BaseProcess) -> None:
    process.kill()
    for _ in range(600):
        if not process.is_alive():
            return
        time.sleep(0.1)
    raise AssertionError("the process does not die")
