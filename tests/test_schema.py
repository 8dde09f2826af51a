"""The schema files: complete, consistent, and what is generated from them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import jsonschema
import pytest

from warta.json_schema import document_schema
from warta.schema import LABEL_FILES, SchemaFault, load_crosswalks, load_schema, schema_folder
from warta.schema import LABELS as LABELS_FILE
from warta.text import text_faults

TOP = Path(__file__).resolve().parents[1]
SCHEMA = load_schema()
LABELS = [*SCHEMA.entities.types, *SCHEMA.entities.forms, *SCHEMA.events.realis, *SCHEMA.events.polarity, *SCHEMA.events.types,
          *SCHEMA.quotes.parts, *SCHEMA.quotes.types]  # fmt: skip


@pytest.mark.parametrize("label", LABELS, ids=lambda label: label.code)
def test_every_label_is_defined_and_shown(label):
    assert label.definition.en.strip() and label.definition.id.strip()
    if label.code not in SCHEMA.forms or label.examples:
        assert len(label.examples) >= 3
    for text in [*label.examples, *(c.text for c in label.counter_examples)]:
        assert text_faults(text) == [] and text.count("«") == text.count("»")


@pytest.mark.parametrize("label", [*SCHEMA.entities.types, *SCHEMA.events.types], ids=lambda label: label.code)
def test_every_type_has_counter_examples(label):
    assert label.counter_examples and all(c.why.strip() for c in label.counter_examples)


@pytest.mark.parametrize("event", SCHEMA.events.types, ids=lambda event: event.code)
def test_roles_name_types_there_are(event):
    assert len(event.triggers) >= 3 and len(set(event.triggers)) == len(event.triggers)
    for role in SCHEMA.roles[event.code].values():
        assert set(role.fillers) <= set(SCHEMA.mention_types) and set(role.events) <= {"*", *SCHEMA.event_types}
        assert role.fillers or role.events


def test_codes_and_cues_are_unique():
    for labels in (SCHEMA.entities.types, SCHEMA.events.types, SCHEMA.quotes.types):
        assert len({label.code for label in labels}) == len(labels)
    forms = [cue.form for cue in SCHEMA.quotes.cues]
    assert len(set(forms)) == len(forms) and not set(forms) & {n.form for n in SCHEMA.quotes.not_cues}


def test_every_type_and_role_is_in_the_guidelines():
    guide = (schema_folder() / "guidelines.md").read_text(encoding="utf-8")
    assert f"(versi {SCHEMA.version})" in guide
    for event in SCHEMA.events.types:
        line = next(line for line in guide.split("\n") if line.startswith(f"| {event.code} |"))
        assert [role.strip() for role in line.split("|")[3].split(",")] == list(event.roles)
    for code in SCHEMA.mention_types:
        assert f"| {code} |" in guide or f"{code} " in guide


def test_crosswalks_cover_every_type():
    walks = load_crosswalks()
    assert set(walks) == {"conll2003", "ontonotes", "nergrit", "idner", "ner_ui"}
    for walk in walks.values():
        assert set(walk.to) == set(SCHEMA.mention_types) and set(walk.from_.values()) <= {*SCHEMA.mention_types, None}
        assert {label for label in walk.to.values() if label} <= set(walk.from_)
    assert len(walks["ontonotes"].from_) == 18 and len(walks["nergrit"].from_) == 19


def test_gold_and_predictions_fit_the_json_schemas():
    gold = jsonschema.Draft202012Validator(document_schema(SCHEMA, gold=True))
    prediction = jsonschema.Draft202012Validator(document_schema(SCHEMA, gold=False))
    for path in (TOP / "data" / "gold").glob("*.jsonl"):
        for line in path.read_text(encoding="utf-8").splitlines():
            assert list(gold.iter_errors(json.loads(line))) == []
    assert list(prediction.iter_errors({"id": "x", "mentions": [{"start": 0, "end": 4, "type": "PER"}]})) == []
    for bad in (
        {"id": ""},
        {"id": "x", "mentions": [{"start": 0, "end": 4, "type": "MAN"}]},
        {"id": "x", "colour": 1},
        {},
    ):
        assert list(prediction.iter_errors(bad)), bad


def test_a_faulty_schema_file_is_named(tmp_path):
    for name in ("entities", "events", "quotes"):
        shutil.copy(schema_folder() / f"{name}.yaml", tmp_path)
    (tmp_path / "events.yaml").write_text("version: [", encoding="utf-8")
    with pytest.raises(SchemaFault, match=r"events\.yaml"):
        load_schema(tmp_path)
    (tmp_path / "events.yaml").write_text('version: "1"\nroles: 3\n', encoding="utf-8")
    with pytest.raises(SchemaFault, match="unknown field"):
        load_schema(tmp_path)
    (tmp_path / "events.yaml").unlink()
    with pytest.raises(SchemaFault, match="cannot be read"):
        load_schema(tmp_path)


def test_the_generated_labels_are_read_only_while_they_are_of_the_files_beside_them(tmp_path, monkeypatch):
    for name in (*LABEL_FILES, LABELS_FILE):
        shutil.copy(schema_folder() / name, tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("yaml.load", None)  # whoever read YAML would fail
        assert load_schema(tmp_path).cues == SCHEMA.cues
    load_schema.cache_clear()
    with (tmp_path / "quotes.yaml").open("a", encoding="utf-8") as quotes:
        quotes.write("  - {form: pantun, why: coba}\n")
    assert "pantun" in {word.form for word in load_schema(tmp_path).quotes.not_cues}
    load_schema.cache_clear()
    (tmp_path / LABELS_FILE).write_text("{", encoding="utf-8")
    assert load_schema(tmp_path).cues == SCHEMA.cues
