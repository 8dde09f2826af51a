"""Documents for the tests of the scorer: short notation for hand-worked cases, and random ones."""

from __future__ import annotations

import random

from hypothesis import strategies as st

from warta.document import Argument, Document, Entity, Event, Mention, Meta, Quote, Span

TYPES = ("PER", "ORG", "DAT")
EVENT_TYPES = ("life.die", "contact.meet")
ENTITIES = ("e1", "e2", "e3")
LENGTH = 16


def mention(start, end, kind="PER", entity=None, form=None, id=None):
    return Mention(start=start, end=end, type=kind, entity=entity, form=form, id=id)


def mentions(*spans):
    """A document of mentions: ``(start, end, type)`` each."""
    return Document(id="d", mentions=[mention(*span) for span in spans])


def event(start, end, kind="life.die", arguments=(), realis=None, polarity=None, id=None):
    """An event; ``arguments`` are ``(role, mention id)``, or ``(role, None, event id)``."""
    fillers = [Argument(role=a[0], mention=a[1], event=a[2] if len(a) > 2 else None) for a in arguments]
    return Event(start=start, end=end, type=kind, realis=realis, polarity=polarity, arguments=fillers, id=id)


def quote(content, cue=(), source=None, kind="direct", speaker=None):
    """A quote; content and cue are lists of ``(start, end)``."""
    return Quote(
        content=[Span(start=s, end=e) for s, e in content],
        cue=[Span(start=s, end=e) for s, e in cue],
        source=source,
        type=kind,
        speaker=speaker,
    )


def spans():
    pair = st.tuples(st.integers(0, LENGTH - 2), st.integers(1, 5))
    return pair.map(lambda p: (p[0], min(LENGTH, p[0] + p[1])))


def _distinct(draw, size, distinct):
    return draw(st.lists(spans(), max_size=size, unique=distinct))


@st.composite
def documents(draw, distinct=True, speakers=True, identifier="d"):
    """A small document; ``distinct`` as gold must be: no two mentions, triggers or contents with one span."""
    found = []
    for place, (start, end) in enumerate(_distinct(draw, 6, distinct)):
        kind = draw(st.sampled_from(TYPES))
        form = "value" if kind == "DAT" else draw(st.sampled_from(("name", "name", "role", "nominal", "pronoun")))
        entity = None if kind == "DAT" else draw(st.sampled_from(ENTITIES))
        found.append(mention(start, end, kind, entity, form, f"m{place}"))
    known = sorted({m.entity for m in found if m.entity})
    ids = [m.id for m in found]
    events = []
    for place, (start, end) in enumerate(_distinct(draw, 4, distinct)):
        fillers = [("victim", i, None) for i in ids] + [("place", i, None) for i in ids]
        fillers += [("time", None, f"v{other}") for other in range(place)]
        chosen = draw(st.lists(st.sampled_from(fillers), max_size=3)) if fillers else []
        realis = draw(st.sampled_from(("actual", "future", None)))
        polarity = draw(st.sampled_from(("positive", "negative")))
        events.append(event(start, end, draw(st.sampled_from(EVENT_TYPES)), chosen, realis, polarity, f"v{place}"))
    quotes = []
    contents = st.lists(spans(), min_size=1, max_size=2)
    for content in draw(st.lists(contents, max_size=4, unique_by=covered if distinct else None)):
        cue = draw(st.lists(spans(), max_size=2))
        source = draw(st.sampled_from([None, *ids]))
        speaker = draw(st.sampled_from([None, *known])) if speakers else None
        quotes.append(quote(content, cue, source, draw(st.sampled_from(("direct", "mixed", None))), speaker))
    entities = [Entity(id=e, type="PER") for e in known]
    meta = Meta(genre=draw(st.sampled_from(("crime", "sport", None))), chars=LENGTH)
    return Document(
        id=identifier, meta=meta, mentions=found, entities=entities, events=events, quotes=quotes, text=None
    )


def covered(content):
    return frozenset(place for start, end in content for place in range(start, end))


def shuffled(document, seed):
    """The same document with every list in another order."""
    draw = random.Random(seed)

    def mixed(items):
        return draw.sample(list(items), len(items))

    return Document(
        id=document.id,
        meta=document.meta,
        mentions=mixed(document.mentions),
        entities=mixed(document.entities),
        events=mixed([event_with(e, arguments=mixed(e.arguments)) for e in document.events]),
        quotes=mixed([quote_with(q, content=mixed(q.content), cue=mixed(q.cue)) for q in document.quotes]),
    )


def event_with(one, **changes):
    return Event(**{name: changes.get(name, getattr(one, name)) for name in Event.__struct_fields__})


def quote_with(one, **changes):
    return Quote(**{name: changes.get(name, getattr(one, name)) for name in Quote.__struct_fields__})


def moved(document, by, prefix):
    """The same document so many characters later, with other ids."""

    def named(identifier):
        return None if identifier is None else prefix + identifier

    def later(span):
        return Span(start=span.start + by, end=span.end + by)

    return Document(
        id=document.id,
        meta=document.meta,
        mentions=[
            mention(m.start + by, m.end + by, m.type, named(m.entity), m.form, named(m.id)) for m in document.mentions
        ],
        entities=[Entity(id=prefix + e.id, type=e.type) for e in document.entities],
        events=[
            event(
                e.start + by,
                e.end + by,
                e.type,
                [(a.role, named(a.mention), named(a.event)) for a in e.arguments],
                e.realis,
                e.polarity,
                named(e.id),
            )
            for e in document.events
        ],
        quotes=[
            quote_with(
                q,
                content=[later(s) for s in q.content],
                cue=[later(s) for s in q.cue],
                source=named(q.source),
                speaker=named(q.speaker),
            )
            for q in document.quotes
        ],
    )


def merged(one, other):
    """One document with everything of two."""
    return Document(
        id=one.id,
        mentions=[*one.mentions, *other.mentions],
        entities=[*one.entities, *other.entities],
        events=[*one.events, *other.events],
        quotes=[*one.quotes, *other.quotes],
    )
