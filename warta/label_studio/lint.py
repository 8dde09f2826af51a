"""Checks of what comes back from Label Studio, which checks next to nothing itself.

Every check has a stable id. A ``fault`` is something the annotator or keeper must put right, because reading
leaves it out or it breaks a rule of the layer; a ``note`` is something worth a look. Findings name the document
and region; what was pulled stays as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from warta.label_studio.configs import Controls
from warta.label_studio.regions import Layer, Region, RegionIds, Result, from_results
from warta.label_studio.rules import Rules, layer_rules
from warta.label_studio.tasks import NOBODY, context_of
from warta.schema import Schema
from warta.text import digest

# check id: (severity, what it finds)
LINTS: dict[str, tuple[str, str]] = {
    "ls-result-form": (
        "fault",
        "a result that is no region, answer or relation: wrong type, no id, offsets missing or no numbers",
    ),
    "ls-unknown-control": ("fault", "a result of a control that the layer does not have"),
    "ls-unknown-label": ("fault", "a label or answer that the layer does not have"),
    "ls-label-count": ("fault", "a region with no label or with several"),
    "ls-two-controls": (
        "fault",
        "a region with labels of two controls, as a hotkey pressed on a selected region makes it",
    ),
    "ls-span-outside": ("fault", "a span that is empty, reversed or outside the text"),
    "ls-edge-white-space": ("fault", "a span that begins or ends with white space"),
    "ls-same-region": ("fault", "a second region of the same span and label (in the same quote, if of quotes)"),
    "ls-missing-answer": ("fault", "a region without a required answer"),
    "ls-several-answers": ("fault", "a region with several answers where one is asked for"),
    "ls-stray-answer": ("fault", "an answer without region, or for a region that does not take it"),
    "ls-unknown-entity": ("fault", "an entity that was not offered"),
    "ls-relation-end": ("fault", "a relation to or from a region that is not there"),
    "ls-relation-kind": (
        "fault",
        "a relation between regions that it cannot join, without label, or with an unknown one",
    ),
    "ls-relation-both-ways": ("fault", "a relation in both directions"),
    "ls-relation-turned": ("note", "a relation whose direction was turned; it is read from its end to its start"),
    "ls-repeated-relation": ("fault", "a second relation of the same two regions; a save in the browser loses it"),
    "ls-two-sources": ("fault", "a quote with several sources; the first is read"),
    "ls-loose-part": ("fault", "a PART or CUE that no relation joins to a CONTENT"),
    "ls-unused-mention": ("note", "a NOMINAL or PRONOUN that no relation joins to anything"),
    "ls-changed-region": ("note", "a region that was pushed and now has another label or span"),
    "ls-changed-context": ("fault", "a read-only region that was changed or is gone"),
    "ls-changed-text": ("fault", "a task whose text is not the one that was pushed"),
    "ls-changed-config": ("fault", "a task pushed under another labelling configuration than the schema's"),
    "ls-ground-truth": (
        "note",
        "an annotation marked as ground truth, as Label Studio does when nobody says otherwise",
    ),
    "ls-skipped": ("note", "a task that the annotator skipped; it is not read"),
    "ls-draft": ("note", "unsaved work: a draft that was not submitted"),
    "ls-unknown-annotator": ("fault", "an annotation of a user whom the server does not list"),
    "ls-other-hand": ("note", "an annotation last changed by somebody else than its annotator"),
    "ls-second-annotation": ("fault", "a second annotation of a task by the same annotator; the last one is read"),
    "lost-mention": ("fault", "a source or filler that the annotator's entities layer no longer has"),
    "lost-entity": ("fault", "an entity that the annotator's entities layer no longer has"),
    "entity-clash": ("fault", "one mention with two entities in two layers"),
}


class Lint(NamedTuple):
    """One finding: which check, in which document, layer and whose work, where, what."""

    check: str
    document: str
    layer: str
    annotator: str
    where: str
    found: str

    @property
    def severity(self) -> str:
        """Return ``fault`` or ``note``."""
        return LINTS[self.check][0]

    def __str__(self) -> str:
        """One line: document, layer, annotator, check, place, what was found and what the check is about."""
        who = f", {self.annotator}" if self.annotator else ""
        where = f"{self.where}: " if self.where else ""
        return (
            f"document {self.document} ({self.layer}{who}): [{self.check}] {where}{self.found} ({LINTS[self.check][1]})"
        )


# Regions that a document may have with the same span and label.
ALIKE = 8
Found = Iterator[tuple[str, str, str]]


def lint_task(data: dict[str, Any], config_sha256: str | None) -> list[Lint]:
    """Check a task: its text against the hash it was pushed with, its configuration against the project's."""
    found = []
    text = data.get("text")
    if text is not None and digest(str(text)) != data.get("text_sha256"):
        what = f"SHA-256 {digest(str(text))[:12]}..., pushed {str(data.get('text_sha256'))[:12]}..."
        found.append(("ls-changed-text", "", what))
    if config_sha256 is not None and data.get("config_sha256") != config_sha256:
        found.append(
            ("ls-changed-config", "", f"{str(data.get('config_sha256'))[:12]}..., now {config_sha256[:12]}...")
        )
    return [
        Lint(check, str(data.get("doc_id")), str(data.get("layer")), "", where, what) for check, where, what in found
    ]


def lint_results(data: dict[str, Any], results: Iterable[Result], schema: Schema, annotator: str = "") -> list[Lint]:
    """Check the results of one annotation against its task and the rules of its layer."""
    check = _Checker(data, list(results), layer_rules(schema, str(data.get("layer"))))
    place = str(data.get("doc_id")), str(data.get("layer")), annotator
    return [Lint(name, *place, where, what) for name, where, what in check.all()]


class _Checker:
    def __init__(self, data: dict[str, Any], results: list[Result], rules: Rules) -> None:
        self.data, self.results, self.rules = data, results, rules
        self.readable = [result for result in results if _readable(result)]
        self.layer: Layer = from_results(self.readable)
        self.regions = self.layer.by_id()
        self.joined = self.layer.parts({region.id for region in self.layer.regions if self.rules.is_head(region)})
        text = data.get("text")
        meta = data.get("meta") or {}
        self.text = None if text is None else str(text)
        self.chars = len(text) if text is not None else meta.get("chars")

    def all(self) -> Found:
        checks: tuple[Callable[[], Found], ...] = (
            self.form, self.controls, self.labels, self.spans, self.same, self.answers, self.relations, self.parts,
            self.changed, self.context,
        )  # fmt: skip
        for check in checks:
            yield from check()

    def form(self) -> Found:
        for place, result in enumerate(self.results):
            if not _readable(result):
                yield "ls-result-form", f"result[{place}]", f"type {result.get('type')!r}, id {result.get('id')!r}"

    def controls(self) -> Found:
        owners: dict[str, set[str]] = {}
        for result in self.readable:
            if result["type"] == "relation":
                continue
            name = str(result.get("from_name"))
            if name not in self.rules.labels and name not in self.rules.answers:
                yield "ls-unknown-control", str(result["id"]), repr(name)
            if result["type"] == "labels":
                owners.setdefault(str(result["id"]), set()).add(name)
        for region, names in owners.items():
            if len(names) > 1:
                yield "ls-two-controls", region, " and ".join(sorted(names))

    def labels(self) -> Found:
        for result in self.readable:
            if result["type"] != "labels":
                continue
            labels = result["value"].get("labels") or []
            if len(labels) != 1:
                yield "ls-label-count", _place(result), f"{len(labels)} labels"
            allowed = self.rules.labels.get(str(result.get("from_name")), frozenset())
            for label in labels:
                if label not in allowed:
                    yield "ls-unknown-label", _place(result), repr(label)

    def spans(self) -> Found:
        for region in self.layer.regions:
            if not 0 <= region.start < region.end or (self.chars is not None and region.end > self.chars):
                yield "ls-span-outside", _where(region), f"the text has {self.chars} characters"
            elif self.text is not None and not region.readonly:
                words = self.text[region.start : region.end]
                if words != words.strip():
                    yield "ls-edge-white-space", _where(region), "white space at an edge"

    def same(self) -> Found:
        # quotes may share a span of their content, as one subject of two passives is, but not everything
        wholes = self.layer.wholes(self.joined) if self.data.get("layer") == "quotes" else {}
        counts = Counter((r.span, r.control, r.label, str(wholes.get(r.id))) for r in self.layer.regions)
        for (span, _, label, _), count in counts.items():
            if count > 1 and label != "CUE":
                yield "ls-same-region", f"[{span[0]}, {span[1]}) {label}", f"{count} regions"

    def answers(self) -> Found:
        for region in self.layer.regions:
            for control, rule in self.rules.answers.items():
                given = region.answers.get(control, [])
                takes = rule.takes(region.control, region.label)
                if takes and rule.required and not [answer for answer in given if answer.strip()]:
                    yield "ls-missing-answer", _where(region), control
                if given and not takes:
                    yield "ls-stray-answer", _where(region), control
                if len(given) > 1:
                    yield "ls-several-answers", _where(region), f"{control}: {given}"
                yield from self._values(region, control, given)
        for result in self.readable:
            if result["type"] in {"choices", "textarea", "taxonomy"} and str(result["id"]) not in self.regions:
                yield "ls-stray-answer", str(result["id"]), f"{result.get('from_name')} without region"

    def _values(self, region: Region, control: str, given: list[str]) -> Found:
        allowed = self.rules.answers[control].values
        if allowed is not None:
            for answer in given:
                if answer not in allowed:
                    yield "ls-unknown-label", _where(region), f"{control}: {answer!r}"
        elif control != Controls.entity["entities"]:
            offered = {str(offer.get("alias")) for offer in self.data.get("ents") or []}
            for answer in given:
                nobody = control != Controls.speaker and answer == self.data.get("nobody", NOBODY)
                if answer not in offered or nobody:
                    yield "ls-unknown-entity", _where(region), f"{control}: {answer!r}"

    def relations(self) -> Found:
        pairs: Counter[tuple[str, str]] = Counter()
        for result in self.readable:
            if result["type"] != "relation":
                continue
            direction = result.get("direction", "right")
            where = f"{result.get('from_id')} to {result.get('to_id')}"
            if direction == "left":
                yield "ls-relation-turned", where, "left"
            elif direction != "right":
                yield "ls-relation-both-ways", where, repr(direction)
        for relation in self.layer.relations:
            where = f"{relation.from_id} to {relation.to_id}"
            ends = self.regions.get(relation.from_id), self.regions.get(relation.to_id)
            pairs[relation.from_id, relation.to_id] += 1
            if ends[0] is None or ends[1] is None:
                yield "ls-relation-end", where, "no such region"
                continue
            for label in relation.labels or [""]:
                if not self.rules.joins(label, ends[0], ends[1]):
                    yield "ls-relation-kind", where, f"{label or 'no label'} from {ends[0].label} to {ends[1].label}"
        for (start, end), count in pairs.items():
            if count > 1:
                yield "ls-repeated-relation", f"{start} to {end}", f"{count} relations"

    def parts(self) -> Found:
        pairs = {pair for pairs in self.joined.values() for pair in pairs}
        parts = {part for _, part in pairs}
        for region in self.layer.regions:
            need = {"PART": "cont", "CUE": "cue"}.get(region.label)
            if need is not None and (need, region.id) not in pairs:
                yield "ls-loose-part", _where(region), f"no {need} relation"
            if region.control == Controls.form.get(str(self.data.get("layer"))) and region.id not in parts:
                yield "ls-unused-mention", _where(region), "no relation joins it to anything"
        if self.data.get("layer") == "quotes":
            for head, found in self.joined.items():
                count = sum(label == "source" for label, _ in found)
                if count > 1:
                    yield "ls-two-sources", _where(self.regions[head]), f"{count} source relations"

    def changed(self) -> Found:
        for region in self.layer.regions:
            if region.private and not region.readonly and region.id not in self._ids(region):
                yield "ls-changed-region", _where(region), f"region {region.id} was pushed with another label or span"

    def _ids(self, region: Region) -> set[str]:
        """Return the ids that such a region may have been pushed with, alone or beside others like it."""
        ids = RegionIds(str(self.data.get("doc_id")), str(self.data.get("layer")))
        return {ids.new(region.control, region.start, region.end, region.label) for _ in range(ALIKE)}

    def context(self) -> Found:
        layer = str(self.data.get("layer"))
        ids = RegionIds(str(self.data.get("doc_id")), layer)
        for mention in context_of(self.data):
            key = ids.new(Controls.context[layer], mention.start, mention.end, "MENTION")
            region = self.regions.get(key)
            if region is None:
                yield "ls-changed-context", f"[{mention.start}, {mention.end}) {mention.type}", "the region is gone"
            elif (region.span, region.label) != ((mention.start, mention.end), "MENTION"):
                yield "ls-changed-context", _where(region), f"pushed as [{mention.start}, {mention.end})"


def _readable(result: Result) -> bool:
    kind = result.get("type")
    if kind == "relation":
        return bool(result.get("from_id") and result.get("to_id"))
    if kind not in {"labels", "choices", "textarea", "taxonomy"} or not result.get("id"):
        return False
    value = result.get("value")
    return isinstance(value, dict) and (
        kind != "labels" or all(type(value.get(key)) is int for key in ("start", "end"))
    )


def _place(result: Result) -> str:
    return f"[{result['value']['start']}, {result['value']['end']}) {result['id']}"


def _where(region: Region) -> str:
    return f"[{region.start}, {region.end}) {region.label}"
