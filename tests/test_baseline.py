"""Old findings: a fingerprint survives text that moves and dies when its words change; the file and what it covers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.bitexts import lines
from tqcheck import baseline, detector
from tqcheck.detector import Detector, each_pair
from tqcheck.errors import UserError
from tqcheck.model import Bitext, Finding, Pair, PairScores, Report, Segment, Span, Verdict
from tqcheck.mqm import Category, Severity


def bitext(*rows: tuple[str, str]) -> Bitext:
    """A pair a row, each side one sentence."""
    source, target = lines("\n".join(fr for fr, _ in rows), "fr"), lines("\n".join(en for _, en in rows), "en")
    sides = []
    for document in (source, target):
        segments = tuple(
            Segment(block.span, block.span.of(document.text), (), (n,), n) for n, block in enumerate(document.blocks)
        )
        sides.append(replace(document, segments=segments))
    beside = zip(sides[0].segments, sides[1].segments, strict=True)
    return Bitext(sides[0], sides[1], tuple(Pair(n, fr, en) for n, (fr, en) in enumerate(beside)))


def found(text: Bitext) -> tuple[Finding, ...]:
    """What a rule says that finds "she" for « elle »."""

    def find(rule: Detector, whole: Bitext, pair: Pair) -> list[Finding]:
        source, target = pair.source.text.find("elle"), pair.target.text.find("she")
        if source < 0 or target < 0:
            return []
        start = pair.source.span.start + source, pair.target.span.start + target
        spans = Span(start[0], start[0] + 4), Span(start[1], start[1] + 3)
        return [rule.finding(pair, message="…", confidence=0.9, source=spans[0], target=spans[1])]

    rule = Detector("pronoun", "", Category.MISTRANSLATION, Severity.MAJOR, each_pair(find), ())
    return detector.run([rule], text)


def fingerprints(*rows: tuple[str, str]) -> list[str]:
    return [finding.fingerprint for finding in found(bitext(*rows))]


FALLS = ("Puis elle tombe.", "Then she falls.")
RISES = ("Puis elle monte.", "Then she rises.")
OTHER = ("Il pleut.", "It rains.")


def test_a_fingerprint_survives_text_that_moves() -> None:
    before = fingerprints(FALLS, RISES)
    assert fingerprints(OTHER, RISES, OTHER, FALLS) == before[::-1]
    assert fingerprints(("Puis  elle tombe.", "Then, later,  she falls down."))[0] == before[0]


def test_a_fingerprint_dies_when_its_words_change() -> None:
    (before,) = fingerprints(FALLS)
    assert before not in fingerprints(("Puis, elle tombe.", "Then she falls."))  # the French says something else
    assert fingerprints(("Puis elle tombe.", "Then it falls.")) == []


def test_the_same_words_in_another_sentence_are_new() -> None:
    assert not set(fingerprints(FALLS)) & set(fingerprints(RISES))
    twice = fingerprints(FALLS, FALLS)
    assert len(set(twice)) == 2
    assert twice[0] == fingerprints(FALLS)[0]


def report(*rows: tuple[str, str], path: str = "a.en.txt") -> Report:
    text = bitext(*rows)
    text = replace(text, target=replace(text.target, path=path))
    return Report(text, found(text), (), tuple(PairScores(0.5) for _ in text.pairs), Verdict(True))


def test_a_file_comes_back_as_it_was_written(tmp_path: Path) -> None:
    made = report(FALLS, RISES)
    entries = [baseline.entry(finding, made, "a.en.txt") for finding in made.findings]
    file = tmp_path / "b.json"
    file.write_text(baseline.to_text(entries[::-1]), "utf-8")
    assert baseline.read(file) == tuple(sorted(entries))
    assert baseline.to_text(entries) == baseline.to_text([*entries[::-1], entries[0]])
    assert entries[0].words == '« elle » "she"'
    assert baseline.to_text([]) == '{\n  "schema": "tqcheck-baseline/1",\n  "findings": []\n}\n'


def test_what_is_old_does_not_count_and_what_is_new_does(tmp_path: Path) -> None:
    made = report(FALLS, path=str(tmp_path / "a.en.txt"))
    (tmp_path / "a.en.txt").touch()
    (tmp_path / "c.en.txt").touch()
    file = tmp_path / "b.json"
    file.write_text(baseline.to_text(baseline.entry(f, made, "a.en.txt") for f in made.findings), "utf-8")
    loaded = baseline.load(file)
    now = report(OTHER, FALLS, RISES, path=str(tmp_path / "a.en.txt"))
    named = loaded.old_findings(now.bitext.target.path)(now)
    assert set(named.by_fingerprint) == {made.findings[0].fingerprint}
    assert named.by_fingerprint[made.findings[0].fingerprint].kind == "baseline"
    assert not loaded.old_findings(str(tmp_path / "c.en.txt"))(now).by_fingerprint, "another article is not covered"


def test_an_article_that_was_renamed_keeps_its_baseline(tmp_path: Path) -> None:
    made = report(FALLS)
    file = tmp_path / "b.json"
    file.write_text(baseline.to_text(baseline.entry(f, made, "gone.en.txt") for f in made.findings), "utf-8")
    assert baseline.load(file).old_findings(str(tmp_path / "new.en.txt"))(made).by_fingerprint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON"),
        ("[]", "schema"),
        ('{"schema": "tqcheck-baseline/2", "findings": []}', "schema"),
        ('{"schema": "tqcheck-baseline/1", "findings": [3]}', "finding 1"),
        ('{"schema": "tqcheck-baseline/1", "findings": [{"article": "a"}]}', "fingerprint"),
        ("[" * 100_000, "not a baseline"),
    ],
)
def test_files_that_are_no_baseline(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "b.json").write_text(text, "utf-8")
    with pytest.raises(UserError) as caught:
        baseline.read(tmp_path / "b.json")
    assert said in str(caught.value)
    with pytest.raises(UserError, match="no such baseline"):
        baseline.read(tmp_path / "none.json")
