#!/usr/bin/env python3
"""Make gold out of two annotations of each document: list the differences, take the answers, write gold and decisions."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import msgspec

from warta.agreement.decisions import Decision, anchor_of, decisions_of
from warta.agreement.items import canonical
from warta.agreement.provenance import Origin, provenance
from warta.agreement.sheet import Answers, Sheet, adjudicated, make_sheet, read_answers, write_sheet
from warta.cli import run
from warta.corpus.annotations import read_annotations
from warta.corpus.layout import Layout
from warta.corpus.linked import withheld
from warta.document import Document, wordless
from warta.files import read_documents, write_objects, write_text
from warta.label_studio.adjudication import PULLED, pull_answers, push_differences
from warta.label_studio.connection import DATA_DIR, connect
from warta.label_studio.projects import ADJUDICATION, Place, find
from warta.label_studio.pull import fetch
from warta.label_studio.store import Store
from warta.label_studio.tasks import Fault
from warta.schema import load_schema
from warta.validate import check_document

TOP = Path(__file__).resolve().parents[1]


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Adjudicate two annotations of the same documents: on sheets of text, or in Label Studio (push, pull)."""


def _both(first: str, second: str) -> list[tuple[Document, Document]]:
    """Return the pairs of documents that both files have, all with text; the others are told."""
    one, two = ({document.id: document for document in read_documents(path)} for path in (first, second))
    for key in sorted(one.keys() ^ two.keys()):
        click.echo(f"adjudicate.py: document {key} is in one of the files only; left out", err=True)
    pairs = [(one[key], two[key]) for key in one if key in two]
    if bare := [a.id for a, b in pairs if a.text is None]:
        raise Fault(f"{first}: without text: {', '.join(bare)}; link it first (warta link)")
    if other := [a.id for a, b in pairs if b.text not in {None, a.text}]:
        raise Fault(f"{second}: another text than in {first}: {', '.join(other)}")
    return pairs


def _server_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (
        click.option("--token", envvar="LABEL_STUDIO_API_KEY", help="Its token."),
        click.option("--url", envvar="LABEL_STUDIO_URL", help="Address of a server that `label_studio.py start` did not start."),
        click.option("--data-dir", type=click.Path(path_type=Path, file_okay=False), default=DATA_DIR, show_default=True,
                     envvar="WARTA_LABEL_STUDIO_DATA", help="Folder of the server that `label_studio.py start` started."),
        click.option("--batch", required=True, help="Name of the batch, part of the project's title."),
    ):  # fmt: skip
        command = option(command)
    return command


@main.command()
@click.argument("first")
@click.argument("second")
@_server_options
def push(first: str, second: str, batch: str, data_dir: Path, url: str | None, token: str | None) -> None:
    """Push what FIRST and SECOND (document form, with text) differ in to an adjudication project, a task a difference.

    What both have needs no decision: `answer` makes it gold. Differences that are there already stay as they are.
    """
    sheets = [make_sheet(a, b) for a, b in _both(first, second)]
    server = connect(data_dir, url, token)
    pushed = push_differences(server, batch, sheets, load_schema())
    for made in sheets:
        agreed = sum(map(len, made.agreed.values()))
        click.echo(f"{made.aligned.first.id}: {agreed} agreed, {len(made.differences)} differences")
    if pushed.project is None:
        click.echo("no differences: nothing to decide")
    else:
        where = f"{server.url}/projects/{pushed.project.id}/"
        click.echo(f"{pushed.project.place.title}: {pushed.there} were there, {pushed.tasks} added: {where}")


@main.command()
@click.argument("first")
@click.argument("second")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@_server_options
def pull(first: str, second: str, folder: Path, batch: str, data_dir: Path, url: str | None, token: str | None) -> None:
    """Pull the decisions on FIRST and SECOND as FOLDER/ID.answers, which `answer` takes, and raw to FOLDER/pulls.

    A document's answers are written when all its differences are decided. Exit status 1 when some are not.
    """
    sheets = [make_sheet(a, b) for a, b in _both(first, second)]
    server = connect(data_dir, url, token)
    if (project := find(server, Place(batch, ADJUDICATION))) is not None:
        fetch(server, project, Store(folder))
    pulled = pull_answers(server, batch, sheets)
    findings = list(pulled.findings)
    for key, text in pulled.answers.items():
        path = folder / f"{key}.answers"
        if path.is_file() and not path.read_text(encoding="utf-8").startswith(PULLED):
            findings.append(f"{path}: was not written by pull and is left alone; move it to pull its answers")
            continue
        write_text(path, text)
        click.echo(path)
    for line in findings:
        click.echo(line, err=True)
    click.echo(f"{len(pulled.answers)} of {len(sheets)} documents decided, {len(findings)} findings", err=True)
    sys.exit(1 if findings else 0)


@main.command("provenance")
@click.option("--batch", "batches", multiple=True, metavar="NAME", help="Only this batch; may be repeated.")
@click.option("--summary", is_flag=True, help="Counts by who proposed and who decided, not every item.")
@click.option(
    "--data", type=click.Path(exists=True, path_type=Path), default=TOP, help="Another checkout of the corpus."
)
def print_provenance(batches: tuple[str, ...], summary: bool, data: Path) -> None:
    """Print who proposed and who decided every item of gold, as JSON Lines, from the files in data/annotations."""
    rows: list[tuple[str, Origin]] = []
    for row in read_annotations(Layout(data)):
        if not batches or row.batch in batches:
            rows += [(row.batch, origin) for origin in provenance(row.first, row.second, row.decisions)]
    if not rows:
        raise Fault(f"{Layout(data).annotations}: nothing of {', '.join(batches) or 'any batch'}")
    if not summary:
        write_objects("-", [{"batch": batch, **msgspec.to_builtins(origin)} for batch, origin in rows])
        return
    counts = Counter((batch, origin.layer, "+".join(origin.proposed), origin.decided) for batch, origin in rows)
    click.echo("batch\tlayer\tproposed\tdecided\titems")
    for key, count in sorted(counts.items()):
        click.echo("\t".join([*key, str(count)]))


@main.command()
@click.argument("first")
@click.argument("second")
@click.argument("folder", type=click.Path(path_type=Path))
def sheet(first: str, second: str, folder: Path) -> None:
    """Write FOLDER/ID.sheet for every document of FIRST and SECOND (document form, with text)."""
    for a, b in _both(first, second):
        made = make_sheet(a, b)
        write_text(folder / f"{a.id}.sheet", write_sheet(made))
        click.echo(f"{a.id}: {sum(map(len, made.agreed.values()))} agreed, {len(made.differences)} differences")


@main.command()
@click.argument("first")
@click.argument("second")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--only", help="One document id.")
@click.option(
    "--batch",
    type=click.Path(path_type=Path),
    help="Keep both annotations and the decisions in this folder, and add to data/gold.",
)
def answer(first: str, second: str, folder: Path, only: str | None, batch: Path | None) -> None:
    """Apply the answers FOLDER/ID.answers, check the result, and keep it where asked for.

    Exit status 1 when an answer is missing or the result is not within the scheme.
    """
    faults: list[str] = []
    documents: list[Document] = []
    log: list[Decision] = []
    for a, b in _both(first, second):
        if only and a.id != only:
            continue
        path = folder / f"{a.id}.answers"
        if not path.is_file():
            faults.append(f"{path}: no answers")
            continue
        made = make_sheet(a, b)
        answers = read_answers(path.read_text(encoding="utf-8"), made)
        document, missing = adjudicated(made, answers)
        lines = [f"{path}: [{fault.where}] {fault.problem}" for fault in missing]
        lines += [f"{path}: {finding}" for finding in check_document(document, load_schema())]
        faults += lines
        if not lines:
            documents.append(canonical(document))
            log += _reasoned(decisions_of(a, b, documents[-1]), made, answers)
    for line in faults:
        click.echo(line, err=True)
    click.echo(f"{len(documents)} documents adjudicated, {len(faults)} findings", err=True)
    if batch and not faults:
        keep(batch, _both(first, second), log)
        add_gold(Layout(batch.resolve().parents[2]), documents)
    sys.exit(1 if faults else 0)


def keep(batch: Path, annotated: list[tuple[Document, Document]], log: list[Decision]) -> None:
    """Write a batch folder: both annotators' files, without texts and meta, which stand in gold, and the decisions."""
    for name, side in (("first", 0), ("second", 1)):
        write_objects(
            batch / f"{name}.jsonl", [msgspec.structs.replace(wordless(pair[side]), meta=None) for pair in annotated]
        )
    write_objects(batch / "decisions.jsonl", log)


def add_gold(layout: Layout, documents: list[Document]) -> None:
    """Put documents into the gold files, in place of those of the same id, in the order of ids."""
    for origin, path in layout.gold.items():
        known = {d.id: d for d in read_documents(path)} if path.is_file() else {}
        known |= {d.id: withheld(d) for d in documents if d.meta is not None and d.meta.origin == origin}
        if known:
            write_objects(path, [known[name] for name in sorted(known)])


def _reasoned(log: list[Decision], made: Sheet, answers: Answers) -> list[Decision]:
    """Give the decisions the rule, the reason and the decider of the answer about the same place."""
    given: dict[tuple[str, int, int], int] = {}
    for difference in made.differences:
        for side in (difference.first, difference.second):
            if side is not None:
                start, end = (
                    (min(s.start for s in side.content), max(s.end for s in side.content))
                    if difference.kind == "quotes"
                    else (side.start, side.end)
                )
                given[difference.kind, start, end] = difference.number
    reasoned = []
    for decision in log:
        items = (decision.item(side) for side in ("first", "second"))
        places = ((decision.layer, *anchor_of(item)) for item in items if item is not None)
        number = next((given[place] for place in places if place in given), None)
        rule, reason = answers.reasons.get(number, ("", "")) if number is not None else ("", "")
        reasoned.append(msgspec.structs.replace(decision, rule=rule, reason=reason, by=answers.decider(number)))
    return reasoned


if __name__ == "__main__":
    run(main, "adjudicate.py", Fault)
