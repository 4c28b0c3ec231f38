"""Realistic errors of a translation: functions that look at a right pair and propose changes of its English.

Each takes a `Scene` (an annotated and linked pair, what the other pairs lend, a random generator) and gives an `Edit`
or None where the sentence has no place for it. They propose; `generate.py` chooses, and writes down what became of
which words.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tqcheck.align.lexicon import Lexicon, normalise_word
from tqcheck.model import Pair, Token

CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV", "PROPN", "NUM"})


@dataclass(frozen=True)
class Edit:
    """Replace ``start`` to ``end`` of the English (offsets of the pair's side) by ``text``.

    ``left_out``: token numbers of the French that nothing renders any more; ``wrong``: those that the new words render
    wrongly. Both are 'not equivalent'; who asks for omissions wants the first alone.
    """

    start: int
    end: int
    text: str
    kind: str
    left_out: frozenset[int] = frozenset()
    wrong: frozenset[int] = frozenset()


@dataclass
class Lender:
    """What other pairs lend: names by kind, phrases, whole sentences, forms of verbs."""

    names: dict[str, list[str]] = field(default_factory=dict)
    phrases: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    nouns: dict[str, list[str]] = field(default_factory=dict)
    verbs: dict[tuple[str, str], str] = field(default_factory=dict)
    antonyms: dict[str, list[str]] = field(default_factory=dict)
    foreign: list[str] = field(default_factory=list)
    false_friends: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Scene:
    pair: Pair
    lender: Lender
    lexicon: Lexicon
    chance: random.Random

    @property
    def words(self) -> list[Token]:
        return [token for token in self.pair.target.tokens if token.is_word]

    def pick(self, tokens: Sequence[Token]) -> Token | None:
        return self.chance.choice(tokens) if tokens else None

    def behind(self, tokens: Sequence[Token]) -> frozenset[int]:
        """The numbers of the French words that only ``tokens`` render."""
        own = {token.index for token in tokens}
        others = {link.source for link in self.pair.links if link.target not in own}
        return frozenset(link.source for link in self.pair.links if link.target in own) - others

    def swap(self, token: Token, text: str, kind: str) -> Edit | None:
        """Another word in place of one, with its capital."""
        if text.casefold() == token.text.casefold() or not text:
            return None
        if token.text[:1].isupper():
            text = text[:1].upper() + text[1:]
        start = token.span.start - self.pair.target.span.start
        return Edit(start, start + token.span.length, text, kind, wrong=self.behind([token]))

    def drop(self, tokens: Sequence[Token], kind: str) -> Edit:
        """Words in a row taken out, with one of the blanks around them."""
        offset, text = self.pair.target.span.start, self.pair.target.text
        start, end = tokens[0].span.start - offset, tokens[-1].span.end - offset
        if start > 0 and text[start - 1] == " ":
            start -= 1
        elif text[end : end + 1] == " ":
            end += 1
        return Edit(start, end, "", kind, left_out=self.behind(tokens))

    def insert(self, after: Token, text: str, kind: str) -> Edit:
        place = after.span.end - self.pair.target.span.start
        return Edit(place, place, text, kind)


Propose = Callable[[Scene], Edit | None]


def antonym(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.text.lower() in scene.lender.antonyms])
    return token and scene.swap(token, scene.chance.choice(scene.lender.antonyms[token.text.lower()]), "antonym")


def negation(scene: Scene) -> Edit | None:
    """Take a "not" out, or put one behind an auxiliary."""
    there = [t for t in scene.words if t.text.lower() in ("not", "n't", "never", "no")]
    if there:
        return scene.drop([scene.chance.choice(there)], "negation")
    token = scene.pick([t for t in scene.words if t.pos == "AUX"])
    return token and scene.insert(token, " not", "negation")


def number(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if any(c.isdigit() for c in t.text)])
    if token is None:
        return None
    places = [i for i, c in enumerate(token.text) if c.isdigit()]
    place = scene.chance.choice(places)
    digit = scene.chance.choice([d for d in "123456789" if d != token.text[place]])
    return scene.swap(token, token.text[:place] + digit + token.text[place + 1 :], "number")


def name(scene: Scene) -> Edit | None:
    """A name replaced by one of its kind."""
    token = scene.pick([t for t in scene.words if t.pos == "PROPN" and scene.lender.names.get(t.entity)])
    return token and scene.swap(token, scene.chance.choice(scene.lender.names[token.entity]), "name")


def entities(scene: Scene) -> Edit | None:
    """Two names of the sentence change places."""
    found = [t for t in scene.words if t.pos == "PROPN" and t.entity]
    alike = [(a, b) for i, a in enumerate(found) for b in found[i + 1 :] if a.entity == b.entity and a.text != b.text]
    if not alike:
        return None
    one, other = scene.chance.choice(alike)
    offset = scene.pair.target.span.start
    between = scene.pair.target.text[one.span.end - offset : other.span.start - offset]
    text = f"{other.text}{between}{one.text}"
    wrong = scene.behind([one]) | scene.behind([other])
    return Edit(one.span.start - offset, other.span.end - offset, text, "entities", wrong=wrong)


def sense(scene: Scene) -> Edit | None:
    """Another rendering of the French word, from the lexicon: the wrong sense."""
    token = scene.pick([t for t in scene.words if t.pos in ("NOUN", "VERB", "ADJ", "ADV") and scene.pair.behind(t)])
    if token is None:
        return None
    source = scene.pair.behind(token)[0]
    known = {normalise_word(t.text) for t in scene.words} | {normalise_word(t.lemma) for t in scene.words}
    rows = scene.lexicon.forms.row(normalise_word(source.text))
    others = [word for word, (ahead, back) in rows.items() if ahead < 0.03 and back < 0.05 and word not in known]
    others = [word for word in others if word.isalpha() and len(word) > 2 and word[:4] != token.text.lower()[:4]]
    return scene.swap(token, scene.chance.choice(others), "sense") if others else None


def other_word(scene: Scene) -> Edit | None:
    """Any other word of the same kind and form: nonsense, as machines make it of rare words."""
    token = scene.pick([t for t in scene.words if t.pos in ("NOUN", "VERB", "ADJ", "ADV")])
    if token is None:
        return None
    pool = scene.lender.nouns.get(f"{token.pos} {token.morph}", [])
    return scene.swap(token, scene.chance.choice(pool), "other-word") if len(pool) > 20 else None


def false_friend(scene: Scene) -> Edit | None:
    """The English word that looks like the French one."""
    found = [
        (target, scene.lender.false_friends[source.lemma.lower()])
        for target in scene.words
        for source in scene.pair.behind(target)
        if source.lemma.lower() in scene.lender.false_friends
    ]
    if not found:
        return None
    token, trap = scene.chance.choice(found)
    return scene.swap(token, trap, "false-friend")


def untranslated(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.pos in ("NOUN", "VERB", "ADJ", "ADV") and scene.pair.behind(t)])
    return token and scene.swap(token, scene.pair.behind(token)[0].text.lower(), "untranslated")


def third_language(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.pos in ("NOUN", "ADJ", "ADV")])
    return token and scene.swap(token, scene.chance.choice(scene.lender.foreign), "third-language")


_PRONOUNS = {
    "he": "she it they", "she": "he it they", "it": "he she they", "they": "he it we", "him": "her them",
    "we": "they you",
    "them": "him us it", "his": "her its their", "its": "his their", "their": "his its our", "our": "their your",
    "i": "he we you", "you": "he we they", "us": "them", "my": "his your", "your": "his my",
}  # fmt: skip


def pronoun(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.text.lower() in _PRONOUNS])
    return token and scene.swap(token, scene.chance.choice(_PRONOUNS[token.text.lower()].split()), "pronoun")


_AUXILIARIES = {
    "is": "was", "was": "is", "are": "were", "were": "are", "has": "had", "had": "has", "have": "had", "will": "would",
    "would": "will", "can": "could", "could": "can", "may": "must", "must": "may", "should": "will", "does": "did",
    "did": "does", "do": "did", "'s": "was", "am": "was",
}  # fmt: skip


def tense(scene: Scene) -> Edit | None:
    """The verb in another tense, or another modal."""
    found = [t for t in scene.words if t.text.lower() in _AUXILIARIES and t.pos == "AUX"]
    found += [t for t in scene.words if t.pos == "VERB" and t.feature("VerbForm") == "Fin"]
    token = scene.pick(found)
    if token is None:
        return None
    if token.pos == "AUX":
        return scene.swap(token, _AUXILIARIES[token.text.lower()], "tense")
    wanted = "Pres" if token.feature("Tense") == "Past" else "Past"
    form = scene.lender.verbs.get((token.lemma.lower(), wanted))
    return scene.swap(token, form, "tense") if form else None


_SMALL = "in on at to of for by with from about after before over under between through".split()


def small_word(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.text.lower() in _SMALL])
    return token and scene.swap(token, scene.chance.choice(_SMALL), "small-word")


def dropped_word(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.pos in CONTENT | {"PRON"}])
    return scene.drop([token], "dropped-word") if token and len(scene.words) > 2 else None


def phrases(pair: Pair, least: int, most: int) -> list[tuple[Token, ...]]:
    """Constituents of the English that are runs of words: prepositional phrases, clauses, modifiers."""
    found = []
    for token in pair.target.tokens:
        if token.dep in (
            "prep",
            "relcl",
            "advcl",
            "acl",
            "amod",
            "appos",
            "conj",
            "npadvmod",
            "advmod",
            "pcomp",
            "nmod",
        ):
            below = tuple(t for t in pair.target.subtree(token) if t.is_word or t.pos != "PUNCT")
            if below and least <= len(below) <= most and below[-1].index - below[0].index + 1 <= len(below) + 2:
                found.append(below)
    return found


def dropped_phrase(scene: Scene) -> Edit | None:
    found = [p for p in phrases(scene.pair, 2, 12) if len(p) < 0.7 * len(scene.words)]
    return scene.drop(scene.chance.choice(found), "dropped-phrase") if found else None


def cut_short(scene: Scene) -> Edit | None:
    """The end or the beginning of the sentence is missing."""
    words = scene.words
    if len(words) < 6:
        return None
    place = scene.chance.randrange(len(words) // 3, 1 + 2 * len(words) // 3)
    return scene.drop(words[place:] if scene.chance.random() < 0.7 else words[:place], "cut-short")


def added_phrase(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.pos in ("NOUN", "VERB", "PROPN")])
    return token and scene.insert(token, " " + scene.chance.choice(scene.lender.phrases), "added-phrase")


def added_word(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if t.pos == "NOUN"])
    pool = [w for key in scene.lender.nouns if key.startswith("ADJ") for w in scene.lender.nouns[key]]
    if token is None or not pool:
        return None
    place = token.span.start - scene.pair.target.span.start
    return Edit(place, place, scene.chance.choice(pool) + " ", "added-word")


def added_sentence(scene: Scene) -> Edit:
    text = " " + scene.chance.choice(scene.lender.sentences)
    place = len(scene.pair.target.text)
    return Edit(place, place, text, "added-sentence")


def unrelated(scene: Scene) -> Edit:
    """Another sentence altogether."""
    every = frozenset(t.index for t in scene.pair.source.tokens if t.is_word)
    text = scene.chance.choice(scene.lender.sentences)
    return Edit(0, len(scene.pair.target.text), text, "unrelated", left_out=every)


def word_order(scene: Scene) -> Edit | None:
    words = scene.words
    places = [i for i in range(len(words) - 1) if words[i + 1].span.start - words[i].span.end == 1]
    if not places:
        return None
    place = scene.chance.choice(places)
    one, other = words[place], words[place + 1]
    offset = scene.pair.target.span.start
    text = f"{other.text} {one.text}"
    return Edit(one.span.start - offset, other.span.end - offset, text, "word-order")


def repeated(scene: Scene) -> Edit | None:
    words = scene.words
    size = scene.chance.choice((1, 1, 2, 3))
    if len(words) < size:
        return None
    place = scene.chance.randrange(len(words) - size + 1)
    offset = scene.pair.target.span.start
    start, end = words[place].span.start - offset, words[place + size - 1].span.end - offset
    return Edit(end, end, " " + scene.pair.target.text[start:end], "repeated")


def misspelled(scene: Scene) -> Edit | None:
    token = scene.pick([t for t in scene.words if len(t.text) > 4 and t.text.isalpha()])
    if token is None:
        return None
    place = scene.chance.randrange(1, len(token.text) - 1)
    text, turn = token.text, scene.chance.random()
    if turn < 0.4:
        new = text[:place] + text[place + 1 :]
    elif turn < 0.8:
        new = text[:place] + text[place + 1] + text[place] + text[place + 2 :]
    else:
        new = text[:place] + text[place] + text[place:]
    return scene.swap(token, new, "misspelled")


EDITS: dict[str, tuple[Propose, float]] = {
    "antonym": (antonym, 1.0), "negation": (negation, 0.6), "number": (number, 0.5), "name": (name, 0.6),
    "entities": (entities, 0.3), "sense": (sense, 3.0), "other-word": (other_word, 1.0),
    "false-friend": (false_friend, 1.0),
    "untranslated": (untranslated, 0.6), "third-language": (third_language, 0.2), "pronoun": (pronoun, 0.8),
    "tense": (tense, 1.0), "small-word": (small_word, 0.6), "dropped-word": (dropped_word, 1.5),
    "dropped-phrase": (dropped_phrase, 2.0), "cut-short": (cut_short, 1.0), "added-phrase": (added_phrase, 1.5),
    "added-word": (added_word, 0.7), "added-sentence": (added_sentence, 0.4), "unrelated": (unrelated, 0.8),
    "word-order": (word_order, 0.6), "repeated": (repeated, 0.4), "misspelled": (misspelled, 0.8),
}  # fmt: skip
"""Kind -> the function and how often it is tried."""

LETTERS = re.compile(r"[^\W\d_]")
