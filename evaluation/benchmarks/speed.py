#!/usr/bin/env python3
"""Time the scorer and its peers as whole processes on the same synthetic documents, and write ``speed.json``.

Every measurement is a process of its own, imports included; the least of the repetitions is kept, because whatever else
the machine does only ever adds. Peak memory is the resident set the kernel reports for that process.
"""

from __future__ import annotations

import importlib.metadata
import os
import platform
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import click
import msgspec

from warta.files import json_text, write_text

HERE = Path(__file__).resolve().parent
TOP = HERE.parents[1]
PEERS = ("nervaluate", "seqeval")
PACKAGES = ("warta", "nervaluate", "seqeval", "msgspec", "numpy", "scipy")
#: A peer that is expected to take longer than this at a size is not run there.
PATIENCE = 300.0
RESAMPLED = 10_000


def command(name: str, gold: Path, system: Path) -> list[str]:
    """Return the command of a measurement."""
    if name in PEERS:
        return [sys.executable, str(HERE / "peers.py"), name, str(gold), str(system)]
    layer = ["--layer", "entities"] if name == "warta entities" else []
    return [sys.executable, "-m", "warta", "score", str(system), "--gold", str(gold), "--format", "json", *layer]


def measured(arguments: list[str], repeat: int) -> tuple[dict[str, float], str]:
    """Run a command so many times; return its least wall and processor seconds and greatest memory in MB, and its output."""
    runs = []
    text = ""
    for _ in range(repeat):
        with tempfile.TemporaryFile() as out:
            started = time.perf_counter()
            process = subprocess.Popen(arguments, stdout=out, stderr=subprocess.DEVNULL, cwd=TOP)
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - started
            process.returncode = os.waitstatus_to_exitcode(status)
            out.seek(0)
            text = out.read().decode("utf-8")
        if process.returncode != 0:
            raise click.ClickException(f"{' '.join(arguments)}: exit status {process.returncode}")
        # Linux reports kilobytes, macOS bytes.
        memory = usage.ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
        runs.append((wall, usage.ru_utime + usage.ru_stime, memory))
    walls, processor, memory_of = zip(*runs, strict=True)
    return {"seconds": min(walls), "processor": min(processor), "megabytes": max(memory_of)}, text


def exact_f1(name: str, text: str) -> float:
    """Return the F1 of exact entities from what a process printed."""
    return float(text) if name in PEERS else float(msgspec.json.decode(text)["scores"]["entities.exact"]["f1"])


def at_size(documents: int, folder: Path, repeat: int, before: dict[str, Any]) -> dict[str, Any]:
    """Return ``{name: measurement or why there is none}`` for one size; ``before`` is that of the next smaller size."""
    started = time.perf_counter()
    subprocess.run([sys.executable, __file__, "--write", str(documents), str(folder)], check=True, cwd=TOP)
    paths = folder / f"gold-{documents}.jsonl", folder / f"system-{documents}.jsonl"
    click.echo(f"{documents} documents written in {time.perf_counter() - started:.0f} s", err=True)
    found: dict[str, Any] = {}
    scores: dict[str, float] = {}
    for name in ("warta all", "warta entities", *PEERS):
        smaller = before.get(name, {})
        expected = smaller.get("expected", smaller.get("seconds", 0.0)) * documents / max(1, before.get("documents", 0))
        if name in PEERS and expected > PATIENCE:
            found[name] = {"expected": expected}
            continue
        found[name], text = measured(command(name, *paths), repeat)
        scores[name] = exact_f1(name, text)
        click.echo(f"  {name}: {found[name]}", err=True)
    if max(scores.values()) - min(scores.values()) > 1e-9:
        raise click.ClickException(f"the scorers do not agree on exact entities: {scores}")
    return {"documents": documents, **found, "bytes": sum(path.stat().st_size for path in paths)}


def resampling(folder: Path, repeat: int) -> dict[str, Any]:
    """Return what the intervals of all metrics over 10,000 documents take."""
    subprocess.run([sys.executable, __file__, "--write", str(RESAMPLED), str(folder)], check=True, cwd=TOP)
    arguments = [
        sys.executable, str(HERE / "resample.py"), *(str(folder / f"{s}-{RESAMPLED}.jsonl") for s in ("gold", "system")),
    ]  # fmt: skip
    runs = [measured(arguments, 1) for _ in range(repeat)]
    best = min((msgspec.json.decode(text) for _, text in runs), key=lambda run: run["seconds"])
    return {"documents": RESAMPLED, **best, "megabytes": max(run["megabytes"] for run, _ in runs)}


def machine() -> dict[str, Any]:
    """Return what the figures depend on."""
    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = [line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        model = lines[0].partition(":")[2].strip() if lines else model
    return {
        "cpu": model,
        "cores": os.cpu_count(),
        "system": platform.system(),
        "python": platform.python_version(),
        "packages": {name: importlib.metadata.version(name) for name in PACKAGES},
    }


@click.command()
@click.option("--sizes", multiple=True, type=int, default=(1_000, 10_000, 100_000), show_default=True)
@click.option("--repeat", default=2, show_default=True, help="Runs of each process; the least time is kept.")
@click.option("--output", default=str(HERE / "speed.json"), type=click.Path(path_type=Path), help="Where figures go.")
@click.option("--write", "files", nargs=2, type=str, metavar="N FOLDER", help="Only write N documents into a folder.")
@click.argument("more", nargs=-1, type=int)
def main(
    sizes: tuple[int, ...], repeat: int, output: Path, files: tuple[str, str] | None, more: tuple[int, ...]
) -> None:
    """Measure at every size (``--sizes 1000 10000 100000``) and write the figures; a table in README.md shows them."""
    if files:
        # In a process of its own: the kernel counts the memory of the process that starts another to the other's peak.
        from synthetic import write

        write(Path(files[1]), int(files[0]))
        return
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for size in sorted({*sizes, *more}):
            results.append(at_size(size, Path(folder), repeat if size < 100_000 else 1, results[-1] if results else {}))
        intervals = resampling(Path(folder), repeat)
    click.echo(f"intervals: {intervals}", err=True)
    figures = {"machine": machine(), "patience": PATIENCE, "sizes": results, "intervals": intervals}
    write_text(output, json_text(figures, indent=1))


if __name__ == "__main__":
    main()
