"""A bound, an exception or a day turned into its opposite, or a small word lost that changes everything.

Why it matters
--------------
"At the latest" for « au plus tôt », "including the coast" for « sauf le littoral », "the next day" for « la veille »:
good English, every name and figure right, and the news is wrong. A woman who « a failli se noyer » has not drowned.

What it does not see
--------------------
Bounds that are not in the tables; sentences in which either side has both ends, or a word that could say the right one;
sentences of over 400 characters.

When to ignore it
-----------------
Where the sentence was turned round on purpose: « pas avant 2027 » as "only after 2027" is left alone, other ways to
say it may not be.

Source
------
MQM, accuracy/mistranslation and accuracy/omission. The tables are our own.
"""

from __future__ import annotations

from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.limits import Lost, lost_words, turned_bounds
from tqcheck.languages.sides import covered
from tqcheck.languages.verb_groups import text_of
from tqcheck.model import Bitext, Finding, Pair, Token
from tqcheck.mqm import Category, Severity

REACH = 4
"""Words behind a small one among which is what it limits."""
LEAST_COVERED = 0.4
"""Share of words that must be linked in a translation that is close enough to be judged."""


def find(detector: Detector, _: Bitext, pair: Pair) -> Iterator[Finding]:
    """Bounds whose opposite stands in the English, and small words that nothing renders."""
    turned, lost = tuple(turned_bounds(pair)), tuple(lost_words(pair))
    if not (turned or lost) or covered(pair, 0.5) < LEAST_COVERED:
        return
    for bound in turned:
        yield detector.finding(
            pair,
            message=f'« {text_of(pair.source, bound.french)} » is "{bound.usual}", '
            f'not "{text_of(pair.target, bound.english)}".',
            confidence=0.9,
            source=bound.french,
            target=bound.english,
            suggestion=bound.usual,
        )
    for word in lost:
        english = _limited(pair, word)
        yield detector.finding(
            pair,
            message=f'« {text_of(pair.source, word.french)} » is lost: nothing in the English says "{word.meaning}".',
            confidence=0.9 if word.severity is Severity.MAJOR else 0.6,
            severity=word.severity,
            category=Category.OMISSION if english is None else Category.MISTRANSLATION,
            source=word.french,
            target=None if english is None else english.span,
            suggestion=None if english is None else f"{word.meaning} {english.text}",
        )


def _limited(pair: Pair, word: Lost) -> Token | None:
    """The English for the word behind a lost one: the "drowned" of « a failli se noyer »."""
    behind = [token for token in pair.source.tokens if token.span.start >= word.french.end][:REACH]
    following = next((token for token in behind if token.pos in ("VERB", "ADJ", "ADV", "NUM", "NOUN")), None)
    rendered = () if following is None else pair.rendered(following)
    return rendered[0] if len(rendered) == 1 else None


DETECTOR = Detector(
    rule="limit-mismatch",
    doc=__doc__,
    category=Category.MISTRANSLATION,
    severity=Severity.MAJOR,
    find=each_pair(find),
    examples=(
        Example("Les pluies cesseront dimanche ⟦au plus tôt⟧.", "The rain will stop on Sunday ⟦at the latest⟧."),
        Example("Tout le département est fermé, ⟦sauf⟧ la côte.", "The whole area is closed, ⟦including⟧ the coast."),
        Example("Son assureur l'avait appelée ⟦la veille⟧.", "Her insurer had called her ⟦the next day⟧."),
        Example("L'aide couvre ⟦jusqu'à 80⟧ % des pertes.", "The aid covers ⟦at least 80⟧% of losses."),
        Example("Les ventes sont ⟦deux fois moins⟧ fortes.", "Sales are ⟦twice as⟧ strong."),
        Example("⟦Plus de 300⟧ habitants ont été évacués.", "⟦Fewer than 300⟧ residents were evacuated."),
        Example("Une femme a ⟦failli⟧ se noyer dans sa cuisine.", "A woman ⟦drowned⟧ in her kitchen."),
        Example("Il avait ⟦à peine⟧ fini son discours.", "He had ⟦finished⟧ his speech."),
        Example("Les pluies cesseront dimanche au plus tôt.", "The rain will stop on Sunday at the earliest."),
        Example("Les travaux ne commenceront pas avant 2027.", "Work will only begin after 2027."),
        Example("Pas moins de 300 habitants ont été évacués.", "As many as 300 residents were evacuated."),
        Example("Tout est fermé, sauf la côte.", "Everything but the coast is closed, including the roads."),
        Example("Une femme a failli se noyer.", "A woman came close to drowning."),
        Example("Le service a failli à sa mission.", "The service failed in its mission."),
        Example("Il a vendu presque tous ses livres.", "He sold nearly all his books."),
        Example("L'aide va jusqu'à 80 % des pertes.", "The aid goes up to 80% of losses, or at least it should."),
    ),
)
