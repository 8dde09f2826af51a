"""``warta anchor``: from annotations that quote words to the document form."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import msgspec

from warta.anchors import Anchored, AnchorFault, read_notation, resolve
from warta.document import Document
from warta.files import FileFault, opened, raw_lines, read_documents, write_objects
from warta.schema import load_schema
from warta.validate import check_document


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--documents", "-d", required=True, metavar="FILE", help="JSON Lines with the documents and their texts.")
@click.option("--output", "-o", default="-", metavar="FILE", help="Where the documents go. [default: standard output]")
@click.option("--check", is_flag=True, help="Only report; write nothing.")
@click.option("--show", is_flag=True, help="Print the words each item was resolved to.")
def command(files: tuple[str, ...], documents: str, output: str, check: bool, show: bool) -> None:
    """Turn anchored FILES into the document form and report every anchor that is missing or ambiguous.

    FILES are in line notation (any name) or JSON Lines (name.jsonl). Items that cannot be resolved are
    left out of the output. Exit status 0: all resolved and within the scheme; 1: findings.

    Example: warta anchor w-0001.txt -d data/articles/written.jsonl -o annotated.jsonl
    """
    texts = {document.id: document for document in read_documents(documents)}
    schema = load_schema()
    found, resolved = 0, []
    for path in files:
        for anchored, faults in _read(path):
            lines = [f"{path}: {anchored.id}: [anchor] {f.where}: {f.problem}" for f in faults]
            known = texts.get(anchored.id)
            if known is None or known.text is None:
                lines.append(f"{path}: {anchored.id}: [anchor] no text of this document in {documents}")
            else:
                document, missing = resolve(anchored, known.text)
                document.meta = known.meta
                lines += [f"{path}: {anchored.id}: [anchor] {f.where}: {f.problem}" for f in missing]
                lines += [
                    str(f._replace(path=path, document=document.id, where=_named(document, f.where)))
                    for f in check_document(document, schema)
                ]
                resolved.append(document)
                if show:
                    _show(document)
            for line in lines:
                click.echo(line, err=True)
            found += len(lines)
    if not check and not show:
        write_objects(output, resolved)
    click.echo(f"{len(resolved)} documents, {found} findings", err=True)
    sys.exit(1 if found else 0)


def _named(document: Document, where: str) -> str:
    """Add the item's own id to a place such as ``mentions[3]``, which the annotator did not number."""
    kind, bracket, rest = where.partition("[")
    number = rest.split("]")[0]
    if not bracket or not number.isdigit() or not hasattr(document, kind):
        return where
    return f"{where} ({getattr(document, kind)[int(number)].id})"


def _read(path: str) -> Iterator[tuple[Anchored, list[AnchorFault]]]:
    if path.endswith(".jsonl"):
        for number, line in raw_lines(path):
            try:
                yield msgspec.json.decode(line, type=Anchored), []
            except (msgspec.MsgspecError, UnicodeDecodeError) as error:
                raise FileFault(f"{path}:{number}: not an anchored document: {error}") from error
        return
    with opened(path) as stream:
        try:
            anchored, faults = read_notation(stream.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            raise FileFault(f"{path}: not UTF-8 at byte {error.start}") from error
    if not anchored:
        raise FileFault(f"{path}: no document (a file in line notation begins with «document ID»)")
    yield anchored[0], faults
    yield from ((document, []) for document in anchored[1:])


def _show(document: Document) -> None:
    text = document.text or ""
    for mention in document.mentions:
        click.echo(f"{mention.id}\t{mention.form} {mention.type}\t{text[mention.start : mention.end]}")
    for event in document.events:
        click.echo(f"{event.id}\t{event.type}\t{text[event.start : event.end]}")
    for quote in document.quotes:
        for part in ("content", "cue"):
            for span in getattr(quote, part):
                click.echo(f"{quote.id}\t{part}\t{text[span.start : span.end]!r}")
