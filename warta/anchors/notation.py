"""The line notation of the anchored form, quick to type and to read.

::

    document w-0001
    mentions
    P1
    m1 GPE e1 | Jakarta
    m2 DAT | Senin (27/2/2023)
    m3 ROL e2 | Kapolres
    m4 nominal PER e3 | «dua tersangka» itu
    m5 pronoun PER e2 | ujar«nya»
    events
    P1
    v1 justice.arrest actual positive | menangkap | authority=m3 person=m4 time=m2
    quotes
    P2
    q1 direct source=m5 speaker=e2 | content "Kami [...] besok," | cue «ujar»nya

``P1`` says in which paragraph (line of the text, from 1) the anchors below are looked for; ``P0`` is the
whole text; a part of a quote in another paragraph says so itself (``content@3 words``).
A line that begins with ``#`` is a note. Parts are separated by `` | ``. An argument is
``role=id`` with the id of a mention (``m...``) or event (``v...``).
"""

from __future__ import annotations

import re
from typing import Any

from warta.anchors.resolve import Anchored, AnchorFault

SECTIONS = ("mentions", "entities", "events", "quotes")
PARAGRAPH = re.compile(r"P(\d+)$")
PART = re.compile(r"(content|cue)(?:@(\d+))?\s+(\S.*)$")
FORMS = ("name", "value", "role", "nominal", "pronoun")


class _Fault(Exception):
    """A line that cannot be read; the message says why."""


def _mention(parts: list[str], paragraph: int) -> dict[str, Any]:
    head = parts[0].split()
    form = head.pop(1) if len(head) > 1 and head[1] in FORMS else None
    if len(parts) != 2 or not 2 <= len(head) <= 3:
        raise _Fault("a mention is «id [form] TYPE [entity] | words»")
    entity = head[2] if len(head) == 3 and head[2] != "-" else None
    return {"id": head[0], "type": head[1], "form": form, "entity": entity, "at": (parts[1], paragraph)}


def _argument(pair: str) -> dict[str, Any]:
    role, equals, filler = pair.partition("=")
    if not equals or not filler:
        raise _Fault(f"an argument is role=id, not {pair!r}")
    return {"role": role, "event" if filler.startswith("v") else "mention": filler}


def _event(parts: list[str], paragraph: int) -> dict[str, Any]:
    head = parts[0].split()
    if not 2 <= len(parts) <= 3 or len(head) != 4:
        raise _Fault("an event is «id type realis polarity | trigger | role=id ...»")
    arguments = [_argument(pair) for pair in parts[2].split()] if len(parts) == 3 else []
    names = ("id", "type", "realis", "polarity")
    given = (None if word == "-" else word for word in head)
    return {**dict(zip(names, given, strict=True)), "at": (parts[1], paragraph), "arguments": arguments}


def _quote(parts: list[str], paragraph: int) -> dict[str, Any]:
    head = parts[0].split()
    item: dict[str, Any] = {"id": head[0], "type": None, "content": [], "cue": []}
    for word in head[1:]:
        key, equals, value = word.partition("=")
        if equals and key in ("source", "speaker"):
            item[key] = None if value == "-" else value
        elif not equals and item["type"] is None:
            item["type"] = None if word == "-" else word
        else:
            raise _Fault("a quote is «id type [source=m] [speaker=e] | content words | cue words»")
    for part in parts[1:]:
        match = PART.match(part)
        if match is None:
            raise _Fault(f"a part of a quote is «content words» or «cue words», not {part[:40]!r}")
        kind, home, words = match.groups()
        item[kind].append((words.strip(), int(home) if home else paragraph))
    return item


def _entity(parts: list[str], paragraph: int) -> dict[str, Any]:
    head = parts[0].split()
    if len(parts) != 1 or len(head) != 2:
        raise _Fault("an entity is «id TYPE»")
    return {"id": head[0], "type": head[1]}


READERS = {"mentions": _mention, "events": _event, "quotes": _quote, "entities": _entity}


def read_notation(text: str) -> tuple[list[Anchored], list[AnchorFault]]:
    """Read the documents of a file in line notation, and what could not be read (``where``: ``line N``)."""
    documents: list[Anchored] = []
    faults: list[AnchorFault] = []
    section, paragraph = "", 0
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        where = f"line {number}"
        if not line or line.startswith("#"):
            continue
        if line.startswith("document "):
            documents.append(Anchored(id=line.split(None, 1)[1]))
            section, paragraph = "", 0
        elif line in SECTIONS:
            section, paragraph = line, 0
        elif match := PARAGRAPH.match(line):
            paragraph = int(match.group(1))
        elif not documents or not section:
            faults.append(AnchorFault(where, "stands before «document ID» and a section (mentions, events, quotes)"))
        else:
            try:
                getattr(documents[-1], section).append(READERS[section](re.split(r"\s+\|\s+", line), paragraph))
            except _Fault as fault:
                faults.append(AnchorFault(where, str(fault)))
    return documents, faults
