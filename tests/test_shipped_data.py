"""What is shipped: gold passes, follows from the annotators' files, and everything generated is current."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow
import pytest

from warta.agreement.decisions import decided
from warta.corpus.annotations import batches, read_annotations
from warta.corpus.articles import read_article
from warta.corpus.build import build, checksums
from warta.corpus.cards import read_card
from warta.corpus.documentation import DOCUMENTS, blocks
from warta.corpus.figures import filled, names_in
from warta.corpus.gate import RUN, Article, runs, stripped
from warta.corpus.layout import Layout, read_gold, read_splits
from warta.corpus.linked import withheld
from warta.corpus.tables import PINNED_PYARROW
from warta.files import json_text
from warta.json_schema import schema_files
from warta.schema import LABELS, load_schema, read_labels
from warta.validate import check_document, check_file

TOP = Path(__file__).resolve().parents[1]
LAYOUT = Layout(TOP)
GOLD = list(read_gold(LAYOUT))


@pytest.mark.parametrize("path", LAYOUT.gold.values(), ids=lambda path: path.stem)
def test_gold_passes_every_check(path):
    assert [str(f) for _, findings in check_file(path, load_schema()) for f in findings] == []


def test_gold_follows_from_both_annotators_and_the_decisions():
    gold = {document.id: document for document in GOLD}
    seen = []
    for row in read_annotations(LAYOUT):
        known = gold[row.first.id]
        made = decided(row.first, row.second, row.decisions)
        made.text, made.meta = known.text, known.meta
        for entity, wanted in zip(made.entities, known.entities, strict=True):
            entity.name = wanted.name  # derived from the text, which linked annotations have not
        assert made == known, row.first.id
        seen.append(row.first.id)
    assert sorted(seen) == sorted(gold) and len(set(seen)) == len(seen)


def test_annotators_files_can_be_scored():
    for folder in batches(LAYOUT):
        for name in ("first", "second"):
            for _, findings in check_file(folder / f"{name}.jsonl", load_schema()):
                assert [str(f) for f in findings if f.level < 6] == []


def test_written_gold_has_the_article_and_its_card():
    for document in GOLD:
        if document.meta.origin == "written":
            article = read_article(LAYOUT.articles, document.id)
            assert (document.text, document.meta) == (article.text, article.meta)


def test_linked_gold_has_no_words():
    for document in GOLD:
        if document.meta.origin == "linked":
            assert document == withheld(document) and len(document.meta.sha256) == 64


def test_every_written_document_has_a_split_and_no_linked_one():
    splits = read_splits(LAYOUT)
    assert set(splits) == {d.id for d in GOLD if d.meta.origin == "written"}


def test_generated_files_are_current():
    assert (TOP / "schema" / LABELS).read_text(encoding="utf-8") == json_text(read_labels(TOP / "schema"))
    for name, text in schema_files(load_schema()).items():
        assert (TOP / "schema" / name).read_text(encoding="utf-8") == text, name
    made = blocks(LAYOUT)
    for name in DOCUMENTS:
        if (TOP / name).is_file():
            text = (TOP / name).read_text(encoding="utf-8")
            assert text == filled(text, {k: made.get(k, "(not measured yet)") for k in names_in(text)}), name


def test_checksums_are_current():
    assert (TOP / "data" / "SHA256SUMS").read_text(encoding="utf-8") == checksums(LAYOUT)
    for line in checksums(LAYOUT).splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256((TOP / "data" / name).read_bytes()).hexdigest() == digest


def test_the_release_is_what_the_build_makes(tmp_path):
    import shutil

    copy = Layout(tmp_path / "warta")
    shutil.copytree(TOP / "data" / "gold", copy.top / "data" / "gold")
    for name in ("README.md", "data/splits.tsv"):
        shutil.copy(TOP / name, copy.top / name)
    build(copy)
    assert (copy.top / "data" / "splits.tsv").read_bytes() == LAYOUT.splits.read_bytes()
    if pyarrow.__version__ != PINNED_PYARROW:
        pytest.skip(
            f"bytes are compared under pyarrow {PINNED_PYARROW} only; rows are compared by digest in test_build"
        )
    for path in copy.release.glob("*.parquet"):
        assert path.read_bytes() == (LAYOUT.release / path.name).read_bytes(), path.name


def test_gold_documents_pass_with_text_at_hand():
    for document in GOLD:
        assert check_document(document, load_schema()) == []


def _articles_by_split():
    folder = LAYOUT.articles
    return {
        name: (
            split,
            Article(
                name,
                (folder / "texts" / f"{name}.txt").read_text("utf-8"),
                read_card(folder / "cards" / f"{name}.yaml"),
            ),
        )
        for name, split in read_splits(LAYOUT).items()
    }


def test_no_run_of_eight_words_is_shared_by_two_splits():
    seen = {}
    shared = []
    for name, (split, article) in _articles_by_split().items():
        for run in runs(stripped(article), RUN):
            first, owner = seen.setdefault(run, (split, name))
            if first != split:
                shared.append(f"{owner} and {name}: {' '.join(run)}")
    assert shared == []


def test_no_invented_person_is_in_two_splits():
    seen = {}
    shared = []
    for name, (split, article) in _articles_by_split().items():
        for person in {
            person.name for person in article.card.people if " " in person.name
        }:  # many people share one name
            first, owner = seen.setdefault(person, (split, name))
            if first != split:
                shared.append(f"{owner} and {name}: {person}")
    assert shared == []


def test_linked_articles_are_never_trained_on():
    linked = {document.id for document in GOLD if document.meta.origin == "linked"}
    assert linked and not linked & set(read_splits(LAYOUT))
