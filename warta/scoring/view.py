"""One side of a document as the metrics see it: items as plain tuples in canonical order.

Sorting once, before anything is matched, is what makes every score independent of the order of a file.
Offsets are code points, 0-based, end-exclusive, as in :mod:`warta.document`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

from warta.document import VALUE_TYPES, Document, Mention, Span

SpanKey = tuple[int, int]
Part = tuple[SpanKey, ...]
MentionItem = tuple[int, int, str]
#: Trigger start and end, event type, realis, polarity; null is the empty string.
TriggerItem = tuple[int, int, str, str, str]
#: Trigger start and end, event type, argument start and end, role.
ArgumentItem = tuple[int, int, str, int, int, str]


#: Spans of an entity's mentions: of all, of those of form name, and of those that count for coreference.
EntitySpans = tuple[set[SpanKey], set[SpanKey], set[SpanKey]]
#: Forms that are marked only where a source or an argument points to them.
POINTED_AT = frozenset({"nominal", "pronoun"})


class DanglingReferenceError(ValueError):
    """A reference in a document points to nothing; such a document cannot be scored."""


class QuoteItem(NamedTuple):
    """A quote with its parts sorted and touching spans merged; a missing type or speaker is the empty string."""

    content: Part
    cue: Part
    source: Part
    type: str
    speaker: str


def form(mention: Mention) -> str:
    """Return the form of a mention as :func:`warta.document.form_of` does, in the shape the inner loops need."""
    return mention.form or ("value" if mention.type in VALUE_TYPES else "role" if mention.type == "ROL" else "name")


def mention_items(mentions: Iterable[Any]) -> list[MentionItem]:
    """Return the mentions (with ``start``, ``end``, ``type``, ``form``) that are items, sorted by (start, end, type)."""
    return sorted([(m.start, m.end, m.type) for m in mentions if m.form not in POINTED_AT])


def part(spans: list[Span]) -> Part:
    """Return the spans sorted, with touching or overlapping ones merged.

    >>> part([Span(start=7, end=9), Span(start=0, end=4), Span(start=4, end=6)])
    ((0, 6), (7, 9))
    """
    if len(spans) == 1:
        return ((spans[0].start, spans[0].end),)
    merged: list[SpanKey] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        else:
            merged.append((start, end))
    return tuple(merged)


def characters(spans: Part) -> int:
    """Return the number of characters in a part."""
    if len(spans) == 1:
        return spans[0][1] - spans[0][0]
    return sum([end - start for start, end in spans])


T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801 - reads as a decorator
    """A value that is computed when first asked for, like ``functools.cached_property`` without its lock.

    The lock of Python 3.11 costs as much as some of the lists below.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        """Keep the method."""
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __get__(self, view: View, owner: object = None) -> T:
        """Compute the value and put it where the next access finds it first."""
        value = view.__dict__[self._compute.__name__] = self._compute(view)
        return value


class View:
    """The items of one document; each list is made when a metric first asks for it."""

    def __init__(self, document: Document) -> None:
        """Keep the document; nothing is computed yet."""
        self.document = document

    @lazy
    def mentions(self) -> list[MentionItem]:
        """The mentions of form name, value or role, sorted by (start, end, type)."""
        return mention_items(self.document.mentions)

    @lazy
    def spans_by_id(self) -> dict[str | None, SpanKey]:
        """Mention id -> span."""
        return {m.id: (m.start, m.end) for m in self.document.mentions}

    @lazy
    def triggers(self) -> list[TriggerItem]:
        """The events without their arguments, sorted."""
        return sorted([(e.start, e.end, e.type, e.realis or "", e.polarity or "") for e in self.document.events])

    @lazy
    def arguments(self) -> list[ArgumentItem]:
        """The arguments of all events, each hung on its trigger; a filler that is an event has its trigger as span.

        :raises DanglingReferenceError: a filler does not exist.
        """
        return sorted(self.argument_items())

    def argument_items(self) -> list[ArgumentItem]:
        """Return the arguments in the order of the file.

        :raises DanglingReferenceError: a filler does not exist.
        """
        mentions = self.spans_by_id
        items: list[ArgumentItem] = []
        for event in self.document.events:
            start, end, event_type = event.start, event.end, event.type
            for argument in event.arguments:
                filler = argument.mention
                span = mentions.get(filler) if filler is not None else self._trigger_spans.get(argument.event)
                if span is None:
                    raise self._dangling("argument", filler or argument.event)
                items.append((start, end, event_type, *span, argument.role))
        return items

    @lazy
    def _trigger_spans(self) -> dict[str | None, SpanKey]:
        return {event.id: (event.start, event.end) for event in self.document.events if event.id is not None}

    @lazy
    def quotes(self) -> list[QuoteItem]:
        """The quotes, sorted by (content, cue, source, type).

        :raises DanglingReferenceError: a source does not exist.
        """
        return sorted(self.quote_items())

    def quote_items(self) -> list[QuoteItem]:
        """Return the quotes in the order of the file.

        :raises DanglingReferenceError: a source does not exist.
        """
        mentions = self.spans_by_id
        items = []
        for quote in self.document.quotes:
            source: Part = ()
            if quote.source is not None:
                span = mentions.get(quote.source)
                if span is None:
                    raise self._dangling("source", quote.source)
                source = (span,)
            content, cue = part(quote.content), part(quote.cue) if quote.cue else ()
            items.append(QuoteItem(content, cue, source, quote.type or "", quote.speaker or ""))
        return items

    @lazy
    def referenced(self) -> set[str]:
        """Ids of the mentions that a source or an argument points to."""
        ids = {argument.mention for event in self.document.events for argument in event.arguments}
        ids.update([quote.source for quote in self.document.quotes])
        ids.discard(None)
        return ids  # type: ignore[return-value]

    @lazy
    def entity_spans(self) -> dict[str, EntitySpans]:
        """Entity id -> the spans of its mentions."""
        referenced = self.referenced
        entities: dict[str, EntitySpans] = {}
        for mention in self.document.mentions:
            entity = mention.entity
            if entity is None:
                continue
            spans = entities.get(entity)
            if spans is None:
                spans = entities[entity] = (set(), set(), set())
            span = (mention.start, mention.end)
            kind = mention.form or form(mention)
            spans[0].add(span)
            if kind == "name":
                spans[1].add(span)
                spans[2].add(span)
            elif kind == "role" or (kind != "value" and mention.id in referenced):
                spans[2].add(span)
        return entities

    def _dangling(self, what: str, identifier: str | None) -> DanglingReferenceError:
        return DanglingReferenceError(
            f"document {self.document.id}: {what} points to {identifier!r}, which is no mention or event there"
        )
