"""Push: documents become tasks, each once, in chunks whose counts are checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from warta.document import Document
from warta.label_studio.client import ONCE, Server
from warta.label_studio.convert import layer_results
from warta.label_studio.lint import lint_results
from warta.label_studio.projects import MODEL_VERSION, Place, Project, ensure, start_from_predictions
from warta.label_studio.tasks import Fault, task_data
from warta.schema import Schema
from warta.validate import blocking_faults

CHUNK = 200
# What a task keeps as it was when it was pushed, whatever the document says since.
KEPT = ("text_sha256", "context", "entities")
# What the server would store and nobody could read back.
REFUSED = frozenset({
    "ls-result-form", "ls-unknown-control", "ls-unknown-label", "ls-span-outside", "ls-unknown-entity",
    "ls-relation-end", "ls-relation-kind",
})  # fmt: skip


@dataclass(frozen=True)
class Work:
    """What goes with the tasks: nothing, a system's pre-annotation, or an annotator's finished work."""

    pre_annotation: str | None = None
    annotation_of: str | None = None
    overlap: int = 1


@dataclass
class Pushed:
    """What a push found and made, for the report; ``stale``: documents that changed since their task was made."""

    project: Project
    there: int
    tasks: int = 0
    annotations: int = 0
    stale: list[str] = field(default_factory=list)


def push(
    server: Server, documents: Sequence[Document], place: Place, schema: Schema, work: Work | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Pushed:  # fmt: skip
    """Make a task of every document that has none yet in the place's project.

    Pushing again changes nothing that is there and adds what is missing, also after a push that was cut off;
    documents whose text or mentions are no longer those of their task are told (``stale``).
    ``progress`` is called with the number of documents done. Raises :class:`Fault` before anything is sent if
    a document cannot be pushed, and when the server took fewer items than were sent.
    """
    work = work or Work()
    check(documents, schema)
    if work.annotation_of is not None and work.annotation_of not in server.users().values():
        raise Fault(f"{server.url}: there is no user {work.annotation_of!r}; invite them first")
    project = ensure(server, place, schema, overlap=work.overlap)
    there = list(server.contents(project.id))
    as_pushed = {str(data.get("doc_id")): data for data, _, _ in there}
    pushed = Pushed(project, sum(document.id in as_pushed for document in documents))
    progress(pushed.there)
    if work.annotation_of is not None and (bare := sum(not annotations for _, _, annotations in there)):
        raise Fault(f"{server.url}: {place.title!r} has {bare} tasks without annotation; push to a batch of its own")
    pushed.stale = [
        document.id for document in documents if _differs(as_pushed.get(document.id), document, place, schema)
    ]
    missing = [task(document, place, schema, work) for document in documents if document.id not in as_pushed]
    for start in range(0, len(missing), CHUNK):
        chunk = missing[start : start + CHUNK]
        import_tasks(server, project.id, chunk)
        pushed.tasks += len(chunk)
        pushed.annotations += sum(len(item["annotations"]) for item in chunk)
        progress(pushed.there + pushed.tasks)
    start_from_predictions(server, project)
    counts = Counter(str(data.get("doc_id")) for data, _, _ in (server.contents(project.id) if missing else there))
    _each_once(server, project, [document.id for document in documents], counts)
    return pushed


def _differs(data: dict[str, Any] | None, document: Document, place: Place, schema: Schema) -> bool:
    """Say whether a task holds another state of its document than would be pushed now."""
    if data is None:
        return False
    now = task_data(document, place.layer, schema, place.annotator)
    kept = KEPT if place.layer != "entities" else KEPT[:1]
    return any(data.get(key) != now.get(key) for key in kept)


def check(documents: Sequence[Document], schema: Schema) -> None:
    """Raise :class:`Fault` if a document cannot be pushed: no text, references, offsets or labels wrong."""
    problems: list[str] = []
    seen: set[str] = set()
    for document in documents:
        if document.text is None:
            problems.append(f"document {document.id}: has no text; link it first (warta link)")
        if document.id in seen:
            problems.append(f"document {document.id}: stands twice in the input")
        seen.add(document.id)
        problems.extend(str(fault._replace(document=document.id)) for fault in blocking_faults(document, schema))
    if problems:
        raise Fault("\n".join(problems))


def task(document: Document, place: Place, schema: Schema, work: Work) -> dict[str, Any]:
    """Return the task of a document as the import takes it."""
    data = task_data(document, place.layer, schema, place.annotator)
    data["pre_annotation"] = work.pre_annotation
    starts = layer_results(document, place.layer, context_only=work.pre_annotation is None)
    annotations = []
    if work.annotation_of is not None:
        results = layer_results(document, place.layer)
        # Without the key the server takes an imported annotation for ground truth.
        annotations = [{"result": results, "ground_truth": False, "completed_by": {"email": work.annotation_of}}]
        _refuse(data, results, schema)
    _refuse(data, starts, schema)
    return {
        "data": data,
        "predictions": [{"model_version": MODEL_VERSION, "result": starts}],
        "annotations": annotations,
    }


def _refuse(data: dict[str, Any], results: list[dict[str, Any]], schema: Schema) -> None:
    bad = [str(finding) for finding in lint_results(data, results, schema) if finding.check in REFUSED]
    if bad:
        raise Fault("\n".join(bad))


def import_tasks(server: Server, project: int, chunk: list[dict[str, Any]]) -> None:
    """Import tasks; raise :class:`Fault` when the server took fewer of them, their annotations or predictions than sent."""
    with server.one_line():
        answer = server.sdk.projects.import_tasks(project, request=chunk, request_options=ONCE).model_dump()
    counts = {"task": len(chunk)}
    counts |= {kind: sum(len(item.get(f"{kind}s", [])) for item in chunk) for kind in ("annotation", "prediction")}
    for kind, sent in counts.items():
        # The server says `prediction_count`, the SDK's model has an empty `predictions_count` beside it.
        took = answer.get(f"{kind}_count") or answer.get(f"{kind}s_count") or 0
        if sent != took:
            raise Fault(f"{server.url}: {sent} {kind}s were sent, {took} taken")


def _each_once(server: Server, project: Project, ids: Sequence[str], tasks: Counter[str]) -> None:
    problems = [f"document {key} has {tasks[key]} tasks" for key in ids if tasks[key] != 1]
    if problems:
        raise Fault(f"{server.url}: project {project.place.title!r}: " + "; ".join(problems))
