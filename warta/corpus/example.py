"""One annotated paragraph of the corpus, shown in the README with its labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from warta.anchors.resolve import paragraphs
from warta.corpus.figures import markdown_table
from warta.corpus.layout import Layout, read_gold, read_splits
from warta.document import Document, Mention, Quote, form_of, quote_spans

LONGEST = 300


def example(layout: Layout) -> str:
    """Return the paragraph of a training article that has a clitic source and most events with arguments."""
    splits = read_splits(layout)
    training = [d for d in read_gold(layout) if splits.get(d.id) == "train"]
    found = [(-events, d.id, start, end) for d in training for events, start, end in _candidates(d)]
    if not found:
        return ""
    _, name, start, end = min(found)
    return _shown(next(d for d in training if d.id == name), start, end)


def _candidates(document: Document) -> Iterator[tuple[int, int, int]]:
    """Yield ``(events with arguments, start, end)`` of the paragraphs in which a clitic speaks."""
    mentions = {m.id: m for m in document.mentions}
    for start, end in paragraphs(document.text or ""):
        spoken = [q for q in document.quotes if q.cue and q.source and form_of(mentions[q.source]) == "pronoun"]
        if end - start <= LONGEST and any(
            start <= q.content[0].start and mentions[q.source].end <= end for q in spoken
        ):
            yield sum(start <= e.start < end and bool(e.arguments) for e in document.events), start, end


def _shown(document: Document, start: int, end: int) -> str:
    text = document.text or ""
    rows = [[kind, text[a:b], a, b, labels] for kind, a, b, labels in _rows(document, start, end)]
    return f"> {text[start:end]}\n>\n> ({document.id})\n\n" + markdown_table(
        ["", "words", "start", "end", "labels"], rows
    )


def _rows(document: Document, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """Yield the items of a paragraph as ``(kind, start, end, labels)``."""
    text = document.text or ""
    names: dict[str | None, str | None] = {e.id: e.name for e in document.entities}
    spans: dict[str | None, Mention] = {m.id: m for m in document.mentions}

    def inside(items: Iterable[Any]) -> list[Any]:
        return [item for item in items if start <= item.start and item.end <= end]

    for m in inside(document.mentions):
        yield "mention", m.start, m.end, ", ".join(filter(None, [m.type, form_of(m), names.get(m.entity)]))
    for e in inside(document.events):
        fillers = [f"{a.role}: {text[spans[a.mention].start : spans[a.mention].end]}" for a in e.arguments if a.mention]
        yield "event", e.start, e.end, ", ".join([e.type, str(e.realis), str(e.polarity), *fillers])
    for q in document.quotes:
        yield from _quote_rows(q, names, start, end)


def _quote_rows(
    quote: Quote, names: dict[str | None, str | None], start: int, end: int
) -> Iterator[tuple[str, int, int, str]]:
    for part, span in quote_spans(quote):
        if start <= span.start and span.end <= end:
            yield f"quote {part}", span.start, span.end, f"{quote.id}, {quote.type}, speaker {names.get(quote.speaker)}"
