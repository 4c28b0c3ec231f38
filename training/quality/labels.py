"""What is known of the words of a pair: for each side whether each token is missing, and whether it differs."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy

from tqcheck.model import Pair, Segment

ADDED = {"added-phrase", "added-word", "added-sentence", "unrelated", "repeated"}
ADDING = {"addition", "repeat2", "repeat4"}
SAME_WORDS = {"word_swap", "shuffled", "misspelled", "char_removed"}
SURFACE = {"case", "first_lower", "full_lower", "final_punc_removed", "punc_addition", "tokenized"}
"""Kinds of `demetr`: words put in; words that are all there; what other rules are for."""
SAME, DIFFERENT = 3, 5
"""Marks of `rsd`, 1 to 5: from 3 on the benchmark counts a word as different."""
LINKED = 0.3

Labels = tuple[tuple[numpy.ndarray, numpy.ndarray], tuple[numpy.ndarray, numpy.ndarray]]


def touched(segment: Segment, places: Sequence[Sequence[Any]]) -> numpy.ndarray:
    """1.0 for every token of the segment that shares a character with one of the places in it."""
    offset = segment.span.start
    marked = numpy.zeros(segment.span.length + 1, dtype=bool)
    for place in places:
        marked[place[0] : place[1]] = True
    return numpy.array(
        [marked[t.span.start - offset : t.span.end - offset].any() for t in segment.tokens], dtype=numpy.float32
    )


def of_errors(pair: Pair, record: dict[str, Any]) -> Labels:
    added = touched(pair.target, [place for place in record["changed"] if place[2] in ADDED])
    lost = touched(pair.source, record["left_out"])
    changed = touched(pair.target, record["changed"])
    if pair.target_scores is not None:
        after_gaps(pair.target, [gap[0] for gap in record["gaps"]], changed)
    wrong = touched(pair.source, [*record["left_out"], *record["wrong"]])
    return (lost, wrong), (added, changed)


def after_gaps(segment: Segment, gaps: Sequence[int], changed: numpy.ndarray) -> None:
    """The word after something left out is a wrong one there; of the one before nobody knows. ``gaps``: offsets."""
    offset = segment.span.start
    words = [k for k, token in enumerate(segment.tokens) if token.is_word]
    for gap in gaps:
        before = [k for k in words if segment.tokens[k].span.end - offset <= gap]
        after = [k for k in words if segment.tokens[k].span.start - offset >= gap]
        if before and not changed[before[-1]]:
            changed[before[-1]] = numpy.nan
        if after:
            changed[after[0]] = 1


def of_demetr(pair: Pair, record: dict[str, Any], good: Pair) -> Labels:
    """``good``: the pair of the right translation, linked. What only looks different (SURFACE) is not learned from."""
    kind, spans = record["kind"], record["spans"]
    nothing = numpy.zeros(len(pair.source.tokens), dtype=numpy.float32)
    still = numpy.zeros(len(pair.target.tokens), dtype=numpy.float32)
    lost = _rendered_by_lost(pair, good)
    if record["gap"]:
        changed = still.copy()
        ends = {end for _, end in spans}
        tokens, offset = pair.target.tokens, pair.target.span.start
        after_gaps(pair.target, [t.span.start - offset for t in tokens if t.span.end - offset in ends], changed)
        return (lost, lost.copy()), (still, changed)
    changed = touched(pair.target, spans)
    if kind in SURFACE:
        changed[changed > 0] = numpy.nan
        return (nothing, nothing.copy()), (still, changed)
    same_words = kind in ADDING or kind in SAME_WORDS
    return (nothing, nothing.copy() if same_words else lost), (changed if kind in ADDING else still, changed)


def _rendered_by_lost(pair: Pair, good: Pair) -> numpy.ndarray:
    """1.0 for the French words whose English words are in the right translation and not in this one."""
    right, wrong = ([token.text for token in one.target.tokens] for one in (good, pair))
    steps = SequenceMatcher(None, right, wrong, autojunk=False).get_opcodes()
    gone = {place for name, start, end, _, _ in steps if name != "equal" for place in range(start, end)}
    found = numpy.zeros(len(pair.source.tokens), dtype=numpy.float32)
    for link in good.links:
        place = link.source - good.source.tokens[0].index
        if link.probability > LINKED and link.target - good.target.tokens[0].index in gone and place < len(found):
            found[place] = 1
    return found


def of_partial(pair: Pair, record: dict[str, Any]) -> Labels:
    """The mean of the annotators who saw a partial or full translation; unknown elsewhere."""
    found = []
    for segment, side, name in ((pair.source, "src", "src_missing"), (pair.target, "tgt", "tgt_extra")):
        tokens = record[f"{side}_tokens"]
        kept = [
            touched(segment, [tokens[number] for number in listed])
            for label, listed in zip(record["labels"], record[name], strict=True)
            if label in ("sure", "partial")
        ]
        mean = numpy.mean(kept, axis=0) if kept else numpy.full(len(segment.tokens), numpy.nan)
        found.append((mean, mean))
    return found[0], found[1]


def of_biomqm(pair: Pair, record: dict[str, Any]) -> Labels:
    """Words inside of major errors; those inside of small ones are left out of the fit, and all of it as omissions."""
    found = []
    for segment, side in ((pair.source, "source"), (pair.target, "target")):
        errors = [e for e in record["errors"] if e["side"] == side and e["category"] != "Source"]
        serious = [(e["start"], e["end"]) for e in errors if e["severity"] in ("major", "critical")]
        small = touched(segment, [(e["start"], e["end"]) for e in errors])
        differs = touched(segment, serious)
        differs[(small > 0) & (differs == 0)] = numpy.nan
        found.append((numpy.full(len(segment.tokens), numpy.nan), differs))
    return found[0], found[1]


def of_clean(pair: Pair) -> Labels:
    source, target = (numpy.zeros(len(side.tokens), dtype=numpy.float32) for side in (pair.source, pair.target))
    return (source, source), (target, target)


def of_rsd(pair: Pair, marks: Sequence[numpy.ndarray]) -> Labels:
    """``marks``: the highest mark of every character of the two texts, 0 to 5."""
    found = []
    for segment, levels in zip((pair.source, pair.target), marks, strict=True):
        tops = [levels[t.span.start : t.span.end].max(initial=0) >= SAME for t in segment.tokens]
        found.append((numpy.array(tops, dtype=numpy.float32),) * 2)
    return found[0], found[1]


def marks_of(record: dict[str, Any]) -> list[numpy.ndarray]:
    found = []
    for side in ("fr", "en"):
        offsets = numpy.cumsum([0, *(len(paragraph) + 2 for paragraph in record[side])])
        levels = numpy.zeros(int(offsets[-1]) + 1, dtype=int)
        for paragraph, start, end, value in record[f"{side}_marks"]:
            levels[offsets[paragraph] + start : offsets[paragraph] + end] = value
        found.append(levels)
    return found
