"""Texts that try to be obeyed, and a desk that has one of them in every place where a text can stand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from tests.render.reports import bitext, finding, report, with_pair
from tqcheck import gate
from tqcheck.model import Comment, Desk, Failure, Report, Span, Suppression, Translation
from tqcheck.mqm import Severity

TEXTS = {
    "escape sequences": "a\x1b[2J\x1b[31mred\x1b]0;title\x07\x1b]8;;http://evil.example\x1b\\link\x1b[8m b",
    "c1 controls": "a\x9b2J\x9dtitle\x9c\x90q\x85b",
    "c0 controls": "a\0\a\b\b\b\x0e\x7f\r b\v c\f d\x1c e",
    "bidirectional": "a\u202eevil\u202c\u2066\u2067\u2068\u2069\u200e\u200f\u061c b",
    "invisible": "a\u200bb\u200c\u200d\u2060\ufeff\u00ad\u034f\u3164\U000e0041\U000e007f c",
    "line ends": "one\ntwo\r\nthree\rfour\u2028five\u2029six\x85seven",
    "surrogates": "a\ud800 b\udfff\ude00\ud83d",
    "no characters": "a\uffff\ufdd0\U0010ffff\ue000 b",
    "workflow commands": "::error file=x::evil\n::stop-commands::t\r\n  ::add-mask::a\n%0A::warning::evil%0D b",
    "old workflow commands": "a ##[error]evil ##vso[task.setvariable variable=a]b ##teamcity[testFailed name='a'] b",
    "gitlab sections": "a\x1b[0Ksection_start:1:evil[collapsed=true]\r\x1b[0Kevil b",
    "markdown": "[a](http://evil.example) ![i](http://evil.example/i.png) **b** _c_ ~~d~~ # e | f \\| g\n# h\n---\n|-|",
    "code": "a ` b `` c ``` d\n```\n~~~\n    e",
    "mentions": "@team #1 !2 $3 &4 ~5 org/repo#6 a@evil.example :tada: 0123456789abcdef0123456789abcdef01234567",
    "addresses": "https://evil.example www.evil.example <https://evil.example> <a@evil.example> javascript:alert(1)",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> <b onmouseover=a()> <details open> <!-- a --> b",
    "end of script": "</script><script>alert(1)</script></style></textarea></title>--><svg onload=alert(1)>",
    "attributes": "\" onclick=\"alert(1)\" ' onfocus='alert(1)' `onload=`a` autofocus=\"",
    "entities": "&lt;b&gt; &#60;i&#62; &amp;lt; &copy &xxe; &#x1b;[2J b",
    "xml": "]]> <![CDATA[ a ]]> <?xml version='1.0'?> <!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]> &b;",
    "template": "{{ 7 * 7 }} {% raw %} ${7*7} #{7*7} [[7*7]] %s {0} {a} b",
    "rich markup": "[red]a[/red] [link=http://evil.example]b[/link] [/] [bold",
    "marks of ours": "⟦a⟧¹ … [[b]](1) ␣ \\x1b \\u202e c",
    "formula": '=HYPERLINK("http://evil.example";"a")',
    "formula behind blanks": " \t\u00a0\u3000=1+1",
    "formula behind a line": "\r\n=1+1",
    "formula plus": "+1+cmd|' /C calc'!A0",
    "formula minus": "-1+1",
    "formula at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "formula in full width": "＝1＋1",
    "formula with an apostrophe": "'=1+1",
    "formula behind a semicolon": "a; =1+1;-2;+3;@a;\t=4",
    "formula behind quotes": 'a";=1+1;"b","=2"\n"=3',
    "fake report": "PASSED  0 findings in 0 of 0 pairs\nerror: a\n  --> b:1:1\nhint: rm -rf /",
    "all letters": "œŒ é 😀 👩‍👩‍👧 « à » – — ‘’ “” e\u0301 \u00a0 \u202f %",
}  # fmt: skip
"""What it tries -> the text."""

PLAIN = "a word of no harm and another"


@cache
def made(text: str) -> Report:
    """A report with ``text`` as the French, the English, the names, and all that is said of them."""
    own = bitext([(f"Mot {text}", f"Word {text}"), (text, text), (f"un {text}", "")], separator="\n\n")
    source = replace(own.source, path=f"f/{text}.fr.txt", comments=(Comment(Span(0, 3), text),))
    own = replace(own, source=source, target=replace(own.target, path=f"e/{text}.en.txt"))
    forward = Translation(f"word {text}", f"engine {text}")
    own = with_pair(own, 0, forward=forward, back=replace(forward, text=f"mot {text}"))
    said = {"message": text, "suggestion": text, "evidence": (text, f"« {text} »")}
    findings = (
        finding(own, 0, "negation", Severity.CRITICAL, source="Mot", target="Word", **said),  # type: ignore[arg-type]
        finding(own, 1, "number-mismatch", source=text, target=text, **said),  # type: ignore[arg-type]
        finding(own, 2, "omission", source=text, **said),  # type: ignore[arg-type]
        finding(own, None, "glossary", Severity.MINOR, **said),  # type: ignore[arg-type]
    )
    whole = report(own, findings, notes=(text, f"Note {text}"), provenance={"models": {text: text}, "a": [text]})
    whole = gate.settle(whole, gate.limits(Severity.MAJOR))
    verdict = replace(whole.verdict, reasons=(*whole.verdict.reasons, text))
    why = {findings[2].fingerprint: Suppression("dismissed", text)}
    return replace(whole, verdict=verdict, suppressions=why)


@cache
def desk(text: str) -> Desk:
    """Two such reports, and what could not be checked."""
    failure = Failure(f"f/{text}", f"e/{text}", f"error: {text}\n  --> {text}\nhint: {text}")
    other = made(text)
    names = replace(other.bitext.target, path=f"other {text}")
    return Desk((made(text), replace(other, bitext=replace(other.bitext, target=names))), (failure,), (text,))
