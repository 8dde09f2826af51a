from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from spanned_documents import documents, sorted_entities

from warta.document import VALUE_TYPES, Document, Entity, Mention, completed
from warta.interchange import new_context, read, write
from warta.interchange.flat import with_entities
from warta.schema import load_crosswalks, load_schema

SCHEMA = load_schema()
TEXT = "Sari 😀 di Kota Lama, “ya” ujarnya."
# What Doc.to_json() of spaCy 3.8 gives for a blank Indonesian pipeline, two groups of spans added.
DOC = {
    "text": TEXT,
    "ents": [{"start": 0, "end": 4, "label": "PER"}, {"start": 10, "end": 19, "label": "FAC"}],
    "tokens": [{"id": 0, "start": 0, "end": 4}, {"id": 1, "start": 5, "end": 6}, {"id": 2, "start": 7, "end": 9}],
    "spans": {
        "sc": [
            {"start": 10, "end": 19, "label": "FAC", "kb_id": ""},
            {"start": 15, "end": 19, "label": "LOC", "kb_id": "Q1"},
        ],
        "pronoun": [{"start": 31, "end": 34, "label": "PER", "kb_id": ""}],
    },
}


def said(tmp: Path, value: object, context) -> list[Document]:
    (tmp / "x.json").write_text(json.dumps(value), encoding="utf-8")
    found = read(str(tmp / "x.json"), "spacy", context)
    assert context.ledger.fault_lines() == []
    return found


def mentions_of(document: Document) -> set[tuple[object, ...]]:
    return {(m.start, m.end, m.type, m.form, m.entity) for m in document.mentions}


@settings(max_examples=200, deadline=None)
@given(documents(SCHEMA))
def test_mentions_and_their_entities_come_back(document):
    mentions = [m for m in document.mentions if m.type not in VALUE_TYPES or m.entity is None]
    document = completed(with_entities(Document(id=document.id, text=document.text, mentions=mentions)))
    with tempfile.TemporaryDirectory() as tmp:
        there, back = new_context(SCHEMA), new_context(SCHEMA)
        write([document], "spacy", f"{tmp}/x", there)
        assert not there.ledger.left.total()
        (found,) = read(f"{tmp}/x", "spacy", back)
        assert back.ledger.fault_lines() == []
    assert found.id == document.id and found.text == document.text
    assert mentions_of(found) == mentions_of(document)
    assert {e.id for e in sorted_entities(found).entities} == {e.id for e in document.entities}


@settings(max_examples=100, deadline=None)
@given(documents(SCHEMA))
def test_spacy_reads_what_is_written(document):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    with tempfile.TemporaryDirectory() as tmp:
        write([document], "spacy", f"{tmp}/x", new_context(SCHEMA))
        written = json.loads(Path(tmp, "x").read_text(encoding="utf-8"))
    doc = spacy.tokens.Doc(spacy.vocab.Vocab()).from_json(written, validate=True)
    assert doc.text == document.text
    groups = {
        name: [(s.start_char, s.end_char, s.label_, s.kb_id_) for s in group] for name, group in doc.spans.items()
    }
    full = completed(document)
    assert sorted(s for group in groups.values() for s in group) == sorted(
        (m.start, m.end, m.type, m.entity or "") for m in full.mentions
    )
    assert set(groups) == {m.form for m in full.mentions}


def test_spacy_writes_what_is_read(tmp_path):
    spacy = pytest.importorskip("spacy", reason="spaCy is not installed")
    doc = spacy.blank("id").make_doc(TEXT)
    doc.ents = [doc.char_span(0, 4, label="PER")]
    doc.spans["sc"] = [doc.char_span(15, 19, label="LOC")]
    (document,) = said(tmp_path, doc.to_json(), new_context(SCHEMA, documents=[Document(id="w-1", text=TEXT)]))
    assert mentions_of(document) == {(0, 4, "PER", "name", None), (15, 19, "LOC", "name", None)}


def test_ents_and_spans_are_united(tmp_path):
    (document,) = said(tmp_path, DOC | {"id": "w-1"}, new_context(SCHEMA))
    assert sorted(mentions_of(document), key=str) == [
        (0, 4, "PER", "name", None), (10, 19, "FAC", "name", None), (15, 19, "LOC", "name", "Q1"), (31, 34, "PER", "pronoun", None),
    ]  # fmt: skip
    assert len(document.mentions) == 4 and document.entities == [Entity(id="Q1", type="LOC", name="Lama")]


def test_id_by_text_and_normal_form(tmp_path):
    known = [Document(id="w-1", text="Lain."), Document(id="w-2", text="Kafé Kota.")]
    value = [{"text": "Kafe\u0301 Kota.", "ents": [{"start": 6, "end": 10, "label": "GPE"}]}]
    (document,) = said(tmp_path, value, new_context(SCHEMA, documents=known))
    assert (document.id, document.text) == ("w-2", "Kafé Kota.") and mentions_of(document) == {
        (5, 9, "GPE", "name", None)
    }


def test_what_is_left_out_is_counted(tmp_path):
    text = "Kota Lama. ujarnya"
    document = Document(
        id="w-1",
        text=text,
        mentions=[Mention(start=15, end=18, type="PER", form="pronoun"), Mention(start=4, end=9, type="GPE")],
    )
    context = new_context(SCHEMA)
    write([document], "spacy", str(tmp_path / "x"), context)
    assert context.ledger.note_lines() == [
        "changed: 1 tokens cut where a mention begins or ends", "left out: 1 mentions with white space at an edge",
    ]  # fmt: skip
    context = new_context(SCHEMA, load_crosswalks()["ontonotes"])
    (found,) = said(
        tmp_path, {"id": "w-1", "text": text, "ents": [{"start": 0, "end": 4, "label": "DATE", "kb_id": "Q2"}]}, context
    )
    assert (found.mentions[0].type, found.mentions[0].entity) == ("DAT", None)
    assert context.ledger.note_lines() == ["left out: 1 entities of values"]


def test_every_fault_is_told(tmp_path):
    lines = [
        {"text": TEXT, "ents": []}, {"ents": []},
        {"id": "w-1", "text": TEXT, "ents": [{"start": 0, "end": 99, "label": "PER"}, {"start": 0, "end": 4}, 5]},
        {"id": "w-2", "text": TEXT, "ents": [{"start": 0, "end": 4, "label": "PERSON"}], "spans": []}, {"id": "w-3", "text": TEXT, "spans": [1]},
    ]  # fmt: skip
    (tmp_path / "x").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    context = new_context(SCHEMA)
    assert read(str(tmp_path / "x"), "spacy", context) == []
    faults = [line.removeprefix(f"{tmp_path}/") for line in context.ledger.fault_lines()]
    assert [fault.split("; allowed: ")[0] for fault in faults] == [
        "x:1: no id, and 0 of the known documents have the text", "x:2: no spaCy document", "x:3: ents[2] is a int",
        "x:3: ents[0]: start 0, end 99", "x:3: ents[1]: label None", "x:5: spans is a list", "x:4: ents[0]: unknown label 'PERSON'",
    ]  # fmt: skip
