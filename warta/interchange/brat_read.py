"""brat stand-off as documents; the convention is in :mod:`warta.interchange.brat`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span, form_of
from warta.files import FileFault
from warta.interchange import brat
from warta.interchange.brat_lines import Act, Bound, Said, Standoff, parse
from warta.interchange.flat import Place, place, without_value_entities
from warta.interchange.json_items import read_text
from warta.interchange.ledger import Context

PARTS = (brat.CONTENT, brat.CUE)


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of a folder, at any depth, or of one .ann file; ids are the file names.

    A .txt file without .ann file is a document without annotation. Without .txt file the text must be known.
    """
    top = Path(path)
    if not top.is_dir() and top.suffix != ".ann":
        raise FileFault(f"{path}: no such folder or .ann file; brat stand-off is a folder of .txt and .ann files")
    files = (
        sorted({p.with_suffix(".ann") for p in top.rglob("*") if p.suffix in (".ann", ".txt")})
        if top.is_dir()
        else [top]
    )
    if not files:
        raise FileFault(f"{path}: no .ann or .txt file in it")
    documents: dict[str, Document] = {}
    for file in files:
        document = _file(file, context)
        if document is not None and document.id in documents:
            context.ledger.fault(str(file), f"document {document.id!r} again", "an id that stands once")
        elif document is not None:
            documents[document.id] = document
    return list(documents.values())


def _file(path: Path, context: Context) -> Document | None:
    name = brat.decoded(path.stem)
    data = (read_text(str(path), context.ledger) or "") if path.is_file() else ""
    standoff = parse(str(path), data, context.ledger)
    beside = path.with_suffix(".txt")
    text = read_text(str(beside), context.ledger) if beside.is_file() else None
    if text is None:
        known = context.texts.known.get(name)
        text = None if known is None else known.text
    if text is None:
        context.ledger.fault(str(path), "no text", f"{beside.name} beside it, or known documents with texts")
        return None
    text = _counted(text, standoff.bounds.values())
    for bound in standoff.bounds.values():
        if not _fits(bound, text):
            _misfit(bound, text, str(path), context)
    found = place(context, name, text, str(path))
    return None if found is None else _Reader(standoff, found, text, str(path), context).read()


def _fits(bound: Bound, text: str) -> bool:
    """Say whether the words of a T line are those of the text; fragments are joined by a space, or by nothing in old files."""
    spans = [text[start:end] for start, end in bound.parts]
    if any(end > len(text) for _, end in bound.parts):
        return False
    words = " ".join(bound.words.split())
    return words in (" ".join(" ".join(spans).split()), " ".join("".join(spans).split()))


def _counted(text: str, bounds: Iterable[Bound]) -> str:
    """Return the text as the offsets count it: as it is, or with line ends of one character, where only that fits the words."""
    single = text.replace("\r\n", "\n")
    bounds = list(bounds)
    if single != text and not all(_fits(b, text) for b in bounds) and all(_fits(b, single) for b in bounds):
        return single
    return text


def _misfit(bound: Bound, text: str, path: str, context: Context) -> None:
    shown = ";".join(f"{a} {b}" for a, b in bound.parts)
    there = " ".join(text[a:b] for a, b in bound.parts)
    allowed = f"offsets that count code points, up to {len(text)}"
    context.ledger.fault(
        f"{path}:{bound.line}", f"words {bound.words[:40]!r} at {shown}, where the text has {there[:40]!r}", allowed
    )


class _Reader:
    """Reads the lines of one document."""

    def __init__(self, standoff: Standoff, found: Place, text: str, path: str, context: Context) -> None:
        self.standoff, self.place, self.text, self.path, self.context = standoff, found, text, path, context
        self.ledger = context.ledger
        self.types = brat.brat_types(context.schema)
        self.said: dict[tuple[str, str], Said] = {(s.target, s.name): s for s in standoff.attributes}
        self.own = {n.target: brat.decoded(n.value) for n in standoff.notes if n.name == brat.ID_NOTE}
        self.triggers = {act.trigger for act in standoff.acts.values()}
        self.mentions: dict[str, Mention] = {}
        self.event_ids: dict[str, str] = {}

    def read(self) -> Document:
        for key, bound in self.standoff.bounds.items():
            if key not in self.triggers and bound.type not in PARTS and bound.type not in self.types:
                self._mention(key, bound)
        entities = self._entity_ids()
        for key, mention in self.mentions.items():
            mention.entity = entities.get(key)
        linked = without_value_entities(self.mentions.values(), self.ledger)
        self.mentions = dict(zip(self.mentions, linked, strict=True))
        acts = dict(self.standoff.acts)
        alone = {k: b for k, b in self.standoff.bounds.items() if k not in self.triggers and b.type in self.types}
        acts |= {key: Act(bound.line, bound.type, key, []) for key, bound in alone.items()}
        events = self._events({key: act for key, act in acts.items() if act.type != brat.QUOTE})
        quotes = [q for key, act in acts.items() if act.type == brat.QUOTE and (q := self._quote(key, act, entities))]
        self._count_others()
        return msgspec.structs.replace(
            self.place.document,
            mentions=list(self.mentions.values()),
            entities=self._entities(quotes),
            events=events,
            quotes=quotes,
        )

    def _where(self, line: int) -> str:
        return f"{self.path}:{line}"

    def _spans(self, bound: Bound) -> list[Span]:
        joined = (self.place.span(a, b) for a, b in brat.joined(self.text, bound.parts))
        return [Span(start=span[0], end=span[1]) for span in joined if span is not None]

    def _span(self, bound: Bound, kind: str) -> Span | None:
        spans = self._spans(bound)
        if len(spans) > 1:
            self.ledger.left[f"discontinuous {kind}"] += 1
        return spans[0] if len(spans) == 1 else None

    def _value(self, key: str, name: str, allowed: Iterable[str]) -> str | None:
        said = self.said.get((key, name))
        if said is None:
            return None
        if said.value not in allowed:
            self.ledger.unknown_label(name, said.value, self._where(said.line), allowed)
            return None
        return said.value

    def _mention(self, key: str, bound: Bound) -> None:
        label = self.context.reading.get(bound.type, self._where(bound.line))
        span = self._span(bound, "mentions") if label is not None else None
        if span is not None and label is not None:
            self.mentions[key] = Mention(
                id=self.own.get(key, key),
                start=span.start,
                end=span.end,
                type=label,
                form=self._value(key, brat.FORM, self.context.schema.forms),
            )

    def _entity_ids(self) -> dict[str, str]:
        """Return ``{T or E id: entity id}``: by normalisations, then by what is equivalent to something that has one."""
        found = {said.target: self._resource(said) for said in reversed(self.standoff.references)}
        relations = [tie for tie in self.standoff.relations if tie.type.lower().startswith("coref")]
        new = 0
        for tie in (*self.standoff.equivalents, *relations):
            known = list(dict.fromkeys(found[member] for member in tie.members if member in found))
            if not known:
                new += 1
                while f"equiv{new}" in found.values():
                    new += 1
                known = [f"equiv{new}"]
            elif len(known) > 1:
                # Relations chain mentions: what two chains have in common makes them one.
                kept = known[0]
                found = {key: kept if entity in known and tie in relations else entity for key, entity in found.items()}
            for member in tie.members:
                found.setdefault(member, known[0])
        return found

    def _resource(self, said: Said) -> str:
        return brat.decoded(said.value) if said.name == brat.RESOURCE else f"{said.name}:{said.value}"

    def _entities(self, quotes: list[Quote]) -> list[Entity]:
        types: dict[str, str] = {}
        allowed = self.context.reading.table if self.context.crosswalk else self.context.schema.entity_types
        for (key, name), said in self.said.items():
            entity = self.mentions[key].entity if key in self.mentions else self._speaker(key)
            if name == brat.ENTITY_TYPE and entity is not None and (label := self._value(key, name, allowed)):
                ours = self.context.reading.get(label, self._where(said.line))
                if ours is not None:
                    types[entity] = ours
        for mention in sorted(self.mentions.values(), key=lambda m: form_of(m) == "role"):
            if mention.entity is not None:
                types.setdefault(mention.entity, mention.type)
        for quote in quotes:
            if quote.speaker is not None:
                types.setdefault(quote.speaker, "PER")
        return [Entity(id=key, type=label) for key, label in types.items()]

    def _speaker(self, key: str) -> str | None:
        return next((self._resource(said) for said in self.standoff.references if said.target == key), None)

    def _events(self, acts: dict[str, Act]) -> list[Event]:
        made: dict[str, Event] = {}
        for key, act in acts.items():
            kind = self.types.get(act.type)
            if kind is None:
                self.ledger.unknown_label(
                    "event type", act.type, self._where(act.line), [*self.context.schema.event_types, brat.QUOTE]
                )
                continue
            span = self._span(self.standoff.bounds[act.trigger], "triggers")
            if span is None:
                continue
            realis = self._value(key, brat.REALIS, self.context.schema.realis)
            polarity = self._value(key, brat.POLARITY, self.context.schema.polarity)
            made[key] = Event(
                id=self.own.get(key, key), start=span.start, end=span.end, type=kind, realis=realis, polarity=polarity
            )
        for key, event in made.items():
            self.event_ids[key] = event.id or key
            self.event_ids.setdefault(acts[key].trigger, event.id or key)
        for key, event in made.items():
            event.arguments = [
                a for role, target in acts[key].arguments if (a := self._argument(role, target, acts[key].line))
            ]
        self._related(made)
        return list(made.values())

    def _argument(self, role: str, target: str, line: int) -> Argument | None:
        roles = self.context.schema.role_names
        name = role if role in roles else re.sub(r"\d+$", "", role)
        if name not in roles:
            self.ledger.unknown_label("role", role, self._where(line), roles)
            return None
        if target in self.mentions:
            return Argument(role=name, mention=self.mentions[target].id)
        if target in self.event_ids:
            return Argument(role=name, event=self.event_ids[target])
        self.ledger.left["arguments whose filler is left out"] += 1
        return None

    def _related(self, made: dict[str, Event]) -> None:
        """Read relations named like a role, from an event or its trigger to a filler, as arguments."""
        by_id = {event.id: event for event in made.values()}
        for tie in self.standoff.relations:
            event = by_id.get(self.event_ids.get(tie.members[0], "")) if len(tie.members) == 2 else None
            if event is not None and tie.type in self.context.schema.role_names:
                argument = self._argument(tie.type, tie.members[1], tie.line)
                event.arguments += [argument] if argument is not None else []
            elif not tie.type.lower().startswith("coref"):
                self.ledger.left[f"relations {tie.type}"] += 1

    def _quote(self, key: str, act: Act, entities: dict[str, str]) -> Quote | None:
        content = self._spans(self.standoff.bounds[act.trigger])
        cue: list[Span] = []
        source = None
        for role, target in act.arguments:
            name = role.rstrip("0123456789")
            if name in ("content", "cue") and target in self.standoff.bounds:
                (content if name == "content" else cue).extend(self._spans(self.standoff.bounds[target]))
            elif name == "source" and target in self.mentions and source is None:
                source = self.mentions[target].id
            elif name in ("content", "cue", "source"):
                self.ledger.left[f"{name} of quotes left out"] += 1
            else:
                self.ledger.unknown_label("part of a quote", role, self._where(act.line), ("content", "cue", "source"))
        kind = self._value(key, brat.QUOTE_TYPE, self.context.schema.quote_types)
        if not content:
            return None
        return Quote(
            id=self.own.get(key, key), type=kind, content=content, cue=cue, source=source, speaker=entities.get(key)
        )

    def _count_others(self) -> None:
        """Count what the convention has no meaning for."""
        known = {brat.FORM, brat.ENTITY_TYPE, brat.REALIS, brat.POLARITY, brat.QUOTE_TYPE}
        for said in self.standoff.attributes:
            if said.name not in known:
                self.ledger.left[f"attributes {said.name}"] += 1
        for note in self.standoff.notes:
            if note.name != brat.ID_NOTE:
                self.ledger.left[f"notes {note.name}"] += 1
