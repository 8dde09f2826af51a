"""Decisions: how the annotations of two people became gold, item by item.

A decision is written for every item that is not simply what both said and gold has. Together with the two
annotators' files the decisions give gold back exactly (:func:`decided`), which the tests hold the corpus to.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from warta.agreement.items import (
    ITEM_TYPES,
    LAYERS,
    EntityItem,
    EventItem,
    Item,
    Items,
    MentionItem,
    QuoteItem,
    Range,
    document_of,
    items_of,
)
from warta.document import Document
from warta.files import FileFault


class Decision(msgspec.Struct, frozen=True, omit_defaults=True):
    """One difference and what became of it; items are those of :mod:`warta.agreement.items`.

    ``gold`` null: neither reading stands. ``rule`` names a rule of the guidelines (``E4``) and ``reason`` is a
    sentence without words of the article; both are empty where the decision follows from another one. ``by`` is
    who decided, empty where the batch's own adjudicator did (``data/annotations/README.md``).
    """

    id: str
    layer: str
    first: Any = None
    second: Any = None
    gold: Any = None
    rule: str = ""
    reason: str = ""
    by: str = ""

    def item(self, side: str) -> Item | None:
        """Return the item of a side (``first``, ``second``, ``gold``) as a record."""
        value = getattr(self, side)
        return None if value is None else msgspec.convert(value, ITEM_TYPES[self.layer])


def anchor_of(item: Item) -> Range:
    """Return the span by which readings of the same thing are put side by side."""
    if isinstance(item, MentionItem | EventItem):
        return item.span
    return item.mentions[0] if isinstance(item, EntityItem) else (item.content[0][0], item.content[-1][1])


def _sorted(items: Iterable[Item]) -> list[Item]:
    return sorted(items, key=lambda item: (anchor_of(item), msgspec.json.encode(item)))


def _take(pool: list[Item], like: Item) -> Item | None:
    """Remove and return the item of a pool that overlaps ``like`` most, if any does."""
    start, end = anchor_of(like)
    best, most = None, 0
    for item in pool:
        a, b = anchor_of(item)
        shared = 2 * (min(end, b) - max(start, a)) - (b - a)
        if min(end, b) > max(start, a) and (best is None or shared > most):
            best, most = item, shared
    if best is not None:
        pool.remove(best)
    return best


def decisions_of(first: Document, second: Document, gold: Document) -> list[Decision]:
    """Return the decisions that lead from two annotations of a document to its gold, in the order of the text."""

    def plain(item: Item | None) -> Any:
        return None if item is None else msgspec.to_builtins(item)

    sides = items_of(first), items_of(second), items_of(gold)
    made: list[Decision] = []
    for layer in LAYERS:
        a, b, g = (side.layer(layer) for side in sides)
        settled = a & b & g
        left, right, kept = _sorted(a - settled), _sorted(b - settled), _sorted(g - settled)
        rows: list[list[Item | None]] = []
        for item in kept:
            pair = [item if item in pool else None for pool in (left, right)]
            for n, pool in enumerate((left, right)):
                if pair[n] is not None:
                    pool.remove(item)
                else:
                    pair[n] = _take(pool, item)
            rows.append([*pair, item])
        for item in list(left):
            rows.append([item, item if item in right else _take(right, item), None])
            if item in right:
                right.remove(item)
        rows += [[None, item, None] for item in right]
        made += [Decision(gold.id, layer, plain(row[0]), plain(row[1]), plain(row[2])) for row in rows]
    return made


def decided(first: Document, second: Document, decisions: Iterable[Decision]) -> Document:
    """Return gold: what both annotators have and no decision overturns, and what the decisions add.

    Raises :class:`FileFault` where that leaves an item pointing to a span that is no mention or trigger.
    """
    a, b = items_of(first), items_of(second)
    kept = {layer: a.layer(layer) & b.layer(layer) for layer in LAYERS}
    made = list(decisions)
    for decision in made:
        kept[decision.layer] -= {item for side in ("first", "second") if (item := decision.item(side)) is not None}
    for decision in made:
        if (item := decision.item("gold")) is not None:
            kept[decision.layer].add(item)
    try:
        return document_of(Items(**kept), first.id, first.text, first.meta)  # type: ignore[arg-type]
    except KeyError as lost:
        where = f"{lost.args[0]}, which is no mention or trigger"
        raise FileFault(
            f"document {first.id}: both files and the decisions leave an item that points to {where}"
        ) from lost


__all__ = ["Decision", "QuoteItem", "anchor_of", "decided", "decisions_of"]
