"""The stage that gives each word its two scores, with a scorer that counts letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.translate.bitext import bitext
from tqcheck.model import Bitext, Pair, Segment, Span, TextScores, Token, WordDoubt, WordScore
from tqcheck.translate.cache import Cache
from tqcheck.translate.protocol import Passage, Progress, Question, Reading, ScoredPiece, ScoredText, Trial
from tqcheck.translate.word_scores import score_words
from tqcheck.translate.word_trials import try_words


class Letters:
    """A ``Scorer``: a word's log-probability is minus its letters, plus those of the text it is read after."""

    name = "letters"
    identity = "letters:1"
    worth_caching = True

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, tuple[Passage, ...]]] = []
        self.questions: list[Question] = []

    def read(
        self, passages: Sequence[Passage], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Reading, ...]:
        self.asked.append((source, target, tuple(passages)))
        if progress is not None:
            progress(len(passages), len(passages))
        return tuple(Reading(_scored(p.source, 0), _scored(p.target, len(p.source))) for p in passages)

    def try_out(
        self, questions: Sequence[Question], source: str, target: str, progress: Progress | None = None
    ) -> tuple[tuple[Trial | None, ...], ...]:
        """Whatever is asked about would be "that", which makes a difference of the question's number."""
        self.questions += questions
        return tuple(
            tuple(None if start == 0 else Trial("that", float(number), None, -1.0) for start, _ in question.places)
            for number, question in enumerate(questions)
        )


def _scored(text: str, bonus: int) -> ScoredText:
    pieces = []
    start = 0
    for word in text.split():
        end = text.index(word, start) + len(word)
        pieces.append(ScoredPiece(start, end, word, float(bonus - len(word))))
        start = end
    return ScoredText(tuple(pieces), -0.5 if bonus else -1.0) if pieces else ScoredText((), None)


def with_words(texts: Bitext) -> Bitext:
    """The bitext with a token for each run of letters."""
    pairs = []
    for pair in texts.pairs:
        source, target = (
            replace(segment, tokens=tuple(_tokens(segment, 100 * pair.index))) for segment in (pair.source, pair.target)
        )
        pairs.append(replace(pair, source=source, target=target))
    return replace(texts, pairs=tuple(pairs))


def _tokens(segment: Segment, first: int) -> list[Token]:
    found = []
    place = 0
    for number, word in enumerate(segment.text.split()):
        place = segment.text.index(word, place)
        start = segment.span.start + place
        index = first + number
        found.append(Token(index, Span(start, start + len(word)), word, word, "X", "", "", index, ""))
        place += len(word)
    return found


TEXTS = with_words(bitext(("Le chat", "The  cat sat"), ("", "Added."), ("Dort. Là.", "It is\nasleep."), ("Non.", " ")))


def test_every_word_of_a_pair_gets_both_scores() -> None:
    scored = score_words(TEXTS, Letters())
    assert scored.pairs[0].target_scores == TextScores(
        (WordScore(4.0, -3.0, 1), WordScore(4.0, -3.0, 1), WordScore(4.0, -3.0, 1)), WordScore(-0.5, -1.0, 1)
    )
    assert scored.pairs[0].source_scores == TextScores(
        (WordScore(10.0, -2.0, 1), WordScore(8.0, -4.0, 1)), WordScore(-0.5, -1.0, 1)
    )
    pair = scored.pairs[2]
    assert [pair.target_score(token) for token in pair.target.tokens] == [
        WordScore(9 - length, -length, 1) for length in (2.0, 2.0, 7.0)
    ]
    assert pair.source_score(pair.source.tokens[1]) == WordScore(10.0, -3.0, 1)
    assert pair.source_score(pair.source.tokens[0]) is not None
    assert pair.target_score(replace(pair.target.tokens[0], index=999)) is None
    assert WordScore(-2.0, -5.0, 1).gain == 3.0
    assert WordScore(-2.0, -5.0, 1).typicality is None
    assert WordScore(-2.0, -5.0, 1, -0.5, 0.5).typicality == -1.5


def test_a_pair_with_one_side_has_none() -> None:
    scored = score_words(TEXTS, Letters())
    for pair in (scored.pairs[1], scored.pairs[3]):
        assert pair.source_scores is None
        assert pair.target_scores is None
        assert pair.target_score(TEXTS.pairs[0].target.tokens[0]) is None


def test_without_a_scorer_or_a_pair_nothing_changes() -> None:
    assert score_words(TEXTS, None) is TEXTS
    empty = bitext()
    assert score_words(empty, Letters()) == empty


def test_pairs_before_are_those_of_the_article_with_two_sides() -> None:
    pairs = tuple(replace(pair, document=int(pair.index == 3)) for pair in TEXTS.pairs)
    scorer = Letters()
    score_words(replace(TEXTS, pairs=pairs), scorer, before=2)
    there, here = scorer.asked
    assert there == (
        "fr",
        "en",
        (Passage("Le chat", "The  cat sat"), Passage("Dort. Là.", "It is\nasleep.", (("Le chat", "The  cat sat"),))),
    )
    assert here[:2] == ("en", "fr")
    assert here[2][1] == Passage("It is\nasleep.", "Dort. Là.", (("The  cat sat", "Le chat"),))


def test_both_readings_are_one_bar() -> None:
    told: list[tuple[int, int]] = []
    score_words(TEXTS, Letters(), progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 4), (4, 4)]


def test_what_was_read_before_is_not_read_again(tmp_path: Path) -> None:
    first, again = Letters(), Letters()
    with Cache(tmp_path) as cache:
        scored = score_words(TEXTS, first, cache)
        assert score_words(TEXTS, again, cache) == scored
        assert again.asked == []
        score_words(TEXTS, again, cache, before=1)
        assert [passages for _, _, passages in again.asked] == []  # the pair before has one side only
        score_words(TEXTS, again, cache, before=2)
        assert [len(passages) for _, _, passages in again.asked] == [1, 1]
    assert len(first.asked) == 2


def doubted(pair: Pair, *doubts: float) -> Pair:
    return replace(pair, target_doubts=tuple(WordDoubt(0.0, doubt) for doubt in doubts))


def test_doubted_words_are_tried_out(tmp_path: Path) -> None:
    scored = score_words(TEXTS, Letters())
    doubts = {0: (0.0, 0.3, 0.5), 2: (0.21, 0.1, 0.1)}
    pairs = tuple(doubted(pair, *doubts.get(pair.index, ())) for pair in scored.pairs)
    scorer = Letters()
    with Cache(tmp_path) as cache:
        tried = try_words(replace(scored, pairs=pairs), scorer, cache)
        again = try_words(replace(scored, pairs=pairs), scorer, cache)
    assert sorted(scorer.questions, key=lambda question: -len(question.places)) == [
        Question("Le chat", "The  cat sat", ((5, 8), (9, 12))),
        Question("Dort. Là.", "It is\nasleep.", ((0, 2),)),
    ]
    assert again == tried
    first, _, third, _ = tried.pairs
    cat, sat = first.target.tokens[1:]
    assert [(trial.token, trial.expected) for trial in first.trials] == [(cat.index, "that"), (sat.index, "that")]
    assert third.trials == ()


def test_what_nobody_doubts_or_has_read_is_not_tried() -> None:
    scorer = Letters()
    scored = score_words(TEXTS, scorer)
    sure = replace(scored, pairs=tuple(doubted(pair, 0.19, 0.19, 0.19) for pair in scored.pairs))
    unread = replace(TEXTS, pairs=tuple(doubted(pair, 0.9, 0.9, 0.9) for pair in TEXTS.pairs))
    assert try_words(sure, scorer) is sure
    assert try_words(unread, scorer) is unread
    assert sorted(scorer.questions, key=lambda question: -len(question.places)) == []
    assert try_words(replace(scored, pairs=tuple(doubted(p, 0.9) for p in scored.pairs)), None).pairs[0].trials == ()
