"""Numbers in prose: blocks of README.md and other documents that the build writes and the tests check.

A block stands between ``<!-- figures: NAME -->`` and ``<!-- end -->``; everything between is generated, so no
number in these documents is typed by hand.
"""

from __future__ import annotations

import re
from typing import Any

BLOCK = re.compile(r"(<!-- figures: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def names_in(text: str) -> list[str]:
    """Return the names of the blocks of a document, in order."""
    return [match.group("name") for match in BLOCK.finditer(text)]


def filled(text: str, blocks: dict[str, str]) -> str:
    """Return the text with every block replaced; raise :class:`KeyError` for a block nobody generates."""
    return BLOCK.sub(lambda m: f"{m.group(1)}{blocks[m.group('name')].rstrip()}\n{m.group(3)}", text)


def markdown_table(head: list[str], rows: list[list[Any]]) -> str:
    """Return a Markdown table; numbers are right-aligned and grouped in thousands."""
    numeric = [all(isinstance(row[n], int | float) for row in rows) and bool(rows) for n in range(len(head))]
    rule = ["---:" if right else "---" for right in numeric]

    def shown(value: Any) -> str:
        return f"{value:,}" if isinstance(value, int) else f"{value:.3f}" if isinstance(value, float) else str(value)

    lines = [head, rule, *[[shown(value) for value in row] for row in rows]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


TOTALS = {
    "documents": "articles",
    "characters": "characters",
    "mentions": "mentions",
    "mentions_name_value_role": "... names, values and roles",
    "nested_mentions": "... inside another mention",
    "entities": "entities",
    "events": "events",
    "arguments": "arguments",
    "arguments_event": "... filled by another event",
    "quotes": "quotes",
    "quotes_indirect_or_mixed": "... indirect or mixed",
    "quotes_nested": "... inside another quote",
    "quotes_discontinuous": "... of several content spans",
    "quotes_clitic_source": "... spoken by a clitic",
    "claims": "events inside quotes (claims)",
}


def totals_table(groups: dict[str, dict[str, Any]]) -> str:
    """Return the table of totals, a column a group (split or origin)."""
    rows: list[list[Any]] = [
        [label, *(group["totals"].get(key, 0) for group in groups.values())] for key, label in TOTALS.items()
    ]
    return markdown_table(["", *groups], rows)


def labels_table(groups: dict[str, dict[str, Any]], counter: str, name: str) -> str:
    """Return the table of one counter's labels, the commonest first over all groups."""
    labels = {
        label: sum(g[counter].get(label, 0) for g in groups.values()) for g in groups.values() for label in g[counter]
    }
    ordered = sorted(labels, key=lambda label: (-labels[label], label))
    return markdown_table(
        [name, *groups], [[label, *(g[counter].get(label, 0) for g in groups.values())] for label in ordered]
    )
