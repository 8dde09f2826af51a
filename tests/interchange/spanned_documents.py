"""Random documents for round trips: what a format holds without loss, and everything else."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span
from warta.schema import Schema

# Words with what breaks offsets: emoji outside the basic plane, flags, letters in two normal forms, typographic quotation marks.
WORDS = [
    "Kota",
    "Lama",
    "ujarnya",
    "“Ya,”",
    "😀",
    "🇮🇩",
    "Café",
    "Cafe\u0301",
    "1.234,5",
    "anak-anak",
    "#",
    "a\tb",
    "%41",
    "ﬁ",
]
IDS = st.one_of(
    st.sampled_from(["T1", "T2", "T3", "E1", "E2", "m1", "v1", "q1", "e1", "mentions", "%20"]),
    st.text(alphabet="TEemv012:é %\n\t", min_size=1, max_size=4),
)


@st.composite
def documents(draw: Any, schema: Schema, words: Any = None, plain_ids: bool = False) -> Document:
    """Draw a document whose spans neither begin nor end with a line break; they nest, overlap, coincide and cut words."""
    pieces = draw(st.lists(st.sampled_from(WORDS) if words is None else words, min_size=1, max_size=12))
    gaps = draw(st.lists(st.sampled_from([" ", " ", "\n", "\n\n", ""]), min_size=len(pieces), max_size=len(pieces)))
    text = "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=True))
    edges = [n for n, char in enumerate(text) if not char.isspace()]
    spans = st.tuples(st.sampled_from(edges), st.sampled_from(edges)).map(
        lambda pair: Span(start=min(pair), end=max(pair) + 1)
    )
    ids = st.from_regex(r"[a-u][0-9]", fullmatch=True) if plain_ids else IDS
    types = draw(st.dictionaries(ids, st.sampled_from(sorted(schema.entity_types)), max_size=4))
    mentions = [draw(_mention(key, spans, types, schema)) for key in draw(st.lists(ids, unique=True, max_size=7))]
    named = [mention.id for mention in mentions]
    quotes = [draw(_quote(key, spans, named, types, schema)) for key in draw(st.lists(ids, unique=True, max_size=3))]
    used = {m.entity for m in mentions} | {q.speaker for q in quotes}
    return Document(
        id=draw(st.text(alphabet="w-01/%. é", min_size=1, max_size=6).filter(lambda key: key == " ".join(key.split()))),
        text=text,
        mentions=mentions,
        entities=[Entity(id=key, type=label) for key, label in types.items() if key in used],
        events=draw(_events(spans, named, st.from_regex(r"v[0-9]", fullmatch=True) if plain_ids else IDS, schema)),
        quotes=quotes,
    )


@st.composite
def _mention(draw: Any, key: str, spans: Any, types: dict[str, str], schema: Schema) -> Mention:
    span = draw(spans)
    entity = draw(st.sampled_from([None, *types]))
    labels = schema.entity_types if entity is not None else schema.mention_types
    label = draw(st.sampled_from(sorted(labels)))
    form = draw(st.sampled_from([None, *sorted(schema.forms)]))
    return Mention(id=key, start=span.start, end=span.end, type=label, form=form, entity=entity)


@st.composite
def _quote(draw: Any, key: str, spans: Any, mentions: list[str | None], types: dict[str, str], schema: Schema) -> Quote:
    return Quote(
        id=key,
        type=draw(st.sampled_from([None, *sorted(schema.quote_types)])),
        content=draw(st.lists(spans, min_size=1, max_size=3)),
        cue=draw(st.lists(spans, max_size=2)),
        source=draw(st.sampled_from([None, *mentions])),
        speaker=draw(st.sampled_from([None, *types])),
    )


@st.composite
def _events(draw: Any, spans: Any, mentions: list[str | None], ids: Any, schema: Schema) -> list[Event]:
    keys = draw(st.lists(ids, unique=True, max_size=4))
    fillers = [("mention", key) for key in mentions] + [("event", key) for key in keys]
    events = []
    for key in keys:
        span = draw(spans)
        pairs = draw(
            st.lists(st.tuples(st.sampled_from(sorted(schema.role_names)), st.sampled_from(fillers)), max_size=4)
        )
        events.append(
            Event(
                id=key, start=span.start, end=span.end, type=draw(st.sampled_from(sorted(schema.event_types))),
                realis=draw(st.sampled_from([None, *sorted(schema.realis)])),
                polarity=draw(st.sampled_from([None, *sorted(schema.polarity)])),
                arguments=[Argument(role=role, **{kind: filler}) for role, (kind, filler) in pairs],
            )
        )  # fmt: skip
    return events


def sorted_entities(document: Document) -> Document:
    """Return the document with its entities in the order of their ids, which formats need not keep."""
    return Document(
        id=document.id, text=document.text, meta=document.meta, mentions=document.mentions,
        entities=sorted(document.entities, key=lambda entity: entity.id), events=document.events, quotes=document.quotes,
    )  # fmt: skip
