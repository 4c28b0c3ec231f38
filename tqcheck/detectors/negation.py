"""A "not" that the French has and the English lost, or the other way round.

Why it matters
--------------
« Le groupe n'a pas été identifié » as "The group has been identified" says the opposite of what was written, reads
perfectly well, and no spelling checker will ever see it. Machines that translate lose negations most often in long
sentences, with « ne … plus », « ne … guère » and « ni », and where a third language stood in between.

What it does not see
--------------------
A verb that is not surely linked to its counterpart; a lost "without", "no" or "nobody" that denies no verb by itself;
questions; an "only" that is lost. Where a word near the verb could carry the denial ("few", "refuse", "unable"), or
where two denials stand in one clause, it stays silent: French and English often deny with different words.

When to ignore it
-----------------
Where the English says the same by its opposite in a way that the lists of denying words do not know: « il n'est pas
rare » as "it is common" is right.

Source
------
MQM, accuracy/mistranslation; the error kinds "negation" of DEMETR (Karpinska et al. 2022) and ACES (Amrhein et al.
2022); Grevisse and Goosse, Le bon usage, on « ne » with and without « pas ».
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.negations import Negation, content, denies_in_speech, is_condition_of_order, near, negations
from tqcheck.languages.polarity import NE, inverts, is_joint, is_negative, is_outright, may_deny
from tqcheck.languages.restrictions import Restriction, denied_instead
from tqcheck.languages.sides import Side, covered
from tqcheck.languages.verb_groups import affirmed, denied, predicated, text_of, verb_group
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

SURE, LIKELY = 0.9, 0.75
"""Confidence where the two verbs are linked, and where the English "not" only has nothing to answer to."""

LONGEST = 90
"""Words of a sentence beyond which too much may have moved for a judgement."""

LEAST_LINK = 0.6
"""Probability from which on a word link is taken as sure."""

LEAST_OWN = 0.5
"""Probability of a word link from which on a denying word is explained by the one that it translates."""

LEAST_WORDS = 8
"""Words of a French sentence from which on a "not" without a counterpart is judged by the rest of the sentence."""

LEAST_COVERED, WELL_COVERED = 0.4, 0.8
"""Share of sure links below which a translation is too free, and from which on no "not" can be without counterpart."""


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """Verbs that are denied on one side alone, and those that « ne … que » limits and the English denies."""
    if max(len(pair.source.tokens), len(pair.target.tokens)) > LONGEST or pair.target.text.rstrip().endswith("?"):
        return
    yield from (_limited(detector, pair, found) for found in denied_instead(pair))
    for side in (_Denied(pair, "fr"), _Denied(pair, "en")):
        found = negations(side.here, side.lang)
        if not found or (share := covered(pair, LEAST_LINK)) < LEAST_COVERED:
            continue
        for negation in found:
            verb, confidence = side.judge(negation, found, share)
            if confidence:
                if side.lang == "en":
                    yield _added(detector, pair, negation, verb, confidence)
                elif verb is not None:
                    yield _lost(detector, pair, negation, verb, confidence)


def _is_opposite(word: Token, lang: str) -> bool:
    return inverts(word, lang) or is_negative(word, lang)


class _Denied(Side):
    """The side whose negations are sought on the other one."""

    def judge(self, negation: Negation, found: tuple[Negation, ...], share: float) -> tuple[Token | None, float]:
        """What stands there for the denied verb, and how sure it is that it is not denied there (or 0)."""
        meant = content(self.here, negation.host)
        verb = None if meant is None else self._counterpart(meant)
        opposite = _is_opposite(meant or negation.host, self.lang) != (verb and _is_opposite(verb, self.other))
        if opposite or not self._is_plain(negation) or self._is_told_otherwise():
            return verb, 0.0
        strength = 0.0 if meant is None or verb is None else self.probability(meant, verb)
        if strength >= LEAST_LINK and verb is not None and self._reaches(negation):
            return verb, 0.0 if self._is_answered(negation, verb, found) else SURE
        unlikely = negation.scope is not None or meant is None or may_deny(meant, self.lang)
        long = sum(token.is_word for token in self.there.tokens) >= LEAST_WORDS
        if self.lang == "en" and not unlikely and long and (strength > 0 or share >= WELL_COVERED):
            return verb, LIKELY if self._nothing_denies(negation) else 0.0
        return verb, 0.0

    def _is_told_otherwise(self) -> bool:
        """Whether the French denies without « ne », as people speak, or the English makes an order a condition."""
        return denies_in_speech(self.pair.source) or is_condition_of_order(self.pair.source, self.pair.target)

    def _counterpart(self, meant: Token) -> Token | None:
        linked = self.across(meant)
        return next((t for kinds in (("VERB",), ("ADJ", "NOUN"), ("AUX",)) for t in linked if t.pos in kinds), None)

    def _reaches(self, negation: Negation) -> bool:
        """Whether the « toujours » that the negation may be confined to is there on the other side."""
        scope = negation.scope
        return scope is None or any(self.probability(scope, other) >= LEAST_LINK for other in self.across(scope))

    def _is_plain(self, negation: Negation) -> bool:
        """Whether the negation stands alone in its clause: two of them may say together what neither does."""
        close = near(self.here, negation.host, steps=2, words=2)
        return all(
            token.index not in close
            or token in negation.words
            or not (is_outright(token, self.lang) or inverts(token, self.lang))
            or any(is_outright(other, self.other) or inverts(other, self.other) for other in self.across(token))
            for token in self.here.tokens
        )

    def _is_answered(self, negation: Negation, verb: Token, found: tuple[Negation, ...]) -> bool:
        """Whether any word near ``verb`` could deny there, or an outright one elsewhere that answers nothing else."""
        close = near(self.there, verb)
        if any(other is not negation and other.host.lemma == negation.host.lemma for other in found):
            return True
        elsewhere = {t.index for other in found if other is not negation for t in (*other.words, other.host)}
        for token in self.there.tokens:
            if token.index in close:
                if self._denies(token, verb, negation, found):
                    return True
            elif is_outright(token, self.other) and not (token.text.lower() in NE and self._is_closed(token)):
                head = self.there.head(token)
                linked = {t.index for t in (*self.back(token), *(() if head is None else self.back(head)))}
                if not linked & elsewhere:
                    return True
        return False

    def _denies(self, token: Token, verb: Token, negation: Negation, found: tuple[Negation, ...]) -> bool:
        """Whether a word near ``verb`` may deny it: outright or by its meaning, and not for a word of its own here."""
        if is_outright(token, self.other):
            return not (token.text.lower() in NE and self._is_closed(token)) and not self._is_taken(
                token, negation, found
            )
        particle_of_verb = token.dep == "prt" and token.head == verb.index
        return may_deny(token, self.other) and not particle_of_verb and not self._has_its_own(token, negation)

    def _is_closed(self, ne: Token) -> bool:
        """Whether « ne » has a particle, which speaks for both."""
        head = self.there.head(ne)
        return head is not None and any(
            token is not ne and is_outright(token, self.other) for token in self.there.children(head)
        )

    def _nothing_denies(self, negation: Negation) -> bool:
        """Whether the other side has no word at all that could deny."""
        return not any(
            is_outright(token, self.other) or (may_deny(token, self.other) and not self._has_its_own(token, negation))
            for token in self.there.tokens
        )

    def _is_taken(self, token: Token, negation: Negation, found: tuple[Negation, ...]) -> bool:
        """Whether an outright denial renders another one of this side, and so does the word that it denies."""
        head = self.there.head(token)
        across = () if head is None else self.back(head)
        elsewhere = {word for other in found if other is not negation for word in other.words}
        return any(
            (own in elsewhere or (own.pos == "ADP" and is_outright(own, self.lang)))
            and self.probability(own, token) >= LEAST_OWN
            and (host := self.here.head(own)) is not None
            and host != negation.host
            and host in across
            for own in self.back(token)
        )

    def _has_its_own(self, token: Token, negation: Negation) -> bool:
        """Whether a word of the other side that may deny is there for one here that denies as much: « exclure »."""
        return any(
            may_deny(own, self.lang)
            and own not in negation.words
            and not is_joint(own, self.lang)
            and self.probability(own, token) >= LEAST_OWN
            for own in self.back(token)
        )


def _lost(detector: Detector, pair: Pair, negation: Negation, verb: Token, confidence: float) -> Finding:
    start = predicated(pair.target, verb)
    group = verb_group(pair.target, start, verb)
    place = Span(group[0].span.start, verb.span.end)
    english = text_of(pair.target, place)
    words = sorted((*negation.words, negation.host), key=lambda token: token.index)
    denial = " … ".join(token.text for token in negation.words)
    return detector.finding(
        pair,
        message=f"The French denies this (« {denial} » with « {negation.host.text} »); "
        f'the English "{english}" does not.',
        confidence=confidence,
        source=Span(words[0].span.start, words[-1].span.end),
        target=place,
        suggestion=denied(group, verb, negation.words[-1].text.lower(), english),
    )


def _added(detector: Detector, pair: Pair, negation: Negation, verb: Token | None, confidence: float) -> Finding:
    word, host = negation.words[0], negation.host
    meant = content(pair.target, host)
    if meant is not None and meant.pos in ("VERB", "ADJ") and word.index < meant.index <= word.index + 2:
        host = meant
    group = verb_group(pair.target, negation.host, max(host, word, key=lambda token: token.index))
    french = "nothing in the French does" if verb is None else f"the French does not deny « {verb.text} »"
    return detector.finding(
        pair,
        message=f'The English denies this with "{word.text}"; {french}.',
        confidence=confidence,
        source=pair.source.span if verb is None else verb.span,
        target=Span(group[0].span.start, group[-1].span.end),
        suggestion=affirmed(pair.target, group, host, word),
    )


def _limited(detector: Detector, pair: Pair, found: Restriction) -> Finding:
    group = verb_group(pair.target, found.verb, found.verb)
    rest = affirmed(pair.target, group, found.verb, found.denial) if found.denial in group else None
    return detector.finding(
        pair,
        message=f'« {found.ne.text} … {found.que.text} » says "only"; the English "{found.denial.text}" denies it.',
        confidence=SURE,
        source=Span(found.ne.span.start, found.que.span.end),
        target=Span(group[0].span.start, group[-1].span.end),
        suggestion=None if rest is None else f"{rest} only",
    )


DETECTOR = Detector(
    rule="negation",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Le suspect ⟦n'a pas été identifié⟧.", "The suspect ⟦has been identified⟧."),
        Example("Les députés ⟦ne voteront pas⟧ le texte mardi.", "Lawmakers ⟦will vote⟧ on the bill on Tuesday."),
        Example("Elle ⟦ne travaille plus⟧ à Lyon.", "She ⟦works⟧ in Lyon."),
        Example("Les blessés ne sont pas en danger.", "The injured ⟦are in danger⟧."),
        Example("Le ministre n'exclut pas une hausse.", "The minister ⟦rules⟧ out a rise."),
        Example("Aucun suspect n'a été arrêté.", "A suspect ⟦has been arrested⟧."),
        Example("Le ministre a ⟦signé⟧ l'accord.", "The minister ⟦did not sign⟧ the agreement."),
        Example("La centrale a été fermée hier.", "The plant ⟦was not closed⟧ yesterday."),
        Example(
            "Le pont n'a pas été réparé, mais la route a été rouverte.",
            "The bridge has not been repaired, but the road ⟦was not reopened⟧.",
        ),
        Example("Le bateau ⟦n'était assuré que⟧ pour la moitié.", "The boat ⟦was not insured⟧ for half of it."),
        Example("Le suspect n'a pas été identifié.", "The suspect has not been identified."),
        Example("Le suspect n'a pas été identifié.", "The suspect remains unidentified."),
        Example("Le suspect n'a pas encore été identifié.", "The suspect has yet to be identified."),
        Example("Il n'a vendu que trois voitures.", "He sold three cars."),
        Example("Il n'a vendu que trois voitures.", "He did not sell more than three cars."),
        Example("Le musée n'ouvre que lundi.", "The museum does not open until Monday."),
        Example("Elle ne travaille plus à Lyon.", "She has stopped working in Lyon."),
        Example("Il ignore la réponse.", "He does not know the answer."),
        Example("Rien ne va.", "Nothing is going right."),
        Example("Ne bouge pas, il te verra.", "If you move, he will see you."),
        Example("N'oubliez pas vos papiers.", "Remember your papers."),
    ),
)
