"""Annotations without ids: what two people can agree on.

Ids are an annotator's own business; what they mean is spans. Here a mention is its span and labels, an
entity the list of its mention spans, a filler or source the span it points to. A document is its set of
items, and a set of items makes one document, with ids numbered in the order of the text. Decision files
hold these items (``data/annotations``), so they stay readable when ids change.
"""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from warta.document import Argument, Document, Entity, Event, Mention, Meta, Quote, Span, completed, form_of

Range: TypeAlias = tuple[int, int]
LAYERS = ("mentions", "entities", "quotes", "events")


class MentionItem(msgspec.Struct, frozen=True, order=True):
    """A mention: its span, type and form; which entity it belongs to is the entity's item."""

    span: Range
    type: str
    form: str


class EntityItem(msgspec.Struct, frozen=True, order=True):
    """An entity: the sorted spans of its mentions, and its type."""

    mentions: tuple[Range, ...]
    type: str


class Filler(msgspec.Struct, frozen=True, order=True):
    """A role and the span of the mention, or with ``event`` of the trigger, that fills it."""

    role: str
    span: Range
    event: bool = False


class EventItem(msgspec.Struct, frozen=True, order=True):
    """An event: trigger span, labels and sorted fillers."""

    span: Range
    type: str
    realis: str | None
    polarity: str | None
    arguments: tuple[Filler, ...] = ()


class QuoteItem(msgspec.Struct, frozen=True):
    """A quote: sorted spans of its parts, the source's span, and the first mention of the speaker.

    ``speaker`` is ``"source"`` where the speaker is the source's entity, so that a quote does not change
    when only the list of mentions of that entity does.
    """

    content: tuple[Range, ...]
    cue: tuple[Range, ...]
    type: str | None
    source: Range | None
    speaker: Range | str | None


Item: TypeAlias = MentionItem | EntityItem | EventItem | QuoteItem
ITEM_TYPES: dict[str, type[Item]] = {
    "mentions": MentionItem,
    "entities": EntityItem,
    "quotes": QuoteItem,
    "events": EventItem,
}


class Items(msgspec.Struct):
    """The items of one document, a set a layer."""

    mentions: set[MentionItem]
    entities: set[EntityItem]
    quotes: set[QuoteItem]
    events: set[EventItem]

    def layer(self, name: str) -> set[Item]:
        """Return one layer's items."""
        found: set[Item] = getattr(self, name)
        return found


def _ranges(spans: list[Span]) -> tuple[Range, ...]:
    return tuple(sorted((s.start, s.end) for s in spans))


def items_of(document: Document) -> Items:
    """Return the document's items; references must resolve (:func:`warta.validate.blocking_faults`)."""
    span_of = {m.id: (m.start, m.end) for m in document.mentions}
    trigger_of = {e.id: (e.start, e.end) for e in document.events}
    entity_of = {m.id: m.entity for m in document.mentions}
    spans: dict[str | None, list[Range]] = {}
    heads: dict[str | None, list[Range]] = {}
    for m in document.mentions:
        spans.setdefault(m.entity, []).append((m.start, m.end))
        if form_of(m) != "role":
            heads.setdefault(m.entity, []).append((m.start, m.end))
    mentions = {MentionItem((m.start, m.end), m.type, form_of(m)) for m in document.mentions}
    entities = {EntityItem(tuple(sorted(spans.get(e.id, []))), e.type) for e in document.entities}
    events = {
        EventItem((e.start, e.end), e.type, e.realis, e.polarity, tuple(sorted(
            Filler(a.role, trigger_of[a.event], True) if a.event is not None else Filler(a.role, span_of[a.mention])
            for a in e.arguments)))
        for e in document.events
    }  # fmt: skip
    quotes = set()
    for q in document.quotes:
        # A value that speaks (`58 persen mengatakan`) has no entity, so no speaker either.
        own = q.source is not None and q.speaker is not None and q.speaker == entity_of[q.source]
        speaker = "source" if own else min(heads.get(q.speaker) or spans[q.speaker]) if q.speaker else None
        source = span_of[q.source] if q.source is not None else None
        quotes.add(QuoteItem(_ranges(q.content), _ranges(q.cue), q.type, source, speaker))
    return Items(mentions, entities, quotes, events)


def document_of(items: Items, identifier: str, text: str | None, meta: Meta | None) -> Document:
    """Return the document of a set of items, ids numbered in the order of the text.

    Raises :class:`KeyError` when an item points to a span that is no mention or trigger.
    """
    by_place = sorted(items.mentions, key=lambda m: (m.span[0], -m.span[1]))
    mention_id = {m.span: f"m{n}" for n, m in enumerate(by_place, 1)}
    ordered = sorted(items.entities, key=lambda e: min((s[0], -s[1]) for s in e.mentions))
    entity_of = {span: f"e{n}" for n, e in enumerate(ordered, 1) for span in e.mentions}
    events = sorted(items.events, key=lambda e: (e.span[0], -e.span[1]))
    event_id = {e.span: f"v{n}" for n, e in enumerate(events, 1)}
    quotes = sorted(items.quotes, key=lambda q: (q.content[0][0], -q.content[-1][1], q.content))
    document = Document(
        id=identifier,
        text=text,
        meta=meta,
        mentions=[
            Mention(
                id=mention_id[m.span],
                start=m.span[0],
                end=m.span[1],
                type=m.type,
                form=m.form,
                entity=entity_of.get(m.span),
            )
            for m in by_place
        ],
        entities=[Entity(id=f"e{n}", type=e.type) for n, e in enumerate(ordered, 1)],
        events=[_event(e, event_id, mention_id) for e in events],
        quotes=[_quote(q, n, mention_id, entity_of) for n, q in enumerate(quotes, 1)],
    )
    return completed(document)


def _event(item: EventItem, event_id: dict[Range, str], mention_id: dict[Range, str]) -> Event:
    arguments = [
        Argument(role=f.role, event=event_id[f.span]) if f.event else Argument(role=f.role, mention=mention_id[f.span])
        for f in item.arguments
    ]
    return Event(
        id=event_id[item.span], start=item.span[0], end=item.span[1], type=item.type,
        realis=item.realis, polarity=item.polarity, arguments=arguments,
    )  # fmt: skip


def _quote(item: QuoteItem, number: int, mention_id: dict[Range, str], entity_of: dict[Range, str]) -> Quote:
    pointed = item.source if item.speaker == "source" else item.speaker
    return Quote(
        id=f"q{number}",
        type=item.type,
        content=[Span(start=a, end=b) for a, b in item.content],
        cue=[Span(start=a, end=b) for a, b in item.cue],
        source=mention_id[item.source] if item.source is not None else None,
        speaker=entity_of[pointed] if isinstance(pointed, tuple) else None,
    )


def canonical(document: Document) -> Document:
    """Return the document with ids numbered in the order of the text and items in that order."""
    return document_of(items_of(document), document.id, document.text, document.meta)
