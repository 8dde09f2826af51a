#!/usr/bin/env python3
"""Agreement between the two annotators of every document, over the annotations that are kept in data/annotations."""

from __future__ import annotations

from pathlib import Path

import click

from warta.agreement.report import Pair, agreement
from warta.corpus.annotations import read_annotations
from warta.corpus.documentation import agreement_table
from warta.corpus.layout import Layout, read_gold
from warta.corpus.linked import link
from warta.files import json_text, write_text

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
    click.echo(json_text(figures) if form == "json" else f"{agreement_table(figures)}\n", nl=False)
    if save:
        write_text(layout.annotations / "agreement.json", json_text(figures))


if __name__ == "__main__":
    main()
