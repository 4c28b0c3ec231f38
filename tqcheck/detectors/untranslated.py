"""French left in the English: a word, a phrase or a whole passage.

Why it matters
--------------
"An accrochage with an armed group" tells an English reader nothing. Machines leave a word as it is where they do not
know it, people where they meant to come back to it.

What it does not see
--------------------
Words that are written alike in both languages ("commerce", "comment") and words that English has borrowed ("argot",
"boulevard"): they are known by a list and by how common they are in English text. Names of people, places and
organisations, words in quotation marks, italics or brackets, and words with an explanation behind them are left alone.

When to ignore it
-----------------
Where the French word is meant: an institution or a dish without an English name, a quotation kept on purpose.

Source
------
MQM, accuracy/untranslated; the error kind "codemix" of DEMETR (Karpinska et al. 2022). How common a word is in each
language: the wordfreq lists (Robyn Speer, 2022).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass

from tqcheck.detector import Detector, Example
from tqcheck.languages import loan_words, setting, tables
from tqcheck.languages.frequency import zipf
from tqcheck.languages.renderings import Renderings
from tqcheck.languages.spelling import fold
from tqcheck.model import Bitext, Finding, Pair, Span, Token
from tqcheck.mqm import Category, Severity

_ELIDED = re.compile(r"^(?:qu|lorsqu|jusqu|puisqu|[cdjlmnst])['’](?=\w\w)", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")

_FEWEST_WORDS = 5
_PARTICLES = frozenset("de du des la le les l d et à au aux en sur sous lès von van".split())
_ARTICLES = frozenset("le la les une des du au aux l' l’".split())
_LINKS = frozenset(
    "et que qui qu dans avec mais donc leur leurs nous vous ils elle elles est sont aux cette ces où".split()
)
"""French function words that are no English ones, and that names and phrases taken into English seldom have."""


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """Whole segments in French, then French words and runs of them."""
    words = {form for pair in bitext.pairs for token in pair.target.tokens if (form := _form(token))}
    words |= {fold(word) for word in words}
    known = _Known(zipf(words, "fr"), zipf(words, "en"))
    rendered = Renderings(bitext)
    for pair in bitext.pairs:
        if pair.target.text.strip() and pair.source.text.strip():
            yield from _in_pair(detector, rendered, pair, known)


@dataclass(frozen=True, slots=True)
class _Known:
    """The Zipf frequencies of the words of the English text in both languages."""

    french: Mapping[str, float]
    english: Mapping[str, float]

    def surplus(self, form: str) -> float:
        """How much commoner a word is in French, as a logarithm; 0 for a word that French does not have."""
        there = self.french.get(form, 0.0)
        return there - self.english.get(form, 0.0) if there else 0.0


def _form(token: Token) -> str:
    """The word in lower case without an elided article before it, "" where it is none."""
    word = _ELIDED.sub("", token.text).lower().replace("’", "'")
    return word if _WORD.fullmatch(word) else ""


def _in_pair(detector: Detector, rendered: Renderings, pair: Pair, known: _Known) -> Iterator[Finding]:
    behind = {fold(form): token for token in pair.source.tokens if (form := _form(token))}
    accepted = loan_words.accepted(pair.target.tokens)
    french = [t for t in pair.target.tokens if t.index not in accepted and _is_french(t, behind, known)]
    if _is_in_french(pair, known):
        yield _passage(detector, pair)
        return
    marked = {
        t.index for t in french if not (_is_part_of_name(pair, t, behind, known) or _is_in_phrase(pair, t, known))
    }
    for run in setting.runs(pair.target, _joined(pair, marked, known)):
        if not setting.is_set_off(pair.target, run[0], run[-1]):
            yield _run(detector, rendered, pair, run, behind, known)


def _is_in_french(pair: Pair, known: _Known) -> bool:
    """Whether two thirds of the English side's words, 5 at least, are commoner in French; names do not count for it."""
    tokens = [token for token in pair.target.tokens if _form(token)]
    french = [t for t in tokens if known.surplus(_form(t)) > 0.3 and not (t.text[0].isupper() and t is not tokens[0])]
    return len(tokens) >= _FEWEST_WORDS and 3 * len(french) >= 2 * len(tokens)


def _is_french(token: Token, behind: Mapping[str, Token], known: _Known) -> bool:
    """Whether a word is one of French and none of English, by how common it is in the two."""
    form = _form(token)
    if len(form) < 2 or not (token.text.islower() or token.text.istitle() or token.text == form.capitalize()):
        return False
    there, here, surplus = known.french.get(form, 0.0), known.english.get(form, 0.0), known.surplus(form)
    if fold(form) not in behind:
        return there >= 2.5 and here <= 2.6 and surplus >= 2.2
    if _ELIDED.match(token.text) and token.text.islower():
        return there >= 2.0
    if form in _LINKS:
        return surplus >= 2.0
    if not here:
        return there >= 2.0
    return surplus >= (1.8 if here <= 1.8 else 2.4) and here <= 3.2


def _is_part_of_name(pair: Pair, token: Token, behind: Mapping[str, Token], known: _Known) -> bool:
    """Whether a word has the capital of a name in mid-sentence, or stands beside one in a way that names do."""
    segment, form = pair.target, _form(token)
    if token.text[0].isupper():
        same = behind.get(fold(form))
        if token.index != segment.tokens[0].index or tables.given_name_gender(token.text) is not None:
            return True
        if same is not None and (same.pos == "PROPN" or known.french.get(form, 0.0) < 3.3):
            return True
        return same is not None and same.text[0].isupper() and same.index != pair.source.tokens[0].index
    after, before = segment.token(token.index + 1), segment.token(token.index - 1)
    while after is not None and (after.text.lower() in _PARTICLES or known.surplus(_form(after)) >= 0.5):
        if after.text[0].isupper():
            break
        after = segment.token(after.index + 1)
    if after is not None and after.text[:1].isupper() and not after.text.isupper():
        return True
    while before is not None and before.text.lower() in _PARTICLES:
        before = segment.token(before.index - 1)
    if before is None or not before.text[:1].isupper() or form in _LINKS:
        return False
    head = before.text.lower()
    return known.surplus(head) >= 0.5 or known.english.get(head, 0.0) < 2.5


def _is_in_phrase(pair: Pair, token: Token, known: _Known) -> bool:
    """Whether a short French word stands among foreign ones: "mesdames et messieurs", "c'est la vie"."""
    if _form(token) not in _LINKS and not _ELIDED.match(token.text):
        return False
    beside = (pair.target.token(token.index - 1), pair.target.token(token.index + 1))
    forms = [_form(other) for other in beside if other is not None and other.text.isalpha()]
    if "al" in forms:
        return True
    return any(known.english.get(form, 0.0) < 3.0 or known.surplus(form) >= 1.0 for form in forms)


def _joined(pair: Pair, marked: Set[int], known: _Known) -> frozenset[int]:
    """The marked words that stand alone, or are hyphenated with French ones, and the articles before them."""
    joined: set[int] = set()
    for token in reversed(pair.target.tokens):
        if token.index in marked:
            parts = [part for part in setting.compound(pair.target, token) if part.is_word]
            if all(p.index in marked or (p.text.islower() and known.surplus(_form(p)) > 0.3) for p in parts):
                joined.update(range(parts[0].index, parts[-1].index + 1))
        elif token.text in _ARTICLES and token.index + 1 in joined:
            joined.add(token.index)
    return frozenset(joined)


def _passage(detector: Detector, pair: Pair) -> Finding:
    return detector.finding(
        pair,
        message="This passage was left in French.",
        confidence=0.95,
        source=pair.source.span,
        target=pair.target.span,
    )


def _run(
    detector: Detector,
    rendered: Renderings,
    pair: Pair,
    run: tuple[Token, ...],
    behind: Mapping[str, Token],
    known: _Known,
) -> Finding:
    span = Span(run[0].span.start, run[-1].span.end)
    start = pair.target.span.start
    text = pair.target.text[span.start - start : span.end - start]
    own = [behind[fold(_form(token))] for token in run if fold(_form(token)) in behind]
    evidence = [f"It stands in the French of the same sentence as « {own[0].text} »."] if own else []
    return detector.finding(
        pair,
        message=f'"{text}" is French and was left untranslated.',
        confidence=0.9 if own else 0.8,
        source=Span(own[0].span.start, own[0].span.end) if own else None,
        target=span,
        suggestion=_suggestion(rendered, pair, run, own, known),
        evidence=evidence,
    )


def _suggestion(
    rendered: Renderings, pair: Pair, run: tuple[Token, ...], own: list[Token], known: _Known
) -> str | None:
    """The English word that lacks only the accents, or the one that renders the French word elsewhere."""
    if len(run) != 1 or len(own) != 1 or _ELIDED.match(run[0].text):
        return None
    plain = fold(run[0].text)
    if plain != run[0].text.lower() and known.english.get(plain, 0.0) >= 3.0 and known.surplus(plain) < 0:
        return plain.capitalize() if run[0].text[0].isupper() else plain
    return rendered.elsewhere(pair, own[0])


DETECTOR = Detector(
    rule="untranslated",
    doc=__doc__,
    category=Category.UNTRANSLATED,
    severity=Severity.MAJOR,
    find=find,
    examples=(
        Example("Un ⟦éboulement⟧ a coupé la route.", "An ⟦éboulement⟧ has cut off the road."),
        Example("Les ⟦syndicats⟧ appellent à la grève.", "The ⟦syndicats⟧ are calling a strike."),
        Example("L'usine emploie 300 ouvriers qualifiés.", "The plant employs 300 ⟦ouvriers qualifiés⟧."),
        Example("Le maire a également porté plainte.", "The mayor has ⟦également⟧ filed a complaint."),
        Example(
            "Les pompiers ont mis trois heures à maîtriser le feu dans la forêt.",
            "⟦Les pompiers ont mis trois heures à maîtriser le feu dans la forêt.⟧",
        ),
        Example("Les évaluations ont commencé.", "The ⟦évaluations⟧ have begun."),
        Example("Le coup d'État a échoué.", "The coup d'état failed."),
        Example("Le restaurant a fermé.", "The restaurant has closed."),
        Example("Le Rassemblement national a voté contre.", "The Rassemblement national voted against."),
        Example("Il vit en Meurthe-et-Moselle.", "He lives in Meurthe-et-Moselle."),
        Example("Elle publie « Les années perdues ».", 'She is publishing "Les années perdues".'),
        Example("Il a comparu devant le tribunal.", "He appeared before the court (tribunal correctionnel)."),
        Example("Il habite rue de Rivoli.", "He lives on the rue de Rivoli."),
        Example("Une attente interminable.", "An interminable wait."),
    ),
)
