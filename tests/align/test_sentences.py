from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.align.encoders import WordEncoder
from tqcheck.align.embeddings import SentenceEncoder
from tqcheck.align.sentences import Bead, align, align_sentences
from tqcheck.model import Block, Document, Segment, Span

FRENCH = [
    "Un nouveau musée à Rennes",
    "Le ministre de la Culture a inauguré hier le musée de la ville.",
    "Près de trois cents personnes ont assisté à la cérémonie, malgré la pluie.",
    "Le bâtiment a coûté 48 millions d'euros.",
    "Sa construction a duré six ans.",
    "L'opposition municipale dénonce une dépense inutile.",
    "Selon elle, les écoles du quartier attendent des travaux depuis dix ans.",
    "Le maire répond que l'État a payé la moitié du chantier.",
    "Les visiteurs pourront y entrer gratuitement jusqu'à dimanche.",
]
ENGLISH = [
    "A new museum in Rennes",
    "The Minister of Culture yesterday opened the city's museum.",
    "Nearly three hundred people attended the ceremony despite the rain.",
    "The building cost 48 million euros.",
    "It took six years to build.",
    "The opposition on the city council denounces a needless expense.",
    "It says that the local schools have been waiting for repairs for ten years.",
    "The mayor replies that the state paid for half of the work.",
    "Visitors can enter free of charge until Sunday.",
]
Sides = list[tuple[tuple[int, ...], tuple[int, ...]]]


@functools.cache
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


def beads(source: Sequence[str], target: Sequence[str]) -> tuple[Bead, ...]:
    return align_sentences(source, target, None, None, encoder())


def sides(found: Sequence[Bead]) -> Sides:
    return [(bead.source, bead.target) for bead in found]


def one_to_one(count: int) -> Sides:
    return [((k,), (k,)) for k in range(count)]


def test_a_faithful_translation_is_one_to_one_and_sure() -> None:
    found = beads(FRENCH, ENGLISH)
    assert sides(found) == one_to_one(9)
    assert all(bead.confidence > 0.95 and not bead.moved for bead in found)
    assert all(bead.similarity is not None and bead.similarity > 0.3 for bead in found)


def test_two_sentences_made_one_are_one_bead() -> None:
    target = [*ENGLISH[:3], "The building cost 48 million euros and took six years to build.", *ENGLISH[5:]]
    assert ((3, 4), (3,)) in sides(beads(FRENCH, target))


def test_one_sentence_cut_in_three_is_one_bead() -> None:
    parts = ["Nearly three hundred people came.", "They attended the ceremony.", "It was raining."]
    target = [*ENGLISH[:2], *parts, *ENGLISH[3:]]
    assert ((2,), (2, 3, 4)) in sides(beads(FRENCH, target))


@pytest.mark.parametrize("gone", [0, 3, 5, 8])
def test_a_sentence_left_out_is_alone_where_it_stands(gone: int) -> None:
    found = beads(FRENCH, ENGLISH[:gone] + ENGLISH[gone + 1 :])
    assert found[gone][:2] == ((gone,), ())
    assert found[gone].similarity is None
    assert len(found) == 9


def test_an_added_sentence_stands_behind_the_one_before_it() -> None:
    target = [*ENGLISH[:4], "Our newspaper was founded in 1902 by a baker.", *ENGLISH[4:]]
    found = beads(FRENCH, target)
    assert found[4][:2] == ((), (4,))
    assert found[5][:2] == ((4,), (5,))


def test_a_moved_sentence_is_moved_and_neither_omitted_nor_added() -> None:
    target = [*ENGLISH[:3], *ENGLISH[4:8], ENGLISH[3], ENGLISH[8]]
    found = beads(FRENCH, target)
    assert all(bead.source and bead.target for bead in found)
    assert [bead[:2] for bead in found if bead.moved] == [((3,), (7,))]


def test_a_moved_block_is_moved() -> None:
    target = [*ENGLISH[:3], *ENGLISH[5:8], *ENGLISH[3:5], ENGLISH[8]]
    found = beads(FRENCH, target)
    assert sides(found) == [((k,), (target.index(ENGLISH[k]),)) for k in range(9)]
    moved = {bead.source[0] for bead in found if bead.moved}
    assert moved in ({3, 4}, {5, 6, 7})


def test_nothing_is_moved_where_a_short_sentence_is_said_twice() -> None:
    source = ["Oui.", *FRENCH[1:5], "Non.", *FRENCH[5:]]
    target = [*ENGLISH[1:5], "No.", *ENGLISH[5:], "Yes."]
    assert not any(bead.moved for bead in beads(source, target))


def test_two_against_three() -> None:
    source = ["Le chat dort.", "Le chien aboie depuis ce matin et personne ne sait pourquoi."]
    target = ["The cat is asleep.", "The dog has been barking since this morning.", "Nobody knows why."]
    assert sides(beads(source, target)) == [((0,), (0,)), ((1,), (1, 2))]


def test_one_against_one() -> None:
    (bead,) = beads(["Mort d'un soldat français au Mali"], ["French soldier killed in Mali"])
    assert bead[:2] == ((0,), (0,))
    assert bead.confidence > 0.9


def test_one_against_four() -> None:
    source = ["Il est venu, il a vu, il a vaincu et il est reparti."]
    target = ["He came.", "He saw.", "He conquered.", "He left again."]
    assert sides(beads(source, target)) == [((0,), (0, 1, 2, 3))]


@pytest.mark.parametrize(("source", "target"), [(FRENCH, []), ([], ENGLISH), ([], [])])
def test_an_empty_side_leaves_all_alone(source: list[str], target: list[str]) -> None:
    found = beads(source, target)
    assert sides(found) == [((k,), ()) for k in range(len(source))] + [((), (k,)) for k in range(len(target))]


def test_a_sentence_without_words_has_a_place() -> None:
    found = beads(["Le chat dort.", "***", "Il pleut."], ["The cat is asleep.", "***", "It is raining."])
    assert sides(found) == one_to_one(3)


def test_the_same_sentence_again_and_again_goes_in_order() -> None:
    assert sides(beads(["Il pleut."] * 12, ["It is raining."] * 12)) == one_to_one(12)


def test_paragraphs_decide_where_the_words_do_not() -> None:
    source, target = ["Oui.", "Oui.", "Oui."], ["Yes.", "Yes."]
    first = align_sentences(source, target, [0, 0, 1], [0, 1], encoder())
    last = align_sentences(source, target, [0, 1, 1], [0, 1], encoder())
    assert {k for bead in first if bead.target == (1,) for k in bead.source} == {2}
    assert {k for bead in last if bead.target == (0,) for k in bead.source} == {0}


def test_long_texts_are_aligned_in_stretches_like_short_ones() -> None:
    letters = "abcdefghijklmnopqrst"
    words = [f"{one}{two} {two}{one} {number}" for number in range(5) for one in letters for two in letters]
    target = words[:700] + words[720:]
    found = align_sentences(words, target, None, None, WordEncoder())
    assert sides(found) == [
        ((k,), (k if k < 700 else k - 20,) if k not in range(700, 720) else ()) for k in range(len(words))
    ]


def test_progress_counts_the_sentences_of_both_sides() -> None:
    told: list[tuple[int, int]] = []
    align_sentences(FRENCH, ENGLISH, None, None, WordEncoder(), lambda done, count: told.append((done, count)))
    assert told[-1] == (18, 18)
    assert told == sorted(told)


def test_the_cost_of_a_bead_is_small_where_it_is_sure() -> None:
    assert Bead((0,), (0,), 0.9, False).cost == pytest.approx(0.1)


def document(lang: str, *paragraphs: Sequence[str]) -> Document:
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    segments: list[Segment] = []
    place = 0
    for block, paragraph in enumerate(paragraphs):
        for sentence in paragraph:
            start = text.index(sentence, place)
            place = start + len(sentence)
            segments.append(Segment(Span(start, place), sentence, (), (len(segments),), block))
    blocks = tuple(
        Block(Span(own[0].span.start, own[-1].span.end), "paragraph")
        for k in range(len(paragraphs))
        if (own := [segment for segment in segments if segment.block == k])
    )
    return replace(Document(f"article.{lang}.txt", lang, text), segments=tuple(segments), blocks=blocks)


def test_a_bitext_is_made_of_slices_of_its_documents() -> None:
    source = document("fr", FRENCH[:3], FRENCH[3:5], FRENCH[5:])
    target = document(
        "en", ENGLISH[:3], ["The building cost 48 million euros and took six years to build."], ENGLISH[5:]
    )
    bitext = align(source, target, encoder())
    assert [pair.index for pair in bitext.pairs] == list(range(8))
    for pair in bitext.pairs:
        assert pair.source.text == pair.source.span.of(source.text)
        assert pair.target.text == pair.target.span.of(target.text)
        assert pair.alignment is not None
        assert pair.alignment > 0.9
        assert pair.similarity is not None
    joined = bitext.pairs[3].source
    assert joined.text == " ".join(FRENCH[3:5])
    assert (joined.sentences, joined.block) == ((3, 4), 1)


def test_what_is_missing_has_an_empty_place_at_the_end_of_what_comes_before() -> None:
    source = document("fr", FRENCH[:1], FRENCH[1:3], FRENCH[3:])
    target = document("en", ENGLISH[1:3], [*ENGLISH[3:5], *ENGLISH[6:]])
    bitext = align(source, target, encoder())
    first, later = bitext.pairs[0], bitext.pairs[5]
    assert (first.source.text, first.target.text) == (FRENCH[0], "")
    assert first.target.span == Span(0, 0)
    assert (later.source.text, later.target.text) == (FRENCH[5], "")
    end = bitext.pairs[4].target.span.end
    assert later.target.span == Span(end, end)
    assert (later.target.sentences, later.target.block, later.similarity) == ((), 1, None)


def test_a_document_without_sentences_has_a_bitext() -> None:
    bitext = align(document("fr", FRENCH[:2]), Document("empty.en.txt", "en", ""), encoder())
    assert [(pair.source.text, pair.target.span) for pair in bitext.pairs] == [
        (FRENCH[0], Span(0, 0)),
        (FRENCH[1], Span(0, 0)),
    ]
