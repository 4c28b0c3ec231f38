"""The nouns: plain frozen values that the stages hand to one another.

Every offset is a half-open range of code points of ``Document.text``, everywhere and always.
"""

from tqcheck.model.pairs import (
    FIRST_READING,
    Bitext,
    Contrast,
    Link,
    Pair,
    TextScores,
    Translation,
    WordDoubt,
    WordScore,
    WordTrial,
)
from tqcheck.model.reports import Desk, Failure, Finding, GlossaryTerm, PairScores, Report, Score, Suppression, Verdict
from tqcheck.model.texts import Anchor, Block, Comment, Document, Segment, Span, Token

__all__ = [
    "FIRST_READING",
    "Anchor",
    "Bitext",
    "Block",
    "Comment",
    "Contrast",
    "Desk",
    "Document",
    "Failure",
    "Finding",
    "GlossaryTerm",
    "Link",
    "Pair",
    "PairScores",
    "Report",
    "Score",
    "Segment",
    "Span",
    "Suppression",
    "TextScores",
    "Token",
    "Translation",
    "Verdict",
    "WordDoubt",
    "WordScore",
    "WordTrial",
]
