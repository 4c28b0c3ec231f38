"""Choose and clean the parallel text the lexicon is learned from.

In: the folder of corpora (`europarl_v7.tsv.xz`, `canada_laws.tsv.xz`, `various.tsv.xz`) and a folder of evaluation
records whose lines must not be learned from. Out: `SentencePair` values, the same ones for the same seed.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import lzma
import random
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

# source -> (most pairs taken, weight of one link in the counts). News-like prose counts double; parliament, law and
# software count less, so that « séance » is a session of parliament without ceasing to be a screening.
SOURCES: dict[str, tuple[int, float]] = {
    "europarl_v7": (250_000, 0.6),
    "canada_laws": (30_000, 0.5),
    "rte3_news": (10_000, 2.0),
    "tico19": (10_000, 2.0),
    "canada_gov_web": (20_000, 2.0),
    "debian_web": (70_000, 1.0),
    "tatoeba_manythings": (150_000, 1.0),
    "canada_gov_docs": (20_000, 1.0),
    "literature": (10_000, 1.0),
    "astronomy_edu_po": (15_000, 1.0),
    "games_po": (60_000, 1.0),
    "games_text2": (15_000, 1.0),
    "cataclysm_po": (40_000, 1.0),
    "mozilla_web": (5_000, 1.0),
    "tails_web": (6_000, 0.8),
    "selfhost_docs": (6_000, 0.6),
    "bitcoin_newsletters": (8_000, 0.5),
    "debian_security": (8_000, 0.5),
    "debian_manuals": (5_000, 0.5),
    "debian_package_descriptions": (20_000, 0.5),
    "libreoffice_help": (12_000, 0.4),
    "desktop_help": (10_000, 0.4),
}

_LETTER = re.compile(r"[^\W\d_]")
_MARKUP = re.compile(r"[<>{}\\|=_#@~^]|https?:|\w\(\)|%[a-z]|\[\]|--\w")
_SPACES = re.compile(r"\s+")


class SentencePair(NamedTuple):
    """One aligned sentence: where it comes from, how much a link of it counts, and both texts."""

    origin: str
    weight: float
    french: str
    english: str


def fingerprint(text: str) -> bytes:
    """Sixteen bytes that are equal for lines equal but for case, blanks and punctuation."""
    letters = "".join(character for character in text.casefold() if character.isalnum())
    return hashlib.blake2b(letters.encode(), digest_size=16).digest()


def evaluation_fingerprints(folder: Path) -> set[bytes]:
    """Fingerprints of every string of three words or more in the evaluation records (`*.jsonl.gz`), however deep."""
    found: set[bytes] = set()

    def visit(value: Any) -> None:
        if isinstance(value, str):
            for line in value.splitlines():
                if len(line.split()) >= 3:
                    found.add(fingerprint(line))
        elif isinstance(value, list):
            for item in value:
                visit(item)
        elif isinstance(value, dict):
            for item in value.values():
                visit(item)

    for path in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            for line in stream:
                visit(json.loads(line))
    return found


def tidy(text: str) -> str:
    """NFC, one kind of apostrophe, plain single blanks."""
    text = unicodedata.normalize("NFC", text).replace("\u2019", "'").replace("\u00ad", "")
    return _SPACES.sub(" ", text).strip()


def is_usable(french: str, english: str) -> bool:
    """Whether both sides look like prose of about the same length: letters, little markup, two to eighty words."""
    french_words, english_words = len(french.split()), len(english.split())
    if not (2 <= french_words <= 80 and 2 <= english_words <= 80):
        return False
    if max(len(french), len(english)) > 2.2 * min(len(french), len(english)) + 15:
        return False
    if french.casefold() == english.casefold():
        return False
    for text in (french, english):
        if len(_MARKUP.findall(text)) > 1 or len(_LETTER.findall(text)) < 0.6 * len(text):
            return False
    return True


def _lines(folder: Path) -> Iterator[tuple[str, str, str]]:
    for name in ("europarl_v7", "canada_laws", "various"):
        with lzma.open(folder / f"{name}.tsv.xz", "rt", encoding="utf-8", newline="\n") as stream:
            for line in stream:
                fields = line.rstrip("\n").split("\t")
                if name != "various":
                    fields.insert(0, name)
                if len(fields) == 3 and fields[0] in SOURCES:
                    yield fields[0], fields[1], fields[2]


def select(corpora: Path, evaluation: Path, seed: int, limit: int | None = None) -> list[SentencePair]:
    """The pairs to learn from, in a fixed random order.

    Each source gives a uniform sample up to its cap (reservoir sampling, seeded); pairs that repeat, are no prose, or
    share a side with the evaluation records are left out. `limit` keeps that many pairs, for trying the script.
    """
    forbidden = evaluation_fingerprints(evaluation)
    generator = random.Random(seed)
    seen: set[bytes] = set()
    reservoirs: dict[str, list[SentencePair]] = {name: [] for name in SOURCES}
    counts = dict.fromkeys(SOURCES, 0)
    for origin, raw_french, raw_english in _lines(corpora):
        cap, weight = SOURCES[origin]
        counts[origin] += 1
        # Reservoir sampling before the costly checks: a line is looked at only if its ticket is drawn. A kept line may
        # later turn out unusable, so the sample is drawn a quarter larger and cut at the end.
        room = cap + cap // 4
        ticket = counts[origin] - 1 if counts[origin] <= room else generator.randrange(counts[origin])
        if ticket >= room:
            continue
        pair = SentencePair(origin, weight, raw_french, raw_english)
        if ticket < len(reservoirs[origin]):
            reservoirs[origin][ticket] = pair
        else:
            reservoirs[origin].append(pair)
    chosen: list[SentencePair] = []
    refused = 0
    for origin, reservoir in reservoirs.items():
        generator.shuffle(reservoir)
        kept = 0
        for pair in reservoir:
            if kept == SOURCES[origin][0]:
                break
            french, english = tidy(pair.french), tidy(pair.english)
            if not is_usable(french, english):
                continue
            marks = fingerprint(french), fingerprint(english)
            if marks[0] in forbidden or marks[1] in forbidden:
                refused += 1
                continue
            both = marks[0] + marks[1]
            if both in seen:
                continue
            seen.add(both)
            chosen.append(pair._replace(french=french, english=english))
            kept += 1
    generator.shuffle(chosen)
    print(f"selection: {len(chosen):,} pairs, {refused} left out as evaluation lines")
    return chosen if limit is None else chosen[:limit]
