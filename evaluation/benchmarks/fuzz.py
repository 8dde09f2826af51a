#!/usr/bin/env python3
"""Run mutated prediction files through reading and scoring: never a traceback, a hang, or a score for a bad file."""

from __future__ import annotations

import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import click
import msgspec

from warta.files import json_text, write_text

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from mutations import mutated, unusable  # noqa: E402
from synthetic import gold as synthetic  # noqa: E402

from warta.document import Document  # noqa: E402
from warta.schema import Schema, load_schema  # noqa: E402
from warta.scoring.places import Index, paired  # noqa: E402
from warta.scoring.shares import FilePair, score_files  # noqa: E402

LIMIT = 5.0


class HangError(BaseException):
    """A case took longer than :data:`LIMIT` seconds; no ``except Exception`` on the way catches it."""


def _late(*_: object) -> None:
    raise HangError


def small(draw: Random) -> Document:
    """Return a document of a fifth of the benchmark's, so that a mutation hits what matters more often."""
    whole = synthetic(0, draw)
    mentions = whole.mentions[:8]
    homes = {m.entity for m in mentions}
    return msgspec.structs.replace(
        whole, mentions=mentions, entities=[e for e in whole.entities if e.id in homes], events=whole.events[:2],
        quotes=whole.quotes[:2], text=(whole.text or "")[:479],
    )  # fmt: skip


def tried(path: Path, gold: Path, schema: Schema) -> tuple[bool, list[str]]:
    """Return whether a prediction file got a score, and the lines of its faults.

    :raises HangError: it took too long.
    """
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        files = FilePair(gold, path, (gold.name, path.name), schema)
        found = score_files(files, paired(Index(gold), Index(path)))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return not found.faults, [str(fault) for fault in found.faults]


def judged(data: bytes, path: Path, gold: Document, schema: Schema) -> tuple[str, str]:
    """Return ``(outcome, what is wrong with it)`` of one mutation; nothing is wrong as a rule. Gold is a file beside ``path``."""
    path.write_bytes(data)
    try:
        scored, told = tried(path, path.with_name("gold.jsonl"), schema)
        for line in told:
            line.encode("utf-8")
    except HangError:
        return "hang", f"more than {LIMIT} s"
    except Exception as error:
        return "exception", f"{type(error).__name__}: {error}"
    if any(len(line.splitlines()) != 1 for line in told):
        return "message", f"a fault of several lines: {told[0]!r}"
    must_refuse = unusable(data, {gold.id: len(gold.text or "")}, schema)
    if scored and must_refuse:
        return "scored", "a score for a file that must be refused"
    return "scored" if scored else "refused" if must_refuse else "refused for more than the second opinion looks at", ""


def run(cases: int, seed: int) -> Iterator[tuple[str, str, bytes]]:
    """Yield ``(outcome, what is wrong, data)`` of so many mutations."""
    signal.signal(signal.SIGALRM, _late)
    draw, schema = Random(seed), load_schema()
    document = small(draw)
    line = msgspec.json.encode(document)
    short = msgspec.json.encode(msgspec.structs.replace(document, text=None))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.jsonl"
        path.with_name("gold.jsonl").write_bytes(line + b"\n")
        for number in range(cases):
            data = mutated(short if number % 4 else line, draw)
            yield *judged(data, path, document, schema), data


@click.command()
@click.option("--cases", default=100_000, show_default=True)
@click.option("--seed", default=0, show_default=True)
@click.option("--output", default=str(HERE / "fuzz.json"), type=click.Path(path_type=Path))
def main(cases: int, seed: int, output: Path) -> None:
    """Run the mutations, write what came of them, and leave with status 1 if anything was wrong."""
    started = time.perf_counter()
    outcomes: Counter[str] = Counter()
    smallest: dict[str, bytes] = {}
    for outcome, wrong, data in run(cases, seed):
        outcomes[outcome] += 1
        kind = wrong.partition(" (")[0][:40]
        if wrong and len(data) < len(smallest.get(kind, data + b" ")):
            smallest[kind] = data
    for wrong, data in smallest.items():
        click.echo(f"{wrong}\n    {data[:2000]!r}", err=True)
    figures: dict[str, Any] = {
        "cases": cases,
        "seed": seed,
        "outcomes": dict(sorted(outcomes.items())),
        "wrong": len(smallest),
    }
    write_text(output, json_text(figures, indent=1))
    click.echo(f"{figures} in {time.perf_counter() - started:.0f} s")
    sys.exit(1 if smallest else 0)


if __name__ == "__main__":
    main()
