from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from warta.scoring.metrics import METRICS

GOOD = Path(__file__).parents[1] / "validate" / "good"
WHOLE = json.loads((GOOD / "whole.jsonl").read_text(encoding="utf-8"))


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.jsonl"
    other = {**WHOLE, "id": "x-0002"}
    path.write_text("".join(json.dumps(d) + "\n" for d in (WHOLE, other)), encoding="utf-8")
    return path


def lines(path, *documents):
    path.write_bytes(b"".join((d if isinstance(d, bytes) else json.dumps(d).encode()) + b"\n" for d in documents))
    return path


def scores(done):
    assert done.status == 0, done.err
    return json.loads(done.out)


def test_gold_against_itself_is_one_for_every_metric_that_has_items(warta, gold):
    report = scores(warta("score", gold, "--gold", gold, "--format", "json"))
    assert set(report["scores"]) == set(METRICS) and report["documents"] == 2
    for name, score in report["scores"].items():
        value = score["accuracy"] if "accuracy" in score else score["f1"]
        assert value in (1.0, None), name
    assert report["scores"]["quotes.whole"]["tp"] == 4 and report["scores"]["claims"]["tp"] == 6


def test_the_order_of_documents_items_and_keys_changes_nothing(warta, gold, tmp_path):
    random.seed(7)
    prediction = {**WHOLE, "mentions": WHOLE["mentions"][:-2], "quotes": [], "events": WHOLE["events"][1:]}
    prediction["events"] = [{**e, "arguments": []} for e in prediction["events"]]
    plain = [prediction, {**prediction, "id": "x-0002"}]

    def shuffled(value):
        if isinstance(value, dict):
            return dict(random.sample([(k, shuffled(v)) for k, v in value.items()], len(value)))
        return random.sample([shuffled(v) for v in value], len(value)) if isinstance(value, list) else value

    first = scores(warta("score", lines(tmp_path / "a", *plain), "--gold", gold, "--format", "json", "--by", "realis"))
    second = scores(
        warta("score", lines(tmp_path / "b", *shuffled(plain)), "--gold", gold, "--format", "json", "--by", "realis")
    )
    assert first == second


def at(kind, n, **changes):
    items = [{**item, **changes} if i == n else item for i, item in enumerate(WHOLE[kind])]
    return {**WHOLE, kind: items}


BAD = {
    "a cut line": (json.dumps(WHOLE).encode()[:-30], "invalid-json"),
    "an unknown id": ({**WHOLE, "id": "x-9999"}, "unknown-document"),
    "an unknown key": (at("mentions", 0, label="GPE"), "unknown-key"),
    "an unknown label": (at("mentions", 0, type="COUNTRY"), "unknown-mention-type"),
    "a reversed offset": (at("mentions", 0, start=22, end=14), "reversed-span"),
    "a fractional offset": (at("mentions", 0, start=1.5), "wrong-type"),
    "a whole number written as a fraction": (at("mentions", 0, start=14.0), "wrong-type"),
    "an offset past the end": (at("mentions", 0, end=99999), "past-end"),
    "a dangling reference": (at("quotes", 0, source="m77"), "unknown-mention"),
    "a NUL": ({**WHOLE, "text": "a\0b"}, "nul-character"),
    "bytes that are no UTF-8": (
        json.dumps(WHOLE, ensure_ascii=False).encode().replace(b"Rukmini", b"Rukm\xff"),
        "invalid-utf8",
    ),
    "another text": ({**WHOLE, "text": WHOLE["text"][:-1] + "!", "meta": None}, "text-mismatch"),
    "no object": (b"[1, 2]", "wrong-type"),
    "a number for an id": ({**WHOLE, "id": 7}, "wrong-type"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_prediction_file_is_refused_in_a_line(warta, gold, tmp_path, name):
    bad, check = BAD[name]
    done = warta("score", lines(tmp_path / "bad.jsonl", {"id": "x-0002"}, bad), "--gold", gold)
    assert done.status == 2 and done.out == ""
    told = [line for line in done.err.splitlines() if f"[{check}]" in line]
    assert len(told) == 1 and f"{tmp_path / 'bad.jsonl'}:2:" in told[0]
    assert done.err.splitlines()[-1] == "1 faults; nothing was scored"


def test_a_repeated_id_is_refused(warta, gold, tmp_path):
    done = warta("score", lines(tmp_path / "bad.jsonl", {"id": "x-0002"}, {"id": "x-0002"}), "--gold", gold)
    assert done.status == 2 and "[repeated-document]" in done.err


def test_all_faults_of_a_file_are_told(warta, gold, tmp_path):
    done = warta("score", lines(tmp_path / "bad.jsonl", *(bad for bad, _ in BAD.values())), "--gold", gold)
    assert done.status == 2
    assert {check for _, check in BAD.values()} <= {part.split("]")[0] for part in done.err.split("[")}


def test_what_a_system_says_against_the_scheme_is_told_and_scored(warta, gold, tmp_path):
    odd = {**WHOLE, "mentions": [*WHOLE["mentions"], {**WHOLE["mentions"][0], "id": "m99"}]}
    done = warta("score", lines(tmp_path / "odd.jsonl", odd), "--gold", gold, "--format", "json")
    report = scores(done)
    assert report["scores"]["entities.exact"]["fp"] == 1
    assert "1 x same-span-mentions" in done.err and "x-0002" in done.err


def test_a_prediction_may_leave_out_what_is_optional(warta, gold, tmp_path):
    report = scores(
        warta("score", lines(tmp_path / "p", {"id": "x-0001", "mentions": None}), "--gold", gold, "--format", "json")
    )
    assert report["scores"]["entities.exact"] == {
        "precision": None,
        "recall": 0.0,
        "f1": 0.0,
        "tp": 0,
        "fp": 0,
        "fn": 12,
    }


def test_stand_off_gold_bounds_offsets_by_its_number_of_characters(warta, tmp_path):
    path = tmp_path / "s.jsonl"
    path.write_bytes((GOOD / "standoff.jsonl").read_bytes())
    done = warta(
        "score", lines(tmp_path / "p", {**at("mentions", 0, end=9999), "text": None, "meta": None}), "--gold", path
    )
    assert done.status == 2 and "[past-end]" in done.err


@pytest.mark.parametrize("form", ["table", "md", "html"])
def test_other_formats_name_every_metric(warta, gold, form, tmp_path):
    done = warta("score", gold, "--gold", gold, "--format", form, "--types", "-o", tmp_path / "out")
    text = (tmp_path / "out").read_text(encoding="utf-8")
    assert done.status == 0 and all(metric in text for metric in METRICS) and "corpus:file" in text


def test_missing_files_and_places_are_one_line(warta, gold, tmp_path, monkeypatch):
    assert "nowhere.jsonl: cannot be read" in warta("score", tmp_path / "nowhere.jsonl", "--gold", gold).err
    monkeypatch.chdir(tmp_path)
    done = warta("score", gold)
    assert done.status == 2 and "--data" in done.err and len(done.err.splitlines()) == 1


def test_only_the_layers_asked_for_have_numbers(warta, gold):
    report = scores(warta("score", gold, "--gold", gold, "--layer", "quotes", "--format", "json"))
    assert report["scores"]["quotes.whole"]["f1"] == 1.0 and report["scores"]["events.TC"]["tp"] is None


def test_a_report_on_gold_that_cannot_be_used_is_refused_in_lines(warta, gold, tmp_path):
    bad, page = lines(tmp_path / "bad.jsonl", b'{"id":"d"'), tmp_path / "report.html"
    done = warta("report", gold, "--gold", bad, "-o", page)
    assert done.status == 2 and "[invalid-json]" in done.err and "Traceback" not in done.err
    assert not page.exists()
