"""Terms proposed from accepted pairs: what they agree on, in the form of a glossary that can be read again."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bitexts import bitext_of
from tqcheck import glossary
from tqcheck.cli import main
from tqcheck.glossary.suggest import Suggestion, suggest, to_tsv
from tqcheck.model import Bitext, GlossaryTerm

FRENCH = (
    "La compagnie pétrolière a fermé.",
    "Les compagnies pétrolières protestent.",
    "Une compagnie pétrolière a été vendue.",
    "Une compagnie pétrolière a brûlé.",
    "Il lit un grand livre.",
    "Il lit un grand livre.",
    "Il lit un grand livre.",
)
ENGLISH = (
    "The oil company closed.",
    "The oil companies are protesting.",
    "An oil company was sold.",
    "A petroleum company burnt down.",
    "He reads a big book.",
    "He reads a big book.",
    "He reads a big book.",
)


@pytest.fixture(scope="module")
def bitext() -> Bitext:
    return bitext_of("\n".join(FRENCH), "\n".join(ENGLISH))


def test_what_is_agreed_on_is_proposed_in_the_singular_with_what_else_there_was(bitext: Bitext) -> None:
    assert suggest([bitext]) == (Suggestion("compagnie pétrolière", "oil company", 3, 4, 1, ("petroleum company",)),)
    (term,) = suggest([bitext, bitext])
    assert term.note == "6 of 8 in 2 articles; also petroleum company"


def test_a_capital_that_is_not_always_there_is_none_of_the_term() -> None:
    french = "\n".join(["La compagnie pétrolière a fermé."] * 3)
    english = "The Oil Company closed.\nThe Oil Company closed.\nThe oil company closed."
    assert [term.english for term in suggest([bitext_of(french, english)])] == ["oil company"]


def test_too_few_too_divided_or_known(bitext: Bitext) -> None:
    assert suggest([bitext], least=4) == ()
    assert suggest([bitext], [GlossaryTerm("Compagnie pétrolière", ("oil company",))]) == ()
    assert suggest([bitext_of("\n".join(FRENCH[2:4]), "\n".join(ENGLISH[2:4]))], least=1) == ()


def test_single_nouns_on_demand_but_none_that_only_stands_in_a_longer_term(bitext: Bitext) -> None:
    assert [term.french for term in suggest([bitext], single=True)] == ["compagnie pétrolière", "livre"]


def test_the_table_is_a_glossary(bitext: Bitext, tmp_path: Path) -> None:
    file = tmp_path / "terms.tsv"
    file.write_text(to_tsv(suggest([bitext])), "utf-8")
    (term,) = glossary.load([file])
    assert (term.french, term.allowed, term.forbidden) == ("compagnie pétrolière", ("oil company",), ())
    assert term.note == "3 of 4 in 1 article; also petroleum company"


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = (f"{french}\t{english}\n" for french, english in zip(FRENCH, ENGLISH, strict=True))
    (tmp_path / "a.tsv").write_text("".join(lines), "utf-8")
    (tmp_path / "b.fr.txt").write_text(" ".join(FRENCH[:2]), "utf-8")
    (tmp_path / "b.en.txt").write_text(" ".join(ENGLISH[:2]), "utf-8")
    (tmp_path / "broken.xlf").write_text("<xliff", "utf-8")
    assert main(["glossary", "suggest", str(tmp_path)]) == 0
    out, err = capsys.readouterr()
    assert out == (
        "french\tenglish\tforbidden\tnote\n"
        "compagnie pétrolière\toil company\t\t5 of 6 in 2 articles; also petroleum company\n"
    )
    assert "no well-formed XML" in err
    assert "1 terms from 2 pairs of files" in err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "there is no such folder"),
        (["."], "no pairs of files in this folder"),
        ([".", "--least", "0"], "--least must be 1 or more"),
        ([".", "--glossary", "no.tsv"], "there is no such file"),
    ],
)
def test_what_is_refused(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["glossary", "suggest", *arguments]) == 2
    assert message in capsys.readouterr().err
