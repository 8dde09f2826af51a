"""Starting a server: what is refused before anything starts, in one line."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from warta.label_studio import server as local
from warta.label_studio.client import Server
from warta.label_studio.tasks import Fault

OLDER = "1.13.1"


class Older(BaseHTTPRequestHandler):
    """What an older server says of its version, at the two addresses that are asked first."""

    def do_GET(self) -> None:
        said = {"status": "UP"} if self.path.startswith("/health") else {}
        if self.path.startswith("/api/version"):
            said = {"release": OLDER, "label-studio-os-package": {"version": OLDER}}  # type: ignore[dict-item]
        self.send_response(200 if said else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, *words: object) -> None:
        return


@pytest.fixture
def older() -> Iterator[str]:
    server = HTTPServer((local.HOST, 0), Older)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{local.HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


def state(folder: Path, **more: object) -> None:
    known = {"url": "http://127.0.0.1:9", "pid": 0, "email": "a@b.example", "password": "x", "token": "y", **more}
    (folder / local.STATE).write_text(json.dumps(known), encoding="utf-8")


def test_a_server_of_another_version_is_refused(older: str) -> None:
    pytest.importorskip("label_studio_sdk", reason="pip install 'warta[annotate]'")
    with pytest.raises(Fault, match=rf"^{older}: the server is Label Studio 1\.13\.1, this needs 1\.23\.\*$"):
        Server(older, "0" * 40)


def test_a_port_that_something_else_has_is_refused(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind((local.HOST, 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Fault, match=rf"^http://127\.0\.0\.1:{port}: the port is taken by something else"):
            local.start(tmp_path / "new", port)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("has", "named"), [(None, "SQLite"), ("postgresql://u:p@h/one", "another PostgreSQL database")]
)
def test_a_folder_keeps_its_database(tmp_path: Path, has: str | None, named: str) -> None:
    """Otherwise a start without the option would show a team an empty server."""
    state(tmp_path, database=has)
    with pytest.raises(Fault, match=f"the server of this folder has {named}") as fault:
        local.start(tmp_path, database="postgresql://u:p@h/two")
    assert "u:p" not in str(fault.value)


def test_a_server_that_ends_at_once_says_why_and_may_be_started_otherwise(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "label-studio"
    program.write_text("#!/bin/sh\necho password authentication failed\nexit 3\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("WARTA_LABEL_STUDIO", str(program))
    with socket.socket() as probe:
        probe.bind((local.HOST, 0))
        port = probe.getsockname()[1]
    for database in ("postgresql://u:wrong@h/one", "postgresql://u:right@h/one"):
        with pytest.raises(Fault, match=r"ended at once \(status 3\): password authentication failed; see "):
            local.start(tmp_path / "data", port, database)


def test_a_broken_state_file_is_named(tmp_path: Path) -> None:
    (tmp_path / local.STATE).write_text("{}", encoding="utf-8")
    with pytest.raises(Fault, match=r"server\.json: is not what `start` writes"):
        local.read_state(tmp_path)


def test_a_database_address_without_name_is_refused(tmp_path: Path) -> None:
    known = local.State("http://127.0.0.1:9", 0, "a@b.example", "x", "y")
    with pytest.raises(Fault, match="expected postgresql://user:password@host:port/name"):
        local.environment(tmp_path, known, "mysql://h/x")
