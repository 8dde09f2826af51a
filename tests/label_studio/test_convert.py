from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_documents import documents

from warta.document import Document, Meta, completed
from warta.files import read_documents
from warta.label_studio.configs import LAYERS
from warta.label_studio.convert import layer_results
from warta.label_studio.join import join
from warta.label_studio.read_back import document_of, in_order
from warta.label_studio.regions import PRIVATE, Result
from warta.label_studio.tasks import Fault, task_data, without_text
from warta.schema import load_schema, schema_folder
from warta.validate import blocking_faults

SCHEMA = load_schema()
GOLD = sorted((schema_folder().parent / "data" / "gold").glob("*.jsonl"))


def round_trip(document: Document, change: Any = lambda results: results) -> Document:
    """Send each layer through JSON, as a server does, and join what comes back."""
    layers = {}
    for layer in LAYERS:
        data = json.loads(json.dumps(task_data(document, layer, SCHEMA)))
        results = change(json.loads(json.dumps(layer_results(document, layer))))
        layers[layer] = document_of(data, results)
    joined = join(layers)
    assert joined.faults == []
    return joined.document


def expected(document: Document) -> Document:
    return completed(in_order(document))


def saved_in_browser(results: list[Result]) -> list[Result]:
    """Do to results what a save in the browser does, where it is allowed to change something."""
    relations = [result for result in results if result["type"] == "relation"]
    regions: dict[str, list[Result]] = {}
    for result in results:
        if result["type"] != "relation":
            kept = {key: value for key, value in result.items() if key not in {"locked", "hidden"}}
            regions.setdefault(result["id"], []).append({**kept, "origin": "manual"})
    return [result for group in reversed(regions.values()) for result in group] + relations


@settings(max_examples=300, deadline=None)
@given(documents(SCHEMA))
def test_random_documents_come_back_item_by_item(document: Document) -> None:
    assert not [fault for fault in blocking_faults(document, SCHEMA) if fault.check != "repeated-id"]
    assert round_trip(document) == expected(document)


@settings(max_examples=100, deadline=None)
@given(documents(SCHEMA))
def test_a_save_in_the_browser_changes_nothing(document: Document) -> None:
    assert round_trip(document, saved_in_browser) == expected(document)


@settings(max_examples=100, deadline=None)
@given(documents(SCHEMA), st.sampled_from(LAYERS))
def test_results_keep_to_what_a_browser_can_save(document: Document, layer: str) -> None:
    results = layer_results(document, layer)
    regions = {r["id"]: r for r in results if r["type"] == "labels"}
    assert len(regions) == sum(r["type"] == "labels" for r in results)
    pairs = [(r["from_id"], r["to_id"]) for r in results if r["type"] == "relation"]
    assert len(pairs) == len(set(pairs)) and {end for pair in pairs for end in pair} <= set(regions)
    assert all("text" not in r["value"] for r in results if r["type"] == "labels")
    assert all(set(r.get("meta", {})) <= {PRIVATE} for r in regions.values())
    assert results == layer_results(document, layer), "region ids are stable"


@pytest.mark.parametrize("path", GOLD or [None], ids=lambda path: path.name if path else "none")
def test_all_gold_comes_back_item_by_item(path: Any) -> None:
    if path is None:
        pytest.skip("data/gold/ holds no *.jsonl yet")
    for document in read_documents(path):
        assert round_trip(document) == expected(document)


DOCUMENT = msgspec.convert(
    {
        "id": "w-1",
        "text": '"Kami datang," ujarnya. "Semua." Rapat Desa Contoh dibatalkan karena banjir.',
        "mentions": [
            {"id": "m1", "start": 20, "end": 22, "type": "PER", "form": "pronoun", "entity": "e1"},
            {"id": "m2", "start": 39, "end": 50, "type": "GPE", "entity": "e2"},
            {"id": "m3", "start": 1, "end": 5, "type": "PER", "form": "pronoun", "entity": "e1"},
        ],
        "entities": [{"id": "e1", "type": "PER"}, {"id": "e2", "type": "GPE"}],
        "events": [
            {"id": "v1", "start": 33, "end": 38, "type": "contact.meet", "realis": "actual", "polarity": "negative",
             "arguments": [{"role": "place", "mention": "m2"}, {"role": "participant", "mention": "m2"},
                           {"role": "participant", "mention": "m3"}, {"role": "time", "event": "v2"}]},
            {"id": "v2", "start": 69, "end": 75, "type": "disaster.hazard"},
        ],
        "quotes": [{"id": "q1", "type": "direct", "content": [{"start": 0, "end": 14}, {"start": 24, "end": 32}],
                    "cue": [{"start": 15, "end": 20}], "source": "m1", "speaker": "e1"}],
    },
    Document,
)  # fmt: skip


def test_several_roles_of_a_pair_are_labels_of_one_relation() -> None:
    relations = [r for r in layer_results(DOCUMENT, "events") if r["type"] == "relation"]
    assert [r["labels"] for r in relations] == [["place", "participant"], ["participant"], ["time"]]


def test_a_speaker_that_the_source_gives_is_not_asked_for() -> None:
    assert not [r for r in layer_results(DOCUMENT, "quotes") if r.get("from_name") == "speaker"]


def test_a_nominal_stands_in_the_layer_that_refers_to_it_and_is_context_in_the_other() -> None:
    labels = {
        layer: [
            (r["value"]["start"], r["value"]["labels"][0])
            for r in layer_results(DOCUMENT, layer)
            if "value" in r and "labels" in r["value"]
        ]
        for layer in LAYERS
    }
    assert labels["entities"] == [(39, "GPE")]
    assert (20, "PRONOUN") in labels["quotes"] and (1, "MENTION") in labels["quotes"]
    assert (20, "MENTION") in labels["events"] and (1, "PRONOUN") in labels["events"]


def test_context_only_is_read_only_and_nothing_else() -> None:
    results = layer_results(DOCUMENT, "quotes", context_only=True)
    assert results and all(r["readonly"] and r["value"]["labels"] == ["MENTION"] for r in results)


def test_layers_of_linked_articles_have_no_words() -> None:
    document = msgspec.structs.replace(DOCUMENT, meta=Meta(origin="linked"))
    for layer in LAYERS:
        data = without_text(task_data(document, layer, SCHEMA))
        stored = json.dumps([data, layer_results(document, layer)])
        assert "Desa" not in stored and "Kami" not in stored
        assert document_of(task_data(document, layer, SCHEMA), layer_results(document, layer)).text is None


def test_a_reference_that_leads_nowhere_is_one_line() -> None:
    broken = msgspec.structs.replace(DOCUMENT, mentions=DOCUMENT.mentions[:2])
    with pytest.raises(Fault, match=r"document w-1: there is no mention 'm3'"):
        layer_results(broken, "events")


def turned(results: list[Result]) -> list[Result]:
    """Draw relations the other way round, where only one end can be the head."""
    heads = {
        r["id"]
        for r in results
        if r.get("from_name") in {"evt", "quo"} and "PART" not in str(r) and "CUE" not in str(r)
    }
    return [
        {**r, "from_id": r["to_id"], "to_id": r["from_id"]}
        if r["type"] == "relation" and r["from_id"] not in heads
        else r
        for r in results
    ]


def test_a_relation_drawn_from_the_head_is_read_too() -> None:
    assert round_trip(DOCUMENT, turned) == expected(DOCUMENT)
