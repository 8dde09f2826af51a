from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from random_documents import documents
from test_convert import DOCUMENT

from warta.document import Document, Span
from warta.label_studio.configs import LAYERS, config_digest
from warta.label_studio.convert import layer_results
from warta.label_studio.lint import LINTS, lint_results, lint_task
from warta.label_studio.tasks import task_data
from warta.schema import load_schema

SCHEMA = load_schema()
Results = list[dict[str, Any]]


def checks(layer: str, change: Callable[[Results], Any] = lambda results: None) -> set[str]:
    data, results = task_data(DOCUMENT, layer, SCHEMA), copy.deepcopy(layer_results(DOCUMENT, layer))
    change(results)
    return {finding.check for finding in lint_results(data, results, SCHEMA, "ani@contoh.example")}


def region(results: Results, label: str) -> dict[str, Any]:
    return next(r for r in results if r["type"] == "labels" and r["value"]["labels"] == [label])


def relation(results: Results) -> dict[str, Any]:
    return next(r for r in results if r["type"] == "relation")


def drop(results: Results, what: dict[str, Any]) -> None:
    results.remove(what)


def twice(results: Results, what: dict[str, Any], **changes: Any) -> None:
    results.append({**what, **changes})


def value(results: Results, label: str, **changes: Any) -> None:
    region(results, label)["value"].update(changes)


def answer(results: Results, control: str) -> dict[str, Any]:
    return next(r for r in results if r.get("from_name") == control)


MEET = "contact.meet"
DAMAGE: list[tuple[str, str, Callable[[Results], Any]]] = [
    ("ls-result-form", "events", lambda r: value(r, MEET, start="33")),
    ("ls-result-form", "events", lambda r: region(r, MEET).pop("id")),
    ("ls-result-form", "events", lambda r: r.append({"type": "rectanglelabels", "id": "x", "value": {}})),
    ("ls-unknown-control", "events", lambda r: region(r, MEET).update(from_name="quo")),
    ("ls-unknown-label", "events", lambda r: value(r, MEET, labels=["contact.fax"])),
    ("ls-unknown-label", "events", lambda r: answer(r, "realis")["value"].update(choices=["maybe"])),
    ("ls-label-count", "events", lambda r: value(r, MEET, labels=[])),
    ("ls-label-count", "events", lambda r: value(r, MEET, labels=[MEET, "disaster.hazard"])),
    ("ls-two-controls", "events", lambda r: twice(r, region(r, MEET), from_name="eform")),
    ("ls-span-outside", "events", lambda r: value(r, MEET, end=999)),
    ("ls-span-outside", "events", lambda r: value(r, MEET, start=40, end=40)),
    ("ls-edge-white-space", "events", lambda r: value(r, MEET, end=39)),
    ("ls-same-region", "events", lambda r: twice(r, region(r, MEET), id="other")),
    ("ls-missing-answer", "quotes", lambda r: drop(r, answer(r, "qtype"))),
    ("ls-missing-answer", "entities", lambda r: drop(r, answer(r, "entity_id"))),
    ("ls-several-answers", "quotes", lambda r: answer(r, "qtype")["value"].update(choices=["direct", "mixed"])),
    ("ls-stray-answer", "quotes", lambda r: answer(r, "qtype").update(id="nowhere")),
    ("ls-stray-answer", "quotes", lambda r: twice(r, answer(r, "qtype"), id=region(r, "CUE")["id"])),
    ("ls-unknown-entity", "quotes", lambda r: answer(r, "qentity")["value"].update(taxonomy=[["e77"]])),
    ("ls-relation-end", "events", lambda r: relation(r).update(to_id="nowhere")),
    ("ls-relation-kind", "events", lambda r: relation(r).update(labels=["speaker"])),
    ("ls-relation-kind", "events", lambda r: relation(r).pop("labels")),
    ("ls-relation-kind", "quotes", lambda r: relation(r).update(from_id=region(r, "CUE")["id"], labels=["source"])),
    ("ls-relation-both-ways", "events", lambda r: relation(r).update(direction="bi")),
    ("ls-relation-turned", "events", lambda r: relation(r).update(direction="left")),
    ("ls-repeated-relation", "events", lambda r: twice(r, relation(r))),
    (
        "ls-two-sources",
        "quotes",
        lambda r: twice(r, relation(r), labels=["source"], from_id=region(r, "MENTION")["id"]),
    ),
    ("ls-loose-part", "quotes", lambda r: drop(r, relation(r))),
    ("ls-unused-mention", "quotes", lambda r: [drop(r, x) for x in list(r) if x.get("labels") == ["source"]]),
    ("ls-changed-region", "events", lambda r: value(r, MEET, labels=["disaster.hazard"])),
    ("ls-changed-context", "events", lambda r: value(r, "MENTION", start=1)),
    ("ls-changed-context", "events", lambda r: drop(r, region(r, "MENTION"))),
]


@pytest.mark.parametrize("layer", LAYERS)
def test_what_is_in_order_has_only_what_the_document_lacks(layer: str) -> None:
    # The second event of the document has neither realis nor polarity.
    assert checks(layer) == ({"ls-missing-answer"} if layer == "events" else set())


@pytest.mark.parametrize(("check", "layer", "change"), DAMAGE, ids=[f"{n}-{d[0]}" for n, d in enumerate(DAMAGE)])
def test_damage_is_found(check: str, layer: str, change: Callable[[Results], Any]) -> None:
    found = checks(layer, change)
    assert check in found and (check == "ls-missing-answer" or check not in checks(layer))


@pytest.mark.parametrize(("cue", "found"), [((33, 38), set()), ((15, 20), {"ls-same-region"})])
def test_quotes_may_share_a_span_but_not_everything(cue: tuple[int, int], found: set[str]) -> None:
    # The second quote has the content of the first, and another cue or the same.
    [quote] = DOCUMENT.quotes
    other = msgspec.structs.replace(quote, id="q2", cue=[Span(start=cue[0], end=cue[1])])
    document = msgspec.structs.replace(DOCUMENT, quotes=[quote, other])
    data, results = task_data(document, "quotes", SCHEMA), layer_results(document, "quotes")
    assert {finding.check for finding in lint_results(data, results, SCHEMA)} == found


@settings(max_examples=50, deadline=None)
@given(documents(SCHEMA))
def test_pushed_documents_never_look_changed(document: Document) -> None:
    for layer in LAYERS:
        data = task_data(document, layer, SCHEMA)
        found = {finding.check for finding in lint_results(data, layer_results(document, layer), SCHEMA)}
        assert not found & {"ls-changed-region", "ls-changed-context", "ls-result-form", "ls-relation-end",
                            "ls-unknown-control", "ls-two-controls", "ls-repeated-relation"}  # fmt: skip
        assert lint_task(data, config_digest(SCHEMA, layer)) == []


def test_changed_text_and_configuration_are_found() -> None:
    data = task_data(DOCUMENT, "quotes", SCHEMA) | {"text": "lain"}
    assert [finding.check for finding in lint_task(data, "0" * 64)] == ["ls-changed-text", "ls-changed-config"]


def test_a_finding_is_one_line_that_names_the_document() -> None:
    data = task_data(DOCUMENT, "quotes", SCHEMA)
    lines = [str(finding) for finding in lint_results(data, [{"type": "relation"}], SCHEMA, "ani@contoh.example")]
    assert lines and all(line.startswith("document w-1 (quotes, ani@contoh.example): [ls-") for line in lines)
    assert all("\n" not in line for line in lines)


def test_checks_are_described() -> None:
    assert all(severity in {"fault", "note"} and text for severity, text in LINTS.values())
