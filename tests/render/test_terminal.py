"""The report in a terminal: what it says, how it wraps, and that no text can take the terminal over.

The whole texts in expected/ are rewritten by ``python -m tests.render.test_terminal``; read the difference.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.render.reports import LAW, bitext, bridge, finding, links, report, with_pair
from tqcheck.model import Report, Score, Span, TextScores, Translation, WordScore
from tqcheck.mqm import Severity
from tqcheck.render.look import Look
from tqcheck.render.terminal import render

EXPECTED = Path(__file__).parent / "expected"
WIDTHS = (80, 48)
STYLE = re.compile(r"\x1b\[[0-9;]*m")
HOSTILE = st.text(
    st.one_of(st.sampled_from("ab \n\x1b\x9b[2J\x07\x08\r\u202e\u2066\u200b\ud800⟦⟧¹日é\u00a0\u0301"), st.characters()),
    max_size=60,
)


@st.composite
def hostile_reports(draw: st.DrawFn) -> Report:
    """Any texts, findings anywhere in them or nowhere, and messages as bad as the texts."""
    rows = draw(st.lists(st.tuples(HOSTILE, HOSTILE), min_size=1, max_size=4))
    text = bitext(rows)
    found = []
    for pair in draw(st.lists(st.sampled_from(text.pairs), max_size=6)):
        spans = []
        for side in (pair.source.span, pair.target.span):
            ends = sorted((draw(st.integers(side.start, side.end)), draw(st.integers(side.start, side.end))))
            spans.append(draw(st.sampled_from([None, Span(*ends)])))
        one = finding(text, pair.index, "some-rule", draw(st.sampled_from(list(Severity))), message=draw(HOSTILE))
        words = draw(st.one_of(st.none(), HOSTILE))
        found.append(replace(one, source=spans[0], target=spans[1], suggestion=words, evidence=(draw(HOSTILE),)))
    found.sort(key=lambda one: one.pair or 0)
    return report(text, found, notes=(draw(HOSTILE),), reasons=(draw(HOSTILE),))


@pytest.mark.parametrize("width", WIDTHS)
def test_the_whole_report_without_colour(width: int) -> None:
    assert render(bridge(), Look(width)) == (EXPECTED / f"bridge-{width}.txt").read_text("utf-8")


@pytest.mark.parametrize("width", WIDTHS)
def test_colour_changes_no_word(width: int) -> None:
    """In colour there are no brackets; the rest of the findings' part is the same text in the same lines or others."""

    def words(text: str) -> list[str]:
        said = re.sub("[⟦⟧]", "", STYLE.sub("", text)).partition("Where in the text")[0]
        return said.split()

    assert words(render(bridge(), Look(width, color=True))) == words(render(bridge(), Look(width)))


def test_plain_mode_draws_nothing() -> None:
    text = render(bridge(), Look(80))
    assert not STYLE.search(text)
    drawn = [c for c in text if "\u2500" <= c <= "\u25ff"]
    assert drawn == []
    assert all(line == line.rstrip() for line in text.split("\n"))


@pytest.mark.parametrize("width", [40, 53, 60, 80, 120, 200])
@pytest.mark.parametrize("color", [False, True])
def test_no_line_is_wider_than_the_terminal(width: int, color: bool) -> None:
    for line in STYLE.sub("", render(bridge(), Look(width, color))).split("\n"):
        assert cell_len(line) <= width


@LAW
@given(hostile_reports(), st.integers(40, 130), st.booleans())
def test_law_no_text_takes_the_terminal_over(made: Report, width: int, color: bool) -> None:
    text = render(made, Look(width, color))
    rest = STYLE.sub("", text) if color else text
    kinds = {unicodedata.category(character) for character in rest if character != "\n"}
    assert not kinds & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
    assert all(cell_len(line) <= width for line in rest.split("\n"))
    text.encode("utf-8")


@LAW
@given(hostile_reports(), st.sampled_from(["ascii", "cp1252", "latin-1", "cp437"]), st.booleans())
def test_law_every_output_can_hold_the_report(made: Report, encoding: str, color: bool) -> None:
    render(made, Look(60, color, encoding)).encode(encoding)


WORDS = st.lists(st.text(st.sampled_from("abcé日"), min_size=1, max_size=9), min_size=1, max_size=30)


@LAW
@given(WORDS, st.data(), st.integers(40, 110))
def test_law_without_its_marks_the_text_is_the_text(words: list[str], data: st.DataObject, width: int) -> None:
    """Lines joined, brackets and numbers taken out: the sentence, letter by letter."""
    english = " ".join(words)
    text = bitext([("Une phrase.", english)])
    count = data.draw(st.integers(1, 4))
    found = []
    for _ in range(count):
        start, end = sorted((data.draw(st.integers(0, len(english))), data.draw(st.integers(0, len(english)))))
        found.append(replace(finding(text, 0, "some-rule", target=""), target=Span(start, end)))
    shown = render(report(text, found), Look(width)).partition("\n  en  ")[2].partition("\n\n")[0]
    shown = re.sub("[⟦⟧⁰¹²³⁴⁵⁶⁷⁸⁹·␣]", "", shown)
    assert re.sub(r"\s", "", shown) == re.sub(r"\s", "", english)


def test_marks_stand_on_the_words_of_both_sides_and_lead_to_their_findings() -> None:
    text = render(bridge(), Look(100))
    assert "⟦Elle⟧¹ durera ⟦12⟧² semaines." in text
    assert "⟦She⟧¹ will last ⟦13⟧² weeks." in text
    assert "   1  major: « Elle » stands for" in text
    assert "   2  critical: The French says 12." in text
    assert "Suggestion: “She” → “It”" in text
    assert "pronoun-antecedent, article.en.txt:2:61, 94% sure" in text


def test_what_is_missing_is_marked_in_the_french() -> None:
    text = render(bridge(), Look(100))
    assert "fr  ⟦Aucun blessé n'est à déplorer.⟧\n  en  (nothing stands here in the English)" in text
    assert "omission, article.fr.txt:3:1" in text


def test_a_blank_can_be_seen_and_an_empty_place_too() -> None:
    text = bitext([("Un deux.", "One  two.")])
    blank = finding(text, 0, "typography", target="  ")
    place = replace(blank, rule="omission", target=Span(9, 9))
    shown = render(report(text, [blank, place]), Look(80))
    assert "en  One⟦␣␣⟧¹two.⟦⟧²" in shown
    shown = STYLE.sub("", render(report(text, [blank, place]), Look(80, color=True)))
    assert "en  One␣␣¹two.⟦⟧²" in shown


def test_brackets_of_the_text_are_no_marks() -> None:
    text = bitext([("Un.", "One ⟦two⟧ three.")])
    shown = render(report(text, [finding(text, 0, "some-rule", target="three")]), Look(80))
    assert "One \\u27e6two\\u27e7 ⟦three⟧." in shown


def test_marks_that_cross_have_their_number_at_both_ends() -> None:
    text = bitext([("Un.", "a b c")])
    found = [finding(text, 0, "one", target="a b"), finding(text, 0, "two", target="b c")]
    assert "¹⟦a ²⟦b⟧¹ c⟧²" in render(report(text, found), Look(80))


def test_the_same_words_found_twice_have_one_mark() -> None:
    text = bitext([("Un.", "a b c")])
    found = [finding(text, 0, "one", target="b"), finding(text, 0, "two", target="b")]
    assert "a ⟦b⟧¹·² c" in render(report(text, found), Look(80))


def test_no_line_breaks_at_a_hard_blank_or_beside_a_mark() -> None:
    french = "« " + "mot " * 12 + "elle\u00a0: 5\u202f000\u00a0€ " * 3
    text = bitext([(french, "word " * 8 + "end :")])
    for width in range(40, 80):
        shown = render(report(text, [finding(text, 0, "typography", target=" :")]), Look(width))
        assert "elle\u00a0:" in shown
        assert shown.count("5\u202f000\u00a0€") == 3
        assert "end⟦ :⟧" in shown


LONG_FRENCH = "Début. " + "des mots avant " * 30 + "la gare ouvrira en 2031 " + "des mots après " * 20 + "Fin."
LONG_ENGLISH = "Start. " + "some words before " * 30 + "the station opens in 2013 " + "some words after " * 20 + "End."


def test_long_texts_are_cut_around_what_is_found() -> None:
    text = bitext([(LONG_FRENCH, LONG_ENGLISH)])
    shown = render(report(text, [finding(text, 0, "number-mismatch", source="2031", target="2013")]), Look(80))
    assert "⟦2031⟧" in shown
    assert "⟦2013⟧" in shown
    assert "Début" not in shown
    assert "End." not in shown
    assert shown.count("…") == 4
    assert len(shown.splitlines()) < 30


def test_the_side_without_a_mark_is_cut_around_the_linked_words() -> None:
    french = "Le train part. " + "Rien ici. " * 60
    english = "Nothing here. " * 60 + "The locomotive leaves."
    text = bitext([(french, english)])
    found = [finding(text, 0, "name-mismatch", source="train")]
    # Without a link the words as far into the text are shown: the beginning.
    assert "locomotive" not in render(report(text, found), Look(80))
    text = with_pair(text, 0, links=links(text.pairs[0], ("train", "locomotive")))
    assert "locomotive leaves" in render(report(text, found), Look(80))


def test_no_finding_makes_a_short_report() -> None:
    text = bitext([("Un.", "One."), ("Deux.", "Two.")])
    shown = render(report(text, notes=("No machine translation.",)), Look(80))
    assert shown.splitlines() == [
        "PASSED  Nothing found in 2 pairs.",
        "        article.fr.txt → article.en.txt",
        "        Note: No machine translation.",
        "",
        "Quality  0.90  chance that an expert marks no major error in a pair; 1 is best",
    ]


def test_findings_of_the_whole_text_come_first_and_pairs_in_reading_order() -> None:
    text = bitext([("Un.", "One."), ("Deux.", "Two.")])
    found = [finding(text, 1, "b"), finding(text, None, "whole"), finding(text, 0, "a")]
    shown = render(report(text, found), Look(80))
    places = [shown.index(heading) for heading in ("The whole text", "Pair 1 of 2", "Pair 2 of 2", "Summary")]
    assert places == sorted(places)


def test_moved_pairs_are_named() -> None:
    shown = render(bridge(), Look(100))
    assert "Note: pair 5 stands in another order in the English than in the French." in shown
    text = with_pair(bridge().bitext, 1, moved=True)
    shown = render(replace(bridge(), bitext=text), Look(100))
    assert "Pair 2 of 6, quality 0.12, moved in the English" in shown
    assert "pairs 2, 5 stand in another order" in shown


def test_several_articles_are_told_apart() -> None:
    text = with_pair(bitext([("Un.", "One."), ("Deux.", "Two.")]), 1, document=1)
    assert "Pair 2 of 2, document 2," in render(report(text, [finding(text, 1, "rule")]), Look(80))


def test_a_place_outside_of_the_pair_is_named_but_not_marked() -> None:
    text = bitext([("Un.", "One."), ("Deux.", "Two.")])
    stray = replace(finding(text, 0, "inconsistent-term"), target=text.pairs[1].target.span)
    shown = render(report(text, [stray]), Look(80))
    assert "⟦" not in shown
    assert "inconsistent-term, article.en.txt:2:1" in shown


def test_a_file_of_pairs_has_no_place_to_open() -> None:
    text = bitext([("Un.", "One."), ("Deux.", "Two three.")])
    text = replace(text, source=replace(text.source, path="p.tsv"), target=replace(text.target, path="p.tsv"))
    shown = render(report(text, [finding(text, 1, "rule", target="three")]), Look(80))
    assert "        p.tsv\n" in shown
    assert "rule, English of line 2, column 5, 90% sure" in shown


def test_a_pair_with_findings_shows_what_a_machine_makes_of_it() -> None:
    plain = bitext([("Un.", "One."), ("Deux.", "Two.")])
    read = with_pair(plain, 0, forward=Translation("A one.", "gemma:1+first-reading"), back=Translation("L’un.", "x"))
    read = with_pair(read, 1, forward=Translation("Not shown.", "x"))
    found = report(read, (finding(plain, 0, "some-rule", Severity.MINOR),))
    for shown in (render(found), render(found, details=True)):
        assert "      (a machine's French) L’un.\n" in shown
        assert "Not shown" not in shown
    assert "A one" not in render(found), "an editor in a hurry has no use for a first reading of a whole sentence"
    assert "      (a first reading, no translation) A one.\n" in render(found, details=True)


def test_details_show_the_words_that_are_hard_to_foresee() -> None:
    plain = bitext([("Un chat dort.", "One cat sleeps."), ("Deux.", "Two.")])
    assert "hard to foresee" not in render(report(plain), details=True)
    pair = plain.pairs[0]
    values = {"cat": (-9.04, -9.5), "One": (-0.1, -12.0), "sleeps": (-5.0, -4.0), ".": (-20.0, -20.0)}
    words = tuple(WordScore(*values[token.text], 1) for token in pair.target.tokens)
    scored = with_pair(
        plain,
        0,
        source_scores=TextScores((None,) * len(pair.source.tokens), None),
        target_scores=TextScores(words, None),
    )
    shown = render(report(scored), details=True)
    assert "Words that are hard to foresee" in shown
    assert "  pair 1 English: cat -9.0 (-9.5), sleeps -5.0 (-4.0)\n" in shown
    assert "pair 2" not in shown
    assert "French:" not in shown.split("Words that are hard")[1]
    assert "hard to foresee" not in render(report(scored))


def test_details_show_signatures_and_provenance() -> None:
    made = report(
        bitext([("Un.", "One.")]),
        scores=(Score("bleu", 31.0, "nrefs:1|tok:13a"),),
        provenance={"models": {"fr": "md 3.8.0"}, "engine": None, "rules": ("a", "b")},
    )
    shown = render(made, Look(80), details=True)
    assert "  bleu: nrefs:1|tok:13a\n" in shown
    assert "  models.fr: md 3.8.0\n  engine: none\n  rules: a, b\n" in shown
    assert "nrefs" not in render(made, Look(80))


def test_without_typographic_signs_the_report_is_ascii() -> None:
    shown = render(bridge(), Look(80, encoding="ascii"))
    assert "[[She]](1) will last [[13]](2) weeks." in shown.replace("\n      ", " ")
    assert 'Suggestion: "She" -> "It"' in shown
    assert shown.isascii()


if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    for wide in WIDTHS:
        (EXPECTED / f"bridge-{wide}.txt").write_text(render(bridge(), Look(wide)), "utf-8")
