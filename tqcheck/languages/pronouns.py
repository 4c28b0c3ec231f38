"""Third-person pronouns of French and English: which there are, which « il » is nobody, which answers which."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from tqcheck.model import Pair, Segment, Token

SUBJECTS = ("nsubj", "nsubj:pass", "nsubjpass", "expl:subj", "csubj")
_ENGLISH_GENDER = {
    "he": "Masc", "him": "Masc", "himself": "Masc", "his": "Masc",
    "she": "Fem", "her": "Fem", "herself": "Fem", "hers": "Fem",
    "it": "Neut", "itself": "Neut", "its": "Neut",
}  # fmt: skip
_IMPERSONAL_ALWAYS = frozenset("falloir pleuvoir neiger agir ensuivre advenir incomber".split())
_IMPERSONAL_WITH_A_CLAUSE = frozenset(
    "sembler paraître arriver résulter apparaître ressortir découler importer suffire convenir convier plaire "
    "appartenir".split()
)
"""« convier » stands here because the lemma tables take « il convient » for it."""
_IMPERSONAL_PASSIVE = frozenset(
    """avérer trouver pouvoir dire prévoir décider interdire conseiller recommander demander suggérer supposer admettre
    noter entendre permettre estimer proposer établir prouver signaler indiquer préciser reprocher rappeler""".split()
)
_IMPERSONAL_BEFORE_A_NOUN = frozenset("exister rester manquer arriver survenir subsister régner".split())
_IMPERSONAL_ADJECTIVES = frozenset(
    """possible impossible important nécessaire essentiel difficile facile évident clair vrai probable improbable
    indispensable utile inutile intéressant souhaitable préférable regrettable urgent normal logique rare bon mauvais
    triste dommage étonnant surprenant fréquent vital crucial primordial capital opportun prématuré raisonnable juste
    injuste faux inacceptable acceptable aisé tentant permis interdit prévu prouvé établi certain exclu hors naturel
    inévitable fondamental impératif dangereux frappant concevable inconcevable pensable impensable légitime
    compréhensible incompréhensible significatif encourageant décevant convenu entendu recommandé conseillé douteux
    demandé décidé dit suggéré admis noté estimé proposé rappelé précisé honteux choquant bizarre curieux étrange
    agréable pénible courant habituel question notoire patent scandaleux absurde ridicule simple compliqué
    peu""".split()
)
_WEATHER = frozenset("beau chaud froid nuit jour noir sombre bon mauvais frais doux soleil temps vent".split())
_MARKS = frozenset('« » “ ” "'.split())
_CLOSING = _MARKS | {",", "–", "—"}
_HOURS = frozenset("heure midi minuit temps tard tôt question".split())


@dataclass(frozen=True, slots=True)
class Answer:
    """An English pronoun and the French one it stands for.

    ``sure`` where nothing else could be meant; ``linked`` where they, or their verbs, are linked words.
    """

    source: Token
    target: Token
    sure: bool
    linked: bool


def english_gender(token: Token) -> str | None:
    """Masc, Fem or Neut for he, she, it and their forms, None for any other word."""
    return _ENGLISH_GENDER.get(token.text.lower()) if token.text != "IT" else None


def is_possessive(token: Token) -> bool:
    """Whether an English form of he, she or it stands before what is possessed."""
    word = token.text.lower()
    return word in ("his", "its") or (word == "her" and token.dep == "poss")


def french_form(token: Token) -> str:
    """The pronoun in lower case, without the hyphens of an inversion."""
    word = token.text.lower().replace("’", "'").lstrip("-")
    return word.removeprefix("t-")


def french_subjects(segment: Segment) -> tuple[Token, ...]:
    """Every il and elle (and their inversions) that is a subject, in text order; impersonal ones too."""
    return tuple(
        token for token in segment.tokens
        if french_form(token) in ("il", "elle") and token.pos == "PRON" and not is_disjunctive(segment, token)
    )  # fmt: skip


def is_disjunctive(segment: Segment, token: Token) -> bool:
    """« avec elle », « lui-même », « plus que lui »: not the subject of a verb and not an object before it."""
    form = french_form(token)
    if form not in ("elle", "lui"):
        return False
    before, after = segment.token(token.index - 1), segment.token(token.index + 1)
    if after is not None and french_form(after) in ("même", "-même"):
        return True
    if before is not None and before.pos == "ADP" and french_form(before) not in ("après", "malgré"):
        return True
    return (
        form == "lui"
        and before is not None
        and french_form(before) in ("que", "qu'", "et", "est")
        and token.dep != "iobj"
    )


def is_reporting(segment: Segment, pronoun: Token) -> bool:
    """Whether an inverted pronoun is whoever said what is quoted before: « … », prévient-il."""
    verb = segment.token(pronoun.index - 1)
    if verb is not None and verb.text.strip("-") == "t":  # « a-t-il », « ajoute-t-elle »
        verb = segment.token(verb.index - 1)
    if not pronoun.text.startswith("-") or verb is None or verb.pos not in ("VERB", "AUX"):
        return False
    before = [token.text for token in segment.tokens if token.index < verb.index]
    if before and before[-1].lower() in ("a", "avait"):  # « a-t-il dit » has its pronoun behind the auxiliary
        before.pop()
    return bool(before) and before[-1] in _CLOSING and any(mark in _MARKS for mark in before)


def infinitive(verb: Token) -> str:
    """The infinitive of a verb; the lemma tables leave forms such as « donne » and « montre » as they are."""
    lemma = verb.lemma.lower()
    finite = verb.feature("VerbForm") == "Fin"
    if finite and lemma.endswith("e") and (not lemma.endswith("re") or lemma == verb.text.lower()):
        return f"{lemma}r"
    return lemma


def governor(segment: Segment, pronoun: Token) -> Token | None:
    """The predicate of a subject; the « -t » of « a-t-il » is none."""
    head = segment.head(pronoun)
    return segment.head(head) if head is not None and head.text == "-t" else head


def resumed(segment: Segment, pronoun: Token) -> Token | None:
    """The subject that an inverted pronoun doubles: « cela » in « cela continuera-t-il ? », else None."""
    head = governor(segment, pronoun)
    if head is None or not pronoun.text.startswith(("-", "‑", "‐")):
        return None
    subjects = (t for t in segment.children(head) if t.dep in SUBJECTS and t.index < pronoun.index)
    return next(
        (t for t in subjects if t.pos in ("NOUN", "PROPN") or french_form(t) in ("cela", "ça", "ceci", "tout")), None
    )


def is_impersonal(segment: Segment, pronoun: Token) -> bool:
    """Whether an « il » stands for nobody: il faut, il y a, il s'agit, il est possible que, il pleut."""
    if french_form(pronoun) != "il":
        return False
    if _there_is(segment, pronoun):
        return True
    head = governor(segment, pronoun)
    if head is None:
        return False
    doubled = resumed(segment, pronoun)
    if doubled is not None:
        return doubled.pos == "PRON"
    children = segment.children(head)
    word = infinitive(head)
    infinitives = {c.lemma.lower() for c in children if c.dep in ("xcomp", "ccomp") and c.feature("VerbForm") == "Inf"}
    verbs = {word} | infinitives
    before = [french_form(t) for t in segment.tokens if head.index - 6 <= t.index < head.index]
    if verbs & _IMPERSONAL_ALWAYS and ("agir" not in verbs or {"s'", "se"} & set(before)):
        return True
    after = [child for child in children if child.index > head.index]
    if word == "faire":
        return any(child.lemma.lower() in _WEATHER for child in after)
    words_after = {t.lemma.lower() for t in after} | ({word} if any(c.dep == "cop" for c in children) else set())
    if word == "être" or any(child.dep == "cop" for child in children):
        if words_after & _HOURS:
            return True
        compared = bool({"plus", "moins", "aussi", "si"} & set(before))
        return bool(words_after & _IMPERSONAL_ADJECTIVES) and _clause_follows(segment, head, que=not compared)
    passive = any(child.dep in ("aux:pass", "expl:comp", "expl:pass") for child in children)
    if word in _IMPERSONAL_WITH_A_CLAUSE or (word in _IMPERSONAL_PASSIVE and passive):
        return _clause_follows(segment, head, que=True, de=word not in ("pouvoir", "décider"))
    bare = (c for c in after if c.pos == "NOUN" and c.dep in ("obj", "nsubj", "xcomp", "obl:arg"))
    return word in _IMPERSONAL_BEFORE_A_NOUN and any(
        all(grandchild.dep != "case" for grandchild in segment.children(noun)) for noun in bare
    )


def _there_is(segment: Segment, pronoun: Token) -> bool:
    """Whether « y » stands beside « il » and « avoir » is near: il y a, il n'y avait, y a-t-il, il va y avoir."""
    near = [t for t in segment.tokens if -4 <= t.index - pronoun.index <= 5]
    having = any(t.lemma.lower() == "avoir" and t.pos in ("VERB", "AUX") for t in near)
    return having and any(french_form(t) in ("y", "n'y") and -3 <= t.index - pronoun.index <= 4 for t in near)


def _clause_follows(segment: Segment, head: Token, *, que: bool, de: bool = True) -> bool:
    """Whether « que » or « de » with an infinitive follows in the same sentence."""
    for token in segment.tokens:
        if token.index <= head.index:
            continue
        if token.text in (".", "!", "?", ";"):
            return False
        form = french_form(token)
        if que and form in ("que", "qu'") and token.index - head.index < 6:
            return True
        if de and form in ("de", "d'"):
            following = (segment.token(token.index + step) for step in range(1, 5))
            if any(t is not None and t.feature("VerbForm") == "Inf" for t in following):
                return True
    return False


def answers(pair: Pair) -> tuple[Answer, ...]:
    """Which French « il » or « elle » every he, she or it that is a subject stands for.

    Word links count first, then that the verbs of the two are linked, then the order in the sentence: the pronouns are
    paired in order so that the sum is greatest. One that has no likely counterpart stays out.
    """
    french = french_subjects(pair.source)
    english = tuple(
        t
        for t in pair.target.tokens
        if english_gender(t) and t.dep in SUBJECTS and t.text.lower() in ("he", "she", "it")
    )
    if not french or not english:
        return ()
    score = {(i, j): _affinity(pair, f, e) for (i, f), (j, e) in product(enumerate(french), enumerate(english))}
    best = _in_order(len(french), len(english), score)
    alone = len(french) == len(english) == 1
    return tuple(
        Answer(french[i], english[j], alone or score[i, j] > 1.5, _links(pair, french[i], english[j]) > 0)
        for i, j in best
    )


def _links(pair: Pair, french: Token, english: Token) -> int:
    """How many of the two are linked: the pronouns, their verbs."""
    french_verb, english_verb = governor(pair.source, french), pair.target.head(english)
    verbs = french_verb is not None and english_verb is not None and french_verb in pair.behind(english_verb)
    return int(french in pair.behind(english)) + int(verbs)


def _affinity(pair: Pair, french: Token, english: Token) -> float:
    def place(segment: Segment, token: Token) -> float:
        return (token.index - segment.tokens[0].index) / max(1, len(segment.tokens) - 1)

    score = 1.0 - 2.0 * abs(place(pair.source, french) - place(pair.target, english)) + _links(pair, french, english)
    if is_impersonal(pair.source, french):
        score += 0.3 if english_gender(english) == "Neut" else -0.6
    return score


def _in_order(rows: int, columns: int, score: dict[tuple[int, int], float]) -> Sequence[tuple[int, int]]:
    """The pairing without crossings whose scores add up highest; pairs below 0 are left out."""
    best: list[list[tuple[float, tuple[tuple[int, int], ...]]]] = [[(0.0, ())] * (columns + 1) for _ in range(rows + 1)]
    for i, j in product(range(rows), range(columns)):
        both = best[i][j]
        taken = (both[0] + score[i, j], (*both[1], (i, j)))
        best[i + 1][j + 1] = max(taken, best[i][j + 1], best[i + 1][j], key=lambda entry: entry[0])
    return best[rows][columns][1]


def possessives(pair: Pair) -> tuple[tuple[Token, Token], ...]:
    """Every his, her and its of a pair with the « son », « sa » or « ses » behind it, English first.

    They belong together where the nouns possessed are linked, where they are linked themselves and nothing speaks
    against it, or where each side has one only.
    """
    english = [token for token in pair.target.tokens if is_possessive(token)]
    french = [
        token for token in pair.source.tokens if token.text.lower() in ("son", "sa", "ses") and token.pos == "DET"
    ]
    found: dict[Token, Token] = {}
    for possessive in english:
        noun = pair.target.head(possessive)
        behind = () if noun is None else pair.behind(noun)
        own = [f for f in french if pair.source.head(f) in behind]
        if not own and len(english) == len(french) == 1 and not any(t.pos == "NOUN" for t in behind):
            own = french
        if len(own) == 1 and own[0] not in found.values():
            found[possessive] = own[0]
    return tuple(found.items())
