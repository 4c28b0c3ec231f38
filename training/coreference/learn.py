"""Learn what is said of things and of people, and which candidate a pronoun stands for.

Out: `predicates.tsv` and `coreference.tsv`, which belong into `tqcheck/languages`. README.md has the steps and numbers.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy

from tqcheck.languages import candidates as candidate
from tqcheck.languages import coreference, predicates, pronouns
from tqcheck.model import Pair, Token
from training.coreference import fitting, selection
from training.coreference.fitting import Choice, Said
from training.coreference.lines import Lines
from training.coreference.selection import Statement

CAPS = {"": 1500, "europarl": 6000, "tatoeba_manythings": 10_000, "debian_package_descriptions": 800}
"""Most statements a source and answer from which the words are learned."""
WINDOWS = {"": 150, "europarl": 500, "literature": 200, "debian_web": 200}
"""The same for statements with the lines in front of them, from which the candidates are learned."""
BEFORE = 4
REPEATED = 3
"""How often the records of the benchmark's dev data count: they alone are dialogue and news with their context."""

Odds = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with europarl_v7.tsv.xz and various.tsv.xz")
    parser.add_argument("--bench", type=Path, help="folder with the benchmark's dev data: pronoun, clean, diabla")
    parser.add_argument("--cache", type=Path, help="file that keeps the tokens of lines between runs")
    parser.add_argument("--out", type=Path, required=True, help="folder for the two tables")
    arguments = parser.parse_args()
    lines = Lines(arguments.cache)
    sources = selection.corpora(arguments.corpora)
    odds = words(sources, lines)
    write(arguments.out / "predicates.tsv", odds, 0.2)
    weights = candidates(sources, lines, odds, arguments.bench)
    write(arguments.out / "coreference.tsv", weights, 0.02)


def words(sources: dict[str, list[tuple[str, str]]], lines: Lines) -> Odds:
    """The log odds of what is said, and of what is possessed."""
    statements = selection.subjects(sources, 0, CAPS)
    french, english = selection.texts(statements)
    lines.read("fr", french)
    lines.read("en", english)
    rows = [row for item in statements if (row := said(item, lines)) is not None]
    owned = [
        Said(origin, thing, (f"fr:of {french}",), (f"en:of {english}",) if english else ())
        for origin, thing, french, english in selection.possessions(sources)
    ]
    learned: Odds = {}
    for name, part in (("said", rows), ("possessed", owned)):
        random.Random(0).shuffle(part)
        held = len(part) // 8
        kept = fitting.log_odds(part[held:])
        share = fitting.accuracy_of_log_odds(part[:held], kept)
        print(f"{name}: {len(part)} rows, right on {held} held out {share:.3f}")
        learned |= fitting.log_odds(part)
    return learned


def said(item: Statement, lines: Lines) -> Said | None:
    """What the last line of a statement says of its pronoun, None where the two sides do not answer each other."""
    pair = lines.bitext(item.lines[-1:], linked=False).pairs[0]
    answer = sole_answer(pair)
    if answer is None:
        return None
    french = predicates.french_features(pair.source, answer.source)
    return Said(
        f"{item.origin} {item.pronoun}", item.thing, french, predicates.english_features(pair.target, answer.target)
    )


def sole_answer(pair: Pair) -> pronouns.Answer | None:
    """The answer of a pair in which one « il » or « elle » is somebody or something, and one answer is there."""
    meant = [token for token in pronouns.french_subjects(pair.source) if not pronouns.is_impersonal(pair.source, token)]
    found = [answer for answer in pronouns.answers(pair) if answer.source in meant]
    return found[0] if len(meant) == len(found) == 1 else None


def candidates(sources: dict[str, list[tuple[str, str]]], lines: Lines, odds: Odds, bench: Path | None) -> Odds:
    """The weights of candidates of « il » and « elle », and of « son », « sa » and « ses »."""
    subjects = selection.subjects(sources, BEFORE, WINDOWS)
    owners = selection.owners(sources, BEFORE - 1, 500)
    for statements in (subjects, owners):
        french, english = selection.texts(statements)
        lines.read("fr", french)
        lines.read("en", english)
    records = [] if bench is None else list(articles(bench))
    lines.read("fr", [pair[0] for article in records for pair in article.pairs])
    lines.read("en", [pair[1] for article in records for pair in article.pairs])
    weights: Odds = {}
    for _ in range(2):  # the second time earlier pronouns are read with the weights of the first
        weights = fit_once(subjects, owners, records, lines, odds, weights)
    return weights


def fit_once(
    subjects: Sequence[Statement],
    owners: Sequence[Statement],
    records: Sequence[Article],
    lines: Lines,
    odds: Odds,
    weights: Odds,
) -> Odds:
    learned: Odds = {}
    dev = [choice for article in records for choice in dev_choices(article, lines, weights, odds)]
    for prefix, statements in (("", subjects), ("own ", owners)):
        choices = [choice for item in statements for choice in read(item, lines, weights, odds)]
        random.Random(1).shuffle(choices)
        held = len(choices) // 5
        report(f"{prefix}held out", choices[:held], *fitting.candidate_weights(choices[held:]))
        if prefix == "" and dev:
            for first in (0, 1):
                report(
                    "dev, other half",
                    dev[1 - first :: 2],
                    *fitting.candidate_weights(choices + dev[first::2] * REPEATED),
                )
            choices = choices + dev * REPEATED
        fitted, scale = fitting.candidate_weights(choices)
        learned |= fitted | {f"{prefix}said": scale}
    return learned


def read(item: Statement, lines: Lines, weights: Odds, odds: Odds) -> Iterator[Choice]:
    """The statement with all its lines, and for three in five of them a second time with none or one in front."""
    chance = random.Random(item.lines[-1][0])
    for count in (len(item.lines), chance.choice([1, 1, 2, 0, 0])):
        if count:
            bitext = lines.bitext(item.lines[-count:])
            pair = bitext.pairs[-1]
            pronoun = owner_word(pair) if item.pronoun == "son" else getattr(sole_answer(pair), "source", None)
            if pronoun is not None:
                yield choice(coreference.Reader(bitext, weights, odds), pair, pronoun, item.thing)


def owner_word(pair: Pair) -> Token | None:
    found = [t for t in pair.source.tokens if t.text.lower() in ("son", "sa", "ses") and t.pos == "DET"]
    return found[0] if len(found) == 1 else None


def choice(reader: coreference.Reader, pair: Pair, pronoun: Token, thing: bool) -> Choice:
    place = reader.place(pair, pronoun)
    found = candidate.candidates(place, reader.spoken(place))
    return Choice(thing, reader.said(place), tuple((c.features, c.thing) for c in found))


class Article:
    """A piece of the dev data: its pairs, those that are judged, and whether their "he" and "she" are things."""

    def __init__(self, pairs: Sequence[Sequence[str]], judged: Sequence[int], thing: bool) -> None:
        self.pairs = [(pair[0], pair[1]) for pair in pairs]
        self.judged, self.thing = judged, thing


def articles(bench: Path) -> Iterator[Article]:
    """Things called he or she, in their context; persons in right translations."""
    for record in records_of(bench, "pronoun"):
        context = record["context"]
        if record["kind"] == "it":
            yield Article([*context, (record["src"], record["bad"])], [len(context)], True)
        yield Article(
            [*context, (record["src"], record["good"])], range(len(context) + (record["kind"] != "it")), False
        )
    for record in records_of(bench, "clean"):
        yield Article(record["pairs"], range(len(record["pairs"])), False)
    for record in records_of(bench, "diabla"):
        right = [i for i, pair in enumerate(record["pairs"]) if pair[2] and pair[2]["judgement"] == "perfect"]
        yield Article(record["pairs"], right, False)


def records_of(bench: Path, task: str) -> Iterator[Any]:
    with gzip.open(bench / f"{task}.jsonl.gz", "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def dev_choices(article: Article, lines: Lines, weights: Odds, odds: Odds) -> Iterator[Choice]:
    bitext = lines.bitext(article.pairs)
    reader = coreference.Reader(bitext, weights, odds)
    for index in article.judged:
        pair = bitext.pairs[index]
        for answer in reader.answers(pair):
            agrees = {"he": "il", "she": "elle"}.get(answer.target.text.lower()) == pronouns.french_form(answer.source)
            if agrees and not pronouns.is_impersonal(pair.source, answer.source):
                yield choice(reader, pair, answer.source, article.thing)


def report(name: str, choices: Sequence[Choice], weights: Odds, scale: float) -> None:
    """How many things are above a probability, and how many persons."""
    found = fitting.things(choices, weights, scale)
    answer = numpy.array([choice.thing for choice in choices])
    shares = ", ".join(
        f"{least}: {numpy.mean(found[answer] >= least):.3f} / {numpy.mean(found[~answer] >= least):.3f}"
        for least in (0.5, 0.7, 0.85, 0.95)
    )
    print(
        f"{name}: {len(choices)} choices, right {numpy.mean((found > 0.5) == answer):.3f}; "
        f"things / persons above {shares}"
    )


def write(path: Path, table: Odds, least: float) -> None:
    """A feature and its weight a line; weights nearer to 0 than ``least`` are left out."""
    rows = [f"{name}\t{weight:.2f}" for name, weight in sorted(table.items()) if abs(weight) >= least]
    path.write_text("\n".join(("# feature\tweight", *rows)) + "\n", encoding="utf-8")
    print(f"{path}: {len(rows)} rows")


if __name__ == "__main__":
    main()
