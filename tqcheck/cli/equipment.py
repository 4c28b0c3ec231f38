"""What a check works with: settings from the file and the flags, rules, engines, models."""

from __future__ import annotations

import argparse
import hashlib
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqcheck.cli import environment
from tqcheck.cli.arguments import listed

if TYPE_CHECKING:
    from tqcheck.config import Settings
    from tqcheck.desk import Work
    from tqcheck.detector import Detector
    from tqcheck.model import GlossaryTerm
    from tqcheck.pipeline import Progress, Tools
    from tqcheck.translate import registry, scorers
    from tqcheck.translate.cache import Cache
    from tqcheck.translate.protocol import Engine


def add_settings(command: argparse.ArgumentParser) -> None:
    """The flags that stand over the settings' file."""
    command.add_argument(
        "--mt",
        metavar="ENGINE",
        help="machine translation: auto, none, firefox, opus-mt[:DIR], ctranslate2:DIR, recorded:FILE",
    )
    command.add_argument("--no-mt", action="store_true", help="the same as --mt none")
    command.add_argument(
        "--lm", metavar="MODEL", help="language model that judges words: auto, none, or a Gemma 3 by PATH or OWNER/NAME"
    )
    command.add_argument(
        "--lm-share",
        metavar="SHARE",
        type=float,
        help="the share of an article's pairs that it reads, those that are doubted most: 0.1 (1: all)",
    )
    command.add_argument("--only", metavar="RULE", action="append", help="run these rules alone (a,b or repeated)")
    command.add_argument("--disable", metavar="RULE", action="append", help="do not run these rules (a,b or repeated)")
    command.add_argument(
        "--glossary", metavar="FILE", action="append", help="a file of terms (.csv, .tsv, .tbx; .txt: not translated)"
    )
    command.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        help="lowest severity that fails the gate: minor, major, critical or never (major)",
    )
    command.add_argument(
        "--config", metavar="FILE", help="settings; else tqcheck.toml or [tool.tqcheck] in pyproject.toml"
    )


def settings(options: argparse.Namespace) -> Settings:
    """The settings of a run. Raises UserError."""
    from tqcheck import config
    from tqcheck.detectors import rule_names

    flags: dict[str, object] = {
        name: value
        for name, value in (
            ("mt", "none" if options.no_mt else options.mt),
            ("lm", options.lm),
            ("lm-share", options.lm_share),
            ("only", listed(options.only)),
            ("disable", listed(options.disable)),
            ("glossaries", None if options.glossary is None else tuple(options.glossary)),
            ("fail-on", options.fail_on),
            ("cache-dir", options.cache_dir),
            ("baseline", getattr(options, "baseline", None)),
        )
        if value is not None
    }
    return config.load(options.config, Path.cwd(), flags, rule_names())


def work(options: argparse.Namespace, settings: Settings, equipment: Equipment) -> Work:
    """How the articles of a run are checked; ``others`` is for what else keeps findings from counting."""
    from datetime import date

    from tqcheck import baseline, desk, results
    from tqcheck.detectors import rule_names

    anew = getattr(options, "no_cache", False) or getattr(options, "no_results", False)
    return desk.Work(
        settings=settings,
        tools=equipment.tools,
        depends_on=equipment.depends_on,
        rules=rule_names(),
        today=date.today(),
        kept=None if anew else results.Results(equipment.folder(settings)),
        old=None if settings.baseline is None else baseline.load(settings.baseline),
        others=(),
        stdin=environment.standard_input,
    )


class Equipment:
    """The tools of a run, each made once and shared by all articles whose settings ask for the same."""

    def __init__(self, options: argparse.Namespace, progress: Progress, *, single: bool = False) -> None:
        """``single``: one article is all that they are for."""
        from tqcheck.apart import Apart

        self._options = options
        self._beside = Apart() if single and environment.processors() > 1 else None
        self._progress = progress
        self._tools: dict[str, Tools] = {}
        self._engines: dict[tuple[str, int], registry.Choice] = {}
        self._scorers: dict[str, scorers.Choice] = {}
        self._glossaries: dict[tuple[Path, ...], tuple[GlossaryTerm, ...]] = {}

    def tools(self, settings: Settings) -> Tools:
        """What an article with these settings is checked with; models are loaded when they are first used."""
        from dataclasses import replace

        from tqcheck.pipeline import Tools
        from tqcheck.translate import scorers

        asked = repr(self.depends_on(settings))
        if asked not in self._tools:
            engine, scorer = self._engine(settings), self._scorer(settings)
            reader = self._first_reader(settings)
            tools = Tools(
                detectors=self._enabled(settings),
                engine=engine.engine,
                scorer=scorer.scorer,
                share=settings.lm_share,
                before=settings.lm_before,
                first_reader=reader,
                beside=self._beside,
                cache=self._cache(settings) if engine.engine or scorer.scorer else None,
                fail_on=settings.fail_on,
                severities=tuple(settings.severity.items()),
                minimum_confidence=settings.minimum_confidence,
                notes=(*engine.notes, *scorer.notes, *(() if reader is None else (scorers.READING,))),
                progress=self._progress,
            )
            other = next(iter(self._tools.values()), None)
            self._tools[asked] = tools if other is None else replace(tools, encoder=other.encoder)
        return self._tools[asked]

    def _cache(self, settings: Settings) -> Cache | None:
        """What keeps the answers of engines and of the language model, unless everything is asked for anew."""
        from tqcheck.translate.cache import Cache

        return None if getattr(self._options, "no_cache", False) else Cache(self.folder(settings))

    def depends_on(self, settings: Settings) -> Mapping[str, object]:
        """What a report depends on besides its texts and the program, as JSON values. Loads no model and no rule.

        Which rules are on by default is a part of the program.
        """
        engine, scorer = self._engine(settings), self._scorer(settings)
        return {
            "rules": [sorted(settings.only), sorted(settings.enable), sorted(settings.disable)],
            "severity": {rule: str(severity) for rule, severity in sorted(settings.severity.items())},
            "glossary": hashlib.sha256(repr(self._glossary(settings)).encode("utf-8", "replace")).hexdigest(),
            "minimum-confidence": settings.minimum_confidence,
            "mt": None if engine.engine is None else engine.engine.identity,
            "lm": None if scorer.scorer is None else scorer.scorer.identity,
            "lm-share": settings.lm_share,
            "lm-before": settings.lm_before,
            "first-reading": self._first_reader(settings) is not None,
            "notes": [*engine.notes, *scorer.notes],
        }

    def folder(self, settings: Settings) -> Path:
        """The folder of the caches."""
        return settings.cache_dir or environment.cache_folder(self._options)

    def _enabled(self, settings: Settings) -> tuple[Detector, ...]:
        from dataclasses import replace

        from tqcheck.detectors import all_detectors

        terms = self._glossary(settings)
        enabled = (rule for rule in all_detectors() if settings.runs(rule.rule, rule.on))
        return tuple(replace(rule, glossary=terms) if rule.rule == "glossary" else rule for rule in enabled)

    def _glossary(self, settings: Settings) -> tuple[GlossaryTerm, ...]:
        """The terms of the settings' files, each file read once."""
        from tqcheck import glossary

        if settings.glossaries not in self._glossaries:
            self._glossaries[settings.glossaries] = glossary.load(settings.glossaries) if settings.glossaries else ()
        return self._glossaries[settings.glossaries]

    def _engine(self, settings: Settings) -> registry.Choice:
        from tqcheck.translate import registry

        asked = (settings.mt, settings.beam)
        if asked not in self._engines:
            folders = {"cache": self.folder(settings), "models": environment.models_folder(self._options)}
            self._engines[asked] = registry.choose(settings.mt, registry.Options(beams=settings.beam, **folders))
        return self._engines[asked]

    def _first_reader(self, settings: Settings) -> Engine | None:
        """For want of a translator, where one was asked for."""
        wanted = settings.mt == "auto" and self._engine(settings).engine is None
        return self._scorer(settings).reader if wanted else None

    def _scorer(self, settings: Settings) -> scorers.Choice:
        from tqcheck.translate import scorers

        if settings.lm not in self._scorers:
            preparing = partial(self._progress, "preparing the language model, once")
            self._scorers[settings.lm] = scorers.choose(
                settings.lm, self.folder(settings), preparing, environment.models_folder(self._options), self._fetched
            )
        return self._scorers[settings.lm]

    def _fetched(self, repository: str) -> Path:
        """A repository of the hub, pulled unless it is here."""
        from tqcheck.translate.models import language_models, pull, sources

        endpoint, token = environment.hub()
        site = sources.Site(hub=(endpoint or sources.HUB).rstrip("/"), token=token)
        folder = environment.models_folder(self._options)
        return pull.pull(language_models.of_repository(repository), folder, site, self._progress).directory
