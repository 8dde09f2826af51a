"""Mentions taken out of a document, or given another scheme's labels, with everything that refers to them put right."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from warta.document import Document, Entity, Mention, form_of
from warta.interchange.ledger import Context, Labels, Ledger


def with_mentions(
    document: Document, mentions: Sequence[Mention], entities: Sequence[Entity], ledger: Ledger
) -> Document:
    """Return the document with these mentions and entities only; references to others are cut and counted."""
    known = {mention.id for mention in mentions}
    named = {entity.id for entity in entities}
    events = []
    for event in document.events:
        kept = [a for a in event.arguments if a.mention is None or a.mention in known]
        ledger.left["arguments whose mention is left out"] += len(event.arguments) - len(kept)
        events.append(msgspec.structs.replace(event, arguments=kept))
    quotes = []
    for quote in document.quotes:
        lost = quote.source is not None and quote.source not in known
        ledger.left["sources whose mention is left out"] += lost
        speaker = quote.speaker if quote.speaker in named else None
        quotes.append(msgspec.structs.replace(quote, source=None if lost else quote.source, speaker=speaker))
    cut = [msgspec.structs.replace(m, entity=m.entity if m.entity in named else None) for m in mentions]
    return msgspec.structs.replace(document, mentions=cut, entities=list(entities), events=events, quotes=quotes)


def relabelled(document: Document, context: Context) -> Document:
    """Return the document in the labels of the crosswalk's other scheme, for writing.

    Names and values alone are converted (``schema/crosswalks.yaml`` says so); roles, nominals and pronouns are left out.
    """
    if context.crosswalk is None:
        return document
    mentions = []
    for n, mention in enumerate(document.mentions):
        if form_of(mention) not in ("name", "value"):
            context.ledger.left[f"mentions of form {form_of(mention)}"] += 1
            continue
        label = context.writing.get(mention.type, f"document {document.id}: mentions[{n}]")
        if label is not None:
            mentions.append(msgspec.structs.replace(mention, type=label, form=form_of(mention)))
    quiet = Labels(context.writing.table, Ledger())
    used = {m.entity for m in mentions} | {quote.speaker for quote in document.quotes}
    entities = [
        msgspec.structs.replace(entity, type=label)
        for entity in document.entities
        if entity.id in used and (label := quiet.get(entity.type, entity.id)) is not None
    ]
    return with_mentions(document, mentions, entities, context.ledger)
