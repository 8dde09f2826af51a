"""``warta link``: join texts into the linked articles."""

from __future__ import annotations

import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

import click

from warta.corpus.layout import Layout, find_layout
from warta.corpus.linked import NTREX_BASE, NTREX_FILES, link
from warta.corpus.tables import read_table
from warta.files import FileFault, read_documents, write_objects


@click.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option(
    "--download", is_flag=True, help="Fetch the licensed set from its repository at the pinned commit instead."
)
@click.option(
    "--input", "-i", "source", metavar="FILE", help="Documents to link. [default: the release's linked articles]"
)
@click.option(
    "--data", metavar="PATH", default=".", help="The checkout of the corpus. [default: found upward from here]"
)
@click.option("--output", "-o", default="-", metavar="FILE", help="Where the documents go. [default: standard output]")
def command(folder: Path | None, download: bool, source: str | None, data: str, output: str) -> None:
    """Join the texts under FOLDER into the linked articles and check their hashes.

    FOLDER holds the two files of the licensed set and single articles as text files, at any depth. What could not
    be found is told, line by line; exit status 1 then, and the documents found are written all the same.

    Example: warta link ~/NTREX -o linked.jsonl
    """
    if download == (folder is not None):
        raise click.UsageError("give a FOLDER with the texts, or --download")
    documents = list(read_documents(source)) if source else list(read_table(_linked(find_layout(data))))
    if download:
        with tempfile.TemporaryDirectory() as fetched:
            _fetch(Path(fetched))
            linked, missing = link(documents, Path(fetched))
    elif folder is not None and folder.is_dir():
        linked, missing = link(documents, folder)
    else:
        raise FileFault(f"{folder}: no such folder")
    for row in missing:
        click.echo(f"{row.id}: {row.why}", err=True)
    write_objects(output, linked)
    click.echo(f"{len(linked) - len(missing)} of {len(linked)} documents have their text", err=True)
    sys.exit(1 if missing else 0)


def _linked(layout: Layout) -> Path:
    return layout.parquet("linked")


def _fetch(folder: Path) -> None:
    """Download the files of the licensed set at the pinned commit."""
    for name, path in NTREX_FILES.items():
        url = f"{NTREX_BASE}/{path}"
        try:
            with urllib.request.urlopen(url, timeout=60) as answer:
                (folder / name).write_bytes(answer.read())
        except (urllib.error.URLError, TimeoutError) as error:
            raise FileFault(f"{url}: cannot be fetched: {getattr(error, 'reason', error)}") from error
