"""Whatever the text: every token lies on its words, segments hold all that is not blank, nothing is raised."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tqcheck.annotate import annotate
from tqcheck.languages import fr
from tqcheck.model import Block, Document, Span

WORDS = st.sampled_from(
    """L'armée n'a-t-elle pas dit M. 1er « oui » , . ! 12,5 % N'Djamena aujourd'hui 16 h 23 …
    it's isn't U.S. $3 é
    https://a.fr/x 🙂 \u200b \u0301 مرحبا 中文""".split()
)
TEXTS = st.one_of(st.lists(WORDS, max_size=12).map("\u00a0 ".join), st.text(max_size=40))


@given(TEXTS)
def test_french_tokens_hold_all_that_is_not_blank(text: str) -> None:
    places = list(fr.tokenize(text))
    covered = [i for start, end in places for i in range(start, end)]
    assert covered == sorted(set(covered))
    assert {i for i, c in enumerate(text) if not c.isspace()} <= set(covered)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, st.sampled_from(["fr", "en"]))
def test_every_token_lies_on_its_words(text: str, lang: str) -> None:
    document = annotate(Document("x", lang, text, blocks=(Block(Span(0, len(text)), "paragraph"),)))
    for number, token in enumerate(document.tokens):
        assert token.index == number
        assert token.span.of(text) == token.text
        assert 0 <= token.head < len(document.tokens)
    assert [token for segment in document.segments for token in segment.tokens] == list(document.tokens)
    inside = {i for segment in document.segments for i in range(segment.span.start, segment.span.end)}
    assert {i for i, c in enumerate(text) if not c.isspace()} <= inside
    for segment in document.segments:
        assert segment.span.of(text) == segment.text


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS)
def test_a_blank_line_more_changes_nothing_but_the_places(text: str) -> None:
    one = annotate(Document("x", "fr", text, blocks=(Block(Span(0, len(text)), "paragraph"),)))
    two = annotate(Document("x", "fr", f"\n\n{text}", blocks=(Block(Span(2, len(text) + 2), "paragraph"),)))
    assert [(t.text, t.lemma, t.pos, t.head) for t in one.tokens] == [
        (t.text, t.lemma, t.pos, t.head) for t in two.tokens
    ]
    assert [t.span.start + 2 for t in one.tokens] == [t.span.start for t in two.tokens]
