from __future__ import annotations

import json
import tempfile

from hypothesis import given, settings
from hypothesis import strategies as st
from spanned_documents import documents, sorted_entities

from warta.document import Document, Event, Mention, completed
from warta.interchange import new_context, read, write
from warta.schema import load_schema

SCHEMA = load_schema()
TEXT = "Wali Kota Melati tiba.\n“Kota sepi,” ujarnya."
KNOWN = [Document(id="w-1", text=TEXT)]
# Words no two of which are alike, so that every span can be singled out.
UNLIKE = st.sampled_from(["Kota", "Lama", "ujarnya", "“Ya,”", "😀", "Café", "1.234,5", "anak-anak"])


def in_text_order(document: Document) -> Document:
    return Document(
        id=document.id, text=document.text,
        mentions=sorted(document.mentions, key=lambda m: (m.start, -m.end, m.id)), entities=document.entities,
        events=sorted(document.events, key=lambda e: (e.start, -e.end, e.id)), quotes=sorted(document.quotes, key=lambda q: q.id),
    )  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(documents(SCHEMA, words=UNLIKE, plain_ids=True))
def test_what_can_be_anchored_comes_back(document):
    with tempfile.TemporaryDirectory() as tmp:
        there, back = new_context(SCHEMA), new_context(SCHEMA, documents=[document])
        write([document], "anchored", f"{tmp}/x", there)
        (found,) = read(f"{tmp}/x", "anchored", back)
        assert back.ledger.fault_lines() == []
    expected, said = sorted_entities(completed(in_text_order(document))), sorted_entities(in_text_order(found))
    if not there.ledger.left.total() and not there.ledger.changed.total():
        assert said == expected
    else:
        places = {(m.id, m.start, m.end, m.type, m.entity) for m in expected.mentions}
        assert {(m.id, m.start, m.end, m.type, m.entity) for m in said.mentions} <= places


@settings(max_examples=100, deadline=None)
@given(documents(SCHEMA))
def test_whatever_is_written_can_be_read(document):
    with tempfile.TemporaryDirectory() as tmp:
        context = new_context(SCHEMA, documents=[document])
        write([document], "anchored", f"{tmp}/x", new_context(SCHEMA))
        (found,) = read(f"{tmp}/x", "anchored", context)
        assert context.ledger.fault_lines() == []
    there = {(m.start, m.end, m.type) for m in document.mentions}
    assert {(m.start, m.end, m.type) for m in found.mentions} <= there


def test_nothing_is_lost_in_a_plain_document(tmp_path):
    document = Document(
        id="w-1", text=TEXT, mentions=[Mention(start=0, end=16, type="PER"), Mention(id="v 1", start=24, end=28, type="GPE")],
        events=[Event(start=17, end=21, type="movement.travel")],
    )  # fmt: skip
    context = new_context(SCHEMA)
    write([document], "anchored", str(tmp_path / "x"), context)
    assert context.ledger.note_lines() == []
    (found,) = read(str(tmp_path / "x"), "anchored", new_context(SCHEMA, documents=KNOWN))
    assert [(m.id, m.start, m.end) for m in found.mentions] == [("m1", 0, 16), ("m2", 24, 28)]
    assert [(e.id, e.realis, e.polarity) for e in found.events] == [("v1", None, None)]


def test_what_cannot_be_anchored_is_counted(tmp_path):
    document = Document(
        id="w-1", text="Dia berkata «Kota» itu.", mentions=[Mention(id="m1", start=12, end=18, type="WOA")]
    )
    context = new_context(SCHEMA)
    write([document], "anchored", str(tmp_path / "x"), context)
    assert context.ledger.note_lines() == ["left out: 1 mentions that no anchor singles out"]


def test_json_lines(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text(
        json.dumps({"id": "w-1", "mentions": [{"id": "m1", "type": "GPE", "at": "“«Kota» sepi"}]}), encoding="utf-8"
    )
    (found,) = read(str(path), "anchored", new_context(SCHEMA, documents=KNOWN))
    assert [(m.start, m.end) for m in found.mentions] == [(24, 28)]


def test_every_fault_is_told(tmp_path):
    (tmp_path / "x").write_text(
        "document w-1\nmentions\nP0\nm1 GPE | Kota\nm2 GPE | Desa\nm3\nm4 ALIEN | Melati\n", encoding="utf-8"
    )
    context = new_context(SCHEMA, documents=KNOWN)
    assert read(str(tmp_path / "x"), "anchored", context) == []
    faults = [line.removeprefix(f"{tmp_path}/").split("; allowed: ")[0] for line in context.ledger.fault_lines()]
    assert faults == [
        "x:6: a mention is «id [form] TYPE [entity] | words»", "x: w-1: mentions m1: 'Kota' occurs 2 times",
        "x: w-1: mentions m2: 'Desa' is not there",
    ]  # fmt: skip
    (tmp_path / "x").write_text("document w-1\nmentions\nm4 ALIEN | Melati\n", encoding="utf-8")
    context = new_context(SCHEMA, documents=KNOWN)
    read(str(tmp_path / "x"), "anchored", context)
    assert "[unknown-mention-type] mentions[0].type: found 'ALIEN'; allowed: CRD|DAT" in context.ledger.fault_lines()[0]
    context = new_context(SCHEMA)
    read(str(tmp_path / "x"), "anchored", context)
    assert "no text of document 'w-1'" in context.ledger.fault_lines()[0]
