"""Gold comes out of Label Studio: annotators' files through a real server, decisions applied, equal to data/gold."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import groupby
from pathlib import Path

import msgspec
import pytest

from warta.corpus.annotations import Annotated, read_annotations
from warta.corpus.layout import Layout, read_gold
from warta.document import Document
from warta.label_studio.client import Server
from warta.label_studio.replay import replay
from warta.label_studio.store import Store
from warta.schema import load_schema, schema_folder

SCHEMA = load_schema()
TOP = schema_folder().parent
SCRIPT = TOP / "scripts" / "replay.py"
GOLD = {document.id: document for document in read_gold(Layout(TOP))}
ROWS = list(read_annotations(Layout(TOP)))


def script(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, "PYTHONPATH": str(TOP), **environment}
    return subprocess.run(
        [sys.executable, str(SCRIPT), *map(str, words)], capture_output=True, text=True, env=known, check=False
    )


def of_origin(origin: str) -> list[Annotated]:
    """The first batch of articles of an origin."""
    batches = (list(rows) for _, rows in groupby(ROWS, key=lambda row: row.batch))
    return next(rows for rows in batches if GOLD[rows[0].first.id].meta.origin == origin)


@pytest.mark.label_studio
def test_a_written_batch_replayed_by_the_script(program: str, tmp_path: Path) -> None:
    rows = of_origin("written")
    done = script("--batch", rows[0].batch, "--keep", tmp_path, WARTA_LABEL_STUDIO=program)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(
        f"{rows[0].batch}: {len(rows)} articles, {6 * len(rows)} annotations pushed and pulled"
    )
    assert "items of gold compared: equal" in done.stdout
    kept = tmp_path / rows[0].batch
    assert len(list((kept / "pulls").glob("*.json"))) == 5
    for name in ("first", "second"):
        files = {path.stem for path in (kept / "annotations" / rows[0].batch / f"{name}@warta.example").iterdir()}
        assert files == {"entities", "quotes", "events", "documents"}


@pytest.mark.label_studio
def test_every_difference_is_told(server: Server, tmp_path: Path) -> None:
    rows = [row._replace(batch="ulang") for row in of_origin("written")[:2]]
    event = GOLD[rows[0].first.id].events[0]
    other = msgspec.structs.replace(event, realis="generic" if event.realis != "generic" else "actual")
    changed: dict[str, Document] = {
        rows[0].first.id: msgspec.structs.replace(
            GOLD[rows[0].first.id], events=[other, *GOLD[rows[0].first.id].events[1:]]
        )
    }
    done = replay(server, Store(tmp_path), SCHEMA, rows, GOLD | changed)
    assert done.annotations == 12 and done.decisions == sum(len(row.decisions) for row in rows)
    assert [line.partition("{")[0] for line in done.findings] == [
        f"ulang: {rows[0].first.id}: gold: events: lost: ", f"ulang: {rows[0].first.id}: gold: events: not there before: ",
    ]  # fmt: skip
    undecided = [row._replace(batch="tunda", decisions=[]) for row in rows]
    lost = replay(server, Store(tmp_path / "2"), SCHEMA, undecided, GOLD).findings
    assert {line.split(": ")[1].removeprefix("document ") for line in lost} == {row.first.id for row in rows}


@pytest.mark.label_studio
def test_linked_articles_go_through_without_their_words(server: Server, tmp_path: Path) -> None:
    rows = [row._replace(batch="tautan") for row in of_origin("linked")[:2]]
    done = replay(server, Store(tmp_path), SCHEMA, rows, GOLD)
    assert (done.stand_ins, done.annotations, done.findings) == (2, 12, [])


def test_wrong_use_is_one_line(tmp_path: Path) -> None:
    for words, said in (
        (["--batch", "batch-99"], "no batch batch-99 in"),
        (["--batch", ROWS[0].batch], "the server is not installed"),
    ):
        told = script(*words, WARTA_LABEL_STUDIO=str(tmp_path / "nothing"))
        lines = [line for line in told.stderr.splitlines() if "letters stand in" not in line]
        assert (told.returncode, told.stdout, len(lines)) == (2, "", 1) and said in lines[0]
