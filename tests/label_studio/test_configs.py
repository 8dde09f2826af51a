from __future__ import annotations

from collections import Counter
from xml.etree import ElementTree as ET

import pytest

from warta.label_studio.configs import LAYERS, config, write_configs
from warta.label_studio.keys import RESERVED
from warta.label_studio.rules import layer_rules
from warta.schema import load_schema, schema_folder

SCHEMA = load_schema()


@pytest.mark.parametrize("layer", LAYERS)
def test_label_studio_itself_accepts_the_configuration(layer: str) -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface", reason="pip install 'warta[annotate]'")
    interface.LabelInterface(config(SCHEMA, layer)).validate()


@pytest.mark.parametrize("layer", LAYERS)
def test_the_committed_configuration_is_current(layer: str) -> None:
    path = schema_folder() / "label_studio" / f"{layer}.xml"
    assert path.read_text(encoding="utf-8") == config(SCHEMA, layer), "run: scripts/label_studio.py configs"


@pytest.mark.parametrize("layer", LAYERS)
def test_hotkeys_are_explicit_and_neither_reserved_nor_double(layer: str) -> None:
    root = ET.fromstring(config(SCHEMA, layer))
    tags = [tag for kind in ("Label", "Choice", "Filter") for tag in root.iter(kind)]
    keys = [tag.get("hotkey") for tag in tags]
    assert None not in keys and not set(keys) & RESERVED
    shown_together = Counter(keys)
    doubled = {key for key, count in shown_together.items() if count > 1}
    # Choices answer for regions of different labels and are never shown together; nothing else may share a key.
    assert doubled == set()


@pytest.mark.parametrize("layer", LAYERS)
def test_every_label_of_the_schema_can_be_given(layer: str) -> None:
    root, rules = ET.fromstring(config(SCHEMA, layer)), layer_rules(SCHEMA, layer)
    for box in root.iter("Labels"):
        assert {label.get("value") for label in box} == rules.labels[str(box.get("name"))]
    for box in root.iter("Choices"):
        assert {choice.get("value") for choice in box} == rules.answers[str(box.get("name"))].values
    assert {tag.get("value") for tag in root.iter("Relation")} == rules.relations


def test_control_names_differ_between_layers() -> None:
    names = [
        tag.get("name") for layer in LAYERS for tag in ET.fromstring(config(SCHEMA, layer)).iter() if tag.get("toName")
    ]
    names = [name for name in names if name != "filter"]
    assert len(names) == len(set(names))


def test_attributes_stand_in_double_quotes() -> None:
    for layer in LAYERS:
        assert "='" not in config(SCHEMA, layer)


def test_writing_is_repeatable(tmp_path: object) -> None:
    paths = write_configs(SCHEMA, tmp_path)  # type: ignore[arg-type]
    before = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in write_configs(SCHEMA, tmp_path)] == before  # type: ignore[arg-type]
