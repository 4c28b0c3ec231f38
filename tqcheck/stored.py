"""Long rows of values of which few are in memory: lines on disk, and views that make a value when it is asked for."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar, overload

from tqcheck.errors import UserError

Given = TypeVar("Given")
Made = TypeVar("Made")

IN_MEMORY = 1_000_000
"""Bytes of lines from which on they are on disk."""


class Lines(Sequence[Any]):
    """JSON values, a line each, in a nameless file of the system's temporary folder: gone with the process.

    Added once, read as often as wanted, not by two threads at once. Raises UserError where there is no room.
    """

    def __init__(self, values: Iterable[Any] = ()) -> None:
        self._file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed when nobody has these lines)
        self._starts = array("q", [0])
        self.extend(values)

    def extend(self, values: Iterable[Any]) -> None:
        """Add some values behind the others."""
        try:
            self._file.seek(self._starts[-1])
            for value in values:
                self._starts.append(self._starts[-1] + self._file.write(json.dumps(value).encode()))
            self._file.flush()
        except OSError as error:
            raise UserError(
                f"no room for the parts of a long text in the temporary folder: {error.strerror or error}",
                hint=f"1 kB a pair of sentences is needed in {tempfile.gettempdir()}; TMPDIR names another folder",
            ) from error

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __iter__(self) -> Iterator[Any]:
        return map(self.__getitem__, range(len(self)))

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Any, ...]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return tuple(map(self.__getitem__, range(*place.indices(len(self)))))
        number = range(len(self))[place]
        self._file.seek(self._starts[number])
        return json.loads(self._file.read(self._starts[number + 1] - self._starts[number]))


class View(Sequence[Made], Generic[Given, Made]):
    """What ``make`` makes of every one of ``given``, each time it is asked for. Equal to a tuple of the same."""

    def __init__(self, given: Sequence[Given], make: Callable[[Given], Made]) -> None:
        self._given = given
        self._make = make

    def __len__(self) -> int:
        return len(self._given)

    def __iter__(self) -> Iterator[Made]:
        return map(self._make, self._given)

    @overload
    def __getitem__(self, place: int) -> Made: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Made, ...]: ...
    def __getitem__(self, place: int | slice) -> Made | tuple[Made, ...]:
        if isinstance(place, slice):
            return tuple(map(self._make, self._given[place]))
        return self._make(self._given[place])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, (View, tuple)):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))

    def __hash__(self) -> int:
        return hash(tuple(self))
