"""English forms: put a verb or noun of a suggestion into the form of the word that it replaces.

The regular rules are those of any grammar; the irregular verbs are the usual ones and no more. Where the form is not
known for sure the answer is None: better no suggestion than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from tqcheck.model import Token

_IRREGULAR_VERBS = MappingProxyType(
    {
        base: (past, participle)
        for base, past, participle in (
            row.split()
            for row in """arise arose arisen;bear bore borne;beat beat beaten;become became become;begin began begun;
            bind bound bound;bite bit bitten;blow blew blown;break broke broken;bring brought brought;build built built;
            burst burst burst;buy bought bought;catch caught caught;choose chose chosen;come came come;cost cost cost;
            cut cut cut;deal dealt dealt;do did done;draw drew drawn;drive drove driven;eat ate eaten;fall fell fallen;
            feel felt felt;fight fought fought;find found found;fly flew flown;forbid forbade forbidden;
            forget forgot forgotten;get got got;give gave given;go went gone;grow grew grown;hang hung hung;
            have had had;hear heard heard;hide hid hidden;hit hit hit;hold held held;hurt hurt hurt;keep kept kept;
            know knew known;lay laid laid;lead led led;leave left left;lend lent lent;let let let;lose lost lost;
            make made made;mean meant meant;meet met met;overcome overcame overcome;oversee oversaw overseen;
            overtake overtook overtaken;overturn overturned overturned;pay paid paid;put put put;quit quit quit;
            read read read;ride rode ridden;ring rang rung;rise rose risen;run ran run;say said said;see saw seen;
            seek sought sought;sell sold sold;send sent sent;set set set;shake shook shaken;shine shone shone;
            shoot shot shot;shut shut shut;sing sang sung;sink sank sunk;sit sat sat;sleep slept slept;
            speak spoke spoken;spend spent spent;spread spread spread;stand stood stood;steal stole stolen;
            stick stuck stuck;strike struck struck;swear swore sworn;take took taken;teach taught taught;
            tear tore torn;tell told told;think thought thought;throw threw thrown;undergo underwent undergone;
            understand understood understood;undertake undertook undertaken;uphold upheld upheld;wake woke woken;
            wear wore worn;win won won;withdraw withdrew withdrawn;withhold withheld withheld;
            withstand withstood withstood;write wrote written;
            broadcast broadcast broadcast""".replace("\n", " ").split(";")
        )
    }
)
"""Base -> (past, participle)."""

_IRREGULAR_PLURALS = MappingProxyType(
    dict(
        row.split(":")
        for row in """man:men woman:women child:children person:people foot:feet life:lives wife:wives half:halves
        shelf:shelves knife:knives thief:thieves leaf:leaves crisis:crises analysis:analyses basis:bases series:series
        aircraft:aircraft staff:staff news:news means:means hero:heroes passer-by:passers-by sheep:sheep fish:fish
        bonus:bonuses status:statuses potato:potatoes tomato:tomatoes""".split()
    )
)
_ENDINGS = (("s", ("",)), ("es", ("",)), ("ies", ("y",)), ("ed", ("", "e")), ("ied", ("y",)), ("ing", ("", "e")))
"""What an inflected word ends in, and what its base may end in instead."""
LEAST_BASE = 3
"""Letters of what a regular form is a form of."""
_HEAD_FIRST = re.compile(r"(?P<head>[\w'-]+)(?P<rest> (?:of|in|for|to|at|on|with|from|by|about|behind|against)\b.*)")
_DOUBLING = frozenset(
    """admit plan stop ban bar commit compel equip fit grab occur plot prefer refer regret rob rub ship slip
    step submit acquit incur recur defer deter transfer transmit trap trip chat drag drop control expel
    patrol cancel""".split()
)
"""Verbs whose last consonant is written twice."""

_UNCOUNTED = frozenset(
    """advice attendance awareness bacon bail bread cash censorship clothing consciousness consumption custody
    fishing flesh food grief heritage imprisonment lust maintenance mischief morale nonsense oil
    overcrowding poisoning police retraining sand schooling sunstroke training volunteering wear worship
    wrestling broadcasting supervision stealing parking prosecution receivership smuggling trafficking work
    clothing equipment evidence fighting furniture information luggage membership money progress research
    traffic unrest wealth""".split()
)


def like(words: str, model: Token) -> str | None:
    """``words`` (a verb, noun or other word in its base form, perhaps a phrase) in the form of the English ``model``.

    The capital of ``model`` is kept. None where no sure form is known: after a form of "be", or a plural of what has
    none.
    """
    formed = _formed(words, model)
    if formed is None:
        return None
    if model.text.isupper() and len(model.text) > 1:
        return formed.upper()
    return formed[0].upper() + formed[1:] if model.text[:1].isupper() else formed


def _formed(words: str, model: Token) -> str | None:
    if model.pos in ("VERB", "AUX"):
        return verb_form(words, model.morph)
    if model.pos in ("NOUN", "PROPN") and model.feature("Number") == "Plur":
        return plural(words)
    return words


def verb_form(words: str, morph: str) -> str | None:
    """A verb, with what follows it, in the form that UD features name; None for forms of "be"."""
    verb, blank, rest = words.partition(" ")
    if verb == "be":
        return None
    features = set(morph.split("|"))
    if "Aspect=Prog" in features:
        formed = _gerund(verb)
    elif "Aspect=Perf" in features or {"VerbForm=Part", "Tense=Past"} <= features:
        formed = past(verb)[1]
    elif "Tense=Past" in features:
        formed = past(verb)[0]
    elif "Person=3" in features:
        formed = _with_s(verb) if verb != "have" else "has"
    else:
        formed = verb
    return formed + blank + rest


def past(verb: str) -> tuple[str, str]:
    """Simple past and past participle."""
    if verb in _IRREGULAR_VERBS:
        return _IRREGULAR_VERBS[verb]
    if verb.endswith("e"):
        regular = verb + "d"
    elif re.search(r"[^aeiou]y$", verb):
        regular = verb[:-1] + "ied"
    else:
        regular = _doubled(verb) + "ed"
    return regular, regular


def _irregular_bases() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    several = {base: (plural,) for base, plural in _IRREGULAR_PLURALS.items()}
    for base, forms in [*_IRREGULAR_VERBS.items(), *several.items()]:
        for form in forms:
            found[form] = (*found.get(form, ()), base)
    return MappingProxyType(found)


_IRREGULAR_BASES = _irregular_bases()
"""Of each irregular form what it is a form of."""


def other_forms(word: str) -> tuple[str, ...]:
    """What else a lower-case verb or noun may be inflected to: "rises", "rising", "rose" of "rise".

    Some are no words ("newed"), and what it is a form of is guessed: for those who look each up.
    """
    found: set[str] = set()
    for base in _bases(word):
        forms = {base, _with_s(base), _gerund(base), *past(base), _IRREGULAR_PLURALS.get(base, base)}
        if word in forms:
            found |= forms
    return tuple(sorted(found - {word}))


def _bases(word: str) -> Iterator[str]:
    """What a word may be a form of, itself first."""
    if word in _IRREGULAR_VERBS or _may_be_base(word):
        yield word
    yield from _IRREGULAR_BASES.get(word, ())
    for ending, others in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word:
            yield from (base for base in (stem + other for other in others) if _may_be_base(base))
            if len(stem) > LEAST_BASE and stem[-1] == stem[-2]:
                yield stem[:-1]


def _may_be_base(word: str) -> bool:
    return len(word) >= LEAST_BASE and word not in ("the", "one", "ever")


def plural(words: str) -> str | None:
    """A noun or noun phrase in the plural: "scale" -> "scales", "point of view" -> "points of view"."""
    first = _HEAD_FIRST.fullmatch(words)
    if first is not None:
        head = plural(first["head"])
        return None if head is None else head + first["rest"]
    before, blank, noun = words.rpartition(" ")
    if noun in _IRREGULAR_PLURALS:
        return before + blank + _IRREGULAR_PLURALS[noun]
    if noun in _UNCOUNTED or noun.endswith(("ness", "ism")):
        return None
    if noun.endswith("s") and not noun.endswith("ss"):
        return words
    if noun.endswith(("man", "wife")):
        return before + blank + re.sub("man$", "men", re.sub("wife$", "wives", noun))
    return before + blank + _with_s(noun)


def _with_s(word: str) -> str:
    if re.search(r"(?:s|x|z|ch|sh)$", word) or word in ("go", "do", "undergo", "veto"):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def _gerund(verb: str) -> str:
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")):
        return verb[:-1] + "ing"
    return _doubled(verb) + "ing"


def _doubled(verb: str) -> str:
    short = re.fullmatch(r"[^aeiou]*[aeiou][bdgklmnprt]", verb) is not None and not verb.endswith(("w", "x", "y"))
    return verb + verb[-1] if verb in _DOUBLING or short else verb
