"""Levels *reference*, *offset* and *label*: what makes a document impossible to score."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from warta.document import Document, quote_spans
from warta.schema import Schema
from warta.text import digest
from warta.validate.findings import Finding


def reference_faults(document: Document) -> Iterator[Finding]:
    """Yield ids given twice in a list and references to items that are not there."""
    known: dict[str, set[str]] = {}
    for kind in ("mentions", "entities", "events", "quotes"):
        seen: set[str] = set()
        for n, item in enumerate(getattr(document, kind)):
            if item.id is None:
                continue
            if item.id in seen:
                yield Finding("repeated-id", f"{kind}[{n}].id", repr(item.id), f"ids unique in {kind}")
            seen.add(item.id)
        known[kind] = seen
    mentions, entities, events = known["mentions"], known["entities"], known["events"]
    for n, mention in enumerate(document.mentions):
        if mention.entity is not None and mention.entity not in entities:
            yield Finding("unknown-entity", f"mentions[{n}].entity", repr(mention.entity), "the id of an entity")
    for n, event in enumerate(document.events):
        for k, argument in enumerate(event.arguments):
            where = f"events[{n}].arguments[{k}]"
            if argument.mention is not None and argument.mention not in mentions:
                yield Finding("unknown-mention", f"{where}.mention", repr(argument.mention), "the id of a mention")
            if argument.event is not None and argument.event not in events:
                yield Finding("unknown-event", f"{where}.event", repr(argument.event), "the id of an event")
    for n, quote in enumerate(document.quotes):
        if quote.source is not None and quote.source not in mentions:
            yield Finding("unknown-mention", f"quotes[{n}].source", repr(quote.source), "the id of a mention")
        if quote.speaker is not None and quote.speaker not in entities:
            yield Finding("unknown-entity", f"quotes[{n}].speaker", repr(quote.speaker), "the id of an entity")


def spans_of(document: Document) -> Iterator[tuple[str, int, int]]:
    """Yield ``(where, start, end)`` of every span of a document."""
    for n, mention in enumerate(document.mentions):
        yield f"mentions[{n}]", mention.start, mention.end
    for n, event in enumerate(document.events):
        yield f"events[{n}]", event.start, event.end
    for n, quote in enumerate(document.quotes):
        for part, span in quote_spans(quote):
            yield f"quotes[{n}].{part}", span.start, span.end


def offset_faults(document: Document, chars: int | None = None) -> Iterator[Finding]:
    """Yield spans outside the text and texts that are not what ``meta`` says.

    The upper bound is the length of the document's text, else ``chars``, else ``meta.chars``, else none.
    """
    text, meta = document.text, document.meta
    if text is not None and meta is not None:
        if meta.chars is not None and meta.chars != len(text):
            yield Finding("chars-mismatch", "meta.chars", str(meta.chars), str(len(text)))
        if meta.sha256 is not None and meta.sha256 != digest(text):
            yield Finding("hash-mismatch", "meta.sha256", meta.sha256, digest(text))
    bound = len(text) if text is not None else chars if chars is not None else meta.chars if meta is not None else None
    for where, start, end in spans_of(document):
        if start < 0:
            yield Finding("negative-offset", where, f"start {start}", "0 or more")
        elif end <= start:
            yield Finding("reversed-span", where, f"[{start}, {end})", "end after start")
        elif bound is not None and end > bound:
            yield Finding("past-end", where, f"[{start}, {end})", f"end at most {bound}")


def _unknown(check: str, where: str, value: str | None, allowed: Iterable[str]) -> Iterator[Finding]:
    if value is not None and value not in allowed:
        yield Finding(check, where, repr(value), "|".join(sorted(allowed)))


def label_faults(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield labels that the schema does not have."""
    for n, mention in enumerate(document.mentions):
        yield from _unknown("unknown-mention-type", f"mentions[{n}].type", mention.type, schema.mention_types)
        yield from _unknown("unknown-form", f"mentions[{n}].form", mention.form, schema.forms)
    for n, entity in enumerate(document.entities):
        yield from _unknown("unknown-entity-type", f"entities[{n}].type", entity.type, schema.entity_types)
    for n, event in enumerate(document.events):
        yield from _unknown("unknown-event-type", f"events[{n}].type", event.type, schema.event_types)
        yield from _unknown("unknown-realis", f"events[{n}].realis", event.realis, schema.realis)
        yield from _unknown("unknown-polarity", f"events[{n}].polarity", event.polarity, schema.polarity)
        for k, argument in enumerate(event.arguments):
            yield from _unknown("unknown-role", f"events[{n}].arguments[{k}].role", argument.role, schema.role_names)
    for n, quote in enumerate(document.quotes):
        yield from _unknown("unknown-quote-type", f"quotes[{n}].type", quote.type, schema.quote_types)
