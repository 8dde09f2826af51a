from __future__ import annotations

import json
import tempfile
from pathlib import Path

import msgspec
import pytest
from hypothesis import given, settings
from spanned_documents import documents

from warta.document import Document, form_of
from warta.interchange import new_context, read, write
from warta.schema import load_crosswalks, load_schema

SCHEMA = load_schema()
TEXT = "😀 “Kota Lama sepi,” ujar Wali Kota. Kafé Melati tutup."
KNOWN = [Document(id="w-1", text=TEXT)]


def put(tmp: Path, value: object) -> str:
    (tmp / "x.json").write_text(json.dumps(value), encoding="utf-8")
    return str(tmp / "x.json")


def said(tmp: Path, value: object, known: list[Document] | None = None, context=None) -> list[Document]:
    context = context or new_context(SCHEMA, documents=KNOWN if known is None else known)
    found = read(put(tmp, value), "hf", context)
    assert context.ledger.fault_lines() == []
    return found


def spans(document: Document) -> list[tuple[int, int, str]]:
    return [(m.start, m.end, m.type) for m in document.mentions]


def group(start: int, end: int, label: str, word: str | None = None) -> dict[str, object]:
    return {
        "entity_group": label,
        "score": 0.9,
        "word": TEXT[start:end] if word is None else word,
        "start": start,
        "end": end,
    }


def piece(index: int, start: int, end: int, tag: str, word: str | None = None) -> dict[str, object]:
    return {
        "entity": tag,
        "score": 0.9,
        "index": index,
        "word": TEXT[start:end] if word is None else word,
        "start": start,
        "end": end,
    }


@settings(max_examples=200, deadline=None)
@given(documents(SCHEMA))
def test_names_values_and_roles_come_back(document):
    mentions = [
        m for m in document.mentions if m.form is None or m.form == form_of(msgspec.structs.replace(m, form=None))
    ]
    document = Document(id=document.id, text=document.text, mentions=mentions)
    with tempfile.TemporaryDirectory() as tmp:
        there, back = new_context(SCHEMA), new_context(SCHEMA, documents=[document])
        write([document], "hf", f"{tmp}/x", there)
        assert there.ledger.note_lines() == []
        (found,) = read(f"{tmp}/x", "hf", back)
        assert back.ledger.fault_lines() == []
    assert (found.id, spans(found)) == (document.id, spans(document))
    assert [m.form for m in found.mentions] == [form_of(m) for m in mentions]


def test_shapes_of_files(tmp_path):
    two = [Document(id="w-1", text=TEXT), Document(id="w-2", text=TEXT)]
    items, expected = [group(3, 12, "GPE")], [("w-1", [(3, 12, "GPE")]), ("w-2", [])]
    assert [(d.id, spans(d)) for d in said(tmp_path, items)] == expected[:1]
    for value in (
        [items, []],
        {"w-1": items, "w-2": []},
        [{"id": "w-1", "entities": items}, {"id": "w-2", "entities": []}],
    ):
        assert [(d.id, spans(d)) for d in said(tmp_path, value, two)] == expected
    (tmp_path / "x.jsonl").write_text(f"{json.dumps(items)}\n[]\n")
    assert [
        (d.id, spans(d)) for d in read(str(tmp_path / "x.jsonl"), "hf", new_context(SCHEMA, documents=two))
    ] == expected


def test_word_pieces_are_merged(tmp_path):
    items = [
        piece(2, 3, 7, "B-GPE", "kota"), piece(3, 8, 10, "I-GPE", "la"), piece(4, 10, 12, "I-GPE", "##ma"),
        piece(9, 25, 29, "B-PER"), piece(10, 30, 34, "B-PER"),  # two that touch
        piece(12, 36, 38, "B-FAC", "ka"), piece(13, 38, 40, "B-FAC", "##fe"), piece(14, 41, 47, "I-ORG"),  # the tag of the first piece repeated
    ]  # fmt: skip
    (document,) = said(tmp_path, items)
    assert spans(document) == [(3, 12, "GPE"), (25, 29, "PER"), (30, 34, "PER"), (36, 40, "FAC"), (41, 47, "ORG")]
    (bare,) = said(tmp_path, [piece(2, 3, 7, "GPE"), piece(3, 8, 12, "GPE"), piece(5, 25, 29, "GPE")])
    assert spans(bare) == [(3, 12, "GPE"), (25, 29, "GPE")]


def test_white_space_at_the_edges_goes(tmp_path):
    (document,) = said(tmp_path, [group(7, 12, "GPE", "▁Lama")])
    assert spans(document) == [(8, 12, "GPE")]


def test_crosswalk_drops_and_counts(tmp_path):
    context = new_context(SCHEMA, load_crosswalks()["conll2003"], KNOWN)
    (document,) = said(tmp_path, [group(3, 12, "LOC"), group(25, 34, "MISC"), group(20, 24, "MISC")], context=context)
    assert spans(document) == [(3, 12, "GPE")]
    assert context.ledger.note_lines() == ["label 'MISC': 2 dropped, nothing fits it"]


@pytest.mark.parametrize(("item", "fault"), [
    (group(4, 13, "GPE", "Kota Lama"), "item 0: word 'Kota Lama' at (4, 13), where the text has 'ota Lama '; allowed: offsets that count"),
    (group(3, 99, "GPE", ""), "item 0: start 3, end 99; allowed: whole numbers, 0 <= start < end <= 54, code points of the text"),
    ({**group(3, 7, "GPE"), "start": None}, "item 0: start None, end 7; allowed: whole numbers"),
    ({**group(3, 7, "GPE"), "end": True}, "item 0: start 3, end True; allowed: whole numbers"),
    (group(3, 7, "LABEL_1"), "item 0: unknown label 'LABEL_1'; allowed: CRD|DAT|"),
    ({"start": 3, "end": 7, "entity_group": 5}, "item 0: label 5; allowed: a string under entity_group or entity"),
    ("Kota", "no output of a pipeline; allowed: a list of items"),
])  # fmt: skip
def test_faults(tmp_path, item, fault):
    context = new_context(SCHEMA, documents=KNOWN)
    assert read(put(tmp_path, [item]), "hf", context) == []
    assert fault in context.ledger.fault_lines()[0] and len(context.ledger.fault_lines()) == 1


def test_faults_of_files(tmp_path):
    (tmp_path / "x").write_text('{"id": "w-1"\n\n[]\n{"id"}\n')
    context = new_context(SCHEMA, documents=KNOWN)
    read(str(tmp_path / "x"), "hf", context)
    assert [line.split(": ")[0].removeprefix(f"{tmp_path}/") for line in context.ledger.fault_lines()] == ["x:1", "x:4"]
    context = new_context(SCHEMA)
    read(put(tmp_path, [[], []]), "hf", context)
    assert "2 of 2 outputs without document id; allowed: an id with each" in context.ledger.fault_lines()[0]
