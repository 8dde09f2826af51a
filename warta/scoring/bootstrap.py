"""Confidence intervals by resampling documents (percentile bootstrap; Efron and Tibshirani 1993, chapter 13).

Documents, not items, are drawn, because the items of one article are not independent. A resample is a vector of how often
each document was drawn; its sums are that vector times the matrix of rows, so thousands of resamples of all metrics
are a few matrix products.

>>> from warta.scoring.score import score
>>> gold = [{"id": str(n), "mentions": [{"start": 0, "end": 4, "type": "PER"}]} for n in range(20)]
>>> predictions = [{"id": document["id"], "mentions": document["mentions"][: n % 2]} for n, document in enumerate(gold)]
>>> report = score(gold, predictions, keep_rows=True)
>>> found = intervals(report.rows, resamples=500, seed=1)["entities.exact"]
>>> found["precision"], found["recall"].low < 0.5 < found["recall"].high
(Interval(low=1.0, high=1.0), True)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

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
    WIDTH,
    layer_of,
)
from warta.scoring.statistics import Vector

Floats = npt.NDArray[np.float64]
RESAMPLES = 10_000
#: Numbers held at a time: resamples are drawn in chunks, so that memory does not grow with their number.
CHUNK = 1_000_000


class Interval(NamedTuple):
    """Bounds of a confidence interval."""

    low: float
    high: float


def matrix(rows: Sequence[Vector]) -> Floats:
    """Return the array ``[documents, columns]`` of the rows' numbers, in the order of the rows."""
    return np.array([row.numbers for row in rows], dtype=np.float64).reshape(len(rows), WIDTH)


def resampled(rows: Floats, resamples: int, seed: int) -> Iterator[Floats]:
    """Yield the sums over resampled documents, ``[chunk, columns]``, chunk by chunk until there are ``resamples``."""
    documents = len(rows)
    generator = np.random.default_rng(seed)
    for size in chunks(resamples, documents):
        drawn = generator.integers(0, documents, size=(size, documents), dtype=np.int32)
        places = drawn + (np.arange(size, dtype=np.int32) * documents)[:, None]
        counts = np.bincount(places.ravel(), minlength=size * documents).reshape(size, documents)
        yield counts.astype(np.float64) @ rows


def chunks(total: int, documents: int) -> Iterator[int]:
    """Yield the sizes of the chunks in which so many draws over so many documents are made."""
    size = max(1, CHUNK // max(1, documents))
    for first in range(0, total, size):
        yield min(size, total - first)


def values(sums: Floats, layers: Sequence[str] = LAYERS) -> dict[str, dict[str, Floats]]:
    """Return ``{metric: {"precision" | "recall" | "f1" | "accuracy": array}}`` for sums ``[n, columns]``.

    Each array has n values, NaN where the score is not defined. The formulas are those of
    :mod:`warta.scoring.formulas`, over arrays.
    """
    found: dict[str, dict[str, Floats]] = {}
    with np.errstate(divide="ignore", invalid="ignore"):
        for metric in METRICS:
            if layer_of(metric) not in layers:
                continue
            if metric in ACCURACIES:
                found[metric] = {"accuracy": sums[:, CORRECT[metric]] / sums[:, CORRECT[metric] + 1]}
            elif metric in COUNTED:
                fp, fn = sums[:, FALSE[metric]], sums[:, FALSE[metric] + 1]
                tp = sums[:, GOLD[COUNTED[metric]]] - fn
                found[metric] = {
                    "precision": tp / (tp + fp),
                    "recall": tp / (tp + fn),
                    "f1": 2 * tp / (2 * tp + fp + fn),
                }
            elif metric in RATIOS:
                found[metric] = _ratio(sums[:, RATIO[metric] : RATIO[metric] + 4])
            else:
                found[metric] = {"f1": np.mean([found[other]["f1"] for other in MEANS[metric]], axis=0)}
    return found


def _ratio(parts: Floats) -> dict[str, Floats]:
    precision, recall = parts[:, 0] / parts[:, 1], parts[:, 2] / parts[:, 3]
    f1 = 2 * precision * recall / (precision + recall)
    something = (parts[:, 1] > 0) | (parts[:, 3] > 0)
    nothing_right = (np.nan_to_num(precision) == 0) | (np.nan_to_num(recall) == 0)
    return {"precision": precision, "recall": recall, "f1": np.where(something & nothing_right, 0.0, f1)}


def intervals(
    rows: Sequence[Vector],
    *,
    resamples: int = RESAMPLES,
    seed: int = 0,
    level: float = 0.95,
    layers: Sequence[str] = LAYERS,
) -> dict[str, dict[str, Interval | None]]:
    """Return ``{metric: {"precision" | "recall" | "f1" | "accuracy": interval}}``.

    Resamples in which a value is not defined are left out; the interval is ``None`` where it is defined in none. Rows are
    sorted by document id first, so the order of a file does not matter.

    :raises ValueError: there are no resamples, or the level is not between 0 and 1.
    """
    if resamples < 1 or not 0 < level < 1:
        raise ValueError("resamples must be at least 1 and the level between 0 and 1")
    table = matrix(sorted(rows, key=lambda row: row.id))
    if not len(table):
        table = np.zeros((1, WIDTH))
    sums = np.concatenate(list(resampled(table, resamples, seed)))
    return {
        metric: {name: interval(drawn, level) for name, drawn in parts.items()}
        for metric, parts in values(sums, layers).items()
    }


def interval(drawn: Floats, level: float) -> Interval | None:
    """Return the percentile interval of drawn values, NaN left out.

    >>> interval(np.array([*range(101), np.nan]), 0.5)
    Interval(low=25.0, high=75.0)
    """
    defined = drawn[~np.isnan(drawn)]
    if not len(defined):
        return None
    low, high = np.percentile(defined, [50 - 50 * level, 50 + 50 * level])
    return Interval(float(low), float(high))
