from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.corpus.layout import SPLITS, Layout, read_splits
from warta.corpus.splits import SHARES, draw
from warta.document import Document, Meta
from warta.files import FileFault

TOP = Path(__file__).resolve().parents[2]


def made(n, genres=("crime", "sport", "economy")):
    return [
        Document(id=f"d-{i}", meta=Meta(genre=genres[i % len(genres)], chars=1000 + 137 * (i % 20))) for i in range(n)
    ]


@given(st.integers(1, 60), st.integers(0, 60))
def test_known_documents_keep_their_split_and_place(known, more):
    first = draw(made(known), {})
    second = draw(made(known + more), first)
    assert list(second)[: len(first)] == list(first)
    assert {name: second[name] for name in first} == first
    assert set(second) == {d.id for d in made(known + more)}


@given(st.permutations(range(12)))
def test_the_order_of_documents_does_not_matter(order):
    documents = made(12)
    assert draw([documents[i] for i in order], {}) == draw(documents, {})


def test_shares_hold_overall_and_by_genre():
    documents = made(120)
    drawn = draw(documents, {})
    counts = Counter(drawn.values())
    for split in SPLITS:
        assert abs(counts[split] / 120 - SHARES[split]) < 0.05
        for genre in ("crime", "sport", "economy"):
            mine = [d for d in documents if d.meta.genre == genre]
            assert abs(sum(drawn[d.id] == split for d in mine) / len(mine) - SHARES[split]) < 0.12


def test_a_broken_table_is_told(tmp_path):
    layout = Layout(tmp_path)
    (tmp_path / "data").mkdir()
    layout.splits.write_text("document\tsplit\na\ttrain\na\ttest\n")
    with pytest.raises(FileFault, match=r"splits.tsv:3: found 'a\\ttest'"):
        read_splits(layout)


def test_the_shipped_table_only_grows():
    """Every version of the table in the history is the beginning of the one there is now."""
    now = (TOP / "data" / "splits.tsv").read_text(encoding="utf-8")
    git = ["git", "-C", str(TOP)]
    log = subprocess.run([*git, "log", "--format=%H", "--", "data/splits.tsv"], capture_output=True, text=True)
    if log.returncode != 0:
        pytest.skip("no git history here")
    for commit in log.stdout.split():
        then = subprocess.run([*git, "show", f"{commit}:data/splits.tsv"], capture_output=True, text=True).stdout
        assert now.startswith(then), commit
