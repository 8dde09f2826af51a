"""The house in order: imports run one way, modules and functions stay small, nobody else's words are in it."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]
LIBRARY = sorted((TOP / "warta").rglob("*.py"))
CODE = [
    *LIBRARY,
    *sorted((TOP / "scripts").rglob("*.py")),
    *sorted((TOP / "evaluation").rglob("*.py")),
    *sorted((TOP / "tests").rglob("*.py")),
]
# Each part of the library may import those before it. Parts in one set may use one another without a circle.
STOREYS: list[set[str]] = [
    {"document"},
    {"schema", "text"},
    {"json_schema", "files", "anchors", "validate", "system"},
    {"scoring", "agreement", "corpus", "label_studio", "interchange"},
    {"report"},
    {"cli", "__main__"},
]
LINES, FUNCTION_LINES = 300, 40


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> set[str]:
    """Names of the modules of the library a file imports, those inside functions included."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "warta":
            known = [f"{node.module}.{alias.name}" for alias in node.names]
            found |= {name if module_path(name).exists() else node.module for name in known}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names if alias.name.split(".")[0] == "warta"}
    return found


def module_path(name: str) -> Path:
    base = TOP / Path(*name.split("."))
    return base / "__init__.py" if base.is_dir() else base.with_suffix(".py")


def module_name(path: Path) -> str:
    parts = path.relative_to(TOP).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@pytest.mark.parametrize("path", LIBRARY, ids=module_name)
def test_imports_run_one_way(path):
    here = part_of(module_name(path))
    if not here:  # the package itself only offers what others define
        return
    storey = next(n for n, parts in enumerate(STOREYS) if here in parts)
    for name in imports(path):
        part = part_of(name)
        if part and part != here:
            there = next(n for n, parts in enumerate(STOREYS) if part in parts)
            assert there <= storey, f"{module_name(path)} imports {name}"


def test_no_import_circle():
    graph = {module_name(path): imports(path) for path in LIBRARY}
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        assert name not in trail, " -> ".join([*trail, name])
        if name not in done:
            for other in graph.get(name, ()):
                if other != name and not name.startswith(f"{other}."):
                    visit(other, (*trail, name))
            done.add(name)

    for name in graph:
        visit(name, ())


@pytest.mark.parametrize("path", CODE, ids=lambda path: str(path.relative_to(TOP)))
def test_modules_and_functions_stay_small(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LINES
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            documented = node.body[0].end_lineno - node.body[0].lineno + 1 if ast.get_docstring(node) else 0
            assert node.end_lineno - node.lineno + 1 - documented <= FUNCTION_LINES, (
                f"{node.name} at line {node.lineno}"
            )


def test_names_are_the_fields_words():
    for path in CODE:
        assert not {"utils", "helpers", "common", "misc"} & set(path.with_suffix("").parts), path


def test_scoring_starts_without_heavy_packages():
    heavy = ("datasets", "sklearn", "pyarrow", "pandas", "numpy", "scipy")
    code = f"import sys, warta.cli.score; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=TOP)
    assert done.stdout.strip() == "[]"


def test_no_words_of_others_texts_in_the_repository():
    check = Path(os.environ.get("WARTA_FOREIGN_TEXT", TOP.parent / "shared" / "checks" / "foreign_text.py"))
    if not check.is_file():
        pytest.skip("the texts to look for are not at hand (WARTA_FOREIGN_TEXT names the check)")
    done = subprocess.run([sys.executable, str(check), str(TOP)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
