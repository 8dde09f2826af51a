"""One-to-one matching: equal items by multiset, and best pairs by weight.

Both sides come in canonical order, so that the order of a file never decides between equally good pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

#: From this number of rows and columns on, scipy's compiled solver is worth its import.
LARGE = 24


def unmatched(gold: Sequence[Hashable], system: Sequence[Hashable]) -> tuple[list[int], list[int]]:
    """Return the indices of gold items and of system items that have no equal partner, counting by multiset.

    >>> unmatched(["a", "b", "b"], ["b", "c"])
    ([0, 2], [1])
    """
    if gold == system:
        return [], []
    places, system_places = dict(zip(gold, range(len(gold)))), dict(zip(system, range(len(system))))  # noqa: B905
    if len(places) == len(gold) and len(system_places) == len(system):
        ours, theirs = set(places), set(system_places)  # made and subtracted without hashing the items again
        return (
            sorted([places[item] for item in ours - theirs]),
            sorted([system_places[item] for item in theirs - ours]),
        )
    return _leftover(gold, system), _leftover(system, gold)


def _leftover(items: Sequence[Hashable], others: Sequence[Hashable]) -> list[int]:
    pool: dict[Hashable, int] = {}
    for item in others:
        pool[item] = pool.get(item, 0) + 1
    left = []
    for i, item in enumerate(items):
        count = pool.get(item, 0)
        if count:
            pool[item] = count - 1
        else:
            left.append(i)
    return left


def rematched(
    gold: Sequence[Any],
    system: Sequence[Any],
    missed: Sequence[int],
    spurious: Sequence[int],
    key: Callable[[Any], Hashable],
) -> tuple[list[int], list[int]]:
    """Match what a stricter key left over by a looser one; return the indices that are still without partner.

    Pairs that agree in the stricter key agree in the looser one too, so the two stages together find the multiset
    intersection under the looser key, and prefer the better pairs.

    >>> rematched([("a", 1), ("b", 1)], [("a", 2)], [0, 1], [0], lambda item: item[0])
    ([1], [])
    """
    if not missed or not spurious:
        return list(missed), list(spurious)
    still_missed, still_spurious = unmatched([key(gold[i]) for i in missed], [key(system[j]) for j in spurious])
    return [missed[i] for i in still_missed], [spurious[j] for j in still_spurious]


def best_pairs(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Return the pairs ``(row, column)`` of a one-to-one matching with the greatest total of whole-number weights.

    Weights are 0 (no pair) or positive and may be of any size: they are compared exactly, so several criteria can be
    folded into one number. The result depends on nothing but the matrix. Kuhn 1955 with the potentials of
    Jonker and Volgenant 1987; large matrices go to ``scipy.optimize.linear_sum_assignment`` when floats are exact.

    >>> best_pairs([[3, 2], [2, 0]])
    [(0, 1), (1, 0)]
    """
    if len(weights) == 1:
        row = weights[0]
        best = max(row)
        return [(0, row.index(best))] if best else []
    if len(weights[0]) == 1:
        column = [row[0] for row in weights]
        best = max(column)
        return [(column.index(best), 0)] if best else []
    if len(weights) > len(weights[0]):
        turned = list(zip(*weights, strict=True))
        return sorted((i, j) for j, i in best_pairs(turned))
    if len(weights) >= LARGE and max(map(max, weights)) * len(weights) < 2**53:
        return _compiled(weights)
    return [(i, j) for i, j in _assignment(weights) if weights[i][j]]


def _compiled(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(weights, maximize=True)
    return [(i, j) for i, j in zip(rows.tolist(), columns.tolist(), strict=True) if weights[i][j]]


def _assignment(weights: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """Assign every row to a column of its own (rows <= columns), row by row along shortest augmenting paths."""
    width = len(weights[0])
    row_price = [0] * (len(weights) + 1)
    column_price = [0] * (width + 1)
    owner = [0] * (width + 1)  # rows and columns count from 1; column 0 holds the row that looks for a place
    for row in range(1, len(weights) + 1):
        owner[0] = row
        came_from = _augment(weights, row_price, column_price, owner)
        column, path = came_from
        while column:
            owner[column] = owner[path[column]]
            column = path[column]
    return sorted((owner[column] - 1, column - 1) for column in range(1, width + 1) if owner[column])


def _augment(
    weights: Sequence[Sequence[int]], row_price: list[int], column_price: list[int], owner: list[int]
) -> tuple[int, list[int]]:
    """Find a free column for the row in ``owner[0]``; return it and, for each column, the one before on the path."""
    width = len(weights[0])
    slack: list[int | None] = [None] * (width + 1)
    path = [0] * (width + 1)
    open_columns = list(range(1, width + 1))
    reached = [0]
    column = 0
    while owner[column]:
        row = owner[column]
        line, price = weights[row - 1], row_price[row]
        delta: int | None = None
        nearest = 0
        for j in open_columns:
            cost = -line[j - 1] - price - column_price[j]
            known = slack[j]
            if known is None or cost < known:
                slack[j] = known = cost
                path[j] = column
            if delta is None or known < delta:
                delta, nearest = known, j
        assert delta is not None  # there are at least as many columns as rows
        for j in reached:
            row_price[owner[j]] += delta
            column_price[j] -= delta
        for j in open_columns:
            slack[j] -= delta  # type: ignore[operator]
        open_columns.remove(nearest)
        reached.append(nearest)
        column = nearest
    return column, path
