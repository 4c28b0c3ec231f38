"""The embedded language model, Gemma 3 270M: how probable each word of a text is, given the other language or alone.

``weights`` finds the file that the package registry installs, ``unpack`` reads it (``checkpoint`` one from the hub),
``vocabulary`` keeps the pieces that French and English use, ``graph`` is the network, ``making`` writes all that once
and ``prepared`` puts it into the user's cache, ``model`` runs it, ``reading`` reads both texts of a pair with it,
``engine`` is the scorer and ``first_reader`` its English of the French. What it is good for, and how fast it is:
docs/scorer.md.
"""
