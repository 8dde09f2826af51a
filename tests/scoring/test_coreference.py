"""Coreference: the well-known situations with their values, a second implementation, and what counts as a mention."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_documents import event, mention, quote

from warta.document import Document
from warta.scoring import score
from warta.scoring.coreference import clusters, fraction, ratios
from warta.scoring.view import View

F = Fraction


def partition(text):
    """``"a bc"`` is two entities, one with one span and one with two."""
    return [{(ord(letter), ord(letter) + 1) for letter in entity} for entity in text.split()]


# name: gold, system, and recall and precision of muc, b3, ceafe, lea as (recall, precision); None where not worked out
SITUATIONS = {
    "A1 all right": ("a bc def", "a bc def", (1, 1), (1, 1), (1, 1), (1, 1)),
    "A2 mentions and an entity missing": (
        "a bc def", "a de", (F(1, 3), 1), (F(7, 18), 1), (F(9, 15), F(9, 10)), (F(1, 3), 1),
    ),
    "A3 spurious mentions and an entity": (
        "a bc def", "a bcx defy z",
        (1, F(3, 5)), (1, F(55, 108)), (F(93, 105), F(93, 140)), (1, F(4, 9)),
    ),
    "A4 both": (
        "a bc def", "a bcx dy z", (F(1, 3), F(1, 3)), (F(5, 9), F(17, 42)), (F(11, 15), F(11, 20)), (F(1, 2), F(2, 7)),
    ),
    "A5 both, and an overlapping mention in the aligned entity": (
        "a bc def", "a bcxB dy z", (F(1, 3), F(1, 4)), (F(5, 9), F(5, 16)), (F(31, 45), F(31, 60)), (F(1, 2), F(5, 24)),
    ),
    "A6 both, and an overlapping mention in another entity": (
        "a bc def", "a bcx dy Bz", (F(1, 3), F(1, 4)), (F(5, 9), F(17, 48)), (F(11, 15), F(11, 20)), (F(1, 2), F(1, 4)),
    ),
    "A10 only singletons": ("a bc def", "a b c d e f", (0, None), (F(1, 2), 1), (F(65, 90), F(65, 180)), (F(1, 6), F(1, 6))),
    "A11 all in one": ("a bc def", "abcdef", (1, F(3, 5)), (1, F(7, 18)), (F(2, 9), F(2, 3)), (F(5, 6), F(4, 15))),
    "A12 other mentions, only singletons": (
        "a bc def", "a x y c d e z", (0, None), (F(13, 36), F(4, 7)), (F(65, 90), F(65, 210)), (F(1, 6), F(1, 7)),
    ),
    "A13 other mentions, all in one": (
        "a bc def", "axycdez", (F(1, 3), F(1, 6)), (F(17, 36), F(6, 49)), (F(2, 15), F(2, 5)), (F(1, 6), F(1, 21)),
    ),
    "B1 a link across entities": ("ab cde", "bcx de", (F(1, 3), F(1, 3)), None, None, (F(1, 5), F(2, 5))),
    "C1 the same and one entity right": ("ab cde fg", "bcx de fg", (F(2, 4), F(2, 4)), None, None, (F(3, 7), F(4, 7))),
    "D1 a small entity put to a large one": (
        "12345 67 89ABC", "12345 6789ABC", (1, F(9, 10)), (1, F(16, 21)), None, (1, F(26, 36)),
    ),
    "E1 two large entities put together": (
        "12345 67 89ABC", "1234589ABC 67", (1, F(9, 10)), (1, F(7, 12)), None, (1, F(58, 108)),
    ),
    "F1 one cut in two": ("abcd", "ab cd", (F(2, 3), 1), None, None, (F(1, 3), 1)),
    "G1 two put together": ("ab cd", "abcd", (1, F(2, 3)), None, None, (1, F(1, 3))),
    "H1 the same links, another way round": ("abcd", "dcba", (1, 1), (1, 1), (1, 1), (1, 1)),
    "I1 cut in two, another way round": ("dcba", "cd ba", (F(2, 3), 1), None, None, (F(1, 3), 1)),
    "J1 the middle missing": ("abc", "ac", (F(1, 2), 1), None, None, (F(1, 3), 1)),
    "K1 cut in three, each with a stranger": ("bcdeghj", "abc def ghi", (F(3, 6), F(3, 6)), None, None, (F(1, 7), F(1, 3))),
    "L1 pieces across": ("abc defg", "ab cd fgh", (F(2, 5), F(2, 4)), None, None, (F(5, 21), F(3, 7))),
    "M1 one entity, right": ("abcdef", "abcdef", (1, 1), (1, 1), (1, 1), (1, 1)),
    "M2 one entity, only singletons": ("abcdef", "a b c d e f", (0, None), None, None, (0, 0)),
    "M3 one entity, pieces": ("abcdef", "ab cde f", (F(3, 5), 1), None, None, (F(4, 15), F(5, 6))),
    "M4 one entity, half of it others": ("abcdef", "abcxyz", (F(2, 5), F(2, 5)), None, None, (F(1, 5), F(1, 5))),
    "M5 one entity, singletons and strangers": ("abcdef", "a b c x y z", (0, None), None, None, (0, 0)),
    "M6 one entity, pieces and strangers": ("abcdef", "ab cxy z", (F(1, 5), F(1, 3)), None, None, (F(1, 15), F(1, 3))),
    "N1 only singletons, right": ("a b c", "a b c", (None, None), (1, 1), (1, 1), (1, 1)),
    "N3 only singletons, put together": ("a b c d e f", "ab cde f", (None, 0), None, None, (F(1, 6), F(1, 6))),
}  # fmt: skip


def shares(ratio):
    recall, precision = fraction(ratio.recall), fraction(ratio.precision)
    return (
        recall / ratio.gold_total if ratio.gold_total else None,
        precision / ratio.system_total if ratio.system_total else None,
    )


@pytest.mark.parametrize("name", SITUATIONS)
def test_known_situations(name):
    gold, system, *expected = SITUATIONS[name]
    found = ratios(partition(gold), partition(system))
    for metric, values in zip(("muc", "b3", "ceafe", "lea"), expected, strict=True):
        if values is not None:
            assert shares(found[metric]) == values, metric


# A second implementation, straight from the papers' formulas and one span at a time.


def naive_muc(key, response):
    links = kept = 0
    for entity in key:
        pieces = {next((i for i, other in enumerate(response) if span in other), span) for span in entity}
        links += len(entity) - 1
        kept += len(entity) - len(pieces)
    return F(kept, links) if links else None


def naive_b3(key, response):
    terms = []
    for entity in key:
        for span in entity:
            other = next((o for o in response if span in o), set())
            terms.append(F(len(entity & other), len(entity)))
    return sum(terms, F()) / len(terms) if terms else None


def naive_ceafe(key, response):
    if not key:
        return None
    small, large = sorted((key, response), key=len)
    best = max(
        sum((F(2 * len(a & large[j]), len(a) + len(large[j])) for a, j in zip(small, chosen, strict=True)), F())
        for chosen in permutations(range(len(large)), len(small))
    )
    return best / len(key)


def naive_lea(key, response):
    def links(entity):
        found = {frozenset((a, b)) for a in entity for b in entity if a != b}
        return found or {frozenset(entity)}

    value, weight = F(), 0
    for entity in key:
        kept = set().union(*[links(entity) & links(other) for other in response])
        value += len(entity) * F(len(kept), len(links(entity)))
        weight += len(entity)
    return value / weight if weight else None


NAIVE = {"muc": naive_muc, "b3": naive_b3, "ceafe": naive_ceafe, "lea": naive_lea}
partitions = st.lists(st.integers(0, 5), max_size=9).map(
    lambda owners: [
        {(place, place + 1) for place, owner in enumerate(owners) if owner == entity}
        for entity in sorted(set(owners) - {5})
    ]
)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(partitions, partitions)
def test_a_second_implementation_agrees(gold, system):
    found = ratios(gold, system)
    for metric, naive in NAIVE.items():
        assert shares(found[metric]) == (naive(gold, system), naive(system, gold)), metric


def coreference(gold, system):
    scores = score([gold], [system], layers=["coreference"]).scores
    return {n.partition(".")[2]: s for n, s in scores.items() if n.startswith("coreference.")}


def test_conll_is_the_mean_and_null_where_one_is():
    spans = [(0, "a"), (2, "a"), (4, "b"), (6, "b"), (8, "b")]
    gold = Document(id="d", mentions=[mention(s, s + 1, "PER", e) for s, e in spans])
    system = Document(id="d", mentions=[mention(s, s + 1, "PER", "b" if s == 2 else e) for s, e in spans])
    found = coreference(gold, system)
    assert found["conll"].f1 == pytest.approx((found["muc"].f1 + found["b3"].f1 + found["ceafe"].f1) / 3, abs=1e-15)
    assert found["conll"].precision is None and found["muc"].tp is None
    assert found["muc"].f1 == pytest.approx(2 / 3) and found["ceafe"].f1 == pytest.approx((2 / 3 + 6 / 7) / 2)
    single = Document(id="d", mentions=[mention(0, 1, "PER", "a")])
    found = coreference(single, single)
    assert (found["muc"].f1, found["b3"].f1, found["conll"].f1) == (None, 1, None)


def test_one_side_empty_is_zero_and_both_sides_empty_is_null():
    gold = Document(id="d", mentions=[mention(0, 1, "PER", "a"), mention(2, 3, "PER", "a")])
    found = coreference(gold, Document(id="d"))
    assert all((s.precision, s.f1) == (None, 0) for s in found.values())
    assert found["lea"].recall == 0
    assert all(s.f1 is None for s in coreference(Document(id="d"), Document(id="d")).values())


def test_what_counts_as_a_mention():
    document = Document(
        id="d",
        mentions=[
            mention(0, 4, "PER", "a", "name", "m1"),
            mention(5, 9, "PER", "a", "pronoun", "m2"),
            mention(10, 14, "PER", "a", "pronoun", "m3"),
            mention(15, 19, "ROL", "a", "role", "m4"),
            mention(20, 24, "THG", "b", "nominal", "m5"),
            mention(25, 29, "THG", "c", "nominal", "m6"),
            mention(30, 34, "DAT", None, "value", "m7"),
            mention(35, 39, "DAT", "a", "value", "m8"),
            mention(40, 44, "PER", None, "name", "m9"),
            mention(45, 49, "PER", "a", "nominal", None),
        ],
        events=[event(50, 54, arguments=[("victim", "m5"), ("time", "m7")])],
        quotes=[quote([(60, 70)], source="m2"), quote([(80, 90)])],
    )
    assert clusters(View(document)) == [{(0, 4), (5, 9), (15, 19)}, {(20, 24)}]


def test_a_span_stays_in_the_largest_entity():
    def document(*spans):
        return View(Document(id="d", mentions=[mention(s, s + 1, "PER", e) for s, e in spans]))

    large_and_small = document((0, "a"), (2, "a"), (4, "a"), (4, "b"), (6, "b"), (2, "c"))
    assert clusters(large_and_small) == [{(0, 1), (2, 3), (4, 5)}, {(6, 7)}]
    equally_large = document((4, "x"), (8, "x"), (4, "y"), (6, "y"))
    assert clusters(equally_large) == [{(4, 5), (6, 7)}, {(8, 9)}]
