"""Units of measure and currencies: how French and English write them, and how many of one make another.

Source of the factors: NIST Special Publication 811 (2008), appendix B; the international foot, mile and pound.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from importlib import resources
from types import MappingProxyType

from tqcheck.languages.numerals import BLANK


@dataclass(frozen=True, slots=True)
class Unit:
    """``size`` in the base unit of ``dimension``; None where no fixed rate leads from one unit to another."""

    name: str
    dimension: str
    size: Fraction | None


@functools.cache
def all_units() -> Mapping[str, Unit]:
    """Every unit by its name, in the order in which they are tried."""
    return MappingProxyType(
        {name: Unit(name, dimension, Fraction(size) if size else None) for name, dimension, size, *_ in _rows()}
    )


@functools.cache
def pattern(lang: str) -> re.Pattern[str]:
    """Matches a unit as the language ("fr" or "en") writes it; ``lastgroup`` leads to its name through `name`."""
    column = 3 if lang == "fr" else 4
    between = rf"(?:{BLANK}|-)?"
    alternatives = (f"(?P<u{number}>{row[column].replace('~', between)})" for number, row in enumerate(_rows()))
    return re.compile(rf"(?:{'|'.join(alternatives)})(?![^\W_]|[²³])")


def name(match: re.Match[str]) -> str:
    """The name of the unit that `pattern` matched."""
    return _rows()[int(str(match.lastgroup)[1:])][0]


def dimension(unit: str) -> str:
    """What a unit measures: money, length, duration, share, …"""
    return all_units()[unit].dimension


def convert(value: Fraction, source: str, target: str) -> Fraction | None:
    """``value`` of the unit ``source`` in the unit ``target``; None where the two do not measure the same."""
    one, other = all_units()[source], all_units()[target]
    if {source, target} == {"°C", "°F"}:
        return value * Fraction(9, 5) + 32 if source == "°C" else (value - 32) * Fraction(5, 9)
    if source == target:
        return value
    if one.dimension != other.dimension or one.size is None or other.size is None or one.dimension == "share":
        return None
    return value * one.size / other.size


@functools.cache
def _rows() -> tuple[tuple[str, ...], ...]:
    lines = (resources.files(__package__) / "units.tsv").read_text(encoding="utf-8").splitlines()
    return tuple(tuple(line.split("\t")) for line in lines if not line.startswith("#"))
