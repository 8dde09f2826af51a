"""Two annotators differ, agreement reports it, the adjudicator decides in Label Studio, gold follows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from annotator import Annotator

from warta.agreement.items import canonical, items_of
from warta.agreement.report import Pair, agreement
from warta.agreement.sheet import make_sheet
from warta.anchors import read_notation, resolve
from warta.corpus.annotations import read_annotations
from warta.corpus.layout import Layout
from warta.document import Document, Meta
from warta.files import read_documents, read_objects, write_objects
from warta.label_studio import server as local
from warta.label_studio.adjudication import pull_answers, push_differences
from warta.label_studio.adjudication_tasks import adjudication_config, tasks_of
from warta.label_studio.client import Server
from warta.label_studio.configs import LAYERS
from warta.label_studio.doctor import examine
from warta.label_studio.projects import Place, Project, projects
from warta.label_studio.pull import fetch, readings, write_readings
from warta.label_studio.push import Work, push
from warta.label_studio.store import Store, storable
from warta.label_studio.tasks import Fault
from warta.label_studio.users import add_without_login, invite
from warta.schema import load_schema, schema_folder
from warta.text import digest

SCHEMA = load_schema()
SCRIPT = schema_folder().parent / "scripts" / "adjudicate.py"
ANI, BUDI, JUDGE = "ani@contoh.example", "budi@contoh.example", "hakim@contoh.example"
TEXT = (
    "Polisi Wanasari menahan dua tersangka & <b>saksi</b> 😀\n"
    'Kapolres Wanasari Rukmini menangkap dua tersangka, Senin.\n"Kami akan menggeledah rumah itu," ujarnya; ia pergi.'
)
FIRST = """document w-9001
mentions
P1
m1 ORG e1 | Polisi Wanasari
m2 GPE e2 | Polisi «Wanasari»
P2
m3 ROL e3 | Kapolres Wanasari
m4 GPE e2 | Wanasari
m5 PER e3 | Rukmini
m6 nominal PER e4 | dua tersangka
m7 DAT | Senin
P3
m8 pronoun PER e3 | ujar«nya»
quotes
P3
q1 direct source=m8 speaker=e3 | content "Kami [...] rumah itu," | cue «ujar»nya
events
P2
v1 justice.arrest actual positive | menangkap | authority=m5 person=m6 time=m7
P3
v2 justice.seize future positive | menggeledah
"""
# What the second annotator reads otherwise, and so what gold has under the answers below.
SECOND = (
    FIRST.replace("m4 GPE e2 | Wanasari", "m4 ORG e5 | Wanasari").replace("justice.seize future", "justice.seize actual")
    .replace("time=m7", "").replace("q1 direct", "q1 mixed")
)  # fmt: skip
GOLD = FIRST.replace("m4 GPE e2 | Wanasari", "m4 LOC e5 | Wanasari").replace(
    "authority=m5 person=m6 time=m7", "authority=m5 person=m6"
)


def document(notation: str, origin: str = "written") -> Document:
    anchored, faults = read_notation(notation)
    found, missing = resolve(anchored[0], TEXT)
    assert faults + missing == []
    meta = Meta(origin=origin, license="CC-BY-4.0", chars=len(TEXT), sha256=digest(TEXT))
    return msgspec.structs.replace(canonical(found), meta=meta)


def script(*words: object) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith(("LABEL_STUDIO", "WARTA_LABEL"))}
    known |= {"PYTHONPATH": str(SCRIPT.parents[1])}
    command = [sys.executable, str(SCRIPT), *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, env=known, check=False)


def annotated(server: Server, folder: Path) -> dict[str, Path]:
    """Both annotations as two annotators' work in Label Studio, pulled: ``{annotator: file}``."""
    store, batch = Store(folder), "adili"
    for email, notation in ((ANI, FIRST), (BUDI, SECOND)):
        add_without_login(server, email)
        for layer in LAYERS:
            push(server, [document(notation)], Place(batch, layer, email), SCHEMA, Work(annotation_of=email))
    for project in projects(server, batch):
        fetch(server, project, store)
    write_readings(store, readings(store, SCHEMA), SCHEMA)
    return {email: folder / "annotations" / batch / email / "documents.jsonl" for email in (ANI, BUDI)}


def decide(judge: Annotator, key: str, **typed: str) -> None:
    judge.press("Escape", key)
    for name, words in typed.items():
        field = judge.page.locator(f"textarea[name='{name}'], input[name='{name}']").first
        field.click()
        field.fill(words)
        judge.press("Enter")
    judge.press("Escape")
    judge.submit()


def judged(judge: Annotator, project: Project, tasks: dict[int, int]) -> None:
    """Decide the four differences in the browser; the first by a line of one's own."""
    answers: dict[int, tuple[str, dict[str, str]]] = {
        1: ("5", {"own": "m4 LOC e5 | Wanasari", "reason": "E4 wilayah; bukan lembaga"}),
        2: ("1", {"reason": "K3 kutipan utuh"}),
        3: ("2", {}),
        4: ("1", {}),
    }
    for number, (key, typed) in answers.items():
        judge.open_task(project.id, tasks[number])
        if number == 1:
            shown = judge.page.locator("body").inner_text()
            assert "w-9001 · mentions · #1/4 · P2" in shown
            assert "m4 GPE e2 | Wanasari" in shown and re.search(r"m4 ORG e\d+b \| Wanasari", shown)
            assert {result["value"]["labels"][0] for result in judge.results()} == {"A+B"}
        decide(judge, key, **typed)
    assert judge.errors == []


def gold_follows(files: dict[str, Path], folder: Path) -> None:
    """Make gold of the pulled answers in a corpus of its own; every item knows where it comes from."""
    layout = Layout(folder / "corpus")
    batch = layout.annotations / "batch-90"
    answered = script("answer", *files.values(), folder / "answers", "--batch", batch)
    assert answered.returncode == 0, answered.stderr
    gold = next(iter(read_documents(layout.gold["written"])))
    assert items_of(gold) == items_of(document(GOLD))
    decisions = read_objects(batch / "decisions.jsonl")
    assert {row["by"] for row in decisions} == {"hakim"}
    assert ("E4", "wilayah; bukan lembaga") in {(row.get("rule"), row.get("reason")) for row in decisions}
    assert [row.batch for row in read_annotations(layout)] == ["batch-90"]
    shown = script("provenance", "--data", layout.top)
    origins = msgspec.json.decode(f"[{','.join(shown.stdout.splitlines())}]")
    assert {(o["layer"], *o["proposed"], o["decided"]) for o in origins if o["decided"] != "both"} >= {
        ("mentions", "adjudicator", "hakim"), ("quotes", "first", "hakim"), ("events", "second", "hakim"),
    }  # fmt: skip


@pytest.mark.label_studio
@pytest.mark.browser
def test_two_annotators_differ_and_the_adjudicator_decides_in_the_browser(
    server: Server, running: local.State, data_dir: Path, chromium: Any, tmp_path: Path
) -> None:
    files = annotated(server, tmp_path / "pulled")
    first, second = (next(iter(read_documents(path))) for path in files.values())
    told = agreement([Pair(first, second, TEXT)])["layers"]
    assert told["realis"] == {"accuracy": 0.5, "items": 2}
    assert told["whole quotes"]["f1"] == 1.0 and told["quote type"]["accuracy"] == 0.0

    there = (*files.values(), "--batch", "adili", "--data-dir", data_dir)
    made, again = script("push", *there), script("push", *there)
    assert made.returncode == 0, made.stderr
    assert "4 differences" in made.stdout and "0 were there, 4 added" in made.stdout
    assert again.returncode == 0 and "4 were there, 0 added" in again.stdout
    early = script("pull", *there[:2], tmp_path / "answers", *there[2:])
    assert early.returncode == 1 and "4 of 4 differences are not decided: #1, #2, #3, #4" in early.stderr
    assert [line for fine, line in examine(server, SCHEMA, "adili") if not fine] == []

    [project] = [project for project in projects(server, "adili") if project.place.layer == "adjudication"]
    judge = Annotator(chromium, running.url, JUDGE, str(invite(server, JUDGE)))
    judged(judge, project, {task["data"]["difference"]: task["id"] for task in server.tasks(project.id)})
    judge.close()
    pulled = script("pull", *there[:2], tmp_path / "answers", *there[2:])
    assert pulled.returncode == 0, pulled.stderr
    text = (tmp_path / "answers" / "w-9001.answers").read_text(encoding="utf-8")
    assert "by hakim\n1 = m4 LOC e5 | Wanasari ; E4 wilayah; bukan lembaga\n2 A ; K3 kutipan utuh\n3 B\n4 A\n" in text
    gold_follows(files, tmp_path)

    (tmp_path / "answers" / "w-9001.answers").write_text("1 A\n2 A\n3 A\n4 A\n", encoding="utf-8")
    kept = script("pull", *there[:2], tmp_path / "answers", *there[2:])
    assert kept.returncode == 1 and "was not written by pull and is left alone" in kept.stderr


def answer(server: Server, project: int, number: int, **given: str | list[str]) -> None:
    """Decide a difference as the browser saves it."""
    task = next(task["id"] for task in server.tasks(project) if task["data"]["difference"] == number)
    results = [
        {"id": f"r{name}", "from_name": name, "to_name": "text", "type": "choices" if name == "decision" else "textarea",
         "value": {"choices" if name == "decision" else "text": [value] if isinstance(value, str) else value}}
        for name, value in given.items()
    ]  # fmt: skip
    server.sdk.annotations.create(id=task, result=results, ground_truth=False)


@pytest.mark.label_studio
def test_what_cannot_be_used_is_told_and_nothing_is_written_over(server: Server, tmp_path: Path) -> None:
    first, second = document(FIRST), document(SECOND)
    sheet = make_sheet(first, second)
    agreed = make_sheet(*(msgspec.structs.replace(first, id="w-9002"),) * 2)
    with pytest.raises(Fault, match="there is no project 'Warta ragu adjudication'"):
        pull_answers(server, "ragu", [sheet])
    assert push_differences(server, "ragu", [agreed], SCHEMA) == (None, 0, 0)
    project = push_differences(server, "ragu", [sheet, agreed], SCHEMA).project
    assert project is not None
    answer(server, project.id, 1, decision="=")
    answer(server, project.id, 2, decision="A", own="q1 direct | content x")
    answer(server, project.id, 3, decision="A")
    answer(server, project.id, 3, decision="B")
    answer(server, project.id, 4, decision="A", more=["3 A"])
    answers, findings = pull_answers(server, "ragu", [sheet, agreed])
    assert list(answers) == ["w-9002"]
    assert [line.removeprefix("document w-9001: ").partition(":")[0] for line in findings] == ["#1", "#2", "#3", "#4"]
    for line, said in zip(
        findings, ("without a line", "beside A", "A by keeper, B by keeper", "further line"), strict=True
    ):
        assert said in line and "\n" not in line
    changed = make_sheet(first, document(SECOND.replace("q1 mixed", "q1 indirect")))
    with pytest.raises(Fault, match="w-9001: the annotations are not those whose differences were pushed"):
        push_differences(server, "ragu", [changed], SCHEMA)
    assert "are not those whose differences were pushed" in pull_answers(server, "ragu", [changed]).findings[0]


@pytest.mark.label_studio
def test_items_added_and_taken_out_beside_a_decision(server: Server) -> None:
    sheet = make_sheet(document(FIRST), document(SECOND))
    project = push_differences(server, "tambah", [sheet], SCHEMA).project
    assert project is not None
    answer(server, project.id, 1, decision="A", more=["+ m90 nominal PER e9 | saksi\nP3", "+ m91 GPE e2 | rumah"])
    for number, choice in ((2, "-"), (3, "AB"), (4, "A")):
        answer(server, project.id, number, decision=choice, more=["- m1"] if number == 4 else [])
    [text], findings = pull_answers(server, "tambah", [sheet])[0].values(), []
    assert findings == []
    assert text.splitlines()[2:] == [
        "by keeper", "1 A", "P2", "+ m90 nominal PER e9 | saksi", "P3", "+ m91 GPE e2 | rumah", "2 -", "3 AB", "4 A",
        "P3", "- m1",
    ]  # fmt: skip


def test_a_linked_article_leaves_no_word_in_what_is_kept() -> None:
    sheet = make_sheet(document(FIRST, "linked"), document(SECOND, "linked"))
    for task in tasks_of(sheet):
        own = {"from_name": "own", "type": "textarea", "value": {"text": ["m4 LOC e5 | Wanasari"]}}
        kept = str(storable({**task, "annotations": [{"result": [own]}]}))
        assert task["data"]["doc_id"] in kept
        assert not [word for word in TEXT.split() if len(word) > 5 and word in kept]


def test_every_reading_is_marked_and_the_configuration_is_sound() -> None:
    interface = pytest.importorskip("label_studio_sdk.label_interface").LabelInterface(adjudication_config())
    interface.validate()
    tasks = tasks_of(make_sheet(document(FIRST), document(SECOND)))
    for task in tasks:
        assert interface.validate_prediction(task["predictions"][0], return_errors=True) == []
    arrest = tasks[2]["predictions"][0]["result"]
    marked = {(TEXT[r["value"]["start"] : r["value"]["end"]], r["value"]["labels"][0]) for r in arrest}
    assert marked == {("menangkap", "A+B"), ("Rukmini", "a+b"), ("dua tersangka", "a+b"), ("Senin", "a")}


def test_without_text_or_server_it_is_one_line(tmp_path: Path) -> None:
    bare = msgspec.structs.replace(document(FIRST), text=None)
    write_objects(tmp_path / "a.jsonl", [document(FIRST)])
    write_objects(tmp_path / "b.jsonl", [bare])
    for words, said in (
        (("push", tmp_path / "b.jsonl", tmp_path / "a.jsonl"), "without text: w-9001"),
        (("push", tmp_path / "a.jsonl", tmp_path / "b.jsonl"), "no server"),
        (("pull", tmp_path / "a.jsonl", tmp_path / "a.jsonl", tmp_path), "no server"),
    ):
        told = script(*words, "--batch", "x", "--data-dir", tmp_path)
        assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (2, "", 1) and said in told.stderr
