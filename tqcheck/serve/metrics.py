"""What the service counts, for Prometheus. Nothing of a text is in it."""

from __future__ import annotations

from tqcheck import __version__

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
SECONDS = (0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120)
"""Upper ends of the histograms: an article of 600 words takes one to two seconds."""


class Metrics:
    """The counters of one service, in a registry of its own."""

    def __init__(self) -> None:
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Info, ProcessCollector

        self._registry = registry = CollectorRegistry()
        ProcessCollector(registry=registry)
        Info("tqcheck_build", "Version of the program.", registry=registry).info({"version": __version__})
        self.answers = Counter(
            "tqcheck_answers", "Answers to POST /v1/check by HTTP status.", ["status"], registry=registry
        )
        self.request_seconds = Histogram(
            "tqcheck_request_seconds",
            "From the arrival of a text that was accepted to its answer.",
            buckets=SECONDS,
            registry=registry,
        )
        self.check_seconds = Histogram(
            "tqcheck_check_seconds", "Of them, in a worker.", buckets=SECONDS, registry=registry
        )
        self.waiting = Gauge("tqcheck_waiting_requests", "Requests that wait for a worker.", registry=registry)
        self.running = Gauge("tqcheck_running_checks", "Checks that are being made.", registry=registry)
        self.ready = Gauge("tqcheck_ready_workers", "Workers whose models are loaded.", registry=registry)
        self.ended = Counter(
            "tqcheck_ended_workers", "Workers that were replaced: by why.", ["reason"], registry=registry
        )

    def text(self) -> bytes:
        """All of them in the text exposition format."""
        from prometheus_client import generate_latest

        return generate_latest(self._registry)
