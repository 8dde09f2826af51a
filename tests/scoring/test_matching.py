"""The solver against trying every assignment."""

from __future__ import annotations

import random
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warta.scoring import matching
from warta.scoring.matching import best_pairs, rematched, unmatched

matrices = st.integers(1, 5).flatmap(
    lambda width: st.lists(st.lists(st.integers(0, 6), min_size=width, max_size=width), min_size=1, max_size=5)
)


def best_total(weights):
    rows, columns = len(weights), len(weights[0])
    if rows > columns:
        return best_total(list(zip(*weights, strict=True)))
    return max(sum(weights[i][j] for i, j in enumerate(chosen)) for chosen in permutations(range(columns), rows))


def total(weights, pairs):
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
    assert all(weights[i][j] > 0 for i, j in pairs)
    return sum(weights[i][j] for i, j in pairs)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(matrices)
def test_best_pairs_have_the_greatest_total(weights):
    assert total(weights, best_pairs(weights)) == best_total(weights)


@settings(max_examples=50, deadline=None, derandomize=True)
@given(matrices)
def test_weights_beyond_floats_are_compared_exactly(weights):
    huge = [[weight * 10**40 + (i + j) % 2 for j, weight in enumerate(row)] for i, row in enumerate(weights)]
    assert total(huge, best_pairs(huge)) == best_total(huge)


@pytest.mark.parametrize("columns", [30, 45])
def test_large_matrices_agree_with_the_exact_solver(columns, monkeypatch):
    draw = random.Random(columns)
    weights = [[draw.choice((0, 0, 1, 2, 3)) for _ in range(columns)] for _ in range(30)]
    compiled = best_pairs(weights)
    monkeypatch.setattr(matching, "LARGE", 10**6)
    assert total(weights, compiled) == total(weights, best_pairs(weights))


def test_equal_items_are_matched_by_multiset():
    assert unmatched(["a", "a", "b"], ["a", "c", "b", "b"]) == ([1], [1, 3])
    assert unmatched([], ["a"]) == ([], [0])


def test_a_looser_key_matches_only_what_is_left():
    gold, system = [("a", 1), ("a", 2)], [("a", 2), ("a", 3), ("b", 1)]
    missed, spurious = unmatched(gold, system)
    assert (missed, spurious) == ([0], [1, 2])
    assert rematched(gold, system, missed, spurious, lambda item: item[0]) == ([], [2])
