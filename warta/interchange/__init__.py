"""Interchange: documents from and to the formats of other tools.

Every format is a module with ``read(path, context) -> documents`` or ``write(documents, target, context)`` or both, whose
docstring says what it assumes and what it cannot hold. A :class:`~warta.interchange.ledger.Context` carries schema, labels, known
documents and the ledger of everything that has to be told. Nothing is written while the ledger has faults.
"""

from __future__ import annotations

import importlib
from typing import NamedTuple

import msgspec

from warta.document import Document, completed
from warta.interchange.ledger import Context, Ledger, new_context
from warta.interchange.relabel import relabelled
from warta.validate import blocking_faults

__all__ = ["FORMATS", "Context", "Ledger", "convert", "new_context", "read", "write"]


class Format(NamedTuple):
    """Modules that read and write a format (null: it is only written, or only read), and whether its labels are the corpus's own."""

    reader: str | None
    writer: str | None
    own: bool = False


FORMATS = {
    "documents": Format("document_lines", "document_lines", own=True),
    "conll": Format("conll", "conll"),
    "brat": Format("brat_read", "brat_write"),
    "spacy": Format("spacy_json", "spacy_json"),
    "hf": Format("hugging_face", "hugging_face"),
    "label-studio": Format("label_studio", None),
    "anchored": Format("anchored", "anchored", own=True),
}


def read(path: str, form: str, context: Context) -> list[Document]:
    """Return the documents of a file (or folder) in a format of ``FORMATS``, in the corpus's labels, forms and names filled in.

    Faults go to ``context.ledger``, those too that would keep a document from being scored; raises ``FileFault`` for a
    file that cannot be opened.
    """
    module = importlib.import_module(f"warta.interchange.{FORMATS[form].reader}")
    documents: list[Document] = [completed(document) for document in module.read(path, context)]
    if not context.ledger.fault_lines():
        for document in documents:
            faults = blocking_faults(document, context.schema)
            context.ledger.faults += [str(fault._replace(path=path, document=document.id)) for fault in faults]
    return [] if context.ledger.fault_lines() else documents


def write(documents: list[Document], form: str, target: str, context: Context) -> None:
    """Write documents in a format of ``FORMATS`` to a file (brat: a folder), in the crosswalk's labels if there is one.

    Nothing is written when there are faults. Raises ``FileFault`` where the target cannot be written.
    """
    if context.ledger.fault_lines():
        return
    module = importlib.import_module(f"warta.interchange.{FORMATS[form].writer}")
    if not FORMATS[form].own:
        documents = [relabelled(document, context) for document in documents]
    module.write(documents, target, context)


def convert(path: str, source: str, form: str, target: str, context: Context) -> int:
    """Read a file in the format ``source``, write it in ``form`` and return the number of documents.

    Texts that somebody else owns (``meta.origin`` linked) and that the file did not bring in the document form itself are not
    written into document files. Documents known but not in the file are counted in a note.
    """
    documents = read(path, source, context)
    if form == "documents" and source != "documents":
        documents = [_without_linked_text(document) for document in documents]
    missing = len(context.texts.known.keys() - {document.id for document in documents})
    if missing and not context.ledger.fault_lines():
        context.ledger.notes.append(f"{missing} of {len(context.texts.known)} known documents are not in {path}")
    write(documents, form, target, context)
    return len(documents)


def _without_linked_text(document: Document) -> Document:
    linked = document.meta is not None and document.meta.origin == "linked"
    bare = [msgspec.structs.replace(entity, name=None) for entity in document.entities]
    return msgspec.structs.replace(document, text=None, entities=bare) if linked else document
