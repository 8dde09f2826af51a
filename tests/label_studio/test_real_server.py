"""Against a real server: nothing is lost, nothing is there twice, and what is wrong is one line."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import msgspec
import pytest
from ports import free_port
from test_convert import DOCUMENT, GOLD, expected

from warta.document import Document, Entity, Event, Mention, Quote, Span
from warta.files import read_documents, write_objects
from warta.label_studio import server as local
from warta.label_studio.client import Server
from warta.label_studio.configs import LAYERS
from warta.label_studio.convert import layer_results
from warta.label_studio.doctor import examine
from warta.label_studio.projects import Place, projects
from warta.label_studio.pull import fetch, readings, write_readings
from warta.label_studio.push import Work, push
from warta.label_studio.store import Store
from warta.label_studio.tasks import Fault
from warta.label_studio.users import add_without_login, invite
from warta.schema import load_schema, schema_folder

pytestmark = pytest.mark.label_studio
SCHEMA = load_schema()
SCRIPT = schema_folder().parent / "scripts" / "label_studio.py"
AWKWARD = 'Ani 😀 di\u00a0Kota  Contoh:\t<b>“Baik”</b> kata\u2019nya & 👩‍👩‍👧 🇮🇩.\n"Ya," ujarnya.'


def awkward() -> Document:
    """A document whose every word is a mention, trigger, content or cue, in a text that breaks naive offsets."""
    words: list[tuple[int, int]] = []
    place = 0
    for word in AWKWARD.split():
        start = AWKWARD.index(word, place)
        place = start + len(word)
        words.append((start, place))
    mentions = [
        Mention(id=f"m{n}", start=a, end=b, type="PER", form="name", entity=f"e{n}") for n, (a, b) in enumerate(words)
    ]
    return Document(
        id="aneh",
        text=AWKWARD,
        mentions=mentions,
        entities=[Entity(id=f"e{n}", type="PER") for n in range(len(words))],
        events=[Event(id=f"v{n}", start=a, end=b, type="contact.meet") for n, (a, b) in enumerate(words)],
        quotes=[Quote(id=f"q{n}", content=[Span(start=a, end=b)], cue=[Span(start=a, end=b - 1 or b)], source=f"m{n}", speaker=f"e{n}")
                for n, (a, b) in enumerate(words) if b - a > 1],
    )  # fmt: skip


def gold() -> list[Document]:
    """All gold there is; texts that are not in the repository stand in by as many letters."""
    found = []
    for path in GOLD:
        for document in read_documents(path):
            if document.text is None and document.meta is not None:
                document = msgspec.structs.replace(document, text="x" * (document.meta.chars or 0), meta=None)
            found.append(document)
    return found


def test_all_documents_pushed_as_annotations_come_back_item_by_item(server: Server, tmp_path: Path) -> None:
    documents = [DOCUMENT, awkward(), *gold()]
    add_without_login(server, "satu@contoh.example")
    for layer in LAYERS:
        pushed = push(server, documents, Place("semua", layer), SCHEMA, Work(annotation_of="satu@contoh.example"))
        assert (pushed.there, pushed.tasks, pushed.annotations) == (0, len(documents), len(documents))
        again = push(server, documents, Place("semua", layer), SCHEMA, Work(annotation_of="satu@contoh.example"))
        assert (again.there, again.tasks) == (len(documents), 0)
    store = Store(tmp_path)
    for project in projects(server, "semua"):
        assert fetch(server, project, store)[0] == len(documents)
        assert fetch(server, project, store)[0] == 0, "the second pull has nothing new"
    read = readings(store, SCHEMA)
    write_readings(store, read, SCHEMA)
    back = list(read_documents(tmp_path / "annotations" / "semua" / "satu@contoh.example" / "documents.jsonl"))
    assert sorted(back, key=lambda d: d.id) == sorted(map(expected, documents), key=lambda d: d.id)
    assert not [finding for finding in read.findings if finding.check == "ls-ground-truth"]
    assert len(list((tmp_path / "pulls").iterdir())) == 6, "no pull overwrites another"


def test_a_server_killed_in_the_middle_of_a_push(spare: Path, tmp_path: Path) -> None:
    """No document has two tasks and none is missing after the push is run again."""
    shutil.copytree(spare, tmp_path, dirs_exist_ok=True)
    documents = [msgspec.structs.replace(DOCUMENT, id=f"d{n}") for n in range(1000)]
    port, place = free_port(), Place("putus", "events")
    state, _ = local.start(tmp_path, port)

    def kill_soon(done: int) -> None:
        if done >= 400:
            threading.Timer(0.2, local.stop_process, [state.pid]).start()

    try:
        with pytest.raises(Fault, match=f"^http://127.0.0.1:{port}: "):
            push(Server(state.url, state.token), documents, place, SCHEMA, progress=kill_soon)
        deadline = time.monotonic() + 30
        while local.is_server(state.pid) and time.monotonic() < deadline:
            time.sleep(0.1)
        state, new = local.start(tmp_path, port)
        assert new
        server = Server(state.url, state.token)
        pushed = push(server, documents, place, SCHEMA)
        assert 400 <= pushed.there < 1000 and pushed.there + pushed.tasks == 1000
        assert {key: len(tasks) for key, tasks in server.documents(pushed.project.id).items()} == {
            d.id: 1 for d in documents
        }
    finally:
        local.stop(tmp_path)


def test_invited_annotators_can_log_in_and_are_invited_once(server: Server) -> None:
    password = invite(server, "baru@contoh.example")
    assert password and invite(server, "baru@contoh.example") is None
    with pytest.raises(Fault, match="was not accepted"):
        invite(server, "bukan-alamat")


def test_what_is_wrong_with_a_server_is_one_line(running: local.State, data_dir: Path) -> None:
    with pytest.raises(Fault, match=r"the token \(legacy token\) is refused") as refused:
        Server(running.url, "0" * 40)
    assert "\n" not in str(refused.value) and running.url in str(refused.value)
    port = free_port()
    with pytest.raises(Fault, match=f"http://127.0.0.1:{port}: no server answers there"):
        Server(f"http://127.0.0.1:{port}", running.token)
    with pytest.raises(Fault, match="port is taken by a Label Studio that this data folder does not know"):
        local.start(data_dir / "other", int(running.url.rpartition(":")[2]))
    assert local.start(data_dir)[1] is False, "a running server is found, not started twice"


def test_a_project_with_another_configuration_is_refused(server: Server) -> None:
    project = push(server, [DOCUMENT], Place("lain", "quotes"), SCHEMA).project
    changed = project.label_config.replace('value="cont"', 'value="cont2"')
    server.sdk.projects.update(project.id, label_config=changed)
    with pytest.raises(Fault, match="another labelling configuration"):
        push(server, [DOCUMENT], Place("lain", "quotes"), SCHEMA)
    lines = [line for fine, line in examine(server, SCHEMA, "lain") if not fine]
    assert any("NOT the schema's" in line for line in lines)


def test_documents_that_cannot_be_pushed_are_all_named(server: Server) -> None:
    bad = msgspec.structs.replace(DOCUMENT, id="w-2", text=None)
    worse = msgspec.structs.replace(DOCUMENT, id="w-3", entities=[])
    with pytest.raises(Fault) as fault:
        push(server, [DOCUMENT, bad, worse], Place("buruk", "quotes"), SCHEMA)
    assert "document w-2: has no text" in str(fault.value) and "document w-3: [unknown-entity]" in str(fault.value)
    assert projects(server, "buruk") == []


def script(*words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(SCRIPT.parents[1])}
    return subprocess.run(
        [sys.executable, SCRIPT, *words], capture_output=True, text=True, env=environment, check=False
    )


def test_annotate_loads_a_batch_and_changes_nothing_when_run_again(
    server: Server, data_dir: Path, tmp_path: Path
) -> None:
    (tmp_path / "kumpulan").mkdir()
    for name in ("a", "b"):
        (tmp_path / "kumpulan" / f"{name}.txt").write_text(AWKWARD, encoding="utf-8")
    call = ["--data-dir", str(data_dir), "annotate", str(tmp_path / "kumpulan")]
    first = script(*call)
    assert first.returncode == 0, first.stderr
    for line in (f"already running: {server.url}", "user: keeper@warta.example", "stop it with: ", "users EMAIL ..."):
        assert line in first.stdout
    assert "kumpulan entities: 0 documents were there, 2 added" in first.stdout
    before = [(project, server.documents(project.id)) for project in projects(server, "kumpulan")]
    assert [project.place.layer for project, _ in before] == ["entities", "events", "quotes"]
    assert server.sdk.projects.get(before[0][0].id).maximum_annotations == 2
    again = script(*call)
    assert "kumpulan entities: 2 documents were there, 0 added" in again.stdout
    assert [(project, server.documents(project.id)) for project in projects(server, "kumpulan")] == before


def test_from_layer_to_layer(server: Server, data_dir: Path, tmp_path: Path) -> None:
    """Quotes and events come after a pull, on the annotator's own mentions; a changed mention is told at the push."""
    email, there = "rina@contoh.example", ["--data-dir", str(data_dir)]
    assert "rina@contoh.example: password " in script(*there, "users", email).stdout
    whole = expected(DOCUMENT)
    push(server, [whole], Place("lapis", "entities"), SCHEMA, Work(annotation_of=email))
    own = data_dir / "annotations" / "lapis" / email / "documents.jsonl"
    for layer in LAYERS[1:]:
        script(*there, "pull", "--batch", "lapis")
        told = ["--batch", "lapis", "--layer", layer, "--annotator", email]
        pushed = script(*there, "push", str(own), *told)
        assert f"Warta lapis {layer} rina: 0 documents were there, 1 added" in pushed.stdout, pushed.stderr
        assert "left as they are" not in pushed.stderr
        project = next(p for p in projects(server, "lapis") if p.place == Place("lapis", layer, "rina"))
        [(task, _)] = server.documents(project.id)[whole.id]
        results = layer_results(whole, layer)
        users = {name: number for number, name in server.users().items()}
        server.sdk.annotations.create(id=task, result=results, completed_by=users[email], ground_truth=False)
    script(*there, "pull", "--batch", "lapis")
    assert list(read_documents(own)) == [whole]
    moved = msgspec.structs.replace(whole, mentions=whole.mentions[1:], quotes=[], events=[])
    write_objects(tmp_path / "moved.jsonl", [moved])
    again = script(*there, "push", str(tmp_path / "moved.jsonl"), *told)
    assert "1 documents were there, 0 added" in again.stdout
    assert f"1 tasks were left as they are although text or mentions of their documents changed since ({whole.id})" in (
        " ".join(again.stderr.split())
    )


def test_the_script_from_push_to_backup(running: local.State, data_dir: Path, tmp_path: Path) -> None:
    write_objects(tmp_path / "a.jsonl", [msgspec.structs.replace(DOCUMENT, id="w-9")])
    there = ["--data-dir", str(data_dir)]
    pushed = script(*there, "push", str(tmp_path / "a.jsonl"), "--batch", "naskah")
    assert pushed.returncode == 0 and pushed.stdout.count("1 added") == 3, pushed.stderr
    again = script(*there, "push", str(tmp_path / "a.jsonl"), "--batch", "naskah")
    assert again.stdout.count("1 documents were there, 0 added") == 3
    checked = script(*there, "doctor", "--batch", "naskah")
    assert checked.returncode == 0 and "FAULT" not in checked.stdout and running.url in checked.stdout
    pulled = script(*there, "pull", "--batch", "naskah")
    assert pulled.returncode in {0, 1} and "findings.jsonl" in pulled.stdout and "Traceback" not in pulled.stderr
    saved = script(*there, "backup", "--to", str(tmp_path / "b"))
    kept = [line for line in saved.stdout.split() if line.endswith(".sqlite3")]
    assert saved.returncode == 0 and len(kept) == (running.database is None)
    assert script(*there, "users").stdout.split().count(running.email) == 1
