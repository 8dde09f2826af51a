"""The corpus's own form: documents as JSON Lines."""

from __future__ import annotations

from warta.document import Document
from warta.files import raw_lines, write_objects
from warta.interchange.ledger import Context
from warta.validate import blocking_faults, read_line
from warta.validate.findings import placed


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of a file; whatever would keep it from being scored is a fault."""
    documents: dict[str, Document] = {}
    for number, line in raw_lines(path):
        document, faults = read_line(line)
        if document is not None:
            faults = blocking_faults(document, context.schema)
            if document.id in documents:
                context.ledger.fault(f"{path}:{number}", f"document {document.id!r} again", "an id that stands once")
        name = "" if document is None else document.id
        context.ledger.faults += [str(fault) for fault in placed(faults, path, number, name)]
        if document is not None and not faults:
            documents.setdefault(document.id, document)
    return list(documents.values())


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write the documents as JSON Lines (``-``: standard output)."""
    write_objects(target, documents)
