"""Intervals: the array formulas are those of the report, and resampling does what it says."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from scoring_documents import documents, mention, mentions

from warta.document import Document
from warta.scoring import score
from warta.scoring.bootstrap import interval, intervals, matrix, resampled, values


@settings(max_examples=60, deadline=None, derandomize=True)
@given(documents(distinct=False), documents(distinct=False))
def test_array_formulas_are_those_of_the_report(gold, system):
    report = score([gold], [system], keep_rows=True)
    found = values(matrix(report.rows))
    assert list(found) == list(report.scores)
    for name, parts in found.items():
        for key, array in parts.items():
            exact = getattr(report.scores[name], key)
            assert np.isnan(array[0]) if exact is None else array[0] == pytest.approx(exact, abs=1e-12), (name, key)


def corpus(wrong):
    """Twenty documents with one mention each; in ``wrong`` of them the system is wrong."""
    gold = [Document(id=f"{n:02}", mentions=[mention(0, 4)]) for n in range(20)]
    return gold, [Document(id=d.id, mentions=[mention(0, 3 if n < wrong else 4)]) for n, d in enumerate(gold)]


def test_the_interval_of_a_proportion():
    report = score(*corpus(10), keep_rows=True)
    found = intervals(report.rows, resamples=4000, seed=3)["entities.exact"]["f1"]
    # the mean of twenty fair coins has the 95 % range 6/20 to 14/20
    assert (found.low, found.high) == pytest.approx((0.3, 0.7), abs=0.051)
    assert found == intervals(report.rows[::-1], resamples=4000, seed=3)["entities.exact"]["f1"]
    narrow = intervals(report.rows, resamples=4000, seed=3, level=0.5)["entities.exact"]["f1"]
    assert found.low < narrow.low < narrow.high < found.high


def test_nothing_varies_where_everything_is_right():
    report = score(*corpus(0), keep_rows=True)
    found = intervals(report.rows, resamples=50)
    assert found["entities.boundary"]["precision"] == (1, 1)
    assert found["claims"] == {"precision": None, "recall": None, "f1": None}
    assert found["coreference.conll"]["f1"] is None


def test_a_resample_draws_as_many_documents_as_there_are(monkeypatch):
    table = np.eye(7)
    monkeypatch.setattr("warta.scoring.bootstrap.CHUNK", 70)
    drawn = list(resampled(table, 35, seed=0))
    assert [len(part) for part in drawn] == [10, 10, 10, 5]
    sums = np.concatenate(drawn)
    assert (sums.sum(axis=1) == 7).all() and sums.std() > 0.5


def test_no_documents_and_wrong_use():
    assert intervals([], resamples=5)["entities.exact"]["f1"] is None
    report = score([mentions()], [mentions()], keep_rows=True)
    for options in ({"resamples": 0}, {"level": 1}):
        with pytest.raises(ValueError, match="resamples must be at least 1"):
            intervals(report.rows, **options)


def test_values_that_are_not_defined_are_left_out():
    assert interval(np.array([np.nan, 0.5, 0.5]), 0.95) == (0.5, 0.5)
    assert interval(np.array([np.nan]), 0.95) is None
