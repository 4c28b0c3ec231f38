"""Fit the two models: log odds of words (logistic regression), and the weights of candidates (log-linear, latent).

Plain numpy, full batches, Adam. Rows are sparse: lists of feature names.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy

Array = numpy.ndarray


class Said(NamedTuple):
    """What is said of one pronoun, in both languages, and whether it stands for a thing."""

    group: str
    thing: bool
    french: tuple[str, ...]
    english: tuple[str, ...]


class Choice(NamedTuple):
    """The candidates of one pronoun (feature names, probability of a thing), what is said, and the answer."""

    thing: bool
    said: float
    candidates: tuple[tuple[tuple[str, ...], float], ...]


def log_odds(rows: Sequence[Said], least: int = 4, penalty: float = 1.0, steps: int = 400) -> dict[str, float]:
    """Log odds that a thing is meant, by feature.

    Every group (source and pronoun) has a weight of its own, which is thrown away: it takes up how often a source
    speaks of things. In each step one language is hidden from a quarter of the rows, so that each stands on its own.
    Features seen fewer than ``least`` times are left out.
    """
    counts = Counter(name for row in rows for name in {*row.french, *row.english})
    names = [name for name, count in counts.items() if count >= least]
    groups = sorted({row.group for row in rows})
    place = {name: len(groups) + index for index, name in enumerate(names)}
    where: list[tuple[int, int, int]] = []
    for number, row in enumerate(rows):
        where.append((number, groups.index(row.group), 0))
        where += [(number, place[name], 1) for name in row.french if name in place]
        where += [(number, place[name], 2) for name in row.english if name in place]
    row_of, column_of, side = (numpy.array(part) for part in zip(*where, strict=True))
    answer = numpy.array([row.thing for row in rows], float)
    weights = numpy.zeros(len(groups) + len(names))
    shrink = numpy.full(len(weights), penalty / len(rows))
    shrink[: len(groups)] /= 100
    random = numpy.random.default_rng(0)
    state = Adam(len(weights), steps, 0.1)
    for _ in range(steps):
        hidden = random.random((3, len(rows))) < 0.25
        hidden[0] = False
        kept = ~hidden[side, row_of]
        rows_kept, columns_kept = row_of[kept], column_of[kept]
        odds = numpy.bincount(rows_kept, weights[columns_kept], len(rows))
        error = 1 / (1 + numpy.exp(-odds)) - answer
        slope = numpy.bincount(columns_kept, error[rows_kept], len(weights)) / len(rows)
        weights -= state.step(slope + shrink * weights)
    return {name: float(weights[index]) for name, index in place.items()}


def accuracy_of_log_odds(rows: Sequence[Said], odds: dict[str, float]) -> float:
    """The share of rows whose sum of log odds is on the right side, without the weight of the group."""
    right = sum((sum(odds.get(name, 0.0) for name in (*row.french, *row.english)) > 0) == row.thing for row in rows)
    return right / len(rows)


class Adam:
    """Kingma & Ba 2015, with a rate that falls to nearly nothing."""

    def __init__(self, size: int, steps: int, rate: float) -> None:
        self.mean, self.square = numpy.zeros(size), numpy.zeros(size)
        self.steps, self.rate, self.done = steps, rate, 0

    def step(self, slope: Array) -> Array:
        self.done += 1
        self.mean = 0.9 * self.mean + 0.1 * slope
        self.square = 0.99 * self.square + 0.01 * slope * slope
        rate = self.rate * (1 - self.done / self.steps) + 0.002
        mean, square = self.mean / (1 - 0.9**self.done), self.square / (1 - 0.99**self.done)
        return rate * mean / (numpy.sqrt(square) + 1e-8)


class Table(NamedTuple):
    """Choices laid out flat: one row a candidate."""

    names: list[str]
    choice_of: Array
    thing: Array
    row_of: Array
    column_of: Array
    said: Array
    answer: Array


def layout(choices: Sequence[Choice]) -> Table:
    """Number the features and the candidates."""
    names = sorted({name for choice in choices for features, _ in choice.candidates for name in features})
    column = {name: index for index, name in enumerate(names)}
    choice_of: list[int] = []
    thing: list[float] = []
    places: list[tuple[int, int]] = []
    for number, choice in enumerate(choices):
        for features, probability in choice.candidates:
            places += [(len(thing), column[name]) for name in features]
            choice_of.append(number)
            thing.append(probability)
    rows, columns = (numpy.array(part) for part in zip(*places, strict=True))
    said = numpy.array([choice.said for choice in choices])
    answer = numpy.array([choice.thing for choice in choices])
    return Table(names, numpy.array(choice_of), numpy.array(thing), rows, columns, said, answer)


def probabilities(table: Table, weights: Array, scale: float) -> tuple[Array, Array, Array, Array]:
    """By candidate: its mass as a thing and as a person; by choice: the sums of both."""
    scores = numpy.bincount(table.row_of, weights[table.column_of], len(table.thing))
    tilt = (scale * table.said / 2)[table.choice_of]
    as_thing = numpy.exp(scores + tilt) * table.thing
    as_person = numpy.exp(scores - tilt) * (1 - table.thing)
    size = len(table.answer)
    return (
        as_thing,
        as_person,
        numpy.bincount(table.choice_of, as_thing, size),
        numpy.bincount(table.choice_of, as_person, size),
    )


def candidate_weights(
    choices: Sequence[Choice], penalty: float = 4.0, steps: int = 300
) -> tuple[dict[str, float], float]:
    """The weights of the features and the scale of what is said, that make the answers likeliest.

    Which candidate is meant is not known, only whether it is a thing: the gradient is that of the marginal likelihood.
    """
    table = layout(choices)
    weights, scale = numpy.zeros(len(table.names)), 0.7
    state = Adam(len(weights) + 1, steps, 0.08)
    for _ in range(steps):
        as_thing, as_person, things, persons = probabilities(table, weights, scale)
        where = table.choice_of
        given = numpy.where(table.answer[where], as_thing / things[where], as_person / persons[where])
        error = given - (as_thing + as_person) / (things + persons)[where]
        slope = numpy.bincount(table.column_of, error[table.row_of], len(weights)) / len(choices)
        tilt = numpy.where(table.answer, 0.5, -0.5) - (things - persons) / (things + persons) / 2
        falling = numpy.concatenate([slope - penalty * weights / len(choices), [(tilt * table.said).mean()]])
        change = state.step(-falling)
        weights, scale = weights - change[:-1], scale - change[-1]
    return {name: float(weight) for name, weight in zip(table.names, weights, strict=True)}, float(scale)


def things(choices: Sequence[Choice], weights: dict[str, float], scale: float) -> Array:
    """The probability of a thing for every choice."""
    table = layout(choices)
    _, _, as_thing, as_person = probabilities(table, numpy.array([weights.get(n, 0.0) for n in table.names]), scale)
    return numpy.asarray(as_thing / (as_thing + as_person))
