"""spaCy's ``Doc.to_json()``: one object, a list of them, or one a line. spaCy itself is not needed.

Offsets are characters of Python, that is code points, of the ``text`` in the object; where known documents are given it may
differ from theirs in normal form. ``ents`` and all groups of ``spans`` are read; ``kb_id`` becomes the entity, a group
named like a form (``nominal``) gives the form. A document's id is ``id`` or ``doc_id``, at the top or in ``_`` or ``meta``;
without one the known document with the same text is taken.

Written are all mentions in groups named by form, with the entity as ``kb_id``, and the outermost names and values as
``ents``. Lossless for mentions and the entities of mentions. spaCy's spans are runs of whole tokens, so a token is cut
where a mention begins or ends inside it (``ujar|nya``), and it is told how many were. Events and quotes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from warta.corpus.ner import flat_mentions
from warta.document import Document, Mention, form_of
from warta.interchange.flat import Place, count_layers, place, with_entities, without_value_entities
from warta.interchange.json_items import as_list, json_items
from warta.interchange.ledger import Context
from warta.interchange.output import text_of, write_lines
from warta.text import token_spans


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of a file of spaCy documents."""
    documents: dict[str, Document] = {}
    for where, value in json_items(path, context.ledger):
        keys = value.keys() if isinstance(value, dict) else set()
        if not keys & {"ents", "spans", "tokens"} or not isinstance(value.get("text"), str):
            context.ledger.fault(
                where, "no spaCy document", "an object with text, ents and spans, as Doc.to_json() gives it"
            )
            continue
        name = _id(value, where, context)
        found = None if name is None else place(context, name, value["text"], where)
        if found is None:
            continue
        if found.document.id in documents:
            context.ledger.fault(where, f"document {name!r} again", "an id that stands once")
        mentions = without_value_entities(_mentions(value, found, where, context), context.ledger)
        documents[found.document.id] = with_entities(msgspec.structs.replace(found.document, mentions=mentions))
    return list(documents.values())


def _id(value: dict[str, Any], where: str, context: Context) -> str | None:
    for place_ in (value, value.get("_"), value.get("meta")):
        if isinstance(place_, dict):
            for key in ("id", "doc_id"):
                if isinstance(place_.get(key), (str, int)):
                    return str(place_[key])
    same = context.texts.with_text(value["text"])
    if len(same) == 1:
        return same[0]
    problem = f"no id, and {len(same)} of the known documents have the text"
    context.ledger.fault(where, problem, "an id under id or doc_id, or the text of one known document")
    return None


def _mentions(value: dict[str, Any], found: Place, where: str, context: Context) -> Iterator[Mention]:
    seen: set[tuple[int, int, str]] = set()
    groups = value.get("spans") or {}
    if not isinstance(groups, dict):
        context.ledger.fault(where, f"spans is a {type(groups).__name__}", "an object of span groups")
        groups = {}
    for name, items in {**groups, "ents": value.get("ents")}.items():
        for n, item in enumerate(as_list(items, where, name, context.ledger)):
            mention = _mention(item, found, f"{where}: {name}[{n}]", context)
            if mention is None:
                continue
            key = (mention.start, mention.end, mention.type)
            if name == "ents" and key in seen:
                continue  # ents repeat what a group has said
            seen.add(key)
            yield msgspec.structs.replace(mention, form=name) if name in context.schema.forms else mention


def _mention(item: dict[str, Any], found: Place, where: str, context: Context) -> Mention | None:
    span, label = found.span(item.get("start"), item.get("end")), item.get("label")
    if span is None:
        context.ledger.fault(where, f"start {item.get('start')!r}, end {item.get('end')!r}", found.allowed)
        return None
    if not isinstance(label, str):
        context.ledger.fault(where, f"label {label!r}", "a string")
        return None
    kind = context.reading.get(label, where)
    if kind is None:
        return None
    entity = item.get("kb_id")
    return Mention(start=span[0], end=span[1], type=kind, entity=entity if isinstance(entity, str) and entity else None)


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write documents with text as spaCy documents, a line each, with ``id`` beside spaCy's keys (``-``: standard output)."""
    lines = []
    for document in documents:
        text = text_of(document, "spaCy", context)
        if text is None:
            continue
        count_layers(document, context.ledger, ("events", "quotes"))
        groups: dict[str, list[dict[str, Any]]] = {}
        mentions = [m for m in document.mentions if text[m.start : m.end] == text[m.start : m.end].strip()]
        context.ledger.left["mentions with white space at an edge"] += len(document.mentions) - len(mentions)
        for mention in mentions:
            groups.setdefault(form_of(mention), []).append(_span(mention) | {"kb_id": mention.entity or ""})
        written = {
            "id": document.id,
            "text": text,
            "ents": [_span(mention) for mention in flat_mentions(msgspec.structs.replace(document, mentions=mentions))],
            "spans": groups,
            "tokens": [{"id": n, "start": a, "end": b} for n, (a, b) in enumerate(_tokens(mentions, text, context))],
        }
        lines.append(msgspec.json.encode(written).decode("utf-8"))
    write_lines(target, lines, context)


def _span(mention: Mention) -> dict[str, Any]:
    return {"start": mention.start, "end": mention.end, "label": mention.type}


def _tokens(mentions: list[Mention], text: str, context: Context) -> Iterator[tuple[int, int]]:
    """Yield tokens that cover the text as spaCy has it: a single space belongs to the token before it, other white space is a token."""
    edges = {edge for mention in mentions for edge in (mention.start, mention.end)}
    at = 0
    for start, end in [*token_spans(text), (len(text), len(text))]:
        if at > 0 and text[at : at + 1] == " ":
            at += 1  # the space of the token before
        if at < start:
            yield at, start
        inside = sorted(edge for edge in edges if start < edge < end)
        context.ledger.changed["tokens cut where a mention begins or ends"] += len(inside)
        yield from ((a, b) for a, b in zip([start, *inside], [*inside, end], strict=True) if a < b)
        at = end
