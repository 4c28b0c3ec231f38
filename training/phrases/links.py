"""From the links of two directions to one set, grown from what both agree on.

Source: Koehn, Och and Marcu (2003), "Statistical phrase-based translation" (grow-diag-final-and), over all sentences at
once: a link is a number, and neighbours are looked up in the sorted numbers.
"""

from __future__ import annotations

from typing import Any

import numpy

ROUNDS = 3
_SHIFT = 32


def keys(links: Any, french_starts: Any, english_starts: Any) -> Any:
    """Links (sentence, French word, English word) as sorted numbers over the words of the whole corpus."""
    sentence = links[:, 0]
    french = (french_starts[sentence] + links[:, 1]).astype(numpy.int64)
    return numpy.unique((french << _SHIFT) | (english_starts[sentence] + links[:, 2]))


def places(found: Any) -> tuple[Any, Any]:
    """The French and the English word of each number."""
    return found >> _SHIFT, found & ((1 << _SHIFT) - 1)


def contains(whole: Any, some: Any) -> Any:
    """For each of the sorted ``some`` whether it is in the sorted ``whole``."""
    at = numpy.minimum(numpy.searchsorted(whole, some), len(whole) - 1)
    return whole[at] == some


def symmetrised(forward: Any, backward: Any, french: int, english: int) -> Any:
    """One sorted array of links out of those of two directions, for texts of so many words.

    A neighbour across the end of a sentence can count as one; it is rare and harmless.
    """
    accepted = forward[contains(backward, forward)]
    union = numpy.union1d(forward, backward)
    waiting = union[~contains(accepted, union)]
    rows, columns = numpy.zeros(french, bool), numpy.zeros(english, bool)

    def accept(chosen: Any) -> None:
        nonlocal accepted, waiting
        accepted = numpy.sort(numpy.concatenate([accepted, waiting[chosen]]))
        waiting = waiting[~chosen]
        for taken, place in zip((rows, columns), places(accepted), strict=True):
            taken[place] = True

    accept(numpy.zeros(len(waiting), bool))
    for _ in range(ROUNDS):
        left, right = places(waiting)
        near = numpy.zeros(len(waiting), bool)
        for down in (-1, 0, 1):
            for across in (-1, 0, 1):
                if down or across:
                    near |= contains(accepted, waiting + ((down << _SHIFT) + across))
        accept(near & ~(rows[left] & columns[right]))
    left, right = places(waiting)
    accept(~rows[left] & ~columns[right])
    return accepted
