"""What two annotators differ in, counted by hand, and the page that shows it."""

from __future__ import annotations

from warta.agreement.report import Pair, agreement
from warta.document import Document, Event, Mention
from warta.report.agreement import agreement_page, differences

TEXT = "Rapat di Larasan <b>gagal</b> kemarin."


def annotated(kind, events, **more):
    return Document(
        id="d", mentions=[Mention(id="m1", start=9, end=16, type=kind, entity="e1")], entities=[],
        events=[Event(id=f"v{n}", start=s, end=e, type="contact.meet", **more) for n, (s, e) in enumerate(events)],
    )  # fmt: skip


PAIRS = [Pair(annotated("GPE", [(0, 5)]), annotated("LOC", [(0, 5), (20, 25)]), TEXT)]


def test_differences_by_kind_and_labels_confused():
    found = differences(PAIRS)
    assert found["kinds"] == {"mentions": {"type": 1}, "triggers": {"spurious": 1}}
    assert found["confusion"] == {"mentions": {"GPE": {"LOC": 1}}}


def test_annotators_who_agree_differ_in_nothing():
    same = [Pair(PAIRS[0].first, PAIRS[0].first, TEXT)]
    assert differences(same) == {"kinds": {}, "confusion": {}}


def test_the_page_has_tables_plots_and_the_text_escaped():
    page = agreement_page("batch-99", PAIRS, agreement(PAIRS))
    assert "Warta agreement: batch-99" in page and page.count("<svg") >= 3
    assert "<td>mentions</td><td>GPE</td><td>LOC</td><td>1</td>" in page
    assert "<b>gagal</b>" not in page and "http://" not in page.replace("http://www.w3.org", "")


def test_the_page_does_without_texts():
    pairs = [PAIRS[0]._replace(text=None)]
    assert "Differences by kind" in agreement_page("linked", pairs, agreement(pairs))
