"""Replay of the corpus: the annotators' files through a Label Studio server, the decisions applied, gold again.

A batch becomes the projects that annotators work in: one of entities for both, one of quotes and one of events for
each. Every file is stored as that annotator's annotation, pulled back, joined and held to the file it came
from; what :func:`warta.agreement.decisions.decided` makes of the pulled documents is held to gold.
"""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from warta.agreement.decisions import decided
from warta.agreement.items import LAYERS as ITEM_LAYERS
from warta.agreement.items import items_of
from warta.corpus.annotations import Annotated
from warta.document import Document, completed, wordless
from warta.files import FileFault, read_documents
from warta.label_studio import server as local
from warta.label_studio.batch import bare
from warta.label_studio.client import ONCE, Server
from warta.label_studio.configs import LAYERS
from warta.label_studio.convert import layer_results
from warta.label_studio.projects import Place, projects
from warta.label_studio.pull import fetch, readings, write_readings
from warta.label_studio.push import Work, check, push
from warta.label_studio.read_back import in_order
from warta.label_studio.store import Store
from warta.label_studio.users import add_without_login
from warta.schema import Schema

ANNOTATORS = {"first": "first@warta.example", "second": "second@warta.example"}


@dataclass
class Replayed:
    """What became of a batch: how much went through the server, how many items were compared, and every difference."""

    batch: str
    documents: int
    stand_ins: int = 0
    annotations: int = 0
    items: int = 0
    decisions: int = 0
    gold: int = 0
    findings: list[str] = field(default_factory=list)


@contextlib.contextmanager
def temporary_server(folder: Path) -> Iterator[Server]:
    """Start a server with its data in a folder, on a free port, and stop it at the end."""
    with socket.socket() as probe:
        probe.bind((local.HOST, 0))
        port = int(probe.getsockname()[1])
    try:
        state, _ = local.start(folder, port)
        yield Server(state.url, state.token)
    finally:
        local.stop(folder)


def with_text(document: Document, known: Document) -> Document:
    """Return an annotator's document with gold's text and ``meta``.

    Where the text is away, as many letters stand in for it, without ``meta``, whose hash is not theirs.
    """
    if known.text is not None:
        return msgspec.structs.replace(document, text=known.text, meta=known.meta)
    return msgspec.structs.replace(document, text="x" * ((known.meta and known.meta.chars) or 0), meta=None)


def replay(
    server: Server, store: Store, schema: Schema, rows: Sequence[Annotated], gold: dict[str, Document]
) -> Replayed:
    """Send one batch through a server and compare what comes back; the store must be the batch's own, and empty.

    ``gold`` has the text of every document whose words are at hand. Raises :class:`warta.label_studio.tasks.Fault`
    where a file cannot be pushed.
    """
    batch = rows[0].batch
    result = Replayed(batch, len(rows), stand_ins=sum(gold[row.first.id].text is None for row in rows))
    sent = {name: [with_text(getattr(row, name), gold[row.first.id]) for row in rows] for name in ANNOTATORS}
    _push(server, schema, batch, sent, result)
    for project in projects(server, batch):
        fetch(server, project, store)
    read = readings(store, schema)
    write_readings(store, read, schema)
    result.findings += [f"{batch}: {lint}" for lint in read.findings if lint.severity == "fault"]
    back = {name: _pulled(store, batch, email) for name, email in ANNOTATORS.items()}
    for row in rows:
        key = row.first.id
        if missing := [name for name in ANNOTATORS if key not in back[name]]:
            result.findings += [f"{batch}: {key}: {name}: did not come back" for name in missing]
            continue
        for name in ANNOTATORS:
            result.items += _compare(result, f"{key}: {name}", back[name][key], getattr(row, name))
        result.decisions += len(row.decisions)
        try:
            made = decided(back["first"][key], back["second"][key], row.decisions)
        except FileFault as fault:
            result.findings.append(f"{batch}: {fault}")
            continue
        result.gold += _compare(result, f"{key}: gold", made, gold[key])
    return result


def _push(server: Server, schema: Schema, batch: str, sent: dict[str, list[Document]], result: Replayed) -> None:
    """Store both files of a batch as their annotators' work."""
    for email in ANNOTATORS.values():
        add_without_login(server, email)
    articles = [bare(document) for document in sent["first"]]
    project = push(server, articles, Place(batch, "entities"), schema, Work(overlap=len(ANNOTATORS))).project
    tasks = {key: number for key, [(number, _)] in server.documents(project.id).items()}
    users = {email: number for number, email in server.users().items()}
    for name, email in ANNOTATORS.items():
        check(sent[name], schema)
        for document in sent[name]:
            with server.one_line():
                server.sdk.annotations.create(
                    id=tasks[document.id], result=layer_results(document, "entities"), completed_by=users[email],
                    ground_truth=False, request_options=ONCE,
                )  # fmt: skip
        result.annotations += len(sent[name])
        for layer in LAYERS[1:]:
            pushed = push(server, sent[name], Place(batch, layer, email), schema, Work(annotation_of=email))
            result.annotations += pushed.annotations


def _pulled(store: Store, batch: str, email: str) -> dict[str, Document]:
    path = store.folder / "annotations" / batch / email / "documents.jsonl"
    return {document.id: document for document in read_documents(path)} if path.is_file() else {}


def _compare(result: Replayed, where: str, found: Document, wanted: Document) -> int:
    """Add what two documents differ in to the findings, item by item; return the number of items compared."""
    a, b = items_of(found), items_of(wanted)
    before = len(result.findings)
    for layer in ITEM_LAYERS:
        for only, what in (
            (b.layer(layer) - a.layer(layer), "lost"),
            (a.layer(layer) - b.layer(layer), "not there before"),
        ):
            lines = sorted(msgspec.json.encode(item).decode() for item in only)
            result.findings += [f"{result.batch}: {where}: {layer}: {what}: {line}" for line in lines]
    if len(result.findings) == before and _bare(found) != _bare(wanted):
        result.findings.append(f"{result.batch}: {where}: the items are the same, their ids or entity types are not")
    return sum(len(b.layer(layer)) for layer in ITEM_LAYERS)


def _bare(document: Document) -> Document:
    """Return the annotation alone, in a fixed order; texts and names derived from them may be away."""
    return msgspec.structs.replace(wordless(completed(in_order(document))), meta=None)
