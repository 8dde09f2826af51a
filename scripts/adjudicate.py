#!/usr/bin/env python3
"""Make gold out of two annotations of each document: list the differences, take the answers, write gold and decisions."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import msgspec

from warta.agreement.decisions import Decision, anchor_of, decisions_of
from warta.agreement.items import canonical
from warta.agreement.sheet import Answers, Sheet, adjudicated, make_sheet, read_answers, write_sheet
from warta.corpus.layout import Layout
from warta.corpus.linked import withheld
from warta.document import Document, wordless
from warta.files import read_documents, write_objects, write_text
from warta.schema import load_schema
from warta.validate import check_document


@click.group()
def main() -> None:
    """Adjudicate two annotations of the same documents."""


def _both(first: str, second: str) -> list[tuple[Document, Document]]:
    others = {document.id: document for document in read_documents(second)}
    return [(document, others[document.id]) for document in read_documents(first) if document.id in others]


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
    """Give the decisions the rule and reason of the answer about the same place."""
    given = {}
    for difference in made.differences:
        for side in (difference.first, difference.second):
            if side is not None:
                start, end = (
                    (min(s.start for s in side.content), max(s.end for s in side.content))
                    if difference.kind == "quotes"
                    else (side.start, side.end)
                )
                given[difference.kind, start, end] = answers.reasons.get(difference.number, ("", ""))
    reasoned = []
    for decision in log:
        rule, reason = "", ""
        for side in ("first", "second"):
            item = decision.item(side)
            if item is not None and (found := given.get((decision.layer, *anchor_of(item)))):
                rule, reason = found
                break
        reasoned.append(msgspec.structs.replace(decision, rule=rule, reason=reason))
    return reasoned


if __name__ == "__main__":
    main()
