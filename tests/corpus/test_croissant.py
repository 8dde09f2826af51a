"""The shipped Croissant file is valid, and mlcroissant reads from it what is in the Parquet files."""

from __future__ import annotations

import json
from pathlib import Path

import mlcroissant
import pytest

from warta.corpus.tables import read_table

TOP = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def described():
    return mlcroissant.Dataset(jsonld=str(TOP / "data" / "croissant.json"))


def test_it_is_valid_and_has_the_rai_fields(described):
    assert not described.metadata.issues.errors
    assert not described.metadata.issues.warnings
    plain = json.loads((TOP / "data" / "croissant.json").read_text(encoding="utf-8"))
    assert "language model" in plain["rai:dataAnnotationProtocol"]
    assert f"{plain['@context']['cr']}RAI/1.0" in plain["conformsTo"]


@pytest.mark.parametrize("split", ["train", "validation", "test", "linked"])
def test_it_loads_what_is_in_the_files(described, split):
    documents = list(read_table(TOP / "data" / "release" / f"{split}.parquet"))
    records = list(described.records(split))
    assert [record[f"{split}/id"].decode() for record in records] == [document.id for document in documents]
    for record, document in zip(records, documents, strict=True):
        text = record[f"{split}/text"]
        assert (text.decode() if text is not None else None) == document.text
        spans = [(m[f"{split}/mentions/start"], m[f"{split}/mentions/end"]) for m in record[f"{split}/mentions"]]
        assert spans == [(mention.start, mention.end) for mention in document.mentions]
