"""The bilingual word lexicon: which English word stands for which French one, how often.

A table of probabilities p(en|fr) and p(fr|en) counted over word-aligned sentences (``training/lexicon`` says how), once
over word forms and once over lemmas, so that a rare inflection is known by its commoner relatives. Numbers and
punctuation are not in it.
"""

from __future__ import annotations

import hashlib
import io
import math
import unicodedata
import zipfile
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from itertools import count
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

FILE_NAME = "lexicon.fr-en.npz"
SHA256 = "3762abb16596f39b69896b8f687465ae3843c8c76af0d9e96357a9ca06494aff"

# One byte holds a probability: 0 is 1, and each step up is 1/25 of a natural logarithm, so 255 is about 0.00004.
STEPS_A_LOG = 25.0
# One byte holds a frequency: steps of 1/16 of a natural logarithm of the count.
STEPS_A_LOG_COUNT = 16.0
# A word seen less often than this may be a slip of the pen or a word of a third language.
LEAST_KNOWN = 3

_FOLDED = str.maketrans(
    {"\u2019": "'", "\u02bc": "'", "œ": "oe", "æ": "ae", "\u00ad": "", "\u2010": "-", "\u2011": "-"}
)
_PROBABILITIES = tuple(math.exp(-step / STEPS_A_LOG) for step in range(256))


class LexiconError(Exception):
    """The lexicon's file is missing or not the one that was shipped."""


@lru_cache(maxsize=65_536)
def normalise_word(word: str) -> str:
    """A word as the lexicon writes it: NFC, lower case, ligatures spelt out, no hyphen before or after.

    >>> normalise_word("Œuvre"), normalise_word("-elle")
    ('oeuvre', 'elle')
    """
    plain = unicodedata.normalize("NFC", word).lower().translate(_FOLDED)
    return plain.strip("-") or plain


class Table:
    """One layer of the lexicon: for each French word its English ones with both probabilities. Immutable.

    ``rows``: number of the French word -> slice of ``columns`` (numbers of the English words), ``forward`` and
    ``backward`` (bytes, see ``STEPS_A_LOG``).
    """

    def __init__(self, lexicon: Lexicon, starts: numpy.ndarray, columns: numpy.ndarray, codes: numpy.ndarray) -> None:
        self._lexicon = lexicon
        self._starts = starts
        self._columns = columns
        self._codes = codes
        self._rows: dict[str, Mapping[str, tuple[float, float]]] = {}
        self._inverse: tuple[numpy.ndarray, numpy.ndarray] | None = None

    def row(self, french: str) -> Mapping[str, tuple[float, float]]:
        """English word -> (p(en|fr), p(fr|en)) for a normalised French word; empty where it is not known."""
        known = self._rows.get(french)
        if known is None:
            number = self._lexicon.french.get(french)
            start, end = (0, 0) if number is None else (int(self._starts[number]), int(self._starts[number + 1]))
            words = self._lexicon.english_words
            known = MappingProxyType(
                {
                    words[column]: (_PROBABILITIES[forward], _PROBABILITIES[backward])
                    for column, (forward, backward) in zip(
                        self._columns[start:end].tolist(), self._codes[start:end].tolist(), strict=True
                    )
                }
            )
            if len(self._rows) < 100_000:
                self._rows[french] = known
        return known

    def column(self, english: str) -> tuple[tuple[str, float, float], ...]:
        """(French word, p(en|fr), p(fr|en)) for a normalised English word, in alphabetical order."""
        number = self._lexicon.english.get(english)
        if number is None:
            return ()
        import numpy

        if self._inverse is None:
            order = numpy.argsort(self._columns, kind="stable")
            self._inverse = order, self._columns[order]
        order, ordered = self._inverse
        places = order[numpy.searchsorted(ordered, number, "left") : numpy.searchsorted(ordered, number, "right")]
        rows = numpy.searchsorted(self._starts, places, "right") - 1
        words = self._lexicon.french_words
        return tuple(
            (words[row], _PROBABILITIES[forward], _PROBABILITIES[backward])
            for row, (forward, backward) in zip(rows.tolist(), self._codes[places].tolist(), strict=True)
        )


class Lexicon:
    """French-English word probabilities. Immutable after loading; words may be given in any case."""

    def __init__(self, content: bytes) -> None:
        """``content``: the bytes of a file written by ``training/lexicon``. Raises LexiconError where they are not."""
        arrays = _read(content)
        self.french_words: tuple[str, ...] = tuple(arrays["french"].tobytes().decode("utf-8").split("\n"))
        self.english_words: tuple[str, ...] = tuple(arrays["english"].tobytes().decode("utf-8").split("\n"))
        self.french: Mapping[str, int] = dict(zip(self.french_words, count(), strict=False))
        self.english: Mapping[str, int] = dict(zip(self.english_words, count(), strict=False))
        self._french_counts = arrays["french_counts"]
        self._english_counts = arrays["english_counts"]
        self.forms = _table(self, arrays, "form", len(self.french_words))
        self.lemmas = _table(self, arrays, "lemma", len(self.french_words))
        self.sha256 = hashlib.sha256(content).hexdigest()

    @staticmethod
    def bundled() -> Lexicon:
        """The lexicon that comes with the package, read once. Raises LexiconError where the file is damaged."""
        return _bundled()

    def forward(self, fr: str, en: str) -> float:
        """p(en|fr): how often the French word is rendered by the English one; 0 where the pair is not in the table."""
        return self.forms.row(normalise_word(fr)).get(normalise_word(en), (0.0, 0.0))[0]

    def backward(self, fr: str, en: str) -> float:
        """p(fr|en): how often the English word renders the French one; 0 where the pair is not in the table."""
        return self.forms.row(normalise_word(fr)).get(normalise_word(en), (0.0, 0.0))[1]

    def translations(self, fr: str, limit: int = 10) -> tuple[tuple[str, float], ...]:
        """The likeliest English words for a French one with p(en|fr), best first."""
        ranked = ((en, probability) for en, (probability, _) in self.forms.row(normalise_word(fr)).items())
        return tuple(sorted(ranked, key=lambda item: (-item[1], item[0]))[:limit])

    def sources(self, en: str, limit: int = 10) -> tuple[tuple[str, float], ...]:
        """The likeliest French words behind an English one with p(fr|en), best first."""
        ranked = ((fr, probability) for fr, _, probability in self.forms.column(normalise_word(en)))
        return tuple(sorted(ranked, key=lambda item: (-item[1], item[0]))[:limit])

    def knows_source(self, word: str) -> bool:
        """Whether the French training text has the word at least ``LEAST_KNOWN`` times, in whatever case."""
        return self.source_count(word) >= LEAST_KNOWN

    def knows_target(self, word: str) -> bool:
        """Whether the English training text has the word at least ``LEAST_KNOWN`` times, in whatever case."""
        return self.target_count(word) >= LEAST_KNOWN

    def source_count(self, word: str) -> float:
        """About how often the French training text has the word (within 3 %); 0 where it is not known."""
        number = self.french.get(normalise_word(word))
        return 0.0 if number is None else math.exp(int(self._french_counts[number]) / STEPS_A_LOG_COUNT)

    def target_count(self, word: str) -> float:
        """About how often the English training text has the word (within 3 %); 0 where it is not known."""
        number = self.english.get(normalise_word(word))
        return 0.0 if number is None else math.exp(int(self._english_counts[number]) / STEPS_A_LOG_COUNT)

    def totals(self) -> tuple[float, float]:
        """About how many French and English words the lexicon was counted from."""
        import numpy

        french, english = (
            float(numpy.exp(counts.astype(numpy.float64) / STEPS_A_LOG_COUNT).sum())
            for counts in (self._french_counts, self._english_counts)
        )
        return french, english


def _read(content: bytes) -> dict[str, Any]:
    import numpy

    try:
        with numpy.load(io.BytesIO(content), allow_pickle=False) as archive:
            return {name: archive[name] for name in archive.files}
    except (OSError, ValueError, EOFError, zipfile.BadZipFile) as error:
        raise LexiconError(f"the lexicon is damaged: {error}") from error


def _table(lexicon: Lexicon, arrays: Mapping[str, Any], layer: str, rows: int) -> Table:
    import numpy

    try:
        lengths = arrays[f"{layer}_lengths"]
        columns = arrays[f"{layer}_columns"]
        codes = numpy.stack([arrays[f"{layer}_forward"], arrays[f"{layer}_backward"]], axis=1)
    except (KeyError, ValueError) as error:
        raise LexiconError(f"the lexicon is damaged: {error}") from error
    starts = numpy.concatenate([[0], numpy.cumsum(lengths, dtype=numpy.int64)])
    if len(lengths) != rows or starts[-1] != len(columns) or len(columns) != len(codes):
        raise LexiconError(f"the lexicon is damaged: its {layer} table has the wrong size")
    return Table(lexicon, starts, columns, codes)


def verified(content: bytes, sha256: str) -> bytes:
    """``content``, after checking that its SHA-256 is ``sha256``; raises LexiconError where it is not."""
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise LexiconError(
            f"the lexicon {FILE_NAME} is damaged (SHA-256 {found[:12]}…, expected {sha256[:12]}…): "
            "install the package again"
        )
    return content


@cache
def _bundled() -> Lexicon:
    place = files("tqcheck.align").joinpath("data", FILE_NAME)
    try:
        content = place.read_bytes()
    except OSError as error:
        raise LexiconError(f"the lexicon {FILE_NAME} is missing: install the package again") from error
    return Lexicon(verified(content, SHA256))
