"""XLIFF, TMX and PO: pairs, their names and places, languages that are verified, and files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readers.files import at, misplaced, sides, texts, units
from tqcheck import readers
from tqcheck.errors import UserError
from tqcheck.readers import PairsFile, xliff

XLIFF_1 = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
 <file original="pont.html" source-language="fr-FR" target-language="en-GB" datatype="html"><body>
  <trans-unit id="titre">
    <source>Un pont <g id="1">fermé</g> &amp; rouvert</source>
    <target state="final">A bridge <g id="1">closed</g> &amp;
      reopened</target>
    <note>tqcheck: ignore negation: seen</note>
  </trans-unit>
  <trans-unit id="corps">
    <source>Il pleut. Le maire part.</source>
    <seg-source><mrk mtype="seg" mid="0">Il pleut.</mrk> <mrk mtype="seg" mid="1">Le maire part.</mrk></seg-source>
    <target><mrk mtype="seg" mid="0">It rains.</mrk> <mrk mtype="seg" mid="1">The mayor leaves.</mrk></target>
    <alt-trans><source>Faux</source><target>Wrong</target></alt-trans>
  </trans-unit>
  <group><trans-unit id="code" translate="no"><source>x</source><target>x</target></trans-unit>
  <trans-unit id="vide"><source>Oublié<ph id="2">&lt;br/&gt;</ph>.</source></trans-unit></group>
 </body></file>
 <file original="b.html" source-language="fr" datatype="html"><body>
  <trans-unit id="1"><source>Une<x id="1" ctype="lb"/>ligne</source>
   <target>One<x id="1" ctype="lb"/>line</target></trans-unit>
 </body></file>
</xliff>
"""
XLIFF_2 = """<xliff version="2.1" srcLang="fr" trgLang="en" xmlns="urn:oasis:names:tc:xliff:document:2.0">
 <file id="f1">
  <unit id="u1"><notes><note>note</note></notes>
   <segment id="s1"><source>Le <pc id="1">pont</pc>.</source><target>The <pc id="1">bridge</pc>.</target></segment>
   <ignorable><source> </source></ignorable>
   <segment><source>Il <ph id="3"/>est fermé.</source><target>It is <ph id="3"/>closed.</target></segment>
  </unit>
  <unit id="u2"><segment><source>Seul.</source><target/></segment></unit>
 </file>
</xliff>
"""
TMX = """<?xml version="1.0"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4"><header srclang="fr" datatype="plaintext"/><body>
 <tu tuid="a7"><note>tqcheck: ignore negation: seen</note>
  <tuv xml:lang="EN-GB"><seg>The <bpt i="1">&lt;b&gt;</bpt>bridge<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
  <tuv xml:lang="fr-FR"><seg>Le <hi>pont</hi>.</seg></tuv><tuv xml:lang="de"><seg>Die Brücke.</seg></tuv></tu>
 <tu><tuv xml:lang="fr"><seg>Seul.</seg></tuv><tuv xml:lang="de"><seg>Allein.</seg></tuv></tu>
 <tu><tuv xml:lang="fr"><seg>Un mot.</seg></tuv><tuv xml:lang="en"><seg>A word.</seg></tuv></tu>
</body></tmx>
"""
PO = r"""# The bridge
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Language: en_GB\n"

# tqcheck: ignore negation: seen
#: page.html:3
msgctxt "titre"
msgid "Un « pont »"
msgstr "A \"bridge\""

msgid ""
"Première ligne\n"
"et la suite"
msgstr "First line\n"
"and the rest"

msgid "%d pont"
msgid_plural "%d ponts"
msgstr[0] "%d bridge"
msgstr[1] "%d bridges"

#, fuzzy
msgid "Presque"
msgstr "Almost"

#~ msgid "Vieux"
#~ msgstr "Old"

msgid "Oublié"
msgstr ""
"""
FILES = {"a.xlf": XLIFF_1, "b.xliff": XLIFF_2, "c.tmx": TMX, "d.po": PO}


def pairs(folder: Path, name: str, text: str | bytes) -> PairsFile:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return readers.read_pairs(str(file))


def refused(folder: Path, name: str, text: str | bytes) -> UserError:
    with pytest.raises(UserError) as caught:
        pairs(folder, name, text)
    assert caught.value.hint
    assert caught.value.place is not None
    return caught.value


@pytest.mark.parametrize("name", FILES)
def test_every_character_stands_where_it_is_said_to(tmp_path: Path, name: str) -> None:
    found = pairs(tmp_path, name, FILES[name])
    for document in (found.source, found.target):
        assert misplaced(document, FILES[name].split("\n")) == []


def test_xliff_1(tmp_path: Path) -> None:
    found = pairs(tmp_path, "a.xlf", XLIFF_1)
    assert sides(found) == [
        ("Un pont fermé & rouvert", "A bridge closed & reopened"),
        ("Il pleut.", "It rains."),
        ("Le maire part.", "The mayor leaves."),
        ("Oublié.", ""),
        ("Une ligne", "One line"),
    ]
    assert units(found.target) == [
        "unit titre",
        "unit corps, segment 0",
        "unit corps, segment 1",
        "unit vide",
        "unit 1",
    ]
    assert found.articles == (0, 0, 0, 0, 1)
    assert at(found.target, "reopened") == (7, 7)
    assert found.target.line_column(found.target.blocks[3].span.start) == (17, 25)  # where its source stands
    assert [(c.span.start, c.text) for c in found.target.comments] == [(0, "tqcheck: ignore negation: seen")]
    assert found.source.comments == ()


def test_xliff_2(tmp_path: Path) -> None:
    found = pairs(tmp_path, "b.xliff", XLIFF_2)
    assert sides(found) == [("Le pont.", "The bridge."), ("Il est fermé.", "It is closed."), ("Seul.", "")]
    assert units(found.source) == ["unit u1, segment s1", "unit u1, segment 2", "unit u2"]


def test_tmx_takes_the_two_languages_of_each_unit(tmp_path: Path) -> None:
    found = pairs(tmp_path, "c.tmx", TMX)
    assert sides(found) == [("Le pont.", "The bridge."), ("Un mot.", "A word.")]
    assert units(found.target) == ["unit a7", "unit 3"]
    assert found.articles == (0, 1)


def test_po(tmp_path: Path) -> None:
    found = pairs(tmp_path, "d.po", PO)
    assert sides(found) == [
        ("Un « pont »", 'A "bridge"'),
        ("Première ligne et la suite", "First line and the rest"),
        ("%d pont", "%d bridge"),
        ("%d ponts", "%d bridges"),
        ("Oublié", ""),
    ]
    assert units(found.source) == ["context titre", "", "", "", ""]
    assert len(set(found.articles)) == 4
    assert at(found.target, "rest") == (17, 10)
    assert [c.text for c in found.target.comments] == ["tqcheck: ignore negation: seen"]


def test_a_table_of_pairs_is_told_by_its_suffix(tmp_path: Path) -> None:
    assert sides(pairs(tmp_path, "e.tsv", "Un.\tOne.\n")) == [("Un.", "One.")]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1"])
def test_an_encoding_that_the_xml_names(tmp_path: Path, encoding: str) -> None:
    text = XLIFF_2.replace("<xliff", f'<?xml version="1.0" encoding="{encoding}"?>\n<xliff', 1)
    found = pairs(tmp_path, "a.xlf", text.encode(encoding))
    assert texts(found.source)[1] == "Il est fermé."
    assert misplaced(found.source, text.split("\n")) == []


BOMB = """<?xml version="1.0"?>
<!DOCTYPE lolz [
 <!ENTITY lol "lol">
 <!ENTITY lol2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">
 <!ENTITY lol3 "&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;&lol2;">
]>
<xliff version="2.0" srcLang="fr" trgLang="en">
<file id="1"><unit id="1"><segment><source>&lol3;</source></segment></unit></file></xliff>
"""
FETCH = """<!DOCTYPE tmx [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>&secret;</seg></tuv></tu></body></tmx>
"""
PARAMETER = '<!DOCTYPE tmx [<!ENTITY % remote SYSTEM "http://localhost/x.dtd"> %remote;]>\n<tmx/>'
UNDEFINED = '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n<tmx><header/><body><tu>&secret;</tu></body></tmx>'


@pytest.mark.parametrize("suffix", ["xlf", "tmx"])
@pytest.mark.parametrize("text", [BOMB, FETCH, PARAMETER])
def test_xml_that_declares_entities_is_refused(tmp_path: Path, suffix: str, text: str) -> None:
    error = refused(tmp_path, f"a.{suffix}", text)
    assert "declares an entity" in error.message
    assert error.place is not None
    assert error.place.line is not None


def test_an_entity_that_only_another_file_could_define_is_refused(tmp_path: Path) -> None:
    assert "&secret;" in refused(tmp_path, "a.tmx", UNDEFINED).message


def test_xml_nested_too_deeply_is_refused(tmp_path: Path) -> None:
    text = '<xliff version="2.0"><file>' + "<g>" * 100_000 + "</g>" * 100_000 + "</file></xliff>"
    assert "inside each other" in refused(tmp_path, "a.xlf", text).message


@pytest.mark.parametrize(
    ("name", "text", "message", "line"),
    [
        ("a.xlf", "<xliff>\n<file></xliff>", "no well-formed XML", 2),
        ("a.xlf", "Il pleut.", "no well-formed XML", 1),
        ("a.xlf", "<html/>", "this is no XLIFF", 1),
        ("a.tmx", "\n<html/>", "this is no TMX", 2),
        ("a.xlf", '<?xml version="1.0" encoding="klingon"?><xliff/>', "encoding", 1),
        ("a.xlf", XLIFF_1.replace('"fr-FR"', '"en"').replace('"en-GB"', '"fr"'), "from en to fr", 3),
        ("a.xlf", XLIFF_1.replace('"en-GB"', '"de"'), '"de"', 3),
        ("b.xlf", XLIFF_2.replace('"fr"', '"es"'), '"es"', 1),
        ("a.tmx", TMX.replace('srclang="fr"', 'srclang="en"'), '"en"', 3),
        ("a.tmx", TMX.replace("EN-GB", "it").replace('"en"', '"it"'), "both fr and en", None),
        ("a.po", PO.replace("en_GB", "fr"), '"fr"', 2),
        ("a.po", 'msgid "Un"\nmsgstr "One\n', "no quote at its end", 2),
        ("a.po", 'msgid "Un"\nmsgstr "One" two\n', "behind the end", 2),
        ("a.po", 'msgctxt "x"\nmsgstr "One"\n', "without a msgid", 1),
        ("a.po", "msgid Un\n", "none of a PO file", 1),
        ("a.po", '"Un"\n', "none of a PO file", 1),
        ("a.po", 'msgid "Un\\', "behind a backslash", 1),
        ("a.tsv", "Un seul\n", "no tab", 1),
    ],
)
def test_bad_files_are_refused_with_their_place(
    tmp_path: Path, name: str, text: str, message: str, line: int | None
) -> None:
    error = refused(tmp_path, name, text)
    assert message in error.message
    assert error.place is not None
    assert error.place.line == line


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.xlf", '<xliff version="2.0"/>'),
        ("a.tmx", "<tmx><body/></tmx>"),
        ("a.po", '#~ msgid "x"\n#~ msgstr "y"\n'),
        ("a.xlf", ""),
    ],
)
def test_a_file_without_a_pair_is_refused(tmp_path: Path, name: str, text: str) -> None:
    assert "holds no text" in refused(tmp_path, name, text).message


def test_a_file_of_pairs_is_no_document_of_one_language(tmp_path: Path) -> None:
    file = tmp_path / "a.xlf"
    file.write_text(XLIFF_1)
    with pytest.raises(UserError, match="both languages"):
        readers.read(str(file), "fr")
    assert readers.are_aligned(str(file), str(file))
    assert not readers.are_aligned("a.txt", "a.txt")


PIECES = st.sampled_from(
    [
        "Un ",
        "é",
        "\n",
        " ",
        "&amp;",
        "&#233;",
        '<g id="1">x</g>',
        "<x/>",
        "<ph>%s</ph>",
        "«",
        "\t",
        "<![CDATA[a < b]]>",
        "\r\n",
        "𝄞",
    ]
)


@given(st.lists(PIECES, max_size=30), st.lists(PIECES, max_size=30))
def test_places_hold_in_whatever_is_put_together(source: list[str], target: list[str]) -> None:
    text = (
        '<xliff version="1.2"><file source-language="fr" target-language="en"><body><trans-unit id="1">\n<source>Mot '
        f"{''.join(source)}</source><target>{''.join(target)}</target></trans-unit></body></file></xliff>"
    )
    found = xliff.read("-", text.encode)
    for document in (found.source, found.target):
        assert misplaced(document, text.replace("\r\n", "\n").split("\n")) == []
        assert "%s" not in document.text
