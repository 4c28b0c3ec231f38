"""The engine recorded: translations read from a JSON file, made by an earlier run or by an outside service.

The format, ``tqcheck-recording/1``::

    {
      "schema": "tqcheck-recording/1",
      "engine": "who translated: a service and a date, or the identity of an engine",
      "directions": {
        "fr-en": {"Bonjour.": "Good morning."},
        "en-fr": {"Hello.": {"text": "Bonjour.", "pieces": ["▁Bonjour", "."], "log_probabilities": [-0.3, -0.1]}}
      }
    }

A text is found whatever its blanks and line breaks. Either direction may be left out. A text that a recorded direction
does not have is an error which names it: a report of half a recording would look like one of the whole.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from tqcheck.errors import Place, UserError
from tqcheck.model import Bitext, Translation
from tqcheck.translate.protocol import BACK, FORWARD, Direction, Progress, ScoredText, cannot_score, unsupported

NAME = "recorded"
SCHEMA = "tqcheck-recording/1"

_Texts = Mapping[str, Translation]


class Recorded:
    """An ``Engine`` that looks every text up. ``engine`` says who translated."""

    name = NAME
    can_score = False
    worth_caching = False

    def __init__(self, engine: str, directions: Mapping[Direction, _Texts], path: str) -> None:
        self._directions = {
            direction: {spelling(text): translation for text, translation in texts.items()}
            for direction, texts in directions.items()
        }
        self._path = path
        content = json.dumps([[*way, sorted(map(repr, texts.items()))] for way, texts in sorted(directions.items())])
        self.identity = f"{NAME}:{engine}+{hashlib.sha256(content.encode()).hexdigest()[:16]}"

    def supports(self, source: str, target: str) -> bool:
        return (source, target) in self._directions

    def translate(
        self, texts: Sequence[str], source: str, target: str, progress: Progress | None = None
    ) -> tuple[Translation, ...]:
        if not self.supports(source, target):
            raise unsupported(self, source, target)
        known = self._directions[source, target]
        absent = [text for text in map(spelling, texts) if text and text not in known]
        if absent:
            more = f", and of {len(absent) - 1} more" if len(absent) > 1 else ""
            raise UserError(
                f"the recording has no {source}-{target} translation of {_shortened(absent[0])}{more}",
                Place(self._path),
                "add it, or make the recording anew from these texts",
            )
        if progress is not None:
            progress(len(texts), len(texts))
        return tuple(
            Translation(found.text, self.identity, found.pieces, found.log_probabilities)
            for found in (known.get(spelling(text), _NOTHING) for text in texts)
        )

    def score(
        self,
        sources: Sequence[str],
        targets: Sequence[str],
        source: str,
        target: str,
        progress: Progress | None = None,
    ) -> tuple[ScoredText, ...]:
        raise cannot_score(self)


_FORMAT = "docs/engines.md has the format"
_NOTHING = Translation("", NAME)


def spelling(text: str) -> str:
    """A text as a recording knows it: one space for any blanks and line breaks."""
    return " ".join(text.split())


def _shortened(text: str, width: int = 60) -> str:
    return f"« {text if len(text) <= width else text[: width - 1] + '…'} »"


def read(path: Path) -> Recorded:
    """The engine of a recording. Raises UserError, with line and column where the file is no JSON."""
    try:
        text = path.read_text("utf-8-sig")
        content = json.loads(text)
    except json.JSONDecodeError as error:
        lines = text.splitlines()
        line = lines[error.lineno - 1] if error.lineno <= len(lines) else None
        raise UserError(f"not JSON: {error.msg}", Place(str(path), error.lineno, error.colno, line)) from error
    except (OSError, ValueError, RecursionError) as error:
        raise UserError(f"the recording cannot be read: {error}", Place(str(path))) from error
    if not isinstance(content, dict) or content.get("schema") != SCHEMA:
        found = content.get("schema") if isinstance(content, dict) else None
        raise UserError(f"not a recording: its schema is {found!r}, not {SCHEMA!r}", Place(str(path)), _FORMAT)
    directions = content.get("directions")
    if not isinstance(directions, dict):
        raise _malformed(path, '"directions" must be an object such as {"fr-en": {…}}')
    return Recorded(
        str(content.get("engine", "unnamed")),
        {_direction(key, path): _translations(key, texts, path) for key, texts in directions.items()},
        str(path),
    )


def _malformed(path: Path, message: str) -> UserError:
    return UserError(f"a fault in the recording: {message}", Place(str(path)), _FORMAT)


def _direction(key: str, path: Path) -> Direction:
    for direction in (FORWARD, BACK):
        if key == "-".join(direction):
            return direction
    raise _malformed(path, f"the direction {key!r} is neither fr-en nor en-fr")


def _translations(key: str, texts: object, path: Path) -> dict[str, Translation]:
    if not isinstance(texts, dict):
        raise _malformed(path, f'"{key}" must be an object from a text to its translation')
    return {text: _translation(text, value, path) for text, value in texts.items()}


def _translation(text: str, value: object, path: Path) -> Translation:
    if isinstance(value, str):
        return Translation(value, NAME)
    if not isinstance(value, dict) or not isinstance(value.get("text"), str):
        raise _malformed(path, f'the translation of {_shortened(text)} is neither a string nor an object with a "text"')
    pieces, numbers = value.get("pieces"), value.get("log_probabilities")
    if pieces is None and numbers is None:
        return Translation(value["text"], NAME)
    if not (
        isinstance(pieces, list)
        and isinstance(numbers, list)
        and len(pieces) == len(numbers)
        and all(isinstance(piece, str) for piece in pieces)
        and all(isinstance(number, int | float) for number in numbers)
    ):
        raise _malformed(path, f"the pieces of {_shortened(text)} do not go with its log_probabilities")
    return Translation(value["text"], NAME, tuple(pieces), tuple(map(float, numbers)))


def recording(bitext: Bitext) -> str:
    """The machine translations of a bitext as the text of a recording, which ``read`` takes.

    One line of JSON per text, in reading order: a diff shows which translations changed.
    """
    directions: dict[Direction, dict[str, Translation]] = {FORWARD: {}, BACK: {}}
    for pair in bitext.pairs:
        for direction, segment, made in ((FORWARD, pair.source, pair.forward), (BACK, pair.target, pair.back)):
            if made is not None and segment.text.strip():
                directions[direction][spelling(segment.text)] = made
    engines = sorted({made.engine for texts in directions.values() for made in texts.values()})
    parts = [f' "schema": {_json(SCHEMA)},\n "engine": {_json(" and ".join(engines) or "none")},\n "directions": {{\n']
    ways = []
    for direction, texts in directions.items():
        if texts:
            lines = ",\n".join(f"   {_json(text)}: {_json(_plain(made))}" for text, made in texts.items())
            ways.append(f'  "{"-".join(direction)}": {{\n{lines}\n  }}')
    return "{\n" + "".join(parts) + ",\n".join(ways) + "\n }\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _plain(made: Translation) -> object:
    if made.pieces is None or made.log_probabilities is None:
        return made.text
    return {"text": made.text, "pieces": made.pieces, "log_probabilities": made.log_probabilities}
