from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), *arguments], capture_output=True, text=True, check=False
    )


def test_cards_are_drawn_once_and_never_again(tmp_path: Path) -> None:
    first = run("cards.py", "--upto", "2", "--folder", str(tmp_path))
    assert first.returncode == 0
    assert len(first.stdout.splitlines()) == 2
    before = {p.name: p.read_bytes() for p in tmp_path.iterdir()}
    again = run("cards.py", "--upto", "3", "--folder", str(tmp_path))
    assert [Path(line).name for line in again.stdout.splitlines()] == ["w-0003.yaml"]
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_findings_exit_1_one_line_each_and_missing_files_exit_2(tmp_path: Path) -> None:
    text = tmp_path / "texts" / "w-9999.txt"
    text.parent.mkdir()
    text.write_text("Judul.\n\nSatu.\n", encoding="utf-8")
    found = run("gate.py", str(text))
    assert found.returncode == 1
    assert all(line.startswith("w-9999: ") for line in found.stdout.splitlines())
    missing = run("gate.py", str(tmp_path / "none.txt"))
    assert missing.returncode == 2
    assert len(missing.stderr.splitlines()) == 1
    text.write_bytes(b"\xff\xfe")
    assert run("gate.py", str(text)).returncode == 2
