#!/usr/bin/env python3
"""Release a version: check that the tree is consistent, tag it, send it to the hub. Nothing is sent without being asked for."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from warta.corpus.layout import Layout
from warta.corpus.release import git, inconsistencies, notes, tag_of, upload

LAYOUT = Layout(Path(__file__).resolve().parents[1])


@click.group()
@click.option(
    "--top", type=click.Path(exists=True, path_type=Path), help="Another checkout than the one of this script."
)
@click.pass_context
def main(context: click.Context, top: Path | None) -> None:
    """Check, tag and send a release."""
    context.obj = Layout(top) if top is not None else LAYOUT


def refuse(layout: Layout) -> None:
    """Print everything that is inconsistent and leave with status 1."""
    found = inconsistencies(layout)
    for line in found:
        click.echo(line, err=True)
    if found:
        click.echo(f"{len(found)} findings; not released", err=True)
        sys.exit(1)


@main.command()
@click.pass_obj
def check(layout: Layout) -> None:
    """Say whether the tree could be released as it is; exit status 1 and a line a finding when not."""
    refuse(layout)
    click.echo(f"{tag_of(layout)} is consistent")


@main.command()
@click.pass_obj
def tag(layout: Layout) -> None:
    """Check, then make the annotated tag of this version with the changelog's section as its message. Nothing is pushed."""
    refuse(layout)
    name = tag_of(layout)
    if git(layout.top, "tag", "--list", name):
        click.echo(f"{name} is there already")
        return
    git(layout.top, "tag", "--annotate", name, "--cleanup=verbatim", "--message", f"Warta {name}\n\n{notes(layout)}")
    click.echo(f"{name} made; push it with: git push origin {name}")


@main.command()
@click.argument("repository")
@click.option("--endpoint", envvar="HF_ENDPOINT", help="Address of the hub. [default: https://huggingface.co]")
@click.option("--token", envvar="HF_TOKEN", help="Access token. [default: the one of hf auth login]")
@click.pass_obj
def send(layout: Layout, repository: str, endpoint: str | None, token: str | None) -> None:
    """Check, then send the release to a dataset REPOSITORY (owner/name) of the Hugging Face hub as one commit."""
    refuse(layout)
    name = tag_of(layout)
    if not git(layout.top, "tag", "--list", name):
        raise click.ClickException(f"no tag {name}; make it first: scripts/release.py tag")
    try:
        address = upload(layout, repository, endpoint, token)
    except Exception as error:  # whatever HTTP library the hub's client stands on raises its own
        raise click.ClickException(f"{repository} at {endpoint or 'the hub'}: {str(error).splitlines()[0]}") from error
    click.echo(address)


if __name__ == "__main__":
    main()
