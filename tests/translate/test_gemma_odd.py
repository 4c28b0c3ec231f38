"""Odd texts and hard circumstances, through the stage, with a tiny model."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.translate import tiny_gemma
from tests.translate.bitext import bitext
from tests.translate.test_word_scores import with_words
from tqcheck.translate.gemma import vocabulary
from tqcheck.translate.gemma.engine import GemmaEngine, from_path
from tqcheck.translate.gemma.reading import LONGEST, cut_together
from tqcheck.translate.word_scores import score_words

EXTRA = "the extra lm is not installed: pip install 'tqcheck[lm]'"


@pytest.fixture(scope="module")
def gguf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    for library in ("gguf", "tokenizers", "openvino", "wordfreq"):
        pytest.importorskip(library, reason=EXTRA)
    return tiny_gemma.write(tmp_path_factory.mktemp("odd") / "tiny.gguf")


@pytest.fixture(scope="module")
def engine(gguf: Path) -> GemmaEngine:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(vocabulary, "LEAST", 1e-3)
        made = from_path(gguf, gguf.parent)
        made._load()
    return made


ODD = {
    "5,000 words without a full stop": "le chat " * 2500,
    "200 kB of one letter": "x" * 200_000,
    "emoji": "👩‍👩‍👧 ok 😀😀 the 🇫🇷 cat",
    "a lone surrogate": "the \udc80 cat",
    "line breaks": "the\r\n\r\ncat\u2028sat",
    "zeros": "the\x00 cat \x00",
    "bytes of another script": "жар-птица " * 40,
}


@pytest.mark.parametrize("name", ODD)
def test_every_word_of_an_odd_text_has_its_scores(engine: GemmaEngine, name: str) -> None:
    texts = with_words(bitext((ODD[name], "The cat."), ("Le chat.", ODD[name])))
    scored = score_words(texts, engine)
    for pair in scored.pairs:
        for segment, scores in ((pair.source, pair.source_scores), (pair.target, pair.target_scores)):
            assert scores is not None
            assert len(scores.words) == len(segment.tokens)
            assert all(word is not None and max(word.given, word.alone) <= 0 for word in scores.words)
            assert scores.end is not None


def test_pairs_without_a_text_stand_between_others(engine: GemmaEngine) -> None:
    texts = with_words(bitext(("", "Added."), ("Le chat.", "The cat."), ("Omis.", ""), ("\n", "\u00a0"), ("Là.", "…")))
    scored = score_words(texts, engine)
    assert [pair.target_scores is not None for pair in scored.pairs] == [False, True, False, False, True]


def test_long_texts_are_cut_together_and_nothing_is_lost() -> None:
    long, short = "word " * 900, "x"
    for source, target in ((long, long), (long, short), (short, long), ("", long), (long, "")):
        parts = list(cut_together(source, target, lambda *texts: all(len(text) <= LONGEST for text in texts)))
        assert "".join(part for part, _ in parts) == source
        assert "".join(part for _, part in parts) == target
        assert all(len(text) <= LONGEST for part in parts for text in part)


RUN = """
    import resource, sys
    from pathlib import Path
    from tqcheck.errors import UserError
    from tqcheck.translate.gemma import vocabulary
    from tqcheck.translate.gemma.engine import from_path
    from tqcheck.translate.protocol import Passage
    vocabulary.LEAST = 1e-3
    if sys.argv[3] != "0":
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
    try:
        print(from_path(Path(sys.argv[1]), Path(sys.argv[2])).read([Passage("Le chat.", "The cat.")], "fr", "en"))
    except UserError as error:
        print(error)
"""


def started(gguf: Path, cache: Path, largest_file: int = 0) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-c", textwrap.dedent(RUN), str(gguf), str(cache), str(largest_file)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)


def test_two_first_runs_at_once_say_the_same(gguf: Path, tmp_path: Path) -> None:
    runs = [started(gguf, tmp_path) for _ in range(2)]
    first, second = (run.communicate(timeout=120)[0] for run in runs)
    assert first == second
    assert first.startswith("(Reading(")
    assert len(list((tmp_path / "gemma").iterdir())) == 1


@pytest.mark.skipif(sys.platform != "linux", reason="a limit on the size of files stands for a full disk")
@pytest.mark.parametrize("largest_file", [5_000, 200_000])
def test_what_cannot_be_written_whole_is_not_kept(gguf: Path, tmp_path: Path, largest_file: int) -> None:
    said, _ = started(gguf, tmp_path, largest_file).communicate(timeout=120)
    assert said.startswith("error: the language model cannot be prepared: ")
    assert "--cache-dir names another place" in said
    assert list((tmp_path / "gemma").iterdir()) == []


def test_what_the_library_keeps_may_be_damaged(gguf: Path, tmp_path: Path) -> None:
    said = [started(gguf, tmp_path).communicate(timeout=120)[0]]
    (kept,) = (tmp_path / "gemma").glob("*/compiled/*.blob")
    content = kept.read_bytes()
    for damaged in (content[: len(content) // 2], b"", b"X" * 100 + content[100:]):
        kept.unlink()
        kept.write_bytes(damaged)
        said.append(started(gguf, tmp_path).communicate(timeout=120)[0])
    assert said[0].startswith("(Reading(")
    assert set(said) == {said[0]}
