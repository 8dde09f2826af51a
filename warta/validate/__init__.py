"""The validator: every check has a level and a stable id, and all findings are reported.

A document that fails a level is not looked at on deeper levels, whose checks rely on the earlier ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from warta.document import Document
from warta.files import raw_lines
from warta.schema import Schema
from warta.validate.acts import ACT_CHECKS
from warta.validate.findings import CHECKS, Finding, Level, placed
from warta.validate.form import read_line, record_faults
from warta.validate.links import label_faults, offset_faults, reference_faults
from warta.validate.quick import sound
from warta.validate.scheme import MENTION_CHECKS

__all__ = [
    "CHECKS",
    "Finding",
    "Level",
    "blocking_faults",
    "check_document",
    "check_file",
    "read_line",
    "scheme_faults",
]


def blocking_faults(document: Document, schema: Schema, chars: int | None = None) -> list[Finding]:
    """Return what keeps a well-formed document from being scored: references, offsets, labels, the first level that fails."""
    if sound(document, schema, chars):
        return []
    return (
        record_faults(document)
        or list(reference_faults(document))
        or list(offset_faults(document, chars))
        or list(label_faults(document, schema))
    )


def scheme_faults(document: Document, schema: Schema) -> list[Finding]:
    """Return departures from the annotation scheme of a document without blocking faults."""
    return [finding for check in (*MENTION_CHECKS, *ACT_CHECKS) for finding in check(document, schema)]


def check_document(document: Document, schema: Schema, chars: int | None = None) -> list[Finding]:
    """Return all findings about a document; gold has none."""
    return blocking_faults(document, schema, chars) or scheme_faults(document, schema)


def check_file(path: str | Path, schema: Schema) -> Iterator[tuple[Document | None, list[Finding]]]:
    """Yield every line's document (None if its form is wrong) with its findings, file, line and id filled in."""
    seen: set[str] = set()
    for number, line in raw_lines(path):
        document, found = read_line(line)
        if document is not None:
            found = check_document(document, schema)
            if document.id in seen:
                found.insert(0, Finding("repeated-document", "id", repr(document.id), "an id that stands once"))
            seen.add(document.id)
        name = document.id if document is not None else ""
        yield document, list(placed(found, str(path), number, name))
