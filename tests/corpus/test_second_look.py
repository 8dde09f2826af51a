"""The difference between gold and the second look, on a case counted by hand."""

from __future__ import annotations

from warta.corpus.layout import Layout
from warta.corpus.second_look import GOALS, second_look_rows, second_look_table
from warta.document import Document, Event, Mention
from warta.files import write_objects


def looked_at(names):
    return Document(
        id="d", mentions=[Mention(start=n, end=n + 1, type="PER", entity="e") for n in names],
        events=[Event(start=50, end=55, type="life.die")],
    )  # fmt: skip


def test_a_name_missed_of_four():
    rows = {row[0]: row for row in second_look_rows([looked_at(range(4))], [looked_at(range(3))])}
    assert rows["names and values"][1] == "0.857"  # 2 * 3 / (4 + 3)
    assert rows["names and values"][3:6] == ["4", "1", "0"] and rows["names and values"][6].endswith("not reached")
    assert rows["triggers with type"][1] == "1.000" and rows["triggers with type"][6].endswith(", reached")
    assert "whole quotes" not in rows and set(rows) < set(GOALS)


def test_samples_have_tables_of_their_own(tmp_path):
    layout = Layout(tmp_path)
    write_objects(layout.gold["written"], [looked_at(range(4))])
    for number, seen in ((1, 3), (2, 4)):
        write_objects(layout.annotations / f"second-look-{number}.jsonl", [looked_at(range(seen))])
    first, second = second_look_table(layout).split("Sample 2, ")
    assert first.startswith("Sample 1, 1 written articles:") and "| 0.857 |" in first
    assert second.startswith("1 written articles:") and "| 0.857 |" not in second


def test_before_the_second_look_the_document_says_so(tmp_path):
    assert second_look_table(Layout(tmp_path)) == "(not done yet)"
