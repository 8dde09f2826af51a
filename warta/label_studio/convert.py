"""From the document form to Label Studio: the regions and relations of each layer.

Together with :mod:`warta.label_studio.read_back` the conversion is lossless: ``joined`` layers equal
``in_order(completed(document))``. The conventions:

- Entities: a region a name, value or role; the entity id is the region's ``entity_id``.
- Relations lead from the part to the head, because the browser can start a relation at a read-only region and
  cannot end one there. Read back, the ends tell which is which, save between two triggers.
- Quotes: CONTENT is a quote's first content span and carries its type; relations lead to it from CUE regions
  (``cue``), from the mention that speaks (``source``) and from PART regions (``cont``). ``speaker`` is answered
  only where it is not the source's entity: an entity, or nobody in so many words.
- Events: a region a trigger; relations named by roles lead to it from the mentions and triggers that fill them.
- NOMINAL and PRONOUN regions stand in the layer that refers to them, with type and entity; all other mentions
  are read-only MENTION regions.
- The ids of the document travel in region ``meta``, which a save in the browser keeps.
"""

from __future__ import annotations

from typing import Any

from warta.document import Document, Event, Mention, Quote, form_of
from warta.label_studio.configs import NEW_LABELS, Controls
from warta.label_studio.regions import Layer, Region, RegionIds, Relation, Result, to_results
from warta.label_studio.tasks import Fault, nobody, own_mentions

LABEL_OF_FORM = {form: label for label, form in NEW_LABELS.items()}


def layer_results(document: Document, layer: str, *, context_only: bool = False) -> list[Result]:
    """Return the results of one layer of a document, as an annotation or a prediction holds them.

    ``context_only`` gives the read-only mentions alone: where an annotator starts.
    Raises :class:`Fault` where a reference of the document leads nowhere.
    """
    return to_results(_Builder(document, layer).build(context_only))


class _Builder:
    """Builds the regions of one layer of one document."""

    def __init__(self, document: Document, layer: str) -> None:
        self.document, self.layer = document, layer
        self.ids = RegionIds(document.id, layer)
        self.result = Layer()
        self.mentions: dict[str, Region] = {}
        self.entity: dict[str, str | None] = {m.id: m.entity for m in document.mentions if m.id}
        self.known = {entity.id for entity in document.entities}

    def build(self, context_only: bool) -> Layer:
        own = own_mentions(self.document, self.layer)
        marked = {id(mention) for mention in own}
        if self.layer != "entities":
            for mention in self.document.mentions:
                if id(mention) not in marked:
                    self._context(mention)
        if context_only:
            return self.result
        for mention in own:
            self._named(mention) if self.layer == "entities" else self._new(mention)
        if self.layer == "quotes":
            for quote in self.document.quotes:
                self._quote(quote)
        if self.layer == "events":
            self._events()
        return self.result

    def _add(self, control: str, start: int, end: int, label: str, private: dict[str, Any]) -> Region:
        region = Region(self.ids.new(control, start, end, label), start, end, control, label, private=private)
        self.result.regions.append(region)
        return region

    def _relate(self, part: Region, head: Region, label: str) -> None:
        self.result.relations.append(Relation(part.id, head.id, [label]))

    def _context(self, mention: Mention) -> None:
        region = self._add(Controls.context[self.layer], mention.start, mention.end, "MENTION", {"id": mention.id})
        region.readonly = True
        self._keep(mention, region)

    def _named(self, mention: Mention) -> None:
        region = self._add(Controls.labels["entities"], mention.start, mention.end, mention.type, _private(mention))
        if mention.entity is not None:
            region.answers[Controls.entity["entities"]] = [mention.entity]
            region.private |= self._odd_type(mention)
        self._keep(mention, region)

    def _odd_type(self, mention: Mention) -> dict[str, Any]:
        """Return the entity's type for a role: it is not that of the mention."""
        if form_of(mention) != "role":
            return {}
        types = [entity.type for entity in self.document.entities if entity.id == mention.entity]
        return {"entity_type": types[0]} if types else {}

    def _new(self, mention: Mention) -> None:
        label = LABEL_OF_FORM[form_of(mention)]
        region = self._add(Controls.form[self.layer], mention.start, mention.end, label, {"id": mention.id})
        region.answers[Controls.type[self.layer]] = [mention.type]
        if mention.entity is not None:
            region.answers[Controls.entity[self.layer]] = [self._offer(mention.entity)]
        self._keep(mention, region)

    def _keep(self, mention: Mention, region: Region) -> None:
        if mention.id is not None:
            self.mentions[mention.id] = region

    def _offer(self, entity: str) -> str:
        if entity not in self.known:
            raise Fault(f"document {self.document.id}: there is no entity {entity!r}")
        return entity

    def _mention(self, key: str) -> Region:
        if key not in self.mentions:
            raise Fault(f"document {self.document.id}: there is no mention {key!r}")
        return self.mentions[key]

    def _quote(self, quote: Quote) -> None:
        control = Controls.labels["quotes"]
        spans = sorted(quote.content, key=lambda span: (span.start, span.end))
        if not spans:
            raise Fault(f"document {self.document.id}: quote {quote.id!r} has no content")
        first = self._add(control, spans[0].start, spans[0].end, "CONTENT", {"id": quote.id})
        if quote.type is not None:
            first.answers[Controls.quote_type] = [quote.type]
        self._speaker(quote, first)
        for span in spans[1:]:
            self._relate(self._add(control, span.start, span.end, "PART", {}), first, "cont")
        for span in sorted(quote.cue, key=lambda span: (span.start, span.end)):
            self._relate(self._add(control, span.start, span.end, "CUE", {}), first, "cue")
        if quote.source is not None:
            self._relate(self._mention(quote.source), first, "source")

    def _speaker(self, quote: Quote, first: Region) -> None:
        if quote.speaker != self.entity.get(quote.source or ""):
            speaker = nobody(self.document) if quote.speaker is None else self._offer(quote.speaker)
            first.answers[Controls.speaker] = [speaker]

    def _events(self) -> None:
        placed = [(event, self._trigger(event)) for event in self.document.events]
        triggers = {event.id: region for event, region in placed if event.id is not None}
        for event, region in placed:
            for argument in event.arguments:
                if argument.event is not None and argument.event not in triggers:
                    raise Fault(f"document {self.document.id}: there is no event {argument.event!r}")
                filler = triggers[argument.event] if argument.event else self._mention(argument.mention or "")
                self._relate(filler, region, argument.role)

    def _trigger(self, event: Event) -> Region:
        region = self._add(Controls.labels["events"], event.start, event.end, event.type, {"id": event.id})
        if event.realis is not None:
            region.answers[Controls.realis] = [event.realis]
        if event.polarity is not None:
            region.answers[Controls.polarity] = [event.polarity]
        return region


def _private(mention: Mention) -> dict[str, Any]:
    """Return what a named mention's region keeps: its id, and its form where the type does not say it."""
    bare = Mention(start=mention.start, end=mention.end, type=mention.type)
    form = form_of(mention)
    return {"id": mention.id} | ({} if form == form_of(bare) else {"form": form})
