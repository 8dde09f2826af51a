"""Laying out a card's quotes and subject matter as an ordered list of lines with their obligations."""

from __future__ import annotations

import random
from dataclasses import dataclass

from warta.corpus.card import Line, Quote


@dataclass
class Layout:
    """What the lines are made of: token budget, wording of headline, opening and ending, blocks of subject matter."""

    tokens: int
    headline: str
    opening: str
    ending: str
    ends_on_quote: bool
    dateline: str
    blocks: list[str]
    quotes: list[Quote]


def quote_cost(quote: Quote) -> int:
    """Return about how many tokens a quote takes with its reporting clause."""
    clause = len(quote.written.split()) + 3
    if quote.type == "direct":
        return round(1.17 * (quote.words or 0)) + clause + 3
    return 18 + clause if quote.type == "indirect" else 22 + clause


def describe(quote: Quote) -> str:
    """Return the obligation of a quote in one line."""
    head = f"{quote.id} {quote.type}, {quote.speaker}: "
    if quote.type == "indirect":
        return head + f"no quotation marks; clause `{quote.written}` + a clause as content"
    if quote.type == "mixed":
        return head + f"clause `{quote.written}` + indirect content in which 2-6 words stand in quotation marks"
    parts = [f"{quote.words} words in {quote.sentences} sentence{'s' if quote.sentences != 1 else ''}"]
    if quote.split:
        parts.append(f'split: "first part," {quote.written}. "second part."')
    elif quote.place == "before the quote":
        parts.append(f'{quote.written[0].upper()}{quote.written[1:]} "...": the clause stands BEFORE the quote')
    else:
        parts.append(f'"...," {quote.written}')
    parts += [f"says again what {quote.echo} said"] if quote.echo else []
    parts += [f"filler `{quote.filler}`"] if quote.filler else []
    parts += ["may be memorable"] if quote.quotable else []
    return head + "; ".join(parts) + (f"; {quote.note}" if quote.note else "")


def trim(quotes: list[Quote], tokens: int) -> list[Quote]:
    """Drop quotes and cut words until at least a fifth of the article is left for its own telling."""
    kept = list(quotes)

    def room() -> float:
        return tokens - 48 - sum(quote_cost(q) for q in kept) - max(40, 0.2 * tokens)

    while room() < 0:
        long = [q for q in kept if q.type == "direct" and (q.words or 0) > 34]
        if long:
            longest = max(long, key=lambda q: q.words or 0)
            longest.words = (longest.words or 0) - 4
            continue
        # A speaker's only or first quote carries the name, so the last of those that are not goes.
        spare = [
            q for i, q in enumerate(kept) if any(p.speaker == q.speaker for p in kept[:i]) and q.source != "title_name"
        ]
        spare = [q for q in spare if q is not kept[-1]]
        spare = [q for q in spare if not any(p.echo == q.id for p in kept)] or spare
        if not spare:
            break
        kept.remove(spare[len(spare) // 2])
    ids = {quote.id: f"Q{i}" for i, quote in enumerate(kept, 1)}
    for quote in kept:
        quote.id, quote.echo = ids[quote.id], ids.get(quote.echo or "")
    return kept


def _groups(quotes: list[Quote], rng: random.Random) -> list[list[Quote]]:
    """Return the quotes grouped into lines: an echo shares the line of its quote one time in four."""
    groups: list[list[Quote]] = []
    for quote in quotes:
        if quote.echo and groups and groups[-1][-1].id == quote.echo and rng.random() < 0.25:
            groups[-1].append(quote)
        else:
            groups.append([quote])
    return groups


def _interleave(groups: list[list[Quote]], blocks: list[str], *, ends_on_quote: bool) -> list[list[Quote] | str]:
    """Return groups and blocks in one order: the first quotes right after the lead, the drawn kind of ending last."""
    order: list[list[Quote] | str] = list(groups)
    if not ends_on_quote and blocks:
        order.append(blocks[-1])
        blocks = blocks[:-1]
    first = next((i for i, group in enumerate(groups) if group[-1].type == "direct"), 0)
    low, high = min(first + 1, len(groups)), max(1, len(groups) - 1)
    for k, block in enumerate(blocks):
        spot = low + round((high - low) * (k + 0.5) / len(blocks)) + k if high > low else low + k
        # A block never comes between an echo and its quote.
        while 0 < spot < len(order) and isinstance(order[spot], list) and order[spot][0].echo:  # type: ignore[union-attr]
            spot += 1
        order.insert(min(spot, len(order) if not ends_on_quote else len(order) - 1), block)
    return order


def lay_out(layout: Layout, rng: random.Random) -> list[Line]:
    """Return the lines of the article; their tokens add up to about ``layout.tokens``."""
    groups = _groups(layout.quotes, rng)
    costs = sum(quote_cost(q) for q in layout.quotes)
    dateline = 2 + len(layout.dateline.split()) if layout.dateline else 0
    lead = rng.randint(28, 40) + dateline
    rest = max(30, layout.tokens - 10 - lead - costs)
    count = min(len(layout.blocks), max(1, round(rest / 38)))
    share = rest / count
    order = _interleave(groups, list(layout.blocks[:count]), ends_on_quote=layout.ends_on_quote)
    start = f"begins exactly `{layout.dateline}`; " if layout.dateline else ""
    lines = [
        Line(line=1, tokens=10, has=[f"headline: {layout.headline}"]),
        Line(line=2, tokens=lead, has=[f"{start}opening: {layout.opening}"]),
    ]
    for item in order:
        if isinstance(item, list):
            lines.append(Line(line=0, tokens=sum(map(quote_cost, item)), has=[describe(q) for q in item]))
            continue
        pieces = 2 if share > 58 else 1
        for piece in range(pieces):
            what = f"own telling: {item}" + (" (continued)" if piece else "")
            lines.append(Line(line=0, tokens=round(share / pieces * rng.uniform(0.85, 1.15)), has=[what]))
    lines[-1].has.append(f"ending: {layout.ending}")
    for number, line in enumerate(lines, 1):
        line.line = number
    return lines
