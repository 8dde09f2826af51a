"""Level *scheme*: what the annotation scheme asks of events and quotes."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterator

from warta.document import Document, Event, Quote, form_of
from warta.schema import Schema
from warta.validate.findings import Finding

MARKS = "\"“”„«»'‘’"


def arguments(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield roles the event type has not, fillers the role does not take, and arguments given twice."""
    types = {m.id: m.type for m in document.mentions}
    events = {e.id: e.type for e in document.events}
    for n, event in enumerate(document.events):
        seen: set[tuple[str, str | None, str | None]] = set()
        roles = schema.roles[event.type]
        for k, argument in enumerate(event.arguments):
            role = argument.role
            key = (role, argument.mention, argument.event)
            if key in seen:
                yield Finding(
                    "repeated-argument", f"events[{n}].arguments[{k}]", f"{role} again", "a filler once a role"
                )
            seen.add(key)
            rule = roles.get(role)
            if rule is None:
                where = f"events[{n}].arguments[{k}].role"
                yield Finding("role-not-allowed", where, f"{role} of {event.type}", "|".join(roles))
                continue
            by_event = argument.event is not None
            filler = events[argument.event] if by_event else types[argument.mention]
            # Schema.allows, without a call for each of the many that simply fit.
            fits = rule.events if by_event else rule.fillers
            if filler not in fits and not (by_event and "*" in fits):
                allowed = "|".join(fits) or "no event" * by_event
                found = f"{filler} as {role} of {event.type}"
                yield Finding("filler-type", f"events[{n}].arguments[{k}]", found, allowed)


def circles(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield events that fill their own role, directly or around a circle."""
    if all(a.event is None for e in document.events for a in e.arguments):
        return
    fillers = {e.id: [a.event for a in e.arguments if a.event is not None] for e in document.events if e.id is not None}
    for n, event in enumerate(document.events):
        if event.id is None:
            continue
        if event.id in fillers[event.id]:
            yield Finding("own-filler", f"events[{n}]", f"{event.id!r} as its own filler", "another event")
            continue
        reached: set[str] = set()
        frontier = list(fillers[event.id])
        while frontier:
            reached_id = frontier.pop()
            if reached_id not in reached:
                reached.add(reached_id)
                frontier += [f for f in fillers[reached_id] if f != reached_id]
        if event.id in reached:
            yield Finding("event-cycle", f"events[{n}]", f"{event.id!r} is reached from itself", "no circle of fillers")


def triggers(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield events without realis or polarity, triggers of several words, and triggers inside names."""
    if not document.events:
        return
    names = sorted([(m.start, m.end) for m in document.mentions if (m.form or form_of(m)) == "name"])
    starts = [start for start, _ in names]
    # The furthest end of the names that start no later: a trigger lies in one of them if it ends no later than that.
    furthest = list(itertools.accumulate([end for _, end in names], max))
    for n, event in enumerate(document.events):
        where = f"events[{n}]"
        if event.realis is None:
            yield Finding("missing-realis", f"{where}.realis", "null", "|".join(sorted(schema.realis)))
        if event.polarity is None:
            yield Finding("missing-polarity", f"{where}.polarity", "null", "|".join(sorted(schema.polarity)))
        place = bisect_right(starts, event.start)
        if place and event.end <= furthest[place - 1]:
            yield Finding("trigger-in-name", where, f"[{event.start}, {event.end})", "a trigger outside names")
        if document.text is not None:
            yield from _words(document.text, event, where, schema)


def _words(text: str, event: Event, where: str, schema: Schema) -> Iterator[Finding]:
    words = text[event.start : event.end]
    if len(words.split()) > 1 and " ".join(words.lower().split()) not in schema.multiword_triggers:
        yield Finding(
            "trigger-of-words", where, repr(words[:60]), "one word, or " + "|".join(sorted(schema.multiword_triggers))
        )


def quotes(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield quotes without type, with a speaker that is not the source's entity, or with overlapping spans."""
    entity_of = {m.id: m.entity for m in document.mentions if m.id is not None}
    for n, quote in enumerate(document.quotes):
        if quote.type is None:
            yield Finding("missing-quote-type", f"quotes[{n}].type", "null", "|".join(sorted(schema.quote_types)))
        if quote.source is not None and quote.speaker != entity_of[quote.source]:
            home = entity_of[quote.source]
            yield Finding("speaker-not-source", f"quotes[{n}].speaker", repr(quote.speaker), repr(home))
        spans = sorted([(span.start, span.end) for span in (*quote.content, *quote.cue)])
        if any(a[1] > b[0] for a, b in itertools.pairwise(spans)):
            yield Finding(
                "overlapping-parts", f"quotes[{n}]", str(spans), "content and cue spans apart from one another"
            )


def cues(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield cues that are not on the closed list."""
    text = document.text
    if text is None:
        return
    for n, quote in enumerate(document.quotes):
        for span in quote.cue:
            words = " ".join(text[span.start : span.end].lower().split())
            if words not in schema.cues:
                yield Finding("cue-not-listed", f"quotes[{n}].cue", repr(words), "a cue of schema/quotes.yaml")


def _holds_another(quote: Quote, document: Document) -> bool:
    start, end = min(s.start for s in quote.content), max(s.end for s in quote.content)
    return any(
        other is not quote and all(start <= s.start and s.end <= end for s in other.content)
        for other in document.quotes
    )


def marks(document: Document, schema: Schema) -> Iterator[Finding]:
    """Yield direct quotes without quotation marks, and indirect ones that stand in them as a whole."""
    text = document.text
    if text is None:
        return
    for n, quote in enumerate(document.quotes):
        spans = [text[s.start : s.end] for s in quote.content]
        if quote.type == "direct" and not any(mark in span for span in spans for mark in MARKS):
            yield Finding("direct-without-marks", f"quotes[{n}].type", "direct", "quotation marks in the content")
        in_marks = all(span[0] in MARKS and span.rstrip(",.?!")[-1:] in MARKS for span in spans)
        if quote.type == "indirect" and in_marks and not _holds_another(quote, document):
            yield Finding("indirect-in-marks", f"quotes[{n}].type", "indirect", "direct for content in quotation marks")


ACT_CHECKS = (arguments, circles, triggers, quotes, cues, marks)
