"""The anchored form (:mod:`warta.anchors`): line notation, or JSON Lines in files named ``*.jsonl``.

It quotes words, so texts must be known. What is missing or ambiguous is a fault here, and nothing is written;
``warta anchor`` goes on without such items. Written is the line notation, with entities' types; lossless
but for items whose span no anchor can single out (the text has guillemets, say) and forms that do not go with their type,
which are counted, and ids that the notation has no room for, which are made anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from warta.anchors import Anchored, read_notation, render, resolve
from warta.document import Document, Mention, form_of
from warta.files import raw_lines
from warta.interchange.json_items import read_text
from warta.interchange.ledger import Context
from warta.interchange.output import text_of, write_lines
from warta.interchange.relabel import with_mentions

SIMPLE = re.compile(r"[A-Za-z]\w*", re.ASCII)
NOTHING = "-"


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of an anchored file; texts come from the known documents."""
    documents: dict[str, Document] = {}
    for where, anchored in _anchored(path, context):
        known = context.bare(anchored.id, None, where)
        if not context.texts or (known is not None and known.text is None):
            context.ledger.fault(
                where, f"no text of document {anchored.id!r}", "known documents with their texts (--documents)"
            )
        if known is None or known.text is None:
            continue
        if anchored.id in documents:
            context.ledger.fault(where, f"document {anchored.id!r} again", "an id that stands once")
        document, faults = resolve(anchored, known.text)
        for fault in faults:
            context.ledger.fault(
                f"{where}: {fault.where}", fault.problem, "an anchor that stands once in its paragraph"
            )
        documents[anchored.id] = msgspec.structs.replace(document, meta=known.meta)
    return list(documents.values())


def _anchored(path: str, context: Context) -> Iterator[tuple[str, Anchored]]:
    if path.endswith(".jsonl"):
        for number, line in raw_lines(path):
            where = f"{path}:{number}"
            try:
                yield where, _with_nulls(msgspec.json.decode(line, type=Anchored))
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                context.ledger.fault(
                    where, f"no anchored document ({error})", "an object with id, mentions, entities, events, quotes"
                )
        return
    text = read_text(path, context.ledger)
    if text is None:
        return
    found, faults = read_notation(text)
    for fault in faults:
        context.ledger.fault(
            f"{path}:{fault.where.removeprefix('line ')}",
            fault.problem,
            "line notation, as warta.anchors.notation has it",
        )
    if not found and not faults:
        context.ledger.fault(path, "no document", "line notation, which begins with «document ID»")
    for anchored in found:
        yield f"{path}: {anchored.id}", anchored


def _with_nulls(anchored: Anchored) -> Anchored:
    """Read the dash, which stands for a value that is not known, as null, as the line notation does."""

    def cleaned(items: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{key: None if value == NOTHING else value for key, value in item.items()} for item in items]

    return msgspec.structs.replace(anchored, events=cleaned(anchored.events), quotes=cleaned(anchored.quotes))


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write documents with text in line notation (``-``: standard output)."""
    lines: list[str] = []
    for document in documents:
        if text_of(document, "the anchored form", context) is not None:
            lines += [*_lines(document, context), ""]
    write_lines(target, lines, context)


def _lines(document: Document, context: Context) -> list[str]:
    """Return a document in line notation, with what does not resolve to itself taken out."""
    if document.id != " ".join(document.id.split()):
        context.ledger.fault(
            f"document {document.id!r}", "an id with white space of its own", "an id of one line in this format"
        )
        return []
    renamed = with_plain_ids(document)
    assert renamed.text is not None
    odd = sum(
        form_of(m) not in ("nominal", "pronoun", form_of(Mention(start=0, end=1, type=m.type)))
        for m in document.mentions
    )
    context.ledger.changed["mentions whose form now follows from their type"] += odd
    while True:
        entities = [f"{entity.id} {entity.type}" for entity in renamed.entities]
        lines = [*render(renamed).split("\n")[:-1], "entities", *entities]
        found, _ = read_notation("\n".join(lines))
        back, _ = resolve(found[0], renamed.text)
        smaller = _without_lost(renamed, back, context)
        if smaller is None:
            return lines
        renamed = smaller


def _without_lost(document: Document, back: Document, context: Context) -> Document | None:
    """Return the document without the items that did not come back as they were, or null where all did."""
    kept: dict[str, list[Any]] = {}
    for kind, spans in (("mentions", _span_of), ("events", _span_of), ("quotes", _parts_of)):
        there = {item.id: spans(item) for item in getattr(back, kind)}
        kept[kind] = [item for item in getattr(document, kind) if there.get(item.id) == spans(item)]
        context.ledger.left[f"{kind} that no anchor singles out"] += len(getattr(document, kind)) - len(kept[kind])
    if all(len(kept[kind]) == len(getattr(document, kind)) for kind in kept):
        return None
    events = {event.id for event in kept["events"]}
    cut = [
        msgspec.structs.replace(e, arguments=[a for a in e.arguments if a.event is None or a.event in events])
        for e in kept["events"]
    ]
    smaller = msgspec.structs.replace(document, events=cut, quotes=kept["quotes"])
    return with_mentions(smaller, kept["mentions"], document.entities, context.ledger)


def _span_of(item: Any) -> Any:
    return item.start, item.end


def _parts_of(quote: Any) -> Any:
    return [[(span.start, span.end) for span in part] for part in (quote.content, quote.cue)]


def with_plain_ids(document: Document) -> Document:
    """Return the document with ids the notation can hold: a letter, then letters, digits and ``_``; events' begin with ``v``, no others' do."""
    new = {
        kind: _plain(getattr(document, kind), letter)
        for kind, letter in (("mentions", "m"), ("entities", "e"), ("events", "v"), ("quotes", "q"))
    }
    replace = msgspec.structs.replace

    def named(kind: str, key: str | None) -> str | None:
        return None if key is None else new[kind].get(key)

    def own(kind: str) -> list[Any]:
        names = iter(new[kind][""].split())
        return [replace(i, id=next(names) if i.id is None else new[kind][i.id]) for i in getattr(document, kind)]

    mentions: list[Mention] = own("mentions")
    return replace(
        document,
        mentions=[replace(m, entity=named("entities", m.entity)) for m in mentions],
        entities=own("entities"),
        events=[
            replace(
                e,
                arguments=[
                    replace(a, mention=named("mentions", a.mention), event=named("events", a.event))
                    for a in e.arguments
                ],
            )
            for e in own("events")
        ],
        quotes=[
            replace(q, source=named("mentions", q.source), speaker=named("entities", q.speaker)) for q in own("quotes")
        ],
    )


def _plain(items: list[Any], letter: str) -> dict[str, str]:
    """Return ``{id: plain id}``, and under the empty string those for items without id, in order."""
    taken = {item.id for item in items if item.id is not None and _is_plain(item.id, letter)}
    free = (key for n in range(1, 2 * len(items) + 1) if (key := f"{letter}{n}") not in taken)
    names: dict[str, str] = {}
    nameless = []
    for item in items:
        if item.id is None:
            nameless.append(next(free))
        else:
            names[item.id] = item.id if item.id in taken else next(free)
    return {**names, "": " ".join(nameless)}


def _is_plain(key: str, letter: str) -> bool:
    return SIMPLE.fullmatch(key) is not None and (key.startswith("v") == (letter == "v")) and key not in _WORDS


# Words that the notation reads as something else where an id may stand.
_WORDS = frozenset({"mentions", "entities", "events", "quotes", "document"})
