"""The build on a copy of the checkout: the same bytes twice, and every config as users load it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import datasets
import msgspec
import pyarrow.parquet as pq
import pytest

from warta.corpus.build import GoldFaults, build, checksums, corpus_digest
from warta.corpus.layout import SPLITS, Layout, read_gold, read_splits
from warta.corpus.tables import digest_of, read_table
from warta.corpus.tables import rows_of as plain
from warta.document import Document
from warta.scoring.join import as_document

TOP = Path(__file__).resolve().parents[2]
CONFIGS = ("documents", "entities", "events", "quotes")


@pytest.fixture
def checkout(tmp_path):
    """A copy of what the build reads, named as the repository is."""
    top = tmp_path / "warta"
    for name in ("data/gold", "data/release"):
        shutil.copytree(TOP / name, top / name)
    for name in ("README.md", "data/splits.tsv"):
        shutil.copy(TOP / name, top / name)
    return Layout(top)


def files(layout):
    found = [
        *layout.release.glob("*.parquet"),
        layout.top / "README.md",
        layout.top / "data" / "statistics.json",
        layout.splits,
    ]
    return {path.name: path.read_bytes() for path in found}


def test_a_second_build_gives_the_same_bytes(checkout):
    build(checkout)
    first = files(checkout)
    build(checkout)
    assert files(checkout) == first and len(first) == 10


def test_the_order_of_gold_does_not_matter(checkout):
    build(checkout)
    first = files(checkout)
    for path in checkout.gold.values():
        path.write_bytes(b"".join(reversed(path.read_bytes().splitlines(keepends=True))))
    build(checkout)
    assert files(checkout) == first


@pytest.mark.parametrize("config", CONFIGS)
def test_rows_that_are_loaded_are_the_files_rows(checkout, tmp_path, config):
    build(checkout)
    loaded = datasets.load_dataset(str(checkout.top), config, cache_dir=str(tmp_path / "cache"))
    assert list(loaded) == list(SPLITS)
    for split in SPLITS:
        columns = loaded[split].column_names
        rows = pq.read_table(checkout.parquet(split), columns=columns).to_pylist()
        assert loaded[split].to_list() == rows and len(rows) > 0


def test_documents_is_the_default_and_gives_gold_back(checkout, tmp_path):
    build(checkout)
    loaded = datasets.load_dataset(str(checkout.top), cache_dir=str(tmp_path / "cache"))
    splits = read_splits(checkout)
    gold = {d.id: d for d in read_gold(checkout) if d.id in splits}
    again = {row["id"]: as_document(row) for split in SPLITS for row in loaded[split]}
    assert again == gold
    assert {name: split for split in SPLITS for name in loaded[split]["id"]} == splits


def test_linked_has_no_text_and_ner_has_tag_names(checkout, tmp_path):
    build(checkout)
    cache = str(tmp_path / "cache")
    linked = datasets.load_dataset(str(checkout.top), "linked", cache_dir=cache)
    assert list(linked) == ["test"] and set(linked["test"]["text"]) == {None}
    ner = datasets.load_dataset(str(checkout.top), "ner", split="train", cache_dir=cache)
    tags = ner.features["ner_tags"].feature.names
    assert tags[0] == "O" and "B-GPE" in tags and "I-DAT" in tags and "B-ROL" not in tags
    documents = {d.id: d for d in read_table(checkout.parquet("train"))}
    for row in ner:
        text = documents[row["id"].split("#")[0]].text
        assert [text[o["start"] : o["end"]] for o in row["offsets"]] == row["tokens"]
        assert len(row["ner_tags"]) == len(row["tokens"])


def test_a_load_after_a_rebuild_is_not_stale(checkout, tmp_path):
    build(checkout)
    cache = str(tmp_path / "cache")
    before = datasets.load_dataset(str(checkout.top), split="train", cache_dir=cache)
    rows = [json.loads(line) for line in checkout.gold["written"].read_text(encoding="utf-8").splitlines()]
    changed = next(row for row in rows if row["id"] == before["id"][0])
    changed["events"][0]["polarity"] = "negative" if changed["events"][0]["polarity"] == "positive" else "positive"
    checkout.gold["written"].write_text(
        "".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8"
    )
    build(checkout)
    after = datasets.load_dataset(str(checkout.top), split="train", cache_dir=cache)
    assert after["events"][0][0]["polarity"] != before["events"][0][0]["polarity"]


def test_gold_with_a_fault_is_not_built_and_nothing_changes(checkout):
    build(checkout)
    first = files(checkout)
    rows = [json.loads(line) for line in checkout.gold["written"].read_text(encoding="utf-8").splitlines()]
    rows[0]["events"][0]["type"], rows[1]["mentions"][0]["end"] = "life.party", 10**6
    checkout.gold["written"].write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    with pytest.raises(GoldFaults) as caught:
        build(checkout)
    assert [(f.document, f.check) for f in caught.value.findings] == [
        (rows[0]["id"], "unknown-event-type"), (rows[1]["id"], "past-end")]  # fmt: skip
    assert files(checkout) == first


def test_digests_are_of_the_rows(checkout):
    figures = build(checkout)
    for split in SPLITS:
        rows = plain(read_table(checkout.parquet(split)))
        assert figures["files"][split]["digest"] == digest_of(rows)
    assert figures["digest"] == corpus_digest(figures["files"])


def test_parquet_gives_every_document_back(checkout):
    build(checkout)
    document = next(iter(read_table(checkout.parquet("test"))))
    assert isinstance(document, Document) and msgspec.convert(msgspec.to_builtins(document), Document) == document


def test_checksums_name_every_file_of_the_release(checkout):
    build(checkout)
    names = [line.split("  ")[1] for line in checksums(checkout).splitlines()]
    assert {f"release/{path.name}" for path in checkout.release.glob("*.parquet")} < set(names)
