"""Is one system better than another, and on which items?

Two paired tests over documents, both two-sided, with p = (c + 1) / (n + 1) for c of n draws at least as extreme as what
was seen, which never claims more than n draws can show (Phipson and Smyth 2010):

- *approximate randomisation* (Noreen 1989; Yeh 2000): the two outputs of each document change sides at random;
- *paired bootstrap* (Koehn 2004; centred as by Riezler and Maxwell 2005): documents are drawn anew,
  the same ones for all systems. It also gives the interval of the difference.

With several systems against one baseline the p-values of a metric are corrected together (Holm 1979).

>>> from warta.scoring.score import score
>>> gold = [{"id": str(n), "mentions": [{"start": 0, "end": 4, "type": "PER"}]} for n in range(12)]
>>> silent, right = ([{**document, "mentions": document["mentions"][:count]} for document in gold] for count in (0, 1))
>>> reports = {name: score(gold, output, keep_rows=True) for name, output in (("silent", silent), ("right", right))}
>>> found = compare(reports, resamples=999, seed=1)["right"]["entities.exact"]
>>> found.difference, found.interval, found.randomisation < 0.01
(1.0, Interval(low=1.0, high=1.0), True)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from warta.document import Document
from warta.scoring.bootstrap import RESAMPLES, Floats, Interval, chunks, interval, matrix, resampled, values
from warta.scoring.judgement import Judgement, amounts
from warta.scoring.metrics import CHARACTERS, LAYERS, WIDTH
from warta.scoring.score import ScoreReport
from warta.scoring.statistics import judged

#: Differences closer than this are equal: floats of the same counts may differ in the last place.
CLOSE = 1e-12


@dataclass(frozen=True, slots=True)
class Difference:
    """One metric of a system against the baseline: F1, or accuracy; ``None`` where it is not defined.

    ``bootstrap`` and ``randomisation`` are p-values, ``bootstrap_holm`` and ``randomisation_holm`` the same corrected for the
    number of systems.
    """

    baseline: float | None = None
    system: float | None = None
    difference: float | None = None
    interval: Interval | None = None
    bootstrap: float | None = None
    randomisation: float | None = None
    bootstrap_holm: float | None = None
    randomisation_holm: float | None = None


def compare(
    reports: Mapping[str, ScoreReport],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
    level: float = 0.95,
    layers: Sequence[str] = LAYERS,
) -> dict[str, dict[str, Difference]]:
    """Compare every system with the first one; return ``{system: {metric: difference}}``.

    :raises ValueError: a report has no rows, reports are on different documents, or there are fewer than two.
    """
    if len(reports) < 2:
        raise ValueError("a comparison needs at least two systems")
    if resamples < 1 or not 0 < level < 1:
        raise ValueError("resamples must be at least 1 and the level between 0 and 1")
    tables = _tables(reports)
    names = list(tables)
    drawn = _bootstrap([tables[name] for name in names], resamples, seed, layers)
    found: dict[str, dict[str, Difference]] = {}
    for place, name in enumerate(names[1:], start=1):
        base, other = tables[names[0]], tables[name]
        seen, seen_other = (_main(table.sum(axis=0)[None, :], layers) for table in (base, other))
        swapped = _randomisation(base, other, resamples, seed + 1, layers)
        found[name] = {
            metric: _difference(
                seen[metric][0],
                seen_other[metric][0],
                drawn[place][metric] - drawn[0][metric],
                swapped[metric],
                level,
            )
            for metric in seen
        }
    return _corrected(found)


def _tables(reports: Mapping[str, ScoreReport]) -> dict[str, Floats]:
    tables: dict[str, Floats] = {}
    ids: list[str] | None = None
    for name, report in reports.items():
        if report.rows is None:
            raise ValueError(f"{name}: score with keep_rows=True to compare")
        rows = sorted(report.rows, key=lambda row: row.id)
        if ids is None:
            ids = [row.id for row in rows]
        elif ids != [row.id for row in rows]:
            raise ValueError(f"{name}: scored on other documents than {next(iter(reports))}")
        tables[name] = matrix(rows) if rows else np.zeros((1, WIDTH))
    return tables


def _main(sums: Floats, layers: Sequence[str]) -> dict[str, Floats]:
    """Return F1 or accuracy of each metric for sums ``[n, columns]``."""
    return {metric: parts.get("f1", parts.get("accuracy", sums)) for metric, parts in values(sums, layers).items()}


def _bootstrap(tables: Sequence[Floats], resamples: int, seed: int, layers: Sequence[str]) -> list[dict[str, Floats]]:
    """Return, for each system, the values of each metric over the same resamples of documents."""
    together = np.concatenate(tables, axis=1)
    sums = np.concatenate(list(resampled(together, resamples, seed)))
    return [_main(sums[:, place * WIDTH : (place + 1) * WIDTH], layers) for place in range(len(tables))]


def _randomisation(base: Floats, other: Floats, trials: int, seed: int, layers: Sequence[str]) -> dict[str, Floats]:
    """Return, for each metric, the differences after random exchange of the outputs."""
    generator = np.random.default_rng(seed)
    gain = other - base
    base_sum, other_sum = base.sum(axis=0), other.sum(axis=0)
    moved = np.concatenate(
        [
            generator.integers(0, 2, size=(size, len(base)), dtype=np.uint8).astype(np.float64) @ gain
            for size in chunks(trials, len(base))
        ]
    )
    one, two = _main(base_sum + moved, layers), _main(other_sum - moved, layers)
    return {metric: two[metric] - one[metric] for metric in one}


def _difference(base: float, other: float, drawn: Floats, swapped: Floats, level: float) -> Difference:
    known, known_other = (None if np.isnan(value) else float(value) for value in (base, other))
    if known is None or known_other is None:
        return Difference(known, known_other)
    difference = known_other - known
    defined = drawn[~np.isnan(drawn)]
    centred = defined - defined.mean() if len(defined) else defined
    return Difference(
        known,
        known_other,
        difference,
        interval(drawn, level),
        _p_value(centred, difference),
        _p_value(np.nan_to_num(swapped), difference),
    )


def _p_value(drawn: Floats, difference: float) -> float:
    """Return (c + 1) / (n + 1) for c of n values at least as far from 0 as the difference.

    >>> _p_value(np.array([0.5, -0.5, 0.1]), -0.5)
    0.75
    """
    return (int(np.count_nonzero(np.abs(drawn) >= abs(difference) - CLOSE)) + 1) / (len(drawn) + 1)


def _corrected(found: dict[str, dict[str, Difference]]) -> dict[str, dict[str, Difference]]:
    """Enter the corrected p-values, metric by metric over the systems."""
    for metric in next(iter(found.values())):
        parts = {name: differences[metric] for name, differences in found.items()}
        bootstrap = holm({name: part.bootstrap for name, part in parts.items() if part.bootstrap is not None})
        randomisation = holm(
            {name: part.randomisation for name, part in parts.items() if part.randomisation is not None}
        )
        for name, part in parts.items():
            found[name][metric] = replace(
                part, bootstrap_holm=bootstrap.get(name), randomisation_holm=randomisation.get(name)
            )
    return found


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Return p-values corrected for their number (Holm 1979).

    >>> holm({"a": 0.01, "b": 0.04, "c": 0.03})
    {'a': 0.03, 'c': 0.06, 'b': 0.06}
    """
    corrected: dict[str, float] = {}
    highest = 0.0
    for place, (name, p) in enumerate(sorted(p_values.items(), key=lambda item: item[1])):
        highest = max(highest, min(1.0, p * (len(p_values) - place)))
        corrected[name] = highest
    return corrected


@dataclass(frozen=True, slots=True)
class Change:
    """A gold item that one of two systems has right and the other has not.

    ``item`` is the tuple of its group (:mod:`warta.scoring.view`), offsets in code points.
    """

    document: str
    metric: str
    gained: bool
    type: str
    item: tuple[Any, ...]


def changes(gold: Document, baseline: Document, system: Document, layers: Sequence[str] = LAYERS) -> Iterator[Change]:
    """Yield what the system gains and loses against the baseline in one document, metric by metric.

    Metrics over characters are left out, and of ``entities.partial`` a change of credit counts.
    """
    before, after = _missed(judged(gold, baseline, layers)), judged(gold, system, layers)
    for metric, missed in _missed(after).items():
        group = next(g for g in after.groups if metric in g.outcomes)
        for index in sorted(missed.keys() | before[metric].keys()):
            was, now = before[metric].get(index, 0), missed.get(index, 0)
            if was != now:
                yield Change(gold.id, metric, now < was, group.gold_types[index], tuple(group.gold[index]))


def _missed(judgement: Judgement) -> dict[str, Mapping[int, float]]:
    return {
        metric: amounts(missed)
        for group in judgement.groups
        if group.support not in CHARACTERS
        for metric, (missed, _) in group.outcomes.items()
    }
