"""Claims: chains, their order, and when one is right."""

from __future__ import annotations

import pytest
from scoring_documents import event, mention, quote

from warta.document import Document
from warta.scoring import score

MENTIONS = [mention(s, s + 2, "PER", e) for s, e in ((100, "A"), (103, "B"), (106, "C"))]


def document(events, quotes, mentions=MENTIONS):
    return Document(id="d", mentions=mentions, events=events, quotes=quotes)


def claims(gold, system):
    found = score([gold], [system], layers=["claims"]).scores["claims"]
    return found.tp, found.fp, found.fn


INNER = quote([(10, 30)], [(31, 34)], speaker="A")
OUTER = quote([(0, 50)], [(51, 54)], speaker="B")


def test_only_triggers_wholly_inside_one_content_span():
    said = quote([(10, 20), (30, 40)], speaker="A")
    for start, end, count in ((10, 20, 1), (12, 14, 1), (9, 12, 0), (18, 22, 0), (12, 38, 0), (22, 26, 0), (30, 34, 1)):
        gold = document([event(start, end)], [said])
        assert claims(gold, gold) == (count, 0, 0), (start, end)


def test_touching_content_spans_are_one():
    gold = document([event(18, 22)], [quote([(10, 20), (20, 30)], speaker="A")])
    assert claims(gold, gold) == (1, 0, 0)


def test_type_and_span_must_be_right():
    gold = document([event(12, 16)], [INNER])
    assert claims(gold, document([event(12, 16, "contact.meet")], [INNER])) == (0, 1, 1)
    assert claims(gold, document([event(12, 15)], [INNER])) == (0, 1, 1)
    assert claims(gold, document([event(12, 16)], [])) == (0, 0, 1)


def test_the_chain_must_be_as_long_and_have_the_same_speakers_in_order():
    gold = document([event(12, 16)], [INNER, OUTER])
    assert claims(gold, document([event(12, 16)], [INNER])) == (0, 1, 1)
    assert claims(gold, document([event(12, 16)], [quote([(5, 40)], speaker="A"), quote([(1, 60)], speaker="B")])) == (
        1,
        0,
        0,
    )
    assert claims(gold, document([event(12, 16)], [quote([(5, 40)], speaker="B"), quote([(1, 60)], speaker="A")])) == (
        0,
        1,
        1,
    )


def test_null_speakers_agree_only_with_null():
    unknown = quote([(10, 30)])
    gold = document([event(12, 16)], [unknown])
    assert claims(gold, document([event(12, 16)], [unknown])) == (1, 0, 0)
    assert claims(gold, document([event(12, 16)], [INNER])) == (0, 1, 1)
    assert claims(document([event(12, 16)], [INNER]), gold) == (0, 1, 1)


def test_speakers_are_compared_by_what_they_stand_for():
    other = [mention(100, 102, "PER", "x"), mention(103, 105, "PER", "y")]
    gold = document([event(12, 16)], [INNER, OUTER])
    quotes = [quote([(10, 30)], speaker="x"), quote([(0, 50)], speaker="y")]
    assert claims(gold, document([event(12, 16)], quotes, other)) == (1, 0, 0)


def test_equally_wide_quotes_are_ordered_by_cue_start():
    early = quote([(0, 20)], [(40, 44)], speaker="A")
    late = quote([(5, 25)], [(30, 34)], speaker="B")
    gold = document([event(10, 14)], [early, late])
    same = [quote([(2, 22)], [(30, 34)], speaker="B"), quote([(3, 23)], [(50, 54)], speaker="A")]
    assert claims(gold, document([event(10, 14)], same)) == (1, 0, 0)
    uncued = [quote([(4, 24)], [(30, 34)], speaker="B"), quote([(3, 23)], speaker="A")]
    assert claims(gold, document([event(10, 14)], uncued)) == (1, 0, 0)


@pytest.mark.parametrize("count", [1, 2])
def test_one_to_one(count):
    gold = document([event(12, 16)], [INNER])
    assert claims(gold, document([event(12, 16)] * count, [INNER])) == (1, count - 1, 0)


def test_quotes_need_not_be_paired():
    gold = document([event(12, 16)], [INNER])
    assert claims(gold, document([event(12, 16)], [quote([(11, 90)], speaker="A")])) == (1, 0, 0)
