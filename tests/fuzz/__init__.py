"""Inputs that nobody would write, against everything that reads a file: ``python -m tests.fuzz --minutes 10``.

`targets` says what is fed and what must hold, `inputs` where inputs come from, `session` what counts as a find. A find
is kept in ``finds/`` and replayed by ``test_finds.py`` for ever.
"""
