"""Thousands of pairs in one run, on the processes of one machine or on a cluster.

``lists`` reads which pairs, ``checker`` checks one and keeps what comes of it, ``local`` and ``cluster`` do that many
times at once, ``run`` puts them together, ``summary`` writes the tables and the index. ``storage`` is where all of it
is read and written: folders, or any filesystem by its URL.

Nothing is done twice: next to each report stands a record with a hash of all that the report depends on, and it is
written last.
"""

from __future__ import annotations
