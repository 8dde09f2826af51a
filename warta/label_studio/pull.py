"""Pull: what annotators did, kept raw, read into the document form, and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warta.document import Document
from warta.files import write_objects
from warta.label_studio.client import Server
from warta.label_studio.configs import LAYERS, config_digest, digest_of
from warta.label_studio.join import join
from warta.label_studio.lint import Lint, lint_results, lint_task
from warta.label_studio.projects import TITLE, Project
from warta.label_studio.read_back import document_of
from warta.label_studio.store import Store
from warta.schema import Schema
from warta.validate import check_document


@dataclass
class Readings:
    """What the pulls say: ``{(batch, annotator): {document id: {layer: document}}}`` and the findings."""

    layers: dict[tuple[str, str], dict[str, dict[str, Document]]] = field(default_factory=dict)
    findings: list[Lint] = field(default_factory=list)


def fetch(server: Server, project: Project, store: Store, *, full: bool = False) -> tuple[int, Path]:
    """Pull the tasks of a project that changed since the last pull, and those with drafts; keep them raw.

    Returns the number of tasks and the file. Findings about the text are made here, where it still is.
    """
    since = None if full else store.since(server.url, project.place.title, project.id)
    tasks = {task["id"]: task for task in server.tasks(project.id, _after(since))}
    if since is not None:
        # Drafts do not touch `updated_at` of their task.
        tasks |= {task["id"]: task for task in server.tasks(project.id, _with_drafts())}
    ordered = [tasks[key] for key in sorted(tasks)]
    for task in ordered:
        task["text_findings"] = [list(finding) for finding in lint_task(task.get("data") or {}, None)]
    digest = digest_of(project.label_config)
    path = store.keep(server.url, project.id, project.place.title, ordered, digest, server.users())
    return len(ordered), path


def _after(since: str | None) -> dict[str, Any] | None:
    return None if since is None else _filter("filter:tasks:updated_at", "greater", "Datetime", since)


def _with_drafts() -> dict[str, Any]:
    return _filter("filter:tasks:draft_exists", "equal", "Boolean", True)


def _filter(name: str, operator: str, kind: str, value: Any) -> dict[str, Any]:
    return {"conjunction": "and", "items": [{"filter": name, "operator": operator, "type": kind, "value": value}]}


def readings(store: Store, schema: Schema) -> Readings:
    """Read all that was pulled into the document form, by annotator, with what the checks find."""
    found = Readings()
    for pull in store.latest().values():
        match = TITLE.fullmatch(pull["title"])
        if match is None or match["layer"] not in LAYERS:
            continue
        for task in pull["tasks"]:
            _read_task(task, match["batch"], pull["users"], schema, found)
    return found


def _read_task(task: dict[str, Any], batch: str, users: dict[str, str], schema: Schema, found: Readings) -> None:
    data = task.get("data") or {}
    layer = str(data.get("layer"))
    place = str(data.get("doc_id")), layer
    found.findings.extend(Lint(*finding) for finding in task.get("text_findings") or [])
    found.findings.extend(lint_task({**data, "text": None}, config_digest(schema, layer)))
    for draft in task.get("drafts") or []:
        found.findings.append(
            Lint("ls-draft", *place, str(draft.get("user") or ""), "", f"of {draft.get('updated_at')}")
        )
    for annotator, annotation in _by_annotator(task, users, found.findings):
        results = annotation.get("result") or []
        found.findings.extend(lint_results(data, results, schema, annotator))
        document = document_of(data, results)
        found.layers.setdefault((batch, annotator), {}).setdefault(place[0], {})[layer] = document


def _by_annotator(
    task: dict[str, Any], users: dict[str, str], findings: list[Lint]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield ``(annotator, annotation)``, one for each annotator who did not skip the task."""
    data = task.get("data") or {}
    place = str(data.get("doc_id")), str(data.get("layer"))
    last: dict[str, dict[str, Any]] = {}
    for annotation in sorted(task.get("annotations") or [], key=lambda item: (str(item.get("updated_at")), item["id"])):
        owner = _user(annotation.get("completed_by"))
        annotator = users.get(owner, f"user-{owner}")
        number = f"annotation {annotation['id']}"
        changed = _user(annotation.get("updated_by"))
        for check, true, what in (
            ("ls-unknown-annotator", owner not in users, f"user {owner}"),
            ("ls-ground-truth", annotation.get("ground_truth"), "ground_truth"),
            ("ls-skipped", annotation.get("was_cancelled"), "skipped"),
            ("ls-other-hand", changed not in {"None", owner}, f"changed by {users.get(changed, changed)}"),
            ("ls-second-annotation", annotator in last and not annotation.get("was_cancelled"), "one more"),
        ):
            if true:
                findings.append(Lint(check, *place, annotator, number, what))
        if not annotation.get("was_cancelled"):
            last[annotator] = annotation
    yield from last.items()


def _user(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    return str(value.get("id") if isinstance(value, dict) else value)


def write_readings(store: Store, found: Readings, schema: Schema) -> list[Path]:
    """Write one file per annotator and layer, and the joined documents; return the paths.

    ``documents.jsonl`` holds every document whose entities layer is there, with the other layers as far as
    they are; findings of the joining and of the validator are added to ``found``.
    """
    written: list[Path] = []
    for (batch, annotator), documents in sorted(found.layers.items()):
        folder = store.folder / "annotations" / batch / annotator
        for layer in LAYERS:
            lines = [layers[layer] for _, layers in sorted(documents.items()) if layer in layers]
            if lines:
                written.append(folder / f"{layer}.jsonl")
                write_objects(written[-1], lines)
        joined = [_joined(layers, annotator, found) for _, layers in sorted(documents.items()) if "entities" in layers]
        if joined:
            written.append(folder / "documents.jsonl")
            write_objects(written[-1], joined)
    written.append(store.folder / "findings.jsonl")
    write_objects(written[-1], [finding._asdict() | {"severity": finding.severity} for finding in found.findings])
    return written


def _joined(layers: dict[str, Document], annotator: str, found: Readings) -> Document:
    result = join(layers)
    for check, layer, what in result.faults:
        found.findings.append(Lint(check, result.document.id, layer, annotator, "", what))
    return result.document


def scheme_lines(found: Readings, schema: Schema) -> list[str]:
    """Return what the validator says about each annotator's joined documents, one line a finding."""
    lines = []
    for (_, annotator), documents in sorted(found.layers.items()):
        for _, layers in sorted(documents.items()):
            if set(LAYERS) <= set(layers):
                document = join(layers).document
                lines += [f"{annotator}: {f._replace(document=document.id)}" for f in check_document(document, schema)]
    return lines
