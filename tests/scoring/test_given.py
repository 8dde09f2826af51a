"""Both sides cut to what hangs on what is right."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from scoring_documents import documents, event, mention, quote, shuffled

from warta.document import Document
from warta.scoring import score
from warta.scoring.given import GIVEN, cut


def test_mentions():
    gold = Document(
        id="d",
        mentions=[mention(0, 4, "PER", "a", None, "m1"), mention(5, 9, "PER", "a", "pronoun", "m2")],
        events=[event(20, 24, arguments=[("victim", "m1"), ("place", "m2")])],
        quotes=[quote([(30, 40)], source="m2")],
    )
    system = Document(
        id="d",
        mentions=[mention(0, 4, "ORG", "x", None, "s1"), mention(5, 9, "PER", "x", "pronoun", "s2")],
        events=[event(20, 24, arguments=[("victim", "s1"), ("place", "s2")])],
        quotes=[quote([(30, 40)], source="s1")],
    )
    ours, theirs = cut(gold, system, "mentions")
    assert [m.id for m in ours.mentions] == ["m2"] and [m.id for m in theirs.mentions] == ["s2"]
    assert [a.mention for a in ours.events[0].arguments] == ["m2"]
    assert [a.mention for a in theirs.events[0].arguments] == ["s2"]
    assert (ours.quotes[0].source, theirs.quotes[0].source) == ("m2", None)
    assert len(gold.events[0].arguments) == 2  # the originals stay as they are


def test_triggers():
    gold = Document(
        id="d",
        mentions=[mention(0, 4, id="m1")],
        events=[
            event(20, 24, arguments=[("victim", "m1"), ("cause", None, "v2")], id="v1"),
            event(30, 34, id="v2"),
        ],
    )
    system = Document(id="d", mentions=[mention(0, 4, id="m1")], events=[event(20, 24), event(30, 34, "contact.meet")])
    ours, theirs = cut(gold, system, "triggers")
    assert [(e.start, len(e.arguments)) for e in ours.events] == [(20, 1)]
    assert [e.start for e in theirs.events] == [20]
    assert score([gold], [system], given="triggers").scores["events.AC+"].fn == 1


def test_quotes():
    gold = Document(id="d", quotes=[quote([(0, 9)], [(10, 12)]), quote([(20, 29)])])
    system = Document(id="d", quotes=[quote([(0, 9)], [(10, 13)]), quote([(0, 9)], [(10, 12)]), quote([(20, 28)])])
    ours, theirs = cut(gold, system, "quotes")
    assert ours.quotes == gold.quotes[:1] and theirs.quotes == [system.quotes[1]]


def test_of_copies_as_many_stay_as_both_sides_have():
    gold = Document(id="d", mentions=[mention(0, 4, form="role", kind="ROL")])
    system = Document(id="d", mentions=[mention(0, 4, kind="ROL", form=f) for f in ("name", "role", "name")])
    assert cut(gold, system, "mentions")[1].mentions == [system.mentions[1]]


def test_another_word_is_refused():
    with pytest.raises(ValueError, match="unknown value 'entities' of given; allowed: mentions, triggers, quotes"):
        cut(Document(id="d"), Document(id="d"), "entities")


@settings(max_examples=60, deadline=None, derandomize=True)
@given(documents(distinct=False), documents(distinct=False))
def test_what_is_given_is_right_and_order_changes_nothing(gold, system):
    right = {"mentions": "entities.exact", "triggers": "events.TC", "quotes": "quotes.content.exact"}
    for word in GIVEN:
        report = score([gold], [system], given=word)
        assert report.scores[right[word]].f1 in (1, None)
        assert report.signature.mode == f"given-{word}"
        assert score([shuffled(gold, 1)], [shuffled(system, 2)], given=word).to_dict() == report.to_dict()
