"""Linked documents: annotations of articles that others wrote, whose text stays outside the repository."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from warta.document import Document, completed, wordless
from warta.text import digest, normalized

LINKED = "linked"
NTREX_LINES, NTREX_IDS = "newstest2019-ref.ind.txt", "DOCUMENT_IDS.tsv"
# Where the licensed set comes from; the commit is pinned because the hashes are of its lines.
NTREX_BASE = "https://raw.githubusercontent.com/MicrosoftTranslator/NTREX/8561f6a622db9edad1217683e5c83daefd8bb2bf"
NTREX_FILES = {NTREX_LINES: f"NTREX-128/{NTREX_LINES}", NTREX_IDS: NTREX_IDS}


def origin_of(document: Document) -> str:
    """Return where a document is from, ``written`` where it does not say."""
    return (document.meta.origin if document.meta else None) or "written"


def withheld(document: Document) -> Document:
    """Return a linked document without any word of its text (text and entity names null); others unchanged."""
    if document.meta is None or document.meta.origin != LINKED:
        return document
    return wordless(document)


class Unlinked(NamedTuple):
    """A linked document whose text could not be joined, and why."""

    id: str
    why: str


def ntrex_texts(folder: Path) -> dict[str, str]:
    """Return ``{"ntrex:<document id>": text}`` from the two files of the licensed set, wherever they lie under a folder.

    Line i of the text file belongs to the document on line i of the id file; a document is its lines in file order, carriage
    returns removed, in NFC, joined by a line feed, nothing stripped.
    """
    lines = next(iter(sorted(folder.rglob(NTREX_LINES))), None)
    ids = next(iter(sorted(folder.rglob(NTREX_IDS))), None)
    if lines is None or ids is None:
        return {}
    grouped: dict[str, list[str]] = {}
    texts = lines.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    names = ids.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    for name, line in zip(names, texts, strict=True):
        grouped.setdefault(f"ntrex:{name.strip()}", []).append(line)
    return {name: normalized("\n".join(rows)) for name, rows in grouped.items()}


def loose_texts(folder: Path) -> dict[str, str]:
    """Return ``{SHA-256: text}`` of the text files under a folder, one article a file, final line feed removed."""
    found: dict[str, str] = {}
    for path in sorted(folder.rglob("*.txt")):
        if path.name == NTREX_LINES or not path.is_file():
            continue
        try:
            text = normalized(path.read_bytes().decode("utf-8")).removesuffix("\n")
        except (UnicodeDecodeError, OSError):
            continue  # not a text of ours; what stays unlinked is reported by id
        found[digest(text)] = text
    return found


def link(documents: Iterable[Document], folder: Path) -> tuple[list[Document], list[Unlinked]]:
    """Join texts found under a folder into linked documents whose hash they have.

    Returns all documents (those without a text found stay as they were) and what could not be linked.
    """
    by_source, by_hash = ntrex_texts(folder), loose_texts(folder)
    linked: list[Document] = []
    missing: list[Unlinked] = []
    for document in documents:
        meta = document.meta
        if document.text is not None or meta is None or meta.origin != LINKED:
            linked.append(document)
            continue
        text = by_source.get(meta.source or "", by_hash.get(meta.sha256 or ""))
        if text is None:
            missing.append(Unlinked(document.id, f"no text for source {meta.source!r} under {folder}"))
            linked.append(document)
        elif digest(text) != meta.sha256:
            missing.append(
                Unlinked(
                    document.id, f"text of {meta.source!r} has SHA-256 {digest(text)}, annotated was {meta.sha256}"
                )
            )
            linked.append(document)
        else:
            linked.append(completed(msgspec.structs.replace(document, text=text)))
    return linked, missing
