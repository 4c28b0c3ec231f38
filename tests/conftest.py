"""What holds for all tests."""

from __future__ import annotations

import signal

# A shell that starts the tests in the background (`pytest &`) lets them ignore Ctrl-C, and so all processes that they
# start, some of which they interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
