#!/usr/bin/env python3
"""Build the release from data/gold: Parquet, README's YAML and figures, statistics, checksums."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from warta.corpus.build import GoldFaults
from warta.corpus.layout import Layout
from warta.corpus.release import make
from warta.files import FileFault


@click.command()
@click.option(
    "--top", type=click.Path(path_type=Path), default=Path(__file__).resolve().parents[1], help="The checkout to build."
)
def main(top: Path) -> None:
    """Build the release of a checkout. Exit status 1 when gold does not pass validation, with every finding."""
    layout = Layout(top)
    try:
        make(layout, lambda line: click.echo(line, err=True))
    except GoldFaults as faults:
        for finding in faults.findings:
            click.echo(str(finding), err=True)
        click.echo(str(faults), err=True)
        sys.exit(1)
    except FileFault as fault:
        click.echo(str(fault), err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
