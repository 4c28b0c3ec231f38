"""No file that the program reads is ever run: what could do that does not stand in the package, read with ``ast``."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

import tqcheck
from tqcheck.errors import UserError
from tqcheck.translate import opus_mt

PACKAGE = Path(tqcheck.__file__).parent
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))

MODULES = {
    "pickle",
    "cPickle",
    "_pickle",
    "dill",
    "cloudpickle",
    "joblib",
    "marshal",
    "shelve",
    "yaml",
    "code",
    "codeop",
}
ONLY_TO_NAME_AN_ERROR = {"translate/models/opus_mt_files.py"}
"""It imports pickle for ``pickle.UnpicklingError`` and nothing else."""
CALLS = {"eval", "exec", "compile", "__import__"}
ATTRIBUTES = {
    "torch.load", "pickle.load", "pickle.loads", "pickle.Unpickler", "yaml.load", "os.system", "os.popen",
}  # fmt: skip
LOADS_OF_NUMPY = {"numpy.load", "np.load"}


def tree(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text("utf-8"))


def calls(node: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    for child in ast.walk(node):
        if isinstance(child, ast.Call):
            yield ast.unparse(child.func), child


@pytest.mark.parametrize("file", FILES)
def test_nothing_that_runs_what_it_reads(file: str) -> None:
    for node in ast.walk(tree(file)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        for name in names:
            if name == "pickle" and file in ONLY_TO_NAME_AN_ERROR:
                continue
            assert name.split(".")[0] not in MODULES, f"{file} imports {name}"
        if isinstance(node, ast.Attribute):
            assert ast.unparse(node) not in ATTRIBUTES, f"{file}:{node.lineno}"
    for name, call in calls(tree(file)):
        assert name not in CALLS, f"{file}:{call.lineno} calls {name}"
        keywords = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
        if name in LOADS_OF_NUMPY:
            assert keywords.get("allow_pickle") == "False", f"{file}:{call.lineno}: say allow_pickle=False"
        assert keywords.get("allow_pickle", "False") == "False", f"{file}:{call.lineno}"
        assert keywords.get("shell", "False") == "False", f"{file}:{call.lineno}: a shell"
        assert keywords.get("trust_remote_code", "False") == "False", f"{file}:{call.lineno}"
        assert keywords.get("weights_only", "True") == "True", f"{file}:{call.lineno}"
        if name.endswith("from_pretrained"):
            assert keywords.get("use_safetensors") == "True", f"{file}:{call.lineno}: say use_safetensors=True"


def test_the_test_sees_what_it_looks_for() -> None:
    found = {name for file in FILES for name, _ in calls(tree(file))}
    assert found & LOADS_OF_NUMPY
    assert any(name.endswith("from_pretrained") for name in found)


def test_a_pickle_is_refused_before_anything_opens_it(tmp_path: Path) -> None:
    witness = tmp_path / "ran"

    class Trap:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (witness,)

    for name in ("source.spm", "target.spm", "vocab.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    (tmp_path / "config.json").write_text('{"model_type": "marian"}', "utf-8")
    (tmp_path / "pytorch_model.bin").write_bytes(pickle.dumps(Trap()))
    with pytest.raises(UserError, match="its weights are a pickle, which can run any program") as refused:
        opus_mt.check(tmp_path, trusted=False)
    assert "safetensors" in (refused.value.hint or "")
    assert not witness.exists()
