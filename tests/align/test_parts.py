"""Long texts are aligned a part at a time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.bitexts import tools
from tqcheck import readers
from tqcheck.align import parts, sentences
from tqcheck.align.beads import Bead
from tqcheck.annotate import segment

CORPORA = Path(__file__).parent.parent.parent / "corpora"


def one_to_one(sizes: list[int], confidence: float = 1.0, least: int = 0) -> parts.Align:
    """Sentence to sentence; what is left over alone. Sure only in parts of at least so many. ``sizes`` gets them."""

    def align(left: slice, right: slice) -> Sequence[Bead]:
        rows, columns = left.stop - left.start, right.stop - right.start
        sizes.append(max(rows, columns))
        sure = confidence if rows >= least else 0.1
        both = [Bead((k,), (k,), sure, False) for k in range(min(rows, columns))]
        alone = [Bead((k,), (), 1.0, False) for k in range(columns, rows)]
        return [*both, *alone, *(Bead((), (k,), 1.0, False) for k in range(rows, columns))]

    return align


def expected(sources: int, targets: int) -> list[Bead]:
    return list(one_to_one([])(slice(0, sources), slice(0, targets)))


def test_a_short_text_is_one_part() -> None:
    sizes: list[int] = []
    assert list(parts.in_parts(20, 18, one_to_one(sizes), most=20)) == expected(20, 18)
    assert sizes == [20]


def test_parts_are_small_and_cover_both_texts_once() -> None:
    sizes: list[int] = []
    assert list(parts.in_parts(1_000, 1_000, one_to_one(sizes), most=40)) == expected(1_000, 1_000)
    assert max(sizes) == 40
    assert len(sizes) < 1_000 / 40 * 2.2


def test_where_no_place_is_sure_the_part_is_made_larger() -> None:
    sizes: list[int] = []
    assert list(parts.in_parts(200, 200, one_to_one(sizes, least=80), most=40))[:100] == expected(200, 200)[:100]
    assert sizes[:2] == [40, 80]
    assert sum(sizes) < 6 * 200


@pytest.mark.parametrize(("sources", "targets"), [(0, 0), (0, 90), (90, 0), (90, 7)])
def test_a_side_may_be_short_or_empty(sources: int, targets: int) -> None:
    beads = list(parts.in_parts(sources, targets, one_to_one([]), most=20))
    assert sorted(k for bead in beads for k in bead.source) == list(range(sources))
    assert sorted(k for bead in beads for k in bead.target) == list(range(targets))


def test_no_part_ends_inside_a_move() -> None:
    """Sentences 20 to 29 of the target stand before its 10 to 19."""

    def align(left: slice, right: slice) -> Sequence[Bead]:
        order = [*range(10), *range(20, 30), *range(10, 20), *range(30, left.stop - left.start)]
        return [Bead((k,), (place,), 1.0, k != place) for k, place in enumerate(order)]

    beads = align(slice(0, 40), slice(0, 40))
    assert parts._cut(beads) == 0
    straight = [bead._replace(moved=False) for bead in beads]
    assert parts._cut(straight) == 30


def test_articles_in_parts_have_the_beads_of_those_in_one(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ("mali", "budget", "naufrage", "acier")
    texts = {
        lang: "\n\n".join((CORPORA / name / f"article.{lang}.txt").read_text("utf-8") for name in names)
        for lang in ("fr", "en")
    }
    french, english = (segment(readers.read("-", lang, texts[lang].encode)) for lang in ("fr", "en"))
    one = sentences.align(french, english, tools().encoder)
    monkeypatch.setattr(parts.in_parts, "__defaults__", (50,))
    told: list[int] = []
    other = sentences.align(french, english, tools().encoder, lambda done, total: told.append(done))
    assert [(p.source.span, p.target.span) for p in one.pairs] == [(p.source.span, p.target.span) for p in other.pairs]
    assert len(one.pairs) > 100
    assert max(told) == len(french.segments) + len(english.segments)
