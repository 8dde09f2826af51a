"""The written articles measured beside real news: the figures the gate holds them to, over the whole corpus."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import NamedTuple

from warta.corpus.articles import written_articles
from warta.corpus.cards import read_card
from warta.corpus.figures import markdown_table
from warta.corpus.layout import Layout
from warta.corpus.measures import Bound, load_bounds, measure

BETWEEN = "between the quartiles"
KINDS = {"native": "written, native", "translated": "written, translated"}


class Measured(NamedTuple):
    """A measure of one kind of written articles: its median over them and the quantiles of its real reference."""

    kind: str
    name: str
    articles: int
    median: float
    bound: Bound

    @property
    def within(self) -> str:
        """Say where the median lies among real articles: between their quartiles, their 5th and 95th percentile, or outside."""
        if self.bound.p25 <= self.median <= self.bound.p75:
            return BETWEEN
        return "within p5 to p95" if self.bound.p5 <= self.median <= self.bound.p95 else "OUTSIDE"


def profile(layout: Layout) -> list[Measured]:
    """Return every measure of native and of translated written articles, in the order of the bounds file."""
    bounds = load_bounds(layout.articles / "news_bounds.json")
    values: dict[str, list[dict[str, float | None]]] = {kind: [] for kind in KINDS}
    for article in written_articles(layout.articles):
        card = read_card(layout.articles / "cards" / f"{article.id}.yaml")
        values[card.reference].append(dict(measure(article.text or "")))
    found = []
    for kind, rows in values.items():
        for name, bound in bounds[kind].items():
            known = [value for row in rows if (value := row[name]) is not None]
            if known:
                found.append(Measured(kind, name, len(known), statistics.median(known), bound))
    return found


def profile_table(measured: Sequence[Measured]) -> str:
    """Return the table of all measures, the median of written articles beside the quantiles of real ones."""
    rows = [
        [
            KINDS[row.kind], row.name, row.articles, f"{row.median:.3g}",
            f"{row.bound.p25:.3g} to {row.bound.p75:.3g}", f"{row.bound.p5:.3g} to {row.bound.p95:.3g}",
            row.bound.reference, row.within,
        ]
        for row in measured
    ]  # fmt: skip
    heads = ["articles", "measure", "number", "median", "real: quartiles", "real: p5 to p95", "reference", "where"]
    return markdown_table(heads, rows)


def count_outside(measured: Sequence[Measured]) -> str:
    """Return one sentence on how many medians lie between the quartiles of real articles."""
    between = sum(row.within == BETWEEN for row in measured)
    rest = ", ".join(f"{row.name} ({row.kind}, {row.median:.3g})" for row in measured if row.within != BETWEEN)
    return f"{between} of {len(measured)} medians lie between the quartiles of real articles" + (
        f"; not so: {rest}." if rest else "."
    )
