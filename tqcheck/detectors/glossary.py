"""A term of the desk's glossary that is not what the glossary says, or one that it forbids.

Why it matters
--------------
A desk decides once what « garde à vue » is in English and what it is never, and readers of all its articles learn the
word. A translator who does not know the list, or a machine, takes another one, and it looks like another thing.

What it does not see
--------------------
Terms in other words: it knows the forms of the words that the glossary has and no synonyms. Where an allowed term
stands anywhere in the pair, or in the pair beside it, every occurrence of the French term is content. The last word of
a term that stood in full shortly before is let pass ("the force"), and so is the same in another part of speech
("investigated" for "investigation"). Of a term of one word that nothing in the English stands for, nothing is said. An
entry with capitals needs them in the text.

When to ignore it
-----------------
Where the French word is used in another sense than the glossary's: give the sense a longer term, or ignore the finding.
In a quotation, and in the name of a thing.

Source
------
The desk's own glossary (`glossaries` in the settings). MQM, terminology/wrong-term: "use of a term that it is not the
term a domain expert would use", inconsistent with the terminology resource that was given; ISO 17100, 5.3.1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tqcheck.detector import Detector, Example
from tqcheck.languages import glossaries, phrases
from tqcheck.languages.phrases import Found
from tqcheck.model import Bitext, Finding, GlossaryTerm, Pair, Span, Token
from tqcheck.mqm import Category, Severity

CONFIDENCE = {"forbidden": 0.95, "unchanged": 0.85, "other words": 0.8, "capitals": 0.9, "no words": 0.5}


def find(detector: Detector, bitext: Bitext) -> Iterator[Finding]:
    """The terms of the detector's glossary whose rendering is not an allowed one."""
    if not detector.glossary:
        return
    looked_for = glossaries.french(detector.glossary)
    for pair in bitext.pairs:
        if pair.source.text.strip() and pair.target.text.strip():
            for found in glossaries.occurrences(pair, looked_for):
                yield from _judged(detector, bitext, pair, found)


def _judged(detector: Detector, bitext: Bitext, pair: Pair, found: Found[GlossaryTerm]) -> Iterator[Finding]:
    term = found.entry
    allowed = [stood for name in term.allowed for stood in glossaries.in_english(name, pair, term)]
    forbidden = _forbidden(pair, found, allowed)
    if forbidden is not None:
        yield _finding(detector, pair, found, "forbidden", forbidden.tokens, Severity.MAJOR)
    elif not term.allowed or allowed or _beside(bitext, pair, term):
        return
    elif small := [s for name in term.allowed for s in glossaries.in_english(name, pair, term, capitals=False)]:
        yield _capitals(detector, pair, found, small[0])
    else:
        behind = glossaries.rendering(pair, found.tokens)
        if glossaries.shortened(bitext, pair, term, behind or pair.target.tokens):
            return
        if not term.unchanged and glossaries.reworded(found.tokens, term, behind or pair.target.tokens):
            return
        if not behind and len(phrases.words(term.french)) == 1:
            return  # a pronoun, or the sentence was built anew
        case = ("unchanged" if term.unchanged else "other words") if behind else "no words"
        yield _finding(detector, pair, found, case, behind, Severity.MINOR if behind else Severity.NEUTRAL)


def _forbidden(pair: Pair, found: Found[GlossaryTerm], allowed: Sequence[Found[str]]) -> Found[str] | None:
    """A forbidden term in the place of the French one: linked to it, or with nothing else that calls for it."""
    for name in found.entry.forbidden:
        for stood in glossaries.in_english(name, pair, found.entry):
            if any(other.span.contains(stood.span) for other in allowed):
                continue
            linked = glossaries.links_to(pair, found.tokens, stood.tokens)
            if linked or not (allowed or glossaries.belongs_elsewhere(pair, found.tokens, stood.tokens)):
                return stood
    return None


def _beside(bitext: Bitext, pair: Pair, term: GlossaryTerm) -> bool:
    """Whether a neighbour of the same article says the term in English without having it in French."""
    near = [bitext.pairs[at] for at in (pair.index - 1, pair.index + 1) if 0 <= at < len(bitext.pairs)]
    return any(
        other.document == pair.document
        and glossaries.says(term, other)
        and not phrases.stands(term.french, other.source, exact=term.unchanged)
        for other in near
    )


def _capitals(detector: Detector, pair: Pair, found: Found[GlossaryTerm], small: Found[str]) -> Finding:
    there = _words(small.span, pair)
    return detector.finding(
        pair,
        message=f'The glossary writes "{small.entry}" with capitals; the English has "{there}".{_note(found.entry)}',
        confidence=CONFIDENCE["capitals"],
        source=found.span,
        target=small.span,
        suggestion=small.entry,
        evidence=_evidence(found.entry),
        severity=Severity.MINOR,
    )


def _finding(
    detector: Detector,
    pair: Pair,
    found: Found[GlossaryTerm],
    case: str,
    english: Sequence[Token],
    severity: Severity,
) -> Finding:
    term = found.entry
    target, suggestion = None, None
    if english:
        target = Span(english[0].span.start, english[-1].span.end)
        if term.allowed:
            target, suggestion = glossaries.in_place_of(term.allowed[0], found.tokens, english, pair)
    there = "" if not english else _words(Span(english[0].span.start, english[-1].span.end), pair)
    start = pair.source.span.start
    said = pair.source.text[found.span.start - start : found.span.end - start]
    return detector.finding(
        pair,
        message=f"{_message(case, said, there, term)}{_note(term)}",
        confidence=CONFIDENCE[case],
        source=found.span,
        target=target,
        suggestion=suggestion,
        evidence=_evidence(term),
        severity=severity,
    )


def _message(case: str, said: str, there: str, term: GlossaryTerm) -> str:
    wanted = " or ".join(f'"{name}"' for name in term.allowed)
    if case == "forbidden":
        instead = f": {wanted}" if wanted else ""
        return f'The glossary forbids "{there}" for « {said} »{instead}.'
    if case == "unchanged":
        return f'« {said} » stays as it is in English, says the glossary; here it is "{there}".'
    if case == "other words":
        return f'The glossary has {wanted} for « {said} »; here it is "{there}".'
    kept = "stays as it is in English" if term.unchanged else f"is {wanted}"
    return f"« {said} » {kept}, says the glossary, and nothing like it stands here."


def _note(term: GlossaryTerm) -> str:
    return f" Note: {term.note.rstrip('.')}." if term.note else ""


def _evidence(term: GlossaryTerm) -> Sequence[str]:
    return (f"The entry stands at {term.place}.",) if term.place else ()


def _words(span: Span, pair: Pair) -> str:
    start = pair.target.span.start
    return pair.target.text[span.start - start : span.end - start]


_CUSTODY = GlossaryTerm("garde à vue", ("police custody",), ("detention", "custodial visit"), "before any charge")
_PREFECT = GlossaryTerm("préfet", ("prefect",), ("governor",))
_CHARGED = GlossaryTerm("mettre en examen", ("place under formal investigation",), ("indict",))
_SEALS = GlossaryTerm("garde des Sceaux", ("Justice Minister", "Minister of Justice"))
_PAPER = GlossaryTerm("Le Canard déchaîné", ("Le Canard déchaîné",), unchanged=True)
_VESTS = GlossaryTerm("gilets jaunes", ("gilets jaunes",), unchanged=True)

DETECTOR = Detector(
    rule="glossary",
    doc=__doc__,
    category=Category.TERMINOLOGY,
    severity=Severity.MINOR,
    find=find,
    examples=(
        Example(
            "Trois hommes ont été placés en ⟦garde à vue⟧ mardi.",
            "Three men were placed in ⟦detention⟧ on Tuesday.",
            glossary=(_CUSTODY,),
        ),
        Example(
            "Il a passé la nuit en ⟦garde à vue⟧.",
            "He spent the night in ⟦police detention⟧.",
            glossary=(GlossaryTerm("garde à vue", ("police custody",)),),
        ),
        Example(
            "Les ⟦préfets⟧ ont signé le décret.",
            "The ⟦governors⟧ signed the decree.",
            glossary=(_PREFECT,),
        ),
        Example(
            "Le ⟦préfet⟧ a signé le décret.",
            "The ⟦administrator⟧ signed the decree.",
            glossary=(_PREFECT,),
        ),
        Example(
            "La ⟦garde des Sceaux⟧ a démissionné.",
            "The ⟦justice minister⟧ resigned.",
            glossary=(_SEALS,),
        ),
        Example(
            "Les ⟦gilets jaunes⟧ ont bloqué le pont.",
            "The ⟦yellow vests⟧ blocked the bridge.",
            glossary=(_VESTS,),
        ),
        Example(
            "Sa garde à vue a été prolongée.",
            "His police custody was extended.",
            glossary=(_CUSTODY,),
        ),
        Example(
            "Les préfets ont été reçus à Paris.",
            "Prefects were received in Paris.",
            glossary=(_PREFECT,),
        ),
        Example(
            "Le ministre a été mis en examen vendredi.",
            "The minister was placed under formal investigation on Friday.",
            glossary=(_CHARGED,),
        ),
        Example(
            "Le ministre de la Justice et la garde des Sceaux d'hier se sont vus.",
            "The minister of justice and yesterday's Minister of Justice met.",
            glossary=(_SEALS,),
        ),
        Example(
            "Il garde à la main une vue de la mer.",
            "He keeps a view of the sea in his hand.",
            glossary=(_CUSTODY,),
        ),
        Example(
            "Le préfet a signé. Le préfet a parlé.",
            "The prefect signed. He spoke.",
            glossary=(_PREFECT,),
        ),
        Example(
            "Le Canard déchaîné publie une enquête.",
            "Le Canard déchaîné publishes an investigation.",
            glossary=(_PAPER,),
        ),
        Example(
            "La garde à vue et la détention provisoire sont deux choses.",
            "Police custody and pre-trial detention are two things.",
            glossary=(_CUSTODY,),
        ),
    ),
)
