"""``warta convert``: from and to the formats of other tools."""

from __future__ import annotations

import sys

import click

from warta.corpus.gold import FileFindings, open_gold
from warta.document import Document
from warta.files import STDIN, FileFault
from warta.interchange import FORMATS, convert, new_context
from warta.schema import Crosswalk, Schema, load_crosswalks, load_schema

SOURCES = [name for name, form in FORMATS.items() if form.reader]
TARGETS = [name for name, form in FORMATS.items() if form.writer]


@click.command()
@click.argument("file", default=STDIN)
@click.option("--from", "source", required=True, type=click.Choice(SOURCES), help="Format of FILE.")
@click.option(
    "--to", "form", default="documents", show_default=True, type=click.Choice(TARGETS), help="Format to write."
)
@click.option(
    "--documents",
    "-d",
    metavar="FILE|SPLIT",
    help="Documents with their texts: a document file or a split of the release.",
)
@click.option(
    "--data", default=".", metavar="PATH", help="The checkout of the corpus. [default: found upward from here]"
)
@click.option("--crosswalk", metavar="NAME", help="Label set of the other side: a name in schema/crosswalks.yaml.")
@click.option(
    "--output",
    "-o",
    default=STDIN,
    metavar="OUT",
    help="Where the result goes; a folder for brat. [default: standard output]",
)
def command(
    file: str, source: str, form: str, documents: str | None, data: str, crosswalk: str | None, output: str
) -> None:
    """Convert FILE (for brat a folder; - is standard input) from one format to another.

    What the other format cannot hold is left out and counted on standard error, as are labels for which the crosswalk has
    nothing. Exit status 2, and nothing written, when the input has faults; every fault is told in a line.

    Example: warta convert pipeline.json --from hf --documents test --crosswalk idner -o predictions.jsonl
    """
    schema = load_schema()
    walk = _crosswalk(crosswalk, source, form)
    if source == "brat" and file == STDIN:
        raise click.UsageError("brat is read from a folder; name it")
    if form == "brat" and output == STDIN:
        raise click.UsageError("brat is written to a folder; name it with -o")
    context = new_context(schema, walk, _known(documents, data, schema), documents or "")
    try:
        count = convert(file, source, form, output, context)
    except OSError as error:
        raise FileFault(f"{error.filename or file}: {error.strerror}") from error
    faults = context.ledger.fault_lines()
    for line in faults or context.ledger.note_lines():
        click.echo(line, err=True)
    if faults:
        click.echo(f"{len(faults)} faults; nothing was written", err=True)
        sys.exit(2)
    click.echo(f"{count} documents", err=True)


def _crosswalk(name: str | None, source: str, form: str) -> Crosswalk | None:
    """Return a crosswalk by name; wrong use where there is none, or where both formats have the corpus's own labels."""
    if name is None:
        return None
    known = load_crosswalks()
    if name not in known:
        raise click.UsageError(f"no crosswalk {name!r}; allowed: {', '.join(known)}")
    if FORMATS[source].own and FORMATS[form].own:
        raise click.UsageError(f"--crosswalk has nothing to do: {source} and {form} have the corpus's own labels")
    return known[name]


def _known(documents: str | None, data: str, schema: Schema) -> list[Document]:
    if documents is None:
        return []
    try:
        return list(open_gold(documents, data, schema).documents())
    except FileFindings as found:
        for finding in found.findings:
            click.echo(str(finding), err=True)
        click.echo(f"{len(found.findings)} faults; nothing was written", err=True)
        sys.exit(2)
