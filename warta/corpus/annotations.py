"""The annotators' files: both annotations and the decisions of every batch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import msgspec

from warta.agreement.decisions import Decision
from warta.corpus.layout import Layout
from warta.document import Document
from warta.files import FileFault, read_documents, read_objects


class Annotated(NamedTuple):
    """Both annotations of one document as they are kept, and the decisions that made gold of them."""

    batch: str
    first: Document
    second: Document
    decisions: list[Decision]


def batches(layout: Layout) -> list[Path]:
    """Return the batch folders in order."""
    return sorted(path for path in layout.annotations.glob("batch-*") if path.is_dir())


def read_annotations(layout: Layout) -> Iterator[Annotated]:
    """Yield the annotations of every document, batch by batch.

    Raises :class:`FileFault` when the two files of a batch are not about the same documents.
    """
    for folder in batches(layout):
        first = list(read_documents(folder / "first.jsonl"))
        second = {document.id: document for document in read_documents(folder / "second.jsonl")}
        if [d.id for d in first] != list(second):
            raise FileFault(
                f"{folder}: first.jsonl and second.jsonl are not about the same documents in the same order"
            )
        made: dict[str, list[Decision]] = {document.id: [] for document in first}
        for row in read_objects(folder / "decisions.jsonl"):
            decision = msgspec.convert(row, Decision)
            made[decision.id].append(decision)
        for document in first:
            yield Annotated(folder.name, document, second[document.id], made[document.id])
