"""The speed table of ``evaluation/README.md``, from the figures of ``evaluation/benchmarks/speed.py``."""

from __future__ import annotations

from typing import Any

from warta.corpus.figures import markdown_table

NAMES = {
    "warta all": "`warta score`, all layers",
    "warta entities": "`warta score --layer entities`",
    "nervaluate": "`nervaluate`, entities",
    "seqeval": "`seqeval`, strict IOB2, entities",
}


def speed_table(figures: dict[str, Any] | None) -> str:
    """Return a row a program and a column a size: wall seconds, processor seconds, and peak memory in MB.

    ``figures`` is what the benchmark wrote, ``None`` where it never ran.
    """
    if figures is None:
        return "(not measured yet)"
    sizes = figures["sizes"]

    def cell(found: dict[str, float]) -> str:
        if "seconds" not in found:
            return f"not run: about {found['expected']:,.0f} s"
        return f"{found['seconds']:,.1f} s ({found['processor']:,.1f}), {found['megabytes']:,.0f} MB"

    rows: list[list[Any]] = [[label, *(cell(size[name]) for size in sizes)] for name, label in NAMES.items()]
    table = markdown_table(["", *(f"{size['documents']:,} documents" for size in sizes)], rows)
    return "\n\n".join((table, _ratios(sizes), _conditions(figures)))


def _ratios(sizes: list[dict[str, Any]]) -> str:
    """Say how the programs compare where all of them ran, by processor time, which other work on a machine moves least."""
    whole = [size for size in sizes if all("processor" in size[name] for name in NAMES)]
    if not whole:
        return "No size was run by all."
    largest = whole[-1]
    spent = {name: largest[name]["processor"] for name in NAMES}
    return (
        f"Processor time at {largest['documents']:,} documents: all layers take {spent['warta all'] / spent['nervaluate']:.2f} of "
        f"what `nervaluate` takes; entities alone are {spent['nervaluate'] / spent['warta entities']:.1f} times as fast as "
        f"`nervaluate` and {spent['seqeval'] / spent['warta entities']:.1f} times as fast as `seqeval`."
    )


def _conditions(figures: dict[str, Any]) -> str:
    machine, resampled = figures["machine"], figures["intervals"]
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return (
        f"Intervals: {resampled['resamples']:,} resamples of all {resampled['metrics']} metrics over "
        f"{resampled['documents']:,} documents in {resampled['seconds']:.1f} s.\n\n"
        f"{machine['cores']} cores ({machine['cpu']}), {machine['system']}, Python {machine['python']}; {packages}."
    )
