"""The validator: every check has a level and a stable id, and all findings are reported.

A document that fails a level is not looked at on deeper levels, whose checks rely on the earlier ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

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
    "CheckedLine",
    "Finding",
    "Level",
    "blocking_faults",
    "check_document",
    "check_file",
    "checked_lines",
    "placed",
    "prediction_faults",
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


def prediction_faults(
    document: Document, gold: Document | None, schema: Schema, known: int | None = None
) -> list[Finding]:
    """Return what keeps a predicted document from being scored against gold.

    ``known`` says that gold has no such document among so many. The text, where both have one, must be the same; the
    offsets of a document without text end where gold's text does.
    """
    faults: list[Finding] = []
    if known is not None:
        faults.append(Finding("unknown-document", "id", repr(document.id), f"one of gold's {known} documents"))
    text, chars = (gold.text, gold.meta.chars if gold.meta else None) if gold is not None else (None, None)
    if text is not None:
        chars = len(text)
        if document.text is not None and document.text != text:
            faults.append(
                Finding("text-mismatch", "text", f"{len(document.text)} other characters", "gold's text, or null")
            )
    return faults + blocking_faults(document, schema, chars)


class CheckedLine(NamedTuple):
    """A line of a document file: its number, bytes, document (None if its form is wrong) and placed findings."""

    number: int
    raw: bytes
    document: Document | None
    findings: list[Finding]


def checked_lines(path: str | Path, check: Callable[[Document], list[Finding]]) -> Iterator[CheckedLine]:
    """Yield every line with what ``check`` and the file's own rules find, file, line and id filled in."""
    seen: set[str] = set()
    for number, raw in raw_lines(path):
        document, found = read_line(raw)
        if document is not None:
            found = check(document)
            if document.id in seen:
                found = [Finding("repeated-document", "id", repr(document.id), "an id that stands once"), *found]
            seen.add(document.id)
        name = document.id if document is not None else ""
        yield CheckedLine(number, raw, document, list(placed(found, str(path), number, name)) if found else [])


def check_file(path: str | Path, schema: Schema) -> Iterator[tuple[Document | None, list[Finding]]]:
    """Yield every line's document (None if its form is wrong) with all findings about it."""
    for line in checked_lines(path, lambda document: check_document(document, schema)):
        yield line.document, line.findings
