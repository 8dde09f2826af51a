"""Synthetic documents for the benchmarks: the same for everyone, written as streams.

A document has 40 mentions that do not overlap, 10 events with 3 arguments and 10 quotes. Every word of its text has five
letters and a space after it, so that character offsets and token tags say the same: word ``n`` is ``[6n, 6n + 5)``.
The system's side is gold with faults: items left out, types changed, edges moved by a word, items added.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import msgspec

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span

WIDTH = 6
MENTIONS, EVENTS, ARGUMENTS, QUOTES = 40, 10, 3, 10
SLOT = 10
SYLLABLES = [c + v for c in "bcdgjklmnprstw" for v in "aiueo"]
WORDS = [a + b + c for a, b, c in zip(SYLLABLES * 3, SYLLABLES[7:] + SYLLABLES[:7] * 9, "nrstmklgh" * 40, strict=False)]
#: Types of the entities e0 to e17: the first eight are people, then five places, then five organisations.
ENTITY_TYPES = ("PER",) * 8 + ("GPE", "GPE", "GPE", "LOC", "FAC") + ("ORG",) * 5
#: The four mentions of a stretch of forty words: someone, a place, a date, a speaker; the entities each is drawn from.
KINDS = (range(8), range(8, 13), range(0), (*range(8), *range(13, 18)))
#: An event type with the three of its roles that are filled, by the first three mentions of its stretch.
EVENT_TYPES = {
    "life.die": ("victim", "place", "time"),
    "life.injure": ("victim", "place", "time"),
    "contact.meet": ("participant", "place", "time"),
}
FORMS = ("name",) * 7 + ("nominal", "nominal", "pronoun")
REALIS = ("actual", "future", "hypothetical", "generic")
POLARITY, QUOTE_TYPES = ("positive", "negative"), ("direct", "indirect", "mixed")


def span(word: int, words: int) -> tuple[int, int]:
    """Return the character offsets of so many words from a word on."""
    return WIDTH * word, WIDTH * (word + words) - 1


def gold(number: int, draw: Random) -> Document:
    """Return a document; mention n stands in words [10n, 10n + 3), trigger n in word 40n + 5, cue n in word 40n + 36."""
    words = draw.choices(WORDS, k=SLOT * MENTIONS)
    mentions = [mention(n, draw) for n in range(MENTIONS)]
    return Document(
        id=f"synthetic-{number:07d}",
        text=" ".join(words),
        mentions=mentions,
        entities=named_by(mentions),
        events=[event(n, draw) for n in range(EVENTS)],
        quotes=[quote(n, mentions, draw) for n in range(QUOTES)],
    )


def mention(number: int, draw: Random) -> Mention:
    """Return a mention of one to three words."""
    start, end = span(SLOT * number, 1 + draw.randrange(3))
    entities = KINDS[number % 4]
    if not entities:
        return Mention(id=f"m{number}", start=start, end=end, type="DAT", form="value")
    home = draw.choice(entities)
    form = "name" if number % 4 == 1 else draw.choice(FORMS)
    return Mention(id=f"m{number}", start=start, end=end, type=ENTITY_TYPES[home], form=form, entity=f"e{home}")


def named_by(mentions: list[Mention]) -> list[Entity]:
    """Return the entities that the mentions name."""
    used = {m.entity for m in mentions}
    return [Entity(id=f"e{n}", type=kind) for n, kind in enumerate(ENTITY_TYPES) if f"e{n}" in used]


def event(number: int, draw: Random) -> Event:
    """Return an event whose arguments are mentions of its stretch of forty words."""
    kind = draw.choice(tuple(EVENT_TYPES))
    start, end = span(40 * number + 5, 1)
    return Event(
        id=f"v{number}", start=start, end=end, type=kind, realis=draw.choice(REALIS), polarity=draw.choice(POLARITY),
        arguments=[Argument(role=role, mention=f"m{4 * number + n}") for n, role in enumerate(EVENT_TYPES[kind])],
    )  # fmt: skip


def quote(number: int, mentions: list[Mention], draw: Random) -> Quote:
    """Return a quote over part of its stretch of forty words, with a source in it."""
    start, end = span(40 * number + 4, 20 + draw.randrange(8))
    source = mentions[4 * number + 3]
    cue_start, cue_end = span(40 * number + 36, 1)
    return Quote(
        id=f"q{number}", type=draw.choice(QUOTE_TYPES), content=[Span(start=start, end=end)],
        cue=[Span(start=cue_start, end=cue_end)], source=source.id, speaker=source.entity,
    )  # fmt: skip


def predicted(document: Document, draw: Random) -> Document:
    """Return what a system with faults says of a gold document; references stay whole."""
    change = msgspec.structs.replace
    mentions = [_faulty(m, draw) for m in document.mentions if draw.random() > 0.08]
    kept = {m.id: m for m in mentions}
    for n in range(3):
        start, end = span(SLOT * draw.randrange(n * 13, n * 13 + 13) + 7, 1)
        mentions.append(Mention(id=f"x{n}", start=start, end=end, type="PER", form="name", entity="e0"))
    events = []
    for one in document.events:
        if draw.random() > 0.12:
            fillers = [a for a in one.arguments if a.mention in kept and draw.random() > 0.1]
            kind = draw.choice(tuple(EVENT_TYPES)) if draw.random() < 0.1 else one.type
            realis = draw.choice(REALIS) if draw.random() < 0.1 else one.realis
            events.append(change(one, type=kind, realis=realis, arguments=fillers))
    quotes = []
    for said in document.quotes:
        if draw.random() > 0.1:
            source = kept.get(said.source)
            content = said.content
            if draw.random() < 0.15:
                content = [Span(start=content[0].start, end=content[0].end + WIDTH)]
            speaker = source.entity if source is not None else None
            quotes.append(change(said, content=content, source=source.id if source else None, speaker=speaker))
    return change(document, text=None, mentions=mentions, entities=named_by(mentions), events=events, quotes=quotes)


def _faulty(mention: Mention, draw: Random) -> Mention:
    fault = draw.random()
    if fault < 0.08 and mention.form != "value":
        return msgspec.structs.replace(mention, type=draw.choice(("PER", "ORG", "GPE")))
    if fault < 0.16:
        return msgspec.structs.replace(mention, end=mention.end + WIDTH)
    if fault < 0.22 and mention.form != "value":
        return msgspec.structs.replace(mention, entity=f"e{draw.randrange(8)}")
    return mention


def write(folder: Path, documents: int, seed: int = 0) -> tuple[Path, Path]:
    """Write so many gold and predicted documents, one at a time; return the two paths."""
    draw = Random(seed)
    paths = folder / f"gold-{documents}.jsonl", folder / f"system-{documents}.jsonl"
    encode = msgspec.json.encode
    with paths[0].open("wb") as ours, paths[1].open("wb") as theirs:
        for number in range(documents):
            document = gold(number, draw)
            ours.write(encode(document) + b"\n")
            theirs.write(encode(predicted(document, draw)) + b"\n")
    return paths
