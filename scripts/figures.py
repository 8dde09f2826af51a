#!/usr/bin/env python3
"""Draw the plots that data/README.md shows, from data/statistics.json and the written articles."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import click
import msgspec

from warta.corpus.layout import Layout
from warta.corpus.profile import profile
from warta.files import write_text
from warta.report.figures import PANELS, beside_news, counts

TOP = Path(__file__).resolve().parents[1]
COLUMNS = {"labels": 2, "forms": 3}


def drawn_from(value: Any) -> str:
    """Return the mark of the data a plot shows; the plot carries it, so that a stale one is found."""
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()[:16]


def sources(layout: Layout) -> dict[str, Any]:
    """Return the data of every plot by its name."""
    origins = msgspec.json.decode((layout.top / "data" / "statistics.json").read_bytes())["origins"]
    shown = {
        name: {origin: {key: group[key] for key in panels} for origin, group in origins.items()}
        for name, panels in PANELS.items()
    }
    return {**shown, "profile": profile(layout)}


@click.command()
def main() -> None:
    """Draw data/figures/*.svg; each carries the mark of the data it was drawn from."""
    layout = Layout(TOP)
    for name, data in sources(layout).items():
        plot = beside_news(data) if name == "profile" else counts(data, PANELS[name], COLUMNS[name])
        mark = f"<desc>drawn from {drawn_from(data)}</desc>"
        head, _, rest = plot.partition(">")
        write_text(TOP / "data" / "figures" / f"{name}.svg", f"{head}>\n {mark}{rest}")


if __name__ == "__main__":
    main()
