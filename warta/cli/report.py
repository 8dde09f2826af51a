"""``warta report``: one offline page that shows what to fix."""

from __future__ import annotations

from pathlib import Path

import click

from warta.cli.score import options, refuse, scored
from warta.corpus.gold import FileFindings, open_gold
from warta.files import read_documents, seekable, write_text
from warta.scoring.given import cut
from warta.scoring.slices import SLICES


@click.command()
@click.argument("predictions", nargs=-1, required=True)
@options
@click.option(
    "--by",
    multiple=True,
    type=click.Choice(sorted(SLICES)),
    help="Slices to show. [default: those that need no training data]",
)
@click.option("--texts", metavar="FILE", help="Gold with texts, for linked articles (from warta link).")
@click.option("--output", "-o", required=True, metavar="FILE.html", help="Where the page goes.")
def command(
    predictions: tuple[str, ...], gold: str, data: str, layers: tuple[str, ...], given: str | None,
    by: tuple[str, ...], texts: str | None, output: str,
) -> None:  # fmt: skip
    """Write a page on PREDICTIONS: scores with intervals, faults by class, confusions, and gold beside system in the text.

    Example: warta report predictions.jsonl --gold test -o report.html
    """
    from warta.report import render_report
    from warta.report.page import Scored

    slices = by or tuple(name for name in SLICES if name != "seen")
    systems = []
    try:
        documents = list(open_gold(texts or gold, data).documents())
    except FileFindings as faults:
        refuse(faults.findings)
    for path in predictions:
        with seekable(path) as file:
            report = scored(path, gold, data, layers, given, slices, keep_rows=True, file=file)
            said = {d.id: d for d in read_documents(file)}
        if given:
            said = {d.id: cut(d, said[d.id], given)[1] for d in documents if d.id in said}
        systems.append(Scored(Path(path).name, report, said))
    write_text(output, render_report(documents, systems))
    click.echo(f"{output}: {len(documents)} documents, {len(systems)} systems", err=True)
