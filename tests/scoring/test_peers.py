"""The peers agree wherever they measure the same thing: seqeval in strict IOB2 mode, and nervaluate on flat spans."""

from __future__ import annotations

import random

import pytest
from nervaluate import Evaluator
from scoring_documents import mention
from seqeval.metrics import f1_score, precision_score, recall_score
from seqeval.scheme import IOB2

from warta.document import Document
from warta.scoring import score

LABELS = ("PER", "ORG", "GPE")
TOKENS = 40


def flat_spans(draw, chance):
    """Token spans that do not overlap, ends exclusive."""
    found, place = [], 0
    while place < TOKENS:
        if draw.random() < chance:
            end = min(TOKENS, place + draw.randint(1, 4))
            found.append((place, end, draw.choice(LABELS)))
            place = end + draw.randint(0, 1)
        else:
            place += 1
    return found


def with_faults(draw, spans):
    found = []
    for start, end, label in spans:
        fault = draw.random()
        if fault < 0.15:
            continue
        if fault < 0.3:
            label = draw.choice(LABELS)
        if fault > 0.8 and end - start > 1:
            end -= 1
        found.append((start, end, label))
    return found


def tagged(spans):
    tags = ["O"] * TOKENS
    for start, end, label in spans:
        tags[start:end] = [f"B-{label}", *[f"I-{label}"] * (end - start - 1)]
    return tags


def document(identifier, spans):
    """Each token is five characters wide."""
    return Document(id=str(identifier), mentions=[mention(5 * s, 5 * e, label) for s, e, label in spans])


@pytest.fixture(scope="module", params=range(3))
def corpus(request):
    draw = random.Random(request.param)
    gold = [flat_spans(draw, 0.3) for _ in range(60)]
    return gold, [with_faults(draw, spans) for spans in gold]


def test_seqeval_strict_agrees_on_exact(corpus):
    gold, system = corpus
    ours = score(
        [document(n, spans) for n, spans in enumerate(gold)], [document(n, spans) for n, spans in enumerate(system)]
    )
    tags = [[*map(tagged, side)] for side in corpus]
    exact = ours.scores["entities.exact"]
    assert 0 < exact.f1 < 1
    for value, peer in ((exact.precision, precision_score), (exact.recall, recall_score), (exact.f1, f1_score)):
        assert value == pytest.approx(peer(*tags, mode="strict", scheme=IOB2), abs=1e-12)
    for label in LABELS:
        only = [[[tag if tag.endswith(label) else "O" for tag in line] for line in side] for side in tags]
        assert ours.by_type["entities.exact"][label].f1 == pytest.approx(
            f1_score(*only, mode="strict", scheme=IOB2), abs=1e-12
        )


def test_nervaluate_agrees_on_flat_spans(corpus):
    """Every system mention here overlaps one gold mention at most, so its greedy choice has nothing to choose."""
    gold, system = corpus
    ours = score(
        [document(n, spans) for n, spans in enumerate(gold)], [document(n, spans) for n, spans in enumerate(system)]
    ).scores
    peer_form = [
        [[{"label": t, "start": 5 * s, "end": 5 * e - 1} for s, e, t in spans] for spans in side] for side in corpus
    ]
    peer = Evaluator(*peer_form, tags=list(LABELS), loader="dict").evaluate()["overall"]
    same = {"strict": "exact", "exact": "boundary", "partial": "partial", "ent_type": "type"}
    for theirs, name in same.items():
        found = ours[f"entities.{name}"]
        assert 0 < found.f1 < 1
        assert (found.precision, found.recall, found.f1) == pytest.approx(
            (peer[theirs].precision, peer[theirs].recall, peer[theirs].f1), abs=1e-12
        ), name


def test_the_order_that_misleads_a_greedy_matcher():
    """nervaluate's own score for one document depends on the order of its predictions; ours does not."""
    gold = document("d", [(0, 2, "PER")])
    predictions = [mention(0, 4, "PER"), mention(0, 10, "PER")]
    values = {
        score([gold], [Document(id="d", mentions=order)]).scores["entities.exact"].f1
        for order in (predictions, predictions[::-1])
    }
    assert values == {2 / 3}
    peers = {
        Evaluator(
            [[{"label": "PER", "start": 0, "end": 9}]],
            [[{"label": "PER", "start": m.start, "end": m.end - 1} for m in order]],
            tags=["PER"],
            loader="dict",
        )
        .evaluate()["overall"]["strict"]
        .f1
        for order in (predictions, predictions[::-1])
    }
    assert len(peers) == 2
