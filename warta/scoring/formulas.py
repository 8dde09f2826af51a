"""Scores from sums of rows: precision, recall and F1, accuracies, and what is not defined as ``None``.

Precision is tp / (tp + fp), ``None`` without predictions; recall tp / (tp + fn), ``None`` without gold; F1 is
2 tp / (2 tp + fp + fn), ``None`` only when both sides are empty (van Rijsbergen 1979, chapter 7). All are micro-averages:
counts are summed over the corpus first.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from warta.scoring.coreference import fraction
from warta.scoring.judgement import Number
from warta.scoring.metrics import (
    ACCURACIES,
    CORRECT,
    COUNTED,
    FALSE,
    GOLD,
    LAYERS,
    MEANS,
    METRICS,
    RATIO,
    RATIOS,
    layer_of,
)
from warta.scoring.statistics import Totals


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and F1 with the counts they come from; ``None`` where a value is not defined."""

    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    tp: Number | None = None
    fp: Number | None = None
    fn: Number | None = None

    @classmethod
    def of(cls, tp: Number, fp: Number, fn: Number) -> Score:
        """Return the score of counts.

        >>> Score.of(0, 0, 2)
        Score(precision=None, recall=0.0, f1=0.0, tp=0, fp=0, fn=2)
        """
        return cls(
            tp / (tp + fp) if tp + fp else None,
            tp / (tp + fn) if tp + fn else None,
            2 * tp / (2 * tp + fp + fn) if tp + fp + fn else None,
            tp,
            fp,
            fn,
        )


@dataclass(frozen=True, slots=True)
class Accuracy:
    """Share of items that are right; ``None`` without items or where it was not computed."""

    accuracy: float | None = None
    correct: Number | None = None
    total: Number | None = None

    @classmethod
    def of(cls, correct: Number, total: Number) -> Accuracy:
        """Return the accuracy of counts."""
        return cls(correct / total if total else None, correct, total)


Scores = dict[str, Score | Accuracy]


def scores_of(totals: Totals, layers: Sequence[str] = LAYERS) -> Scores:
    """Return the score of every metric; those of other layers with nulls only."""
    found: Scores = {}
    for metric in METRICS:
        if layer_of(metric) not in layers:
            found[metric] = Accuracy() if metric in ACCURACIES else Score()
        elif metric in COUNTED or metric in ACCURACIES:
            found[metric] = _counted(metric, totals.values)
        elif metric in RATIOS:
            found[metric] = _ratio(*_parts(metric, totals))
        else:
            found[metric] = _mean([_f1(*_parts(other, totals)) for other in MEANS[metric]])
    return found


def _counted(metric: str, values: Mapping[int, Number] | Sequence[Number]) -> Score | Accuracy:
    """Return the score of a metric that counts, from values by column."""
    if metric in ACCURACIES:
        column = CORRECT[metric]
        return Accuracy.of(values[column], values[column + 1])
    column = FALSE[metric]
    missed = values[column + 1]
    return Score.of(values[GOLD[COUNTED[metric]]] - missed, values[column], missed)


def _parts(metric: str, totals: Totals) -> tuple[Fraction | None, Fraction | None]:
    """Return the exact precision and recall of a coreference metric, each ``None`` where nothing is there."""
    first = RATIO[metric]
    system_total, gold_total = totals.values[first + 1], totals.values[first + 3]
    return (
        fraction(totals.fractions[first]) / Fraction(system_total) if system_total else None,
        fraction(totals.fractions[first + 2]) / Fraction(gold_total) if gold_total else None,
    )


def _f1(precision: Fraction | None, recall: Fraction | None) -> Fraction | None:
    if precision is None and recall is None:
        return None
    if not precision or not recall:
        return Fraction()
    return 2 * precision * recall / (precision + recall)


def _ratio(precision: Fraction | None, recall: Fraction | None) -> Score:
    f1 = _f1(precision, recall)
    return Score(*(None if value is None else float(value) for value in (precision, recall, f1)))


def _mean(values: Sequence[Fraction | None]) -> Score:
    known = [value for value in values if value is not None]
    return Score(f1=float(sum(known, Fraction()) / len(values)) if len(known) == len(values) else None)


def scores_by_type(totals: Totals, layers: Sequence[str] = LAYERS) -> dict[str, Scores]:
    """Return ``{metric: {type: score}}``; coreference has no types, and its metrics are there and empty."""
    by_column = totals.by_type()
    found: dict[str, Scores] = {}
    for metric in METRICS:
        found[metric] = {}
        if layer_of(metric) not in layers or not (metric in COUNTED or metric in ACCURACIES):
            continue
        columns = _columns(metric)
        for label in sorted({label for column in columns for label in by_column.get(column, {})}):
            cells = {column: by_column.get(column, {}).get(label, 0) for column in columns}
            found[metric][label] = _counted(metric, cells)
    return found


def _columns(metric: str) -> tuple[int, ...]:
    """Return the columns of a metric that counts."""
    if metric in ACCURACIES:
        return CORRECT[metric], CORRECT[metric] + 1
    return GOLD[COUNTED[metric]], FALSE[metric], FALSE[metric] + 1


def scores_by_slice(totals: Totals, layers: Sequence[str] = LAYERS) -> dict[str, dict[str, Scores]]:
    """Return ``{slice: {value: {metric: score}}}``.

    Slices of documents have every metric. Slices of gold items have the metrics on those items, with recall and with
    precision, F1 and fp ``None``, because a spurious item has no gold value to be counted under.
    """
    found: dict[str, dict[str, Scores]] = {}
    for (name, value), part in sorted(totals.places.items()):
        found.setdefault(name, {})[value] = scores_of(part, layers)
    for (name, value), cells in sorted(totals.sliced.items()):
        scores: Scores = {}
        for metric in METRICS:
            if metric in ACCURACIES and cells.get(CORRECT[metric] + 1):
                scores[metric] = Accuracy.of(cells.get(CORRECT[metric], 0), cells[CORRECT[metric] + 1])
            elif metric in COUNTED and layer_of(metric) in layers and cells.get(GOLD[COUNTED[metric]]):
                total, missed = cells[GOLD[COUNTED[metric]]], cells.get(FALSE[metric] + 1, 0)
                scores[metric] = Score(recall=(total - missed) / total, tp=total - missed, fn=missed)
        found.setdefault(name, {})[value] = scores
    return found
