"""Which gold entity a predicted entity stands for.

A predicted entity stands for the gold entity with which it shares most name spans; if it has no name, most mention spans,
among gold entities without a name. Without a share, or with a tie, it stands for none. (Definition of this corpus; the
idea is the entity alignment of Luo 2005 made one-sided, so that a speaker is right when its entity is recognisable.)

Worked by hand: the predicted entity has two names, one of entity A and one of entity B; that is a tie.

>>> from warta.document import Document, Mention
>>> def view(*mentions):
...     return View(Document(id="d", mentions=[Mention(start=s, end=s + 1, type="PER", entity=e) for s, e in mentions]))
>>> gold = view((0, "A"), (5, "A"), (9, "B"))
>>> standing(gold, view((0, "x"), (9, "x"), (5, "y"))), standing(gold, view((0, "x"), (5, "x"), (9, "x")))
({'x': None, 'y': 'A'}, {'x': 'A'})
"""

from __future__ import annotations

from collections.abc import Iterable

from warta.scoring.view import SpanKey, View


def standing(gold: View, system: View, entities: Iterable[str] | None = None) -> dict[str, str | None]:
    """Return ``{predicted entity id: gold entity id or None}`` for the entities asked for, else for all with mentions."""
    predicted = system.entity_spans
    asked = {
        entity: predicted.get(entity, (set(), set(), set())) for entity in (predicted if entities is None else entities)
    }
    looked_up = set().union(*[spans for spans, _, _ in asked.values()])
    of_name: dict[SpanKey, list[str]] = {}
    of_nameless: dict[SpanKey, list[str]] = {}
    for entity, (spans, names, _) in gold.entity_spans.items():
        index = of_name if names else of_nameless
        for span in looked_up & (names or spans):
            index.setdefault(span, []).append(entity)
    return {
        entity: _most_shared(names or spans, of_name if names else of_nameless)
        for entity, (spans, names, _) in asked.items()
    }


def _most_shared(spans: set[SpanKey], index: dict[SpanKey, list[str]]) -> str | None:
    shares: dict[str, int] = {}
    for span in spans:
        for entity in index.get(span, ()):
            shares[entity] = shares.get(entity, 0) + 1
    if not shares:
        return None
    most = max(shares.values())
    best = [entity for entity, count in shares.items() if count == most]
    return best[0] if len(best) == 1 else None
