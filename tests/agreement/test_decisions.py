"""Two annotations, a sheet, answers: gold, and gold again from the decisions alone."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from warta.agreement.alignment import align
from warta.agreement.decisions import decided, decisions_of
from warta.agreement.items import canonical, document_of, items_of
from warta.agreement.sheet import adjudicated, make_sheet, read_answers, write_sheet
from warta.anchors import read_notation, resolve
from warta.files import read_documents

WHOLE = next(iter(read_documents(Path(__file__).parents[1] / "validate" / "good" / "whole.jsonl")))
TEXT = (
    'Kapolres Wanasari AKP Rukmini menangkap dua tersangka, Senin.\n"Kami akan menggeledah," ujarnya, menurut polisi.'
)
FIRST = """document x
mentions
P1
m1 ROL e1 | Kapolres Wanasari AKP
m2 GPE e2 | Wanasari
m3 PER e1 | Rukmini
m4 nominal PER e3 | dua tersangka
m5 DAT | Senin
P2
m6 pronoun PER e1 | ujar«nya»
m7 nominal ORG e4 | polisi
quotes
P2
q1 direct source=m6 speaker=e1 | content "Kami [...] menggeledah," | cue «ujar»nya
q2 indirect source=m7 speaker=e4 | content "Kami [...] ujarnya | cue menurut
events
P1
v1 justice.arrest actual positive | menangkap | authority=m3 person=m4 time=m5
P2
v2 justice.seize future positive | menggeledah
"""


def read(notation):
    anchored, faults = read_notation(notation)
    document, missing = resolve(anchored[0], TEXT)
    assert faults + missing == []
    return document


SECOND = (
    FIRST.replace("| dua tersangka", "| tersangka").replace("m2 GPE", "m2 ORG").replace("time=m5", "")
    .replace("q2 indirect", "q2 direct").replace("justice.seize future", "justice.seize actual")
)  # fmt: skip


def test_ids_do_not_matter():
    other = FIRST
    for old, new in (("m1 ", "m91 "), ("e1", "e77"), ("q1 ", "q9 "), ("v1 ", "v8 ")):
        other = other.replace(old, new)
    assert items_of(read(FIRST)) == items_of(read(other))
    assert make_sheet(read(FIRST), read(other)).differences == []


def test_items_make_the_document_again():
    assert canonical(WHOLE) == canonical(document_of(items_of(WHOLE), WHOLE.id, WHOLE.text, WHOLE.meta))
    assert items_of(canonical(WHOLE)) == items_of(WHOLE)


def test_a_value_may_be_a_source_without_a_speaker():
    document = read(FIRST.replace("q2 indirect source=m7 speaker=e4", "q2 indirect source=m5"))
    assert items_of(canonical(document)) == items_of(document)
    assert next(q for q in canonical(document).quotes if q.type == "indirect").speaker is None


def test_a_filler_marked_with_another_extent_is_the_same_filler():
    aligned = align(read(FIRST), read(SECOND))
    event = {e.id: e for e in aligned.second.events}["v1"]
    assert [a.mention for a in event.arguments] == ["m3", "m4"]
    assert {m.id: m.entity for m in aligned.second.mentions}["m4"] == "e3"


def test_sheet_lists_every_difference_with_both_readings():
    text = write_sheet(make_sheet(read(FIRST), read(SECOND)))
    assert "#1 A: m2 GPE" in text and "#1 B: m2 ORG" in text
    assert "#2 B: m4 nominal PER e3 | tersangka" in text
    assert text.count("#") == 10


ANSWERS = "1 A ; E4 nama daerah\n2 = m4 nominal PER e3 | dua tersangka\n3 A\n4 A ; ada waktu\n#5 B ; P8\n"


def gold_by(answers):
    sheet = make_sheet(read(FIRST), read(SECOND))
    return adjudicated(sheet, read_answers(answers, sheet))


def test_answers_make_gold_and_decisions_make_it_again():
    gold, faults = gold_by(ANSWERS)
    assert faults == []
    gold = canonical(gold)
    expected = canonical(read(FIRST.replace("justice.seize future", "justice.seize actual")))
    assert gold == expected
    log = decisions_of(read(FIRST), read(SECOND), gold)
    assert decided(read(FIRST), read(SECOND), log) == gold
    stored = [msgspec.convert(msgspec.to_builtins(d), type(d)) for d in log]
    assert decided(read(FIRST), read(SECOND), stored) == gold


def test_items_can_be_added_taken_out_and_dropped():
    gold, faults = gold_by(ANSWERS.replace("#5 B", "5 -") + "- m2\nP1\n+ m20 GPE e20 | «Wanasari» AKP\n")
    assert faults == []
    assert [e.type for e in gold.events] == ["justice.arrest"]
    assert "m20" in {m.id for m in gold.mentions} and "m2" not in {m.id for m in gold.mentions}


def test_unused_nominals_fall_away():
    gold, _ = gold_by(
        ANSWERS.replace("4 A ; ada waktu", "4 = v1 justice.arrest actual positive | menangkap | authority=m3")
    )
    used = {a.mention for e in gold.events for a in e.arguments} | {q.source for q in gold.quotes}
    assert all(m.id in used for m in gold.mentions if m.form in ("nominal", "pronoun"))


@pytest.mark.parametrize(
    ("answers", "problem"),
    [
        ("1 A\n2 A\n3 A\n4 A\n", "not answered"),
        (ANSWERS + "9 A\n", "unknown or answered twice"),
        (ANSWERS + "1 B\n", "unknown or answered twice"),
        (ANSWERS + "ya\n", "not an answer"),
        (ANSWERS + "+ x1 GPE\n", "begins with an id"),
        (ANSWERS.replace("| dua tersangka", "| tiga tersangka"), "is not there"),
    ],
)
def test_faulty_answers_are_told(answers, problem):
    _, faults = gold_by(answers)
    assert any(problem in fault.problem for fault in faults), faults
