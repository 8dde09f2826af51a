"""Documents as brat stand-off; the convention is in :mod:`warta.interchange.brat`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from warta.document import Document, Event, Mention, Quote, Span, form_of
from warta.files import STDIN, write_text
from warta.interchange import brat
from warta.interchange.ledger import Context, Ledger
from warta.interchange.output import text_of


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write a .txt and an .ann file a document into the folder ``target``, and ``annotation.conf`` for brat itself."""
    if target == STDIN:
        context.ledger.fault("brat", "standard output", "a folder (-o FOLDER)")
        return
    files = {}
    for document in documents:
        text = text_of(document, "brat", context)
        if text is not None:
            name = brat.encoded(document.id)
            files[f"{name}.txt"] = text
            files[f"{name}.ann"] = "".join(f"{line}\n" for line in _Writer(document, text, context.ledger).lines())
    if context.ledger.fault_lines():
        return
    for name, data in {**files, "annotation.conf": brat.configuration(context.schema, documents)}.items():
        write_text(Path(target) / name, data)


class _Numbers:
    """Ids of one kind of line: an item keeps its own where that is one of brat's and free."""

    def __init__(self, kind: str, items: Iterable[str | None]) -> None:
        self.kind, self.next = kind, 0
        self.own = {key for key in items if key is not None and re.fullmatch(rf"{kind}[1-9]\d*", key, re.ASCII)}
        self.given: set[str] = set()

    def new(self, key: str | None = None) -> str:
        """Return the id of the next line, ``key`` itself where it can be."""
        if key is not None and key in self.own and key not in self.given:
            self.given.add(key)
            return key
        self.next += 1
        while f"{self.kind}{self.next}" in self.own:
            self.next += 1
        return f"{self.kind}{self.next}"


class _Writer:
    """Writes the lines of one document."""

    def __init__(self, document: Document, text: str, ledger: Ledger) -> None:
        self.document, self.text, self.ledger = document, text, ledger
        self.bounds = _Numbers("T", (m.id for m in document.mentions))
        self.acts = _Numbers("E", [*(e.id for e in document.events), *(q.id for q in document.quotes)])
        self.counts: dict[str, int] = {}
        self.out: list[str] = []
        self.mentions: dict[str, str] = {}
        self.events: dict[str, str] = {}
        self.names = {entity.id: entity.name for entity in document.entities}

    def lines(self) -> list[str]:
        members: dict[str, list[str]] = {}
        for mention in self.document.mentions:
            key = self._mention(mention)
            if key is not None and mention.entity is not None:
                members.setdefault(mention.entity, []).append(key)
        self._entities(members)
        self._events()
        for quote in self.document.quotes:
            self._quote(quote, members)
        return self.out

    def _numbered(self, kind: str, data: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        self.out.append(f"{kind}{self.counts[kind]}\t{data}")

    def _bound(self, label: str, span: Span, kind: str, own: str | None = None) -> str | None:
        """Write a T line and return its id; null for a span of nothing but line breaks, which brat cannot hold."""
        parts = brat.fragments(self.text, span.start, span.end)
        if not parts:
            self.ledger.left[f"{kind} of line breaks alone"] += 1
            return None
        if (parts[0][0], parts[-1][1]) != (span.start, span.end):
            self.ledger.changed[f"{kind} without line breaks at their edges"] += 1
        key = self.bounds.new(own)
        places = ";".join(f"{a} {b}" for a, b in parts)
        self.out.append(f"{key}\t{label} {places}\t{' '.join(self.text[a:b] for a, b in parts)}")
        return key

    def _id(self, written: str, own: str | None) -> None:
        if own is not None and own != written:
            self._numbered("#", f"{brat.ID_NOTE} {written}\t{brat.encoded(own)}")

    def _mention(self, mention: Mention) -> str | None:
        key = self._bound(mention.type, Span(start=mention.start, end=mention.end), "mentions", mention.id)
        if key is None:
            return None
        self._id(key, mention.id)
        if mention.id is not None:
            self.mentions[mention.id] = key
        if mention.form is not None and mention.form != form_of(Mention(start=0, end=1, type=mention.type)):
            self._numbered("A", f"{brat.FORM} {key} {mention.form}")
        if mention.entity is not None:
            self._reference(key, mention.entity)
        return key

    def _reference(self, key: str, entity: str) -> None:
        name = " ".join((self.names.get(entity) or "").split())
        self._numbered("N", f"Reference {key} {brat.RESOURCE}:{brat.encoded(entity)}\t{name}")

    def _entities(self, members: dict[str, list[str]]) -> None:
        types: dict[str, str] = {}
        for mention in sorted(self.document.mentions, key=lambda m: form_of(m) == "role"):
            if mention.entity is not None:
                types.setdefault(mention.entity, mention.type)
        for entity in self.document.entities:
            keys = members.get(entity.id)
            if not keys:
                spoken = any(quote.speaker == entity.id for quote in self.document.quotes)
                self.ledger.left["entities without mention"] += not spoken
            elif types[entity.id] != entity.type:
                self._numbered("A", f"{brat.ENTITY_TYPE} {keys[0]} {entity.type}")
        for keys in members.values():
            if len(keys) > 1:
                self.out.append(f"*\tEquiv {' '.join(keys)}")

    def _events(self) -> None:
        written: list[tuple[Event, str, str]] = []
        for event in self.document.events:
            trigger = self._bound(event.type.replace(".", "_"), Span(start=event.start, end=event.end), "triggers")
            if trigger is not None:
                key = self.acts.new(event.id)
                written.append((event, key, trigger))
                if event.id is not None:
                    self.events[event.id] = key
        for event, key, trigger in written:
            self.out.append(f"{key}\t{event.type.replace('.', '_')}:{trigger}{self._arguments(event)}")
            self._id(key, event.id)
            for name, value in ((brat.REALIS, event.realis), (brat.POLARITY, event.polarity)):
                if value is not None:
                    self._numbered("A", f"{name} {key} {value}")

    def _arguments(self, event: Event) -> str:
        pairs = []
        for argument in event.arguments:
            key = (
                self.mentions.get(argument.mention or "") if argument.event is None else self.events.get(argument.event)
            )
            if key is None:
                self.ledger.left["arguments whose filler is left out"] += 1
            else:
                pairs.append((argument.role, key))
        return _numbered_roles(pairs)

    def _quote(self, quote: Quote, members: dict[str, list[str]]) -> None:
        content = [
            key
            for span in quote.content
            if (key := self._bound(brat.QUOTE if span is quote.content[0] else brat.CONTENT, span, "content"))
        ]
        if not content or not brat.fragments(self.text, quote.content[0].start, quote.content[0].end):
            self.ledger.left["quotes whose content is left out"] += 1
            return
        cues = [key for span in quote.cue if (key := self._bound(brat.CUE, span, "cues"))]
        pairs = [("content", key) for key in content[1:]] + [("cue", key) for key in cues]
        if quote.source is not None:
            source = self.mentions.get(quote.source)
            self.ledger.left["sources left out"] += source is None
            pairs += [("source", source)] if source is not None else []
        key = self.acts.new(quote.id)
        self.out.append(f"{key}\t{brat.QUOTE}:{content[0]}{_numbered_roles(pairs)}")
        self._id(key, quote.id)
        if quote.type is not None:
            self._numbered("A", f"{brat.QUOTE_TYPE} {key} {quote.type}")
        if quote.speaker is not None:
            self._reference(key, quote.speaker)
            if quote.speaker not in members:
                types = [entity.type for entity in self.document.entities if entity.id == quote.speaker]
                self._numbered("A", f"{brat.ENTITY_TYPE} {key} {types[0]}")


def _numbered_roles(pairs: list[tuple[str, str]]) -> str:
    """Return `` role:T1 role2:T2``, roles numbered from their second filler on."""
    seen: dict[str, int] = {}
    out = ""
    for role, key in pairs:
        seen[role] = seen.get(role, 0) + 1
        out += f" {role}{seen[role] if seen[role] > 1 else ''}:{key}"
    return out
