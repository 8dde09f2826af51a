"""Entity metrics: mentions of form name, value or role, without regard to which entity they belong to.

- ``entities.exact``: same span and type, by multiset (CoNLL-2003; Tjong Kim Sang and De Meulder 2003, section 2).
- ``entities.boundary``: same span.
- ``entities.type``: one-to-one pairs that overlap by a character and have the same type, as many as possible
  ("type" of SemEval-2013 task 9, Segura-Bedmar et al. 2013, evaluation metrics, with an optimal instead of a greedy assignment).
- ``entities.partial``: one-to-one pairs of any type with the greatest total credit, 1 for equal spans and 0.5 for
  overlapping ones (MUC-5 evaluation metrics, Chinchor and Sundheim 1993; "partial" of SemEval-2013 task 9). Among pairings of
  equal total the one with most equal types is taken; that decides only which type a fault is listed under.

Worked by hand: gold has a person at 0-10, a place at 20-30 and a day at 40-45; the system has the person right, an
organisation at 20-30 and a day at 42-50.

>>> from warta.scoring.judgement import amounts
>>> gold = [(0, 10, "PER"), (20, 30, "GPE"), (40, 45, "DAT")]
>>> system = [(0, 10, "PER"), (20, 30, "ORG"), (42, 50, "DAT")]
>>> found = outcomes(gold, system)
>>> {name: sum(amounts(missed).values()) for name, (missed, _) in found.items()}
{'entities.exact': 2, 'entities.boundary': 1, 'entities.type': 1, 'entities.partial': 0.5}

An optimal assignment does not depend on the order of the mentions and is never greedy: the long system span below takes the
second gold mention, although it overlaps the first one too.

>>> found = outcomes([(0, 4, "PER"), (5, 9, "PER")], [(0, 3, "PER"), (2, 9, "PER")])
>>> found["entities.type"], found["entities.partial"]
((set(), set()), ({0: 0.5, 1: 0.5}, {0: 0.5, 1: 0.5}))
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from sys import maxsize
from typing import NamedTuple

from warta.scoring.judgement import Group, Judgement, Number, Outcome
from warta.scoring.matching import best_pairs, rematched, unmatched
from warta.scoring.view import MentionItem, View

_SPAN = itemgetter(0, 1)
_TYPE = itemgetter(2)


def judge(gold: View, system: View, judgement: Judgement) -> None:
    """Add the group of mentions with the outcomes of all entity metrics."""
    judgement.groups.append(group_of(gold.mentions, system.mentions))


def group_of(ours: Sequence[MentionItem], theirs: Sequence[MentionItem]) -> Group:
    """Return the group of two sorted lists of mentions, with the outcomes of all entity metrics."""
    return Group("mentions", ours, theirs, [*map(_TYPE, ours)], [*map(_TYPE, theirs)], outcomes(ours, theirs))


def outcomes(gold: Sequence[MentionItem], system: Sequence[MentionItem]) -> dict[str, Outcome]:
    """Return the outcome of each entity metric for two sorted lists of mentions.

    One sweep over both lists settles each stretch of overlapping spans by itself: nothing in it can be paired with
    anything outside, so equal stretches, as most are, need no further look.
    """
    left = Leftover(([], []), ([], []), (set(), set()), ({}, {}))
    if gold == system:
        return left.outcomes()
    ours, theirs = [*gold, _END], [*system, _END]
    i = j = 0
    while True:
        one, other = ours[i], theirs[j]
        first, first_system = i, j
        if one == other:
            if one is _END:
                return left.outcomes()
            i += 1
            j += 1
            limit = one[1]
            if ours[i][0] >= limit and theirs[j][0] >= limit:
                continue  # equal spans that nothing else touches
        else:
            start, limit, _ = one if one < other else other
            if limit <= start:
                limit = start + 1  # a span without characters must not stop the sweep
        i, j = _stretch(ours, theirs, i, j, limit)
        if one != other or ours[first:i] != theirs[first_system:j]:
            _settle(gold, system, range(first, i), range(first_system, j), left)


#: Missed and spurious mentions; missed and spurious credit.
Indices = tuple[list[int], list[int]]
Unordered = tuple[set[int], set[int]]
Credit = tuple[dict[int, Number], dict[int, Number]]


class Leftover(NamedTuple):
    """What each metric leaves over of the stretches settled so far."""

    exact: Indices
    boundary: Indices
    by_type: Unordered
    partial: Credit

    def add(self, side: int, indices: Sequence[int]) -> None:
        """Enter mentions of a side (0 gold, 1 system) that no metric pairs."""
        self.exact[side].extend(indices)
        self.boundary[side].extend(indices)
        self.by_type[side].update(indices)
        for index in indices:
            self.partial[side][index] = 1

    def outcomes(self) -> dict[str, Outcome]:
        """Return the outcome of each metric."""
        return {
            "entities.exact": self.exact,
            "entities.boundary": self.boundary,
            "entities.type": self.by_type,
            "entities.partial": self.partial,
        }


#: Stands behind the last mention of a list.
_END: MentionItem = (maxsize, maxsize, "")


def _stretch(ours: Sequence[MentionItem], theirs: Sequence[MentionItem], i: int, j: int, limit: int) -> tuple[int, int]:
    """Return where the stretch ends on both sides: the first mentions that begin at or behind all ends before them."""
    while True:
        if ours[i][0] < limit:
            limit = ours[i][1] if ours[i][1] > limit else limit
            i += 1
        elif theirs[j][0] < limit:
            limit = theirs[j][1] if theirs[j][1] > limit else limit
            j += 1
        else:
            return i, j


def _settle(
    gold: Sequence[MentionItem], system: Sequence[MentionItem], rows: range, columns: range, left: Leftover
) -> None:
    """Enter what the metrics leave over in one stretch."""
    if len(rows) == 1 and len(columns) == 1:
        _settle_pair(gold, system, rows[0], columns[0], left)
        return
    if not rows or not columns:
        left.add(0, rows)
        left.add(1, columns)
        return
    ours, theirs = unmatched(gold[rows.start : rows.stop], system[columns.start : columns.stop])
    missed, spurious = [rows[index] for index in ours], [columns[index] for index in theirs]
    if not missed or not spurious:  # one side holds the other: no pairing can do better than the equal ones
        left.add(0, missed)
        left.add(1, spurious)
        return
    for side, indices in enumerate((missed, spurious)):
        left.exact[side].extend(indices)
    for side, indices in enumerate(rematched(gold, system, missed, spurious, _SPAN)):
        left.boundary[side].extend(indices)
    _solve_type(gold, system, rows, columns, left.by_type)
    _solve_partial(gold, system, rows, columns, left.partial)


def _settle_pair(gold: Sequence[MentionItem], system: Sequence[MentionItem], i: int, j: int, left: Leftover) -> None:
    """Enter a stretch of two mentions that are not equal."""
    one, other = gold[i], system[j]
    if not _overlap(one, other):  # one of them has no characters
        left.add(0, (i,))
        left.add(1, (j,))
        return
    left.exact[0].append(i)
    left.exact[1].append(j)
    if one[2] != other[2]:
        left.by_type[0].add(i)
        left.by_type[1].add(j)
    if one[0] != other[0] or one[1] != other[1]:
        left.boundary[0].append(i)
        left.boundary[1].append(j)
        left.partial[0][i] = left.partial[1][j] = 0.5


def _solve_type(
    gold: Sequence[MentionItem], system: Sequence[MentionItem], rows: range, columns: range, by_type: Unordered
) -> None:
    by_type[0].update(rows)
    by_type[1].update(columns)
    for label in {gold[i][2] for i in rows} & {system[j][2] for j in columns}:
        same = [i for i in rows if gold[i][2] == label]
        same_system = [j for j in columns if system[j][2] == label]
        touching = [[int(_overlap(gold[i], system[j])) for j in same_system] for i in same]
        for row, column in best_pairs(touching):
            by_type[0].discard(same[row])
            by_type[1].discard(same_system[column])


def _solve_partial(
    gold: Sequence[MentionItem], system: Sequence[MentionItem], rows: range, columns: range, partial: Credit
) -> None:
    partial[0].update(dict.fromkeys(rows, 1))
    partial[1].update(dict.fromkeys(columns, 1))
    scale = min(len(rows), len(columns)) + 1
    credits = [[_credit(gold[i], system[j], scale) for j in columns] for i in rows]
    for row, column in best_pairs(credits):
        i, j = rows[row], columns[column]
        if gold[i][:2] == system[j][:2]:
            del partial[0][i], partial[1][j]
        else:
            partial[0][i] = partial[1][j] = 0.5


def _overlap(one: MentionItem, other: MentionItem) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _credit(one: MentionItem, other: MentionItem, scale: int) -> int:
    """Return twice the credit of a pair, scaled so that equal types decide between equal totals."""
    if not _overlap(one, other):
        return 0
    return (2 if one[:2] == other[:2] else 1) * scale + (one[2] == other[2])
