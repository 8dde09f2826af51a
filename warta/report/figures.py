"""The plots of the corpus that ``data/README.md`` shows, as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from warta.corpus.profile import Measured
from warta.report.plots import axes_of, svg

WRITTEN, LINKED = "#4c78a8", "#f58518"
PANELS = {
    "labels": {"mention_types": "mention types", "event_types": "event types"},
    "forms": {
        "mention_forms": "forms of mentions", "realis": "realis of events", "quote_types": "quote types",
        "source_forms": "sources of quotes", "quote_depth": "depth of quotes", "chain_length": "length of claim chains",
    },
}  # fmt: skip


def counts(origins: Mapping[str, Mapping[str, Any]], panels: Mapping[str, str], columns: int) -> str:
    """Return horizontal bars of counters, a panel each, written beside linked articles."""
    labels = {key: _by_frequency(origins, key) for key in panels}
    tallest = max(map(len, labels.values()))
    lines = -(-len(panels) // columns)
    figure, grid = axes_of(5.2 * columns, (0.26 * tallest + 0.8) * lines, lines, columns)
    for axes, (key, title) in zip(grid, panels.items(), strict=True):
        places = range(len(labels[key]))
        for shift, (origin, colour) in zip((0.2, -0.2), (("written", WRITTEN), ("linked", LINKED)), strict=True):
            values = [origins[origin][key].get(label, 0) for label in labels[key]]
            axes.barh([place + shift for place in places], values, height=0.4, color=colour, label=origin)
        axes.set_yticks(places, labels[key], fontsize=8)
        axes.set_title(title, fontsize=10)
        axes.legend(fontsize=8, loc="lower right")
    figure.tight_layout()
    return svg(figure)


def _by_frequency(origins: Mapping[str, Mapping[str, Any]], counter: str) -> list[str]:
    total: Counter[str] = Counter()
    for group in origins.values():
        total.update(group[counter])
    return sorted(total, key=lambda label: (total[label], label))


def beside_news(rows: Sequence[Measured]) -> str:
    """Return one line a measure: real articles from p5 to p95 with their quartiles, all drawn to one width, and the written median."""
    figure, (axes,) = axes_of(8, 0.3 * len(rows) + 0.9)
    for place, row in enumerate(reversed(rows)):
        bound = row.bound
        width = (bound.p95 - bound.p5) or 1
        axes.plot((0, 1), (place, place), color="#bbb", linewidth=1.5)
        axes.plot(
            ((bound.p25 - bound.p5) / width, (bound.p75 - bound.p5) / width), (place, place), color="#888", linewidth=6
        )
        axes.plot((row.median - bound.p5) / width, place, "o", color=WRITTEN if row.kind == "native" else LINKED)
    axes.set_yticks(range(len(rows)), [f"{row.name} ({row.kind})" for row in reversed(rows)], fontsize=8)
    axes.set_xticks((0, 1), ("p5 of real news", "p95"))
    axes.set_xlabel("dot: median of the written articles; thick: quartiles of real ones")
    return svg(figure)
