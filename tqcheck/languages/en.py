"""What is known of English: the abbreviations that end in a full stop."""

from __future__ import annotations

ABBREVIATIONS = frozenset(
    """mr mrs ms messrs dr drs prof rev hon st sts gen lt col maj capt cpl sgt pvt adm cmdr brig gov sen rep pres jr sr
    jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun vs etc eg ie cf al
    approx dept est fig figs inc ltd co corp bros vol vols p pp ed eds ave blvd rd mt ft univ ph""".split()
)
"""Lower case, without the stop. A sentence does not end behind one of these."""

SENTENCE_FINAL_ABBREVIATIONS = frozenset({"etc", "inc", "ltd", "co", "corp", "bros", "al", "jr", "sr"})
"""Of these, those that may well be the last word of a sentence: it ends where a capital follows."""
