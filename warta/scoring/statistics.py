"""The row of one document: what every metric adds up.

Scores, intervals, slices and paired tests are functions of sums of rows; nothing but rows is ever added.

>>> from warta.document import Document, Mention
>>> gold = Document(id="d", mentions=[Mention(start=0, end=4, type="PER"), Mention(start=9, end=12, type="GPE")])
>>> row = row_of("d", judged(gold, Document(id="d", mentions=gold.mentions[:1])))
>>> missed = FALSE["entities.exact"] + 1
>>> row.values[GOLD["mentions"]], row.values[missed], row.types[missed]
(2, 1, ['GPE'])
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import fsum
from operator import add
from typing import TypeVar

from warta.document import Document
from warta.scoring import claims, coreference, entities, events, quotes
from warta.scoring.judgement import Faults, Group, Judgement, Number, Verdict
from warta.scoring.metrics import CHARACTERS, CORRECT, FALSE, GOLD, LAYERS, RATIO, WIDTH
from warta.scoring.standing import standing
from warta.scoring.view import View

Cells = dict[int, Number]
K = TypeVar("K")
N = TypeVar("N", int, int | float)


@dataclass(slots=True)
class Row:
    """What one document adds to every metric.

    ``values`` has one number for each column of :mod:`warta.scoring.metrics`: integers and halves, so that sums are exact.
    The numerators of coreference are fractions and stand in ``fractions``, ``{column: {denominator: sum of
    numerators}}``, and not in ``values``; :meth:`vector` has both.

    What is under which type: ``types`` is ``{column: a type for each item that counts one}``, ``amounts``
    ``{column: {type: amount}}`` for the others. Support and false negatives are under gold's type, false positives under
    the predicted one. ``sliced`` is ``{(slice, value): {column: number}}`` for slices of gold items, ``places``
    ``{slice: value}`` for slices of documents.
    """

    id: str
    values: list[Number] = field(default_factory=lambda: [0] * WIDTH)
    fractions: dict[int, dict[int, int]] = field(default_factory=dict)
    types: dict[int, Sequence[str]] = field(default_factory=dict)
    amounts: dict[int, dict[str, Number]] = field(default_factory=dict)
    sliced: dict[tuple[str, str], Cells] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    def vector(self) -> list[float]:
        """Return ``values`` with the numerators of coreference, rounded to floats."""
        vector: list[float] = list(self.values)
        for column, parts in self.fractions.items():
            vector[column] = fsum([count / denominator for denominator, count in parts.items()])
        return vector


#: Types are collected for that many documents and then counted at once, which is faster than one by one.
BATCH = 256


@dataclass(slots=True)
class Totals:
    """Sums of rows; sums of sums by :meth:`merge`. ``places`` are the sums over each slice of documents."""

    documents: int = 0
    values: list[Number] = field(default_factory=lambda: [0] * WIDTH)
    fractions: dict[int, dict[int, int]] = field(default_factory=dict)
    sliced: dict[tuple[str, str], Cells] = field(default_factory=dict)
    places: dict[tuple[str, str], Totals] = field(default_factory=dict)
    _by_type: dict[int, dict[str, Number]] = field(default_factory=dict)
    _waiting: list[list[str]] = field(default_factory=lambda: [[] for _ in range(WIDTH)])

    def add(self, row: Row) -> None:
        """Add the row of one document."""
        self._add_values(1, row)
        for column, types in row.types.items():
            self._waiting[column] += types
        for column, amounts in row.amounts.items():
            _add_cells(self._by_type.setdefault(column, {}), amounts)
        if self.documents % BATCH == 0:
            self._count()
        for place, cells in row.sliced.items():
            _add_cells(self.sliced.setdefault(place, {}), cells)
        for place in row.places.items():
            self.places.setdefault(place, Totals())._add_values(1, row)

    def merge(self, other: Totals) -> None:
        """Add the sums over other documents."""
        self._add_values(other.documents, other)
        for column, numbers in other.by_type.items():
            _add_cells(self._by_type.setdefault(column, {}), numbers)
        for place, cells in other.sliced.items():
            _add_cells(self.sliced.setdefault(place, {}), cells)
        for place, totals in other.places.items():
            self.places.setdefault(place, Totals()).merge(totals)

    @property
    def by_type(self) -> dict[int, dict[str, Number]]:
        """``{column: {type: number}}``, without zeros."""
        self._count()
        return self._by_type

    def _count(self) -> None:
        for column, types in enumerate(self._waiting):
            if types:
                _add_cells(self._by_type.setdefault(column, {}), Counter(types))
                types.clear()

    def _add_values(self, documents: int, other: Row | Totals) -> None:
        self.documents += documents
        self.values = list(map(add, self.values, other.values))
        for column, parts in other.fractions.items():
            _add_cells(self.fractions.setdefault(column, {}), parts)


def _add_cells(cells: dict[K, N], more: Mapping[K, N]) -> None:
    for cell, number in more.items():
        cells[cell] = cells[cell] + number if cell in cells else number


def judged(gold: Document, system: Document, layers: Sequence[str] = LAYERS) -> Judgement:
    """Return what the metrics of the layers find in one document.

    :raises DanglingReferenceError: a reference in one of the documents points to nothing.
    """
    ours, theirs = View(gold), View(system)
    judgement = Judgement(ours, theirs)
    if "entities" in layers:
        entities.judge(ours, theirs, judgement)
    if "coreference" in layers:
        coreference.judge(ours, theirs, judgement)
    if "events" in layers:
        events.judge(ours, theirs, judgement)
    if "quotes" in layers or "claims" in layers:
        speakers = {quote.speaker for quote in theirs.quotes if quote.speaker}
        stands_for = standing(ours, theirs, sorted(speakers))
        if "quotes" in layers:
            quotes.judge(ours, theirs, judgement, stands_for)
        if "claims" in layers:
            claims.judge(ours, theirs, judgement, stands_for)
    return judgement


def row_of(identifier: str, judgement: Judgement) -> Row:
    """Return the row of a judged document."""
    row = Row(identifier)
    for group in judgement.groups:
        _add_group(row, group)
    for metric, verdict in judgement.verdicts.items():
        _add_verdict(row, CORRECT[metric], verdict, judgement.group(verdict.support).gold_types)
    for metric, ratio in judgement.ratios.items():
        first = RATIO[metric]
        row.fractions[first], row.values[first + 1] = ratio.precision, ratio.system_total
        row.fractions[first + 2], row.values[first + 3] = ratio.recall, ratio.gold_total
    return row


def _add_group(row: Row, group: Group) -> None:
    column, types, weights = GOLD[group.support], group.gold_types, group.weights
    if weights is None:
        row.values[column], row.types[column] = len(types), types
    elif group.support in CHARACTERS:
        row.values[column], row.amounts[column] = sum(weights), _tallied(types, enumerate(weights))
    else:
        present = [label for label, weight in zip(types, weights, strict=True) if weight]
        row.values[column], row.types[column] = len(present), present
    for metric, (missed, spurious) in group.outcomes.items():
        column = FALSE[metric]
        if spurious:
            _add_faults(row, column, spurious, group.system_types)
        if missed:
            _add_faults(row, column + 1, missed, types)


def _add_faults(row: Row, column: int, faults: Faults, types: Sequence[str]) -> None:
    if isinstance(faults, dict):
        row.values[column], row.amounts[column] = sum(faults.values()), _tallied(types, faults.items())
    else:
        row.values[column], row.types[column] = len(faults), [types[index] for index in faults]


def _tallied(types: Sequence[str], amounts: Iterable[tuple[int, Number]]) -> dict[str, Number]:
    tally: dict[str, Number] = {}
    for index, amount in amounts:
        label = types[index]
        tally[label] = tally[label] + amount if label in tally else amount
    return tally


def _add_verdict(row: Row, column: int, verdict: Verdict, types: Sequence[str]) -> None:
    right = [types[index] for index in verdict.right]
    every = right + [types[index] for index in verdict.wrong]
    row.values[column], row.types[column] = len(right), right
    row.values[column + 1], row.types[column + 1] = len(every), every
