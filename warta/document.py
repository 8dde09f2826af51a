"""Records of the document form: what an article and its annotation are.

Offsets are Unicode code points into ``Document.text``, 0-based and end-exclusive, everywhere in this
package. The records hold what a file says and nothing more: a key that is absent in a file is ``None``
or an empty list here, and no default is filled in unless :func:`completed` is asked to. The form is
described in ``schema/document.schema.json``, which is generated from these records and the schema files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

VALUE_TYPES = frozenset({"DAT", "TIM", "MON", "PRC", "QTY", "CRD", "ORD"})
ROLE_TYPE = "ROL"


class Record(msgspec.Struct, forbid_unknown_fields=True, gc=False):
    """Base of all records: unknown keys are an error, fields are given by name (``kw_only`` is not inherited)."""


class Span(Record, kw_only=True):
    """Half-open range ``[start, end)`` of code points."""

    start: int
    end: int


class Mention(Record, kw_only=True):
    """A span that names, counts, titles or stands for something; ``entity`` is null for values."""

    id: str | None = None
    start: int
    end: int
    type: str
    form: str | None = None
    entity: str | None = None


class Entity(Record, kw_only=True):
    """What mentions of one article refer to; ``name`` is derived (:func:`entity_names`)."""

    id: str
    type: str
    name: str | None = None


class Argument(Record, kw_only=True):
    """A role of an event and its filler: exactly one of ``mention`` and ``event`` is an id."""

    role: str
    mention: str | None = None
    event: str | None = None


class Event(Record, kw_only=True):
    """A trigger span with its event type, realis, polarity and arguments."""

    id: str | None = None
    start: int
    end: int
    type: str
    realis: str | None = None
    polarity: str | None = None
    arguments: list[Argument] = []


class Quote(Record, kw_only=True):
    """One act of saying: content and cue spans, the mention that speaks and the entity that speaks."""

    id: str | None = None
    type: str | None = None
    content: list[Span]
    cue: list[Span] = []
    source: str | None = None
    speaker: str | None = None


class Meta(Record, kw_only=True):
    """What is known of an article beside its text; ``chars`` and ``sha256`` are of the text."""

    title: str | None = None
    date: str | None = None
    genre: str | None = None
    outlet_style: str | None = None
    origin: str | None = None
    source: str | None = None
    license: str | None = None
    chars: int | None = None
    sha256: str | None = None


class Document(Record, kw_only=True):
    """One article with all its layers; ``text`` is null where somebody else owns it."""

    id: str
    text: str | None = None
    meta: Meta | None = None
    mentions: list[Mention] = []
    entities: list[Entity] = []
    events: list[Event] = []
    quotes: list[Quote] = []


def without_nulls(value: Any) -> Any:
    """Return a plain value with null keys left out at every depth: null means missing, and a dataset has every key."""
    if isinstance(value, Mapping):
        return {key: without_nulls(item) for key, item in value.items() if item is not None}
    return [without_nulls(item) for item in value] if isinstance(value, list) else value


def form_of(mention: Mention) -> str:
    """Return the mention's form, or the default its type gives: ``value``, ``role`` or ``name``."""
    if mention.form is not None:
        return mention.form
    if mention.type in VALUE_TYPES:
        return "value"
    return "role" if mention.type == ROLE_TYPE else "name"


def quote_spans(quote: Quote) -> Iterator[tuple[str, Span]]:
    """Yield ``("content"|"cue", span)`` for every span of a quote, in the order of the file."""
    for span in quote.content:
        yield "content", span
    for span in quote.cue:
        yield "cue", span


def entity_names(document: Document) -> dict[str, str | None]:
    """Return ``{entity id: name}``: its longest name mention, else its first mention (role mentions apart).

    Ties go to the earliest mention. All names are ``None`` where the document has no text.
    """
    text = document.text
    names: dict[str, str | None] = {entity.id: None for entity in document.entities}
    if text is None:
        return names
    best: dict[str, tuple[int, int, int]] = {}
    for mention in document.mentions:
        form = form_of(mention)
        if mention.entity not in names:
            continue
        length = mention.end - mention.start
        rank = (-length if form == "name" else 1 if form == "role" else 0, mention.start, mention.end)
        if mention.entity not in best or rank < best[mention.entity]:
            best[mention.entity] = rank
            names[mention.entity] = text[mention.start : mention.end]
    return names


def wordless(document: Document) -> Document:
    """Return the document without any word of its text: text and the entity names derived from it are null."""
    change = msgspec.structs.replace
    return change(document, text=None, entities=[change(entity, name=None) for entity in document.entities])


def completed(document: Document) -> Document:
    """Return a copy with defaults filled in: forms from types and entity names from the mentions."""
    names = entity_names(document)
    return msgspec.structs.replace(
        document,
        mentions=[msgspec.structs.replace(m, form=form_of(m)) for m in document.mentions],
        entities=[msgspec.structs.replace(e, name=names.get(e.id)) for e in document.entities],
    )
