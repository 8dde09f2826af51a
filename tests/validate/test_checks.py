"""Every check has a bad fixture, named after it, in which it and nothing else is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from warta.schema import load_schema
from warta.validate import CHECKS, check_file

HERE = Path(__file__).parent
BAD = sorted(HERE.glob("bad/*.jsonl"))
# These two hold predictions against gold; tests/cli/test_score_command.py has their cases.
AGAINST_GOLD = {"unknown-document", "text-mismatch"}


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_fixture_reports_exactly_its_own_check(path):
    found = [finding for _, findings in check_file(path, load_schema()) for finding in findings]
    assert {finding.check for finding in found} == {path.stem}, [str(f) for f in found]
    for finding in found:
        line = str(finding)
        assert line.count("\n") == 0 and line.startswith(f"{path}:{finding.line}: ") and f"[{path.stem}]" in line
        assert "found " in line and "allowed: " in line


@pytest.mark.parametrize("path", sorted(HERE.glob("good/*.jsonl")), ids=lambda path: path.stem)
def test_good_fixture_reports_nothing(path):
    assert [str(f) for _, findings in check_file(path, load_schema()) for f in findings] == []


def test_a_line_break_in_a_key_does_not_break_the_line(tmp_path):
    path = tmp_path / "odd.jsonl"
    path.write_bytes(b'{"id": "a", "x\\ny": 1}\n{"id":"a","xx":1,\n')
    found = [str(f) for _, findings in check_file(path, load_schema()) for f in findings]
    assert len(found) == 2 and not any("\n" in line for line in found)


def test_every_check_has_a_fixture():
    assert {path.stem for path in BAD} == set(CHECKS) - AGAINST_GOLD


def test_all_findings_of_a_file_are_reported(tmp_path):
    path = tmp_path / "many.jsonl"
    lines = [p.read_bytes() for p in BAD if p.stem in ("unknown-key", "past-end", "unknown-role", "invalid-json")]
    path.write_bytes(b"".join(line.replace(b"x-0001", b"x-%d" % n) for n, line in enumerate(lines)))
    found = [finding for _, findings in check_file(path, load_schema()) for finding in findings]
    assert sorted((f.line, f.check) for f in found) == [
        (1, "invalid-json"), (2, "past-end"), (3, "unknown-key"), (4, "unknown-role")]  # fmt: skip
