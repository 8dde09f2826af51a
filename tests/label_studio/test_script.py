"""What the script says without a server: help, or one line and status 2."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from warta.schema import schema_folder

SCRIPT = schema_folder().parent / "scripts" / "label_studio.py"
COMMANDS = ["start", "annotate", "stop", "doctor", "users", "push", "pull", "backup", "configs"]


def script(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {key: value for key, value in os.environ.items() if not key.startswith(("LABEL_STUDIO", "WARTA_"))}
    known |= {"PYTHONPATH": str(SCRIPT.parents[1]), **environment}
    command = [sys.executable, str(SCRIPT), "--data-dir", str(folder), *words]
    return subprocess.run(command, capture_output=True, text=True, env=known, check=False)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(tmp_path: Path, command: str) -> None:
    answer = script(tmp_path, command, "--help")
    assert answer.returncode == 0 and "Usage:" in answer.stdout


@pytest.mark.parametrize("command", ["stop", "doctor", "users", "push /dev/null", "pull", "backup"])
def test_without_a_server_each_command_fails_in_one_line(tmp_path: Path, command: str) -> None:
    answer = script(tmp_path, *command.split())
    assert answer.returncode == 2 and len(answer.stderr.splitlines()) == 1 and answer.stdout == ""
    assert answer.stderr.startswith("label_studio.py: ")


def test_the_address_that_was_tried_is_named(tmp_path: Path) -> None:
    pytest.importorskip("label_studio_sdk", reason="pip install 'warta[annotate]'")
    answer = script(tmp_path, "doctor", "--url", "http://127.0.0.1:9", LABEL_STUDIO_API_KEY="x")
    assert answer.returncode == 2 and "http://127.0.0.1:9: no server answers there" in answer.stderr


def test_a_batch_that_is_not_there_starts_nothing(tmp_path: Path) -> None:
    answer = script(tmp_path / "data", "annotate", str(tmp_path / "batch-99"))
    assert answer.returncode == 2 and "batch-99: there is no such batch" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1 and not (tmp_path / "data").exists()


def test_a_server_that_is_not_installed_is_one_line(tmp_path: Path) -> None:
    answer = script(tmp_path, "start", "--port", "0", WARTA_LABEL_STUDIO=str(tmp_path / "nothing"))
    assert answer.returncode == 2 and "the server is not installed" in answer.stderr
