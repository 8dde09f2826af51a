"""Every item of gold knows who proposed it and who decided."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from test_decisions import ANSWERS, FIRST, SECOND, read

from warta.agreement.decisions import decided, decisions_of
from warta.agreement.items import ITEM_TYPES, LAYERS, canonical, items_of
from warta.agreement.provenance import provenance
from warta.agreement.sheet import adjudicated, make_sheet, read_answers
from warta.corpus.annotations import read_annotations
from warta.corpus.layout import Layout, read_gold
from warta.files import FileFault

LAYOUT = Layout(Path(__file__).resolve().parents[2])


def test_every_item_of_gold_has_one_origin() -> None:
    gold = {document.id: items_of(document) for document in read_gold(LAYOUT)}
    for row in read_annotations(LAYOUT):
        origins = list(provenance(row.first, row.second, row.decisions))
        for layer in LAYERS:
            found = [msgspec.convert(o.item, ITEM_TYPES[layer]) for o in origins if o.layer == layer]
            assert len(found) == len(set(found)) and set(found) == gold[row.first.id].layer(layer)
        for origin in origins:
            assert origin.proposed == ["first", "second"] or origin.decided != "both", origin


def test_proposers_deciders_and_reasons() -> None:
    first, second = read(FIRST), read(SECOND)
    sheet = make_sheet(first, second)
    answers = read_answers("by ani\n" + ANSWERS.replace("3 A", "by budi\n3 A"), sheet)
    assert [answers.decider(n) for n in (1, 2, 3, 5, None)] == ["ani", "ani", "budi", "budi", "ani, budi"]
    gold, _ = adjudicated(sheet, answers)
    log = [msgspec.structs.replace(d, by="ani", rule="E4") for d in decisions_of(first, second, canonical(gold))]
    told = {(o.layer, tuple(o.proposed), o.decided, o.rule) for o in provenance(first, second, log)}
    assert ("mentions", ("first",), "ani", "E4") in told and ("events", ("second",), "ani", "E4") in told
    assert ("quotes", ("first", "second"), "both", "") in told


def test_decisions_that_leave_a_loose_end_are_a_fault() -> None:
    first, second = read(FIRST), read(SECOND)
    gold, _ = adjudicated(sheet := make_sheet(first, second), read_answers(ANSWERS, sheet))
    log = [d for d in decisions_of(first, second, canonical(gold)) if d.layer != "mentions"]
    with pytest.raises(FileFault, match=r"document x: .* is no mention or trigger"):
        decided(first, second, log)


@pytest.mark.parametrize(
    ("line", "choice", "reason"),
    [
        ("2 = m4 nominal PER e3 | dua; tersangka ; E4 benda", "= m4 nominal PER e3 | dua; tersangka", ("E4", "benda")),
        ("2 = m4 nominal PER e3 | dua tersangka; E4 benda", "= m4 nominal PER e3 | dua tersangka", ("E4", "benda")),
        ("2 AB; keduanya", "AB", ("", "keduanya")),
        ("2 -", "-", ("", "")),
    ],
)
def test_answers_with_semicolons(line: str, choice: str, reason: tuple[str, str]) -> None:
    answers = read_answers(line, make_sheet(read(FIRST), read(SECOND)))
    assert (answers.choices[2], answers.reasons[2]) == (choice, reason)
