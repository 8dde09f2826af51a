"""validate, anchor, link and predict as users run them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from warta.files import read_documents

TOP = Path(__file__).resolve().parents[2]
VALIDATE = TOP / "tests" / "validate"
WHOLE = VALIDATE / "good" / "whole.jsonl"


def test_validate_says_nothing_about_gold(warta):
    done = warta("validate", *sorted((TOP / "data" / "gold").glob("*.jsonl")))
    assert (done.status, done.out) == (0, "") and "0 findings" in done.err


def test_validate_prints_a_line_a_finding(warta):
    done = warta("validate", *sorted((VALIDATE / "bad").glob("*.jsonl")))
    assert done.status == 1 and len(done.out.splitlines()) >= 50
    few = warta("validate", VALIDATE / "bad" / "past-end.jsonl", "--ignore", "past-end")
    assert (few.status, few.out) == (0, "")
    assert warta("validate", WHOLE, "--ignore", "no-such").status == 2


def test_validate_tells_a_systems_departures_without_refusing_them(warta):
    path = VALIDATE / "bad" / "same-span-mentions.jsonl"
    assert warta("validate", path).status == 1 and warta("validate", path, "--system").status == 0


def test_validate_lists_its_checks(warta):
    done = warta("validate", "--list")
    assert done.status == 0 and "same-span-mentions" in done.out


def test_anchor_resolves_and_checks(warta, tmp_path):
    notation = (
        "document x-0001\nmentions\nP2\nm1 PER e1 | Rukmini\nquotes\nP2\n"
        'q1 direct source=m1 speaker=e1 | content "Dua [...] bumi," | cue mengatakan\n'
    )
    (tmp_path / "a.txt").write_text(notation, encoding="utf-8")
    done = warta("anchor", tmp_path / "a.txt", "-d", WHOLE, "-o", tmp_path / "out.jsonl")
    assert done.status == 0, done.err
    made = next(iter(read_documents(tmp_path / "out.jsonl")))
    assert [made.text[q.content[0].start : q.content[0].end] for q in made.quotes] == [
        '"Dua rumah roboh akibat gempa bumi,"'
    ]
    (tmp_path / "b.txt").write_text(notation.replace("Rukmini", "Rukmana").replace("bumi,", "bulan,"), encoding="utf-8")
    done = warta("anchor", tmp_path / "b.txt", "-d", WHOLE, "--check")
    assert done.status == 1 and done.err.count("[anchor]") == 3  # both anchors, and the quote that lost its content
    assert warta("anchor", tmp_path / "nowhere.txt", "-d", WHOLE).status == 2


def test_link_says_what_it_could_not_find(warta, tmp_path):
    done = warta("link", tmp_path, "--data", TOP, "-o", tmp_path / "linked.jsonl")
    documents = list(read_documents(tmp_path / "linked.jsonl"))
    assert done.status == 1 and len(done.err.splitlines()) == len(documents) + 1
    assert f"0 of {len(documents)} documents have their text" in done.err
    assert warta("link", tmp_path / "nowhere", "--data", TOP).status == 2 and warta("link").status == 2


def test_linked_articles_are_all_found_where_their_texts_are(warta, tmp_path):
    texts = TOP.parent / "shared" / "texts"
    if not texts.is_dir():
        pytest.skip("the texts of the linked articles are not at hand")
    done = warta("link", texts, "--data", TOP, "-o", tmp_path / "linked.jsonl")
    assert done.status == 0, done.err
    assert warta("validate", tmp_path / "linked.jsonl").status == 0


@pytest.mark.parametrize("system", ["rules", "crf"])
def test_baselines_predict_within_the_form(warta, tmp_path, system):
    out = tmp_path / "out.jsonl"
    done = warta("predict", system, "--split", "validation", "--data", TOP, "-o", out)
    assert done.status == 0, done.err
    assert warta("validate", out, "--system").status == 0
    report = json.loads(warta("score", out, "--gold", "validation", "--data", TOP, "--format", "json").out)
    metric = "quotes.content.exact" if system == "rules" else "entities.exact"
    assert report["scores"][metric]["tp"] > 0


def test_a_system_of_ones_own_sees_what_it_is_given_and_no_more(warta, tmp_path):
    (tmp_path / "echo.py").write_text(
        "class Echo:\n    def predict(self, documents):\n        yield from documents\n\ndef load(training):\n    return Echo()\n"
    )
    out = tmp_path / "out.jsonl"
    run = ("predict", tmp_path / "echo.py", "--split", "validation", "--data", TOP, "-o", out)
    assert warta(*run).status == 0
    assert all(d.text and not (d.mentions or d.events or d.quotes or d.entities) for d in read_documents(out))
    assert warta(*run, "--given", "mentions").status == 0
    report = json.loads(warta("score", out, "--gold", "validation", "--data", TOP, "--format", "json").out)
    assert report["scores"]["entities.exact"]["f1"] == 1.0 and report["scores"]["events.TC"]["tp"] == 0


def test_wrong_use_of_predict_is_a_line(warta, tmp_path):
    assert "no such system" in warta("predict", "nobody", "--data", TOP).err
    assert "have no text" in warta("predict", "rules", "--split", "linked", "--data", TOP).err


@pytest.mark.parametrize("name", ["validate", "score", "compare", "report", "predict", "convert", "anchor", "link"])
def test_every_command_explains_itself_with_an_example(warta, name):
    done = warta(name, "--help")
    assert done.status == 0 and "Example" in done.out


@pytest.mark.parametrize("script", sorted((TOP / "scripts").glob("*.py")), ids=lambda path: path.stem)
def test_every_script_explains_itself(script):
    done = subprocess.run([sys.executable, str(script), "--help"], capture_output=True, text=True, cwd=TOP)
    assert done.returncode == 0 and "sage" in done.stdout, done.stderr
