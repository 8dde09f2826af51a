"""Writing the formats of others: to standard output, or whole by rename, and never with a fault."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from warta.document import Document
from warta.files import STDIN, write_text
from warta.interchange.ledger import Context


def text_of(document: Document, form: str, context: Context) -> str | None:
    """Return the text of a document; null, with a fault, where it has none though the form needs it."""
    if document.text is None:
        context.ledger.fault(
            f"document {document.id!r}",
            "no text",
            f"documents with text for {form} (--documents gives it, warta link joins it)",
        )
    return document.text


def write_lines(target: str, lines: Iterable[str], context: Context) -> None:
    """Write lines in UTF-8, unless faults were noted."""
    if context.ledger.fault_lines():
        return
    text = "".join(f"{line}\n" for line in lines)
    if target == STDIN:
        sys.stdout.buffer.write(text.encode("utf-8"))
        sys.stdout.buffer.flush()
    else:
        write_text(target, text)
