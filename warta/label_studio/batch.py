"""The articles of a batch as annotators get them: text and meta, without anybody's annotation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from warta.corpus.articles import written_articles
from warta.corpus.layout import Layout, read_gold
from warta.corpus.linked import link
from warta.document import Document
from warta.files import read_documents
from warta.label_studio.tasks import Fault
from warta.text import normalized

FIRST = "first.jsonl"


def batch_articles(path: Path, layout: Layout, texts: Path | None = None) -> list[Document]:
    """Return the articles that a path names, bare.

    The path is a batch's folder in ``data/annotations`` (the articles of its ``first.jsonl``), a folder of
    ``.txt`` files, one an article named by its id, or a file of documents. Texts that a file leaves out are
    taken from the written articles, gold, and for linked articles the folder ``texts``.
    Raises :class:`Fault` naming every article whose text is nowhere.
    """
    found = [bare(document) for document in _named(path)]
    if any(document.text is None for document in found):
        known = {d.id: d for d in (*read_gold(layout), *written_articles(layout.articles))}
        found = [document if document.text is not None else known.get(document.id, document) for document in found]
        found = [bare(document) for document in (link(found, texts)[0] if texts is not None else found)]
    missing = [document.id for document in found if document.text is None]
    if missing:
        raise Fault(f"{path}: no text of {', '.join(missing)}; name the folder that has it with --texts")
    return found


def _named(path: Path) -> Iterable[Document]:
    if not path.exists():
        raise Fault(
            f"{path}: there is no such batch: expected a folder with {FIRST} or *.txt files, or a file of documents"
        )
    if path.is_file():
        return list(read_documents(path))
    if (path / FIRST).is_file():
        return list(read_documents(path / FIRST))
    found = list(_loose(path))
    if not found:
        raise Fault(f"{path}: is no batch: it has neither {FIRST} nor *.txt files")
    return found


def _loose(folder: Path) -> Iterator[Document]:
    for path in sorted(folder.glob("*.txt")):
        try:
            yield Document(id=path.stem, text=normalized(path.read_bytes().decode("utf-8")).removesuffix("\n"))
        except UnicodeDecodeError as error:
            raise Fault(f"{path}: not UTF-8 at byte {error.start}") from error


def bare(document: Document) -> Document:
    """Return an article without annotation."""
    return Document(id=document.id, text=document.text, meta=document.meta)
