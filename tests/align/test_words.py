"""Word links: laws that hold for any text, cases that matter to detectors, and the gold sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tqcheck.align.association import is_content
from tqcheck.align.lexicon import Lexicon
from tqcheck.align.words import LEAST_WORD_PROBABILITY, coverage, lexical_score, link_words
from tqcheck.annotate import annotate
from tqcheck.model import Block, Document, Link, Segment, Span, Token

GOLD = Path(__file__).with_name("gold.txt")


class Marked(NamedTuple):
    """A gold pair: its texts, and its links as pairs of words (a second occurrence is written ``word#2``)."""

    french: str
    english: str
    sure: tuple[tuple[str, str], ...]
    possible: tuple[tuple[str, str], ...]


def read_gold(path: Path = GOLD) -> Iterator[Marked]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line and not line.startswith("#")]
        if lines:
            fields = dict(line.split(": ", 1) for line in lines)
            yield Marked(fields["fr"], fields["en"], _links(fields["sure"]), _links(fields.get("possible", "")))


def _links(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((left, right) for left, _, right in (item.partition("=") for item in text.split()))


def annotated(lang: str, lines: list[str]) -> tuple[Segment, ...]:
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    return tuple(annotate(Document(lang, lang, "\n".join(lines), blocks=tuple(blocks)), split=False).segments)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.bundled()


def place(segment: Segment, name: str) -> int:
    word, _, number = name.partition("#")
    return [t.index for t in segment.tokens if t.text.lstrip("-") == word.lstrip("-")][int(number or 1) - 1]


def linked(french: str, english: str, lexicon: Lexicon) -> dict[tuple[str, str], float]:
    source, target = annotated("fr", [french])[0], annotated("en", [english])[0]
    found = {}
    for link in link_words(source, target, lexicon):
        left, right = source.token(link.source), target.token(link.target)
        assert left is not None
        assert right is not None
        found[left.text, right.text] = link.probability
    return found


def test_gold_precision_and_recall(lexicon: Lexicon) -> None:
    gold = list(read_gold())
    assert len(gold) >= 60
    sources = annotated("fr", [pair.french for pair in gold])
    targets = annotated("en", [pair.english for pair in gold])
    right = judged = found = owed = 0
    for pair, source, target in zip(gold, sources, targets, strict=True):
        sure = {(place(source, left), place(target, right)) for left, right in pair.sure}
        possible = {(place(source, left), place(target, right)) for left, right in pair.possible}
        links = {(link.source, link.target) for link in link_words(source, target, lexicon)}
        content = {t.index for t in source.tokens if is_content(t)}, {t.index for t in target.tokens if is_content(t)}
        # Judged is a link that touches a word of a sure link, or joins two content words.
        rows, columns = {i for i, _ in sure}, {j for _, j in sure}
        for i, j in links:
            if i in rows or j in columns or (i in content[0] and j in content[1]):
                judged += 1
                right += (i, j) in sure | possible
        found += len(sure & links)
        owed += len(sure)
    assert right / judged >= 0.95
    assert found / owed >= 0.9


@pytest.mark.parametrize(
    ("french", "english", "left", "right"),
    [
        # a name that no table has
        ("Le sergent Vaubrun est à Tessaoua.", "Sergeant Vaubrun is in Tessaoua.", "Vaubrun", "Vaubrun"),
        # numbers in another dress
        ("Elle a gagné 3,5 millions.", "She won 3.5 million.", "3,5", "3.5"),
        ("Le 2e bataillon compte douze chars.", "The 2nd battalion has 12 tanks.", "2e", "2nd"),
        ("Le 2e bataillon compte douze chars.", "The 2nd battalion has 12 tanks.", "douze", "12"),
        # a wrong number still stands for the number
        ("Il a 12 ans.", "He is 13 years old.", "12", "13"),
        # a pronoun, right and wrong
        ("La loi est votée. Elle prend effet lundi.", "The law is passed. It takes effect on Monday.", "Elle", "It"),
        ("Elle entre en vigueur lundi.", "She takes effect on Monday.", "Elle", "She"),
        # a possessive of the wrong gender
        ("La France retire ses forces du pays.", "France is withdrawing his forces from the country.", "ses", "his"),
        # a false friend, which the table would not choose
        ("Elle travaille actuellement à Lyon.", "She actually works in Lyon.", "actuellement", "actually"),
        ("Il a assisté à la réunion.", "He assisted the meeting.", "assisté", "assisted"),
        # negation
        ("Le ministre ne viendra pas.", "The minister will not come.", "pas", "not"),
        # a word that stands in the other's place
        ("Le bataillon a quitté la base hier.", "The Bataillonskommando left the base yesterday.", "bataillon",
         "Bataillonskommando"),
    ],
)  # fmt: skip
def test_cases(lexicon: Lexicon, french: str, english: str, left: str, right: str) -> None:
    assert (left, right) in linked(french, english, lexicon)


def test_two_words_may_stand_behind_one(lexicon: Lexicon) -> None:
    found = linked("Le prix des pommes de terre augmente.", "The price of potatoes is rising.", lexicon)
    assert {("pommes", "potatoes"), ("terre", "potatoes")} <= set(found)
    found = linked("Il vit aux États-Unis.", "He lives in the United States.", lexicon)
    assert {("États-Unis", "United"), ("États-Unis", "States")} <= set(found)


def test_a_word_without_counterpart_has_no_link(lexicon: Lexicon) -> None:
    source = "Le président et son épouse ont visité une école dans le village."
    found = linked(source, "The president visited a school in the village.", lexicon)
    assert "épouse" not in {left for left, _ in found}
    found = linked("Le président a visité une école.", "The president visited a school and a hospital.", lexicon)
    assert "hospital" not in {right for _, right in found}


def test_an_empty_side_has_no_links(lexicon: Lexicon) -> None:
    source = annotated("fr", ["Le soldat est mort."])[0]
    empty = Segment(Span(7, 7), "", (), (), 0)
    assert link_words(source, empty, lexicon) == link_words(empty, source, lexicon) == ()
    assert coverage(source, empty, (), lexicon) == (0.0, 1.0)
    assert coverage(empty, empty, (), lexicon) == (1.0, 1.0)
    assert lexical_score(empty, empty, lexicon) == (0.0, 0.0)
    assert lexical_score(source, empty, lexicon) == (math.log(LEAST_WORD_PROBABILITY),) * 2


def test_translations_are_told_from_other_sentences(lexicon: Lexicon) -> None:
    gold = list(read_gold())
    sources = annotated("fr", [pair.french for pair in gold])
    targets = annotated("en", [pair.english for pair in gold])

    def measured(order: tuple[Segment, ...]) -> tuple[list[float], list[float]]:
        shares: list[float] = []
        scores: list[float] = []
        for source, target in zip(sources, order, strict=True):
            shares += coverage(source, target, link_words(source, target, lexicon), lexicon)
            scores += lexical_score(source, target, lexicon)
        return shares, scores

    shares, scores = measured(targets)
    other_shares, other_scores = measured(targets[1:] + targets[:1])
    assert sum(shares) / len(shares) > 0.75
    assert sum(other_shares) / len(other_shares) < 0.1
    better = sum(one > other for one, other in zip(scores, other_scores, strict=True))
    assert better > 0.98 * len(scores)
    assert all(math.log(LEAST_WORD_PROBABILITY) <= score <= 0 for score in (*scores, *other_scores))


TAGS = ("NOUN", "PROPN", "VERB", "ADJ", "NUM", "PRON", "DET", "ADP", "ADV", "PUNCT", "X", "")
words = st.one_of(
    st.sampled_from("Le soldat soldier the ses his terre potatoes 12 13 1er États-Unis œuvre -elle - ’ ' 3,5".split()),
    st.text(min_size=1, max_size=12),
)


@st.composite
def segments(draw: st.DrawFn) -> Segment:
    """Any run of tokens, its first number anywhere, heads inside or outside of it."""
    texts = draw(st.lists(words, max_size=12))
    first = draw(st.integers(0, 50))
    offset = draw(st.integers(0, 50))
    tokens, start = [], offset
    for number, text in enumerate(texts):
        tokens.append(
            Token(
                index=first + number,
                span=Span(start, start + len(text)),
                text=text,
                lemma=draw(st.one_of(st.just(text), st.text(max_size=5))),
                pos=draw(st.sampled_from(TAGS)),
                morph=draw(st.sampled_from(("", "Poss=Yes", "Gender=Fem|Number=Sing"))),
                dep=draw(st.sampled_from(("nsubj", "obj", "poss", "ROOT", "amod", ""))),
                head=draw(st.integers(0, first + len(texts) + 3)),
                entity="",
            )
        )
        start += len(text) + 1
    return Segment(Span(offset, max(offset, start - 1)), " ".join(texts), tuple(tokens), (0,), 0)


@given(segments(), segments())
@settings(deadline=None)
def test_links_stay_inside_and_are_the_same_again(source: Segment, target: Segment) -> None:
    lexicon = Lexicon.bundled()
    links = link_words(source, target, lexicon)
    assert links == link_words(source, target, lexicon)
    assert len({(link.source, link.target) for link in links}) == len(links)
    assert links == tuple(sorted(links, key=lambda link: (link.source, link.target)))
    for link in links:
        left, right = source.token(link.source), target.token(link.target)
        assert left is not None
        assert right is not None
        assert left.is_word
        assert right.is_word
        assert 0 < link.probability <= 1


@given(segments(), segments())
@settings(deadline=None)
def test_coverage_and_scores_stay_in_their_range(source: Segment, target: Segment) -> None:
    lexicon = Lexicon.bundled()
    assert all(0 <= share <= 1 for share in coverage(source, target, link_words(source, target, lexicon), lexicon))
    every = tuple(Link(a.index, b.index, 1.0) for a in source.tokens for b in target.tokens)
    if source.tokens and target.tokens:
        assert coverage(source, target, every, lexicon) == (1.0, 1.0)
    assert all(math.log(LEAST_WORD_PROBABILITY) <= score <= 0 for score in lexical_score(source, target, lexicon))
