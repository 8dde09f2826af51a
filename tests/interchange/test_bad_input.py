from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span
from warta.interchange import FORMATS, new_context, read, write
from warta.label_studio.configs import LAYERS
from warta.label_studio.convert import layer_results
from warta.label_studio.tasks import task_data
from warta.schema import load_schema

SCHEMA = load_schema()
DOCUMENT = Document(
    id="w-1",
    text="😀 Wali Kota Melati tiba,\n“Kota sepi,” ujarnya.",
    mentions=[
        Mention(id="m1", start=2, end=18, type="PER", entity="e1"),
        Mention(id="m2", start=43, end=46, type="PER", form="pronoun", entity="e1"),
    ],
    entities=[Entity(id="e1", type="PER")],
    events=[
        Event(
            id="v1",
            start=19,
            end=23,
            type="movement.travel",
            realis="actual",
            arguments=[Argument(role="traveller", mention="m1")],
        )
    ],
    quotes=[
        Quote(
            id="q1",
            type="direct",
            content=[Span(start=25, end=37)],
            cue=[Span(start=38, end=42)],
            source="m2",
            speaker="e1",
        )
    ],
)
JUNK = [
    b"\t",
    b"\n",
    b" ",
    b"0",
    b"-1",
    b"9" * 30,
    b"null",
    b"[]",
    b"{}",
    b"true",
    b'"',
    b"\xff",
    b"\0",
    b":",
    b";",
    b"T9",
    b"I-",
    b"#",
    b"\\ud800",
]
FOREIGN = [name for name in FORMATS if name != "documents"]


def whole(form: str, folder: Path) -> Path:
    """Write the document in a format and return the file to be damaged."""
    if form == "label-studio":
        tasks = [
            {"data": task_data(DOCUMENT, layer, SCHEMA), "annotations": [{"result": layer_results(DOCUMENT, layer)}]}
            for layer in LAYERS
        ]
        (folder / "x").write_text(json.dumps(tasks), encoding="utf-8")
        return folder / "x"
    write([DOCUMENT], form, str(folder if form == "brat" else folder / "x"), new_context(SCHEMA))
    return folder / ("w-1.ann" if form == "brat" else "x")


@pytest.mark.parametrize("form", FOREIGN)
@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), st.sampled_from([b"", *JUNK])), min_size=1, max_size=3),
    st.booleans(),
)
def test_damaged_files_are_refused_in_lines_or_read(form, damage, known):
    with tempfile.TemporaryDirectory() as tmp:
        file = whole(form, Path(tmp))
        data = file.read_bytes()
        for place, length, junk in damage:
            at = int(place * len(data))
            data = data[:at] + junk + data[at + length :]
        file.write_bytes(data)
        context = new_context(SCHEMA, documents=[DOCUMENT] if known else [])
        found = read(tmp if form == "brat" else str(file), form, context)
        faults = context.ledger.fault_lines()
        assert not (found and faults) and all("\n" not in line and "; allowed: " in line for line in faults)
        for document in found:
            write([document], "brat", f"{tmp}/out", new_context(SCHEMA))


VALUES = [None, [], {}, "x", 5, -1, True, 1.5, [[]], [None], [{}], {"start": 1}, 10**30, ""]


def places(value: object) -> list[tuple[object, object]]:
    """Return every (container, key) of a JSON value."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]  # type: ignore[index]


@pytest.mark.parametrize("form", ["spacy", "hf", "label-studio"])
def test_values_of_any_type_anywhere(form, tmp_path):
    data = json.loads(whole(form, tmp_path).read_text(encoding="utf-8"))
    for n in range(len(places(data))):
        for value in VALUES:
            damaged = json.loads(json.dumps(data))
            container, key = places(damaged)[n]
            container[key] = value  # type: ignore[index]
            (tmp_path / "y").write_text(json.dumps(damaged), encoding="utf-8")
            context = new_context(SCHEMA)
            found = read(str(tmp_path / "y"), form, context)
            assert not (found and context.ledger.fault_lines())
