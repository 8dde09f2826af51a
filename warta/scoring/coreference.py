"""Coreference metrics over the entities of an article, each a set of mention spans.

Values are left out, singletons are kept. Nominals and pronouns count only where a source or an argument of the same file
points to them, because only there the scheme asks for them. A span in several entities stays in the largest (tie: the
one with the smallest sorted span list). Spans are the system's own (no gold mentions are given), and a span that only one
side has counts against that side (no mention is added or removed to make the sides alike: Pradhan et al. 2014).

With K the gold entities, R the system's, recall is, and precision with K and R exchanged:

- ``muc``: sum of \\|k\\| - (number of parts into which R cuts k), over sum of \\|k\\| - 1 (Vilain et al. 1995);
- ``b3``: sum over k and r of \\|k & r\\|^2 / \\|k\\|, over sum of \\|k\\| (Bagga and Baldwin 1998);
- ``ceafe``: total of phi4 = 2 \\|k & r\\| / (\\|k\\| + \\|r\\|) over the best one-to-one alignment, over \\|K\\| (Luo 2005, entity similarity phi4);
- ``lea``: sum of \\|k\\| * (links of k that R keeps / links of k), over sum of \\|k\\|; a singleton has one link, to itself, kept
  where R has the same singleton (Moosavi and Strube 2016);
- ``conll``: mean of the F1 of muc, b3 and ceafe (CoNLL-2012; Pradhan et al. 2012).

Numerators are sums of fractions and are kept exactly, as ``{denominator: sum of numerators}``, so that scores do not depend
on the order or the grouping of documents.

Worked by hand: gold {a b c} {d e}, system {a b} {c d e}. MUC: each gold entity is cut into (2, 1) parts: (1 + 1) / (2 + 1).

>>> spans = {name: (place, place + 1) for place, name in enumerate("abcde")}
>>> gold, system = ([{spans[name] for name in entity} for entity in text.split()] for text in ("abc de", "ab cde"))
>>> found = ratios(gold, system)
>>> {name: (str(fraction(r.recall)), r.gold_total) for name, r in found.items()}
{'muc': ('2', 3), 'b3': ('11/3', 5), 'ceafe': ('8/5', 2), 'lea': ('3', 5)}
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from warta.scoring.judgement import Judgement, Ratio
from warta.scoring.matching import best_pairs
from warta.scoring.view import SpanKey, View

Cluster = set[SpanKey]
#: For each entity: how many spans it shares with which entity of the other side.
Table = list[dict[int, int]]


def judge(gold: View, system: View, judgement: Judgement) -> None:
    """Add the exact parts of the four coreference metrics."""
    for name, ratio in ratios(clusters(gold), clusters(system)).items():
        judgement.ratios[f"coreference.{name}"] = ratio


def clusters(view: View) -> list[Cluster]:
    """Return the entities of a document as disjoint, non-empty sets of spans, in order of their first spans."""
    parts = [counted for _, _, counted in view.entity_spans.values() if counted]
    if len(set().union(*parts)) < sum(map(len, parts)):
        parts = _disjoint(parts)
    return sorted(parts, key=min)


def _disjoint(parts: list[Cluster]) -> list[Cluster]:
    """Leave each span to the largest entity that has it."""
    taken: Cluster = set()
    kept = []
    for part in sorted(parts, key=lambda spans: (-len(spans), sorted(spans))):
        rest = part - taken
        taken |= part
        if rest:
            kept.append(rest)
    return kept


def ratios(gold: Sequence[Cluster], system: Sequence[Cluster]) -> dict[str, Ratio]:
    """Return the parts of ``muc``, ``b3``, ``ceafe`` and ``lea`` for two lists of disjoint entities."""
    owner = {span: place for place, cluster in enumerate(system) for span in cluster}
    table: Table = []
    turned: Table = [{} for _ in system]
    for k, cluster in enumerate(gold):
        shared: dict[int, int] = {}
        for span in cluster:
            if span in owner:
                r = owner[span]
                shared[r] = shared[r] + 1 if r in shared else 1
        table.append(shared)
        for r, count in shared.items():
            turned[r][k] = count
    sizes, system_sizes = [*map(len, gold)], [*map(len, system)]
    spans, system_spans = sum(sizes), sum(system_sizes)
    links, squares, kept = _by_entity(table, sizes, system_sizes)
    system_links, system_squares, system_kept = _by_entity(turned, system_sizes, sizes)
    aligned = _aligned(table, turned, sizes, system_sizes)
    return {
        "muc": Ratio({1: system_links}, system_spans - len(system), {1: links}, spans - len(gold)),
        "b3": Ratio(system_squares, system_spans, squares, spans),
        "ceafe": Ratio(aligned, len(system), aligned, len(gold)),
        "lea": Ratio(system_kept, system_spans, kept, spans),
    }


def fraction(parts: Mapping[int, int]) -> Fraction:
    """Return the value of a sum of fractions.

    >>> fraction({2: 3, 4: 1})
    Fraction(7, 4)
    """
    return sum((Fraction(above, below) for below, above in parts.items()), Fraction())


def _by_entity(
    table: Table, sizes: Iterable[int], other_sizes: Sequence[int]
) -> tuple[int, dict[int, int], dict[int, int]]:
    """Return the numerators of MUC, B3 and LEA.

    A set of n spans has n - 1 links to MUC, which loses one at each cut (spans that the other side lacks are parts of their
    own), and n (n - 1) / 2 to LEA, so that n * kept / links is 2 * kept / (n - 1).
    """
    links = 0
    squares: dict[int, int] = {}
    kept: dict[int, int] = {}
    for row, size in zip(table, sizes, strict=True):
        if not row:
            continue
        shared = square = 0
        for count in row.values():
            shared += count
            square += count * count
        links += shared - len(row)
        squares[size] = squares.get(size, 0) + square
        if size > 1:
            kept[size - 1] = kept.get(size - 1, 0) + square - shared
        elif other_sizes[next(iter(row))] == 1:
            kept[1] = kept.get(1, 0) + 1
    return links, squares, kept


def _aligned(table: Table, turned: Table, sizes: Sequence[int], other_sizes: Sequence[int]) -> dict[int, int]:
    """CEAFe: total phi4 of the best alignment, each connected part of the table solved by itself."""
    parts: dict[int, int] = {}
    for rows, columns in _components(table, turned):
        if len(rows) == 1 and len(columns) == 1:
            pairs = [(rows[0], columns[0])]
        else:
            common = lcm(*{sizes[k] + other_sizes[r] for k in rows for r in table[k]})
            weights = [[table[k].get(r, 0) * common // (sizes[k] + other_sizes[r]) for r in columns] for k in rows]
            pairs = [(rows[row], columns[column]) for row, column in best_pairs(weights)]
        for k, r in pairs:
            below = sizes[k] + other_sizes[r]
            parts[below] = parts.get(below, 0) + 2 * table[k][r]
    return parts


def _components(table: Table, turned: Table) -> Iterator[tuple[list[int], list[int]]]:
    """Yield the rows and columns of each part of the table that hangs together."""
    seen: set[int] = set()
    for first, row in enumerate(table):
        if not row or first in seen:
            continue
        if len(row) == 1:
            (r,) = row
            if len(turned[r]) == 1:
                yield [first], [r]
                continue
        rows, columns = [first], dict.fromkeys(row)
        seen.add(first)
        for k in rows:  # grows while it is walked
            for r in table[k]:
                columns[r] = None
                for other in turned[r]:
                    if other not in seen:
                        seen.add(other)
                        rows.append(other)
        yield sorted(rows), sorted(columns)
