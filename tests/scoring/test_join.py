"""Documents brought together by id."""

from __future__ import annotations

import random

import pytest

from warta.document import Document
from warta.scoring import JoinError
from warta.scoring.join import Join, as_document


def named(*ids):
    return [Document(id=identifier) for identifier in ids]


def joined(gold, predictions):
    join = Join(gold, predictions)
    return {ours.id: None if theirs is None else theirs.id for ours, theirs in join}, join.missing


@pytest.mark.parametrize("seed", range(5))
def test_any_order(seed):
    ids = [str(n) for n in range(30)]
    shuffled = random.Random(seed).sample(ids, 25)
    found, missing = joined(iter(named(*ids)), iter(named(*shuffled)))
    assert found == {i: i if i in shuffled else None for i in ids}
    assert sorted(missing) == sorted(set(ids) - set(shuffled))
    looked_up, missing_there = joined(named(*ids), {i: Document(id=i) for i in shuffled})
    assert (looked_up, sorted(missing_there)) == (found, sorted(missing))


def test_documents_wait_only_for_their_partner():
    waiting = []

    def read(ids):
        for identifier in ids:
            waiting.append(identifier)
            yield Document(id=identifier)

    ids = [str(n) for n in range(100)]
    for place, _ in enumerate(Join(read(ids), read(ids[1:]))):
        assert len(waiting) <= 2 * (place + 3)


@pytest.mark.parametrize("form", ["stream", "mapping"])
def test_all_problems_are_listed(form):
    gold, predictions = named("a", "b", "b"), named("a", "x", "y")
    with pytest.raises(JoinError) as caught:
        joined(gold, predictions if form == "stream" else {d.id: d for d in predictions})
    assert sorted(caught.value.problems) == [
        "gold: document id 'b' is repeated; allowed: once",
        "predictions: document id 'x' is not in gold",
        "predictions: document id 'y' is not in gold",
    ]
    assert str(caught.value).count("\n") == 2


def test_repeated_and_unreadable_predictions():
    with pytest.raises(JoinError) as caught:
        joined(named("a"), [*named("a", "a"), {"id": "a", "mention": []}, 7])
    assert [problem.partition(":")[2].strip()[:10] for problem in caught.value.problems] == [
        "document i", "document 3", "document 4",
    ]  # fmt: skip


def test_mappings_and_nulls():
    row = {"id": "a", "meta": None, "mentions": [{"start": 0, "end": 2, "type": "PER", "form": None}], "quotes": None}
    document = as_document(row)
    assert document.mentions[0].form is None and document.quotes == []
    with pytest.raises(JoinError, match=r"gold \(id 'a'\): .*unknown field"):
        as_document({"id": "a", "label": 1}, "gold")
    with pytest.raises(JoinError, match="a str is no document"):
        as_document("a")
