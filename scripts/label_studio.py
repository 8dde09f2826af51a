#!/usr/bin/env python3
"""Keep a Label Studio server for the annotators: start it, push documents, pull what they did."""

from __future__ import annotations

import dataclasses
import functools
import os
import sys
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from warta.cli import run
from warta.corpus.layout import Layout
from warta.document import Document
from warta.files import read_documents
from warta.label_studio import configs as label_configs
from warta.label_studio import connection
from warta.label_studio import doctor as label_doctor
from warta.label_studio import server as local
from warta.label_studio.batch import batch_articles
from warta.label_studio.client import Server
from warta.label_studio.configs import LAYERS
from warta.label_studio.connection import DATA_DIR
from warta.label_studio.projects import Place, ensure, projects
from warta.label_studio.pull import fetch, readings, scheme_lines, write_readings
from warta.label_studio.push import Work
from warta.label_studio.push import push as push_documents
from warta.label_studio.store import Store
from warta.label_studio.tasks import Fault
from warta.label_studio.users import add_without_login, invite
from warta.schema import load_schema

TOP = Path(__file__).resolve().parents[1]
# Each article is annotated by two people.
ANNOTATORS = 2
STALE_NAMED = 5
ERRORS = Console(stderr=True, highlight=False)


def progress() -> Progress:
    """Return a progress bar on standard error."""
    return Progress(
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), console=ERRORS
    )


def connect(context: click.Context) -> Server:
    """Connect to the server that the options name, else to the one that the data folder knows."""
    options: dict[str, Any] = context.obj
    return connection.connect(**options, start=called("start", options["data_dir"]))


def called(command: str, data_dir: Path) -> str:
    """Return how to call a command of this script from where the user is."""
    words = [os.path.relpath(sys.executable), os.path.relpath(__file__)]
    words += [] if data_dir == DATA_DIR else ["--data-dir", str(data_dir)]
    return " ".join([*words, command])


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data-dir", type=click.Path(path_type=Path, file_okay=False), default=DATA_DIR, show_default=True,
              envvar="WARTA_LABEL_STUDIO_DATA", help="Folder of the server's database, pulls and backups.")  # fmt: skip
@click.option("--url", envvar="LABEL_STUDIO_URL", help="Address of a server that `start` did not start.")
@click.option("--token", envvar="LABEL_STUDIO_API_KEY", help="Its token, a personal access token or a legacy token.")
@click.pass_context
def main(context: click.Context, data_dir: Path, url: str | None, token: str | None) -> None:
    """Label Studio for the corpus: a project per layer, documents in, annotations out."""
    context.obj = {"data_dir": data_dir, "url": url, "token": token}


@main.command()
@click.option("--port", default=8080, show_default=True, help="Port on 127.0.0.1.")
@click.option("--database", envvar="WARTA_LABEL_STUDIO_DATABASE",
              help="postgresql://user:password@host:port/name instead of SQLite; the database must exist.")  # fmt: skip
@click.pass_obj
def start(options: dict[str, Any], port: int, database: str | None) -> None:
    """Start the server, or say where it runs already."""
    _start(options["data_dir"], port, database)


def _start(data_dir: Path, port: int, database: str | None) -> local.State:
    with ERRORS.status("starting Label Studio (the first start takes up to a minute)"):
        state, new = local.start(data_dir, port, database)
    click.echo(f"{'started' if new else 'already running'}: {state.url}")
    click.echo(f"user: {state.email}   password: {state.password}")
    click.echo(f"stop it with: {called('stop', data_dir)}")
    return state


@main.command()
@click.argument("batch", type=click.Path(path_type=Path))
@click.option("--port", default=8080, show_default=True, help="Port on 127.0.0.1.")
@click.option("--database", envvar="WARTA_LABEL_STUDIO_DATABASE", help="As for `start`.")
@click.option("--texts", type=click.Path(path_type=Path, exists=True), help="Folder with the texts of linked articles.")
@click.option("--overlap", default=ANNOTATORS, show_default=True, help="How many annotators each article is given to.")
@click.pass_context
def annotate(
    context: click.Context, batch: Path, port: int, database: str | None, texts: Path | None, overlap: int
) -> None:
    """Start the server and load the articles of BATCH, without annotation, into a project a layer.

    BATCH is a folder of data/annotations, a folder of .txt files, or a file of documents. Run again, this changes
    nothing that is there: what is missing is added.
    """
    documents = batch_articles(batch, Layout(TOP), texts)
    place = Place(batch.resolve().name.partition(".")[0], "entities")
    state = _start(context.obj["data_dir"], port, database)
    server = Server(state.url, state.token)
    _push_layers(server, documents, place, LAYERS, Work(overlap=overlap), waiting=True)
    click.echo(f"invite annotators with: {called('users EMAIL ...', context.obj['data_dir'])}")


@main.command()
@click.pass_obj
def stop(options: dict[str, Any]) -> None:
    """Stop the server of the data folder."""
    state = local.stop(options["data_dir"])
    if state is None:
        raise Fault(f"{options['data_dir']}: no server of this folder runs")
    click.echo(f"stopped: {state.url}")


@main.command()
@click.option("--batch", help="Only this batch.")
@click.option("--url", "address", help="Address of the server, as the option of the same name before the command.")
@click.pass_context
def doctor(context: click.Context, batch: str | None, address: str | None) -> None:
    """Check server, version, token, configurations, texts, drafts and half-made projects."""
    context.obj["url"] = address or context.obj["url"]
    bad = 0
    for fine, line in label_doctor.examine(connect(context), load_schema(), batch):
        bad += not fine
        click.echo(f"{'ok   ' if fine else 'FAULT'} {line}")
    context.exit(1 if bad else 0)


@main.command()
@click.argument("emails", nargs=-1)
@click.option("--without-login", is_flag=True, help="For replayed work: users who own annotations and cannot log in.")
@click.pass_context
def users(context: click.Context, emails: tuple[str, ...], without_login: bool) -> None:
    """Invite annotators by their e-mail addresses and print their passwords once; without addresses, list users."""
    server = connect(context)
    for email in emails:
        if without_login:
            add_without_login(server, email)
            continue
        password = invite(server, email)
        click.echo(f"{email}: password {password}" if password else f"{email}: is there already")
    if not emails:
        for email in sorted(server.users().values()):
            click.echo(email)


@main.command()
@click.argument("files", nargs=-1, required=True)
@click.option("--batch", default="batch-01", show_default=True, help="Name of the batch, part of the projects' titles.")
@click.option(
    "--layer", "layers", multiple=True, type=click.Choice([*LAYERS, "all"]), default=["all"], show_default=True
)
@click.option("--annotator", help="E-mail address: a project of their own, whose context is their own mentions.")
@click.option("--pre-annotation", metavar="NAME", help="Offer the files' annotation, made by system NAME, to correct.")
@click.option("--as-annotations-of", metavar="EMAIL", help="Push the files' annotation as this user's finished work.")
@click.option("--overlap", default=1, show_default=True, help="How many annotators each task is given to.")
@click.pass_context
def push(
    context: click.Context, files: tuple[str, ...], batch: str, layers: tuple[str, ...], annotator: str | None,
    pre_annotation: str | None, as_annotations_of: str | None, overlap: int,
) -> None:  # fmt: skip
    """Push documents of FILES (JSONL, document form, with text); those that are there already stay as they are.

    Quotes and events start from the mentions in the files. `all` makes the three projects and gives quotes and
    events only documents that have mentions: push them again when entities are annotated and pulled.
    """
    documents = [document for path in files for document in read_documents(path)]
    work = Work(pre_annotation, as_annotations_of, overlap)
    place, every = Place(batch, LAYERS[0], annotator), "all" in layers
    _push_layers(connect(context), documents, place, LAYERS if every else layers, work, waiting=every)


def _push_layers(
    server: Server, documents: list[Document], place: Place, layers: tuple[str, ...], work: Work, *, waiting: bool
) -> None:
    """Push to a project a layer; if ``waiting``, those of quotes and events wait for documents with mentions."""
    schema = load_schema()
    for layer in layers:
        here = dataclasses.replace(place, layer=layer)
        ready = [document for document in documents if document.mentions or layer == "entities" or not waiting]
        if not ready:
            ensure(server, here, schema, overlap=work.overlap)
            click.echo(f"{here.title}: ready; its documents come after entities are annotated")
            continue
        with progress() as bar:
            shown = functools.partial(_show, bar, bar.add_task(here.title, total=len(ready)))
            pushed = push_documents(server, ready, here, schema, work, shown)
        what = f"{pushed.there} documents were there, {pushed.tasks} added, {pushed.annotations} annotations"
        click.echo(f"{here.title}: {what}: {server.url}/projects/{pushed.project.id}/")
        if pushed.stale:
            click.echo(f"{here.title}: {_stale(pushed.stale)}", err=True)


def _stale(ids: list[str]) -> str:
    some = ", ".join(ids[:STALE_NAMED]) + (" ..." if len(ids) > STALE_NAMED else "")
    return (f"{len(ids)} tasks were left as they are although text or mentions of their documents changed since "
            f"({some}); to start them anew, delete them in the browser and push again")  # fmt: skip


def _show(bar: Progress, task: TaskID, done: int) -> None:
    bar.update(task, completed=done)


@main.command()
@click.option("--batch", help="Only this batch.")
@click.option("--full", is_flag=True, help="Everything again, not only what changed since the last pull.")
@click.option("--check/--no-check", default=True, help="Print the validator's findings about complete documents too.")
@click.pass_context
def pull(context: click.Context, batch: str | None, full: bool, check: bool) -> None:
    """Pull what annotators did: raw to pulls/, read to annotations/BATCH/ANNOTATOR/LAYER.jsonl; report findings."""
    schema, server = load_schema(), connect(context)
    store = Store(context.obj["data_dir"])
    found = projects(server, batch)
    if not found:
        raise Fault(f"{server.url}: there are no projects of the corpus; push a batch first")
    with progress() as bar:
        for project in bar.track(found, description="pull"):
            count, path = fetch(server, project, store, full=full)
            ERRORS.print(f"{project.place.title}: {count} tasks to {path}")
    read = readings(store, schema)
    for path in write_readings(store, read, schema):
        click.echo(path)
    lines = [str(finding) for finding in read.findings] + (scheme_lines(read, schema) if check else [])
    for line in lines:
        ERRORS.print(line, soft_wrap=True, markup=False)
    faults = sum(finding.severity == "fault" for finding in read.findings)
    ERRORS.print(f"{faults} faults, {len(lines) - faults} notes and scheme findings")
    context.exit(1 if faults else 0)


@main.command()
@click.option("--to", "folder", type=click.Path(path_type=Path, file_okay=False), help="Default: DATA_DIR/backups.")
@click.pass_context
def backup(context: click.Context, folder: Path | None) -> None:
    """Copy all projects, and the SQLite database of the data folder, to a new folder named by the time."""
    data_dir: Path = context.obj["data_dir"]
    for path in label_doctor.backup(connect(context), folder or data_dir / "backups", data_dir):
        click.echo(path)


@main.command()
def configs() -> None:
    """Write schema/label_studio/*.xml from the schema; no server is needed."""
    for path in label_configs.write_configs(load_schema()):
        click.echo(path)


if __name__ == "__main__":
    run(main, "label_studio.py", Fault)
