"""What holds for all tests."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tqcheck.align.embeddings import SentenceEncoder

# A shell that starts the tests in the background (`pytest &`) lets them ignore Ctrl-C, and so all processes that they
# start, some of which they interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True, scope="session")
def _both_languages_are_parsed_here() -> Iterator[None]:
    """A check by ``main([…])`` starts no process for the English: that one would load its model for every check anew.

    Commands that are started as processes of their own are as a user's.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("tqcheck.annotate.is_loaded", lambda lang: True)
        yield


@pytest.fixture(autouse=True, scope="session")
def _the_encoder_is_loaded_once() -> Iterator[None]:
    """Each check by ``main([…])`` makes an encoder of its own and unpacks it for half a second: here they are one."""
    first = SentenceEncoder()

    def share(encoder: SentenceEncoder) -> None:
        encoder.__dict__ = first.__dict__

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SentenceEncoder, "__init__", share)
        yield
