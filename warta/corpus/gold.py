"""The gold a system is scored against: a split of the release, or a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from warta.corpus.layout import LINKED_SPLIT, SPLITS, find_layout
from warta.document import Document
from warta.files import FileFault, raw_lines
from warta.schema import Schema
from warta.validate import Finding, blocking_faults, checked_lines, read_line

GOLD_NAMES = (*SPLITS, LINKED_SPLIT)


class Gold(NamedTuple):
    """Gold that can be read more than once, and what the signature says of it."""

    name: str
    corpus: str
    digest: str
    documents: Callable[[], Iterator[Document]]


class FileFindings(Exception):
    """A file that cannot be used; ``findings`` has every fault in it."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep all findings for the caller to print."""
        super().__init__(f"{len(findings)} faults")
        self.findings = findings


def is_split(name: str) -> bool:
    """Say whether gold is named by split; a file of the same name is given as ``./test``."""
    return name in GOLD_NAMES


def open_gold(name: str = "test", data: str | Path = ".", schema: Schema | None = None) -> Gold:
    """Return gold by the name of a split of the release (``data``: a place in the checkout) or the path of a file."""
    if not is_split(name):
        return _gold_file(Path(name), schema)
    from warta.corpus.tables import read_table

    layout = find_layout(data)
    path = layout.parquet(name)
    try:
        figures = msgspec.json.decode((layout.top / "data" / "statistics.json").read_bytes())
        version, digest = str(figures["version"]), str(figures["files"][name]["digest"])[:16]
    except (OSError, msgspec.MsgspecError, KeyError) as error:
        raise FileFault(f"{layout.top / 'data' / 'statistics.json'}: cannot be used: {error}") from error
    return Gold(name, version, digest, lambda: read_table(path))


def _gold_file(path: Path, schema: Schema | None) -> Gold:
    """Return gold from a document file, which is read through once for its digest and its faults."""
    import hashlib

    from warta.schema import load_schema

    total = hashlib.sha256()
    found: list[Finding] = []
    rules = schema or load_schema()
    for line in checked_lines(path, lambda document: blocking_faults(document, rules)):
        total.update(line.raw + b"\n")
        found += line.findings
    if found:
        raise FileFindings(found)

    def documents() -> Iterator[Document]:
        decode = msgspec.json.Decoder(Document).decode
        for _, line in raw_lines(path):
            try:
                yield decode(line)
            except msgspec.ValidationError:
                # Null for an optional list is in the form, but only the reader of checked lines knows it.
                document, _ = read_line(line)
                if document is not None:
                    yield document

    return Gold(path.name, "file", total.hexdigest()[:16], documents)
