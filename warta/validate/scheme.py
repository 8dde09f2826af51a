"""Level *scheme*: what the annotation scheme asks of spans, mentions and entities."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator

from warta.document import Document, form_of
from warta.schema import Schema
from warta.text import text_faults
from warta.validate.findings import Finding
from warta.validate.links import spans_of

Check = Callable[[Document, Schema], Iterator[Finding]]


def text_form(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield departures of the text from normal form."""
    for fault in text_faults(document.text or ""):
        yield Finding(
            "text-not-normal",
            f"text[{fault.at}]",
            fault.what,
            "NFC without carriage return, byte order mark, surrogate",
        )


def edges(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield spans with white space at an edge."""
    text = document.text
    if text is None:
        return
    for where, start, end in spans_of(document):
        if text[start].isspace() or text[end - 1].isspace():
            yield Finding("edge-white-space", where, repr(text[start:end][:40]), "no white space at the edges")


def _repeated(check: str, kind: str, keys: list[Hashable]) -> Iterator[Finding]:
    if len(set(keys)) == len(keys):
        return
    seen: set[Hashable] = set()
    for n, key in enumerate(keys):
        if key in seen:
            yield Finding(check, f"{kind}[{n}]", f"span {key} again", "every span once")
        seen.add(key)


def same_spans(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield mentions, triggers and quote contents that have the span of another of their layer."""
    yield from _repeated("same-span-mentions", "mentions", [(m.start, m.end) for m in document.mentions])
    yield from _repeated("same-span-triggers", "events", [(e.start, e.end) for e in document.events])
    contents: list[Hashable] = [tuple(sorted([(s.start, s.end) for s in q.content])) for q in document.quotes]
    yield from _repeated("same-span-content", "quotes", contents)


def forms(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield mentions whose form does not go with their type or entity."""
    # A document has few combinations of these three; item by item only where one of them is wrong.
    values = schema.value_types
    seen = {(m.type, m.form or form_of(m), m.entity is None) for m in document.mentions}
    if all(form in _forms(kind, kind in values) and homeless == (kind in values) for kind, form, homeless in seen):
        return
    for n, mention in enumerate(document.mentions):
        form, where = form_of(mention), f"mentions[{n}]"
        value = mention.type in schema.value_types
        allowed = _forms(mention.type, value)
        if form not in allowed:
            yield Finding("form-type", where, f"{form} with {mention.type}", "|".join(allowed))
        if value and mention.entity is not None:
            yield Finding("value-with-entity", f"{where}.entity", repr(mention.entity), "null for a value")
        if not value and mention.entity is None:
            yield Finding("mention-without-entity", f"{where}.entity", "null", "the id of an entity")


def _forms(kind: str, value: bool) -> tuple[str, ...]:
    """Return the forms a mention of a type may have."""
    if value:
        return ("value",)
    if kind == "ROL":
        return ("role", "nominal")
    return ("nominal", "pronoun") if kind == "THG" else ("name", "nominal", "pronoun")


def entities(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield entities without mention or of another type than their mentions, and roles without a named person."""
    types = {entity.id: entity.type for entity in document.entities}
    used: set[str] = set()
    named: set[str] = set()
    for mention in document.mentions:
        if mention.entity is not None:
            used.add(mention.entity)
            if (mention.form or form_of(mention)) == "name":
                named.add(mention.entity)
    for n, entity in enumerate(document.entities):
        if entity.id not in used:
            yield Finding("entity-without-mention", f"entities[{n}]", repr(entity.id), "an entity that a mention names")
    for n, mention in enumerate(document.mentions):
        home = mention.entity
        if home is None or home not in types or mention.type in schema.value_types:
            continue
        if (mention.form or form_of(mention)) != "role":
            if types[home] != mention.type:
                yield Finding(
                    "entity-type-clash",
                    f"mentions[{n}].type",
                    f"{mention.type} in entity {home!r} of type {types[home]}",
                    types[home],
                )
        elif home not in named or types[home] != "PER":
            yield Finding(
                "role-without-name",
                f"mentions[{n}]",
                f"role of entity {home!r} ({types[home]})",
                "a person with a name mention",
            )


def nominals(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield nominals and pronouns that are neither source nor filler."""
    used = {quote.source for quote in document.quotes}
    for event in document.events:
        used.update([argument.mention for argument in event.arguments])
    for n, mention in enumerate(document.mentions):
        # No type has either form by default.
        if mention.form in ("nominal", "pronoun") and (mention.id is None or mention.id not in used):
            yield Finding(
                "unused-nominal",
                f"mentions[{n}]",
                f"{form_of(mention)} {mention.id!r}",
                "the source of a quote or the filler of a role",
            )


MENTION_CHECKS: tuple[Check, ...] = (text_form, edges, same_spans, forms, entities, nominals)
