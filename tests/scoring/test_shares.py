"""Files scored in shares: the same as documents scored one by one, whatever the orders and the number of processes."""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec
import pytest

from warta.files import read_documents, write_objects
from warta.schema import load_schema
from warta.scoring import score
from warta.scoring.places import Index, name_of, paired
from warta.scoring.score import report_of
from warta.scoring.shares import FEW, FilePair, score_files

HERE = Path(__file__).parents[2] / "evaluation" / "benchmarks"


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    sys.path.insert(0, str(HERE))
    try:
        from synthetic import write

        folder = tmp_path_factory.mktemp("shares")
        write(folder, FEW + 50)
        return tuple(folder / f"{side}-{FEW + 50}.jsonl" for side in ("gold", "system"))
    finally:
        sys.path.remove(str(HERE))


def found_in(gold, system, jobs, layers=("entities", "coreference", "events", "quotes", "claims"), keep_rows=False):
    files = FilePair(gold, system, ("gold", "system"), load_schema(), layers, keep_rows=keep_rows)
    return score_files(files, paired(Index(gold), Index(system)), jobs)


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_shares_sum_up_to_the_score_of_all_documents(files, jobs):
    gold, system = files
    whole = score(read_documents(gold), read_documents(system))
    found = found_in(gold, system, jobs)
    assert not found.faults and not found.gold_faults
    assert report_of(found.totals, whole.signature).to_dict() == whole.to_dict()


def test_the_order_of_a_file_changes_nothing(files, tmp_path):
    gold, system = files
    turned = tmp_path / "turned.jsonl"
    write_objects(turned, reversed(list(read_documents(system))))
    one, other = found_in(gold, system, 2, keep_rows=True), found_in(gold, turned, 2, keep_rows=True)
    assert one.totals.numbers() == other.totals.numbers()
    assert sorted(one.rows) == sorted(other.rows)


def test_entities_alone_are_scored_as_among_all_layers(files):
    gold, system = files
    whole, alone = found_in(gold, system, 2), found_in(gold, system, 2, layers=("entities",))
    scores = [report_of(found.totals, score([], []).signature).scores for found in (whole, alone)]
    assert scores[0]["entities.exact"].tp > 0
    assert all(scores[0][name] == scores[1][name] for name in scores[0] if name.startswith("entities."))


def test_a_fault_far_down_is_found_by_whatever_process_meets_it(files, tmp_path):
    gold, system = files
    documents = list(read_documents(system))
    bad = tmp_path / "bad.jsonl"
    last = msgspec.structs.replace(documents[-1], id="stranger")
    write_objects(bad, [*documents[:-1], last, documents[0]])
    found = found_in(gold, bad, 2)
    assert [(fault.check, fault.line) for fault in found.faults] == [
        ("unknown-document", FEW + 50), ("repeated-document", FEW + 51),
    ]  # fmt: skip
    assert found.missing == [documents[-1].id]


def test_two_ids_in_one_document_are_a_fault(files, tmp_path):
    gold, _ = files
    names = [document.id for document in read_documents(gold)][:2]
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f'{{"id":"{names[0]}","mentions":[],"id":"{names[1]}"}}\n', encoding="utf-8")
    (fault,) = found_in(gold, bad, 1).faults
    assert fault.check == "invalid-json" and names[1] in fault.found


@pytest.mark.parametrize(
    ("line", "name"),
    [
        (b'{"id":"a","text":null}', "a"),
        (b'{"id":"a\\u0062"}', "ab"),
        (b'{"text": "x", "id" : "b"}', "b"),
        (b'{"id":"', None),
        (b'{"id":"\xff"}', None),
        (b"[" * 5000, None),
    ],
)
def test_the_id_of_a_line(line, name):
    assert name_of(line) == name
