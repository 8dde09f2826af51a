"""From Label Studio to the document form: one layer of one annotator, and the three layers joined.

Reads what browsers really save (see :mod:`warta.label_studio.convert` for the conventions). What cannot be
read is left out here and named by :mod:`warta.label_studio.lint`; the results themselves are kept as pulled.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import msgspec

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span, completed, form_of
from warta.label_studio.configs import NEW_LABELS, Controls
from warta.label_studio.regions import Layer, Region, RegionIds, Result, from_results
from warta.label_studio.tasks import NOBODY, bare_document, context_of, entity_types_of

# Start of the ids of items made in the browser: only these are joined across layers by their span.
MADE_HERE = "ls-"


def document_of(data: dict[str, Any], results: Iterable[Result]) -> Document:
    """Return the layer of a task's document that an annotation holds, in the document form.

    The document has the annotator's own items and, in quotes and events, the context: names, values and roles
    as they were pushed, nominals and pronouns where something refers to them. The text of a linked article is
    left out. Defaults are filled in and lists are in order.
    """
    return _Reader(data, from_results(results)).read()


def in_order(document: Document) -> Document:
    """Return the document with its lists in a fixed order, by place in the text and then by content."""
    mentions = sorted(document.mentions, key=lambda m: (m.start, m.end, m.type, form_of(m), m.entity or "", m.id or ""))
    first: dict[str, int] = {}
    for place, mention in enumerate(mentions):
        if mention.entity is not None:
            first.setdefault(mention.entity, place)
    events = [msgspec.structs.replace(e, arguments=sorted(e.arguments, key=_argument_order)) for e in document.events]
    quotes = [msgspec.structs.replace(q, content=_by_place(q.content), cue=_by_place(q.cue)) for q in document.quotes]
    return msgspec.structs.replace(
        document,
        mentions=mentions,
        entities=sorted(document.entities, key=lambda e: (first.get(e.id, len(mentions)), e.id)),
        events=sorted(events, key=lambda e: (e.start, e.end, e.type, e.id or "")),
        quotes=sorted(quotes, key=_quote_order),
    )


def entity_types(mentions: Iterable[Mention], known: dict[str, str]) -> dict[str, str]:
    """Return ``{entity id: type}`` of the entities that mentions name.

    It is the known type where a mention has it or only roles name the entity; else the commonest type of its
    mentions, roles apart (ties: the earlier mention); else PER, whose roles are marked.
    """
    votes: dict[str, Counter[str]] = {}
    for mention in mentions:
        if mention.entity is not None:
            count = votes.setdefault(mention.entity, Counter())
            if form_of(mention) != "role":
                count[mention.type] += 1
    found = {}
    for entity, count in votes.items():
        if entity in known and (not count or known[entity] in count):
            found[entity] = known[entity]
        else:
            found[entity] = count.most_common(1)[0][0] if count else "PER"
    return found


def _by_place(spans: list[Span]) -> list[Span]:
    return sorted(spans, key=lambda span: (span.start, span.end))


def _argument_order(argument: Argument) -> tuple[str, str, str]:
    return argument.role, argument.mention or "", argument.event or ""


def _quote_order(quote: Quote) -> tuple[list[tuple[int, int]], str, bytes]:
    return [(span.start, span.end) for span in quote.content], quote.id or "", msgspec.json.encode(quote)


def _answer(region: Region, control: str) -> str | None:
    answers = region.answers.get(control)
    return answers[0] if answers else None


def is_made_here(key: str | None) -> bool:
    """Say whether an id is that of an item made in the browser."""
    return key is not None and key.startswith(MADE_HERE)


class _Ids:
    """Ids of the document for regions: the one pushed with it, else the region's own, marked."""

    def __init__(self, regions: Iterable[Region], referred: set[str], others: Iterable[str | None] = ()) -> None:
        self._of: dict[str, str | None] = {}
        taken = set(others)
        taken.discard(None)
        for region in regions:
            own = MADE_HERE + region.id
            pushed = region.private.get("id", own)
            # A region duplicated in the browser carries the id of its original.
            if pushed in taken or (pushed is None and region.id in referred):
                pushed = own
            if pushed is not None:
                taken.add(pushed)
            self._of[region.id] = pushed

    def __contains__(self, region: str) -> bool:
        return region in self._of

    def of(self, region: Region) -> str | None:
        return self._of[region.id]


class _Reader:
    """Reads one layer of one document."""

    def __init__(self, data: dict[str, Any], layer: Layer) -> None:
        self.data, self.kind = data, str(data.get("layer"))
        self.known = entity_types_of(data)
        self.regions = layer.by_id()
        main = [region for region in layer.regions if region.control == Controls.labels.get(self.kind)]
        self.triggers = main if self.kind == "events" else []
        self.contents = [region for region in main if self.kind == "quotes" and region.label == "CONTENT"]
        self.named = main if self.kind == "entities" else []
        self.new = [r for r in layer.regions if r.control == Controls.form.get(self.kind) and r.label in NEW_LABELS]
        self.parts = layer.parts({region.id for region in (*self.triggers, *self.contents)})
        referred = {part for pairs in self.parts.values() for _, part in pairs}
        self.context = self._context(referred)
        self.event_ids = _Ids(self.triggers, referred)
        self.quote_ids = _Ids(self.contents, set())
        own = _Ids([*self.named, *self.new], referred, {m.id for m in self.context.values()})
        self.own = {region.id: self._named(region, own) for region in self.named}
        self.own |= {region.id: self._new(region, own) for region in self.new}

    def _context(self, referred: set[str]) -> dict[str, Mention]:
        """Return ``{region id: mention}`` of the context as it was pushed, whatever became of its regions."""
        ids = RegionIds(str(self.data.get("doc_id")), self.kind)
        found: dict[str, Mention] = {}
        for mention in context_of(self.data):
            region = ids.new(Controls.context[self.kind], mention.start, mention.end, "MENTION")
            bare = mention.id is None and region in referred
            found[region] = msgspec.structs.replace(mention, id=MADE_HERE + region) if bare else mention
        return found

    def read(self) -> Document:
        events = [self._event(region) for region in self.triggers]
        quotes = [self._quote(region) for region in self.contents]
        used = {q.source for q in quotes} | {a.mention for e in events for a in e.arguments}
        used.discard(None)
        kept = [m for m in self.context.values() if form_of(m) not in NEW_LABELS.values() or m.id in used]
        mentions = [*kept, *self.own.values()]
        entity_of = {m.id: m.entity for m in mentions if m.id is not None}
        quotes = [self._spoken(quote, region, entity_of) for quote, region in zip(quotes, self.contents, strict=True)]
        types = entity_types(mentions, self.known)
        for quote in quotes:
            if quote.speaker is not None:
                types.setdefault(quote.speaker, self.known.get(quote.speaker, "PER"))
        document = msgspec.structs.replace(
            bare_document(self.data),
            mentions=mentions,
            entities=[Entity(id=key, type=label) for key, label in types.items()],
            events=events,
            quotes=quotes,
        )
        return completed(in_order(document))

    def _named(self, region: Region, ids: _Ids) -> Mention:
        answer = (region.answers.get(Controls.entity["entities"]) or [""])[0]
        mention = Mention(
            id=ids.of(region),
            start=region.start,
            end=region.end,
            type=region.label,
            entity=answer if answer in self.known else answer.strip() or None,
        )
        form = region.private.get("form")
        return mention if form is None else msgspec.structs.replace(mention, form=form)

    def _new(self, region: Region, ids: _Ids) -> Mention:
        entity = _answer(region, Controls.entity[self.kind])
        return Mention(
            id=ids.of(region),
            start=region.start,
            end=region.end,
            type=(region.answers.get(Controls.type[self.kind]) or [self.known.get(entity or "", "THG")])[0],
            form=NEW_LABELS[region.label],
            entity=entity,
        )

    def _mention(self, region: str) -> str | None:
        mention = self.own.get(region) or self.context.get(region)
        return None if mention is None else mention.id

    def _event(self, region: Region) -> Event:
        arguments: list[Argument] = []
        for role, target in self.parts.get(region.id, []):
            if (mention := self._mention(target)) is not None:
                arguments.append(Argument(role=role, mention=mention))
            elif target in self.event_ids:
                arguments.append(Argument(role=role, event=self.event_ids.of(self.regions[target])))
        return Event(
            id=self.event_ids.of(region),
            start=region.start,
            end=region.end,
            type=region.label,
            realis=_answer(region, Controls.realis),
            polarity=_answer(region, Controls.polarity),
            arguments=arguments,
        )

    def _quote(self, region: Region) -> Quote:
        parts: dict[str, list[Span]] = {"cont": [Span(start=region.start, end=region.end)], "cue": []}
        source = None
        for label, target in self.parts.get(region.id, []):
            end = self.regions.get(target)
            if label == "source":
                source = source or self._mention(target)
            elif end is not None and (label, end.label) in {("cont", "PART"), ("cue", "CUE")}:
                parts[label].append(Span(start=end.start, end=end.end))
        return Quote(
            id=self.quote_ids.of(region),
            type=_answer(region, Controls.quote_type),
            content=_by_place(parts["cont"]),
            cue=_by_place(parts["cue"]),
            source=source,
        )

    def _spoken(self, quote: Quote, region: Region, entity_of: dict[str, str | None]) -> Quote:
        answer = _answer(region, Controls.speaker)
        if answer is None:
            speaker = entity_of.get(quote.source) if quote.source is not None else None
        else:
            speaker = None if answer == self.data.get("nobody", NOBODY) else answer
        return msgspec.structs.replace(quote, speaker=speaker)
