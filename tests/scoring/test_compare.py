"""Paired tests and changes."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from scoring_documents import event, mention, mentions, quote

from warta.document import Document
from warta.scoring import score
from warta.scoring.bootstrap import matrix, values
from warta.scoring.compare import Change, changes, compare, holm

GOLD = [Document(id=f"{n:02}", mentions=[mention(0, 4), mention(6, 9)]) for n in range(10)]


def system(right):
    """A system that has ``right[n]`` of the two mentions of document n."""
    return [Document(id=d.id, mentions=d.mentions[:count]) for d, count in zip(GOLD, right, strict=True)]


def report(right):
    return score(GOLD, system(right), keep_rows=True)


WEAK, STRONG = [1, 0, 1, 2, 1, 1, 0, 2, 1, 1], [2, 1, 2, 2, 1, 2, 1, 1, 2, 2]


def test_randomisation_agrees_with_every_exchange():
    reports = {"weak": report(WEAK), "strong": report(STRONG)}
    found = compare(reports, resamples=20_000, seed=5)["strong"]["entities.exact"]
    tables = [matrix(r.rows) for r in reports.values()]
    extreme = 0
    for exchange in product((0, 1), repeat=10):
        chosen = np.array(exchange)[:, None]
        one, two = np.where(chosen, tables[1], tables[0]), np.where(chosen, tables[0], tables[1])
        f1 = [values(t.sum(axis=0)[None])["entities.exact"]["f1"][0] for t in (one, two)]
        extreme += abs(f1[1] - f1[0]) >= abs(found.difference) - 1e-12
    assert 0 < extreme / 2**10 < 0.2
    assert found.randomisation == pytest.approx(extreme / 2**10, abs=0.01)


def test_a_system_against_itself():
    found = compare({"a": report(WEAK), "b": report(WEAK)}, resamples=200)["b"]
    exact = found["entities.exact"]
    assert (exact.difference, exact.bootstrap, exact.randomisation, exact.interval) == (0, 1, 1, (0, 0))
    assert found["claims"].difference is None and found["claims"].randomisation is None


def test_difference_its_interval_and_the_least_p_value():
    found = compare({"a": report([0] * 10), "b": report([2] * 10)}, resamples=99, seed=1)["b"]["entities.exact"]
    assert (found.baseline, found.system, found.difference) == (0, 1, 1)
    assert found.interval == (1, 1)
    assert found.bootstrap == 1 / 100 and 1 / 100 <= found.randomisation < 0.05


def test_the_other_way_round_is_the_same_test():
    one = compare({"a": report(WEAK), "b": report(STRONG)}, resamples=500, seed=2)["b"]["entities.exact"]
    two = compare({"b": report(STRONG), "a": report(WEAK)}, resamples=500, seed=2)["a"]["entities.exact"]
    assert one.difference == -two.difference and one.randomisation == two.randomisation
    assert one.interval == pytest.approx((-two.interval.high, -two.interval.low))


def test_several_systems_are_corrected_together():
    reports = {"base": report(WEAK), "a": report(STRONG), "b": report([2] * 10), "c": report(WEAK)}
    found = compare(reports, resamples=300, seed=0)
    raw = {name: parts["entities.exact"].randomisation for name, parts in found.items()}
    corrected = {name: parts["entities.exact"].randomisation_holm for name, parts in found.items()}
    assert corrected == holm(raw) and corrected["b"] == pytest.approx(3 * raw["b"])


def test_holm():
    assert holm({"a": 0.01, "b": 0.02, "c": 0.5}) == {"a": 0.03, "b": 0.04, "c": 0.5}
    assert holm({"a": 0.6, "b": 0.7}) == {"a": 1, "b": 1}
    assert holm({}) == {}


def test_wrong_use():
    with pytest.raises(ValueError, match="at least two"):
        compare({"a": report(WEAK)})
    with pytest.raises(ValueError, match="b: score with keep_rows=True"):
        compare({"a": report(WEAK), "b": score(GOLD, GOLD)})
    other = score(GOLD[:5], GOLD[:5], keep_rows=True)
    with pytest.raises(ValueError, match="b: scored on other documents than a"):
        compare({"a": report(WEAK), "b": other})


def test_items_gained_and_lost():
    gold = Document(
        id="d", mentions=[mention(0, 4), mention(6, 9, "ORG")], events=[event(20, 24)], quotes=[quote([(30, 40)])]
    )
    before = Document(id="d", mentions=[mention(0, 4), mention(6, 9)], quotes=[quote([(30, 40)])])
    after = Document(id="d", mentions=[mention(0, 3), mention(6, 9, "ORG")], quotes=[quote([(30, 40)])])
    found = {(c.metric, c.gained): c for c in changes(gold, before, after)}
    assert set(found) == {
        ("entities.exact", False), ("entities.exact", True), ("entities.boundary", False), ("entities.partial", False),
        ("entities.type", True),
    }  # fmt: skip
    assert found["entities.exact", True] == Change("d", "entities.exact", True, "ORG", (6, 9, "ORG"))
    assert list(changes(gold, mentions(), mentions())) == []
