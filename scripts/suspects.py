#!/usr/bin/env python3
"""List the places in gold that may be label errors and that nobody has read yet, or file what a reader decided."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from warta.corpus.layout import Layout, read_gold
from warta.corpus.linked import link
from warta.corpus.suspects import CHECKS, read_reviews, suspects, write_reviews

TOP = Path(__file__).resolve().parents[1]
CONTEXT = 60


@click.command()
@click.option("--texts", type=click.Path(exists=True, path_type=Path), help="Folder with the texts of linked articles.")
@click.option("--document", "only", multiple=True, help="Only this document; may be repeated.")
@click.option(
    "--file", "filed", type=click.Path(exists=True, path_type=Path), help="Add the reviews of a file of the same form."
)
def main(texts: Path | None, only: tuple[str, ...], filed: Path | None) -> None:
    """Print a line a suspect that is not in data/annotations/reviewed.tsv; leave with status 1 when there is one.

    Words of the article stand around the place on the terminal and never in the file.
    """
    layout = Layout(TOP)
    path = layout.annotations / "reviewed.tsv"
    reviews = read_reviews(path)
    if filed is not None:
        reviews += read_reviews(filed)
        write_reviews(path, reviews)
    documents = list(read_gold(layout))
    if texts is not None:
        documents, _ = link(documents, texts)
    known = {document.id: document.text or "" for document in documents}
    read = {review.key for review in reviews}
    found = suspects(documents)
    new = [suspect for suspect in found if suspect.key not in read and (not only or suspect.document in only)]
    for suspect in new:
        text, start, end = known[suspect.document], suspect.start, suspect.end
        around = f"{text[max(0, start - CONTEXT) : start]}«{text[start:end]}»{text[end : end + CONTEXT]}"
        click.echo(f"{suspect.check}\t{suspect.document}\t{start}\t{end}\t{suspect.what}\t{' '.join(around.split())}")
    without = sum(not text for text in known.values())
    click.echo(f"{len(found)} suspects, {len(new)} not read; {without} documents without text not looked at", err=True)
    for check, count in sorted(Counter(suspect.check for suspect in new).items()):
        click.echo(f"{count:5} {check}: {CHECKS[check]}", err=True)
    sys.exit(bool(new))


if __name__ == "__main__":
    main()
