"""``warta validate``: check document files against form and scheme."""

from __future__ import annotations

import sys
from collections import Counter

import click

from warta.schema import load_schema
from warta.validate import CHECKS, Level, check_file


@click.command()
@click.argument("files", nargs=-1, required=True)
@click.option(
    "--max-per-check", default=0, metavar="N", help="Show at most N findings of a check, 0 for all. [default: 0]"
)
@click.option("--ignore", multiple=True, metavar="CHECK", help="Leave out a check, e.g. --ignore cue-not-listed.")
@click.option(
    "--system", is_flag=True, help="The files are a system's: departures from the scheme are told, not counted."
)
@click.option("--list", "listing", is_flag=True, help="List the checks with their levels and leave.", is_eager=True, expose_value=False,
              callback=lambda ctx, _, wanted: _list_checks(ctx) if wanted else None)  # fmt: skip
def command(files: tuple[str, ...], max_per_check: int, ignore: tuple[str, ...], system: bool) -> None:
    """Check FILES (JSON Lines in the document form; - is standard input) and print every finding in a line.

    Exit status 0: nothing found; 1: findings.

    Example: warta validate data/gold/*.jsonl
    """
    unknown = set(ignore) - set(CHECKS)
    if unknown:
        raise click.UsageError(f"no such check: {', '.join(sorted(unknown))} (warta validate --list names them)")
    schema = load_schema()
    counts: Counter[str] = Counter()
    documents = 0
    for path in files:
        for _, findings in check_file(path, schema):
            documents += 1
            for finding in findings:
                if finding.check in ignore:
                    continue
                counts[finding.check] += 1
                if not max_per_check or counts[finding.check] <= max_per_check:
                    click.echo(str(finding))
    wrong = sum(n for check, n in counts.items() if not (system and CHECKS[check][0] == Level.SCHEME))
    shown = ", ".join(f"{check} {n}" for check, n in sorted(counts.items()))
    click.echo(f"{documents} documents, {sum(counts.values())} findings{': ' + shown if shown else ''}", err=True)
    sys.exit(1 if wrong else 0)


def _list_checks(ctx: click.Context) -> None:
    for check, (level, text) in CHECKS.items():
        click.echo(f"{level.name.lower():<10} {check:<24} {text}")
    ctx.exit()
