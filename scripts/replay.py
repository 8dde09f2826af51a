#!/usr/bin/env python3
"""Show that gold comes out of Label Studio: replay all annotators' files and decisions through a real server."""

from __future__ import annotations

import sys
import tempfile
import time
from itertools import groupby
from pathlib import Path

import click

from warta.cli import run
from warta.corpus.annotations import Annotated, read_annotations
from warta.corpus.layout import Layout, read_gold
from warta.corpus.linked import link
from warta.label_studio.replay import replay, temporary_server
from warta.label_studio.store import Store
from warta.label_studio.tasks import Fault
from warta.schema import load_schema

TOP = Path(__file__).resolve().parents[1]


def wanted(layout: Layout, batches: tuple[str, ...]) -> dict[str, list[Annotated]]:
    """Return the annotated documents of the batches asked for, all without any; raise for a batch that is not there."""
    found = {name: list(rows) for name, rows in groupby(read_annotations(layout), key=lambda row: row.batch)}
    if unknown := [name for name in batches if name not in found]:
        raise Fault(f"no batch {', '.join(unknown)} in {layout.annotations}; there are {', '.join(found)}")
    return {name: rows for name, rows in found.items() if not batches or name in batches}


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--texts", type=click.Path(exists=True, file_okay=False, path_type=Path),
              help="Folder with the texts of linked articles; without it as many letters stand in for them.")  # fmt: skip
@click.option("--batch", "batches", multiple=True, metavar="NAME", help="Only this batch; may be repeated.")
@click.option("--keep", type=click.Path(file_okay=False, path_type=Path),
              help="Keep the pulls, as they came and read, under FOLDER/BATCH (new).", metavar="FOLDER")  # fmt: skip
def main(texts: Path | None, batches: tuple[str, ...], keep: Path | None) -> None:
    """Push every annotator's file to a Label Studio server of its own, pull it, decide, and compare with data/gold.

    Prints a line a batch; exit status 1 when anything differs, each difference on a line of standard error.
    """
    layout = Layout(TOP)
    rows = wanted(layout, batches)
    gold = list(read_gold(layout))
    if texts is not None:
        gold, missing = link(gold, texts)
        for document in missing:
            click.echo(f"replay.py: {document.id}: {document.why}; letters stand in for it", err=True)
    elif any(document.text is None for document in gold):
        click.echo("replay.py: the texts of linked articles are not here (--texts FOLDER): as many letters stand in "
                   "for each, so offsets, labels and relations are tried, words are not", err=True)  # fmt: skip
    known = {document.id: document for document in gold}
    schema, differences = load_schema(), 0
    with tempfile.TemporaryDirectory(prefix="warta-replay-") as name:
        folder = Path(name)
        with temporary_server(folder / "server") as server:
            click.echo(f"replay.py: Label Studio {server.version} at {server.url}", err=True)
            for batch, annotated in rows.items():
                begun = time.monotonic()
                where = (keep or folder / "pulls") / batch
                if where.exists():
                    raise Fault(f"{where}: is there already; --keep wants a new folder")
                done = replay(server, Store(where), schema, annotated, known)
                differences += len(done.findings)
                for line in done.findings:
                    click.echo(line, err=True)
                stand_ins = f" ({done.stand_ins} without their words)" if done.stand_ins else ""
                click.echo(
                    f"{batch}: {done.documents} articles{stand_ins}, {done.annotations} annotations pushed and pulled, "
                    f"{done.items} items of both annotators compared; {done.decisions} decisions applied, {done.gold} items "
                    f"of gold compared: {f'{len(done.findings)} DIFFERENCES' if done.findings else 'equal'} "
                    f"[{time.monotonic() - begun:.0f} s]"
                )
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    run(main, "replay.py", Fault)
