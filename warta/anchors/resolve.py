"""From anchors to offsets.

Rules. An anchor is looked for in one paragraph (line) of the text, or in the whole text when no paragraph
is given. Its span is what stands between ``«`` and ``»``; without guillemets the whole anchor is the span
and must then begin and end at word edges. The anchor with its context must occur exactly once. ``[...]``
inside the span stands for any text: the part before it must occur once in the paragraph, the part after it
once in the rest of the paragraph, or else in the first later paragraph that has it.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from warta.document import Document, Entity, Event, Mention, Quote, Span, completed

GAP = re.compile(r"\s*\[(?:\.\.\.|…)\]\s*")
OPEN, CLOSE = "«", "»"


class AnchorFault(NamedTuple):
    """An anchor that is missing or ambiguous, or an item that refers to nothing."""

    where: str
    problem: str


class Anchor(NamedTuple):
    """The words of a span with their context and the number of the paragraph (from 1; 0: whole text)."""

    words: str
    paragraph: int = 0


class Anchored(msgspec.Struct, kw_only=True):
    """A document whose items carry an :class:`Anchor` in place of offsets (``at``; lists for quotes)."""

    id: str
    mentions: list[dict[str, Any]] = []
    entities: list[dict[str, Any]] = []
    events: list[dict[str, Any]] = []
    quotes: list[dict[str, Any]] = []


class _NotFound(Exception):
    """The words of an anchor are missing or ambiguous; the message says which."""


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` offsets of the lines of a text."""
    spans, start = [], 0
    for line in text.split("\n"):
        spans.append((start, start + len(line)))
        start += len(line) + 1
    return spans


def _split(words: str) -> tuple[str, str, str]:
    """Return ``(context before, span, context after)`` of an anchor's words."""
    if OPEN not in words and CLOSE not in words:
        return "", words, ""
    before, _, rest = words.partition(OPEN)
    span, closed, after = rest.partition(CLOSE)
    if not closed or not span or OPEN in span or CLOSE in after:
        raise _NotFound("guillemets must stand once, as «span»")
    return before, span, after


def _places(text: str, words: str, start: int, end: int, *, word_edges: bool) -> list[int]:
    """Return where ``words`` occur in ``text[start:end]``, overlapping occurrences included."""
    found, at = [], text.find(words, start, end)
    while at >= 0:
        stop = at + len(words)
        inside_word = word_edges and (
            (at > 0 and text[at - 1].isalnum() and text[at].isalnum())
            or (stop < len(text) and text[stop - 1].isalnum() and text[stop].isalnum())
        )
        if not inside_word:
            found.append(at)
        at = text.find(words, at + 1, end)
    return found


def _one(text: str, words: str, start: int, end: int, *, word_edges: bool) -> int:
    found = _places(text, words, start, end, word_edges=word_edges)
    if len(found) == 1:
        return found[0]
    raise _NotFound(f"{words!r} occurs {len(found)} times" if found else f"{words!r} is not there")


def _tail(text: str, words: str, start: int, end: int) -> int:
    """Find the end of a span with a gap: the only ``words`` in the paragraph's rest, else in a later one."""
    found = _places(text, words, start, end, word_edges=False)
    if not found:
        for first, last in paragraphs(text):
            if first >= end and (found := _places(text, words, first, last, word_edges=False)):
                break
    if len(found) == 1:
        return found[0]
    raise _NotFound(
        f"after the gap {words!r} occurs {len(found)} times" if found else f"after the gap {words!r} is not there"
    )


def find(text: str, anchor: Anchor) -> tuple[int, int]:
    """Return the ``(start, end)`` offsets of an anchor; raise with the reason when it has no one place."""
    lines = paragraphs(text)
    if anchor.paragraph > len(lines):
        raise _NotFound(f"paragraph {anchor.paragraph} of {len(lines)}")
    start, end = lines[anchor.paragraph - 1] if anchor.paragraph else (0, len(text))
    before, span, after = _split(anchor.words)
    marked = OPEN in anchor.words
    gap = GAP.search(span)
    if gap is None:
        at = _one(text, before + span + after, start, end, word_edges=not marked) + len(before)
        return at, at + len(span)
    head, tail = span[: gap.start()], span[gap.end() :]
    if not head or not tail:
        raise _NotFound("a gap needs words on both sides")
    first = _one(text, before + head, start, end, word_edges=False) + len(before)
    return first, _tail(text, tail + after, first + len(head), end) + len(tail)


class _Resolver:
    """Resolves the anchors of one document and collects what fails."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.faults: list[AnchorFault] = []

    def span(self, at: Any, where: str) -> Span | None:
        try:
            anchor = (
                Anchor(**at) if isinstance(at, dict) else Anchor(*at) if isinstance(at, (list, tuple)) else Anchor(at)
            )
            start, end = find(self.text, anchor)
        except (_NotFound, TypeError, AttributeError) as error:
            self.faults.append(AnchorFault(where, str(error)))
            return None
        return Span(start=start, end=end)

    def spans(self, anchors: list[Any], where: str) -> list[Span]:
        return [span for at in anchors if (span := self.span(at, where)) is not None]

    def record(self, form: type[Any], item: dict[str, Any], where: str) -> Any:
        try:
            return msgspec.convert(item, form)
        except msgspec.ValidationError as error:
            self.faults.append(AnchorFault(where, str(error)))
            return None


def resolve(anchored: Anchored, text: str) -> tuple[Document, list[AnchorFault]]:
    """Return the document with offsets and the anchors that failed (their items are left out)."""
    resolver = _Resolver(text)
    document = Document(id=anchored.id, text=text)
    for kind, form, target in (("mentions", Mention, document.mentions), ("events", Event, document.events)):
        for item in getattr(anchored, kind):
            where = f"{kind} {item.get('id', '?')}"
            span = resolver.span(item.get("at", ""), where)
            fields = {k: v for k, v in item.items() if k != "at"}
            if span and (made := resolver.record(form, {**fields, "start": span.start, "end": span.end}, where)):
                target.append(made)
    for item in anchored.quotes:
        where = f"quotes {item.get('id', '?')}"
        parts = {part: resolver.spans(item.get(part) or [], f"{where} {part}") for part in ("content", "cue")}
        made = resolver.record(Quote, {**item, "content": [], "cue": []}, where)
        if made and parts["content"]:
            document.quotes.append(msgspec.structs.replace(made, **parts))
        elif made:
            resolver.faults.append(AnchorFault(where, "no content"))
    document.entities = _entities(anchored, document.mentions, resolver)
    return completed(document), resolver.faults


def _entities(anchored: Anchored, mentions: list[Mention], resolver: _Resolver) -> list[Entity]:
    """Return the declared entities, and those that only mentions name, typed by their first mention."""
    entities: dict[str, Entity] = {}
    for item in anchored.entities:
        made = resolver.record(Entity, item, f"entities {item.get('id', '?')}")
        if made:
            entities[made.id] = made
    for mention in sorted(mentions, key=lambda m: (m.form == "role" or m.type == "ROL", m.start, m.end)):
        if mention.entity is not None and mention.entity not in entities:
            entities[mention.entity] = Entity(id=mention.entity, type=mention.type)
    return list(entities.values())
