from __future__ import annotations

import sys
from typing import NamedTuple

import pytest


class Done(NamedTuple):
    status: int
    out: str
    err: str


@pytest.fixture
def warta(monkeypatch, capfd):
    """Run the command line in this process; return its status and what it printed."""

    def run(*arguments: object) -> Done:
        from warta.cli import main

        monkeypatch.setattr(sys, "argv", ["warta", *map(str, arguments)])
        capfd.readouterr()
        try:
            main()
            status = 0
        except SystemExit as left:
            status = left.code if isinstance(left.code, int) else 0 if left.code is None else 1
        out, err = capfd.readouterr()
        assert "Traceback" not in err
        return Done(status, out, err)

    return run
