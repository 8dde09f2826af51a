from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from warta.cli.convert import command
from warta.document import Document, completed

TEXT = "😀 Wali Kota Melati tiba, ujarnya."
DOCUMENT = {
    "id": "w-1",
    "text": TEXT,
    "mentions": [
        {"id": "m1", "start": 2, "end": 18, "type": "PER", "entity": "e1"},
        {"id": "m2", "start": 7, "end": 18, "type": "GPE", "entity": "e2"},
    ],
    "entities": [{"id": "e1", "type": "PER"}, {"id": "e2", "type": "GPE"}],
    "events": [
        {
            "id": "v1",
            "start": 19,
            "end": 23,
            "type": "movement.travel",
            "arguments": [{"role": "traveller", "mention": "m1"}],
        }
    ],
    "quotes": [
        {"id": "q1", "type": "indirect", "content": [{"start": 2, "end": 23}], "cue": [{"start": 25, "end": 29}]}
    ],
}


@pytest.fixture
def documents(tmp_path):
    path = tmp_path / "documents.jsonl"
    path.write_text(json.dumps(DOCUMENT) + "\n", encoding="utf-8")
    return str(path)


def without_nulls(value):
    if isinstance(value, dict):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def ran(*words: str, given: str | None = None, status: int = 0):
    result = CliRunner().invoke(command, words, input=given)
    assert result.exit_code == status, result.output
    return result


@pytest.mark.parametrize("form", ["documents", "brat", "anchored"])
def test_all_layers_there_and_back(documents, tmp_path, form):
    there, back = str(tmp_path / "there"), str(tmp_path / "back.jsonl")
    assert ran(documents, "--from", "documents", "--to", form, "-o", there).stderr == "1 documents\n"
    ran(there, "--from", form, "--documents", documents, "-o", back)
    found = json.loads(Path(back).read_text(encoding="utf-8"))
    assert without_nulls(found) == without_nulls(msgspec.to_builtins(completed(msgspec.convert(DOCUMENT, Document))))


@pytest.mark.parametrize(("form", "left"), [
    ("conll", ["left out: 1 events", "left out: 1 mentions that a flat view has no place for", "left out: 1 quotes", "left out: 2 entities"]),
    ("spacy", ["left out: 1 events", "left out: 1 quotes"]),
    ("hf", ["left out: 1 events", "left out: 1 quotes", "left out: 2 entities"]),
])  # fmt: skip
def test_what_is_left_out_is_told(documents, form, left):
    lines = ran(documents, "--from", "documents", "--to", form).stderr.splitlines()
    assert sorted(lines[:-1]) == left and lines[-1] == "1 documents"


def test_standard_input_and_crosswalk(documents):
    items = [
        {"entity_group": "LOC", "score": 1, "word": "Melati", "start": 12, "end": 18},
        {"entity_group": "MISC", "score": 1, "start": 2, "end": 6},
    ]
    result = ran("--from", "hf", "-d", documents, "--crosswalk", "conll2003", given=json.dumps(items))
    assert [m["type"] for m in json.loads(result.stdout)["mentions"]] == ["GPE"]
    assert result.stderr == "label 'MISC': 1 dropped, nothing fits it\n1 documents\n"


def test_linked_texts_are_not_written_out(tmp_path):
    linked = {"id": "l-1", "text": TEXT, "meta": {"origin": "linked", "source": "seed"}}
    (tmp_path / "d.jsonl").write_text(json.dumps(linked), encoding="utf-8")
    result = ran(
        "--from", "hf", "-d", str(tmp_path / "d.jsonl"), given='[{"entity_group": "GPE", "start": 12, "end": 18}]'
    )
    assert json.loads(result.stdout)["text"] is None and "Melati" not in result.stdout


def test_faults_are_all_told_and_nothing_is_written(documents, tmp_path):
    out = tmp_path / "out.jsonl"
    items = [{"entity_group": "GPE", "start": 12, "end": 99}, {"entity_group": "ALIEN", "start": 0, "end": 1}]
    result = ran("--from", "hf", "-d", documents, "-o", str(out), given=json.dumps(items), status=2)
    assert len(result.stderr.splitlines()) == 3 and result.stderr.endswith("2 faults; nothing was written\n")
    assert not out.exists() and result.stdout == ""
    assert (
        "no spaCy document" in ran(documents, "--from", "spacy", "-o", str(out), status=2).stderr and not out.exists()
    )


@pytest.mark.parametrize(("words", "told"), [
    (["--from", "brat"], "brat is read from a folder; name it"),
    (["x", "--from", "hf", "--to", "brat"], "brat is written to a folder; name it with -o"),
    (["x", "--from", "hf", "--to", "label-studio"], "is not one of"),
    (["x", "--from", "hf", "--crosswalk", "klingon"], "no crosswalk 'klingon'; allowed: conll2003, ontonotes"),
    (["x", "--from", "documents", "--to", "anchored", "--crosswalk", "idner"], "--crosswalk has nothing to do"),
])  # fmt: skip
def test_wrong_use(words, told):
    assert told in ran(*words, status=2).stderr


@pytest.mark.parametrize(
    "words",
    [
        ["nowhere", "--from", "brat"],
        ["nowhere", "--from", "hf"],
        ["nowhere", "--from", "conll"],
        [".", "--from", "spacy"],
    ],
)
def test_files_that_cannot_be_used(words, tmp_path):
    code = "import sys, warta.cli as c; c.COMMANDS['convert'] = 'convert'; sys.argv = ['warta', 'convert', *sys.argv[1:]]; c.main()"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, cwd=tmp_path,
                          env={"PYTHONPATH": str(Path(__file__).parents[2])})  # fmt: skip
    assert done.returncode == 2 and done.stderr.startswith("warta: ") and done.stderr.count("\n") == 1
