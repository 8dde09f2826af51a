"""Putting two annotations of one document side by side, under one set of ids.

Two readings belong together when their spans are equal, else when they overlap most (Dice over characters,
at least ``CLOSE``), one to one. Entities belong together when they share most mention spans. The second
annotation is then rewritten in the ids of the first, so that an argument counts as the same even where the
two marked its filler with different extents.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

import msgspec

from warta.document import Document, Quote, form_of

CLOSE = 0.5
T = TypeVar("T")


class Aligned(NamedTuple):
    """Two documents in one set of ids."""

    first: Document
    second: Document


def characters(item: Any) -> list[tuple[int, int]]:
    """Return the ranges an item covers: content for a quote, its span for anything else."""
    if isinstance(item, Quote):
        return [(s.start, s.end) for s in item.content]
    return [(item.start, item.end)]


def dice(a: list[tuple[int, int]], b: list[tuple[int, int]]) -> float:
    """Return the Dice coefficient of two sets of characters given as ranges."""
    shared = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    total = sum(x[1] - x[0] for x in a) + sum(y[1] - y[0] for y in b)
    return 2 * shared / total if total else 0.0


def pairs(first: list[T], second: list[T], alike: Callable[[T, T], float]) -> list[tuple[int, int]]:
    """Pair items one to one, the most alike first; ties go to the earlier item of either list."""
    scored = sorted(
        ((-score, i, j) for i, a in enumerate(first) for j, b in enumerate(second) if (score := alike(a, b)) >= CLOSE)
    )
    left: set[int] = set()
    right: set[int] = set()
    found = []
    for _, i, j in scored:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            found.append((i, j))
    return found


def _mapping(
    first: list[Any], second: list[Any], prefix: str, alike: Callable[[Any, Any], float]
) -> dict[str | None, str]:
    """Map the second's ids to the first's; items of the second alone get new ids that begin with ``prefix``."""
    partner = {j: i for i, j in pairs(first, second, alike)}
    return {item.id: first[partner[j]].id if j in partner else f"{prefix}{j + 1}b" for j, item in enumerate(second)}


def _renamed(document: Document) -> Document:
    """Return the document with ids m1, m2 ... by list position, so that every item has one and prefixes tell the kind."""
    names = {
        kind: {item.id: f"{letter}{n}" for n, item in enumerate(getattr(document, kind), 1)}
        for kind, letter in (("mentions", "m"), ("entities", "e"), ("events", "v"), ("quotes", "q"))
    }
    return mapped(document, names["mentions"], names["entities"], names["events"], names["quotes"])


def mapped(
    document: Document,
    mentions: dict[Any, str],
    entities: dict[Any, str],
    events: dict[Any, str],
    quotes: dict[Any, str],
) -> Document:
    """Return the document with all ids and references replaced."""
    change = msgspec.structs.replace
    return change(
        document,
        mentions=[change(m, id=mentions[m.id], entity=entities.get(m.entity)) for m in document.mentions],
        entities=[change(e, id=entities[e.id]) for e in document.entities],
        events=[
            change(e, id=events[e.id], arguments=[
                change(a, mention=mentions.get(a.mention), event=events.get(a.event)) for a in e.arguments])
            for e in document.events
        ],
        quotes=[
            change(q, id=quotes[q.id], source=mentions.get(q.source), speaker=entities.get(q.speaker))
            for q in document.quotes
        ],
    )  # fmt: skip


def _mentions_by_entity(document: Document, names: dict[str | None, str]) -> dict[str | None, Counter[str]]:
    """Return ``{entity id: mention ids}``, the ids replaced by ``names``."""
    found: dict[str | None, Counter[str]] = {e.id: Counter() for e in document.entities}
    for mention in document.mentions:
        if mention.entity in found:
            # Names weigh most: a pronoun that one annotator put elsewhere must not move the whole entity.
            found[mention.entity][names[mention.id]] += 3 if form_of(mention) == "name" else 1
    return found


def align(first: Document, second: Document) -> Aligned:
    """Return both documents in the ids of the first, the second's own items under ids that end in ``b``."""
    a, b = _renamed(first), _renamed(second)

    def close(x: Any, y: Any) -> float:
        return dice(characters(x), characters(y))

    mentions, events, quotes = (
        _mapping(getattr(a, kind), getattr(b, kind), letter, close)
        for kind, letter in (("mentions", "m"), ("events", "v"), ("quotes", "q"))
    )
    in_a = _mentions_by_entity(a, {m.id: m.id or "" for m in a.mentions})
    in_b = _mentions_by_entity(b, mentions)
    entities = _mapping(a.entities, b.entities, "e", lambda x, y: float((in_a[x.id] & in_b[y.id]).total()))
    return Aligned(a, mapped(b, mentions, entities, events, quotes))
