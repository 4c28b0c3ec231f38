from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.translate.bitext import bitext
from tqcheck.errors import UserError
from tqcheck.model import Translation
from tqcheck.translate import recorded
from tqcheck.translate.registry import choose
from tqcheck.translate.stage import translate_bitext

GOOD = {
    "schema": "tqcheck-recording/1",
    "engine": "a service, 24 September 2021",
    "directions": {
        "fr-en": {
            "Il est mort\nhier.": "He died yesterday.",
            "Oui.": {"text": "Yes.", "pieces": ["▁Yes", "."], "log_probabilities": [-0.25, -0.5]},
        }
    },
}


def write(folder: Path, content: object) -> Path:
    path = folder / "recording.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return path


def test_a_recorded_text_is_found_whatever_its_blanks(tmp_path: Path) -> None:
    engine = recorded.read(write(tmp_path, GOOD))
    made = engine.translate(["Il  est mort hier.", " ", "Oui."], "fr", "en")
    assert [translation.text for translation in made] == ["He died yesterday.", "", "Yes."]
    assert made[2] == Translation("Yes.", engine.identity, ("▁Yes", "."), (-0.25, -0.5))
    assert engine.identity.startswith("recorded:a service, 24 September 2021+")


def test_a_changed_recording_has_another_identity(tmp_path: Path) -> None:
    before = recorded.read(write(tmp_path, GOOD)).identity
    text = json.dumps(GOOD).replace("He died", "He was killed")
    assert recorded.read(write(tmp_path, text)).identity != before


def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, GOOD)
    with pytest.raises(UserError, match=r"no fr-en translation of « Non\. », and of 1 more") as raised:
        recorded.read(path).translate(["Oui.", "Non.", "Peut-être."], "fr", "en")
    assert str(path) in str(raised.value)


def test_a_direction_that_is_not_there(tmp_path: Path) -> None:
    choice = choose(f"recorded:{write(tmp_path, GOOD)}")
    assert choice.engine is not None
    assert not choice.engine.supports("en", "fr")
    assert choice.notes == ("recorded has no English to French: nothing is translated back",)
    with pytest.raises(UserError, match="no model from en to fr"):
        choice.engine.translate(["Yes."], "en", "fr")


def test_it_cannot_score(tmp_path: Path) -> None:
    engine = recorded.read(write(tmp_path, GOOD))
    assert not engine.can_score
    with pytest.raises(UserError, match="recorded translates but cannot score"):
        engine.score(["Oui."], ["Yes."], "fr", "en")


def test_a_fault_in_the_json_has_its_place(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="not JSON") as raised:
        recorded.read(write(tmp_path, '{\n "schema": tqcheck\n}'))
    assert raised.value.place is not None
    assert (raised.value.place.line, raised.value.place.column) == (2, 12)
    assert raised.value.place.text == ' "schema": tqcheck'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ([], "its schema is None"),
        ({**GOOD, "schema": "tqcheck-recording/9"}, "its schema is 'tqcheck-recording/9'"),
        ({"schema": GOOD["schema"]}, '"directions" must be an object'),
        ({"schema": GOOD["schema"], "directions": {"fr-de": {}}}, "'fr-de' is neither"),
        ({"schema": GOOD["schema"], "directions": {"fr-en": []}}, '"fr-en" must be an object'),
        ({"schema": GOOD["schema"], "directions": {"fr-en": {"Oui.": 3}}}, "neither a string nor"),
        (
            {"schema": GOOD["schema"], "directions": {"fr-en": {"Oui.": {"text": "Yes.", "pieces": ["Yes"]}}}},
            "do not go with its log_probabilities",
        ),
    ],
)
def test_a_recording_of_another_form_is_refused(tmp_path: Path, content: object, message: str) -> None:
    with pytest.raises(UserError, match=message):
        recorded.read(write(tmp_path, content))


def test_no_such_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        recorded.read(tmp_path / "nowhere.json")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    plain = bitext(("« Oui. »\nOui.", "Yes, “yes”."), ("Non.", ""), ("", "An addition."))
    forward = [Translation("Yes. Yes.", "somebody", ("▁Y",), (-0.5,)), Translation("No.", "somebody"), None]
    back = [Translation("Oui.", "somebody"), None, Translation("Un ajout.", "somebody")]
    pairs = zip(plain.pairs, forward, back, strict=True)
    translated = replace(plain, pairs=tuple(replace(pair, forward=f, back=b) for pair, f, b in pairs))
    text = recorded.recording(translated)
    engine = recorded.read(write(tmp_path, text))
    assert "« Oui. » Oui." in text
    assert engine.identity.startswith("recorded:somebody+")
    again = translate_bitext(plain, engine)
    for pair, f, b in zip(again.pairs, forward, back, strict=True):
        assert (pair.forward and replace(pair.forward, engine="somebody")) == f
        assert (pair.back and replace(pair.back, engine="somebody")) == b
    assert recorded.recording(again).replace(engine.identity, "somebody") == text


def test_a_recording_of_nothing_can_be_read(tmp_path: Path) -> None:
    engine = recorded.read(write(tmp_path, recorded.recording(bitext(("Oui.", "Yes.")))))
    assert not engine.supports("fr", "en")
