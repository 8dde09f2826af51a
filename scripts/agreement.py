#!/usr/bin/env python3
"""Agreement between the two annotators of every document, over the annotations that are kept in data/annotations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from warta.agreement.report import Pair, agreement
from warta.cli.tables import count, json_ready, number
from warta.corpus.annotations import read_annotations
from warta.corpus.figures import markdown_table
from warta.corpus.layout import Layout, read_gold
from warta.corpus.linked import link
from warta.files import write_text

TOP = Path(__file__).resolve().parents[1]


def groups(layout: Layout, texts: Path | None) -> dict[str, list[Pair]]:
    """Return the pairs by origin and by batch; texts of written articles are in gold, those of linked ones under ``texts``."""
    gold = list(read_gold(layout))
    if texts is not None:
        gold, _ = link(gold, texts)
    known = {document.id: document for document in gold}
    found: dict[str, list[Pair]] = {}
    for row in read_annotations(layout):
        document = known[row.first.id]
        origin = (document.meta.origin if document.meta else None) or "written"
        pair = Pair(row.first, row.second, document.text)
        for name in (origin, f"{row.batch} ({origin})"):
            found.setdefault(name, []).append(pair)
    return dict(sorted(found.items(), key=lambda item: (item[0].startswith("batch"), item[0])))


def tables(figures: dict[str, dict[str, Any]]) -> str:
    """Return the figures as two Markdown tables: F1 by layer, kappa and alpha by layer."""
    layers = next(iter(figures.values()))["layers"]
    rows = []
    for layer in layers:
        cells = []
        for figure in figures.values():
            value = figure["layers"][layer]
            cells.append(f"{number(value.get('f1', value.get('accuracy')))} ({count(value['items'])})")
        rows.append([layer, *cells])
    out = [
        markdown_table(
            ["F1 or accuracy (items)", *(f"{n}, {f['documents']} articles" for n, f in figures.items())], rows
        )
    ]
    token = {name: figure["tokens"] for name, figure in figures.items() if figure["tokens"]}
    if token:
        rows = [
            [
                layer,
                *(f"{_with_interval(t[layer], 'kappa')}; {_with_interval(t[layer], 'alpha')}" for t in token.values()),
            ]
            for layer in next(iter(token.values()))
        ]
        out.append(markdown_table(["kappa; alpha over tokens [95 %]", *token], rows))
    return "\n\n".join(out) + "\n"


def _with_interval(figure: dict[str, Any], name: str) -> str:
    ends = figure[f"{name}_interval"]
    return number(figure[name]) + (f" [{number(ends[0])}, {number(ends[1])}]" if ends else "")


@click.command()
@click.option(
    "--texts",
    type=click.Path(exists=True, path_type=Path),
    help="Folder with the texts of linked articles, for kappa over their tokens.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option("--save", is_flag=True, help="Write data/annotations/agreement.json, from which the documents are made.")
def main(texts: Path | None, form: str, save: bool) -> None:
    """Print the agreement between both annotators, written and linked articles apart, and by batch."""
    layout = Layout(TOP)
    figures = {name: agreement(pairs) for name, pairs in groups(layout, texts).items()}
    click.echo(json_ready(figures) if form == "json" else tables(figures), nl=False)
    if save:
        write_text(layout.annotations / "agreement.json", json_ready(figures))


if __name__ == "__main__":
    main()
