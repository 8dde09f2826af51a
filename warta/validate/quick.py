"""The blocking checks as one quick yes or no: almost every document of almost every file has no blocking fault.

What is wrong, where and what is allowed is found by the checks of :mod:`~warta.validate.form` and
:mod:`~warta.validate.links`, which are asked only about documents that are not :func:`sound`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from warta.document import Document, Mention, Meta
from warta.schema import Schema
from warta.text import digest


class Bounded(Protocol):
    """What has a text, or is about one."""

    text: str | None
    meta: Meta | None


def sound(document: Document, schema: Schema, chars: int | None = None) -> bool:
    """Say that a document has no blocking fault; ``chars`` bounds the offsets of one without text.

    The limits are those of :func:`warta.validate.links.offset_faults`; ``False`` leaves it to the explaining checks to
    say what is wrong, if anything is: a document without any bound is not looked at here.
    """
    bound = bound_of(document, chars)
    if bound is None or not document.id:
        return False
    mention_ids = [m.id for m in document.mentions if m.id is not None]
    mentions, entities = set(mention_ids), {e.id for e in document.entities}
    return (
        len(mentions) == len(mention_ids)
        and len(entities) == len(document.entities)
        and "" not in mentions
        and "" not in entities
        and {e.type for e in document.entities} <= schema.entity_types
        and _mentions(document, schema, entities, bound)
        and _events(document, schema, mentions, bound)
        and _quotes(document, schema, mentions, entities, bound)
    )


def bound_of(document: Bounded, chars: int | None) -> int | None:
    """Return the upper limit of offsets, or ``None`` where ``meta`` contradicts the text or there is no limit to hold to."""
    text, meta = document.text, document.meta
    if text is None:
        return chars if chars is not None or meta is None else meta.chars
    if meta is not None:
        if meta.chars is not None and meta.chars != len(text):
            return None
        if meta.sha256 is not None and meta.sha256 != digest(text):
            return None
    return len(text)


def _mentions(document: Document, schema: Schema, entities: set[str], bound: int) -> bool:
    if not {m.type for m in document.mentions} <= schema.mention_types.keys():
        return False
    forms = {m.form for m in document.mentions}
    forms.discard(None)
    homes = {m.entity for m in document.mentions}
    homes.discard(None)
    return forms <= schema.forms and homes <= entities and within(document.mentions, bound)


def within(mentions: Iterable[Mention], bound: int) -> bool:
    """Say that no mention is empty, turned round or outside ``[0, bound)``."""
    return not [m for m in mentions if not 0 <= m.start < m.end <= bound]


def _events(document: Document, schema: Schema, mentions: set[str], bound: int) -> bool:
    events = document.events
    if not events:
        return True
    event_ids = [e.id for e in events if e.id is not None]
    ids = set(event_ids)
    if len(ids) != len(event_ids) or "" in ids or not {e.type for e in events} <= schema.event_types.keys():
        return False
    realis = {e.realis for e in events}
    realis.discard(None)
    polarity = {e.polarity for e in events}
    polarity.discard(None)
    if not (realis <= schema.realis and polarity <= schema.polarity):
        return False
    roles = schema.role_names
    for event in events:
        if not 0 <= event.start < event.end <= bound:
            return False
        for argument in event.arguments:
            by_event = argument.mention is None
            if argument.role not in roles or by_event == (argument.event is None):
                return False
            if argument.event not in ids if by_event else argument.mention not in mentions:
                return False
    return True


def _quotes(document: Document, schema: Schema, mentions: set[str], entities: set[str], bound: int) -> bool:
    quote_ids = [q.id for q in document.quotes if q.id is not None]
    ids = set(quote_ids)
    if len(ids) != len(quote_ids) or "" in ids:
        return False
    for quote in document.quotes:
        if (
            not quote.content
            or (quote.type is not None and quote.type not in schema.quote_types)
            or (quote.source is not None and quote.source not in mentions)
            or (quote.speaker is not None and quote.speaker not in entities)
        ):
            return False
        for spans in (quote.content, quote.cue):
            for span in spans:
                if not 0 <= span.start < span.end <= bound:
                    return False
    return True
