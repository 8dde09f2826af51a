"""Extraction systems: the one interface of the benchmark, and finding a system by name or path.

A system's module has a function ``load(training: Iterable[Document]) -> System``; a system that learns reads the
training documents, another ignores them. Modules are found by the name of a file in ``evaluation/systems/`` of the
checkout, by a path, or by a dotted module name.
"""

from __future__ import annotations

import importlib
import importlib.util
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Protocol

import msgspec

from warta.document import Document
from warta.files import FileFault


class System(Protocol):
    """Anything that annotates documents."""

    def predict(self, documents: Iterable[Document]) -> Iterable[Document]:
        """Return, in any order, a document with annotations for every document; only id, text and meta are to be read."""
        ...


def bare(document: Document) -> Document:
    """Return the document without annotations: what a system is shown."""
    return msgspec.structs.replace(document, mentions=[], entities=[], events=[], quotes=[])


def load_system(name: str, systems: Path) -> Callable[[Iterable[Document]], System]:
    """Return the ``load`` function of a system.

    ``systems`` is the folder whose files are known by name. Raises :class:`FileFault` when there is no such system.
    """
    path = Path(name) if name.endswith(".py") else systems / f"{name}.py"
    module = _from_file(path) if path.is_file() else _from_name(name, systems)
    load = getattr(module, "load", None)
    if not callable(load):
        raise FileFault(f"{name}: no function load(training) in {module.__name__}")
    found: Callable[[Iterable[Document]], System] = load
    return found


def _from_file(path: Path) -> ModuleType:
    """Import a file; modules beside it can be imported by it."""
    folder = str(path.parent.resolve())
    if folder not in sys.path:
        sys.path.insert(0, folder)
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise FileFault(f"{path}: cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def _from_name(name: str, systems: Path) -> ModuleType:
    known = ", ".join(sorted(p.stem for p in systems.glob("*.py") if not p.stem.startswith("_"))) or "none"
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise FileFault(f"{name}: no such system (in {systems}: {known}; or a path, or a module): {error}") from error
