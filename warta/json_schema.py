"""JSON Schemas of the document form, generated from the records and the label files.

They say what a validator of another language can check: keys, kinds, required keys, labels, offsets from 0. What
needs the document as a whole (references, spans within the text, the scheme) is checked by ``warta validate``.
"""

from __future__ import annotations

from typing import Any

import msgspec

from warta.document import Document
from warta.files import json_text
from warta.schema import Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
# What gold has beyond the least a prediction needs.
GOLD_REQUIRED = {
    "Document": ["id", "text", "meta", "mentions", "entities", "events", "quotes"],
    "Mention": ["id", "start", "end", "type", "form", "entity"],
    "Event": ["id", "start", "end", "type", "realis", "polarity", "arguments"],
    "Quote": ["id", "type", "content", "cue", "source", "speaker"],
}


def _labels(schema: Schema) -> dict[tuple[str, str], list[str]]:
    """Return the closed label sets by record and field, in the order of the schema files."""
    return {
        ("Mention", "type"): list(schema.mention_types),
        ("Mention", "form"): [label.code for label in schema.entities.forms],
        ("Entity", "type"): [code for code in schema.mention_types if code in schema.entity_types],
        ("Event", "type"): list(schema.event_types),
        ("Event", "realis"): [label.code for label in schema.events.realis],
        ("Event", "polarity"): [label.code for label in schema.events.polarity],
        ("Argument", "role"): sorted(schema.role_names),
        ("Quote", "type"): [label.code for label in schema.quotes.types],
    }


def _restricted(record: str, field: str, form: dict[str, Any], schema: Schema) -> dict[str, Any]:
    """Add the label set, the least offset or the least length to a field."""
    labels = _labels(schema).get((record, field))
    nullable = any(option.get("type") == "null" for option in form.get("anyOf", []))
    if labels is not None:
        form = {"enum": [*labels, None] if nullable else labels}
    elif field in ("start", "end"):
        form = {**form, "minimum": 1 if field == "end" else 0}
    elif field == "id":
        form = {**form, "minLength": 1}
    elif (record, field) == ("Quote", "content"):
        form = {**form, "minItems": 1}
    return form


def document_schema(schema: Schema, *, gold: bool) -> dict[str, Any]:
    """Return the JSON Schema of one document; with ``gold`` every key of the form must be there."""
    made = msgspec.json.schema(Document)
    for record, form in made["$defs"].items():
        fields = {name: _restricted(record, name, value, schema) for name, value in form["properties"].items()}
        form["properties"] = fields
        form["description"] = " ".join(form.get("description", "").split())
        if gold and record in GOLD_REQUIRED:
            form["required"] = GOLD_REQUIRED[record]
    made["$defs"]["Argument"]["oneOf"] = [
        {"required": [one], "properties": {one: {"type": "string"}, other: {"type": "null"}}}
        for one, other in (("mention", "event"), ("event", "mention"))
    ]
    title = "A document of the corpus" if gold else "A system's prediction for one document"
    return {"$schema": DIALECT, "title": f"{title}, schema version {schema.version}", **made}


def schema_files(schema: Schema) -> dict[str, str]:
    """Return ``{file name: text}`` of the generated JSON Schemas."""
    return {
        f"{name}.schema.json": json_text(document_schema(schema, gold=gold), indent=1)
        for name, gold in (("document", True), ("prediction", False))
    }
