from __future__ import annotations

import json
from pathlib import Path

import pytest

WHOLE = json.loads((Path(__file__).parents[1] / "validate" / "good" / "whole.jsonl").read_text(encoding="utf-8"))


@pytest.fixture
def files(tmp_path):
    """Gold of twelve documents, a system that is right, one without quotes, and one that says nothing."""
    documents = [{**WHOLE, "id": f"x-{n}"} for n in range(12)]
    lesser = {key: value for key, value in WHOLE.items() if key in ("text", "meta", "entities")}
    lesser |= {"events": [{**e, "arguments": []} for e in WHOLE["events"]], "quotes": []}
    lesser["mentions"] = [m for m in WHOLE["mentions"] if m["form"] not in ("nominal", "pronoun")]
    lesser["entities"] = WHOLE["entities"][:2]
    kinds = {
        "gold": documents,
        "lesser": [{**lesser, "id": d["id"]} for d in documents],
        "silent": [{"id": d["id"]} for d in documents],
    }
    for name, rows in kinds.items():
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return {name: tmp_path / name for name in kinds}


def test_differences_tests_and_items(warta, files):
    done = warta(
        "compare",
        files["silent"],
        files["lesser"],
        files["gold"],
        "--gold",
        files["gold"],
        "--resamples",
        500,
        "--seed",
        3,
        "--format",
        "json",
    )
    assert done.status == 0, done.err
    found = json.loads(done.out)
    assert "seed:3" in found["signature"] and list(found["systems"]) == [str(files["lesser"]), str(files["gold"])]
    lesser = found["systems"][str(files["lesser"])]
    triggers, quotes = lesser["differences"]["events.TC"], lesser["differences"]["quotes.whole"]
    assert triggers["difference"] == 1.0 and triggers["randomisation_holm"] == pytest.approx(
        2 * triggers["randomisation"]
    )
    assert triggers["randomisation"] < 0.01 and quotes["difference"] == 0.0 and quotes["randomisation"] == 1.0
    gained = [c for c in lesser["changes"] if c["metric"] == "events.TC"]
    assert len(gained) == 12 * 4 and all(c["gained"] for c in gained)


def test_the_same_seed_gives_the_same_numbers(warta, files):
    run = ("compare", files["lesser"], files["gold"], "--gold", files["gold"], "--resamples", 200, "--format", "json")
    assert warta(*run).out == warta(*run).out


def test_the_table_names_files_and_signature(warta, files):
    done = warta("compare", files["lesser"], files["gold"], "--gold", files["gold"], "--resamples", 99, "--items", 2)
    assert done.status == 0 and "difference" in done.out and "gained" in done.out and "resamples:99" in done.out


def test_one_file_or_the_same_twice_is_wrong_use(warta, files):
    for names in ((files["gold"],), (files["gold"], files["gold"])):
        done = warta("compare", *names, "--gold", files["gold"])
        assert done.status == 2 and "two or more different" in done.err
