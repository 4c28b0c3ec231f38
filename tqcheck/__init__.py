"""tqcheck checks the English translation of a French article and says what is wrong, on the exact words.

>>> import tqcheck
>>> report = tqcheck.check("Il a douze ans.", "He is thirteen years old.")
>>> [(finding.rule, finding.suggestion) for finding in report.findings]
[('number-mismatch', 'twelve')]
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tqcheck.model import Report
    from tqcheck.pipeline import Tools

__version__ = "0.1.0"
__all__ = ["__version__", "check"]


def check(
    french: str | Path, english: str | Path | None = None, *, mt: str = "none", tools: Tools | None = None
) -> Report:
    """Check a translation; the same as the command ``tqcheck check``.

    ``french`` and ``english`` are texts, or paths of files; the path of a file of both languages stands alone.
    ``mt`` names an engine as ``--mt`` does. ``tools`` stand in place of the usual rules, models and engine.

    Raises `tqcheck.errors.UserError` where an input is wrong.
    """
    from tqcheck import pipeline, readers
    from tqcheck.errors import UserError
    from tqcheck.languages import identify

    paths = tuple(str(path) for path in (french, french if english is None else english) if isinstance(path, Path))
    if len(paths) == 2 and readers.are_aligned(*paths):
        pairs = readers.read_aligned(*paths)
        identify.verify(pairs.source, pairs.target)
        return pipeline.check_pairs(*pairs, tools or pipeline.usual_tools(mt))
    if english is None:
        raise UserError("there is no translation", hint="give both texts, or the Path of a file that holds both (.xlf)")
    source, target = (
        readers.read(str(given), lang) if isinstance(given, Path) else readers.read("-", lang, given.encode)
        for given, lang in ((french, "fr"), (english, "en"))
    )
    identify.verify(source, target)
    return pipeline.check_documents(source, target, tools or pipeline.usual_tools(mt))
