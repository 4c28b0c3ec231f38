"""Whatever the texts: no rule raises, every finding lies inside the texts, quality is a probability."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bitexts import lines, tools
from tqcheck import detector, pipeline, quality
from tqcheck.detectors import all_detectors
from tqcheck.model import Report

FRENCH = st.sampled_from(
    """Elle ne n'a pas « plus » 12,5 % 1 234 € M. Macron l'armée 7e bataillon mort intervient ONU (ONU) vendredi 24
    septembre 16 h 23 actuellement Jägerregiment ? ! … l’ - – 🙂 مرحبا \u200b \u0301 İ ß ﬁ""".split()
)
ENGLISH = st.sampled_from(
    """She it he not 12.5% 1,234 €1.5 Mr. Macron the the 7th battalion death intervenes UN (ONU) Friday September 24
    4:23 pm actually Jägerregiment " “ ” ' « » ? ! … accrochage - 🙂 مرحبا \u200b \u0301 İ ß ﬁ""".split()
)
TEXTS = st.tuples(
    st.one_of(st.lists(FRENCH, max_size=14).map(" ".join), st.text(max_size=30)),
    st.one_of(st.lists(ENGLISH, max_size=14).map(" ".join), st.text(max_size=30)),
)
PAIRS = st.lists(TEXTS, min_size=1, max_size=4)


def check(pairs: list[tuple[str, str]]) -> Report:
    """The report on pairs of one line each, by every rule, on or off."""
    everything = pipeline.Tools(detectors=all_detectors(), encoder=tools().encoder)
    rows = [tuple(side.replace("\n", " ").replace("\r", " ") for side in pair) for pair in pairs]
    source, target = (lines("\n".join(row[k] for row in rows), lang) for k, lang in enumerate(("fr", "en")))
    return pipeline.check_pairs(source, target, [0] * len(rows), everything)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS)
def test_no_rule_raises_and_every_finding_lies_in_the_texts(pairs: list[tuple[str, str]]) -> None:
    report = check(pairs)
    for finding in report.findings:
        assert finding.pair is not None
        pair = report.bitext.pairs[finding.pair]
        for span, segment in ((finding.source, pair.source), (finding.target, pair.target)):
            assert span is None or segment.span.contains(span), finding
        assert 0 <= finding.confidence <= 1
    assert len({finding.fingerprint for finding in report.findings}) == len(report.findings)
    assert all(0 <= scores.quality <= 1 for scores in report.pair_scores)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS)
def test_the_same_texts_give_the_same_report(pairs: list[tuple[str, str]]) -> None:
    assert check(pairs).findings == check(pairs).findings


def test_texts_that_move_keep_their_fingerprints() -> None:
    pair = ("Le suspect a été arrêté hier.", "The suspect was arrested arrested yesterday.")
    alone, behind = check([pair]), check([("Il pleut.", "It is raining."), pair])
    assert {f.fingerprint for f in alone.findings} == {f.fingerprint for f in behind.findings}
    assert alone.findings
    assert [f.target.start + 15 for f in alone.findings if f.target] == [
        f.target.start for f in behind.findings if f.target
    ]


def test_a_pair_of_nothing_has_a_quality_and_no_finding() -> None:
    report = check([("", "")])
    assert report.findings == ()
    assert detector.run(all_detectors(), report.bitext) == ()
    assert 0 <= quality.quality(report.bitext.pairs[0], ()) <= 1
