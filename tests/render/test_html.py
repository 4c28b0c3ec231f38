"""The HTML page as text: complete, closed to the world, and safe whatever the texts hold. tests/browser/ opens it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import example, given
from hypothesis import strategies as st

from tests.render import reports
from tests.render.reports import LAW
from tqcheck.decisions import Decision, Status
from tqcheck.detectors import all_detectors
from tqcheck.model import FIRST_READING, Report, Suppression, TextScores, Translation, WordScore
from tqcheck.render import FORMATS, html
from tqcheck.render.html import island
from tqcheck.render.look import Look

ANY = st.text(st.characters(), max_size=40)
VOID = {"meta", "input", "link", "br", "img", "hr"}


class Outline(HTMLParser):
    """The elements with their attributes; raises where they do not nest."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag


def outline(page: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Outline()
    parser.feed(page)
    parser.close()
    assert parser.open == []
    return parser.elements


def data(page: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="island">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    read = json.loads(found[1])
    assert isinstance(read, dict)
    return read


def test_the_format_is_known_by_its_name() -> None:
    page = FORMATS["html"].report(reports.bridge(), Look(rules=all_detectors()))
    assert page == html.render(reports.bridge(), all_detectors())


def test_the_same_report_gives_the_same_bytes() -> None:
    assert html.render(reports.bridge(), all_detectors()) == html.render(reports.bridge(), all_detectors())


def test_the_page_loads_nothing_and_lets_only_its_own_style_and_script_run() -> None:
    page = html.render(reports.bridge(), all_detectors())
    policy = next(a["content"] or "" for t, a in outline(page) if a.get("http-equiv") == "Content-Security-Policy")
    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    for tag, directive in (("style", "style-src"), ("script", "script-src")):
        (text,) = re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{directive} 'sha256-{digest}'" in policy
    for tag, attributes in outline(page):
        assert tag not in {"link", "img", "iframe", "object", "embed", "base"}
        assert not [name for name in attributes if name.startswith("on") or name in ("style", "src", "action")]
        assert (attributes.get("href") or "#").startswith("#")


def test_every_id_is_there_once_and_every_link_leads_to_one() -> None:
    elements = outline(html.render(reports.bridge(), all_detectors()))
    ids = [attributes["id"] for _, attributes in elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    for _, attributes in elements:
        for name in ("href", "aria-labelledby", "for", "list"):
            if name in attributes and attributes[name] != "#rule-doubled-word":
                assert (attributes[name] or "").removeprefix("#") in ids


@LAW
@given(ANY, ANY)
@example("\ud800 \u202e", "\udfff \u200b")
def test_no_text_becomes_markup(french: str, english: str) -> None:
    plain = html.render(made("x", "y"))
    page = html.render(made(french, english))
    kinds = [
        [tag for tag, _ in outline(one) if tag not in ("span", "code", "p", "div", "dt", "dd")] for one in (plain, page)
    ]
    assert [k for k in kinds[1] if k in ("script", "style", "meta")] == [
        k for k in kinds[0] if k in ("script", "style", "meta")
    ]
    assert data(page)["target"] == {"path": "article.en.txt", "lang": "en", "text": f"a {english} b"}
    page.encode("utf-8")
    assert not set(page) & set("\u202e\u200b")


def made(french: str, english: str) -> Report:
    text = reports.bitext([(f"a {french} b", f"a {english} b")])
    finding = reports.finding(text, 0, "negation", source="a", target="a", message=french, suggestion=english)
    text = replace(text, source=replace(text.source, path=f"{french}.txt"))
    return reports.report(text, [finding], notes=(french,), reasons=(english,), passed=False)


def test_the_island_cannot_end_its_element() -> None:
    page = html.render(made("</script><!--<script>", "</SCRIPT>"))
    raw = re.findall(r'id="island">(.*?)</script>', page, re.DOTALL)[0]
    assert not set(raw) & set("<>&")
    assert raw.isascii()


def test_the_verdict_says_whether_it_passes() -> None:
    text = reports.bitext(reports.ROWS[:2])
    minor = reports.finding(text, 1, "typography", target="She")
    failed = reports.report(
        text, [minor], passed=False, reasons=("1 major finding, at most 0 allowed", "quality is 0.2")
    )
    assert verdict(reports.report(text)) == "This translation passes: nothing to report in 2 passages."
    assert verdict(reports.report(text, [minor])) == "This translation passes, with 1 major finding in 2 passages."
    assert verdict(failed) == "This translation does not pass yet: 1 major finding and quality is 0.2."


def verdict(report: Report) -> str:
    found = re.search(r"<h1.*?<span>(.*?)</span></h1>", html.render(report), re.DOTALL)
    assert found is not None
    assert not re.search(r"\d ", found[1])
    return found[1].replace("\u00a0", " ")


def test_what_does_not_count_says_why() -> None:
    report = reports.bridge()
    known = Suppression("baseline", "")
    page = html.render(replace(report, suppressions={report.findings[0].fingerprint: known}))
    assert re.search(r'class="card major suppressed" id="finding-1"[^>]*data-kind="baseline"', page)
    assert "Known before (baseline)" in page


def test_decisions_are_carried_without_what_the_page_knows_itself() -> None:
    made = Decision("a", Status.DISMISSED, "why", "what", "how", "2026", "rule", "source", "target")
    assert data(html.render(reports.bridge(), (), (made,)))["decisions"] == [
        {
            "fingerprint": "a",
            "status": "dismissed",
            "reason": "why",
            "comment": "what",
            "suggestion": "how",
            "decided": "2026",
        }
    ]


def test_decisions_belong_to_the_french_and_outlive_a_corrected_english() -> None:
    report = reports.bridge()
    corrected = replace(report.bitext, target=replace(report.bitext.target, text="Other words"))
    assert island.fingerprint(corrected) == island.fingerprint(report.bitext)
    other = replace(report.bitext, source=replace(report.bitext.source, text="D'autres mots"))
    assert island.fingerprint(other) != island.fingerprint(report.bitext)


def test_machine_translations_fold_out_with_their_differences() -> None:
    report = reports.bridge()
    text = reports.with_pair(
        report.bitext,
        1,
        forward=Translation("The prefect announced on Tuesday the closing of the bridge. It will last 12 weeks.", "m"),
        back=Translation("La préfète a annoncé.", "m"),
    )
    page = html.render(replace(report, bitext=text))
    assert "<del>She</del><ins>It</ins> will last <del>13</del><ins>12</ins> weeks." in page
    assert page.count('<details class="machine">') == 1
    assert "first reading" not in page


def test_a_first_reading_is_called_one_on_both_sides() -> None:
    report = reports.bridge()
    made = Translation("Bridge close.", f"bundled:phrases{FIRST_READING}")
    page = html.render(replace(report, bitext=reports.with_pair(report.bitext, 1, forward=made, back=made)))
    for side in ("French", "English"):
        assert f"first reading, no translation, of this {side}" in page


def test_words_that_the_model_did_not_expect_have_heat() -> None:
    report = reports.bridge()
    pair = report.bitext.pairs[1]
    cold, hot = WordScore(-0.1, -3.0, 1), WordScore(-9.0, -9.0, 1)
    scores = TextScores((*(cold for _ in pair.target.tokens[1:]), hot), None)
    page = html.render(replace(report, bitext=reports.with_pair(report.bitext, 1, target_scores=scores)))
    assert 'id="heat"' in page
    words = data(page)["words"]
    assert isinstance(words, list)
    assert words[1][4] == [0] * (len(words[1][1]) // 2 - 1) + [3]
    assert 'id="heat"' not in html.render(report)
    assert words[0] is None
