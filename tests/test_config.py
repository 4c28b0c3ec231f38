"""Settings: where they come from, what wins, and the message, with its place, for everything that is wrong in them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tqcheck import config
from tqcheck.config import KEYS, Pairs, Settings
from tqcheck.config.places import key_place, string_place
from tqcheck.errors import UserError
from tqcheck.gate import Limits
from tqcheck.mqm import Severity

RULES = ("negation", "acronym", "false-friend", "typography")


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., Settings]:
    def load(text: str | None = None, name: str = "tqcheck.toml", **flags: object) -> Settings:
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        return config.load(None, tmp_path, {key.replace("_", "-"): value for key, value in flags.items()}, RULES)

    return load


Load = Callable[..., Settings]


def test_defaults(load: Load) -> None:
    assert load() == Settings()
    assert (load().mt, load().fail_on, load().minimum_confidence, load().only) == ("auto", Severity.MAJOR, 0.0, ())


def test_every_key(load: Load, tmp_path: Path) -> None:
    settings = load(
        'mt = "none"\nonly = ["negation", "acronym", "negation"]\ndisable = ["typography"]\nfail-on = "critical"\n'
        'cache-dir = "cache"\nmin-confidence = 0.5\nbeam = 1\nlm = "none"\nlm-share = 0.1\nlm-before = 2\n'
        'glossaries = ["terms.tsv", "/desk/names.txt"]\n'
        '[severity]\ntypography = "neutral"\n'
    )
    assert settings == Settings(
        mt="none",
        only=("negation", "acronym"),
        disable=("typography",),
        fail_on=Severity.CRITICAL,
        severity={"typography": Severity.NEUTRAL},
        cache_dir=tmp_path / "cache",
        minimum_confidence=0.5,
        beam=1,
        lm="none",
        lm_share=0.1,
        lm_before=2,
        glossaries=(tmp_path / "terms.tsv", Path("/desk/names.txt")),
        file=tmp_path / "tqcheck.toml",
    )


def test_never_fails(load: Load) -> None:
    assert load('fail-on = "never"').fail_on is None
    assert load(fail_on="never").fail_on is None


def test_flags_win(load: Load) -> None:
    text = 'mt = "none"\nfail-on = "minor"\ndisable = ["negation"]\n'
    settings = load(text, mt="opus-mt", disable=("acronym",))
    assert (settings.mt, settings.fail_on, settings.disable) == ("opus-mt", Severity.MINOR, ("acronym",))


def test_what_a_flag_asks_for_by_name_runs_though_the_file_switches_it_off(load: Load) -> None:
    settings = load('disable = ["negation", "acronym"]', only=("negation",))
    assert (settings.only, settings.disable) == (("negation",), ("acronym",))


def test_directories_of_flags_are_those_of_the_user(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/anne")
    assert load('mt = "none"', cache_dir="here").cache_dir == Path("here")
    assert load('cache-dir = "~/there"').cache_dir == Path("/home/anne/there")


def test_the_nearest_file_upward_is_taken(tmp_path: Path) -> None:
    below = tmp_path / "desk" / "articles"
    below.mkdir(parents=True)
    (tmp_path / "tqcheck.toml").write_text('mt = "far"')
    assert config.load(None, below, {}, RULES).mt == "far"
    (tmp_path / "desk" / "pyproject.toml").write_text('[tool.other]\nmt = "no"\n')
    assert config.load(None, below, {}, RULES).mt == "far"
    (tmp_path / "desk" / "pyproject.toml").write_text('[tool.tqcheck]\nmt = "near"\n')
    settings = config.load(None, below, {}, RULES)
    assert (settings.mt, settings.file) == ("near", tmp_path / "desk" / "pyproject.toml")
    (tmp_path / "desk" / "tqcheck.toml").write_text('mt = "nearest"')
    assert config.load(None, below, {}, RULES).mt == "nearest"


def test_a_broken_project_file_without_our_table_is_somebody_elses(load: Load) -> None:
    assert load("[tool.other\n", name="pyproject.toml") == Settings()


def test_a_file_by_name(tmp_path: Path) -> None:
    (tmp_path / "other.toml").write_text('mt = "other"')
    assert config.load(str(tmp_path / "other.toml"), tmp_path, {}, RULES).mt == "other"


def refused(load: Load, text: str | None = None, name: str = "tqcheck.toml", **flags: object) -> UserError:
    with pytest.raises(UserError) as caught:
        load(text, name, **flags)
    return caught.value


def position(error: UserError) -> tuple[int | None, int | None]:
    assert error.place is not None
    return error.place.line, error.place.column


def test_an_unknown_key_shows_its_place_and_a_near_name(load: Load, tmp_path: Path) -> None:
    assert str(refused(load, '# desk\nmt = "none"\n  fail_on = "major"\n')) == (
        'error: there is no setting "fail_on"\n'
        f"  --> {tmp_path / 'tqcheck.toml'}:3:3\n"
        "   |\n"
        '   |   fail_on = "major"\n'
        "   |   ^\n"
        'hint: did you mean "fail-on"?'
    )


def test_an_unknown_key_with_no_near_name(load: Load) -> None:
    error = refused(load, "zzz = 1")
    assert error.hint is not None
    assert error.hint.startswith("known are mt, only, enable, disable, fail-on, severity, limits, min-confidence, beam")


def test_an_unknown_table_in_a_project_file(load: Load) -> None:
    error = refused(
        load, '[tool.tqcheck]\nmt = "none"\n\n[tool.tqcheck.severities]\nnegation = "minor"\n', "pyproject.toml"
    )
    assert (error.message, error.hint, position(error)) == (
        'there is no setting "severities"',
        'did you mean "severity"?',
        (4, 15),
    )


def test_unknown_rules(load: Load) -> None:
    error = refused(load, 'only = [\n  "negation",\n  "false-freind",\n]')
    assert error.message == 'there is no rule "false-freind"'
    assert (error.hint, position(error)) == ('did you mean "false-friend"?', (3, 3))
    error = refused(load, "disable = ['zzz']")
    assert (error.hint, position(error)) == ("tqcheck detectors lists them", (1, 12))
    error = refused(load, '[severity]\nnegation = "minor"\nacronim = "minor"')
    assert (error.hint, position(error)) == ('did you mean "acronym"?', (3, 1))
    error = refused(load, 'severity = { negation = "minor", acronim = "minor" }')
    assert position(error) == (1, 34)
    error = refused(load, 'mt = "none"', only=("Negation_",))
    assert (error.message, error.place, error.hint) == (
        'there is no rule "Negation_"',
        None,
        'did you mean "negation"?',
    )


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("mt = 1", 'mt must be the name of an engine, such as "auto" or "none"', "it is 1"),
        ('mt = " "', 'mt must be the name of an engine, such as "auto" or "none"', 'it is " "'),
        ('only = "negation"', 'only must be a list of rules, such as ["negation", "acronym"]', 'it is "negation"'),
        ("disable = [1]", 'disable must be a list of rules, such as ["negation", "acronym"]', "it is [1]"),
        ('fail-on = "high"', "fail-on must be never, neutral, minor, major or critical", 'it is "high"'),
        ("fail-on = true", "fail-on must be never, neutral, minor, major or critical", "it is true"),
        (
            'severity = "minor"',
            'severity must be a table of rules and severities, such as {typography = "neutral"}',
            'it is "minor"',
        ),
        ("cache-dir = []", "cache-dir must be the name of a directory", "it is []"),
        ("min-confidence = 2", "min-confidence must be a number from 0 to 1", "it is 2"),
        ("lm-share = 0", "lm-share must be a share, more than 0 and at most 1", "it is 0"),
        ("min-confidence = nan", "min-confidence must be a number from 0 to 1", "it is nan"),
        ('glossaries = "a.tsv"', 'glossaries must be a list of glossary files, such as ["terms.tsv"]', 'it is "a.tsv"'),
        ("beam = true", "beam must be a whole number from 1 to 32", "it is true"),
        ("beam = {a = 1}", "beam must be a whole number from 1 to 32", "it is a table"),
    ],
)
def test_values_of_another_kind(load: Load, text: str, message: str, hint: str) -> None:
    error = refused(load, f"\n{text}")
    assert (error.message, error.hint, position(error)) == (message, hint, (2, 1))


def test_a_wrong_severity_of_a_rule(load: Load) -> None:
    error = refused(load, '[severity]\nnegation = "minor"\nacronym = "hgih"')
    assert error.message == "the severity of acronym must be neutral, minor, major or critical"
    assert (error.hint, position(error)) == ('it is "hgih"', (3, 1))


def test_a_wrong_flag_is_called_by_its_name(load: Load) -> None:
    error = refused(load, fail_on="worst")
    assert (error.message, error.place) == ("--fail-on must be never, neutral, minor, major or critical", None)


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("mt = none", "invalid value", (1, 6)),
        ('mt = "none"\nmt = "auto"', "cannot overwrite a value", (2, 12)),
        ("only = [", "invalid value", (1, 9)),
    ],
)
def test_a_file_that_is_not_toml(load: Load, text: str, reason: str, place: tuple[int, int]) -> None:
    error = refused(load, text)
    assert error.message == f"the settings file is not TOML: {reason}"
    assert position(error) == place


def test_a_broken_project_file_with_our_table(load: Load) -> None:
    error = refused(load, "[tool.tqcheck]\nmt = \n", name="pyproject.toml")
    assert error.message == "the settings file is not TOML: invalid value"
    assert position(error) == (2, 6)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    def failing(path: Path) -> str:
        with pytest.raises(UserError) as caught:
            config.load(str(path), tmp_path, {}, RULES)
        return str(caught.value)

    missing = tmp_path / "no.toml"
    assert failing(missing) == f"error: there is no such settings file\n  --> {missing}\nhint: check the name"
    assert failing(tmp_path) == f"error: the settings file cannot be read: Is a directory\n  --> {tmp_path}"
    latin = tmp_path / "latin.toml"
    latin.write_bytes(b'mt = "\xe9"')
    assert failing(latin) == f"error: the settings file is not in UTF-8\n  --> {latin}\nhint: save it as UTF-8"
    project = tmp_path / "pyproject.toml"
    project.write_text("[tool.other]\n")
    assert failing(project) == (
        f"error: the settings file has no table [tool.tqcheck]\n  --> {project}\nhint: add it, or name another file"
    )


DOCS = (Path(__file__).parents[1] / "docs" / "configuration.md").read_text(encoding="utf-8")


def test_the_page_names_every_key_and_its_default() -> None:
    rows = dict(re.findall(r"^\| `([\w-]+)` \|.*\| ([^|]+) \|$", DOCS, re.MULTILINE))
    assert set(rows) == set(KEYS)
    defaults = tomllib.loads("\n".join(f"{key} = {value.strip('`')}" for key, value in rows.items() if "`" in value))
    assert defaults == {
        "mt": "auto",
        "fail-on": "major",
        "min-confidence": 0.0,
        "beam": 4,
        "lm": "auto",
        "lm-share": 1.0,
        "lm-before": 0,
    }
    assert all(getattr(Settings(), KEYS[key].field) == value for key, value in defaults.items())


def test_the_examples_of_the_page(load: Load, tmp_path: Path) -> None:
    (example,) = re.findall(r"```toml\n(.*?)```", DOCS, re.DOTALL)
    rules = (*RULES, "inconsistent-term", "name-mismatch")
    (tmp_path / "tqcheck.toml").write_text(example)
    assert config.load(None, tmp_path, {}, rules).severity == {"inconsistent-term": Severity.NEUTRAL}
    (shown,) = re.findall(r"```\n(error.*?)\n```", DOCS, re.DOTALL)
    error = str(refused(load, 'mt = "none"\n\nfail_on = "major"\n'))
    assert shown == error.replace(f"{tmp_path}/", "")


def test_places_of_keys() -> None:
    text = 'a = 1\n[b]\n"c d" = 1\n  e.f = { g = 1 }\n[[h]]\n[ i . "j" ]\nk = 1\n'
    places = {
        ("a",): (1, 1),
        ("b",): (2, 2),
        ("b", "c d"): (3, 1),
        ("b", "e"): (4, 3),
        ("b", "e", "f"): (4, 5),
        ("b", "e", "f", "g"): (4, 11),
        ("h",): (5, 3),
        ("i", "j"): (6, 7),
        ("i", "j", "k"): (7, 1),
        ("k",): None,
    }
    assert {path: key_place(text, path) for path in places} == places


def test_places_of_strings() -> None:
    text = 'x = "b"\ny = ["a",\n "b"]'
    assert string_place(text, (2, 1), "b") == (3, 2)
    assert string_place(text, (1, 1), "b") == (1, 5)
    assert string_place(text, (1, 1), "c") is None


def test_places_in_lists_of_tables() -> None:
    text = "[[i]]\na = 1\n[[i]]\na = 2\n[i.j]\nb = 1\n[[i]]\n"
    assert key_place(text, ("i", 0, "a")) == (2, 1)
    assert key_place(text, ("i", 1, "a")) == (4, 1)
    assert key_place(text, ("i", 1, "j", "b")) == (6, 1)
    assert key_place(text, ("i", 2)) == (7, 3)
    assert key_place(text, ("i", 3)) is None


def test_pairs_by_pattern_and_by_manifest(load: Load, tmp_path: Path) -> None:
    settings = load(
        '[[pairs]]\nfrench = "*.fr.md"\nenglish = "*.en.md"\n'
        '[[pairs]]\nmanifest = "pairs.tsv"\n[[pairs]]\nboth = "*.po"\n'
    )
    assert settings.pairs == (
        Pairs(tmp_path, french="*.fr.md", english="*.en.md"),
        Pairs(tmp_path, manifest=tmp_path / "pairs.tsv"),
        Pairs(tmp_path, both="*.po"),
    )
    assert "both patterns" in str(refused(load, '[[pairs]]\nfrench = "*.fr.md"\n'))
    error = refused(load, '[[pairs]]\nmanifest = "a"\n[[pairs]]\nmanifest = "b"\nenglish = "*"\n')
    assert ("or a manifest" in error.message, position(error)) == (True, (3, 3))


def test_limits_and_folders(load: Load) -> None:
    text = (
        "[limits]\nmajor = 2\nomissions = 0\nquality = 0.5\nrules = {negation = 1}\n"
        '[[folder]]\npath = "sport"\nfail-on = "critical"\nseverity = {typography = "minor"}\nlimits = {major = 4}\n'
        '[[folder]]\npath = "*.draft.md"\nfail-on = "never"\n'
    )
    settings = load(text)
    assert settings.allowed == Limits(
        severities={Severity.MAJOR: 2, Severity.CRITICAL: 0}, rules={"negation": 1}, omissions=0, quality=0.5
    )
    assert settings.file is not None
    sport = settings.at(settings.file.parent / "sport" / "a.en.md")
    assert sport.allowed.severities == {Severity.MAJOR: 4, Severity.CRITICAL: 0}
    assert sport.allowed.quality == 0.5
    assert sport.severity == {"typography": Severity.MINOR}
    assert settings.at(settings.file.parent / "sportive.md") == settings
    assert settings.at(settings.file.parent / "sport" / "b.draft.md").fail_on is None


def test_a_flag_wins_over_limits_and_folders(load: Load) -> None:
    text = '[limits]\nmajor = 2\nquality = 0.5\n[[folder]]\npath = "sport"\nfail-on = "never"\nlimits = {major = 9}\n'
    settings = load(text, fail_on="major")
    assert settings.file is not None
    for chosen in (settings, settings.at(settings.file.parent / "sport" / "a.md")):
        assert chosen.allowed == Limits(severities={Severity.MAJOR: 0, Severity.CRITICAL: 0}, quality=0.5)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("[limits]\nmajors = 1", 'there is no setting "majors"', (2, 1)),
        ("[limits]\nmajor = -1", "major must be a whole number, 0 or more", (2, 1)),
        ("[limits]\nquality = 2", "quality must be a number from 0 to 1", (2, 1)),
        ("[limits.rules]\nnegatoin = 1", 'there is no rule "negatoin"', (2, 1)),
        ("[limits.rules]\nnegation = true", "the limit of negation must be a whole number, 0 or more", (2, 1)),
        ('[reports]\nsarfi = "a"', 'there is no format "sarfi"', (2, 1)),
        ("limits = 3", "limits must be a table", (1, 1)),
        ('[pairs]\nfrench = "*"', "pairs must be a list of tables, each under [[pairs]]", (1, 2)),
        ('[[folder]]\nmt = "none"', 'folder must be a table with a path, such as path = "sport"', (1, 3)),
        (
            '[[ignore]]\nrule = "negation"\nreason = "so"\nuntil = 2027-01-01\n[[ignore]]\nrule = "negatio"\n',
            'there is no rule "negatio"',
            (6, 8),
        ),
        (
            '[[ignore]]\nrule = "negation"\nreason = "so"\nuntil = "soon"',
            "until must be a date, such as 2027-03-31",
            (4, 1),
        ),
    ],
)
def test_wrong_tables(load: Load, text: str, message: str, place: tuple[int, int]) -> None:
    error = refused(load, text)
    assert (error.message, position(error)) == (message, place)


def test_an_ignore_entry_needs_a_reason_and_an_end(load: Load) -> None:
    assert "until" in refused(load, '[[ignore]]\nrule = "negation"\nreason = "so"\n').message
    assert "which findings" in refused(load, '[[ignore]]\nreason = "so"\nuntil = 2027-01-01\n').message
    (entry,) = load('[[ignore]]\nwords = "Kyiv"\nreason = "so"\nuntil = 2027-01-01\n').ignores
    assert (entry.words, entry.until, entry.reason) == ("Kyiv", date(2027, 1, 1), "so")
    assert entry.place == "tqcheck.toml:1:3"


def test_tables_of_a_project_file(load: Load) -> None:
    error = refused(
        load,
        '[[tool.tqcheck.pairs]]\nfrench = "a*"\nenglish = "b*"\n[[tool.tqcheck.pairs]]\nfrench = 3\n',
        "pyproject.toml",
    )
    assert position(error) == (5, 1)
    assert load('[[tool.tqcheck.pairs]]\nfrench = "a*"\nenglish = "b*"\n', "pyproject.toml").pairs[0].french == "a*"
