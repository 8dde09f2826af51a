#!/usr/bin/env python3
"""Agreement between the two annotators of every document, over the annotations that are kept in data/annotations."""

from __future__ import annotations

from pathlib import Path

import click

from warta.agreement.report import Pair, agreement
from warta.corpus.annotations import read_annotations
from warta.corpus.documentation import agreement_table
from warta.corpus.layout import Layout, read_gold
from warta.corpus.linked import link, origin_of
from warta.files import json_text, read_documents, write_text
from warta.report.agreement import agreement_page, differences

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
        origin = origin_of(document)
        pair = Pair(row.first, row.second, document.text)
        for name in (origin, f"{row.batch} ({origin})"):
            found.setdefault(name, []).append(pair)
    return dict(sorted(found.items(), key=lambda item: (item[0].startswith("batch"), item[0])))


def pulled(files: tuple[Path, Path], texts: Path | None) -> dict[str, list[Pair]]:
    """Return the pairs of two files in the document form, such as ``label_studio.py pull`` writes."""
    sides = [{document.id: document for document in read_documents(path)} for path in files]
    alone = sorted(sides[0].keys() ^ sides[1].keys())
    if alone:
        raise click.ClickException(f"{files[0]} and {files[1]}: only in one of them: {', '.join(alone)}")
    if texts is not None:
        sides = [{document.id: document for document in link(list(side.values()), texts)[0]} for side in sides]
    pairs = [Pair(first, sides[1][name], first.text) for name, first in sorted(sides[0].items())]
    return {f"{files[0].stem}, {files[1].stem}": pairs}


@click.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[FIRST SECOND]")
@click.option(
    "--texts",
    type=click.Path(exists=True, path_type=Path),
    help="Folder with the texts of linked articles, for kappa over their tokens.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    help="Write a page with plots and every difference in its text to this file.",
)
@click.option("--group", help="Which group the page is about: written, linked or a batch. [default: the first]")
@click.option("--save", is_flag=True, help="Write data/annotations/agreement.json, from which the documents are made.")
def main(
    files: tuple[Path, ...], texts: Path | None, form: str, page: Path | None, group: str | None, save: bool
) -> None:
    """Print the agreement between two annotators: of FIRST and SECOND, files in the document form, or of all in data/annotations.

    Written and linked articles are told apart, and batches; the JSON has the differences by kind and the labels confused.
    """
    if len(files) not in (0, 2):
        raise click.UsageError(f"{len(files)} files; allowed: two, or none for data/annotations")
    layout = Layout(TOP)
    pairs = pulled((files[0], files[1]), texts) if files else groups(layout, texts)
    figures = {name: agreement(members) for name, members in pairs.items()}
    if form == "json":
        click.echo(
            json_text({name: {**value, **differences(pairs[name])} for name, value in figures.items()}), nl=False
        )
    else:
        click.echo(f"{agreement_table(figures)}\n", nl=False)
    if page is not None:
        chosen = next((name for name in pairs if group is None or name.startswith(group)), None)
        if chosen is None:
            raise click.BadParameter(f"{group!r}; allowed: {', '.join(pairs)}", param_hint="--group")
        write_text(page, agreement_page(chosen, pairs[chosen], figures[chosen]))
    if save:
        write_text(layout.annotations / "agreement.json", json_text(figures))


if __name__ == "__main__":
    main()
