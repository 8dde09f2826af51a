"""From offsets to anchors: a document in line notation, with just enough context for every span."""

from __future__ import annotations

from collections.abc import Iterable

from warta.anchors.resolve import CLOSE, OPEN, Anchor, _NotFound, find, paragraphs
from warta.document import Document, Event, Mention, Quote, Span, form_of, quote_spans

LONG = 60


def numbered(text: str) -> str:
    """Return the text with ``P1``, ``P2`` ... before its paragraphs, as annotators read it."""
    return "\n".join(f"P{i} {line}" for i, line in enumerate(text.split("\n"), 1))


def _resolves(text: str, words: str, paragraph: int, span: Span) -> bool:
    try:
        return find(text, Anchor(words, paragraph)) == (span.start, span.end)
    except _NotFound:
        return False


def paragraph_of(text: str, offset: int) -> int:
    """Return the number, from 1, of the paragraph that holds an offset."""
    return text.count("\n", 0, offset) + 1


def anchor_words(text: str, span: Span, paragraph: int) -> str:
    """Return the shortest anchor of the kinds we write that resolves to the span in its paragraph.

    Long spans get a gap; context grows a word at a time on both sides until the anchor is unique.
    """
    words = text[span.start : span.end]
    start, end = paragraphs(text)[paragraph - 1]
    if (len(words) > LONG or "\n" in words) and (gapped := _gapped(text, span, paragraph)):
        return gapped
    if _resolves(text, words, paragraph, span):
        return words
    left, right = span.start, span.end
    while left > start or right < end:
        left = max(start, _word_left(text, left, start))
        right = min(end, _word_right(text, right, end))
        one_side = [(left, span.end), (span.start, right)]
        if not text[span.start - 1 : span.start].isalnum():  # inside a word its beginning is the natural context
            one_side.reverse()
        for a, b in (*one_side, (left, right)):
            candidate = f"{text[a : span.start]}{OPEN}{words}{CLOSE}{text[span.end : b]}"
            if _resolves(text, candidate, paragraph, span):
                return candidate
    return f"{text[start : span.start]}{OPEN}{words}{CLOSE}{text[span.end : end]}"


def _gapped(text: str, span: Span, paragraph: int) -> str | None:
    """Return ``first words [...] last words`` of a long span, or None where no such anchor is unique."""
    line_end = text.find("\n", span.start, span.end)
    first_end = span.end if line_end < 0 else line_end
    last_start = max(span.start, text.rfind("\n", span.start, span.end) + 1)
    for size in (20, 30, 45, 70):
        head_end = min(_word_right(text, span.start + size, first_end), first_end)
        tail_start = max(_word_left(text, span.end - size, last_start), last_start)
        if head_end >= tail_start:
            return None
        candidate = f"{text[span.start : head_end].strip()} [...] {text[tail_start : span.end].strip()}"
        if _resolves(text, candidate, paragraph, span):
            return candidate
    return None


def _word_left(text: str, at: int, bound: int) -> int:
    at -= 1
    while at > bound and not text[at - 1].isspace():
        at -= 1
    return at


def _word_right(text: str, at: int, bound: int) -> int:
    at += 1
    while at < bound and not text[at].isspace():
        at += 1
    return at


def mention_line(text: str, mention: Mention, paragraph: int) -> str:
    """Return a mention in line notation."""
    form = form_of(mention)
    shown = f"{form} " if form in ("nominal", "pronoun") else ""
    entity = f" {mention.entity}" if mention.entity else ""
    return f"{mention.id} {shown}{mention.type}{entity} | {anchor_words(text, Span(start=mention.start, end=mention.end), paragraph)}"


def event_line(text: str, event: Event, paragraph: int) -> str:
    """Return an event in line notation."""
    words = anchor_words(text, Span(start=event.start, end=event.end), paragraph)
    arguments = " ".join(f"{a.role}={a.mention or a.event}" for a in event.arguments)
    head = f"{event.id} {event.type} {event.realis or '-'} {event.polarity or '-'} | {words}"
    return f"{head} | {arguments}" if arguments else head


def quote_line(text: str, quote: Quote, paragraph: int) -> str:
    """Return a quote in line notation; parts in other paragraphs name theirs (``content@3``)."""
    source = f" source={quote.source}" if quote.source else ""
    speaker = f" speaker={quote.speaker}" if quote.speaker else ""
    parts = []
    for kind, span in quote_spans(quote):
        home = paragraph_of(text, span.start)
        at = "" if home == paragraph else f"@{home}"
        parts.append(f"{kind}{at} {anchor_words(text, span, home)}")
    return " | ".join([f"{quote.id} {quote.type or '-'}{source}{speaker}", *parts])


def _grouped(lines: Iterable[tuple[int, str]]) -> list[str]:
    shown: list[str] = []
    last = 0
    for paragraph, line in lines:
        if paragraph != last:
            shown.append(f"P{paragraph}")
            last = paragraph
        shown.append(line)
    return shown


def render(document: Document) -> str:
    """Return a document with text in line notation, items in the order of the text."""
    text = document.text
    if text is None:
        raise ValueError(f"document {document.id} has no text to anchor in")
    mentions = sorted(document.mentions, key=lambda m: (m.start, -m.end))
    events = sorted(document.events, key=lambda e: (e.start, -e.end))
    out = [f"document {document.id}", "mentions"]
    out += _grouped((p := paragraph_of(text, m.start), mention_line(text, m, p)) for m in mentions)
    out.append("quotes")
    quotes = sorted(document.quotes, key=lambda q: (min(s.start for s in q.content), -max(s.end for s in q.content)))
    out += _grouped((p := paragraph_of(text, q.content[0].start), quote_line(text, q, p)) for q in quotes)
    out.append("events")
    out += _grouped((p := paragraph_of(text, e.start), event_line(text, e, p)) for e in events)
    return "\n".join(out) + "\n"
