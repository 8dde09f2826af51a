"""What the metrics found in one document: items of both sides, and what each metric leaves over.

A *group* is a kind of item (mentions, triggers, ...) with the items of both sides in canonical order. For each metric on
it an *outcome* says which gold items are missed and which system items are spurious; an item that is not named there is
right. Rows, scores by type, slices, error lists and comparisons are all read off this.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from warta.scoring.view import View

Number = int | float
#: Indices of items that count one each, or index -> amount.
Faults = Collection[int] | Mapping[int, Number]
#: What a metric leaves over: (missed gold items, spurious system items).
Outcome = tuple[Faults, Faults]


@dataclass(slots=True)
class Group:
    """Items of one support on both sides, their types, and the outcome of each metric.

    ``weights`` is how much each gold item counts: ``None`` where every item is one, else a number per item (0 for a
    quote without cue among the cues, the number of characters where characters are counted).
    """

    support: str
    gold: Sequence[Any]
    system: Sequence[Any]
    gold_types: list[str]
    system_types: list[str]
    outcomes: dict[str, Outcome]
    weights: list[int] | None = None


class Verdict(NamedTuple):
    """Of an accuracy: the items it is measured over, as indices into a group's gold list, right and wrong apart."""

    support: str
    right: list[int]
    wrong: list[int]


class Ratio(NamedTuple):
    """Of a coreference metric: exact parts of precision and recall.

    The numerators are sums of fractions, kept as ``{denominator: sum of numerators}``.
    """

    precision: dict[int, int]
    system_total: int
    recall: dict[int, int]
    gold_total: int


@dataclass(slots=True)
class Judgement:
    """All that was found in one document, layer by layer, and the two sides it was found in."""

    gold: View
    system: View
    groups: list[Group] = field(default_factory=list)
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    ratios: dict[str, Ratio] = field(default_factory=dict)

    def group(self, support: str) -> Group:
        """Return the group of a support (:data:`warta.scoring.metrics.SUPPORTS`)."""
        return next(group for group in self.groups if group.support == support)


def amounts(faults: Faults) -> Mapping[int, Number]:
    """Return index -> amount for faults of either form.

    >>> amounts([3, 5]), amounts({2: 0.5})
    ({3: 1, 5: 1}, {2: 0.5})
    """
    return faults if isinstance(faults, Mapping) else dict.fromkeys(faults, 1)
