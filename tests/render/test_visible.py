"""What a terminal would obey is shown; what can be read stays."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.render.reports import LAW
from tqcheck.render.visible import encodable, visible

ANY_TEXT = st.text(st.characters())  # lone surrogates, controls and all


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[2Jgone", "\\x1b[2Jgone"),
        ("\x9b31m", "\\x9b31m"),
        ("bell\x07", "bell\\x07"),
        ("back\x08", "back\\x08"),
        ("a\u202eb", "a\\u202eb"),
        ("a\u2066b", "a\\u2066b"),
        ("zero\u200bwidth", "zero\\u200bwidth"),
        ("soft\u00adhyphen", "soft\\xadhyphen"),
        ("\ufeffmark", "\\ufeffmark"),
        ("lone\ud800", "lone\\ud800"),
        ("tag\U000e0041", "tag\\U000e0041"),
        ("filler\u3164", "filler\\u3164"),
        ("one\ntwo\tthree\u2028four", "one two three four"),
    ],
)
def test_what_cannot_be_seen_is_an_escape(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text", ["« été »", "52\u00a0%", "e\u0301te\u0301", "日本語", "👩", "شكرا", "1\u202f234", "…—’"]
)
def test_what_can_be_read_stays(text: str) -> None:
    assert visible(text) == text


@LAW
@given(ANY_TEXT)
def test_no_control_is_left(text: str) -> None:
    shown = visible(text)
    shown.encode("utf-8")
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@LAW
@given(ANY_TEXT, ANY_TEXT)
def test_law_parts_can_be_shown_one_by_one(first: str, second: str) -> None:
    assert visible(first + second) == visible(first) + visible(second)


@LAW
@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["ascii", "cp1252", "latin-1", "utf-8"]))
def test_law_every_encoding_can_hold_what_it_is_given(text: str, encoding: str) -> None:
    encodable(text, encoding).encode(encoding)


def test_typographic_signs_become_plain_ones_where_they_must() -> None:
    assert encodable("« 5 – 6 » “x” … → é", "ascii") == '" 5 - 6 " "x" ... -> \\xe9'
    assert encodable("« 5 – 6 » “x” …", "cp1252") == "« 5 – 6 » “x” …"
