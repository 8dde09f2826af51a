"""Export of Label Studio (JSON, not JSON-MIN): the corpus's own projects, and those of others.

Tasks of the corpus's projects (``data.layer`` says so) are read by :mod:`warta.label_studio`, and the layers of a document
joined. Of other projects every region with a span and a label becomes a mention; relations and answers are counted as left out.
Offsets are code points of the task's text, as Label Studio 1.23 stores them. Of a task's annotations the first that was not
cancelled is taken, without any the first prediction.
"""

from __future__ import annotations

from typing import Any

import msgspec

from warta.document import Document, Mention
from warta.interchange.flat import Place, place
from warta.interchange.json_items import as_list, json_items
from warta.interchange.ledger import Context
from warta.label_studio.configs import LAYERS
from warta.label_studio.join import join
from warta.label_studio.read_back import document_of
from warta.label_studio.tasks import Fault

Task = dict[str, Any]
SPAN_KINDS = frozenset({"labels", "hypertextlabels"})


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of an export."""
    layers: dict[str, dict[str, Document]] = {}
    documents: dict[str, Document] = {}
    for where, task in json_items(path, context.ledger):
        if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
            context.ledger.fault(
                where, "no task", "a task with data and annotations, as Label Studio exports it (JSON, not JSON-MIN)"
            )
            continue
        results = _results(task, where, context)
        if task["data"].get("layer") in LAYERS:
            _add_layer(task["data"], results, layers, where, context)
        elif (document := _foreign(task, results, where, context)) is not None:
            if document.id in documents:
                context.ledger.fault(where, f"document {document.id!r} again", "an id that stands once")
            documents[document.id] = document
    for name, parts in layers.items():
        documents[name] = _joined(name, parts, path, context)
    return list(documents.values())


def _results(task: Task, where: str, context: Context) -> list[Task]:
    said = [
        a for a in as_list(task.get("annotations"), where, "annotations", context.ledger) if not a.get("was_cancelled")
    ]
    context.ledger.left["further annotations of a task"] += max(0, len(said) - 1)
    if not said and isinstance(task.get("predictions"), list):
        # An export may name predictions by number alone.
        said = [prediction for prediction in task["predictions"] if isinstance(prediction, dict)]
    if not said:
        context.ledger.notes.append(f"{where}: task without annotation")
        return []
    return as_list(said[0].get("result"), where, "result", context.ledger)


def _add_layer(
    data: Task, results: list[Task], layers: dict[str, dict[str, Document]], where: str, context: Context
) -> None:
    name, layer = str(data.get("doc_id")), data["layer"]
    try:
        # Results are stored as they were sent: what is read from them may be of any type.
        document = msgspec.convert(msgspec.to_builtins(document_of(data, results)), Document)
    except (Fault, AttributeError, LookupError, TypeError, ValueError) as error:
        context.ledger.fault(
            where, f"document {name!r}: data of the task cannot be read ({error})", "a task that this package pushed"
        )
        return
    text = document.text
    bare = context.bare(name, text, where)
    if bare is None:
        return
    if text is not None and bare.text is not None and bare.text != text:
        context.ledger.fault(where, f"another text than document {name!r} has", "the text of the document")
    parts = layers.setdefault(name, {})
    if layer in parts:
        context.ledger.fault(where, f"layer {layer} of document {name!r} again", "one annotator's tasks")
    parts[layer] = msgspec.structs.replace(document, text=bare.text, meta=bare.meta or document.meta)


def _joined(name: str, parts: dict[str, Document], path: str, context: Context) -> Document:
    result = join(parts)
    for check, where, what in result.faults:
        context.ledger.fault(f"{path}: document {name!r}", f"[{check}] {where}: {what}", "layers that fit each other")
    return result.document


def _foreign(task: Task, results: list[Task], where: str, context: Context) -> Document | None:
    data = task["data"]
    text = data.get("text")
    if not isinstance(text, str):
        context.ledger.fault(where, "data without text", "the text under data.text")
        return None
    name = next((str(data[key]) for key in ("doc_id", "id") if data.get(key) is not None), None)
    if name is None:
        same = context.texts.with_text(text)
        name = same[0] if len(same) == 1 else str(task.get("id"))
    found = place(context, name, text, where)
    if found is None:
        return None
    mentions = [m for n, r in enumerate(results) for m in _region(r, found, f"{where}: result[{n}]", context)]
    return msgspec.structs.replace(found.document, mentions=mentions)


def _region(result: Task, found: Place, where: str, context: Context) -> list[Mention]:
    kind, value = result.get("type"), result.get("value")
    if kind not in SPAN_KINDS or not isinstance(value, dict):
        context.ledger.left[f"results of type {kind}"] += 1
        return []
    whole = value.get("globalOffsets")
    offsets = whole if isinstance(whole, dict) else value
    span = found.span(offsets.get("start"), offsets.get("end"))
    labels = value.get(kind, value.get("labels"))
    if span is None:
        context.ledger.fault(where, f"start {offsets.get('start')!r}, end {offsets.get('end')!r}", found.allowed)
        return []
    if not isinstance(labels, list) or not labels or not all(isinstance(label, str) for label in labels):
        context.ledger.fault(where, f"labels {labels!r}", "a list of labels")
        return []
    ours = [context.reading.get(label, where) for label in labels]
    return [Mention(start=span[0], end=span[1], type=label) for label in ours if label is not None]
