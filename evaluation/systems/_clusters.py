"""Entities from mentions by their words alone: what both baselines share."""

from __future__ import annotations

from warta.document import Document, Entity, Mention, form_of

# Two mentions of a person, organisation ... are one when the words of the shorter are among the longer's.
BY_PART = {"PER"}


def _key(document: Document, mention: Mention) -> str:
    return " ".join((document.text or "")[mention.start : mention.end].lower().split())


def cluster(document: Document) -> None:
    """Give every name an entity: same type and same words, or for persons the words of a longer name before.

    A role goes to the person's name right after it, or right before it.
    """
    known: list[tuple[str, frozenset[str], str]] = []
    names = sorted((m for m in document.mentions if form_of(m) == "name"), key=lambda m: (m.start, -m.end))
    for mention in names:
        key = _key(document, mention)
        words = frozenset(key.split())
        for kind, other, entity in known:
            if kind == mention.type and (words == other or (kind in BY_PART and words < other)):
                mention.entity = entity
                break
        else:
            mention.entity = f"e{len(known) + 1}"
            known.append((mention.type, words, mention.entity))
    persons = [m for m in names if m.type == "PER"]
    for mention in document.mentions:
        if form_of(mention) == "role":
            mention.entity = _neighbour(mention, persons)
    document.mentions = [m for m in document.mentions if form_of(m) != "role" or m.entity is not None]
    document.entities = [Entity(id=entity, type=kind) for kind, _, entity in known]


def _neighbour(role: Mention, persons: list[Mention]) -> str | None:
    """Return the entity of the person named next to a role (at most two characters between), if any."""
    after = [p for p in persons if 0 <= p.start - role.end <= 2]
    before = [p for p in persons if 0 <= role.start - p.end <= 2]
    near = after or before
    return near[0].entity if near else None
