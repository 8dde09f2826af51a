"""The profile of the written articles, and that the plots shown are of the data shipped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from warta.corpus.layout import Layout
from warta.corpus.measures import Bound
from warta.corpus.profile import Measured, profile

TOP = Path(__file__).parents[2]


@pytest.mark.parametrize(("median", "where"), [(5, "between the quartiles"), (2, "within p5 to p95"), (11, "OUTSIDE")])
def test_where_a_median_lies(median, where):
    assert Measured("native", "tokens", 3, median, Bound("x", 1, 4, 5, 6, 9)).within == where


def test_both_kinds_of_written_articles_are_measured():
    assert {row.kind for row in profile(Layout(TOP))} == {"native", "translated"}


def test_the_plots_are_of_the_data_that_is_shipped():
    sys.path.insert(0, str(TOP / "scripts"))
    try:
        from figures import drawn_from, sources
    finally:
        sys.path.remove(str(TOP / "scripts"))
    for name, data in sources(Layout(TOP)).items():
        plot = (TOP / "data" / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        assert f"drawn from {drawn_from(data)}<" in plot, f"{name}.svg is stale; run scripts/figures.py"
