"""Label Studio results as regions and relations: the plain list a server stores, taken apart and put together.

A server stores one list of results in an annotation. A region is all results of one ``id``: one of type
``labels`` and one for each answer that belongs to it. A relation has no id. Everything here is lossless for
what the projects of this package contain; offsets are code points, as Label Studio 1.23 stores them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

Result = dict[str, Any]
# Key in a region's `meta`, the only place where data of our own outlives a save in the browser.
PRIVATE = "warta"
# Controls whose answers are not choices: a typed text, or an item of a list that can be searched.
ANSWER_KINDS = {"entity_id": "textarea", "qentity": "taxonomy", "speaker": "taxonomy", "eentity": "taxonomy"}


@dataclass
class Region:
    """A span with its label (of one control) and the answers given for it, by control name."""

    id: str
    start: int
    end: int
    control: str
    label: str
    answers: dict[str, list[str]] = field(default_factory=dict)
    private: dict[str, Any] = field(default_factory=dict)
    readonly: bool = False
    origin: str | None = None

    @property
    def span(self) -> tuple[int, int]:
        """Return ``(start, end)``."""
        return self.start, self.end


@dataclass
class Relation:
    """A directed relation between two regions, with one or more labels."""

    from_id: str
    to_id: str
    labels: list[str]


@dataclass
class Layer:
    """The regions (in order) and relations of one annotation."""

    regions: list[Region] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)

    def by_id(self) -> dict[str, Region]:
        """Return ``{region id: region}``."""
        return {region.id: region for region in self.regions}

    def parts(self, heads: set[str]) -> dict[str, list[tuple[str, str]]]:
        """Return ``{head: [(label, part)]}`` of region ids: what relations join to each of the given heads.

        A relation leads from the part to the head. One that leads from a head to something that is none can
        only be meant the other way round and is read so.
        """
        found: dict[str, list[tuple[str, str]]] = {}
        for relation in self.relations:
            head, part = relation.to_id, relation.from_id
            if head not in heads and part in heads:
                head, part = part, head
            if head in heads:
                joined = found.setdefault(head, [])
                joined.extend((label, part) for label in relation.labels if (label, part) not in joined)
        return found

    def wholes(self, parts: dict[str, list[tuple[str, str]]]) -> dict[str, list[tuple[str, tuple[int, int]]]]:
        """Return ``{region id: [(label, span)]}``: all of what :meth:`parts` found with the head a region is or belongs to."""
        known = self.by_id()
        found: dict[str, list[tuple[str, tuple[int, int]]]] = {}
        for head, joined in parts.items():
            whole = sorted((label, known[part].span) for label, part in joined if part in known)
            found |= dict.fromkeys([head, *(part for _, part in joined)], whole)
        return found


class RegionIds:
    """Stable region ids: the same document, layer and item give the same id in every push.

    An id is 12 hexadecimal digits of a SHA-1 over document id, layer, control, span, label and the number of
    earlier items that are equal in all of these.
    """

    def __init__(self, document: str, layer: str) -> None:
        """Count from nothing for one document and layer."""
        self._place = (document, layer)
        self._seen: dict[tuple[object, ...], int] = {}

    def new(self, control: str, start: int, end: int, label: str) -> str:
        """Return the id of the next item with these properties."""
        item = (*self._place, control, start, end, label)
        number = self._seen[item] = self._seen.get(item, -1) + 1
        return hashlib.sha1("\x1f".join(map(str, (*item, number))).encode(), usedforsecurity=False).hexdigest()[:12]


def to_results(layer: Layer) -> list[Result]:
    """Return the results of a layer: each region with its answers, then the relations.

    Relations of one pair of regions become one relation with several labels: a save in the browser keeps one.
    """
    results: list[Result] = []
    for region in layer.regions:
        results.extend(_region_results(region))
    pairs: dict[tuple[str, str], list[str]] = {}
    for relation in layer.relations:
        labels = pairs.setdefault((relation.from_id, relation.to_id), [])
        labels.extend(label for label in relation.labels if label not in labels)
    for (source, target), labels in pairs.items():
        results.append({"type": "relation", "from_id": source, "to_id": target, "direction": "right", "labels": labels})
    return results


def _region_results(region: Region) -> Iterator[Result]:
    place = {"start": region.start, "end": region.end}
    shared: Result = {"id": region.id, "to_name": "text"}
    if region.readonly:
        shared["readonly"] = True
    if region.private:
        shared["meta"] = {PRIVATE: region.private}
    yield {**shared, "from_name": region.control, "type": "labels", "value": {**place, "labels": [region.label]}}
    for control, answers in region.answers.items():
        kind = ANSWER_KINDS.get(control, "choices")
        if kind == "taxonomy":
            value: dict[str, Any] = {"taxonomy": [[answer] for answer in answers]}
        else:
            value = {"text" if kind == "textarea" else "choices": answers}
        yield {**shared, "from_name": control, "type": kind, "value": {**place, **value}}


def from_results(results: Iterable[Result]) -> Layer:
    """Return the layer that results describe; ``left`` relations are turned round.

    Results that fit no region (no label, no span) are left out: :mod:`warta.label_studio.lint` reports them.
    """
    layer = Layer()
    regions: dict[str, Region] = {}
    answers: dict[str, dict[str, list[str]]] = {}
    for result in results:
        kind = result.get("type")
        if kind == "relation":
            layer.relations.append(_relation(result))
        elif kind == "labels" and _labelled(result):
            region = _region(result)
            if region.id not in regions:
                regions[region.id] = region
        elif kind in {"choices", "textarea", "taxonomy"} and result.get("id"):
            answers.setdefault(str(result["id"]), {})[str(result.get("from_name"))] = _answers(result)
    for key, region in regions.items():
        region.answers = answers.get(key, {})
    layer.regions = list(regions.values())
    return layer


def _answers(result: Result) -> list[str]:
    value = result.get("value") or {}
    if result["type"] == "taxonomy":
        return [str(path[-1]) for path in value.get("taxonomy") or [] if path]
    return [str(answer) for answer in value.get("choices" if result["type"] == "choices" else "text") or []]


def _labelled(result: Result) -> bool:
    value = result.get("value") or {}
    offsets = value.get("start"), value.get("end")
    return bool(result.get("id") and value.get("labels")) and all(type(offset) is int for offset in offsets)


def _region(result: Result) -> Region:
    value = result["value"]
    private = (result.get("meta") or {}).get(PRIVATE)
    return Region(
        id=str(result["id"]),
        start=value["start"],
        end=value["end"],
        control=str(result.get("from_name")),
        label=str(value["labels"][0]),
        private=dict(private) if isinstance(private, dict) else {},
        readonly=bool(result.get("readonly")),
        origin=result.get("origin"),
    )


def _relation(result: Result) -> Relation:
    ends = str(result.get("from_id")), str(result.get("to_id"))
    if result.get("direction") == "left":
        ends = ends[::-1]
    return Relation(*ends, labels=[str(label) for label in result.get("labels") or []])
