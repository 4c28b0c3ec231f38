"""The embedded language model, Gemma 3 270M: how probable each word of a text is, given the other language or alone.

``weights`` finds the file that the package registry installs, ``unpack`` reads it, ``vocabulary`` keeps the pieces that
French and English use, ``graph`` writes the network, ``prepared`` puts all that once into the user's cache, ``model``
runs it and ``engine`` is the engine. What it is good for, and how fast it is: docs/scorer.md.
"""
