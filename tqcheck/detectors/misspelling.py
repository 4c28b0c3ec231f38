"""A word that no list of English knows and that is one letter away from a common one: "seperate", "yesterdat".

Why it matters
--------------
It is the first thing that a reader sees, and a sign that the text was not read again. Machines that learnt from the web
make such slips as well.

What it does not see
--------------------
A slip that makes another word ("form" for "from"); slips of more than one letter that are not in the table of usual
ones; words of two letters; names, and words with a capital inside a sentence.

When to ignore it
-----------------
Where the word is a coinage, a brand or dialect. A word that the French has as well, or that stands in the text more
than once, is taken for meant and left alone.

Source
------
How common words are: the wordfreq lists (Robyn Speer, 2022); letters swapped, lost, added or changed: Damerau (1964),
who found 80 % of misspellings to be of these four kinds. The table of usual mistakes is our own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from tqcheck.detector import Detector, Example
from tqcheck.languages import loan_words, setting
from tqcheck.languages.misspellings import Slip, slips_among, usual
from tqcheck.languages.spelling import fold
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

_COMMON = 5.1
"""The Zipf frequency from which a word may be meant by one with a capital."""

_WORD = re.compile(r"[a-z]+")
_OPENING = frozenset("\"“‘'([—–-.!?:")


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Every slip of the English text; the lists are asked once for all words."""
    french = {part for token in bitext.source.tokens for part in re.split(r"['’-]", fold(token.text))}
    times = Counter((pair.document, token.text.lower()) for pair in bitext.pairs for token in pair.target.tokens)
    candidates = {
        pair.index: [token for token in pair.target.tokens if _may_be(pair, token, french, times)]
        for pair in bitext.pairs
        if pair.source.text.strip()
    }
    words = {token.text.lower() for tokens in candidates.values() for token in tokens}
    slips = slips_among(words, french)
    for pair in bitext.pairs:
        found = [token for token in candidates.get(pair.index, ()) if _is_slip(token, slips)]
        accepted = loan_words.accepted(pair.target.tokens) if found else frozenset()
        for token in found:
            if token.index not in accepted and not setting.is_set_off(pair.target, token, token):
                yield _finding(detector, pair, token, slips[token.text.lower()].right)


def _is_slip(token: Token, slips: Mapping[str, Slip]) -> bool:
    """Whether a word is among the slips; one with a capital, that may be a name, where a very common word is meant."""
    slip = slips.get(token.text.lower())
    return slip is not None and (token.text.islower() or slip.common is None or slip.common >= _COMMON)


def _may_be(pair: Pair, token: Token, french: set[str], times: Counter[tuple[int, str]]) -> bool:
    """Whether a word is in small letters, or begins a sentence, and is neither French nor used again."""
    word = token.text.lower()
    if _WORD.fullmatch(word) is None or not (token.text.islower() or token.text == word.capitalize()):
        return False
    if word in usual():
        return word not in french
    if (
        len(word) < 3
        or word in french
        or times[pair.document, word] > 1
        or len(setting.compound(pair.target, token)) > 1
    ):
        return False
    return token.text.islower() or (_begins(pair, token) and token.entity == "")


def _begins(pair: Pair, token: Token) -> bool:
    before = pair.target.token(token.index - 1)
    return before is None or before.text in _OPENING


def _finding(detector: Detector, pair: Pair, token: Token, right: str) -> Finding:
    right = right.capitalize() if token.text[0].isupper() else right
    behind = pair.behind(token)
    return detector.finding(
        pair,
        message=f'"{token.text}" is no English word; "{right}" may be meant.',
        confidence=0.95 if token.text.lower() in usual() else 0.85,
        source=behind[0].span if len(behind) == 1 else None,
        target=token.span,
        suggestion=right,
    )


DETECTOR = Detector(
    rule="misspelling",
    doc=__doc__,
    category=Category.SPELLING,
    severity=Severity.MINOR,
    find=find,
    examples=(
        Example("Le gouvernement a démissionné.", "The ⟦goverment⟧ has resigned."),
        Example("Les deux pays négocient depuis hier.", "The two countries have been talking since ⟦yesterdat⟧."),
        Example("Il a été accusé de vol.", "He has been ⟦acused⟧ of theft."),
        Example("Bien que blessé, il a marché.", "⟦Altough⟧ hurt, he walked on."),
        Example("Une cérémonie distincte aura lieu.", "A ⟦seperate⟧ ceremony will be held."),
        Example("Le gouvernement a démissionné.", "The government has resigned."),
        Example("Il décentralise l'administration.", "He is decentralising the administration."),
        Example("La couleur du théâtre a changé.", "The color of the theater has changed."),
        Example("Les gilets jaunes ont défilé.", "The gilets jaunes marched."),
        Example("M. Kovarec a voté.", "Kovarec has voted."),
        Example("Le mot « gouvernemant » est mal écrit.", 'The word "goverment" is misspelt.'),
        Example("La crampe passe vite.", "The wold and its sheep are pretty; the smolt swims."),
    ),
)
