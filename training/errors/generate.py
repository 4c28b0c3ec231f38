"""Make pairs with errors of which every one is known, out of clean parallel text.

    python -m training.errors.generate --corpora DIR --evaluation DIR --out errors.jsonl [--pairs 8000] [--seed 1]

`--corpora` is a folder with `europarl_v7.tsv.xz` and `various.tsv.xz`; no line of it that is in the evaluation records
of `--evaluation` (`*.jsonl.gz`) is used. One JSON object a line: `origin`, `source`, `target` (as changed), `good` (as
it was), `kinds`, `changed` (places in `target` of words that are not the French's, and the kind), `gaps` (places in
`target` where words were taken out, and the kind), `left_out` and `wrong` (places in `source` of words that nothing
renders, or wrong words).
The same files and seed give the same lines.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tqcheck import pipeline
from tqcheck.align.lexicon import Lexicon
from tqcheck.model import Bitext, Block, Document, Pair, Span
from training.errors.edits import EDITS, Edit, Lender, Scene, phrases
from training.lexicon import selection

SHARES = {
    "rte3_news": 0.2, "debian_web": 0.16, "europarl_v7": 0.16, "tico19": 0.12, "canada_gov_web": 0.12,
    "tatoeba_manythings": 0.14, "games_text2": 0.05, "literature": 0.05,
}  # fmt: skip
UNTOUCHED = 0.3
"""Share of the pairs that stay as they are; of the others half get one error, the rest two or three."""
HERE = Path(__file__).parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=Path, required=True)
    parser.add_argument("--evaluation", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--pairs", type=int, default=8000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chosen = choose(options.corpora, options.evaluation, options.pairs, options.seed)
    bitext = linked([(french, english) for _, french, english in chosen])
    lender, chance, lexicon = lend(bitext), random.Random(options.seed), Lexicon.bundled()
    counts: Counter[str] = Counter()
    with options.out.open("w", encoding="utf-8") as stream:
        for (origin, _, _), pair in zip(chosen, bitext.pairs, strict=True):
            edits = propose(Scene(pair, lender, lexicon, chance))
            counts.update([edit.kind for edit in edits] or ["untouched"])
            stream.write(json.dumps({"origin": origin, **written(pair, edits)}, ensure_ascii=False) + "\n")
    print(dict(counts.most_common()))


def choose(corpora: Path, evaluation: Path, count: int, seed: int) -> list[tuple[str, str, str]]:
    """(origin, French, English): so many of each source, usable ones, none of the evaluation's lines."""
    forbidden = selection.evaluation_fingerprints(evaluation)
    chance = random.Random(seed)
    reservoirs: dict[str, list[tuple[str, str, str]]] = {name: [] for name in SHARES}
    seen: Counter[str] = Counter()
    for line in selection._lines(corpora):
        if line[0] not in SHARES:
            continue
        room = int(3 * count * SHARES[line[0]])
        seen[line[0]] += 1
        if len(reservoirs[line[0]]) < room:
            reservoirs[line[0]].append(line)
        elif (place := chance.randrange(seen[line[0]])) < room:
            reservoirs[line[0]][place] = line
    found = []
    for name, lines in reservoirs.items():
        chance.shuffle(lines)
        kept = [(name, *map(selection.tidy, line[1:])) for line in lines if usable(*line[1:], forbidden)]
        found += list(dict.fromkeys(kept))[: int(count * SHARES[name])]
    chance.shuffle(found)
    return found


def usable(french: str, english: str, forbidden: set[bytes]) -> bool:
    if not selection.is_usable(french, english) or not 3 <= len(english.split()) <= 50:
        return False
    if not 0.55 < len(english) / len(french) < 1.5:
        return False
    return not {selection.fingerprint(french), selection.fingerprint(english)} & forbidden


def linked(pairs: Sequence[tuple[str, str]]) -> Bitext:
    tools = pipeline.Tools(detectors=())
    french, english = (document([pair[side] for pair in pairs], lang) for side, lang in ((0, "fr"), (1, "en")))
    return pipeline.link(pipeline.pair_lines(french, english, range(len(pairs)), tools), tools)


def document(lines: Sequence[str], lang: str) -> Document:
    blocks, start = [], 0
    for line in lines:
        blocks.append(Block(Span(start, start + len(line)), "paragraph"))
        start += len(line) + 1
    return Document(f"lines.{lang}", lang, "\n".join(lines), blocks=tuple(blocks))


def lend(bitext: Bitext) -> Lender:
    """What the pairs lend to one another, and the tables of this folder."""
    lender = Lender(foreign=[word for _, word in table("foreign.tsv")], false_friends=dict(traps()))
    for one, other in table("antonyms.tsv"):
        lender.antonyms.setdefault(one, []).append(other)
    forms: Counter[tuple[str, str, str]] = Counter()
    for pair in bitext.pairs:
        lender.sentences.append(pair.target.text)
        lender.phrases += [join(pair, p) for p in phrases(pair, 3, 9)]
        for token in pair.target.tokens:
            if token.pos == "PROPN" and token.entity:
                lender.names.setdefault(token.entity, []).append(token.text)
            if token.pos in ("NOUN", "VERB", "ADJ", "ADV") and token.text.isalpha():
                lender.nouns.setdefault(f"{token.pos} {token.morph}", []).append(token.text.lower())
            if token.pos == "VERB" and token.feature("VerbForm") == "Fin":
                forms[token.lemma.lower(), token.feature("Tense") or "", token.text.lower()] += 1
    for (lemma, tense, form), _ in reversed(forms.most_common()):
        lender.verbs[lemma, tense] = form
    return lender


def join(pair: Pair, tokens: Sequence[Any]) -> str:
    offset = pair.target.span.start
    return pair.target.text[tokens[0].span.start - offset : tokens[-1].span.end - offset]


def table(name: str) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in (HERE / name).read_text("utf-8").splitlines())
    return [(one, other) for one, other in rows]


def traps() -> Iterator[tuple[str, str]]:
    """French lemma -> the English word that looks like it, from the rule's table."""
    path = Path(pipeline.__file__).parent / "languages" / "false_friends.tsv"
    for line in path.read_text("utf-8").splitlines()[1:]:
        french, _, wrong = line.split("\t")[:3]
        if wrong and " " not in french and "|" not in french:
            yield french, wrong.split(",")[0].strip()


def propose(scene: Scene) -> list[Edit]:
    """No, one, two or three errors that do not touch each other."""
    turn = scene.chance.random()
    wanted = 0 if turn < UNTOUCHED else 1 if turn < 0.65 else 2 if turn < 0.88 else 3
    kinds, weights = list(EDITS), [share for _, share in EDITS.values()]
    found: list[Edit] = []
    for _ in range(8 * wanted):
        if len(found) == wanted:
            break
        edit = EDITS[scene.chance.choices(kinds, weights)[0]][0](scene)
        if edit and all(edit.end < other.start or edit.start > other.end for other in found):
            found.append(edit)
    return sorted(found, key=lambda edit: (edit.start, edit.end))


def written(pair: Pair, edits: Sequence[Edit]) -> dict[str, Any]:
    """The record of a pair and its errors; every place counts from the start of its side."""
    text, at = "", 0
    changed, gaps = [], []
    good = pair.target.text
    for edit in edits:
        text += good[at : edit.start]
        if edit.text.strip():
            lead = len(edit.text) - len(edit.text.lstrip())
            changed.append([len(text) + lead, len(text) + len(edit.text.rstrip()), edit.kind])
        else:
            gaps.append([len(text), edit.kind])
        text += edit.text
        at = edit.end
    text += good[at:]
    places = {
        t.index: [t.span.start - pair.source.span.start, t.span.end - pair.source.span.start]
        for t in pair.source.tokens
    }
    return {
        "source": pair.source.text, "target": text, "good": good, "kinds": [edit.kind for edit in edits],
        "changed": changed, "gaps": gaps,
        "left_out": [places[i] for edit in edits for i in sorted(edit.left_out)],
        "wrong": [places[i] for edit in edits for i in sorted(edit.wrong)],
    }  # fmt: skip


if __name__ == "__main__":
    main()
