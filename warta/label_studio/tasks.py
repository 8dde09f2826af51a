"""Tasks: what a project holds of one document, beside the annotations.

``data`` of a task is never changed by annotators. It carries the text, what tells a changed text or schema,
the document's ``meta``, the mentions shown as context and the entities offered in drop-downs.
"""

from __future__ import annotations

from typing import Any

import msgspec

from warta.document import Document, Entity, Mention, Meta, entity_names, form_of
from warta.label_studio.configs import LAYERS, config_digest
from warta.schema import Schema
from warta.text import digest

NOBODY = "-"
# Entities that an annotator may add while marking nominals and pronouns: e.g. "xq3", q for the quotes layer.
NEW_ENTITIES = 30
NEW_PREFIX = {"quotes": "xq", "events": "xe"}


class Fault(Exception):
    """Something a user can put right; the message is one line."""


def is_linked(document: Document) -> bool:
    """Say whether somebody else owns the text, which then is never stored."""
    return document.meta is not None and document.meta.origin == "linked"


def nobody(document: Document) -> str:
    """Return the answer that says a quote has no speaker though it has a source; never an entity's id."""
    taken = {entity.id for entity in document.entities}
    answer = NOBODY
    while answer in taken:
        answer += NOBODY
    return answer


def offers(document: Document, layer: str) -> list[dict[str, str]]:
    """Return what the drop-downs of a layer offer: nobody, the document's entities, and new ones.

    Each is ``{"value": the words shown, "alias": the answer stored}``.
    """
    names = entity_names(document)
    taken = {entity.id for entity in document.entities}
    found = [{"value": "(tanpa penutur)", "alias": nobody(document)}] if layer == "quotes" else []
    for entity in document.entities:
        words = f"{entity.id} {(names.get(entity.id) or '')[:60]}".split()
        found.append({"value": " ".join(words), "alias": entity.id})
    numbered = (f"{NEW_PREFIX[layer]}{number}" for number in range(1, NEW_ENTITIES + len(taken) + 1))
    free = [key for key in numbered if key not in taken][:NEW_ENTITIES]
    return found + [{"value": f"{key} (baru)", "alias": key} for key in free]


def own_mentions(document: Document, layer: str) -> list[Mention]:
    """Return the mentions that are marked in a layer; the others are its read-only context.

    Entities: names, values and roles. Quotes and events: the nominals and pronouns that a quote or an event
    refers to; one that nothing refers to belongs to events.
    """
    if layer == "entities":
        return [mention for mention in document.mentions if form_of(mention) in {"name", "value", "role"}]
    used = {
        "quotes": {quote.source for quote in document.quotes},
        "events": {argument.mention for event in document.events for argument in event.arguments},
    }
    used["events"] |= {m.id for m in document.mentions if m.id is None or m.id not in used["quotes"] | used["events"]}
    used["quotes"].discard(None)
    return [m for m in document.mentions if form_of(m) in {"nominal", "pronoun"} and m.id in used[layer]]


def task_data(document: Document, layer: str, schema: Schema, annotator: str | None = None) -> dict[str, Any]:
    """Return ``data`` of a document's task in a layer; ``text`` is null where the document has none."""
    data: dict[str, Any] = {
        "doc_id": document.id,
        "text": document.text,
        "text_sha256": text_digest(document),
        "layer": layer,
        "annotator": annotator,
        "config_sha256": config_digest(schema, layer),
        "meta": None if document.meta is None else msgspec.to_builtins(document.meta),
        "entities": [{"id": entity.id, "type": entity.type} for entity in document.entities],
        "title": (document.meta.title if document.meta else None) or document.id,
    }
    if layer != "entities":
        own = {id(mention) for mention in own_mentions(document, layer)}
        data["context"] = msgspec.to_builtins([m for m in document.mentions if id(m) not in own])
        data["ents"] = offers(document, layer)
        data["nobody"] = nobody(document)
    return data


def text_digest(document: Document) -> str | None:
    """Return the digest of the text, or the one that ``meta`` states where the text is away."""
    if document.text is not None:
        return digest(document.text)
    return document.meta.sha256 if document.meta else None


def without_text(data: dict[str, Any]) -> dict[str, Any]:
    """Return ``data`` without any words of the article, for texts that others own."""
    kept = {**data, "text": None, "title": data.get("doc_id")}
    if data.get("ents"):
        kept["ents"] = [{**offer, "value": offer["alias"]} for offer in data["ents"]]
    return kept


def context_of(data: dict[str, Any]) -> list[Mention]:
    """Return the mentions a task shows as context."""
    return msgspec.convert(data.get("context") or [], list[Mention])


def entity_types_of(data: dict[str, Any]) -> dict[str, str]:
    """Return ``{entity id: type}`` as the task was pushed."""
    return {entity.id: entity.type for entity in msgspec.convert(data.get("entities") or [], list[Entity])}


def bare_document(data: dict[str, Any]) -> Document:
    """Return the document of a task without annotation; linked texts stay out."""
    meta = data.get("meta")
    document = Document(
        id=str(data.get("doc_id")),
        text=data.get("text"),
        meta=None if meta is None else msgspec.convert(meta, Meta),
    )
    return msgspec.structs.replace(document, text=None) if is_linked(document) else document


def check_layer(layer: Any) -> str:
    """Return the layer's name or raise :class:`Fault`."""
    if layer not in LAYERS:
        raise Fault(f"layer {layer!r} is none of {', '.join(LAYERS)}")
    return str(layer)
