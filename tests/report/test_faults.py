"""Every class of fault on a hand-worked case, and what mending it would gain."""

from __future__ import annotations

import copy
import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.document import Document
from warta.report.faults import METRIC_OF, faults_of, gains
from warta.scoring import score

WHOLE = json.loads((Path(__file__).parents[1] / "validate" / "good" / "whole.jsonl").read_text(encoding="utf-8"))
GOLD = msgspec.convert(WHOLE, Document)


def changed(change):
    document = copy.deepcopy(WHOLE)
    change(document)
    return msgspec.convert(document, Document)


def wrong_trigger(d):
    place = d["events"][0]["arguments"].pop()
    d["events"][2]["arguments"].append(place)


CASES = {
    ("mentions", "missed"): lambda d: d["mentions"].pop(4),
    ("mentions", "spurious"): lambda d: d["mentions"].append({"start": 6, "end": 13, "type": "PER"}),
    ("mentions", "type"): lambda d: d["mentions"][4].update(type="CRD"),
    ("mentions", "boundary"): lambda d: d["mentions"][6].update(end=d["mentions"][6]["end"] - 2),
    ("triggers", "missed"): lambda d: d["events"].pop(2) and d["events"][1]["arguments"].pop(),
    ("triggers", "spurious"): lambda d: d["events"].append({"start": 6, "end": 13, "type": "life.die"}),
    ("triggers", "type"): lambda d: d["events"][2].update(type="disaster.fire"),
    ("arguments", "missed"): lambda d: d["events"][0]["arguments"].clear(),
    ("arguments", "spurious"): lambda d: d["events"][2]["arguments"].append({"role": "time", "mention": "m7"}),
    ("arguments", "role"): lambda d: d["events"][0]["arguments"][0].update(role="magnitude"),
    ("arguments", "wrong trigger"): wrong_trigger,
    ("quotes", "missed"): lambda d: d["quotes"].pop(),
    ("quotes", "boundary"): lambda d: d["quotes"][1]["content"][0].update(
        start=d["quotes"][1]["content"][0]["start"] + 6
    ),
    ("quotes", "source"): lambda d: d["quotes"][0].update(source="m8"),
    ("quotes", "cue"): lambda d: d["quotes"][0].update(cue=[]),
    ("speakers", "speaker"): lambda d: d["quotes"][0].update(speaker="e4"),
    ("quote types", "quote type"): lambda d: d["quotes"][0].update(type="mixed"),
}


@pytest.mark.parametrize("layer,kind", CASES, ids=lambda value: value.replace(" ", "-"))
def test_each_class_is_told_and_mending_it_gains(layer, kind):
    system = changed(CASES[layer, kind])
    found = faults_of(GOLD, system)
    assert (layer, kind) in {(f.layer, f.kind) for f in found}
    report = score([GOLD], [system])
    gain = next(g for g in gains(found, report.scores) if (g.layer, g.kind) == (layer, kind))
    value = report.scores[METRIC_OF[layer]]
    if {f.kind for f in found if f.layer == layer} == {
        kind
    }:  # nothing else is wrong in the layer: mended, it is perfect
        assert gain.gain + (value.accuracy if hasattr(value, "accuracy") else value.f1) == pytest.approx(1)


def test_gold_has_no_faults_against_itself():
    assert faults_of(GOLD, GOLD) == []


def test_an_empty_prediction_misses_everything_once():
    found = faults_of(GOLD, Document(id=GOLD.id))
    assert {f.kind for f in found} == {"missed"}
    assert len([f for f in found if f.layer == "mentions"]) == 6 and len([f for f in found if f.layer == "quotes"]) == 2


@given(st.sets(st.integers(0, 8)), st.sets(st.integers(0, 3)), st.sampled_from(["PER", "CRD", "GPE"]))
def test_faults_are_as_many_as_the_scorer_counts(dropped, types, label):
    def change(d):
        for n in types:
            d["mentions"][n]["type"] = label
        d["events"], d["quotes"] = [], []
        d["mentions"] = [m for n, m in enumerate(d["mentions"]) if n not in dropped]

    system = changed(change)
    found = [f for f in faults_of(GOLD, system) if f.layer == "mentions"]
    exact = score([GOLD], [system]).scores["entities.exact"]
    assert sum(f.gold != () for f in found) == exact.fn and sum(f.system != () for f in found) == exact.fp
