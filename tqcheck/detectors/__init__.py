"""The table of contents: a new detector is its file and one word here."""

from __future__ import annotations

import functools
from importlib import import_module

from tqcheck.detector import Detector

NAMES: tuple[str, ...] = (
    "pronoun_antecedent",
    "possessive_antecedent",
    "false_friend",
    "third_language",
    "untranslated",
    "negation",
    "number_mismatch",
    "date_mismatch",
    "name_mismatch",
    "acronym",
    "inconsistent_term",
    "glossary",
    "omission",
    "addition",
    "meaning",
    "unlikely",
    "quotation",
    "doubled_word",
    "typography",
    "capitalisation",
    "punctuation",
    "misspelling",
    "antonym",
    "tense",
    "modality",
    "literal_calque",
    "gender_of_person",
    "attribution",
    "garbled",
    "word_order",
    "named_entity_swap",
    "register",
    "preposition",
    "limit_mismatch",
    "co_hyponym",
    "role_swap",
)


def rule_names() -> frozenset[str]:
    """The names of all rules: a rule's is that of its file. Loads none of them."""
    return frozenset(name.replace("_", "-") for name in NAMES)


@functools.cache
def all_detectors() -> tuple[Detector, ...]:
    """Every detector there is, in the order of NAMES, on or off."""
    return tuple(import_module(f"{__name__}.{name}").DETECTOR for name in NAMES)
