"""Modal verbs of both languages, how strong they are, and the French conditional of hearsay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import NamedTuple

from tqcheck.languages.polarity import NE, is_outright
from tqcheck.languages.tenses import Clause, Tense, clauses, is_conditional
from tqcheck.model import Pair, Segment, Token

_MUST = frozenset("must should shall ought".split())
_MAY = frozenset("may might can could".split())

# The kind of a French modal verb -> what it says, the English verbs that say something else, and what they say.
_KINDS = MappingProxyType(
    {
        "can": ("is possible", _MUST, "has to be"),
        "could": ("is possible", _MUST | {"will"}, "has to be or will be"),
        "must": ("has to be", _MAY, "is possible"),
        "ought": ("is expected or ought to be", frozenset({"may", "might"}), "is merely possible"),
        "ought before": (
            "ought to have been",
            frozenset({"must", "may", "might", "could"}),
            "was so, or may have been",
        ),
        "must before": (
            "had to be, or must have been",
            frozenset({"should", "may", "might", "can"}),
            "ought to have been",
        ),
    }
)
_CONDITIONAL = re.compile(r"(?:pour|dev|au)r(?:ais|ait|ions|iez|aient)")
_HEDGE = re.compile(
    r"\b(?:report(?:s|ed|edly|ing)?|alleg\w*|appar\w+|according|sa(?:id|ys?|ying)|told|tells?|thought|think\w*|believ\w+"
    r"|claim\w*|suspect(?:s|ed)|suppos\w*|rumou?r\w*|likely|probab\w+|perhaps|possib\w+|appear(?:s|ed)?|seem\w*"
    r"|may|might|could|can|estimat\w+|presum\w+|purport\w+|suggest\w*|accus\w+|sources?|assum\w+|account|word|indicat\w+"
    r"|evidently|understood|quoted|unconfirmed|should|ostensibly|expected|due|set|based)\b",
    re.I,
)
_UNREAL = frozenset(
    """si s' s’ sans sinon autrement même fallu sauf faute mieux plutôt volontiers pourquoi comment quel quelle
    dommage regret regrette regretter rêvé cru imaginé imaginer juré parié autant idéal idéalement normalement tant
    pire encore moins""".split()
)
_SPEAKING = frozenset("je j' j’ tu t' t’ me m' m’ te nous vous d'après après".split())
_NO_HEARSAY = frozenset("pouvoir devoir falloir vouloir aimer souhaiter préférer suffire valoir mériter gagner".split())


class Swap(NamedTuple):
    """A French modal verb, the English one that renders it, what the one says, and what the other.

    ``mild``: whether both speak of what may yet be, « devrait » and "might", where people differ about the strength.
    """

    french: Token
    english: Token
    says: str
    told: str
    mild: bool


class Hearsay(NamedTuple):
    """A French conditional of hearsay and the English clause for it; ``unreal``: that says "would have"."""

    french: Clause
    english: Clause
    unreal: bool


def swaps(pair: Pair, least: float) -> Iterator[Swap]:
    """French modal verbs rendered by an English one of another strength; questions and denials are left out."""
    if "?" in pair.source.text + pair.target.text:
        return
    for french in pair.source.tokens:
        kind = _kind(pair.source, french) if french.lemma in ("pouvoir", "devoir") else None
        english = None if kind is None else _counterpart(pair, french, least)
        if kind is None or english is None:
            continue
        says, wrong, told = _KINDS[kind]
        if english.text.lower() not in wrong or _is_softened(pair, english):
            continue
        if not (_is_denied(pair.source, french) or _is_denied(pair.target, english)):
            yield Swap(french, english, says, told, kind == "ought")


def _counterpart(pair: Pair, french: Token, least: float) -> Token | None:
    """The English auxiliary linked to a French modal verb, or, where that has no link, standing by its infinitive's."""
    linked = {link.target for link in pair.links if link.source == french.index and link.probability >= least}
    words = [token for index in linked if (token := pair.target.token(index)) is not None]
    if words:
        return words[0] if len(words) == 1 and words[0].pos == "AUX" else None
    if pair.rendered(french):
        return None
    for infinitive in pair.source.children(french):
        if infinitive.dep != "xcomp" or infinitive.pos != "VERB":
            continue
        for verb in pair.rendered(infinitive):
            helpers = [child for child in pair.target.children(verb) if child.dep == "aux" and not pair.behind(child)]
            if helpers and verb.pos == "VERB":
                return helpers[0]
    return None


def _kind(segment: Segment, verb: Token) -> str | None:
    """Of « pouvoir » and « devoir » in the tenses that differ in meaning; None for others."""
    helpers = [child for child in segment.children(verb) if child.dep.startswith("aux")]
    finite = helpers[0] if helpers else verb
    mood, tense = finite.feature("Mood"), finite.feature("Tense")
    conditional = _CONDITIONAL.fullmatch(finite.text.lower()) is not None
    if helpers and verb.feature("VerbForm") != "Part":
        return None
    if verb.lemma == "pouvoir":
        if any(child.text.lower() in ("on", "l'on") for child in segment.children(verb)):
            return None  # « on peut dire »: "it must be said"
        return "could" if conditional else "can" if mood == "Ind" and tense == "Pres" else None
    if conditional:
        return "ought before" if helpers else "ought"
    if mood == "Ind" and tense == "Pres":
        return "must before" if helpers else "must"
    return None


def _is_denied(segment: Segment, verb: Token) -> bool:
    """Whether a denying word stands within four words of a verb, or an « si » or « que » of choice before it."""
    place = verb.index - segment.tokens[0].index
    near = segment.tokens[max(0, place - 4) : place + 5]
    return any(t.text.lower() in NE or is_outright(t, "fr") or is_outright(t, "en") for t in near)


def _is_softened(pair: Pair, english: Token) -> bool:
    """Whether "probably", "perhaps" or the like stands right behind an English modal verb."""
    after = (pair.target.token(english.index + step) for step in (1, 2, 3))
    return any(t is not None and t.pos == "ADV" and _HEDGE.fullmatch(t.text) is not None for t in after)


def hearsay(pair: Pair, least: float) -> Iterator[Hearsay]:
    """Main clauses in the past conditional that the English tells as facts or as unreal conditions.

    Not where the French speaks of a condition, a wish or a quotation, nor where « je » or « vous » speaks.
    """
    words = {token.text.lower() for token in pair.source.tokens if not _is_reflexive(pair.source, token)}
    if words & _UNREAL or "?" in pair.source.text or "selon" in words or words & _SPEAKING:
        return
    for french, english in clauses(pair, least):
        if french.tense is not Tense.CONDITIONAL_PAST or not is_conditional(french):
            continue
        verb = french.verb
        if verb.lemma in _NO_HEARSAY or verb.dep not in ("ROOT", "conj") or not _is_reported(pair.source, french):
            continue
        if english.tense in (Tense.PAST, Tense.PERFECT, Tense.PLUPERFECT, Tense.PRESENT):
            yield Hearsay(french, english, unreal=False)
        elif english.tense is Tense.CONDITIONAL_PAST and verb.dep == "ROOT":
            yield Hearsay(french, english, unreal=True)


def _is_reflexive(segment: Segment, token: Token) -> bool:
    """Whether « s' » is « se »: « si » loses its vowel before « il » and « ils » alone."""
    after = segment.token(token.index + 1)
    return token.text.lower() in ("s'", "s’") and (after is None or after.text.lower() not in ("il", "ils"))


def _is_reported(segment: Segment, clause: Clause) -> bool:
    """Whether a clause is in the third person, affirmed, and outside of quotation marks."""
    if clause.shown.feature("Person") not in ("3", None) or _is_denied(segment, clause.shown):
        return False
    before = segment.text[: clause.shown.span.start - segment.span.start]
    return (
        before.count("«") == before.count("»") and before.count("“") == before.count("”") and before.count('"') % 2 == 0
    )


def is_hedged(segment: Segment) -> bool:
    """Whether an English text says anywhere that something is said, thought or possible."""
    return _HEDGE.search(segment.text) is not None
