from __future__ import annotations

import msgspec

from warta.corpus.linked import NTREX_IDS, NTREX_LINES, link, ntrex_texts, withheld
from warta.document import Document, Entity, Mention, Meta
from warta.text import digest

TEXT = "Judul karangan\nWanasari dilanda banjir."


def linked(source="ntrex:contoh.1", text=TEXT):
    meta = Meta(origin="linked", source=source, chars=len(text), sha256=digest(text))
    mention = Mention(id="m1", start=15, end=23, type="GPE", form="name", entity="e1")
    return Document(
        id="l-1", text=text, meta=meta, mentions=[mention], entities=[Entity(id="e1", type="GPE", name="Wanasari")]
    )


def test_withheld_document_has_no_word_of_its_text():
    shown = msgspec.json.encode(withheld(linked())).decode()
    assert not any(word in shown for word in ("Wanasari", "banjir", "Judul"))


def test_written_document_stays_whole():
    document = msgspec.structs.replace(linked(), meta=Meta(origin="written"))
    assert withheld(document) == document


def test_link_joins_texts_and_names_from_both_kinds_of_folder(tmp_path):
    (tmp_path / "NTREX-128").mkdir()
    (tmp_path / "NTREX-128" / NTREX_LINES).write_bytes(b"Judul karangan\r\nWanasari dilanda banjir.\nLain\n")
    (tmp_path / NTREX_IDS).write_text("contoh.1\ncontoh.1\ncontoh.2\n")
    seed = linked("seed", "Gempa di Wanasari.")
    (tmp_path / "loose.txt").write_text("Gempa di Wanasari.\n")
    documents, missing = link(
        [withheld(linked()), msgspec.structs.replace(withheld(seed), mentions=[], entities=[])], tmp_path
    )
    assert missing == []
    assert documents[0] == linked() and documents[1].text == "Gempa di Wanasari."


def test_what_cannot_be_linked_is_told(tmp_path):
    (tmp_path / NTREX_LINES).write_text("Judul lain\n")
    (tmp_path / NTREX_IDS).write_text("contoh.1\n")
    documents, missing = link([withheld(linked()), withheld(linked("ntrex:contoh.9"))], tmp_path)
    assert [d.text for d in documents] == [None, None]
    assert "SHA-256" in missing[0].why and "no text for source 'ntrex:contoh.9'" in missing[1].why


def test_text_is_joined_exactly(tmp_path):
    (tmp_path / NTREX_LINES).write_text(" a \n\n b\u0301\n", encoding="utf-8")
    (tmp_path / NTREX_IDS).write_text("x\nx\nx\n")
    assert ntrex_texts(tmp_path) == {"ntrex:x": " a \n\n b\u0301"}
