"""What must not be in the repository, and sizes the house keeps to."""

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOM_FOR = {
    ".ci", "assessments", "benchmarks", "binder", "courses", "deploy", "docs", "tests", "toolkit",
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "README.md", "pyproject.toml", "requirements.lock",
    "requirements-dev.lock", ".gitignore", ".gitattributes", ".pre-commit-config.yaml",
}  # fmt: skip


def _tracked() -> list[Path]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in listing.split("\0") if name]


def _texts() -> list[tuple[Path, str]]:
    found = []
    for path in _tracked():
        try:
            found.append((path.relative_to(ROOT), path.read_text(encoding="utf-8")))
        except (UnicodeDecodeError, FileNotFoundError):
            continue
    return found


def test_the_root_holds_only_what_was_ordered():
    assert {path.relative_to(ROOT).parts[0] for path in _tracked()} <= ROOM_FOR


def test_no_file_names_a_registry_or_a_place_of_one_machine():
    forbidden = ["files.python" + "hosted", "pypi" + ".org", "registry." + "npmjs", "/ro" + "ot/", "/wo" + "rk/main"]
    hits = {(str(name), word) for name, text in _texts() for word in forbidden if word in text}
    assert hits == set()


def test_no_page_fetches_anything_from_elsewhere():
    """Sources are named in texts; nothing that a browser loads by itself may point outside."""
    loaded = ('src="http', "src='http", 'rel="stylesheet" href="http', "@import url(http", "url(http", "import('http")
    pages = [(name, text) for name, text in _texts() if name.suffix in {".html", ".j2", ".css", ".js"}]
    assert pages
    assert [(str(name), word) for name, text in pages for word in loaded if word in text] == []


def _functions(tree: ast.AST):
    return (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its docstring, which may well be longer than the code."""
    first = node.body[1] if ast.get_docstring(node) and len(node.body) > 1 else node.body[0]
    return node.end_lineno - first.lineno + 1


@pytest.mark.parametrize("folder", ["toolkit"])
def test_modules_and_functions_stay_small(folder):
    too_long = []
    for path in sorted((ROOT / folder).rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 400:
            too_long.append(f"{path.name}: {text.count(chr(10))} lines")
        for node in _functions(ast.parse(text)):
            if (length := _length(node)) > 60:
                too_long.append(f"{path.name}:{node.lineno} {node.name}: {length} lines")
            # a command's parameters are its options, given by name
            if path.parent.name != "cli" and len(node.args.posonlyargs) + len(node.args.args) > 5:
                too_long.append(f"{path.name}:{node.lineno} {node.name}: too many positional parameters")
    assert too_long == []


def test_nine_of_ten_functions_are_under_35_lines():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "toolkit").rglob("*.py")]
    lengths = [_length(node) for text in sources for node in _functions(ast.parse(text))]
    assert len(lengths) > 1000
    assert sum(length < 35 for length in lengths) >= 0.9 * len(lengths)
