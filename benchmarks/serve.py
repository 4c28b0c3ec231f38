"""The service under load, on loopback: what it holds before an answer takes twice as long, and what it does past that.

    python benchmarks/serve.py [--workers 1] [--waiting 8] [--posts 12] [--article musee] [--lag]

Starts ``tqcheck serve`` without machine translation, posts the first blocks of an article one after the other (the time
of one), then lets ``--posts`` of them arrive by chance (Poisson, the same every time) at parts and multiples of the
rate that this makes, whether or not earlier ones are answered. Last, what is left of it: one article after the other
again. Prints tables in Markdown. ``--lag`` instead measures how late the server itself is to answer while a check is
made in a thread of it, or in a process.
"""

from __future__ import annotations

import argparse
import asyncio
import http.client
import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

CORPORA = Path(__file__).parent.parent / "corpora"
RATES = (0.5, 0.75, 1.0, 1.5, 4.0, 20.0)
"""Of the rate at which one article after the other is answered."""
CHECK = ("--no-mt", "--lm", "none")


class Answered(NamedTuple):
    status: int
    seconds: float
    advice: int


def texts(article: str) -> dict[str, str]:
    folder = CORPORA / article
    french, english = ((folder / f"article.{lang}.txt").read_text("utf-8") for lang in ("fr", "en"))
    return {"source": first(french), "target": first(english)}


def first(text: str, blocks: int = 5) -> str:
    return "\n\n".join(text.strip().split("\n\n")[:blocks]) + "\n"


def asked(netloc: str, method: str, path: str, body: bytes | None = None) -> Answered:
    began = time.perf_counter()
    connection = http.client.HTTPConnection(netloc, timeout=300)
    try:
        connection.request(method, path, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        answer.read()
        advice = int(answer.headers.get("Retry-After") or 0)
    finally:
        connection.close()
    return Answered(answer.status, time.perf_counter() - began, advice)


def load(netloc: str, body: bytes, rate: float, posts: int) -> tuple[list[Answered], list[float], float]:
    """Articles at ``rate`` a second: their answers, the seconds that /healthz took meanwhile, and those of all."""
    chance = random.Random(6)
    answers: list[Answered] = []
    threads: list[threading.Thread] = []

    def post() -> None:
        answers.append(asked(netloc, "POST", "/v1/check", body))

    health: list[float] = []
    began = next_post = next_look = time.perf_counter()
    while len(threads) < posts:
        now = time.perf_counter()
        if now >= next_post:
            threads.append(threading.Thread(target=post))
            threads[-1].start()
            next_post += chance.expovariate(rate)
        if now >= next_look:
            health.append(asked(netloc, "GET", "/healthz").seconds)
            next_look = now + 0.25
        time.sleep(min(0.01, max(0.0, next_post - now)))
    arrived = time.perf_counter() - began
    for thread in threads:
        thread.join()
    return answers, health, arrived


def row(name: str, answers: list[Answered], health: list[float], seconds: float) -> float:
    """Print it; the median of the articles that were checked."""
    count = Counter(answer.status for answer in answers)
    checked = sorted(answer.seconds for answer in answers if answer.status == 200)
    refused = sorted(answer.seconds for answer in answers if answer.status == 429)
    others = sum(count.values()) - count[200] - count[429]
    median = statistics.median(checked) if checked else 0.0
    cells = (
        name, len(answers), f"{len(answers) / seconds:.2f}", count[200], count[429], others, f"{median:.2f}",
        f"{checked[int(0.95 * (len(checked) - 1))]:.2f}" if checked else "",
        f"{1000 * statistics.median(refused):.0f} ms" if refused else "",
        f"{1000 * statistics.median(health):.0f} ms" if health else "",
    )  # fmt: skip
    print(f"| {' | '.join(map(str, cells))} |", flush=True)
    return median


def run(options: argparse.Namespace, cache: str) -> None:
    limits = ("--workers", str(options.workers), "--waiting", str(options.waiting))
    command = [sys.executable, "-m", "tqcheck", "serve", "--port", "0", "--cache-dir", cache, *CHECK, *limits]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    netloc = urlsplit(process.stdout.readline().strip()).netloc
    body = json.dumps(texts(options.article)).encode()
    try:
        while asked(netloc, "GET", "/readyz").status != 200:
            time.sleep(0.1)
        words = len(texts(options.article)["target"].split())
        print(f"ready after {time.perf_counter() - began:.1f} s; an article of {words} English words\n")
        print(
            "| arrive | posted | a second | checked | 429 | others | median s | 95 % s | a 429 takes | /healthz takes |"
        )
        print("|---|---|---|---|---|---|---|---|---|---|")
        one_by_one = [asked(netloc, "POST", "/v1/check", body) for _ in range(10)][2:]
        alone = row("one by one", one_by_one, [], sum(answer.seconds for answer in one_by_one))
        for part in RATES:
            rate = part * options.workers / alone
            posts = max(options.posts, 20) if part > 2 else options.posts
            row(f"{part:g} times that rate", *load(netloc, body, rate, posts))
        while asked(netloc, "GET", "/readyz").status != 200:
            time.sleep(0.1)
        after = [asked(netloc, "POST", "/v1/check", body) for _ in range(5)]
        row("one by one again", after, [], sum(answer.seconds for answer in after))
    finally:
        process.terminate()
        status = process.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"\nstopped with status {status}; processor: {used.ru_utime + used.ru_stime:.0f} s")


async def lag(article: str, cache: str) -> None:
    """How late a loop is that wants to wake every 10 ms, while articles are checked elsewhere."""
    from tqcheck.cli import parser
    from tqcheck.cli.serve import prepare
    from tqcheck.serve.process import Worker
    from tqcheck.serve.task import Task

    arguments = ["serve", *CHECK, "--cache-dir", cache]
    make = partial(prepare, parser(arguments).parse_args(arguments))
    asked_for = Task(**texts(article), seconds=300)
    check, worker = make(), Worker(make)
    await worker.loaded()
    ways = {
        "a thread": partial(asyncio.to_thread, check, asked_for),
        "a process": partial(worker.ask, asked_for, 300),
    }
    print("| checked in | a check, median s | late, median ms | 95 % | most |\n|---|---|---|---|---|")
    times: dict[str, list[float]] = {name: [] for name in ways}
    late: dict[str, list[float]] = {name: [] for name in ways}
    for turn in range(6):  # turn by turn, as the machine may be busy; the first is not counted
        for name, way in ways.items():
            running = asyncio.ensure_future(way())
            began = time.perf_counter()
            while not running.done():
                before = time.perf_counter()
                await asyncio.sleep(0.01)
                if turn:
                    late[name].append(1000 * (time.perf_counter() - before - 0.01))
            if turn:
                times[name].append(time.perf_counter() - began)
    worker.end()
    for name in ways:
        found = sorted(late[name])
        cells = (statistics.median(found), found[int(0.95 * (len(found) - 1))], found[-1])
        print(f"| {name} | {statistics.median(times[name]):.2f} | {' | '.join(f'{cell:.1f}' for cell in cells)} |")


def main() -> None:
    reader = argparse.ArgumentParser()
    reader.add_argument("--workers", type=int, default=1)
    reader.add_argument("--waiting", type=int, default=8)
    reader.add_argument("--posts", type=int, default=12)
    reader.add_argument("--article", default="musee")
    reader.add_argument("--lag", action="store_true")
    options = reader.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as cache:
        if options.lag:
            asyncio.run(lag(options.article, cache))
        else:
            run(options, cache)


if __name__ == "__main__":
    main()
