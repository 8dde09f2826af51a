"""Faults: everything that is not right in a prediction, each in one class, with what mending a class would gain.

Classes (after TIDE, Bolya et al. 2020, and Yang and Klein 2020 for the idea of fixing one kind at a time):
``missed`` and ``spurious`` have no counterpart on the other side; ``boundary``, ``type``, ``role``, ``wrong trigger``,
``cue``, ``source``, ``speaker`` and ``quote type`` are pairs of which one thing is wrong. A pair with several things wrong has the class that
comes first in its layer's order, so every fault is counted once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from warta.agreement import alignment
from warta.document import Document
from warta.scoring.pairing import pairs
from warta.scoring.standing import standing
from warta.scoring.view import ArgumentItem, MentionItem, QuoteItem, View

Ranges = tuple[tuple[int, int], ...]
# The metric a layer's faults count against; mending a class moves its faults to the right items of that metric.
METRIC_OF = {
    "mentions": "entities.exact",
    "triggers": "events.TC",
    "arguments": "events.AC+",
    "quotes": "quotes.whole",
    "speakers": "quotes.speaker",
    "quote types": "quotes.type",
}
CLASSES = ("missed", "spurious", "boundary", "type", "role", "wrong trigger", "cue", "source", "speaker", "quote type")


class Fault(NamedTuple):
    """One fault: its layer and class, and what each side has (``None``: nothing) with its ranges and label."""

    layer: str
    kind: str
    gold: Ranges
    system: Ranges
    gold_label: str | None
    system_label: str | None


def _overlap(a: Sequence[int], b: Sequence[int]) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


def _left(gold: Iterable[Any], system: Iterable[Any]) -> tuple[list[Any], list[Any]]:
    """Return the items of either side that are not, by multiset, on the other."""
    ours, theirs = Counter(gold), Counter(system)
    return sorted((ours - theirs).elements()), sorted((theirs - ours).elements())


def _take(ours: list[Any], theirs: list[Any], alike: Callable[[Any, Any], float]) -> list[tuple[Any, Any]]:
    """Remove from both lists and return the pairs that are alike (1 or more: characters, or true), the most alike first."""
    taken = alignment.pairs(ours, theirs, alike)
    left, right = {i for i, _ in taken}, {j for _, j in taken}
    found = [(ours[i], theirs[j]) for i, j in taken]
    ours[:] = [a for i, a in enumerate(ours) if i not in left]
    theirs[:] = [b for j, b in enumerate(theirs) if j not in right]
    return found


def _span_faults(layer: str, gold: list[MentionItem], system: list[MentionItem]) -> list[Fault]:
    """Return the faults of mentions or triggers, given as ``(start, end, type)``."""
    ours, theirs = _left(gold, system)
    found = [
        Fault(layer, "type", (a[:2],), (b[:2],), a[2], b[2])
        for a, b in _take(ours, theirs, lambda a, b: a[:2] == b[:2])
    ]
    for a, b in _take(ours, theirs, lambda a, b: _overlap(a, b) if a[2] == b[2] else 0):
        found.append(Fault(layer, "boundary", (a[:2],), (b[:2],), a[2], b[2]))
    found += [Fault(layer, "type", (a[:2],), (b[:2],), a[2], b[2]) for a, b in _take(ours, theirs, _overlap)]
    found += [Fault(layer, "missed", (a[:2],), (), a[2], None) for a in ours]
    return found + [Fault(layer, "spurious", (), (b[:2],), None, b[2]) for b in theirs]


def _argument_faults(gold: list[ArgumentItem], system: list[ArgumentItem]) -> list[Fault]:
    """Return the faults of arguments, given as ``(trigger start, end, event type, filler start, end, role)``."""
    ours, theirs = _left(gold, system)
    tests: tuple[tuple[str, Callable[[Any, Any], float]], ...] = (
        ("role", lambda a, b: a[:5] == b[:5]),
        ("boundary", lambda a, b: _overlap(a[3:5], b[3:5]) if (a[:3], a[5]) == (b[:3], b[5]) else 0),
        ("wrong trigger", lambda a, b: a[2:] == b[2:]),
        ("type", lambda a, b: (a[:2], a[3:]) == (b[:2], b[3:])),
    )
    found: list[Fault] = []
    for kind, alike in tests:
        found += [_argument(kind, a, b) for a, b in _take(ours, theirs, alike)]
    found += [_argument("missed", a, None) for a in ours]
    return found + [_argument("spurious", None, b) for b in theirs]


def _argument(kind: str, gold: ArgumentItem | None, system: ArgumentItem | None) -> Fault:
    ranges: list[Ranges] = [() if item is None else (item[3:5], item[:2]) for item in (gold, system)]
    labels = [None if item is None else f"{item[5]} of {item[2]}" for item in (gold, system)]
    return Fault("arguments", kind, ranges[0], ranges[1], labels[0], labels[1])


def _quote_ranges(item: QuoteItem | None) -> Ranges:
    return () if item is None else (*item.content, *item.cue, *item.source)


def _quote_faults(gold: View, system: View, stands_for: dict[str, str | None]) -> list[Fault]:
    """Return the faults of quotes, speakers and quote types over paired quotes."""
    ours, theirs = gold.quotes, system.quotes
    paired = pairs(ours, theirs, stands_for)
    found: list[Fault] = []

    def add(
        layer: str, kind: str, a: QuoteItem | None, b: QuoteItem | None, labels: tuple[str | None, str | None]
    ) -> None:
        found.append(Fault(layer, kind, _quote_ranges(a), _quote_ranges(b), *labels))

    for i, j in paired:
        a, b = ours[i], theirs[j]
        kind = (
            "boundary"
            if a.content != b.content
            else "source"
            if a.source != b.source
            else "cue"
            if a.cue != b.cue
            else ""
        )
        if kind:
            add("quotes", kind, a, b, (a.type or None, b.type or None))
        elif a.type != b.type:
            add("quote types", "quote type", a, b, (a.type or None, b.type or None))
        if (a.speaker or b.speaker) and not (a.speaker and stands_for.get(b.speaker) == a.speaker):
            add("speakers", "speaker", a, b, (a.speaker or None, stands_for.get(b.speaker) or b.speaker or None))
    for n, a in enumerate(ours):
        if n not in {i for i, _ in paired}:
            add("quotes", "missed", a, None, (a.type or None, None))
            if a.speaker:
                add("speakers", "missed", a, None, (a.speaker, None))
    for n, b in enumerate(theirs):
        if n not in {j for _, j in paired}:
            add("quotes", "spurious", None, b, (None, b.type or None))
            if b.speaker:
                add("speakers", "spurious", None, b, (None, b.speaker))
    return found


def faults_of(gold: Document, system: Document) -> list[Fault]:
    """Return every fault of one document, in the order of layers."""
    ours, theirs = View(gold), View(system)
    found = _span_faults("mentions", ours.mentions, theirs.mentions)
    found += _span_faults("triggers", [t[:3] for t in ours.triggers], [t[:3] for t in theirs.triggers])
    found += _argument_faults(ours.arguments, theirs.arguments)
    return found + _quote_faults(ours, theirs, dict(standing(ours, theirs)))


class Gain(NamedTuple):
    """How many faults a class has in a layer, and by how much the layer's F1 would rise without them."""

    layer: str
    kind: str
    number: int
    gain: float


def gains(faults: Iterable[Fault], scores: dict[str, Any]) -> list[Gain]:
    """Return what mending each class would gain, the greatest gain first; layers without a score are left out."""
    counts = Counter((fault.layer, fault.kind, bool(fault.gold_label), bool(fault.system_label)) for fault in faults)
    found: list[Gain] = []
    for layer, metric in METRIC_OF.items():
        for kind in CLASSES:
            number = {key[2:]: n for key, n in counts.items() if key[:2] == (layer, kind)}
            total = sum(number.values())
            if total:
                found.append(Gain(layer, kind, total, _gain(scores[metric], kind, total, number)))
    return sorted(found, key=lambda g: (-g.gain, -g.number, g.layer, g.kind))


def _gain(score: Any, kind: str, total: int, sides: dict[tuple[bool, bool], int]) -> float:
    """Return the rise of F1 (or accuracy) when faults become right items, missing ones are found, spurious ones dropped."""
    if hasattr(score, "accuracy"):
        return total / score.total if score.total else 0.0
    if not isinstance(score.tp, int | float):
        return 0.0
    tp, fp, fn = score.tp, score.fp, score.fn
    if kind == "spurious":
        fp -= total
    elif kind == "missed":
        tp, fn = tp + total, fn - total
    else:
        both = total - sum(n for key, n in sides.items() if key != (True, True)) if kind == "speaker" else total
        gold_only = sides.get((True, False), 0) if kind == "speaker" else 0
        system_only = sides.get((False, True), 0) if kind == "speaker" else 0
        tp, fn, fp = tp + both + gold_only, fn - both - gold_only, fp - both - system_only
    return 2 * tp / (2 * tp + fp + fn) - (score.f1 or 0.0) if tp + fp + fn else 0.0
