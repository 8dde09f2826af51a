"""A release is refused while anything in the tree disagrees, and sent to a hub as one commit; the hub is a server of the test."""

from __future__ import annotations

import base64
import json
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from warta.corpus.layout import Layout
from warta.corpus.release import git, inconsistencies, notes, tag_of

TOP = Path(__file__).parents[2]
SCRIPT = TOP / "scripts" / "release.py"
PARTS = ("data", "schema", "evaluation", "warta")
FILES = ("README.md", "DATASHEET.md", "CHANGELOG.md", "CITATION.cff", "pyproject.toml", "LICENSE", "LICENSE-DATA")


@pytest.fixture
def checkout(tmp_path):
    top = tmp_path / "warta"
    top.mkdir()
    for name in PARTS:
        shutil.copytree(TOP / name, top / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(TOP / name, top / name)
    git(top, "init", "--quiet")
    commit(top)
    return Layout(top)


def commit(top):
    git(top, "add", "--all")
    git(top, "-c", "user.name=t", "-c", "user.email=t@example.org", "commit", "--quiet", "--allow-empty", "-m", "x")


def run(layout, *arguments, **environment):
    command = [sys.executable, str(SCRIPT), "--top", str(layout.top), *arguments]
    return subprocess.run(command, capture_output=True, text=True, env={"PATH": "/usr/bin:/bin", "HOME": str(layout.top.parent),
        "GIT_AUTHOR_NAME": "t", "GIT_AUTHOR_EMAIL": "t@example.org", "GIT_COMMITTER_NAME": "t", "GIT_COMMITTER_EMAIL": "t@example.org",
        "HF_HUB_DISABLE_TELEMETRY": "1", "HF_HUB_DISABLE_XET": "1", **environment}, check=False, timeout=120)  # fmt: skip


def test_the_tree_as_it_is_committed_can_be_released(checkout):
    assert inconsistencies(checkout) == []


def test_everything_that_disagrees_is_told_at_once(checkout):
    top = checkout.top
    for name, old, new in (
        ("CITATION.cff", "date-released: 20", "date-released: 19"),
        ("pyproject.toml", '\nversion = "', '\nversion = "9'),
        ("DATASHEET.md", "| articles |", "| articles | 7"),
    ):
        path = top / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    done = run(checkout, "check")
    assert done.returncode == 1
    for start in (
        "versions differ: pyproject.toml 9",
        "days differ: ",
        "DATASHEET.md: not what",
        "CITATION.cff: not committed",
    ):
        assert any(line.startswith(start) for line in done.stderr.splitlines()), (start, done.stderr)


def test_a_released_version_never_changes(checkout):
    assert run(checkout, "tag").returncode == 0
    assert "there already" in run(checkout, "tag").stdout
    commit(checkout.top)
    assert "is on another commit" in run(checkout, "check").stderr


def test_gold_that_does_not_pass_is_told(checkout):
    gold = checkout.gold["written"]
    gold.write_text(gold.read_text(encoding="utf-8").replace('"type":"PER"', '"type":"XXX"', 1), encoding="utf-8")
    assert any("XXX" in line for line in inconsistencies(checkout))


class Hub(BaseHTTPRequestHandler):
    """What the hub answers, as far as one commit of small files goes."""

    def answer(self, value):
        data = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    protocol_version = "HTTP/1.1"

    def body(self):
        if self.headers.get("Transfer-Encoding") != "chunked":
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        parts = []
        while size := int(self.rfile.readline(), 16):
            parts.append(self.rfile.read(size))
            self.rfile.readline()
        self.rfile.readline()
        return b"".join(parts)

    def do_POST(self):
        body = self.body()
        self.server.calls.append((self.path, self.headers.get("Authorization")))
        if self.path.endswith("/repos/create"):
            self.answer({"url": f"{self.server.address}/datasets/someone/warta", "id": "1"})
        elif "/preupload/" in self.path:
            files = json.loads(body)["files"]
            self.answer({"files": [{"path": f["path"], "uploadMode": "regular", "shouldIgnore": False} for f in files]})
        elif "/commit/" in self.path:
            self.server.commit = [json.loads(line) for line in body.splitlines() if line]
            self.answer(
                {
                    "success": True,
                    "commitOid": "0" * 40,
                    "commitUrl": f"{self.server.address}/datasets/someone/warta/commit/0",
                }
            )
        else:  # the check of README's YAML
            self.answer({"errors": [], "warnings": []})

    def do_GET(self):
        self.answer({"id": "someone/warta", "sha": None, "siblings": []})

    def log_message(self, *_):
        pass


@pytest.fixture
def hub():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    server.calls, server.commit = [], []
    server.address = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()


def test_the_hub_gets_one_commit_with_the_files_of_the_release(checkout, hub):
    untagged = run(checkout, "send", "someone/warta", "--endpoint", hub.address, "--token", "hf_secret")
    assert untagged.returncode == 1 and "no tag" in untagged.stderr and not hub.calls
    run(checkout, "tag")
    done = run(checkout, "send", "someone/warta", "--endpoint", hub.address, "--token", "hf_secret")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == f"{hub.address}/datasets/someone/warta/commit/0"
    header, *files = hub.commit
    assert header["value"]["summary"] == f"Warta {tag_of(checkout)}"
    assert header["value"]["description"] == notes(checkout) != ""
    sent = {item["value"]["path"]: base64.b64decode(item["value"]["content"]) for item in files}
    for name in (
        "README.md",
        "data/release/test.parquet",
        "data/croissant.json",
        "data/SHA256SUMS",
        "schema/events.yaml",
    ):
        assert sent[name] == (checkout.top / name).read_bytes()
    assert not any(name.startswith((".git", "warta/", "evaluation/")) for name in sent)
    assert {token for _, token in hub.calls} == {"Bearer hf_secret"}


def test_a_hub_that_is_not_there_is_one_line(checkout):
    run(checkout, "tag")
    done = run(checkout, "send", "someone/warta", "--endpoint", "http://127.0.0.1:9", "--token", "hf_secret")
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1 and "someone/warta" in done.stderr
