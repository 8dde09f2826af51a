"""The articles of a batch, and what is said where a batch or a text is missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from warta.corpus.layout import Layout
from warta.document import Document, Meta
from warta.files import write_objects
from warta.label_studio.batch import batch_articles
from warta.label_studio.tasks import Fault
from warta.schema import schema_folder
from warta.text import digest

LAYOUT = Layout(schema_folder().parent)
WORDS = "Warga Desa Contoh rapat."


def test_a_batch_of_written_articles_is_text_and_meta_without_annotation() -> None:
    found = batch_articles(LAYOUT.annotations / "batch-02", LAYOUT)
    assert [document.id for document in found] == [f"w-{n:04}" for n in range(1, 13)]
    for document in found:
        assert document.text and document.meta and document.meta.sha256 == digest(document.text)
        assert document == Document(id=document.id, text=document.text, meta=document.meta)


def test_linked_articles_take_their_texts_from_a_folder(tmp_path: Path) -> None:
    meta = Meta(origin="linked", sha256=digest(WORDS), chars=len(WORDS))
    write_objects(tmp_path / "b.jsonl", [Document(id="l-1", meta=meta), Document(id="l-2", text=WORDS)])
    with pytest.raises(Fault, match=r"b\.jsonl: no text of l-1; name the folder that has it with --texts"):
        batch_articles(tmp_path / "b.jsonl", LAYOUT)
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "any.txt").write_text(WORDS + "\n", encoding="utf-8")
    found = batch_articles(tmp_path / "b.jsonl", LAYOUT, tmp_path / "texts")
    assert [(document.id, document.text) for document in found] == [("l-1", WORDS), ("l-2", WORDS)]


def test_a_folder_of_texts_is_a_batch(tmp_path: Path) -> None:
    (tmp_path / "b.txt").write_bytes((WORDS + "\r\n").encode())
    (tmp_path / "a.txt").write_text(WORDS, encoding="utf-8")
    assert batch_articles(tmp_path, LAYOUT) == [Document(id="a", text=WORDS), Document(id="b", text=WORDS)]
    (tmp_path / "c.txt").write_bytes(b"\xff")
    with pytest.raises(Fault, match=r"c\.txt: not UTF-8 at byte 0"):
        batch_articles(tmp_path, LAYOUT)


def test_what_is_no_batch_is_said(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="there is no such batch"):
        batch_articles(tmp_path / "batch-99", LAYOUT)
    with pytest.raises(Fault, match=r"is no batch: it has neither first\.jsonl nor \*\.txt files"):
        batch_articles(tmp_path, LAYOUT)
