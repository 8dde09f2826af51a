"""Random documents that can be scored: all references, offsets and labels right, the scheme not always kept."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from warta.document import Argument, Document, Entity, Event, Mention, Meta, Quote, Span
from warta.schema import Schema

ALPHABET = 'ab \n\t.,"“”nyaé😀🇮🇩\u00a0<b>&'
IDS = st.text(alphabet="emv0123456789-'x é", min_size=1, max_size=4)


@st.composite
def documents(draw: Any, schema: Schema, linked: bool = False) -> Document:
    """Draw a document; spans nest, overlap, coincide, split words and are discontinuous."""
    text = draw(st.text(alphabet=ALPHABET, min_size=3, max_size=60))
    spans = st.integers(0, len(text) - 1).flatmap(
        lambda start: st.integers(start + 1, len(text)).map(lambda end: Span(start=start, end=end))
    )
    few = draw(st.lists(spans, min_size=1, max_size=5))
    span = st.one_of(st.sampled_from(few), spans)
    types = draw(st.dictionaries(IDS, st.sampled_from(sorted(schema.entity_types)), max_size=5))
    mentions = draw(_mentions(span, types, schema))
    ids = [mention.id for mention in mentions if mention.id is not None]
    speakers = st.none() | (st.sampled_from(sorted(types)) if types else st.none())
    quotes = draw(_quotes(span, ids, speakers, schema))
    used = {m.entity for m in mentions} | {q.speaker for q in quotes}
    return Document(
        id=draw(st.text(alphabet="w-0123456789", min_size=1, max_size=6)),
        text=text,
        meta=draw(st.none() | st.builds(Meta, title=st.none() | st.just("Judul"), origin=st.just("written"))),
        mentions=mentions,
        entities=[Entity(id=key, type=label) for key, label in types.items() if key in used],
        events=draw(_events(span, ids, schema)),
        quotes=quotes,
    )


@st.composite
def _mentions(draw: Any, span: Any, types: dict[str, str], schema: Schema) -> list[Mention]:
    keys: list[str | None] = draw(st.lists(IDS, unique=True, max_size=8))
    mentions = []
    for key in keys + [None] * draw(st.integers(0, 2)):
        place = draw(span)
        entity = draw(st.sampled_from([None, *types]))
        form = draw(st.sampled_from(["name", "nominal", "pronoun", "role", "value", None]))
        if form == "value":
            label, entity = draw(st.sampled_from(sorted(schema.value_types))), None
        elif form == "role":
            label = "ROL"
        else:
            label = types[entity] if entity is not None else draw(st.sampled_from(sorted(schema.entity_types)))
        mentions.append(Mention(id=key, start=place.start, end=place.end, type=label, form=form, entity=entity))
    return mentions


@st.composite
def _quotes(draw: Any, span: Any, mentions: list[str], speakers: Any, schema: Schema) -> list[Quote]:
    keys: list[str | None] = draw(st.lists(IDS, unique=True, max_size=3))
    source = st.none() | (st.sampled_from(mentions) if mentions else st.none())
    quote_type = st.sampled_from([None, *sorted(schema.quote_types)])
    return [
        Quote(
            id=key,
            type=draw(quote_type),
            content=draw(st.lists(span, min_size=1, max_size=3)),
            cue=draw(st.lists(span, max_size=2)),
            source=draw(source),
            speaker=draw(speakers),
        )
        for key in keys + [None] * draw(st.integers(0, 1))
    ]


@st.composite
def _events(draw: Any, span: Any, mentions: list[str], schema: Schema) -> list[Event]:
    keys: list[str] = draw(st.lists(IDS, unique=True, max_size=4))
    fillers = [("mention", key) for key in mentions] + [("event", key) for key in keys]
    roles = st.sampled_from(sorted(schema.role_names))
    events = []
    for key in [*keys, *[None] * draw(st.integers(0, 1))]:
        place = draw(span)
        pairs = draw(st.sets(st.tuples(roles, st.sampled_from(fillers)), max_size=4)) if fillers else set()
        events.append(
            Event(
                id=key,
                start=place.start,
                end=place.end,
                type=draw(st.sampled_from(sorted(schema.event_types))),
                realis=draw(st.sampled_from([None, *sorted(schema.realis)])),
                polarity=draw(st.sampled_from([None, *sorted(schema.polarity)])),
                arguments=[Argument(role=role, **{kind: filler}) for role, (kind, filler) in sorted(pairs)],
            )
        )
    return events
