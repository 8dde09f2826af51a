"""Entity metrics: worked cases, every assignment tried, and order."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from scoring_documents import documents, mention, mentions

from warta.document import Document
from warta.scoring import score
from warta.scoring.view import View


def counts(gold, system):
    scores = score([gold], [system]).scores
    return {n.partition(".")[2]: (s.tp, s.fp, s.fn) for n, s in scores.items() if n.startswith("entities.")}


CASES = {
    "equal": ([(0, 5, "PER")], [(0, 5, "PER")], (1, 0, 0), (1, 0, 0), (1, 0, 0), (1, 0, 0)),
    "wrong type": ([(0, 5, "PER")], [(0, 5, "ORG")], (0, 1, 1), (1, 0, 0), (0, 1, 1), (1, 0, 0)),
    "overlap of one character": ([(0, 5, "PER")], [(4, 9, "PER")], (0, 1, 1), (0, 1, 1), (1, 0, 0), (0.5, 0.5, 0.5)),
    "touching is no overlap": ([(0, 5, "PER")], [(5, 9, "PER")], (0, 1, 1), (0, 1, 1), (0, 1, 1), (0, 1, 1)),
    "overlap, wrong type": ([(0, 5, "PER")], [(3, 9, "ORG")], (0, 1, 1), (0, 1, 1), (0, 1, 1), (0.5, 0.5, 0.5)),
    "said twice": ([(0, 5, "PER")], [(0, 5, "PER")] * 2, (1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 1, 0)),
    "one for two": (
        [(0, 4, "PER"), (5, 9, "PER")], [(0, 9, "PER")], (0, 1, 2), (0, 1, 2), (1, 0, 1), (0.5, 0.5, 1.5),
    ),
    "two for one": (
        [(0, 9, "PER")], [(0, 4, "PER"), (5, 9, "PER")], (0, 2, 1), (0, 2, 1), (1, 1, 0), (0.5, 1.5, 0.5),
    ),
    "greedy by order would lose the equal pair": (
        [(0, 10, "PER")], [(0, 4, "PER"), (0, 10, "PER")], (1, 1, 0), (1, 1, 0), (1, 1, 0), (1, 1, 0),
    ),
    "greedy from the left would leave one over": (
        [(0, 4, "PER"), (5, 9, "PER")], [(0, 3, "PER"), (2, 7, "PER")], (0, 2, 2), (0, 2, 2), (2, 0, 0), (1, 1, 1),
    ),
    "taking equal pairs first would lose a pair of type": (
        [(0, 10, "PER"), (0, 3, "PER")], [(0, 10, "PER"), (7, 10, "PER")],
        (1, 1, 1), (1, 1, 1), (2, 0, 0), (1, 1, 1),
    ),
    "nested, inner missed": (
        [(0, 12, "ORG"), (8, 12, "GPE")], [(0, 12, "ORG")], (1, 0, 1), (1, 0, 1), (1, 0, 1), (1, 0, 1),
    ),
    "nothing on both sides": ([], [], (0, 0, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)),
    "nothing predicted": ([(0, 5, "PER")], [], (0, 0, 1), (0, 0, 1), (0, 0, 1), (0, 0, 1)),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_worked_cases(name):
    gold, system, exact, boundary, kind, partial = CASES[name]
    expected = {"exact": exact, "boundary": boundary, "type": kind, "partial": partial}
    assert counts(mentions(*gold), mentions(*system)) == expected


def test_nominals_and_pronouns_are_no_items_and_forms_are_not_compared():
    gold = Document(id="d", mentions=[mention(0, 5, "PER", "e", "nominal"), mention(6, 9, "ROL", "e", "role")])
    system = Document(id="d", mentions=[mention(0, 5, "PER", "e", "pronoun"), mention(6, 9, "ROL", "e", "name")])
    assert counts(gold, system)["exact"] == (1, 0, 0)


def test_types_of_faults():
    gold, system = mentions((0, 5, "PER"), (6, 9, "GPE")), mentions((0, 5, "ORG"), (6, 8, "GPE"))
    by_type = score([gold], [system]).by_type
    assert {t: (s.tp, s.fp, s.fn) for t, s in by_type["entities.exact"].items()} == {
        "GPE": (0, 1, 1), "ORG": (0, 1, 0), "PER": (0, 0, 1),
    }  # fmt: skip
    assert {t: (s.tp, s.fp, s.fn) for t, s in by_type["entities.boundary"].items()} == {
        "GPE": (0, 1, 1), "PER": (1, 0, 0),
    }  # fmt: skip
    assert {t: (s.tp, s.fp, s.fn) for t, s in by_type["entities.partial"].items()} == {
        "GPE": (0.5, 0.5, 0.5), "PER": (1, 0, 0),
    }  # fmt: skip


def test_equal_totals_prefer_equal_types():
    gold, system = mentions((0, 4, "PER"), (4, 8, "ORG")), mentions((2, 6, "ORG"))
    by_type = score([gold], [system]).by_type["entities.partial"]
    assert {t: (s.tp, s.fp, s.fn) for t, s in by_type.items()} == {"ORG": (0.5, 0.5, 0.5), "PER": (0, 0, 1)}


def test_scores_that_are_not_defined():
    exact = score([mentions()], [mentions((0, 5, "PER"))]).scores["entities.exact"]
    assert (exact.precision, exact.recall, exact.f1) == (0, None, 0)
    exact = score([mentions((0, 5, "PER"))], [mentions()]).scores["entities.exact"]
    assert (exact.precision, exact.recall, exact.f1) == (None, 0, 0)
    exact = score([mentions()], [mentions()]).scores["entities.exact"]
    assert (exact.precision, exact.recall, exact.f1) == (None, None, None)


def every_assignment(gold, system, credit):
    if len(gold) > len(system):
        gold, system = system, gold
    return max(
        sum(credit(g, system[j]) for g, j in zip(gold, chosen, strict=True))
        for chosen in permutations(range(len(system)), len(gold))
    )


def touching(one, other):
    return max(one[0], other[0]) < min(one[1], other[1])


@settings(max_examples=60, deadline=None, derandomize=True)
@given(documents(distinct=False), documents(distinct=False))
def test_no_assignment_is_better(gold, system):
    found = score([gold], [system], layers=["entities"]).scores
    ours, theirs = View(gold).mentions, View(system).mentions
    assert found["entities.type"].tp == every_assignment(ours, theirs, lambda a, b: touching(a, b) and a[2] == b[2])
    assert found["entities.partial"].tp == every_assignment(
        ours, theirs, lambda a, b: 1 if a[:2] == b[:2] else 0.5 if touching(a, b) else 0
    )


def test_many_overlapping_mentions():
    gold = mentions(*[(place, place + 100, "PER") for place in range(60)])
    system = mentions(*[(place, place + 99, "PER") for place in range(60)], (0, 500, "ORG"))
    assert counts(gold, system)["type"] == (60, 1, 0)
    assert counts(gold, system)["partial"] == (30, 31, 30)
