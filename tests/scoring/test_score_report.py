"""The report: its form, its inputs and its sums."""

from __future__ import annotations

import json

import datasets
import pytest
from scoring_documents import event, mention, mentions, quote

import warta
from warta.document import Document
from warta.scoring import Row, Score, Signature, Totals, score, score_pair
from warta.scoring.formulas import scores_by_type, scores_of
from warta.scoring.metrics import FALSE, GOLD, METRICS, WIDTH

FIXED = {
    "entities.exact", "entities.boundary", "entities.type", "entities.partial",
    "coreference.muc", "coreference.b3", "coreference.ceafe", "coreference.lea", "coreference.conll",
    "events.TI", "events.TC", "events.AI", "events.AC", "events.AI+", "events.AC+", "events.realis", "events.polarity",
    "quotes.content.exact", "quotes.cue.exact", "quotes.source.exact",
    "quotes.content.overlap", "quotes.cue.overlap", "quotes.source.overlap",
    "quotes.whole", "quotes.type", "quotes.speaker", "claims",
}  # fmt: skip
GOLD_ROW = {
    "id": "d",
    "text": None,
    "meta": None,
    "mentions": [{"id": "m1", "start": 0, "end": 4, "type": "PER", "form": "name", "entity": "e1"}],
    "entities": [{"id": "e1", "type": "PER", "name": None}],
    "events": [
        {"id": None, "start": 9, "end": 12, "type": "life.die", "realis": "actual", "polarity": None,
         "arguments": [{"role": "victim", "mention": "m1", "event": None}]}
    ],
    "quotes": [
        {"id": None, "type": "direct", "content": [{"start": 8, "end": 20}], "cue": [], "source": "m1", "speaker": "e1"}
    ],
}  # fmt: skip


def test_the_form_is_fixed():
    report = json.loads(json.dumps(score([GOLD_ROW], [GOLD_ROW]).to_dict()))
    assert list(report) == ["signature", "documents", "scores", "by_type", "slices"]
    assert set(report["scores"]) == set(report["by_type"]) == set(METRICS) == FIXED and len(METRICS) == len(FIXED)
    for name, value in report["scores"].items():
        accuracy = name in ("events.realis", "events.polarity", "quotes.type")
        keys = ["accuracy", "correct", "total"] if accuracy else ["precision", "recall", "f1", "tp", "fp", "fn"]
        assert list(value) == keys
    assert report["slices"] == {} and report["documents"] == 1
    assert report["scores"]["claims"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "tp": 1, "fp": 0, "fn": 0}
    assert report["scores"]["coreference.conll"]["f1"] is None  # one mention has no links
    assert report["by_type"]["quotes.type"] == {"direct": {"accuracy": 1.0, "correct": 1, "total": 1}}


def test_documents_mappings_and_datasets_give_the_same():
    from warta.scoring.join import as_document

    other = {**GOLD_ROW, "mentions": [{**GOLD_ROW["mentions"][0], "end": 5}]}
    expected = score([as_document(GOLD_ROW)], [as_document(other)]).to_dict()
    assert score([GOLD_ROW], [other]).to_dict() == expected
    rows = datasets.Dataset.from_list([GOLD_ROW]), datasets.Dataset.from_list([other])
    assert score(*rows).to_dict() == expected
    assert score(rows[0], {"d": other}).to_dict() == expected


def test_layers_that_are_not_asked_for_are_null():
    report = score([GOLD_ROW], [GOLD_ROW], layers=["claims"])
    assert report.scores["claims"].f1 == 1 and report.scores["entities.exact"] == Score()
    assert report.by_type["entities.exact"] == {} and report.by_type["claims"]
    assert report.signature.layer == "claims"
    with pytest.raises(ValueError, match=r"unknown layer 'entity'; allowed: entities, coreference"):
        score([], [], layers=["entity"])


def test_a_layer_alone_gives_the_same_as_all_together():
    system = {**GOLD_ROW, "events": [], "quotes": [{**GOLD_ROW["quotes"][0], "content": [{"start": 9, "end": 20}]}]}
    whole = score([GOLD_ROW], [system]).scores
    for layer in ("entities", "coreference", "events", "quotes", "claims"):
        for name, value in score([GOLD_ROW], [system], layers=[layer]).scores.items():
            if name.partition(".")[0] == layer:
                assert value == whole[name]


def test_signature_says_what_was_scored():
    known = Signature(corpus="1.0.0", digest="ab12", split="test")
    report = score([GOLD_ROW], [GOLD_ROW], layers=["quotes", "events"], given="quotes", signature=known)
    assert str(report.signature) == (
        "corpus:1.0.0|digest:ab12|split:test|layer:events+quotes|mode:given-quotes|matching:one-to-one|documents:1"
        f"|seed:none|version:{warta.__version__}"
    )


def test_micro_average_over_documents():
    gold = [mentions((0, 2, "PER")), mentions((0, 2, "PER"), (3, 5, "PER"), (6, 8, "PER"))]
    system = [mentions(), mentions((0, 2, "PER"), (3, 5, "PER"), (6, 9, "PER"))]
    gold[1].id = system[1].id = "other"
    assert score(gold, system).scores["entities.exact"] == Score.of(2, 1, 2)


def test_the_sum_of_rows_is_the_score():
    gold = [
        Document(
            id=i, mentions=[mention(0, 2, "PER", "e"), mention(4, 6)], events=[event(3, 5)], quotes=[quote([(2, 9)])]
        )
        for i in "ba"
    ]
    system = [gold[0], Document(id="a", mentions=[mention(0, 3, "PER", "x")], quotes=[quote([(2, 8)])])]
    report = score(gold, system)
    one, two, all_at_once = Totals(), Totals(), Totals()
    for sums, ours, theirs in zip((one, two), gold, system, strict=True):
        sums.add(score_pair(ours, theirs))
        all_at_once.add(score_pair(ours, theirs))
    two.merge(one)
    for sums in (two, all_at_once):
        assert scores_of(sums) == report.scores and scores_by_type(sums) == report.by_type
    assert score(gold, system, keep_rows=True, by=["genre", "form"]).scores == report.scores


def test_rows_are_kept_where_asked_for_sorted_by_id():
    gold = [Document(id=i, mentions=[mention(0, 2)]) for i in "ba"]
    report = score(gold, gold[:1], keep_rows=True)
    assert [row.id for row in report.rows] == ["a", "b"] and report.missing == ["a"]
    assert [row.numbers[FALSE["entities.exact"] + 1] for row in report.rows] == [1, 0]
    assert score(gold, gold).rows is None


def test_a_row_is_one_vector():
    row = score_pair(mentions((0, 2, "PER"), (4, 6, "PER")), mentions((0, 2, "PER"), (4, 6, "ORG")))
    assert isinstance(row, Row) and len(row.values) == len(row.vector().numbers) == WIDTH
    column = FALSE["entities.exact"]
    assert (row.values[GOLD["mentions"]], row.values[column], row.values[column + 1]) == (2, 1, 1)


def test_many_documents_are_counted_by_type_in_batches():
    gold = [Document(id=str(n), mentions=[mention(0, 2, "PER")]) for n in range(1000)]
    report = score(gold, gold[:600])
    assert report.by_type["entities.exact"] == {"PER": Score.of(600, 0, 400)}


def test_hanging_input_is_impossible():
    """Spans that validation refuses must not stop the scorer either."""
    odd = mentions((5, 5, "PER"), (9, 3, "PER"), (5, 9, "PER"))
    assert score([odd], [mentions((5, 6, "PER"), (9, 3, "ORG"))]).scores["entities.exact"].tp == 0
