from __future__ import annotations

from pathlib import Path

import pytest

from warta.anchors import read_notation, render, resolve
from warta.files import read_documents

WHOLE = Path(__file__).parents[1] / "validate" / "good" / "whole.jsonl"


def test_notation_written_and_read_gives_the_document_back():
    document = next(iter(read_documents(WHOLE)))
    anchored, faults = read_notation(render(document))
    assert faults == []
    again, faults = resolve(anchored[0], document.text)
    assert faults == []
    by_start = {"mentions": lambda m: (m.start, -m.end), "quotes": lambda q: q.id, "events": lambda e: e.start}
    for kind, key in by_start.items():
        assert sorted(getattr(again, kind), key=key) == sorted(getattr(document, kind), key=key)
    assert {e.id: e for e in again.entities} == {e.id: e for e in document.entities}


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("mentions\nm1 | Wanasari", "a mention is"),
        ("mentions\nm1 GPE e1 | a | b", "a mention is"),
        ("events\nv1 life.die actual | tewas", "an event is"),
        ("events\nv1 life.die actual positive | tewas | victim:m1", "role=id"),
        ("quotes\nq1 direct said by x | content y", "a quote is"),
        ("quotes\nq1 direct | isi y", "a part of a quote"),
        ("entities\ne1 | GPE", "an entity is"),
        ("m1 GPE e1 | Wanasari", "stands before"),
    ],
)
def test_a_line_that_cannot_be_read_is_told_with_its_number(line, problem):
    documents, faults = read_notation(f"# a note\ndocument x\n{line}\n")
    assert [d.id for d in documents] == ["x"]
    assert len(faults) == 1 and problem in faults[0].problem
    assert faults[0].where == f"line {2 + len(line.splitlines())}"


def test_what_is_missing_is_written_and_read_as_missing():
    text = "document x\nquotes\nq1 - | content y\nevents\nv1 life.die - - | tewas\n"
    anchored, faults = read_notation(text)
    assert faults == [] and anchored[0].quotes[0]["type"] is None
    assert anchored[0].events[0]["realis"] is None and anchored[0].events[0]["polarity"] is None
