"""``warta score``: score a system's predictions against gold."""

from __future__ import annotations

import contextlib
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from warta.corpus.gold import is_split, open_gold
from warta.files import STDIN, seekable, write_objects, write_text
from warta.schema import load_schema
from warta.scoring import ScoreReport, Signature
from warta.scoring.given import GIVEN
from warta.scoring.metrics import LAYERS, chosen
from warta.scoring.places import Index, paired
from warta.scoring.score import report_of
from warta.scoring.shares import LOOKED_AT, FilePair, score_files
from warta.scoring.slices import SLICES, Slicer
from warta.validate import Finding

FORMATS = ("table", "json", "md", "html")


def options(function: click.decorators.FC) -> click.decorators.FC:
    """Add the options that say what is scored, shared by the commands that score."""
    for option in reversed((
        click.option("--gold", "-g", default="test", show_default=True, metavar="SPLIT|FILE", help="Split of the release or a document file."),
        click.option("--data", default=".", metavar="PATH", help="The checkout of the corpus. [default: found upward from here]"),
        click.option("--layer", "layers", multiple=True, type=click.Choice(LAYERS), help="Only this layer; may be repeated. [default: all]"),
        click.option("--given", type=click.Choice(sorted(GIVEN)), help="Cut both sides to what hangs on a correct mention, trigger or quote."),
    )):  # fmt: skip
        function = option(function)
    return function


@click.command()
@click.argument("predictions")
@options
@click.option(
    "--by", multiple=True, type=click.Choice(sorted(SLICES)), help="Add scores by this slice; may be repeated."
)
@click.option("--intervals", is_flag=True, help="Add 95 % intervals by resampling documents (10,000 times).")
@click.option("--seed", default=0, show_default=True, help="Seed of the resampling; it stands in the signature.")
@click.option("--types", is_flag=True, help="Show scores by type in the table as well.")
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--output", "-o", default=STDIN, metavar="FILE", help="Where the scores go. [default: standard output]")
def command(
    predictions: str, gold: str, data: str, layers: tuple[str, ...], given: str | None,
    by: tuple[str, ...], intervals: bool, seed: int, types: bool, form: str, output: str,
) -> None:  # fmt: skip
    """Score PREDICTIONS (JSON Lines in the document form; - is standard input) against gold.

    Exit status 2 and no score when a file cannot be used; every fault is told in a line.

    Example: warta score predictions.jsonl --gold test --format json
    """
    from warta.cli.tables import shown

    report = scored(predictions, gold, data, layers, given, by, keep_rows=intervals)
    if intervals:
        report = replace(report, signature=replace(report.signature, seed=seed))
    text = shown(report, form, types, seed if intervals else None)
    if output == STDIN:
        click.echo(text, nl=False)
    else:
        write_text(output, text)


def scored(
    predictions: str, gold: str, data: str, layers: tuple[str, ...] = (), given: str | None = None,
    by: tuple[str, ...] = (), keep_rows: bool = False, file: Path | None = None,
) -> ScoreReport:  # fmt: skip
    """Return the report on one file of predictions; leave with status 2 and a line a fault when a file cannot be used.

    ``file`` is where the predictions can be read, if they are in another place than their name says.
    """
    schema = load_schema()
    slicer = Slicer(by, open_gold("train", data).documents() if "seen" in by else None) if by else None
    wanted = chosen(layers)
    with contextlib.ExitStack() as stack:
        source, path = _gold_file(gold, data, stack)
        system = stack.enter_context(seekable(file or predictions))
        ours = Index(path, digested=source is None)
        files = FilePair(path, system, (gold, predictions), schema, wanted, given, slicer, keep_rows)
        found = score_files(files, paired(ours, Index(system)))
    if found.gold_faults or found.faults:
        refuse([*found.gold_faults, *found.faults])
    for check, count in sorted(found.departures.items()):
        among = f" in the first {LOOKED_AT:,} lines" if found.totals.documents > LOOKED_AT else ""
        click.echo(f"note: {count} x {check}{among}, first: {found.first[check]}", err=True)
    if found.missing:
        click.echo(
            f"warning: {len(found.missing)} gold documents without prediction count as missed: {', '.join(found.missing[:5])}",
            err=True,
        )
    signature = source or Signature(corpus="file", digest=ours.digest, split=Path(gold).name)
    filled = signature.of_run(wanted, given, found.totals.documents)
    return report_of(found.totals, filled, wanted, rows=found.rows if keep_rows else None, missing=found.missing)


def _gold_file(gold: str, data: str, stack: contextlib.ExitStack) -> tuple[Signature | None, Path]:
    """Return a file of the gold documents and, for a split of the release, what the signature says of it."""
    if not is_split(gold):
        return None, stack.enter_context(seekable(gold))
    source = open_gold(gold, data)
    path = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="warta-"))) / f"{gold}.jsonl"
    write_objects(path, source.documents())
    return Signature(corpus=source.corpus, digest=source.digest, split=source.name), path


def refuse(findings: Sequence[Finding]) -> NoReturn:
    """Print every fault and leave with status 2."""
    for finding in findings:
        click.echo(str(finding), err=True)
    click.echo(f"{len(findings)} faults; nothing was scored", err=True)
    sys.exit(2)
