"""The corpus's own form: documents as JSON Lines."""

from __future__ import annotations

from warta.document import Document
from warta.files import write_objects
from warta.interchange.ledger import Context
from warta.validate import blocking_faults, checked_lines


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of a file; whatever would keep it from being scored is a fault."""
    documents: list[Document] = []
    for line in checked_lines(path, lambda document: blocking_faults(document, context.schema)):
        context.ledger.faults += [str(fault) for fault in line.findings]
        if line.document is not None and not line.findings:
            documents.append(line.document)
    return documents


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write the documents as JSON Lines (``-``: standard output)."""
    write_objects(target, documents)
