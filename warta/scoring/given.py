"""Scores given what is right already: both sides cut to what hangs on a correct mention, trigger or quote.

A pipeline loses points at every step; cutting shows what a step does with input that is right.

- ``mentions``: mentions with the same span and type on both sides stay. Arguments whose filler, and sources that, are another
  mention are taken out; events and quotes stay.
- ``triggers``: events with the same trigger span and type on both sides stay, with their arguments, except those whose filler is an
  event that goes.
- ``quotes``: quotes with the same content on both sides stay.

Copies are counted by multiset: of a mention that the system has twice and gold once, one stays.

>>> from warta.document import Document, Event
>>> gold = Document(id="d", events=[Event(start=0, end=4, type="life.die"), Event(start=9, end=12, type="life.die")])
>>> system = Document(id="d", events=[Event(start=9, end=12, type="life.die", realis="actual")])
>>> [len(document.events) for document in cut(gold, system, "triggers")]
[1, 1]
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from msgspec.structs import replace

from warta.document import Document, Event, Mention, Quote
from warta.scoring.matching import rematched, unmatched
from warta.scoring.pairing import pairs
from warta.scoring.standing import standing
from warta.scoring.view import QuoteItem, View, form

GIVEN = ("mentions", "triggers", "quotes")
T = TypeVar("T")


def cut(gold: Document, system: Document, given: str) -> tuple[Document, Document]:
    """Return copies of both documents cut to what hangs on what is right.

    :raises ValueError: ``given`` is not one of :data:`GIVEN`.
    :raises DanglingReferenceError: a reference in one of the documents points to nothing.
    """
    if given not in GIVEN:
        raise ValueError(f"unknown value {given!r} of given; allowed: {', '.join(GIVEN)}")
    if given == "mentions":
        kept, system_kept = _common(gold.mentions, system.mentions, _mention_key, 3)
        return _with_mentions(gold, kept), _with_mentions(system, system_kept)
    if given == "triggers":
        events, system_events = _common(gold.events, system.events, _event_key, 3)
        return _with_events(gold, events), _with_events(system, system_events)
    return _with_equal_quotes(gold, system)


def _mention_key(mention: Mention) -> tuple[Any, ...]:
    return mention.start, mention.end, mention.type, form(mention), mention.entity or "", mention.id or ""


def _event_key(event: Event) -> tuple[Any, ...]:
    arguments = sorted((a.role, a.mention or "", a.event or "") for a in event.arguments)
    return event.start, event.end, event.type, event.realis or "", event.polarity or "", arguments, event.id or ""


def _common(
    gold: Sequence[T], system: Sequence[T], key: Callable[[T], tuple[Any, ...]], width: int
) -> tuple[list[T], list[T]]:
    """Return the items that both sides have, equal in ``width`` places of the key; those equal in more are preferred."""
    ours, theirs = sorted(gold, key=key), sorted(system, key=key)
    keys, system_keys = [key(item) for item in ours], [key(item) for item in theirs]
    missed, spurious = unmatched([k[: width + 1] for k in keys], [k[: width + 1] for k in system_keys])
    missed, spurious = rematched(keys, system_keys, missed, spurious, lambda k: k[:width])
    gone, system_gone = set(missed), set(spurious)
    return (
        [item for place, item in enumerate(ours) if place not in gone],
        [item for place, item in enumerate(theirs) if place not in system_gone],
    )


def _with_mentions(document: Document, mentions: list[Mention]) -> Document:
    gone = {mention.id for mention in document.mentions} - {mention.id for mention in mentions} - {None}
    events = [
        replace(event, arguments=[argument for argument in event.arguments if argument.mention not in gone])
        for event in document.events
    ]
    quotes = [replace(quote, source=None) if quote.source in gone else quote for quote in document.quotes]
    return replace(document, mentions=mentions, events=events, quotes=quotes)


def _with_events(document: Document, events: list[Event]) -> Document:
    gone = {event.id for event in document.events} - {event.id for event in events} - {None}
    kept = [
        replace(event, arguments=[argument for argument in event.arguments if argument.event not in gone])
        for event in events
    ]
    return replace(document, events=kept)


def _with_equal_quotes(gold: Document, system: Document) -> tuple[Document, Document]:
    """Keep the quotes that the pairing of the quote metrics pairs with equal content."""
    ours, theirs = View(gold), View(system)
    stands_for = standing(ours, theirs)
    equal = [
        (i, j)
        for i, j in pairs(ours.quotes, theirs.quotes, stands_for)
        if ours.quotes[i].content == theirs.quotes[j].content
    ]
    return (
        replace(gold, quotes=_records(ours, [ours.quotes[i] for i, _ in equal])),
        replace(system, quotes=_records(theirs, [theirs.quotes[j] for _, j in equal])),
    )


def _records(view: View, items: list[QuoteItem]) -> list[Quote]:
    """Return the records of items; equal items have equal records, as far as scoring can see."""
    records: dict[QuoteItem, list[Quote]] = {}
    for quote, item in zip(view.document.quotes, view.quote_items(), strict=True):
        records.setdefault(item, []).append(quote)
    return [records[item].pop() for item in items]
