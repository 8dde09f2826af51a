from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from warta.document import Document, completed
from warta.interchange import new_context, read
from warta.label_studio.configs import LAYERS
from warta.label_studio.convert import layer_results
from warta.label_studio.read_back import in_order
from warta.label_studio.tasks import task_data
from warta.schema import load_crosswalks, load_schema

sys.path.insert(0, str(Path(__file__).parents[1] / "label_studio"))
from random_documents import documents

SCHEMA = load_schema()
TEXT = "😀 Wali Kota Melati tiba."


def put(tmp: Path, tasks: list[Any]) -> str:
    (tmp / "export.json").write_text(json.dumps(tasks), encoding="utf-8")
    return str(tmp / "export.json")


def exported(document: Document, **annotation: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": n, "data": task_data(document, layer, SCHEMA, "a"), "predictions": [7],
            "annotations": [{"result": [], "was_cancelled": True}, {"result": layer_results(document, layer)} | annotation],
        }
        for n, layer in enumerate(LAYERS)
    ]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(documents(SCHEMA))
def test_the_layers_of_our_projects_are_joined(tmp_path_factory, document):
    context = new_context(SCHEMA)
    (found,) = read(put(tmp_path_factory.mktemp("x"), exported(document)), "label-studio", context)
    assert context.ledger.fault_lines() == []
    assert found == completed(in_order(document))


def region(start: int, end: int, *labels: str) -> dict[str, Any]:
    value = {"start": start, "end": end, "labels": list(labels)}
    return {"id": f"r{start}", "type": "labels", "from_name": "label", "to_name": "text", "value": value}


def test_other_projects(tmp_path):
    results = [
        region(12, 18, "LOC"),
        region(2, 18, "MISC"),
        {"type": "relation", "from_id": "r12", "to_id": "r2", "direction": "right"},
    ]
    task = {"id": 5, "data": {"text": TEXT}, "annotations": [{"result": results}, {"result": []}]}
    context = new_context(SCHEMA, load_crosswalks()["conll2003"], [Document(id="w-1", text=TEXT)])
    (found,) = read(put(tmp_path, [task]), "label-studio", context)
    assert (found.id, [(m.start, m.end, m.type) for m in found.mentions]) == ("w-1", [(12, 18, "GPE")])
    assert context.ledger.note_lines() == [
        "label 'MISC': 1 dropped, nothing fits it", "left out: 1 further annotations of a task", "left out: 1 results of type relation",
    ]  # fmt: skip


def test_every_fault_is_told(tmp_path):
    document = Document(id="w-2", text=TEXT)
    broken = task_data(document, "quotes", SCHEMA) | {"context": [{"start": "x"}]}
    tasks = [
        {"text": TEXT}, {"data": {"text": 5}, "annotations": []}, 7,
        {"id": 1, "data": {"text": TEXT}, "annotations": [{"result": [region(3, 99, "PER"), region(3, 5), region(3, 5, "ALIEN"), 3]}]},
        *exported(document)[:1], *exported(document)[:1], {"data": broken, "annotations": []},
    ]  # fmt: skip
    context = new_context(SCHEMA)
    assert read(put(tmp_path, tasks), "label-studio", context) == []
    faults = [
        line.removeprefix(f"{tmp_path}/").split("; allowed: ")[0].split(" (")[0]
        for line in context.ledger.fault_lines()
    ]
    assert faults == [
        "export.json[0]: no task", "export.json[1]: data without text", "export.json[2]: no task", "export.json[3]: result[3] is a int",
        "export.json[3]: result[0]: start 3, end 99", "export.json[3]: result[1]: labels []",
        "export.json[5]: layer entities of document 'w-2' again", "export.json[6]: document 'w-2': data of the task cannot be read",
        "export.json[3]: result[2]: unknown label 'ALIEN'",
    ]  # fmt: skip
