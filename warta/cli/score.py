"""``warta score``: score a system's predictions against gold."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import click

from warta.corpus.gold import FileFindings, bounds_of, open_gold
from warta.corpus.predictions import Predictions
from warta.files import STDIN, write_text
from warta.schema import load_schema
from warta.scoring import JoinError, ScoreReport, Signature, score
from warta.scoring.given import GIVEN
from warta.scoring.metrics import LAYERS
from warta.scoring.slices import SLICES
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
    by: tuple[str, ...] = (), keep_rows: bool = False,
) -> ScoreReport:  # fmt: skip
    """Return the report on one file of predictions; leave with status 2 and a line a fault when a file cannot be used."""
    schema = load_schema()
    try:
        source = open_gold(gold, data, schema)
    except FileFindings as faults:
        refuse(faults.findings)
    training = open_gold("train", data, schema).documents() if "seen" in by else None
    said = Predictions(predictions, bounds_of(source), schema)
    try:
        report = score(
            source.documents(), said, layers=layers, given=given, by=by, training=training, keep_rows=keep_rows,
            signature=Signature(corpus=source.corpus, digest=source.digest, split=source.name),
        )  # fmt: skip
    except JoinError as error:
        if not said.faults:
            raise click.ClickException(str(error)) from error
    if said.faults:
        refuse(said.faults)
    for check, count in sorted(said.departures.items()):
        click.echo(f"note: {count} x {check}, first: {said.first[check]}", err=True)
    if report.missing:
        click.echo(
            f"warning: {len(report.missing)} gold documents without prediction count as missed: {', '.join(report.missing[:5])}",
            err=True,
        )
    return report


def refuse(findings: Sequence[Finding]) -> NoReturn:
    """Print every fault and leave with status 2."""
    for finding in findings:
        click.echo(str(finding), err=True)
    click.echo(f"{len(findings)} faults; nothing was scored", err=True)
    sys.exit(2)
