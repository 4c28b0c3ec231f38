"""From sentences to what the search chooses among: for every run of words the best phrases of the other language."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy

from tqcheck.translate.bundled import phrases, words
from tqcheck.translate.bundled.language_model import UNKNOWN, Trigrams, pair_hash
from tqcheck.translate.bundled.phrases import LONGEST, Rows, Trie
from tqcheck.translate.bundled.stacks import Options, Weights

MOST = 12
"""Phrases for one run of words."""
COPIED = -8.0
"""The score of a word that is put down as it is, for want of anything else."""


@dataclass(frozen=True)
class Side:
    """One language: its words, their numbers, its phrases, and its language model."""

    lang: str
    spelling: Sequence[str]
    trie: Trie
    model: Trigrams

    @classmethod
    def of(cls, arrays: Mapping[str, Any], lang: str) -> Side:
        """The side out of all arrays of the file."""
        spelling = arrays[f"{lang}.words"].tobytes().decode().split("\n")
        trie = Trie(arrays[f"{lang}.trie_words"], arrays[f"{lang}.trie_children"], len(spelling))
        return cls(lang, spelling, trie, Trigrams.of(arrays, lang))

    @cached_property
    def number(self) -> Mapping[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.spelling)}

    def frequency(self, form: str) -> float:
        """How usual a form is, as the logarithm of its probability; far less than any for an unknown one."""
        number = self.number.get(form, UNKNOWN)
        return float(self.model.unigram[number]) if number > UNKNOWN else -99.0


class Sentence(NamedTuple):
    """The words of a source: as they are ``written``, as the model ``sees`` them, and their numbers (-1: unknown)."""

    written: tuple[str, ...]
    sees: tuple[str, ...]
    numbers: tuple[int, ...]


def sentence(text: str, side: Side) -> Sentence:
    """A sentence cut into the words that the model knows; a compound that it does not know is cut at its hyphens.

    A name is not: it is copied whole.
    """
    found: list[str] = []
    for word in words.cased(words.tokens(text, side.lang), side.frequency):
        whole = not word[:1].islower() or word in side.number or words.is_address(word)
        found += [word] if whole else filter(None, word.split("-"))
    sees = tuple(map(words.masked, found))
    return Sentence(tuple(found), sees, tuple(number_of(word, side) for word in sees))


def number_of(word: str, side: Side) -> int:
    """The number of a word, or that of the nearest form of it that is known; -1 where there is none."""
    if word in side.number or len(word) < 5:
        return side.number.get(word, -1)
    return next((side.number[form] for form in words.near_forms(word, side.lang) if form in side.number), -1)


class Table(NamedTuple):
    """All that translates from ``source`` to ``target``."""

    source: Side
    target: Side
    rows: Rows
    weights: Weights

    @classmethod
    def of(cls, arrays: Mapping[str, Any], source: Side, target: Side) -> Table:
        """The table of a direction out of all arrays of the file."""
        found = phrases.rows(arrays, source.trie, source.lang, target.trie)
        weights = Weights(*(float(value) for value in arrays[f"weights.{source.lang}"]))
        return cls(source, target, found, weights)


class Choices(NamedTuple):
    """Options with, for each, the row of the table that it is from, or -1 where it is a word of the source."""

    options: Options
    row: Any


def choices(table: Table, sentences: Sequence[Sentence]) -> Choices:
    """The options of a batch of sentences."""
    longest = max(len(one.numbers) for one in sentences)
    numbers = numpy.full((len(sentences), longest + LONGEST), -1, numpy.int64)
    for place, one in enumerate(sentences):
        numbers[place, : len(one.numbers)] = one.numbers
    nodes = nodes_of(table.source.trie, numbers, longest)
    run, row = rows_of(table.rows, nodes)
    run, row = _with_copies(run, row, numbers[:, :longest])
    known = row >= 0
    spelt, count = table.target.trie.spelt(table.rows.targets(numpy.maximum(row, 0)))
    spelt[~known], count[~known] = -1, 1
    spelt[~known, 0] = UNKNOWN
    score = numpy.where(known, table.rows.scores(numpy.maximum(row, 0)), COPIED)
    inner, guess, second = _language(table.target.model, spelt, count)
    score = score + table.weights.language_model * inner
    guess = score + table.weights.language_model * guess
    chosen = _best(run, guess)
    run, row = run[chosen], row[chosen]
    edges = numpy.searchsorted(run, numpy.arange(nodes.size + 1)).reshape(-1)
    first, last = edges[:-1].reshape(nodes.shape), edges[1:].reshape(nodes.shape)
    return Choices(Options(first, last, *(part[chosen] for part in (score, guess, spelt, count, second))), row)


def nodes_of(trie: Trie, numbers: Any, longest: int) -> Any:
    """The phrase of each (sentence, length - 1, start), -1 where the model has none."""
    nodes = numpy.full((len(numbers), LONGEST, longest), -1, numpy.int64)
    nodes[:, 0] = numbers[:, :longest]
    for level in range(1, LONGEST):
        longer = trie.step(nodes[:, level - 1].ravel(), numbers[:, level : level + longest].ravel(), level)
        nodes[:, level] = longer.reshape(len(numbers), longest)
    return nodes


def rows_of(rows: Rows, nodes: Any) -> tuple[Any, Any]:
    """The rows of the table for each run (its place in the flat ``nodes``)."""
    run = numpy.flatnonzero(nodes.ravel() >= 0)
    node = nodes.ravel()[run]
    first, many = rows.start[node], rows.start[node + 1] - rows.start[node]
    total = int(many.sum())
    return numpy.repeat(run, many), numpy.arange(total) - numpy.repeat(many.cumsum() - many, many) + numpy.repeat(
        first, many
    )


def _with_copies(run: Any, row: Any, numbers: Any) -> tuple[Any, Any]:
    """Where a single word has no row, it is an option itself; padding has none."""
    sentences, longest = numbers.shape
    place = numpy.arange(sentences)[:, None] * (LONGEST * longest) + numpy.arange(longest)
    bare = ~numpy.isin(place, run)
    run = numpy.concatenate([run, place[bare]])
    row = numpy.concatenate([row, numpy.full(int(bare.sum()), -1, row.dtype)])
    order = numpy.argsort(run, kind="stable")
    return run[order], row[order]


def _language(model: Trigrams, spelt: Any, count: Any) -> tuple[Any, Any, Any]:
    """What the words of each option score after its own first two, a guess at what those two will, and the second."""
    inner, after = numpy.zeros(len(spelt)), numpy.zeros(len(spelt))
    first, second = spelt[:, 0], spelt[:, 1]
    two = numpy.flatnonzero(count > 1)
    after[two] = model.shorter(model.pair(pair_hash(first[two], second[two])), first[two], second[two])
    for place in range(2, LONGEST):
        some = numpy.flatnonzero(count > place)
        inner[some] += model.score(*(spelt[some, place - back] for back in (2, 1, 0)))
    return inner, model.unigram[first] + after, after


def _best(run: Any, guess: Any) -> Any:
    """The places of the best options of each run, sorted by run."""
    order = numpy.lexsort((-guess, run))
    sorted_run = run[order]
    rank = numpy.arange(len(order)) - numpy.searchsorted(sorted_run, sorted_run)
    return order[rank < MOST]


def spelt_out(
    table: Table, source: Sentence, made: Choices, way: Sequence[tuple[int, int, int]], copied: Callable[[str], str]
) -> list[str]:
    """The target words of a way through the options; numbers and unknown words are those of the source."""
    found: list[str] = []
    for start, length, option in way:
        written = source.written[start : start + length]
        if made.row[option] < 0:
            found += map(copied, written)
            continue
        numbers = made.options.words[option, : made.options.count[option]].tolist()
        found += words.unmasked([table.target.spelling[number] for number in numbers], written)
    return found
