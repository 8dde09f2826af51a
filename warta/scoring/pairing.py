"""Pairing of quotes: which predicted quote is which gold quote.

Spans of a part are sorted and touching ones merged. First quotes of equal content are paired, as many as there are, preferring
more equal cues, then sources, types, speakers. The rest are paired where their contents overlap, one to one, by the greatest
total Dice coefficient over content characters, 2 \\|a & b\\| / (\\|a\\| + \\|b\\|); ties by more equal cues, more equal sources, and the
least total difference of content starts. Both lists are sorted by (content, cue, source, type) before solving. All criteria are
folded into whole numbers, so no rounding ever decides. (Definition of this corpus; overlap of content characters as in
Pareti et al. 2013, with a one-to-one assignment.)

Worked by hand: gold quotes at 0-10 and 10-30, a predicted one at 0-20 overlaps both by ten characters: Dice 2*10/(10+20) with the
first, 2*10/(20+20) with the second; it is paired with the first.

>>> quote = lambda start, end: QuoteItem(((start, end),), (), (), "direct", "")
>>> pairs([quote(0, 10), quote(10, 30)], [quote(0, 20)], {})
[(0, 0)]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import lcm

from warta.scoring.matching import best_pairs
from warta.scoring.view import Part, QuoteItem, characters

Pair = tuple[int, int]


def pairs(gold: Sequence[QuoteItem], system: Sequence[QuoteItem], stands_for: Mapping[str, str | None]) -> list[Pair]:
    """Return the index pairs (gold, system), sorted, of two sorted lists of quotes.

    ``stands_for`` maps the predicted speakers to gold entities (:mod:`warta.scoring.standing`).
    """
    found, gold_rest, system_rest = _equal_content(gold, system, stands_for)
    if gold_rest and system_rest:
        found += _overlapping(gold, system, gold_rest, system_rest)
        found.sort()
    return found


def same_speaker(gold: QuoteItem, system: QuoteItem, stands_for: Mapping[str, str | None]) -> bool:
    """Tell whether both have no speaker or the predicted one stands for gold's."""
    if not gold.speaker or not system.speaker:
        return gold.speaker == system.speaker
    return stands_for.get(system.speaker) == gold.speaker


def _equal_content(
    gold: Sequence[QuoteItem], system: Sequence[QuoteItem], stands_for: Mapping[str, str | None]
) -> tuple[list[Pair], list[int], list[int]]:
    """Return the pairs of equal content and the indices left over on both sides."""
    groups: dict[Part, tuple[list[int], list[int]]] = {}
    for i, quote in enumerate(gold):
        groups.setdefault(quote.content, ([], []))[0].append(i)
    for j, quote in enumerate(system):
        groups.setdefault(quote.content, ([], []))[1].append(j)
    found: list[Pair] = []
    for rows, columns in groups.values():
        if len(rows) == 1 and len(columns) == 1:
            found.append((rows[0], columns[0]))
        elif rows and columns:
            found += _preferred(gold, system, rows, columns, stands_for)
    paired, system_paired = {i for i, _ in found}, {j for _, j in found}
    found.sort()
    return (
        found,
        [i for i in range(len(gold)) if i not in paired],
        [j for j in range(len(system)) if j not in system_paired],
    )


def _preferred(
    gold: Sequence[QuoteItem],
    system: Sequence[QuoteItem],
    rows: list[int],
    columns: list[int],
    stands_for: Mapping[str, str | None],
) -> list[Pair]:
    """Pair quotes of one content: as many as possible, then by agreement of the other parts in order of weight."""
    base = min(len(rows), len(columns)) + 1

    def weight(one: QuoteItem, other: QuoteItem) -> int:
        digits = (
            True,
            one.cue == other.cue,
            one.source == other.source,
            one.type == other.type,
            same_speaker(one, other, stands_for),
        )
        total = 0
        for digit in digits:
            total = total * base + digit
        return total

    return _solved(rows, columns, [[weight(gold[i], system[j]) for j in columns] for i in rows], gold, system)


def _overlapping(
    gold: Sequence[QuoteItem], system: Sequence[QuoteItem], gold_rest: list[int], system_rest: list[int]
) -> list[Pair]:
    """Pair quotes of different content, each connected part of the overlap graph by itself."""
    common = {
        (i, j): shared
        for i in gold_rest
        for j in system_rest
        if (shared := shared_characters(gold[i].content, system[j].content))
    }
    found: list[Pair] = []
    for rows, columns in _components(common):
        if len(rows) == 1 and len(columns) == 1:
            found.append((rows[0], columns[0]))
        else:
            weights = _overlap_weights(gold, system, rows, columns, common)
            found += _solved(rows, columns, weights, gold, system)
    return found


def _overlap_weights(
    gold: Sequence[QuoteItem],
    system: Sequence[QuoteItem],
    rows: list[int],
    columns: list[int],
    common: Mapping[Pair, int],
) -> list[list[int]]:
    """Fold Dice, equal cues, equal sources and difference of starts into one whole number a pair; 0 without overlap."""
    sizes = {i: characters(gold[i].content) for i in rows}
    system_sizes = {j: characters(system[j].content) for j in columns}
    edges = [(i, j) for i in rows for j in columns if (i, j) in common]
    denominator = lcm(*{sizes[i] + system_sizes[j] for i, j in edges})
    shift = {(i, j): abs(gold[i].content[0][0] - system[j].content[0][0]) for i, j in edges}
    count = min(len(rows), len(columns))
    unit = count * max(shift.values()) + 1  # more than all differences of starts together

    def weight(edge: Pair) -> int:
        if edge not in common:
            return 0
        i, j = edge
        total = common[edge] * denominator // (sizes[i] + system_sizes[j])
        total = total * (count + 1) + (gold[i].cue == system[j].cue)
        total = total * (count + 1) + (gold[i].source == system[j].source)
        return total * unit - shift[edge]

    return [[weight((i, j)) for j in columns] for i in rows]


def _solved(
    rows: list[int],
    columns: list[int],
    weights: list[list[int]],
    gold: Sequence[QuoteItem],
    system: Sequence[QuoteItem],
) -> list[Pair]:
    """Solve so that exchanging gold and system exchanges the pairs: the smaller list (by its quotes) gives the rows."""
    keys = [gold[i][:4] for i in rows]
    system_keys = [system[j][:4] for j in columns]
    if (len(keys), keys) <= (len(system_keys), system_keys):
        return [(rows[row], columns[column]) for row, column in best_pairs(weights)]
    turned = [list(column) for column in zip(*weights, strict=True)]
    return [(rows[row], columns[column]) for column, row in best_pairs(turned)]


def shared_characters(one: Part, other: Part) -> int:
    """Return the number of characters in both parts.

    >>> shared_characters(((0, 10), (20, 30)), ((5, 25),))
    10
    """
    if not one or not other or one[0][0] >= other[-1][1] or other[0][0] >= one[-1][1]:
        return 0
    total = i = j = 0
    while i < len(one) and j < len(other):
        total += max(0, min(one[i][1], other[j][1]) - max(one[i][0], other[j][0]))
        if one[i][1] <= other[j][1]:
            i += 1
        else:
            j += 1
    return total


def _components(common: Mapping[Pair, int]) -> list[tuple[list[int], list[int]]]:
    """Return the rows and columns of each connected part of the overlap graph, sorted."""
    columns_of: dict[int, list[int]] = {}
    rows_of: dict[int, list[int]] = {}
    for i, j in common:
        columns_of.setdefault(i, []).append(j)
        rows_of.setdefault(j, []).append(i)
    found = []
    seen: set[int] = set()
    for first in columns_of:
        if first in seen:
            continue
        seen.add(first)
        rows, columns = [first], set()
        for i in rows:  # grows while it is walked
            for j in columns_of[i]:
                columns.add(j)
                for other in rows_of[j]:
                    if other not in seen:
                        seen.add(other)
                        rows.append(other)
        found.append((sorted(rows), sorted(columns)))
    return found
