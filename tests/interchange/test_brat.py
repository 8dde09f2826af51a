from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from spanned_documents import documents, sorted_entities

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span, completed
from warta.interchange import new_context, read, write
from warta.interchange.ledger import Context
from warta.schema import load_crosswalks, load_schema

SCHEMA = load_schema()
TEXT = "Kota Lama 😀 sepi.\n“Ya,” kata Wali Kota,\n“sepi,” ujarnya."


def folder(tmp: Path, ann: str, text: str = TEXT, name: str = "w-1") -> str:
    (tmp / f"{name}.txt").write_bytes(text.encode())
    (tmp / f"{name}.ann").write_bytes(ann.encode())
    return str(tmp)


def faults_of(tmp: Path, ann: str, text: str = TEXT, known: list[Document] | None = None) -> list[str]:
    context = new_context(SCHEMA, documents=known or [])
    assert read(folder(tmp, ann, text), "brat", context) == []
    return [line.replace(str(tmp), "") for line in context.ledger.fault_lines()]


def said(tmp: Path, ann: str, text: str = TEXT, context: Context | None = None) -> Document:
    context = context or new_context(SCHEMA)
    found = read(folder(tmp, ann, text), "brat", context)
    assert context.ledger.fault_lines() == []
    return found[0]


@settings(max_examples=300, deadline=None)
@given(documents(SCHEMA))
def test_all_layers_come_back(document):
    with tempfile.TemporaryDirectory() as tmp:
        there, back = new_context(SCHEMA), new_context(SCHEMA)
        write([document], "brat", tmp, there)
        assert there.ledger.fault_lines() == [] and there.ledger.note_lines() == []
        found = read(tmp, "brat", back)
        assert back.ledger.fault_lines() == [] and back.ledger.note_lines() == []
    assert sorted_entities(found[0]) == sorted_entities(completed(document))


def test_the_convention_by_hand(tmp_path):
    ann = (
        "T1\tGPE 0 4;5 9\tKota Lama\n"  # discontinuous: left out
        "T2\tGPE 0 9\tKota Lama\nA1\tForm T2 nominal\n"
        "T3\tQuote 18 23\t“Ya,”\nT4\tContent 40 47\t“sepi,”\nT5\tCue 24 28\tkata\nT6\tPER 29 38\tWali Kota\n"
        "T7\tPER 52 55\tnya\nA2\tForm T7 pronoun\n*\tEquiv T6 T7\n"
        "E1\tQuote:T3 content:T4 cue:T5 source:T6\nA3\tQuoteType E1 direct\nN1\tReference E1 warta:e%201\tWali Kota\n"
        "N2\tReference T6 warta:e%201\tWali Kota\n#1\tAnnotatorNotes E1\tapakah ini benar?\n"
        "T8\tcontact.meet 12 16\tsepi\nE2\tcontact.meet:T8 participant:T6 participant2:T7 time:E2\nA4\tRealis E2 actual\nA5\tNegation E2\n"
    )
    context = new_context(SCHEMA)
    document = said(tmp_path, ann, context=context)
    assert [(m.id, m.start, m.end, m.form, m.entity) for m in document.mentions] == [
        ("T2", 0, 9, "nominal", None), ("T6", 29, 38, "name", "e 1"), ("T7", 52, 55, "pronoun", "e 1"),
    ]  # fmt: skip
    (quote,) = document.quotes
    assert ([(s.start, s.end) for s in quote.content], quote.type, quote.source, quote.speaker) == (
        [(18, 23), (40, 47)],
        "direct",
        "T6",
        "e 1",
    )
    (event,) = document.events
    assert [(a.role, a.mention, a.event) for a in event.arguments] == [
        ("participant", "T6", None), ("participant", "T7", None), ("time", None, "E2"),
    ]  # fmt: skip
    assert sorted(context.ledger.note_lines()) == [
        "left out: 1 attributes Negation", "left out: 1 discontinuous mentions", "left out: 1 notes AnnotatorNotes",
    ]  # fmt: skip


def test_fragments_that_touch_or_meet_at_a_line_break_are_one_span(tmp_path):
    document = said(tmp_path, "T1\tGPE 0 2;2 4\tKo ta\nT2\tORG 12 17;18 23\tsepi. “Ya,”\nT3\tLOC 0 3;2 4\tKot ta\n")
    assert [(m.start, m.end) for m in document.mentions] == [(0, 4), (12, 23)]


def test_relations_of_other_projects(tmp_path):
    ann = (
        "T1\tPER 29 38\tWali Kota\nT2\tPER 52 55\tnya\nT3\tcontact_meet 12 16\tsepi\nE1\tcontact_meet:T3\n"
        "R1\tCoreference Arg1:T2 Arg2:T1\nR2\tparticipant Arg1:T3 Arg2:T1\nR3\tNear Arg1:T1 Arg2:T2\n"
    )
    context = new_context(SCHEMA)
    document = said(tmp_path, ann, context=context)
    assert len({m.entity for m in document.mentions}) == len(document.entities) == 1
    assert [(a.role, a.mention) for a in document.events[0].arguments] == [("participant", "T1")]
    assert context.ledger.note_lines() == ["left out: 1 relations Near"]


@pytest.mark.parametrize("ann", ["T1\tPER 29 38\tWali Kota\n", "T1\tPER 30 39\tWali Kota\n"])
def test_line_ends_count_as_one_character_or_two(tmp_path, ann):
    text = TEXT.replace("\n", "\r\n")
    known = Document(id="w-1", text=TEXT)
    document = said(tmp_path, ann, text, new_context(SCHEMA, documents=[known]))
    assert (
        document.text is not None
        and document.text[document.mentions[0].start : document.mentions[0].end] == "Wali Kota"
    )


def test_decomposed_text_leads_to_the_composed_one(tmp_path):
    known = Document(id="w-1", text="Café Kota")
    document = said(
        tmp_path,
        "T1\tORG 0 5\tCafe\u0301\nT2\tGPE 6 10\tKota\n",
        "Cafe\u0301 Kota",
        new_context(SCHEMA, documents=[known]),
    )
    assert [(m.start, m.end) for m in document.mentions] == [(0, 4), (5, 9)]


def test_offsets_in_utf_16_are_found_out(tmp_path):
    (fault,) = faults_of(tmp_path, "T1\tPER 30 39\tWali Kota\n")
    assert (
        fault
        == "/w-1.ann:1: words 'Wali Kota' at 30 39, where the text has 'ali Kota,'; allowed: offsets that count code points, up to 56"
    )


def test_every_fault_is_told_in_a_line(tmp_path):
    ann = (
        "T1\tPER 29 38\tWali Kota\nT1\tPER 0 4\tKota\nT2 PER 0 4 Kota\nT3\tPER 4 0\tKota\nX1\tfoo\nE1\tcontact_meet:T9\nA1\tForm T1 loud\n"
        "T4\tALIEN 0 4\tKota\nT5\tALIEN 5 9\tLama\nT6\tcontact_meet 12 16\tsepi\nE2\tcontact_meet:T6 pet:T1 participant:T77\n"
        "N1\tReference T1 nothing\n*\tEquiv T1\nT7\tPER 50 400\tnya\n"
    )
    faults = faults_of(tmp_path, ann)
    places = sorted(int(fault.split(":")[1]) for fault in faults)
    assert places == [2, 3, 4, 5, 6, 7, 8, 11, 11, 12, 13, 14] and all(
        "allowed: " in fault and "\n" not in fault for fault in faults
    )
    assert any("unknown label 'ALIEN' (2 times); allowed: CRD|DAT" in fault for fault in faults)


def test_another_text_or_document_is_a_fault(tmp_path):
    assert (
        "another text than document 'w-1' has" in faults_of(tmp_path, "", known=[Document(id="w-1", text="Lain.")])[0]
    )
    assert "unknown document 'w-1'" in faults_of(tmp_path, "", known=[Document(id="w-2", text=TEXT)])[0]


def test_crosswalk_both_ways(tmp_path):
    walk = load_crosswalks()["idner"]
    document = Document(
        id="w-1", text=TEXT,
        mentions=[Mention(id="m1", start=0, end=9, type="FAC"), Mention(id="m2", start=29, end=38, type="ROL"),
                  Mention(id="m3", start=12, end=16, type="DAT")],
    )  # fmt: skip
    there = new_context(SCHEMA, walk)
    write([document], "brat", str(tmp_path), there)
    assert (tmp_path / "w-1.ann").read_text() == "T1\tLOC 0 9\tKota Lama\n#1\tWartaId T1\tm1\n"
    assert there.ledger.note_lines() == ["label 'DAT': 1 dropped, nothing fits it", "left out: 1 mentions of form role"]
    back = new_context(SCHEMA, walk)
    assert [m.type for m in read(str(tmp_path), "brat", back)[0].mentions] == ["GPE"]


def test_another_reader_of_brat_finds_the_same(tmp_path):
    pybrat = pytest.importorskip("pybrat.parser", reason="pybrat, a peer that reads brat, is not installed")
    place = {"start": 29, "end": 38}
    document = Document(
        id="w-1", text=TEXT,
        mentions=[Mention(id="m1", **place, type="PER", entity="e1"), Mention(id="m2", start=52, end=55, type="PER", form="pronoun", entity="e1")],
        entities=[Entity(id="e1", type="PER")],
        events=[Event(id="v1", start=12, end=16, type="contact.meet", realis="actual", arguments=[Argument(role="participant", mention="m1")])],
        quotes=[Quote(id="q1", type="direct", content=[Span(start=18, end=23), Span(start=40, end=47)], cue=[Span(start=24, end=28)], source="m1")],
    )  # fmt: skip
    write([document], "brat", str(tmp_path), new_context(SCHEMA))
    # It knows normalisations of T lines alone, ours of quotes are brat's all the same.
    (example,) = pybrat.BratParser(ignore_types=["N"]).parse(str(tmp_path))
    assert {(e.type, e.start, e.end) for e in example.entities} >= {
        ("PER", 29, 38),
        ("PER", 52, 55),
        ("Content", 40, 47),
        ("Cue", 24, 28),
    }
    assert [(e.type, e.trigger.mention, len(e.arguments)) for e in example.events] == [
        ("contact_meet", "sepi", 1),
        ("Quote", "“Ya,”", 3),
    ]
    assert all(example.text[e.start : e.end] == e.mention for e in example.entities)
