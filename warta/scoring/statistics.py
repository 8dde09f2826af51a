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

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import fsum
from typing import NamedTuple, TypeVar

from warta.document import Document
from warta.scoring import claims, coreference, entities, events, quotes
from warta.scoring.judgement import Faults, Group, Judgement, Number, Verdict
from warta.scoring.metrics import CHARACTERS, CORRECT, FALSE, GOLD, LAYERS, RATIO, WIDTH
from warta.scoring.standing import standing
from warta.scoring.view import View

Cells = dict[int, Number]
K = TypeVar("K")
N = TypeVar("N", int, int | float)


class Vector(NamedTuple):
    """The numbers of one document alone, by column, as resampling needs them."""

    id: str
    numbers: array[float]


class Sums:
    """What one or more documents add to every metric.

    ``values`` has one number for each column of :mod:`warta.scoring.metrics`: integers and halves, so that sums are exact.
    The numerators of coreference are fractions and stand in ``fractions``, ``{column: {denominator: sum of
    numerators}}``, and not in ``values``; :meth:`numbers` has both.

    What is under which type: ``types`` is ``{column: a type for each item that counts one}``, ``amounts``
    ``{column: {type: amount}}`` for the others. Support and false negatives are under gold's type, false positives under
    the predicted one. ``sliced`` is ``{(slice, value): {column: number}}`` for slices of gold items.
    """

    def __init__(self) -> None:
        """Start from nothing."""
        self.values: list[Number] = [0] * WIDTH
        self.fractions: defaultdict[int, dict[int, int]] = defaultdict(dict)
        self.types: defaultdict[int, list[str]] = defaultdict(list)
        self.amounts: defaultdict[int, dict[str, Number]] = defaultdict(dict)
        self.sliced: defaultdict[tuple[str, str], Cells] = defaultdict(dict)

    def numbers(self) -> array[float]:
        """Return ``values`` with the numerators of coreference, rounded to floats."""
        numbers = array("d", self.values)
        for column, parts in self.fractions.items():
            numbers[column] = fsum([count / denominator for denominator, count in parts.items()])
        return numbers

    def enter(self, judgement: Judgement) -> None:
        """Add what was found in one document."""
        for group in judgement.groups:
            self._enter_group(group)
        for metric, verdict in judgement.verdicts.items():
            self._enter_verdict(CORRECT[metric], verdict, judgement.group(verdict.support).gold_types)
        for metric, ratio in judgement.ratios.items():
            first = RATIO[metric]
            _add_cells(self.fractions[first], ratio.precision)
            _add_cells(self.fractions[first + 2], ratio.recall)
            self.values[first + 1] += ratio.system_total
            self.values[first + 3] += ratio.gold_total

    def _enter_group(self, group: Group) -> None:
        column, types, weights = GOLD[group.support], group.gold_types, group.weights
        if group.support in CHARACTERS and weights is not None:
            self._enter_amounts(column, dict(enumerate(weights)), types)
        else:
            if weights is not None:
                types = [label for label, weight in zip(types, weights, strict=True) if weight]
            self.values[column] += len(types)
            self.types[column] += types
        for metric, (missed, spurious) in group.outcomes.items():
            column = FALSE[metric]
            if spurious:
                self._enter_faults(column, spurious, group.system_types)
            if missed:
                self._enter_faults(column + 1, missed, group.gold_types)

    def _enter_faults(self, column: int, faults: Faults, types: Sequence[str]) -> None:
        if isinstance(faults, dict):
            self._enter_amounts(column, faults, types)
        else:
            self.values[column] += len(faults)
            self.types[column] += [types[index] for index in faults]

    def _enter_amounts(self, column: int, amounts: Mapping[int, Number], types: Sequence[str]) -> None:
        self.values[column] += sum(amounts.values())
        tally = self.amounts[column]
        for index, amount in amounts.items():
            label = types[index]
            tally[label] = tally[label] + amount if label in tally else amount

    def _enter_verdict(self, column: int, verdict: Verdict, types: Sequence[str]) -> None:
        right = [types[index] for index in verdict.right]
        self._enter_types(column, right)
        self._enter_types(column + 1, right)
        self._enter_types(column + 1, [types[index] for index in verdict.wrong])

    def _enter_types(self, column: int, types: Sequence[str]) -> None:
        self.values[column] += len(types)
        self.types[column] += types

    def include(self, other: Sums) -> None:
        """Add other sums."""
        self.values = [one + more for one, more in zip(self.values, other.values, strict=True)]
        for column, types in other.types.items():
            self.types[column] += types
        for column, parts in other.fractions.items():
            _add_cells(self.fractions[column], parts)
        for column, amounts in other.amounts.items():
            _add_cells(self.amounts[column], amounts)
        for place, cells in other.sliced.items():
            _add_cells(self.sliced[place], cells)


class Row(Sums):
    """What one document adds; ``places`` is ``{slice: value}`` for slices of documents."""

    def __init__(self, identifier: str) -> None:
        """Start the row of a document."""
        super().__init__()
        self.id = identifier
        self.places: dict[str, str] = {}

    def vector(self) -> Vector:
        """Return the numbers alone."""
        return Vector(self.id, self.numbers())


#: Types are collected for that many documents and then counted at once, which is faster than one by one.
BATCH = 256


class Totals(Sums):
    """Sums over documents; ``places`` are the sums over each slice of documents, ``{(slice, value): totals}``."""

    def __init__(self) -> None:
        """Start from no documents."""
        super().__init__()
        self.documents = 0
        self.places: defaultdict[tuple[str, str], Totals] = defaultdict(Totals)

    def add(self, row: Row) -> None:
        """Add the row of one document."""
        self.include(row)
        self._count_document()
        for place in row.places.items():
            self.places[place].include(row)
            self.places[place]._count_document()

    def add_judged(self, judgement: Judgement) -> None:
        """Add one document without making a row of it, which is faster."""
        self.enter(judgement)
        self._count_document()

    def add_group(self, group: Group) -> None:
        """Add one document of which a single group is all there is to be scored."""
        self._enter_group(group)
        self._count_document()

    def merge(self, other: Totals) -> None:
        """Add the sums over other documents."""
        self.include(other)
        self.documents += other.documents
        for place, totals in other.places.items():
            self.places[place].merge(totals)

    def by_type(self) -> dict[int, dict[str, Number]]:
        """Return ``{column: {type: number}}``, without zeros."""
        self._count_types()
        return self.amounts

    def _count_document(self) -> None:
        self.documents += 1
        if self.documents % BATCH == 0:
            self._count_types()

    def _count_types(self) -> None:
        for column, types in self.types.items():
            _add_cells(self.amounts[column], Counter(types))
            types.clear()


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
    row.enter(judgement)
    return row
