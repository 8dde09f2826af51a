"""``resample.py GOLD SYSTEM``: score with rows kept, then intervals of all metrics; print both times as JSON."""

from __future__ import annotations

import sys
import time

import msgspec

from warta.files import read_documents
from warta.scoring import score
from warta.scoring.bootstrap import RESAMPLES, intervals


def main(gold: str, system: str) -> None:
    """Time the resampling apart from the scoring that goes before it."""
    report = score(read_documents(gold), read_documents(system), keep_rows=True)
    assert report.rows is not None
    started = time.perf_counter()
    found = intervals(report.rows)
    seconds = time.perf_counter() - started
    print(msgspec.json.encode({"resamples": RESAMPLES, "metrics": len(found), "seconds": seconds}).decode())


if __name__ == "__main__":
    main(*sys.argv[1:])
