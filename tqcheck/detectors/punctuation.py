"""A mark of punctuation that is lost, too many or another: a question told, a sentence without its end, a stray stop.

Why it matters
--------------
« Le ministre savait-il ? » as "The minister knew." turns a question into a claim. A sentence that ends in nothing
looks cut off, and a full stop in the middle of one stops the reader.

What it does not see
--------------------
Commas and semicolons where a sentence may have them, for the two languages set them by rules of their own; quotation
marks but for a lonely one (`quotation`); blanks around marks (`typography`); exclamation marks at the end, which French
is freer with. A pair of several sentences on either side is looked at only for strays and for its last mark.

When to ignore it
-----------------
Where an indirect question was made a direct one, or the other way round, on purpose: « Reste à savoir pourquoi. » as
"But why?".

Source
------
MQM, linguistic-conventions/punctuation; the Chicago Manual of Style, 6.12, 6.68 and 6.95.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from tqcheck.detector import Detector, Example, each_pair
from tqcheck.languages.en import ABBREVIATIONS
from tqcheck.languages.strays import strays
from tqcheck.model import Bitext, Finding, Pair, Span
from tqcheck.mqm import Category, Severity

_END = re.compile(r"([.!?…:;]+)[\s\u00a0\u202f»”’\"')\]*]*$")
_STRAY = re.compile(r"(?<=[a-z]{2})(?P<mark>[.?!])(?= [a-z]{2,}\b)")
_INNER = re.compile(r"[.!?;:…][»”\"]?\s+(?=\w)")
_INDIRECT = re.compile(
    r"\b(?:savoir|demand\w+|question\w*|pourquoi|comment|quand|combien|quels?|quelles?|interrog\w+|s'il|ignor\w+|sais|sait"
    r"|doute|dire|dites|dis|voulez|veux|pouvez|peux|pourr\w+|pourquoi|si)\b",
    re.I,
)
_ASKING = re.compile(
    r"\b(?:what|who|whom|whose|which|when|where|why|how|wonder\w*|ask\w*|question\w*|whether|know)\b", re.I
)
_INVERTED = re.compile(
    r"^[\"“‘'(\s]*(?:(?:and|but|so|then|now|yet|or)\b,? )?(?:is|are|was|were|do|does|did|has|have|had|can|could|will"
    r"|would|should|may|might|must)\b",
    re.I,
)
_RHETORICAL = re.compile(r"pourquoi pas|n['’]est-ce pas|n['’]est-il pas|,\s(?:non|hein|si|oui)\s?\?", re.I)
_LEAST_WORDS = 6
"""A line of fewer words may be a heading or a label, which end as their house likes."""

_NO_HEADING = 14
"""Words from which on a line is no heading, even where its article does not show how sentences end in it."""

_SHOWN = 3
"""So many other sentences show how they end in an article."""


def find(detector: Detector, bitext: Bitext, pair: Pair) -> Iterator[Finding]:
    """What the end of the English segment and the stops inside it have that the French has not."""
    french, english = _END.search(pair.source.text), _END.search(pair.target.text)
    if french is not None and _is_sentence(pair):
        if english is None and french[1] in (".", "?", "!"):
            yield from _unended(detector, bitext, pair, french[1])
        elif english is not None and len(pair.source.sentences) == len(pair.target.sentences) == 1:
            yield from _asked(detector, pair, french, english)
    yield from _strays(detector, pair)
    start = pair.target.span.start
    for stray in strays(pair.target.text, pair.source.text):
        yield detector.finding(
            pair, message=stray.why, confidence=0.85, target=Span(start + stray.start, start + stray.end)
        )


def _is_sentence(pair: Pair) -> bool:
    return all(sum(token.is_word for token in side.tokens) >= _LEAST_WORDS for side in (pair.source, pair.target))


def _unended(detector: Detector, bitext: Bitext, pair: Pair, mark: str) -> Iterator[Finding]:
    """A sentence that stops without a mark, in a text where sentences do not."""
    words = [token for token in pair.target.tokens if token.is_word]
    blocks, number = bitext.target.blocks, pair.target.block
    plain = number >= len(blocks) or blocks[number].kind in ("paragraph", "quotation")
    plain = plain and any(token.feature("VerbForm") == "Fin" for token in pair.target.tokens)  # else a title
    if plain and len(words) >= _shortest(bitext, pair) and pair.target.text.rstrip()[-1:].isalnum():
        yield detector.finding(
            pair,
            message=f'The sentence has no "{mark}" at its end, as the French has.',
            confidence=0.75,
            target=words[-1].span,
            suggestion=words[-1].text + mark,
        )


def _shortest(bitext: Bitext, pair: Pair) -> float:
    """The least words of a line that must end in a mark, by how the article's lines around it end."""
    others = [
        (abs(other.index - pair.index), _END.search(other.target.text) is not None)
        for other in bitext.pairs[max(0, pair.index - 20) : pair.index + 20]
        if other.document == pair.document and other.index != pair.index and _END.search(other.source.text)
    ]
    first = pair.index == 0 or bitext.pairs[pair.index - 1].document != pair.document
    if first and others:
        return math.inf  # a heading, more often than not
    if len(others) < _SHOWN:
        return _NO_HEADING if all(ended for _, ended in others) else math.inf
    kept = sum(ended for _, ended in others) >= 0.9 * len(others) and all(ended for far, ended in others if far <= 2)
    return _LEAST_WORDS if kept else math.inf


def _asked(detector: Detector, pair: Pair, french: re.Match[str], english: re.Match[str]) -> Iterator[Finding]:
    asked, asks = "?" in french[1], "?" in english[1]
    if asked == asks or "…" in french[1] + english[1] or ".." in french[1] + english[1]:
        return
    if {french[1], english[1]} != {".", "?"}:
        return
    told = pair.target.text
    if asks and (_INDIRECT.search(pair.source.text) or not _INVERTED.match(told)):
        return
    if asked and (_RHETORICAL.search(pair.source.text) or _ASKING.search(told) or re.search(r"[,;:–—]", told)):
        return
    start = pair.target.span.start + english.start(1)
    begin = pair.source.span.start + french.start(1)
    yield detector.finding(
        pair,
        message="The French asks, the English tells." if asked else "The English asks, the French tells.",
        confidence=0.85,
        severity=Severity.MAJOR,
        category=Category.MISTRANSLATION,
        source=Span(begin, begin + len(french[1])),
        target=Span(start, start + len(english[1])),
    )


def _strays(detector: Detector, pair: Pair) -> Iterator[Finding]:
    """Marks that end a sentence, with a small letter behind them."""
    text, start = pair.target.text, pair.target.span.start
    if len(_INNER.findall(text)) <= len(_INNER.findall(pair.source.text)):
        return
    for match in _STRAY.finditer(text):
        word = re.search(r"[\w.'’-]+$", text[max(0, match.start() - 60) : match.start()])
        if word is None or _may_end_in_stop(word[0]) or _is_quoted(text, match.start()):
            continue
        if re.search(r"\w[.?!]\s?[»”\"]?\s[a-zà-ÿ]", pair.source.text) or not match["mark"].strip():
            continue
        if match["mark"] != "." and match["mark"] in pair.source.text:
            continue
        yield detector.finding(
            pair,
            message=f'"{match["mark"]}" stands inside a sentence.',
            confidence=0.85,
            target=Span(start + match.start(), start + match.end()),
        )


def _may_end_in_stop(word: str) -> bool:
    return word.lower() in ABBREVIATIONS or "." in word or len(word) < 3 or word[0].isupper()


def _is_quoted(text: str, place: int) -> bool:
    """Whether a place lies between quotation marks, where a title or an exclamation may stand."""
    before = text[:place]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”") or before.count("(") > before.count(")")


DETECTOR = Detector(
    rule="punctuation",
    doc=__doc__,
    category=Category.PUNCTUATION,
    severity=Severity.MINOR,
    find=each_pair(find),
    examples=(
        Example("Le ministre savait-il que le pont était fermé ⟦?⟧", "The minister knew that the bridge was closed⟦.⟧"),
        Example("Le pont a été fermé lundi matin⟦.⟧", "Was the bridge closed on Monday morning⟦?⟧"),
        Example(
            "Le maire de la ville a fermé le vieux pont de pierre lundi matin à cause du vent.",
            "The mayor of the town closed the old stone bridge on Monday morning because of the ⟦wind⟧",
        ),
        Example("Le maire a fermé le pont lundi matin.", "The mayor⟦.⟧ closed the bridge on Monday morning."),
        Example("Le maire a promis de fermer le pont.", "The mayor promised to⟦;⟧ close the bridge."),
        Example("Le pont a été fermé lundi.", "The bridge⟦~⟧ was closed on Monday."),
        Example("Le pont est fermé ; il rouvrira mardi.", "The bridge is closed; it will reopen on Tuesday."),
        Example("Le ministre savait-il que le pont était fermé ?", "Did the minister know that the bridge was closed?"),
        Example("Reste à savoir qui a fermé le pont.", "But who closed the bridge?"),
        Example("Le maire ferme le pont", "Mayor closes bridge"),
        Example(
            "Le train part à 9 heures du matin de Lille.", "The train leaves Lille at 9 a.m. every day of the week."
        ),
        Example("« Vous partez ? » a-t-il demandé au maire.", '"Are you leaving?" he asked the mayor.'),
        Example("Il y avait du pain, du vin, etc. sur la table.", "There were bread, wine, etc. on the table."),
    ),
)
