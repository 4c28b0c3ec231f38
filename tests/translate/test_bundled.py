"""The engine bundled, with a tiny phrase model: what goes in comes out, whatever it is."""

from __future__ import annotations

from pathlib import Path

import numpy
import pytest

from tests.translate import tiny_phrases
from tqcheck.errors import UserError
from tqcheck.translate.bundled.engine import PhraseEngine, _arrays
from tqcheck.translate.protocol import BACK, FORWARD, Direction


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    folder = tmp_path_factory.mktemp("phrases")
    files = tiny_phrases.write(folder)
    return folder / "model", files


@pytest.fixture
def engine(model: tuple[Path, dict[str, str]]) -> PhraseEngine:
    return PhraseEngine(*model)


def translated(engine: PhraseEngine, text: str, way: Direction = FORWARD) -> str:
    return engine.translate([text], *way)[0].text


@pytest.mark.parametrize(
    ("way", "source", "target"),
    [
        (FORWARD, "Le président a perdu deux voitures le lundi.", "The president lost two cars on Monday."),
        (FORWARD, "La police attend les enfants ce matin.", "The police expects the children this morning."),
        (BACK, "A soldier found the 45 pages in Paris.", "Un soldat a trouvé les 45 pages à Paris."),
        (BACK, "The mayor saw the dog.", "La maire a vu le chien."),
    ],
)
def test_it_translates_both_ways(engine: PhraseEngine, way: Direction, source: str, target: str) -> None:
    assert translated(engine, source, way) == target


def test_numbers_names_and_addresses_survive(engine: PhraseEngine) -> None:
    made = translated(engine, "Le ministre a vu Zoubida Kerbrat en 1987, sur https://exemple.fr/a?b=1 et a@b.fr.")
    for part in ("Zoubida Kerbrat", "1987", "https://exemple.fr/a?b=1", "a@b.fr"):
        assert part in made


def test_a_number_is_written_as_the_language_writes_it(engine: PhraseEngine) -> None:
    assert "12,345.6" in translated(engine, "La ville a perdu 12 345,6 euros.")
    assert "12 345,6" in translated(engine, "The city lost 12,345.6 euros.", BACK)


def test_sentences_of_one_text_are_translated_one_by_one(engine: PhraseEngine) -> None:
    one, two = "Le ministre a vu le chien hier.", "La maire a perdu la maison à Paris."
    assert translated(engine, f"{one} {two}") == f"{translated(engine, one)} {translated(engine, two)}"


def test_the_order_and_the_company_of_texts_do_not_matter(engine: PhraseEngine) -> None:
    texts = [f"{subject} a vu le chien hier." for subject in ("Le ministre", "La maire", "Un soldat", "Une femme")] * 9
    alone = [translated(engine, text) for text in texts]
    told: list[tuple[int, int]] = []
    together = engine.translate(texts, *FORWARD, lambda done, total: told.append((done, total)))
    assert [made.text for made in together] == alone
    assert told[-1] == (4, 4)
    assert {made.engine for made in together} == {engine.identity}
    assert together[0].is_first_reading


@pytest.mark.parametrize(
    ("text", "least"),
    [
        ("", 0),
        ("   ", 0),
        ("…", 1),
        ("🙂 👩‍👩‍👧", 1),
        ("? ! »", 1),
        ("a" * 200_000, 200_000),
        ("le chien " * 2500, 2500),
        ("chien, " * 300 + "fin", 300),
        ("日本語の文", 5),
    ],
)
def test_anything_is_taken_and_nothing_is_cut(engine: PhraseEngine, text: str, least: int) -> None:
    made = translated(engine, text)
    assert len(made.replace(" ", "")) >= least


def test_capitals_are_answered_in_capitals(engine: PhraseEngine) -> None:
    assert translated(engine, "LE PRÉSIDENT A PERDU LA VILLE") == "THE PRESIDENT LOST THE CITY"
    assert translated(engine, "deux voitures") == "two cars"


def test_the_arrays_are_those_of_the_file(model: tuple[Path, dict[str, str]]) -> None:
    found = _arrays(model[0], tuple(model[1].items()))
    with numpy.load(model[0] / "phrases.npz") as file:
        assert found.keys() == set(file.files)
        for name in file.files:
            assert found[name].dtype == file[name].dtype
            assert found[name].flags.aligned
            numpy.testing.assert_array_equal(found[name], file[name])


def test_a_damaged_file_is_named(model: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    content = (model[0] / "phrases.npz").read_bytes()
    for name, damaged in (("bent", content[:500] + b"?" + content[501:]), ("cut", content[:-100])):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "phrases.npz").write_bytes(damaged)
        with pytest.raises(UserError, match="damaged"):
            PhraseEngine(folder, model[1]).translate(["Oui."], *FORWARD)
    with pytest.raises(UserError, match="cannot be read"):
        PhraseEngine(tmp_path / "none", model[1]).translate(["Oui."], *FORWARD)


def test_it_cannot_do_other_languages_nor_score(engine: PhraseEngine) -> None:
    assert engine.supports(*FORWARD)
    assert engine.supports(*BACK)
    with pytest.raises(UserError):
        engine.translate(["Ja."], "de", "en")
    with pytest.raises(UserError):
        engine.score(["Oui."], ["Yes."], *FORWARD)
