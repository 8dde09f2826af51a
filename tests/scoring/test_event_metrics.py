"""Event metrics: worked cases with repeated arguments and arguments on the wrong trigger."""

from __future__ import annotations

import pytest
from scoring_documents import event, mention

from warta.document import Document
from warta.scoring import DanglingReferenceError, score

MENTIONS = [mention(0, 5, id="m1"), mention(6, 10, id="m2"), mention(11, 15, id="m3")]


def document(*events):
    return Document(id="d", mentions=MENTIONS, events=list(events))


def counts(gold, system):
    scores = score([gold], [system], layers=["events"]).scores
    return {
        n.partition(".")[2]: (s.tp, s.fp, s.fn) if hasattr(s, "tp") else (s.correct, s.total)
        for n, s in scores.items()
        if n.startswith("events.")
    }


def test_trigger_right_type_wrong():
    gold, system = document(event(20, 24, "life.die")), document(event(20, 24, "contact.meet"))
    found = counts(gold, system)
    assert (found["TI"], found["TC"], found["realis"]) == ((1, 0, 0), (0, 1, 1), (0, 0))


def test_role_wrong():
    gold = document(event(20, 24, arguments=[("victim", "m1"), ("place", "m2")]))
    system = document(event(20, 24, arguments=[("victim", "m1"), ("agent", "m2")]))
    found = counts(gold, system)
    assert (found["AI"], found["AI+"]) == ((2, 0, 0), (2, 0, 0))
    assert (found["AC"], found["AC+"]) == ((1, 1, 1), (1, 1, 1))


def test_argument_on_the_wrong_trigger_of_the_same_type():
    gold = document(event(20, 24, arguments=[("victim", "m1")]), event(30, 34))
    system = document(event(20, 24), event(30, 34, arguments=[("victim", "m1")]))
    found = counts(gold, system)
    assert (found["TC"], found["AI"], found["AC"]) == ((2, 0, 0), (1, 0, 0), (1, 0, 0))
    assert (found["AI+"], found["AC+"]) == ((0, 1, 1), (0, 1, 1))


def test_argument_of_another_event_type_is_wrong_everywhere():
    gold = document(event(20, 24, "life.die", [("victim", "m1")]))
    system = document(event(20, 24, "contact.meet", [("victim", "m1")]))
    found = counts(gold, system)
    assert all(found[name] == (0, 1, 1) for name in ("AI", "AC", "AI+", "AC+"))


def test_argument_said_twice_counts_once():
    gold = document(event(20, 24, arguments=[("victim", "m1")]))
    system = document(event(20, 24, arguments=[("victim", "m1"), ("victim", "m1"), ("place", "m1")]))
    found = counts(gold, system)
    assert (found["AC"], found["AC+"], found["AI"], found["AI+"]) == ((1, 2, 0),) * 4


def test_argument_needed_twice_and_said_once():
    gold = document(event(20, 24, arguments=[("victim", "m1")]), event(30, 34, arguments=[("victim", "m1")]))
    system = document(event(20, 24, arguments=[("victim", "m1")]))
    found = counts(gold, system)
    assert (found["AC"], found["AC+"]) == ((1, 0, 1), (1, 0, 1))


def test_trigger_said_twice():
    found = counts(document(event(20, 24)), document(event(20, 24), event(20, 24, "contact.meet")))
    assert (found["TI"], found["TC"]) == ((1, 1, 0), (1, 1, 0))


def test_filler_that_is_an_event_has_its_trigger_as_span():
    gold = document(event(20, 24, id="v1"), event(30, 34, arguments=[("cause", None, "v1")]))
    system = document(event(20, 25, id="v9"), event(30, 34, arguments=[("cause", None, "v9")]))
    assert counts(gold, gold)["AC+"] == (1, 0, 0)
    assert counts(gold, system)["AC+"] == (0, 1, 1)


def test_filler_spans_count_and_not_ids():
    gold = document(event(20, 24, arguments=[("victim", "m1")]))
    system = Document(id="d", mentions=[mention(0, 5, id="x")], events=[event(20, 24, arguments=[("victim", "x")])])
    assert counts(gold, system)["AC+"] == (1, 0, 0)


def test_realis_and_polarity_over_triggers_of_the_same_type():
    gold = document(
        event(20, 24, realis="actual", polarity="positive"),
        event(30, 34, realis="future", polarity="positive"),
        event(40, 44, realis="actual", polarity="negative"),
    )
    system = document(
        event(20, 24, realis="actual", polarity="negative"),
        event(30, 34, realis=None, polarity="positive"),
        event(40, 44, "contact.meet", realis="actual", polarity="negative"),
    )
    found = counts(gold, system)
    assert (found["realis"], found["polarity"]) == ((1, 2), (1, 2))


def test_realis_of_repeated_triggers_by_multiset():
    gold = document(event(20, 24, realis="actual"), event(20, 24, realis="future"))
    system = document(event(20, 24, realis="future"), event(20, 24, realis="generic"), event(20, 24, realis="generic"))
    assert counts(gold, system)["realis"] == (1, 2)


def test_faults_by_event_type():
    gold, system = document(event(20, 24, "life.die")), document(event(20, 24, "contact.meet"))
    by_type = score([gold], [system]).by_type
    assert {t: (s.tp, s.fp, s.fn) for t, s in by_type["events.TI"].items()} == {"life.die": (1, 0, 0)}
    assert {t: (s.tp, s.fp, s.fn) for t, s in by_type["events.TC"].items()} == {
        "contact.meet": (0, 1, 0), "life.die": (0, 0, 1),
    }  # fmt: skip


def test_accuracy_by_event_type():
    gold = document(event(20, 24, realis="actual"), event(30, 34, "contact.meet", realis="actual"))
    system = document(event(20, 24, realis="future"), event(30, 34, "contact.meet", realis="actual"))
    by_type = score([gold], [system]).by_type["events.realis"]
    assert {t: (s.accuracy, s.correct, s.total) for t, s in by_type.items()} == {
        "contact.meet": (1, 1, 1), "life.die": (0, 0, 1),
    }  # fmt: skip


@pytest.mark.parametrize("filler", [("victim", "m9"), ("cause", None, "v9"), ("cause", None)])
def test_a_dangling_reference_is_an_error_in_one_line(filler):
    with pytest.raises(DanglingReferenceError, match=r"document d: argument points to .*"):
        score([document()], [document(event(20, 24, arguments=[filler]))])
