"""« ne … que », which says "only", and English that denies instead: « il n'est assuré que pour la moitié »."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tqcheck.languages.polarity import NE, PARTICLES, QUE
from tqcheck.model import Pair, Segment, Token

_REACH = 7
"""So many words behind « ne » its « que » is looked for."""
_DENYING = frozenset({"not", "n't", "n’t", "never"})
_LIMITING = frozenset(
    """only just merely solely simply exclusively alone but except until till unless before more than other beyond yet
    barely hardly anything nothing no nobody none little few exclusive sole""".split()
)
"""English that may say "only" in another way: "nothing but", "not until", "no more than"."""
_COMPARING = frozenset("plus moins aussi autant mieux pire autre autres davantage si tel telle".split())


class Restriction(NamedTuple):
    """« ne … que » around ``host``, and the English word that denies ``verb`` in its place."""

    ne: Token
    que: Token
    host: Token
    denial: Token
    verb: Token


def denied_instead(pair: Pair) -> Iterator[Restriction]:
    """The « ne … que » of a pair whose English has a "not", and no word that could say "only"."""
    if any(token.text.lower() in _LIMITING for token in pair.target.tokens):
        return
    denials = [token for token in pair.target.tokens if token.text.lower() in _DENYING]
    if len(denials) != 1:
        return
    if any(token.text.lower() in PARTICLES for token in pair.source.tokens):
        return  # a denial beside it may be what the "not" renders
    for ne in pair.source.tokens:
        found = _closed(pair.source, ne) if ne.text.lower() in NE else None
        verb = pair.target.head(denials[0])
        if found is None or verb is None:
            continue
        que, host = found
        if verb in pair.rendered(host) or ne in pair.behind(denials[0]):
            yield Restriction(ne, que, host, denials[0], verb)


def _closed(segment: Segment, ne: Token) -> tuple[Token, Token] | None:
    """The « que » that closes « ne », and the last verb before it."""
    host: Token | None = None
    for step in range(1, _REACH + 1):
        token = segment.token(ne.index + step)
        if token is None or token.text.lower() in _COMPARING:
            return None
        if token.text.lower() in QUE:
            after = segment.token(token.index + 1)
            open_question = host is not None and host.lemma == "savoir"  # « ne sait que faire »
            return None if host is None or open_question or after is None or not after.is_word else (token, host)
        if token.pos in ("VERB", "AUX"):
            host = token
    return None
