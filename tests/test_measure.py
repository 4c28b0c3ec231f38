from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest
from sacrebleu.metrics import BLEU, CHRF, TER

from tests.translate.bitext import bitext
from tqcheck.measure import ENGLISH_PER_FRENCH, measure
from tqcheck.model import Bitext, Link, Score, Span, Token, Translation

FRENCH = ("Trois soldats ont été tués vendredi au Mali.", "Le ministre a salué leur courage.", "Ils étaient aimés.")
ENGLISH = ("Three soldiers were killed on Friday in Mali.", "The minister praised their courage.", "They were loved.")
FORWARD = ("Three soldiers were killed Friday in Mali.", "The minister saluted their courage.", "They were loved.")
BACK = ("Trois soldats ont été tués vendredi au Mali.", "Le ministre a loué leur courage.", "On les aimait.")


def article(forward: tuple[str | None, ...] = (), back: tuple[str | None, ...] = ()) -> Bitext:
    return with_translations(bitext(*zip(FRENCH, ENGLISH, strict=True)), forward, back)


def with_translations(plain: Bitext, forward: tuple[str | None, ...], back: tuple[str | None, ...]) -> Bitext:
    def made(texts: tuple[str | None, ...], index: int) -> Translation | None:
        text = texts[index] if texts else None
        return None if text is None else Translation(text, "engine:1+weights.abc")

    pairs = (replace(p, forward=made(forward, p.index), back=made(back, p.index)) for p in plain.pairs)
    return Bitext(plain.source, plain.target, tuple(pairs))


def named(scores: tuple[Score, ...]) -> dict[str, Score]:
    return {score.name: score for score in scores}


def test_without_machine_translation_sacrebleu_is_not_even_imported() -> None:
    scores, of_pairs = measure(article())
    assert [score.name for score in scores] == ["adequacy", "length-ratio", "coverage", "back-coverage"]
    assert len(of_pairs) == 3
    code = (
        "import sys; from tests.translate.bitext import bitext; from tqcheck.measure import measure;"
        "measure(bitext(('Oui.', 'Yes.'))); assert 'sacrebleu' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_scores_of_the_document_are_those_of_sacrebleu() -> None:
    scores = named(measure(article(FORWARD, BACK))[0])
    for prefix, hypotheses, references in (("", ENGLISH, FORWARD), ("back-", BACK, FRENCH)):
        for name, metric in (("bleu", BLEU()), ("chrf", CHRF()), ("ter", TER())):
            expected = metric.corpus_score(hypotheses, [references]).score
            assert scores[prefix + name].value == pytest.approx(expected)
            assert scores[prefix + name].signature.startswith(str(metric.get_signature()))


def test_scores_of_a_pair_are_those_of_sacrebleu() -> None:
    of_pairs = [named(scores) for scores in measure(article(FORWARD, BACK))[1]]
    assert len(of_pairs) == 3
    for index, scores in enumerate(of_pairs):
        for name, metric in (("bleu", BLEU(effective_order=True)), ("chrf", CHRF()), ("ter", TER())):
            expected = metric.sentence_score(ENGLISH[index], [FORWARD[index]]).score
            assert scores[name].value == pytest.approx(expected)
            back = metric.sentence_score(BACK[index], [FRENCH[index]]).score
            assert scores[f"back-{name}"].value == pytest.approx(back)
    assert of_pairs[2]["bleu"].value == pytest.approx(100)
    assert "eff:yes" in of_pairs[2]["bleu"].signature


def test_a_signature_says_who_translated_what() -> None:
    scores = named(measure(article(FORWARD, BACK))[0])
    assert scores["bleu"].signature.endswith("|ref:mt|engine:engine:1+weights.abc")
    assert scores["back-ter"].signature.endswith("|hyp:back-translation|engine:engine:1+weights.abc")


def test_one_direction_has_its_scores_alone() -> None:
    names = [score.name for score in measure(article(back=BACK))[0]]
    assert names[:3] == ["back-bleu", "back-chrf", "back-ter"]
    assert "bleu" not in names


def test_a_pair_that_was_not_translated_is_left_out_and_the_signature_says_so() -> None:
    scores, of_pairs = measure(article((FORWARD[0], None, FORWARD[2])))
    expected = CHRF().corpus_score([ENGLISH[0], ENGLISH[2]], [[FORWARD[0], FORWARD[2]]]).score
    assert named(scores)["chrf"].value == pytest.approx(expected)
    assert named(scores)["chrf"].signature.endswith("|pairs:2of3")
    assert named(of_pairs[1])["chrf"].value is None


def test_omission_and_addition_cost_the_document() -> None:
    full = bitext((FRENCH[0], ENGLISH[0]), (FRENCH[1], ENGLISH[1]))
    omitted = bitext((FRENCH[0], ENGLISH[0]), (FRENCH[1], ""))
    added = bitext((FRENCH[0], ENGLISH[0]), (FRENCH[1], ENGLISH[1]), ("", "An addition of some words."))
    perfect = named(measure(with_translations(full, ENGLISH[:2], FRENCH[:2]))[0])
    assert perfect["bleu"].value == pytest.approx(100)
    assert perfect["ter"].value == 0
    shorter, of_shorter = measure(with_translations(omitted, ENGLISH[:2], (FRENCH[0], None)))
    longer, of_longer = measure(with_translations(added, (*ENGLISH[:2], None), (*FRENCH[:2], "Un ajout de mots.")))
    for scores in (named(shorter), named(longer)):
        for prefix in ("", "back-"):
            assert (scores[f"{prefix}bleu"].value or 0) < 90
            assert (scores[f"{prefix}ter"].value or 0) > 10
            assert "pairs:" not in scores[f"{prefix}bleu"].signature
    gone = named(of_shorter[1])
    assert (gone["bleu"].value, gone["chrf"].value, gone["ter"].value) == (0, 0, 100)
    new = named(of_longer[2])
    assert (new["bleu"].value, new["back-ter"].value) == (None, None)


def test_adequacy_is_weighted_by_the_words_of_the_french() -> None:
    plain = bitext(("un deux trois", "one two three"), ("quatre", "four"), ("cinq", ""))
    known = (0.9, 0.5, None)
    pairs = tuple(replace(pair, similarity=value) for pair, value in zip(plain.pairs, known, strict=True))
    scores, of_pairs = measure(Bitext(plain.source, plain.target, pairs), "some-model.1234")
    assert named(scores)["adequacy"].value == pytest.approx((3 * 0.9 + 0.5) / 4)
    assert "embeddings:some-model.1234" in named(scores)["adequacy"].signature
    assert [named(one)["adequacy"].value for one in of_pairs] == [0.9, 0.5, None]


def test_the_length_ratio_counts_characters_without_blanks_around() -> None:
    scores, of_pairs = measure(bitext(("a" * 100 + "\n ", "b" * 80), ("a" * 100, ""), ("", "b" * 60)))
    assert named(scores)["length-ratio"].value == pytest.approx(0.7)
    assert [named(one)["length-ratio"].value for one in of_pairs] == [0.8, None, None]
    assert f"expected:{ENGLISH_PER_FRENCH}" in named(scores)["length-ratio"].signature
    assert named(measure(bitext(("", "Yes.")))[0])["length-ratio"].value is None


def tokens(first: int, *words: tuple[str, str]) -> tuple[Token, ...]:
    return tuple(
        Token(first + n, Span(n, n + 1), text, text, pos, "", "", first + n, "") for n, (text, pos) in enumerate(words)
    )


def test_coverage_is_the_share_of_linked_content_words() -> None:
    plain = bitext(("Le soldat est mort hier.", "The soldier died."), ("Fin.", ""))
    first, last = plain.pairs
    french = tokens(0, ("Le", "DET"), ("soldat", "NOUN"), ("est", "AUX"), ("mort", "VERB"), ("hier", "ADV"))
    english = tokens(0, ("The", "DET"), ("soldier", "NOUN"), ("died", "VERB"))
    end = tokens(5, ("Fin", "NOUN"), (".", "PUNCT"))
    links = (Link(0, 0, 0.9), Link(1, 1, 0.9), Link(3, 2, 0.9))
    pairs = (
        replace(
            first,
            source=replace(first.source, tokens=french),
            target=replace(first.target, tokens=english),
            links=links,
        ),
        replace(last, source=replace(last.source, tokens=end)),
    )
    scores, of_pairs = measure(Bitext(plain.source, plain.target, pairs))
    assert named(scores)["coverage"].value == pytest.approx(2 / 4)
    assert named(scores)["back-coverage"].value == 1
    assert [named(one)["coverage"].value for one in of_pairs] == [pytest.approx(2 / 3), 0]
    assert [named(one)["back-coverage"].value for one in of_pairs] == [1, None]
    unlinked = tuple(replace(pair, links=()) for pair in pairs)
    assert named(measure(Bitext(plain.source, plain.target, unlinked))[0])["coverage"].value is None


def test_every_score_has_a_signature_and_every_pair_the_same_names() -> None:
    scores, of_pairs = measure(article(FORWARD, BACK))
    for some in (scores, *of_pairs):
        assert [score.name for score in some] == [score.name for score in scores]
        assert all("version:" in score.signature for score in some)


def test_a_bitext_of_nothing() -> None:
    scores, of_pairs = measure(bitext())
    assert of_pairs == ()
    assert all(score.value is None for score in scores)
