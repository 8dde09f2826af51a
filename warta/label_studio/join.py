"""The three layers of one annotator joined to one document.

Names, values and roles come from the entities layer; nominals and pronouns from quotes and events, where those
with the same id, or made in the browser with the same span, are one mention. What refers to a mention or entity that the entities layer no
longer has (it was edited after the other layers were pushed) is found again by id, then by span, and told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import msgspec

from warta.document import Argument, Document, Entity, Mention, completed, form_of
from warta.label_studio.configs import NEW_LABELS
from warta.label_studio.read_back import entity_types, in_order, is_made_here

NEW_FORMS = frozenset(NEW_LABELS.values())


@dataclass
class Joined:
    """A joined document and what could not be joined as it was: ``(check id, where, what)``."""

    document: Document
    faults: list[tuple[str, str, str]] = field(default_factory=list)


def join(layers: dict[str, Document]) -> Joined:
    """Join the layers of one document, ``{layer name: its document form}``; a layer may be missing.

    Lossless: the layers of a document give that document again, with defaults filled in and lists in order.
    """
    return _Joiner(layers).join()


class _Joiner:
    def __init__(self, layers: dict[str, Document]) -> None:
        self.layers = layers
        self.base = layers.get("entities") or next(iter(layers.values()))
        self.faults: list[tuple[str, str, str]] = []
        self.mentions = [m for m in self.base.mentions if form_of(m) not in NEW_FORMS]
        self.same: dict[str, str] = {}
        self.known = {entity.id: entity.type for entity in self.base.entities}

    def join(self) -> Joined:
        parts = {layer: self._part(layer) for layer in ("quotes", "events") if layer in self.layers}
        quotes = parts["quotes"].quotes if "quotes" in parts else []
        events = parts["events"].events if "events" in parts else []
        mentions = [msgspec.structs.replace(m, entity=self._entity(m.entity)) for m in self.mentions]
        quotes = [msgspec.structs.replace(q, speaker=self._entity(q.speaker)) for q in quotes]
        types = entity_types(mentions, self.known)
        for quote in quotes:
            if quote.speaker is not None:
                types.setdefault(quote.speaker, self.known.get(quote.speaker, "PER"))
        document = msgspec.structs.replace(
            self.base,
            mentions=mentions,
            entities=[Entity(id=key, type=label) for key, label in types.items()],
            events=events,
            quotes=quotes,
        )
        return Joined(completed(in_order(document)), self.faults)

    def _part(self, layer: str) -> Document:
        """Take over a layer's nominals and pronouns; return it with references to the joined mentions."""
        part = self.layers[layer]
        self._entities_renamed(layer, part)
        for entity in part.entities:
            self.known.setdefault(entity.id, entity.type)
        places = self._places(layer, part)
        return msgspec.structs.replace(
            part,
            quotes=[msgspec.structs.replace(q, source=places.get(q.source or "")) for q in part.quotes],
            events=[msgspec.structs.replace(e, arguments=list(_moved(e.arguments, places))) for e in part.events],
        )

    def _places(self, layer: str, part: Document) -> dict[str, str]:
        """Return ``{mention id in the layer: mention id in the joined document}``."""
        referred = {q.source for q in part.quotes} | {a.mention for e in part.events for a in e.arguments}
        referred.discard(None)
        before = list(self.mentions)
        places: dict[str, str] = {}
        for mention in part.mentions:
            new = form_of(mention) in NEW_FORMS
            if not new and mention.id not in referred:
                continue
            place = self._find(mention, before)
            if place is None and new:
                place = len(self.mentions)
                self.mentions.append(self._with_free_id(mention))
            if place is None:
                what = f"mention {mention.id!r} at [{mention.start}, {mention.end}) is no longer in the entities layer"
                self.faults.append(("lost-mention", layer, what))
                continue
            if new:
                self._unite(layer, self.mentions[place], mention)
            if mention.id is not None:
                places[mention.id] = self._named(place, mention.id)
        return places

    def _find(self, mention: Mention, among: list[Mention]) -> int | None:
        new = form_of(mention) in NEW_FORMS

        def by_span(other: Mention) -> bool:
            return not new or is_made_here(other.id) or is_made_here(mention.id)

        tests: list[Callable[[Mention], bool]] = [
            lambda m: m.id is not None and m.id == mention.id and (m.start, m.end) == (mention.start, mention.end),
            lambda m: (m.start, m.end, m.type) == (mention.start, mention.end, mention.type) and by_span(m),
            lambda m: (m.start, m.end) == (mention.start, mention.end) and by_span(m),
            lambda m: m.id is not None and m.id == mention.id and not new,
        ]
        for test in tests:
            for place, other in enumerate(among):
                if (form_of(other) in NEW_FORMS) == new and test(other):
                    return place
        return None

    def _with_free_id(self, mention: Mention) -> Mention:
        taken = {m.id for m in self.mentions}
        key = mention.id
        while key is not None and key in taken:
            key += "'"
        return msgspec.structs.replace(mention, id=key)

    def _named(self, place: int, key: str) -> str:
        """Return the id of the joined mention; one without id takes that of the layer."""
        mention = self.mentions[place]
        if mention.id is None:
            self.mentions[place] = mention = self._with_free_id(msgspec.structs.replace(mention, id=key))
        assert mention.id is not None
        return mention.id

    def _unite(self, layer: str, one: Mention, other: Mention) -> None:
        """Make the entities of two readings of one mention one, where one of them is new in its layer."""
        first, second = self._entity(one.entity), self._entity(other.entity)
        if first == second or second is None or first is None:
            return
        old = {entity.id for entity in self.base.entities}
        if second not in old:
            self.same[second] = first
        elif first not in old:
            self.same[first] = second
        else:
            what = f"mention at [{one.start}, {one.end}) is of entity {first!r} in one layer and {second!r} in another"
            self.faults.append(("entity-clash", layer, what))

    def _entity(self, key: str | None) -> str | None:
        while key is not None and key in self.same:
            key = self.same[key]
        return key

    def _entities_renamed(self, layer: str, part: Document) -> None:
        """Follow entity ids that the annotator changed in the entities layer after this layer was pushed."""
        now = {(m.id, m.start, m.end): m.entity for m in self.base.mentions if m.id is not None}
        homes: dict[str, set[str | None]] = {}
        for mention in part.mentions:
            key = (mention.id, mention.start, mention.end)
            if mention.entity is not None and key in now:
                homes.setdefault(mention.entity, set()).add(now[key])
        present = {m.entity for m in self.base.mentions}
        for old, new in homes.items():
            if old in present:
                continue
            home = next(iter(new)) if len(new) == 1 else None
            if home is None:
                self.faults.append(("lost-entity", layer, f"entity {old!r} is no longer in the entities layer"))
            else:
                self.same[old] = home


def _moved(arguments: list[Argument], places: dict[str, str]) -> Iterator[Argument]:
    for argument in arguments:
        if argument.mention is None:
            yield argument
        elif argument.mention in places:
            yield msgspec.structs.replace(argument, mention=places[argument.mention])
