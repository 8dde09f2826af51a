"""What must hold for every metric and every document."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from scoring_documents import LENGTH, documents, event, mention, merged, moved, quote, shuffled

from warta.document import Document, Entity
from warta.scoring import score
from warta.scoring.metrics import METRICS
from warta.scoring.slices import SLICES

ALL_SLICES = [name for name in SLICES if name != "seen"]
quick = settings(max_examples=50, deadline=None, derandomize=True)
anything = documents(distinct=False)
gold_like = documents()


def figures(gold, system, **options):
    return score(gold, system, **options).to_dict()


@quick
@given(st.tuples(anything, anything, anything, anything), st.integers(0, 1000))
def test_the_order_of_documents_and_items_changes_nothing(four, seed):
    ours, theirs = [four[0], moved(four[1], 0, "")], [four[2], moved(four[3], 0, "")]
    ours[1].id = theirs[1].id = "other"
    first = figures(ours, theirs, by=ALL_SLICES)
    mixed = [shuffled(d, seed) for d in reversed(ours)], [shuffled(d, seed + 1) for d in theirs]
    assert figures(*mixed, by=ALL_SLICES) == first


@quick
@given(anything, anything)
def test_the_names_of_ids_change_nothing(ours, theirs):
    first = figures([ours], [theirs], by=ALL_SLICES)
    assert figures([moved(ours, 0, "z")], [moved(theirs, 0, "a")], by=ALL_SLICES) == first


@quick
@given(st.tuples(anything, anything, anything, anything))
def test_splitting_and_merging_documents_changes_no_score(four):
    ours, theirs = [four[0], moved(four[1], LENGTH, "x")], [four[2], moved(four[3], LENGTH, "x")]
    whole = figures([merged(*ours)], [merged(*theirs)])
    ours[1].id = theirs[1].id = "other"
    parts = figures(ours, theirs)
    assert (parts["scores"], parts["by_type"]) == (whole["scores"], whole["by_type"])


def assert_mirrored(ours, theirs):
    one, two = score([ours], [theirs]).scores, score([theirs], [ours]).scores
    for name in METRICS:
        if name in ("quotes.speaker", "claims"):
            continue
        left, right = one[name], two[name]
        if hasattr(left, "accuracy"):
            assert left == right, name
        else:
            assert (left.precision, left.recall, left.f1) == (right.recall, right.precision, right.f1), name
            assert (left.tp, left.fp, left.fn) == (right.tp, right.fn, right.fp), name


@quick
@given(gold_like, gold_like)
def test_exchanging_gold_and_system_exchanges_precision_and_recall(ours, theirs):
    assert_mirrored(ours, theirs)


@quick
@given(documents(distinct=False, speakers=False), documents(distinct=False, speakers=False))
def test_exchanging_sides_with_repeated_items(ours, theirs):
    assert_mirrored(ours, theirs)


@quick
@given(anything, anything)
def test_looser_entity_metrics_find_no_less(ours, theirs):
    scores = score([ours], [theirs]).scores
    exact, boundary, kind, partial = (scores[f"entities.{n}"].tp for n in ("exact", "boundary", "type", "partial"))
    assert exact <= boundary <= partial and exact <= kind
    assert scores["events.AC+"].tp <= scores["events.AI+"].tp <= scores["events.AI"].tp
    assert scores["events.AC+"].tp <= scores["events.AC"].tp <= scores["events.AI"].tp
    assert scores["events.TC"].tp <= scores["events.TI"].tp


@quick
@given(anything, anything, st.sampled_from(("mention", "member", "event", "quote")))
def test_an_addition_that_touches_no_gold_never_raises_precision(ours, theirs, what):
    far = 10 * LENGTH
    more = moved(theirs, 0, "")
    if what in ("mention", "member"):
        entity = more.entities[0].id if what == "member" and more.entities else "new"
        more.mentions.append(mention(far, far + 4, "PER", entity, "name", "far"))
        more.entities.append(Entity(id="new", type="PER"))
    elif what == "event":
        more.mentions.append(mention(far, far + 4, "DAT", None, "value", "far"))
        more.events.append(event(far, far + 4, "life.die", [("time", "far")], "actual", "positive", "far"))
    else:
        more.quotes.append(quote([(far, far + 4)], [(far + 5, far + 7)], None, "direct", "new"))
        more.entities.append(Entity(id="new", type="PER"))
    before, after = score([ours], [theirs]).scores, score([ours], [more]).scores
    for name in METRICS:
        precision = getattr(after[name], "precision", None)
        assert precision is None or precision <= (getattr(before[name], "precision", None) or 0), name


@quick
@given(anything, anything)
def test_every_value_is_between_0_and_1_or_null_and_counts_add_up(ours, theirs):
    report = figures([ours], [theirs], by=ALL_SLICES)
    assert list(report["scores"]) == list(METRICS) == list(report["by_type"])
    stack = [report["scores"], report["by_type"], report["slices"]]
    while stack:
        entry = stack.pop()
        for name, value in entry.items():
            if isinstance(value, dict):
                stack.append(value)
            elif name in ("precision", "recall", "f1", "accuracy"):
                assert value is None or 0 <= value <= 1
            else:
                assert value is None or value >= 0
    for name, types in report["by_type"].items():
        for count in ("tp", "fp", "fn", "correct", "total"):
            if types and count in report["scores"][name]:
                assert sum(part[count] for part in types.values()) == report["scores"][name][count], (name, count)


@quick
@given(anything, anything)
def test_slices_of_gold_items_add_up_to_all_of_them(ours, theirs):
    report = score([ours], [theirs], by=ALL_SLICES)
    for name, values in report.slices.items():
        for metric in METRICS:
            found = [scores[metric] for scores in values.values() if metric in scores]
            for count in ("tp", "fn", "correct", "total"):
                whole = getattr(report.scores[metric], count, None)
                if found and whole is not None:
                    assert sum(getattr(part, count) for part in found) == whole, (name, metric, count)


@quick
@given(gold_like)
def test_gold_against_itself_is_right_in_everything(ours):
    for name, value in score([ours], [shuffled(ours, 1)]).scores.items():
        assert (value.accuracy if hasattr(value, "accuracy") else value.f1) in (1, None), name


@quick
@given(gold_like)
def test_no_prediction_is_all_misses(ours):
    report = score([ours], [])
    assert report.missing == ["d"] and report.scores == score([ours], [Document(id="d")]).scores
    for name in METRICS:
        assert getattr(report.scores[name], "precision", None) is None and not getattr(report.scores[name], "tp", 0)
