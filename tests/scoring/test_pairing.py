"""Pairing of quotes: worked cases, and every pairing tried."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_documents import covered, spans

from warta.document import Span
from warta.scoring.pairing import pairs, shared_characters
from warta.scoring.view import QuoteItem, characters, part


def item(content, cue=(), source=(), kind="direct", speaker=""):
    return QuoteItem(tuple(content), tuple(cue), tuple(source), kind, speaker)


def test_spans_are_sorted_and_touching_ones_merged():
    assert part([Span(start=8, end=12), Span(start=0, end=3), Span(start=3, end=5)]) == ((0, 5), (8, 12))
    assert part([Span(start=0, end=9), Span(start=2, end=4)]) == ((0, 9),)


def test_equal_content_is_paired_whatever_else_overlaps():
    gold = [item([(0, 10)]), item([(10, 20)])]
    system = [item([(0, 20)]), item([(10, 20)])]
    assert pairs(gold, system, {}) == [(0, 0), (1, 1)]


def test_preference_among_equal_contents():
    gold = [item([(0, 10)], [(11, 13)], [(14, 16)], "direct", "A")]
    cue = item([(0, 10)], [(11, 13)], (), "mixed")
    source = item([(0, 10)], [(11, 12)], [(14, 16)], "direct", "x")
    kind = item([(0, 10)], [(11, 12)], (), "direct")
    other = item([(0, 10)], [(11, 12)], (), "mixed")
    speaker = item([(0, 10)], [(11, 12)], (), "mixed", "x")
    stands_for = {"x": "A", "y": "B"}
    for better, worse in ((cue, source), (source, kind), (kind, speaker), (speaker, other)):
        system = sorted([better, worse])
        assert pairs(gold, system, stands_for) == [(0, system.index(better))], (better, worse)


def test_greatest_total_dice_and_not_the_best_pair_first():
    # a-x 0.9, a-y 0.8, b-x 0.8, b-y 0: the best pair would leave b alone
    gold = [item([(0, 10)]), item([(10, 20)])]
    system = [item([(1, 20)]), item([(0, 9)])]
    assert pairs(gold, sorted(system), {}) == [(0, 0), (1, 1)]


def test_ties_by_cue_then_source():
    gold = [item([(10, 20)], [(30, 33)], [(40, 44)])]
    left, right = item([(5, 15)]), item([(15, 25)])
    assert pairs(gold, [left, right], {}) == [(0, 0)]  # all equal, the first in order
    cued, sourced = right._replace(cue=((30, 33),)), left._replace(source=((40, 44),))
    assert pairs(gold, [left, cued], {}) == [(0, 1)]
    assert pairs(gold, [sourced, cued], {}) == [(0, 1)]
    assert pairs(gold, [left, right._replace(source=((40, 44),))], {}) == [(0, 1)]


def test_least_difference_of_starts():
    gold = [item([(10, 20)])]
    far, near = item([(2, 6), (14, 20)]), item([(8, 12), (16, 20), (30, 32)])
    for quote in (far, near):
        assert (shared_characters(gold[0].content, quote.content), characters(quote.content)) == (6, 10)
    assert pairs(gold, [far, near], {}) == [(0, 1)]


def test_a_complete_tie_is_settled_alike_from_both_sides():
    # shared characters 2 + 3 or 1 + 4, differences of starts 4 + 3 or 5 + 2
    gold, system = [item([(0, 6)]), item([(2, 8)])], [item([(4, 9)]), item([(5, 10)])]
    assert pairs(gold, system, {}) == [(0, 0), (1, 1)] == pairs(system, gold, {})


def test_no_overlap_is_no_pair():
    assert pairs([item([(0, 10)])], [item([(10, 20)])], {}) == []


parts = st.lists(spans(), min_size=1, max_size=2).map(lambda found: part([Span(start=s, end=e) for s, e in found]))
cues = st.sampled_from(((), ((0, 2),), ((3, 4),)))
quotes = st.builds(QuoteItem, parts, cues, cues, st.sampled_from(("direct", "mixed")), st.just(""))
sides = st.lists(quotes, max_size=4, unique_by=lambda q: q.content).map(sorted)


def value(gold, system, found):
    """What the definition maximises for quotes of different content."""
    dice, cue, source, shift = Fraction(), 0, 0, 0
    for i, j in found:
        one, other = gold[i], system[j]
        left, right = covered(one.content), covered(other.content)
        dice += Fraction(2 * len(left & right), len(left) + len(right))
        cue += one.cue == other.cue
        source += one.source == other.source
        shift += abs(one.content[0][0] - other.content[0][0])
    return dice, cue, source, -shift


@settings(max_examples=150, deadline=None, derandomize=True)
@given(sides, sides)
def test_no_pairing_is_better(gold, system):
    found = pairs(gold, system, {})
    equal = {(i, j) for i, one in enumerate(gold) for j, other in enumerate(system) if one.content == other.content}
    assert equal <= set(found)
    rest = [i for i in range(len(gold)) if i not in {i for i, _ in equal}]
    others = [j for j in range(len(system)) if j not in {j for _, j in equal}]
    best = max(
        value(gold, system, [(i, j) for i, j in zip(rest, chosen, strict=False) if j is not None
                             and covered(gold[i].content) & covered(system[j].content)])
        for chosen in permutations([*others, *[None] * len(rest)], len(rest))
    )  # fmt: skip
    assert value(gold, system, [pair for pair in found if pair not in equal]) == best


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.lists(quotes, max_size=5).map(sorted), st.lists(quotes, max_size=5).map(sorted))
def test_exchanging_the_sides_exchanges_the_pairs(gold, system):
    assert sorted((j, i) for i, j in pairs(system, gold, {})) == pairs(gold, system, {})
