from hypothesis import example, given
from hypothesis import strategies as st

from tqcheck.translate.splitting import halves, split, split_together

TEXTS = st.text(alphabet=st.sampled_from("ab é.,;!»\n\u00a0’"), max_size=60)


@given(TEXTS)
@example("a b")
@example("   ab   ")
def test_halves_are_the_text_and_neither_is_blank(text: str) -> None:
    parts = halves(text)
    if parts is None:
        assert len(text.strip()) < 2
    else:
        assert "".join(parts) == text
        assert all(part.strip() for part in parts)


@given(TEXTS, st.integers(min_value=1, max_value=20))
def test_no_part_is_too_long_and_nothing_is_lost(text: str, longest: int) -> None:
    parts = split(text, lambda part: len(part.strip()) <= longest)
    assert "".join(parts) == text
    assert all(len(part.strip()) <= longest for part in parts)


@given(TEXTS, TEXTS, st.integers(min_value=1, max_value=20))
def test_a_target_is_never_cut_short(source: str, target: str, longest: int) -> None:
    parts = split_together(source, target, lambda s, t: max(len(s.strip()), len(t.strip())) <= longest)
    assert "".join(part for _, part in parts) == target
    assert all(len(part.strip()) <= longest for pair in parts for part in pair)
    assert all(part in source for part, _ in parts)
    assert len("".join(part for part, _ in parts)) >= len(source), "it may be repeated, not left out"


def test_the_cut_is_at_the_end_of_a_sentence_where_there_is_one_near_the_middle() -> None:
    assert halves("Il est mort, hier. Elle le sait, elle.") == ("Il est mort, hier. ", "Elle le sait, elle.")
    assert halves("Il est mort hier, elle le sait donc") == ("Il est mort hier, ", "elle le sait donc")
    assert halves("Oui. Il est mort et elle le sait donc aussi") == ("Oui. Il est mort et ", "elle le sait donc aussi")
    assert halves("abcdef") == ("abc", "def")
    assert halves("x") is None


def test_source_and_target_are_cut_at_about_the_same_place() -> None:
    source = "Il est mort hier. Elle le sait. Nous partons."
    target = "He died yesterday. She knows. We are leaving."
    assert split_together(source, target, lambda s, t: len(s) < 20) == (
        ("Il est mort hier. ", "He died yesterday. "),
        ("Elle le sait. ", "She knows. "),
        ("Nous partons.", "We are leaving."),
    )
