"""Whatever stands in a text, in a file's name or in a message is shown by every output, and obeyed by none."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any

import pytest

from tests.reliability.hostile import PLAIN, TEXTS, desk, made
from tqcheck.detectors import all_detectors
from tqcheck.render import FORMATS, github, table
from tqcheck.render.alignment import alignment_to_json, alignment_to_vecalign
from tqcheck.render.beads import align_table
from tqcheck.render.look import Look
from tqcheck.render.visible import uncommanding, visible

BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
SHELL = re.compile(r"##\w*\[")
"""What the logs of GitHub, Azure and TeamCity obey anywhere in a line."""

KEYS = {"file", "line", "endLine", "col", "endColumn", "title"}

texts = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)


@cache
def shown(name: str, text: str, *, color: bool = False) -> str:
    """A report and a desk of that text in a format."""
    look = Look(rules=all_detectors(), color=color, details=True)
    form = FORMATS[name]
    return form.report(made(text), look) + ("" if form.each else form.desk(desk(text), look))


def obeyed(page: str, allowed: str = "\n") -> list[str]:
    """What of a page a terminal would obey, or show in another place or not at all."""
    controls = {c for c in page if unicodedata.category(c) in ("Cc", "Cs") and c not in allowed}
    return sorted(map(ascii, controls | (BIDIRECTIONAL & set(page))))


def commands(page: str) -> list[str]:
    """The lines that the log of a CI server would obey."""
    return [line for line in page.splitlines() if line.lstrip().startswith("::") or SHELL.search(line)]


@texts
@pytest.mark.parametrize("name", sorted(FORMATS))
def test_no_output_holds_what_a_terminal_obeys_or_a_file_cannot_hold(name: str, text: str) -> None:
    page = shown(name, text)
    page.encode("utf-8")
    assert not obeyed(page, "\r\n" if name == "csv" else "\n")
    assert "\x1b" not in page
    if name == "csv":
        assert page.count("\r") == page.count("\r\n")


@texts
@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"github", "html"}))
def test_no_output_commands_the_server_that_logs_it(name: str, text: str) -> None:
    assert not commands(shown(name, text))


@texts
def test_colours_are_all_that_a_terminal_is_told(text: str) -> None:
    page = shown("terminal", text, color=True)
    assert not obeyed(re.sub(r"\x1b\[[0-9;]*m", "", page))
    assert not commands(page)


@texts
def test_the_terminal_says_as_many_verdicts_as_there_are(text: str) -> None:
    page = shown("terminal", text)
    plain = shown("terminal", PLAIN)
    for word in ("PASSED", "FAILED", "error:", "hint:"):
        assert len(re.findall(f"^{word}", page, re.M)) == len(re.findall(f"^{word}", plain, re.M)), word


@texts
def test_no_cell_of_the_table_is_a_formula_and_each_can_be_had_back(text: str) -> None:
    page = FORMATS["csv"].desk(desk(text), Look())
    rows = list(csv.DictReader(io.StringIO(page, newline=""), strict=True))
    assert all(set(row) == set(table.COLUMNS) for row in rows)
    assert {row["fingerprint"] for row in rows} >= {one.fingerprint for one in made(text).findings}
    for row in rows:
        for cell in row.values():
            for part in (cell, *cell.split(";")):  # where the comma is for decimals a spreadsheet parts cells at ";"
                assert not part.strip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠")), cell
    assert {table.original(row["message"]) for row in rows} == {uncommanding(visible(text))}


@texts
def test_a_cell_is_had_back_whatever_it_holds(text: str) -> None:
    for cell in (text, f"'{text}", f"''{text}", f"a;{text}", f"a;'{text}"):
        assert table.original(table.safe(cell)) == uncommanding(visible(cell))


@texts
def test_what_programs_read_is_the_text_to_the_letter(text: str) -> None:
    look = Look()
    report = json.loads(FORMATS["json"].report(made(text), look))
    assert report["pairs"][1]["source"]["text"] == text
    assert report["findings"][0]["message"] == report["findings"][0]["evidence"][0] == text
    assert report["target"]["path"] == f"e/{text}.en.txt"


@texts
def test_annotations_are_one_command_a_line_and_those_that_were_meant(text: str) -> None:
    page = github.to_annotations(desk(text), Look())
    found = [read_command(line) for line in page.splitlines()]
    plain = [read_command(line) for line in github.to_annotations(desk(PLAIN), Look()).splitlines()]
    assert [name for name, _, _ in found] == [name for name, _, _ in plain]
    assert {key for _, properties, _ in found for key in properties} <= KEYS
    assert all(not obeyed(said) for _, _, said in found)
    assert all(not obeyed(value, "") for _, properties, _ in found for value in properties.values())


def read_command(line: str) -> tuple[str, dict[str, str], str]:
    """As the runner reads it (actions/runner, ActionCommand.cs)."""
    head, said = line.removeprefix("::").split("::", 1)
    name, _, given = head.partition(" ")
    properties = dict(part.split("=", 1) for part in given.split(",") if part)
    assert line.startswith("::")
    assert re.fullmatch("error|warning|notice", name), line
    return name, {key: unescaped(value) for key, value in properties.items()}, unescaped(said)


def unescaped(text: str) -> str:
    for escape, character in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, character)
    return text


@texts
def test_gitlab_reads_as_many_findings_in_as_many_files(text: str) -> None:
    entries = json.loads(FORMATS["gitlab"].desk(desk(text), Look()))
    plain = json.loads(FORMATS["gitlab"].desk(desk(PLAIN), Look()))
    assert [(sorted(e), sorted(e["location"])) for e in entries] == [(sorted(e), sorted(e["location"])) for e in plain]
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)
    for entry in entries:
        assert not obeyed(entry["description"], "")


@texts
def test_sarif_has_no_link_and_no_place_that_was_not_meant(text: str) -> None:
    log = json.loads(FORMATS["sarif"].desk(desk(text), Look(rules=all_detectors())))
    plain = json.loads(FORMATS["sarif"].desk(desk(PLAIN), Look(rules=all_detectors())))
    run = log["runs"][0]
    assert len(run["results"]) == len(plain["runs"][0]["results"])
    for message in messages(run["results"]):
        assert not obeyed(message)
        assert not re.search(r"(?<!\\)(\\\\)*\[[^\]]*\]\(", message), message  # §3.11.6
    for place in (place for result in run["results"] for place in result["locations"]):
        uri = place["physicalLocation"]["artifactLocation"]["uri"]
        assert re.fullmatch(r"[A-Za-z0-9._~/%-]+", uri), uri


def messages(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        yield from (node["text"] for key in ("text",) if isinstance(node.get(key), str) and len(node) == 1)
        for key, value in node.items():
            if key not in ("fixes", "snippet"):  # what is in the file, or is to be, is no message
                yield from messages(value)
    elif isinstance(node, list):
        for value in node:
            yield from messages(value)


@texts
def test_junit_is_the_tree_that_was_meant(text: str) -> None:
    page = FORMATS["junit"].desk(desk(text), Look())
    assert "<!DOCTYPE" not in page
    assert "<!ENTITY" not in page
    tree, plain = ElementTree.fromstring(page), ElementTree.fromstring(FORMATS["junit"].desk(desk(PLAIN), Look()))
    assert [(e.tag, sorted(e.attrib)) for e in tree.iter()] == [(e.tag, sorted(e.attrib)) for e in plain.iter()]
    assert [e.get("failures") for e in tree.iter("testsuite")] == [e.get("failures") for e in plain.iter("testsuite")]


@texts
def test_markdown_is_text_and_nothing_else(text: str) -> None:
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark").enable("table")
    tokens = [inner for one in reader.parse(shown("markdown", text)) for inner in (one, *(one.children or ()))]
    plain = [i for one in reader.parse(shown("markdown", PLAIN)) for i in (one, *(one.children or ()))]
    kinds = {"link_open", "image", "em_open", "strong_open", "s_open", "fence", "code_block", "hr", "blockquote_open"}
    assert [one.type for one in tokens if one.type in kinds] == [one.type for one in plain if one.type in kinds]
    html = [one.content.strip() for one in tokens if one.type in ("html_inline", "html_block")]
    assert html == [one.content.strip() for one in plain if one.type in ("html_inline", "html_block")]
    for kind in ("heading_open", "tr_open", "td_open", "th_open", "list_item_open"):
        assert [one.tag for one in tokens if one.type == kind] == [one.tag for one in plain if one.type == kind], kind


@texts
def test_markdown_has_nothing_that_github_or_gitlab_makes_a_link_of(text: str) -> None:
    outside = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", shown("markdown", text))
    assert not re.search(r"(?<!\\)(https?://|www\.|[\w.]+@[\w.]+|javascript:|@\w|#\d|\$\d|:\w+:)", outside), outside


@texts
def test_the_page_has_the_elements_that_were_meant(text: str) -> None:
    page, plain = parsed(shown("html", text)), parsed(shown("html", PLAIN))
    assert page.elements <= plain.elements | {("br", ()), ("wbr", ())}
    assert page.scripts == plain.scripts
    assert page.addresses <= plain.addresses
    assert not [name for _, names in page.elements for name in names if name.startswith("on")]


class Page(HTMLParser):
    """The elements of a page with the names of their attributes, how many scripts it has, and where it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[tuple[str, tuple[str, ...]]] = set()
        self.scripts = 0
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.add((tag, tuple(sorted(name for name, _ in attributes))))
        self.scripts += tag in ("script", "style", "iframe", "object", "embed", "base", "meta", "link")
        self.addresses |= {str(value) for name, value in attributes if name in ("href", "src", "action", "style")}


def parsed(page: str) -> Page:
    reader = Page()
    reader.feed(page)
    reader.close()
    return reader


@texts
def test_an_alignment_is_shown(text: str) -> None:
    bitext = made(text).bitext
    for page in (align_table(bitext), alignment_to_json(bitext), alignment_to_vecalign(bitext)):
        page.encode("utf-8")
        assert not obeyed(page)
        assert not commands(page)
