"""Counts over the corpus, by origin: what the README and the datasheet say in figures."""

from __future__ import annotations

import statistics as stats
from collections import Counter
from collections.abc import Iterable
from typing import Any

from warta.document import Document, Mention, Quote, form_of


def chains(document: Document) -> list[int]:
    """Return for every claimed event the length of its chain: how many quotes hold its trigger."""
    lengths = []
    for event in document.events:
        holders = sum(any(s.start <= event.start and event.end <= s.end for s in q.content) for q in document.quotes)
        if holders:
            lengths.append(holders)
    return lengths


def depth(quote: Quote, quotes: list[Quote]) -> int:
    """Return how many quotes hold this one, itself included: 1 for a quote inside no other."""
    return 1 + sum(
        other is not quote
        and all(any(o.start <= s.start and s.end <= o.end for o in other.content) for s in quote.content)
        and [(s.start, s.end) for s in other.content] != [(s.start, s.end) for s in quote.content]
        for other in quotes
    )


def source_form(quote: Quote, mentions: dict[str | None, Mention]) -> str:
    """Return the form of a quote's source: name, role, nominal, clitic, pronoun or none.

    A clitic is a pronoun that begins where a cue of its quote ends (``ujar|nya``), which needs no text.
    """
    if quote.source is None:
        return "none"
    mention = mentions[quote.source]
    form = form_of(mention)
    return "clitic" if form == "pronoun" and any(cue.end == mention.start for cue in quote.cue) else form


def describe(documents: Iterable[Document]) -> dict[str, Any]:
    """Return the counts of one group of documents, all keys sorted, shares left to the reader."""
    counters: dict[str, Counter[str]] = {
        name: Counter()
        for name in ("mention_types", "mention_forms", "event_types", "roles", "realis", "polarity", "quote_types",
                     "source_forms", "quote_depth", "chain_length", "genres")
    }  # fmt: skip
    totals: Counter[str] = Counter()
    chars: list[int] = []
    for document in documents:
        totals["documents"] += 1
        chars.append((document.meta.chars if document.meta else None) or len(document.text or ""))
        if document.meta and document.meta.genre:
            counters["genres"][document.meta.genre] += 1
        _count_mentions(document, counters, totals)
        _count_acts(document, counters, totals)
    totals["characters"] = sum(chars)
    return {
        "totals": dict(sorted(totals.items())),
        "chars_median": int(stats.median(chars)) if chars else 0,
        **{name: dict(sorted(counter.items())) for name, counter in counters.items()},
    }


def _count_mentions(document: Document, counters: dict[str, Counter[str]], totals: Counter[str]) -> None:
    totals["mentions"] += len(document.mentions)
    totals["entities"] += len(document.entities)
    spans = [(m.start, m.end) for m in document.mentions]
    for mention in document.mentions:
        form = form_of(mention)
        counters["mention_types"][mention.type] += 1
        counters["mention_forms"][form] += 1
        totals["mentions_name_value_role"] += form in ("name", "value", "role")
        totals["nested_mentions"] += any(
            a <= mention.start and mention.end <= b and (a, b) != (mention.start, mention.end) for a, b in spans
        )


def _count_acts(document: Document, counters: dict[str, Counter[str]], totals: Counter[str]) -> None:
    mentions: dict[str | None, Mention] = {m.id: m for m in document.mentions}
    totals["events"] += len(document.events)
    totals["quotes"] += len(document.quotes)
    for event in document.events:
        counters["event_types"][event.type] += 1
        counters["realis"][event.realis or "none"] += 1
        counters["polarity"][event.polarity or "none"] += 1
        counters["roles"].update(a.role for a in event.arguments)
        totals["arguments"] += len(event.arguments)
        totals["arguments_event"] += sum(a.event is not None for a in event.arguments)
    for quote in document.quotes:
        form = source_form(quote, mentions)
        level = depth(quote, document.quotes)
        counters["quote_types"][quote.type or "none"] += 1
        counters["source_forms"][form] += 1
        counters["quote_depth"][str(level)] += 1
        totals["quotes_nested"] += level > 1
        totals["quotes_discontinuous"] += len(quote.content) > 1
        totals["quotes_indirect_or_mixed"] += quote.type in ("indirect", "mixed")
        totals["quotes_clitic_source"] += form == "clitic"
    lengths = chains(document)
    totals["claims"] += len(lengths)
    counters["chain_length"].update(str(n) for n in lengths)
