"""What the formats for spans alone have in common: mentions in, mentions out, everything else counted as left out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from warta.document import VALUE_TYPES, Document, Entity, Mention, form_of
from warta.interchange.ledger import Context, Ledger
from warta.interchange.texts import OffsetMap, span_map

OFFSETS = "whole numbers, 0 <= start < end <= {}, code points of the text"


class Place:
    """A document under construction and how the offsets of a file lead into its text."""

    def __init__(self, document: Document, offsets: OffsetMap | None, length: int | None) -> None:
        """Keep the bare document, the map (null: offsets are the text's) and the length of the file's text (null: unknown)."""
        self.document, self.offsets, self.length = document, offsets, length

    def span(self, start: Any, end: Any) -> tuple[int, int] | None:
        """Return the span in the document's text, or null where the file's offsets are no span of its text."""
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            return None
        if self.length is not None and end > self.length:
            return None
        return (start, end) if self.offsets is None else self.offsets.span(start, end)

    @property
    def allowed(self) -> str:
        """Return what offsets may be, for messages."""
        return OFFSETS.format("the text's length" if self.length is None else self.length)


def place(context: Context, document_id: str, text: str | None, where: str) -> Place | None:
    """Return where the items of a document go; null, with a fault, for an unknown document or another text.

    ``text`` is the file's own, null where it has none: offsets are then those of the known document.
    """
    document = context.bare(document_id, text, where)
    if document is None:
        return None
    if text is None:
        return Place(document, None, None if document.text is None else len(document.text))
    try:
        return Place(document, span_map(text, document.text), len(text))
    except ValueError:
        context.ledger.fault(
            where, f"another text than document {document_id!r} has", "the same text, normal form (NFC) apart"
        )
        return None


def without_value_entities(mentions: Iterable[Mention], ledger: Ledger) -> list[Mention]:
    """Return the mentions, values without an entity: other tools link dates and numbers too, here they belong to none."""
    found = []
    for mention in mentions:
        linked = mention.type in VALUE_TYPES and mention.entity is not None
        ledger.left["entities of values"] += linked
        found.append(msgspec.structs.replace(mention, entity=None) if linked else mention)
    return found


def with_entities(document: Document) -> Document:
    """Return the document with an entity for every one its mentions name, typed by its first mention (roles apart)."""
    types = {entity.id: entity.type for entity in document.entities}
    for mention in sorted(document.mentions, key=lambda m: form_of(m) == "role"):
        if mention.entity is not None:
            types.setdefault(mention.entity, mention.type)
    return msgspec.structs.replace(document, entities=[Entity(id=key, type=kind) for key, kind in types.items()])


def count_layers(document: Document, ledger: Ledger, kinds: Iterable[str]) -> None:
    """Count the layers of a document that a format cannot hold."""
    for kind in kinds:
        ledger.left[kind] += len(getattr(document, kind))


def plain_mentions(document: Document, ledger: Ledger) -> list[Mention]:
    """Return names, values and roles; nominals and pronouns, which a label alone does not tell apart, are counted as left out."""
    kept = []
    for mention in document.mentions:
        if form_of(mention) in ("name", "value", "role"):
            kept.append(mention)
        else:
            ledger.left[f"mentions of form {form_of(mention)}"] += 1
    return kept
