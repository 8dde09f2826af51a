"""Output of the Hugging Face pipeline ``token-classification``.

A document's output is a list of ``{"entity_group": "PER", "score": 0.99, "word": "Kota Lama", "start": 0, "end": 9}``, or,
where the pipeline did not aggregate, one item a word piece with ``"entity": "B-PER"`` and ``"index"``: those are merged
here. Offsets count code points of the text that the pipeline was given. Scores are not kept.

A file is one such list; a list of them, in the order of the known documents; an object ``{document id: list}``; or objects
``{"id": ..., "entities": list}``, in a list or a line each. Without ids, the known documents are taken in order.

Written are objects ``{"id", "entities"}``, a line each, with score 1. They hold names, values and roles, nested ones too, and
are lossless for these but for ids and entities.
"""

from __future__ import annotations

import unicodedata
from typing import Any

import msgspec

from warta.document import Document, Mention
from warta.interchange.align import folded
from warta.interchange.bio import split_tag
from warta.interchange.flat import Place, count_layers, place, plain_mentions
from warta.interchange.json_items import as_list, json_values
from warta.interchange.ledger import Context
from warta.interchange.output import write_lines

LIST_KEYS = ("entities", "predictions", "output", "ner")
ID_KEYS = ("id", "doc_id")
Output = tuple[str, str | None, Any]


def read(path: str, context: Context) -> list[Document]:
    """Return the documents of a file of pipeline output."""
    outputs = _named(_outputs(path, context), path, context)
    documents: dict[str, Document] = {}
    for where, name, value in outputs:
        if name in documents:
            context.ledger.fault(where, f"document {name!r} again", "an id that stands once")
            continue
        found = place(context, name, None, where)
        if found is not None:
            items = as_list(value, where, "the output", context.ledger)
            documents[name] = msgspec.structs.replace(found.document, mentions=_mentions(items, found, where, context))
    if any(document.text is None for document in documents.values()):
        context.ledger.notes.append("offsets were not checked: no texts (--documents gives them)")
    return list(documents.values())


def _is_item(value: Any) -> bool:
    return isinstance(value, dict) and ("entity" in value or "entity_group" in value)


def _outputs(path: str, context: Context) -> list[Output]:
    """Return ``(place, document id or null, list of items)`` for every document of the file."""
    values = json_values(path, context.ledger)
    if len(values) == 1:
        where, whole = values[0]
        if isinstance(whole, list) and (not whole or any(map(_is_item, whole))):
            return [(where, None, whole)]
        if isinstance(whole, dict) and not any(key in whole for key in (*LIST_KEYS, *ID_KEYS)):
            return [(f"{where}: {name!r}", name, value) for name, value in whole.items()]
        if isinstance(whole, list):
            values = [(f"{where}[{n}]", item) for n, item in enumerate(whole)]
    found: list[Output] = []
    for where, value in values:
        if isinstance(value, list):
            found.append((where, None, value))
        elif isinstance(value, dict) and (key := next((k for k in LIST_KEYS if k in value), None)):
            name = next((value[k] for k in ID_KEYS if value.get(k) is not None), None)
            found.append((where, None if name is None else str(name), value[key]))
        else:
            context.ledger.fault(
                where, "no output of a pipeline", f"a list of items, or an object with id and {'|'.join(LIST_KEYS)}"
            )
    return found


def _named(outputs: list[Output], path: str, context: Context) -> list[tuple[str, str, Any]]:
    """Give outputs without id those of the known documents, in order."""
    named = [(where, name, value) for where, name, value in outputs if name is not None]
    nameless = len(outputs) - len(named)
    if not nameless:
        return named
    known = list(context.texts.known)
    if nameless == len(outputs) == len(known):
        return [(where, name, value) for (where, _, value), name in zip(outputs, known, strict=True)]
    allowed = f"an id with each, or as many outputs as known documents ({len(known)})"
    context.ledger.fault(path, f"{nameless} of {len(outputs)} outputs without document id", allowed)
    return []


def _mentions(items: list[dict[str, Any]], found: Place, where: str, context: Context) -> list[Mention]:
    mentions: list[Mention] = []
    for start, end, label, place_ in _merged(items, found, where, context):
        span = _trimmed(start, end, found, context)
        kind = context.reading.get(label, place_)
        if span is not None and kind is not None:
            mentions.append(Mention(start=span[0], end=span[1], type=kind))
    return mentions


def _merged(items: list[dict[str, Any]], found: Place, where: str, context: Context) -> list[tuple[int, int, str, str]]:
    """Return ``(start, end, label, place)`` of every mention: groups as they are, word pieces merged by their tags."""
    merged: list[tuple[int, int, str, str]] = []
    before: dict[str, Any] | None = None
    for n, item in enumerate(items):
        here = f"{where}: item {n}"
        label: Any = item.get("entity_group", item.get("entity"))
        span = _span(item, label, found, here, context)
        if span is None:
            before = None
            continue
        prefix, kind = ("B", label) if "entity_group" in item else split_tag(label)
        if prefix == "O":
            before = None
            continue
        if before is not None and merged[-1][2] == kind and _goes_on(prefix, item, before, found.document.text):
            merged[-1] = (merged[-1][0], span[1], kind, merged[-1][3])
        else:
            merged.append((*span, kind, here))
        before = None if "entity_group" in item or prefix in "SUWEL" else item
    return merged


def _goes_on(prefix: str, item: dict[str, Any], before: dict[str, Any], text: str | None) -> bool:
    """Say whether a word piece belongs to the mention of the piece before it, which has the same label."""
    touching = item["start"] == before["end"]
    if prefix in "BSUW":
        # Models that tag every piece of a word alike give B- to the later ones too.
        return touching and str(item.get("word", "")).startswith("##")
    if type(item.get("index")) is int and type(before.get("index")) is int:
        return bool(item["index"] == before["index"] + 1)
    between = text[before["end"] : item["start"]] if text is not None else " " * (item["start"] - before["end"])
    return touching or (item["start"] > before["end"] and not between.strip() and len(between) <= 2)


def _span(item: dict[str, Any], label: Any, found: Place, where: str, context: Context) -> tuple[int, int] | None:
    """Return an item's offsets; null, with a fault, where they are none of the text or the word is not there."""
    if not isinstance(label, str) or not label:
        context.ledger.fault(where, f"label {label!r}", "a string under entity_group or entity")
        return None
    start, end = item.get("start"), item.get("end")
    span = found.span(start, end)
    if span is None:
        hint = " (a fast tokenizer gives offsets)" if start is None else ""
        context.ledger.fault(where, f"start {start!r}, end {end!r}", f"{found.allowed}{hint}")
        return None
    word, text = item.get("word"), found.document.text
    if isinstance(word, str) and text is not None and not _same_word(word, text[slice(*span)]):
        there = text[slice(*span)]
        context.ledger.fault(
            where,
            f"word {word!r} at {span}, where the text has {there!r}",
            "offsets that count code points of the text",
        )
        return None
    return span


def _same_word(word: str, there: str) -> bool:
    """Say whether the pipeline's word may stand for the text: case, accents, white space and marks of pieces apart."""
    if "[UNK]" in word or "<unk>" in word or any("Ā" <= char <= "ń" or char == "�" for char in word):
        return True  # unknown words, and byte-level pieces, which are no readable text

    def bare(text: str) -> str:
        pieces = folded(text.replace("##", "").replace("▁", ""))
        return "".join(char for char in pieces if not unicodedata.combining(char))

    return bare(word) == bare(there)


def _trimmed(start: int, end: int, found: Place, context: Context) -> tuple[int, int] | None:
    """Return the span without white space at its edges, which some tokenizers leave there."""
    text = found.document.text
    if text is None:
        return start, end
    words = text[start:end]
    if not words.strip():
        context.ledger.left["spans of white space alone"] += 1
        return None
    if words != words.strip():
        context.ledger.notes_once("white space at the edges of spans was left out")
    return start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))


def write(documents: list[Document], target: str, context: Context) -> None:
    """Write documents as aggregated pipeline output with their ids, a line each (``-``: standard output)."""
    lines = []
    for document in documents:
        count_layers(document, context.ledger, ("entities", "events", "quotes"))
        items = [
            {
                "entity_group": mention.type,
                "score": 1.0,
                "word": None if document.text is None else document.text[mention.start : mention.end],
                "start": mention.start,
                "end": mention.end,
            }
            for mention in plain_mentions(document, context.ledger)
        ]
        lines.append(msgspec.json.encode({"id": document.id, "entities": items}).decode("utf-8"))
    write_lines(target, lines, context)
