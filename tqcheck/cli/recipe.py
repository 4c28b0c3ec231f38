"""How a process of ``tqcheck batch`` makes what it checks pairs with, wherever it runs."""

from __future__ import annotations

import argparse
import copyreg
import traceback
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from tqcheck.cli import outputs
from tqcheck.cli.equipment import Equipment, work
from tqcheck.errors import UserError

if TYPE_CHECKING:
    from tqcheck.batch.checker import Checker
    from tqcheck.batch.lists import Job
    from tqcheck.batch.local import Attempt
    from tqcheck.batch.record import Row
    from tqcheck.batch.storage import Unwritable
    from tqcheck.config import Settings
    from tqcheck.render.look import Look


def _proxy(mapping: dict[object, object]) -> MappingProxyType[object, object]:
    return MappingProxyType(mapping)


copyreg.pickle(MappingProxyType, lambda mapping: (_proxy, (dict(mapping),)))  # settings travel to other processes


@dataclass(frozen=True)
class Recipe:
    """How a process makes what it checks pairs with; it travels to processes and machines as values."""

    options: argparse.Namespace
    settings: Settings
    today: date

    def checker(self) -> Checker:
        """A checker of its own, without models so far."""
        from dataclasses import replace

        from tqcheck.batch.checker import Checker, Pages
        from tqcheck.batch.storage import Storage

        self.options.no_results = True  # the folder of results is what is kept
        equipment = Equipment(self.options, lambda stage, done, total: None)
        task = work(self.options, self.settings, equipment)
        task = replace(task, today=self.today, stdin=None)
        return Checker(task, Storage(self.options.output), Pages(self.options.pages), self._look)

    def _look(self, name: str) -> Look:
        return outputs.look(self.options, name, to_file=True)

    def __call__(self) -> Attempt:
        return attempting(self.checker())


def attempting(checker: Checker) -> Attempt:
    """A check that always has a row: a fault of ours in one article is listed like a fault of its file."""
    from tqcheck.batch import record
    from tqcheck.batch.record import Kind
    from tqcheck.batch.storage import Unwritable

    def attempt(job: Job) -> Row | Unwritable:
        try:
            return checker.check(job)
        except Unwritable as error:
            return error
        except UserError as error:
            return record.unchecked(job, Kind.INPUT, str(error))
        except Exception:
            return record.unchecked(job, Kind.FAULT, traceback.format_exc())

    return attempt
