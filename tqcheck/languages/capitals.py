"""What English writes with a capital: peoples, languages and their adjectives, names of bodies, the word I."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType

from tqcheck.languages import tables
from tqcheck.languages.spelling import fold

PEOPLES = frozenset(
    """afghan african albanian algerian alsatian american andalusian angolan arab arabic argentine argentinian armenian
    asian athenian australian austrian azerbaijani bahraini bangladeshi basque bavarian belarusian belgian beninese
    bolivian bosnian brazilian breton britain british bulgarian burgundian burkinabe burmese burundian californian
    cambodian cameroonian canadian catalan chadian chechen chilean colombian congolese corsican cossack croat croatian
    cuban cypriot czech danish djiboutian dominican dutch ecuadorian egyptian english englishman englishmen eritrean
    estonian ethiopian european filipino finnish flemish french frenchman frenchmen frenchwoman frenchwomen gabonese
    galician gambian georgian german ghanaian greek guatemalan guinean haitian hebrew honduran hungarian icelandic
    indian indonesian iranian iraqi irish irishman irishmen israeli italian ivorian jamaican japanese jordanian kazakh
    kenyan korean kosovan kurdish kuwaiti laotian latvian lebanese liberian libyan lithuanian londoner luxembourgish
    macedonian malagasy malawian malaysian malian maltese mauritanian mexican moldovan mongolian montenegrin moroccan
    mozambican namibian nepalese nicaraguan nigerian nigerien norwegian pakistani palestinian panamanian paraguayan
    parisian parisians persian peruvian portuguese provencal qatari romanian russian rwandan saudi scottish senegalese
    serb serbian sicilian singaporean slovak slovenian somali spaniard spaniards spanish sudanese swedish swiss syrian
    taiwanese tajik tanzanian thai tibetan togolese tunisian turkish turkmen tuscan ugandan ukrainian uruguayan uzbek
    venezuelan vietnamese welsh yemeni yugoslav zairean zambian zimbabwean
    franco-german franco-british anglo-saxon""".split()
)
"""Peoples, languages and their adjectives that are no common words too: "polish", "swede" and "china" are left out."""

_COMMON = re.compile(
    r"french (?:fr(?:y|ies)|windows?|doors?|kiss|press|toast|polish|horn|dressing|bean)"
    r"|english (?:breakfast|horn|muffin)|german (?:shepherd|measles)|russian (?:roulette|doll|salad|dressing)"
    r"|indian (?:ink|summer|file)|turkish (?:bath|delight|towel|coffee)|spanish (?:fly|omelette)"
    r"|swiss (?:chard|roll|cheese|army)|danish pastr|dutch (?:oven|courage|door|elm|cap)|irish (?:coffee|stew)"
    r"|persian (?:cat|rug|carpet|blind)|arabic (?:numeral|figure)|canadian (?:bacon|canoe)|hungarian goulash"
    r"|afghan (?:hound|coat)|welsh (?:rabbit|rarebit)|(?:anti|pro|non|pan|ex|un)-?$"
)
"""Dishes and things that many dictionaries write small."""

_HOUSE_STYLE = frozenset(
    """the north south east west central northern southern eastern western sub-saharan south-east southeast north-east
    island islands party sea ocean gulf peninsula river valley region agreement treaty accord accords convention pact
    act law province county republic war front army forces""".split()
)
"""Words of names that many houses write small: "the Falkland islands", "central Asia", "the Labour party"."""

_LONGEST = 10
"""Words of the longest name that is looked for."""

_SMALL_WORDS = frozenset("a an and at by for from in of on or the to with".split())


def is_people(word: str) -> bool:
    """Whether a lower-case English word names a people or a language, or belongs to one: "french", "germans"."""
    return word in PEOPLES or (word.endswith("s") and word[:-1] in PEOPLES and not word.endswith("ss"))


def is_common_phrase(text: str) -> bool:
    """Whether a text that begins with such a word is the name of a thing that may be written small: "french fries"."""
    return _COMMON.match(text.lower()) is not None


@cache
def _bodies() -> Mapping[str, tuple[str, ...]]:
    """The English names of two words or more with capitals, by folded French name."""
    found: dict[str, tuple[str, ...]] = {}
    for body in tables.organisations():
        if body.french_expansion and body.english_expansion and _is_name(body.english_expansion):
            found[fold(body.french_expansion)] = (body.english_expansion,)
    for french, english in tables.exonyms().items():
        names = tuple(name for name in english if _is_name(name))
        if names:
            found[fold(french)] = names
    return MappingProxyType(found)


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) > 1 and all(word[:1].isupper() or word in _SMALL_WORDS for word in words)


def _said(french: str) -> Iterator[str]:
    """The folded French names of bodies and countries that a text has, each once."""
    text = fold(french)
    words = [match.span() for match in re.finditer(r"\w+", text)]
    found = (
        text[start : words[last][1]]
        for first, (start, _) in enumerate(words)
        for last in range(first, min(first + _LONGEST, len(words)))
    )
    return (name for name in dict.fromkeys(found) if name in _bodies())


def half_capitals(french: str, english: str) -> Iterator[tuple[int, int, str]]:
    """Names of bodies and countries, known from the French, of which a word lost its capital: place, right name."""
    for said in _said(french):
        for name in _bodies()[said]:
            for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", english, re.I):
                words = zip(match[0].split(), name.split(), strict=True)
                wrong = [a.lower() for a, b in words if a[:1].islower() and b[:1].isupper()]
                if wrong and not _HOUSE_STYLE.issuperset(wrong):
                    yield match.start(), match.end(), name
