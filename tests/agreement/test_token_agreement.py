from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score

from warta.agreement.report import Pair, agreement
from warta.agreement.tokens import alpha, kappa, labels, quick_kappa, table
from warta.document import Document, Event, Mention, Quote, Span

TEXT = "Rina tiba di Wanasari, ujarnya."
FIRST = Document(
    id="x",
    mentions=[
        Mention(id="m1", start=0, end=4, type="PER"),
        Mention(id="m2", start=13, end=21, type="GPE"),
        Mention(id="m3", start=27, end=30, type="PER", form="pronoun"),
    ],
    events=[Event(start=5, end=9, type="movement.travel", realis="actual", polarity="positive")],
    quotes=[Quote(type="indirect", content=[Span(start=0, end=21)], cue=[Span(start=23, end=27)], source="m3")],
)
SECOND = Document(id="x", mentions=[Mention(start=0, end=4, type="PER")])


def test_every_token_a_span_touches_has_its_label_and_the_longest_span_wins():
    tokens = [(0, 4), (5, 9), (10, 12)]
    assert labels(tokens, [(0, 9, "ORG"), (0, 4, "PER")]) == ["ORG", "ORG", "O"]
    assert labels(tokens, [(2, 3, "PER")]) == ["PER", "O", "O"]


def test_table_counts_pairs_of_labels():
    assert table(FIRST, SECOND, TEXT, "names, values, roles") == Counter(
        {("O", "O"): 5, ("PER", "PER"): 1, ("GPE", "O"): 1}
    )
    assert table(FIRST, FIRST, TEXT, "triggers")[("movement.travel", "movement.travel")] == 1
    assert table(FIRST, FIRST, TEXT, "quote source")[("source", "source")] == 1


def test_kappa_is_none_without_labels():
    assert kappa([Counter({("O", "O"): 9})]) is None and alpha([Counter({("O", "O"): 9})]) is None


def test_alpha_of_a_worked_case():
    """Krippendorff's nominal example for two observers, ten units of two values: alpha 0.095."""
    first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    counts = Counter((str(a), str(b)) for a, b in zip(first, second, strict=True))
    assert alpha([counts]) == pytest.approx(0.095, abs=5e-4)


@given(st.lists(st.tuples(st.sampled_from("OAB"), st.sampled_from("OAB")), min_size=2, max_size=40))
def test_kappa_over_tables_is_kappa_over_tokens(pairs):
    left, right = zip(*pairs, strict=True)
    found = kappa([Counter(pairs[:3]), Counter(pairs[3:])])
    if set(pairs) <= {("O", "O")}:
        assert found is None
    elif len(set(left) | set(right)) > 1:
        assert found == pytest.approx(cohen_kappa_score(left, right), nan_ok=True)
        assert quick_kappa([Counter(pairs[:3]), Counter(pairs[3:])]) == pytest.approx(found, nan_ok=True)


def test_agreement_with_oneself_is_one_and_the_report_is_whole():
    figures = agreement([Pair(FIRST, FIRST, TEXT)])
    known = [v.get("f1", v.get("accuracy")) for v in figures["layers"].values()]
    assert all(value in (1.0, None) for value in known) and figures["layers"]["whole quotes"]["items"] == 1
    assert figures["tokens"]["triggers"]["kappa"] == 1.0 and figures["tokens"]["triggers"]["alpha_interval"] == (
        1.0,
        1.0,
    )


def test_agreement_counts_what_one_annotator_left_out():
    layers = agreement([Pair(FIRST, SECOND, TEXT)])["layers"]
    assert layers["names and values"]["f1"] == pytest.approx(2 / 3)
    assert layers["nominals and pronouns"] == {"f1": 0.0, "items": 1}
    assert layers["triggers"]["f1"] == 0.0
