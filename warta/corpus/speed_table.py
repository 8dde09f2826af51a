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

#: What is compared: the time of the first program divided by that of the second.
RATIOS = (
    ("all layers: part of `nervaluate`'s time", "warta all", "nervaluate"),
    ("entities: times as fast as `nervaluate`", "nervaluate", "warta entities"),
    ("entities: times as fast as `seqeval`", "seqeval", "warta entities"),
)


def speed_table(figures: dict[str, Any] | None) -> str:
    """Return a row a program and a column a size: wall seconds, processor seconds, and peak memory in MB; then ratios.

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
    rows += [[label, *(_ratio(size, above, below) for size in sizes)] for label, above, below in RATIOS]
    table = markdown_table(["", *(f"{size['documents']:,} documents" for size in sizes)], rows)
    return "\n\n".join((table, _conditions(figures)))


def _ratio(size: dict[str, Any], above: str, below: str) -> str:
    """Return a ratio of wall times, and of processor times in brackets, where both programs ran."""
    pair = size[above], size[below]
    if not all("seconds" in found for found in pair):
        return "-"
    wall, spent = ((pair[0][key] / pair[1][key]) for key in ("seconds", "processor"))
    return f"{wall:.2f} ({spent:.2f})" if wall < 1 else f"{wall:.1f} ({spent:.1f})"


def _conditions(figures: dict[str, Any]) -> str:
    machine, resampled = figures["machine"], figures["intervals"]
    packages = ", ".join(f"{name} {version}" for name, version in machine["packages"].items())
    return (
        f"Intervals: {resampled['resamples']:,} resamples of all {resampled['metrics']} metrics over "
        f"{resampled['documents']:,} documents in {resampled['seconds']:.1f} s.\n\n"
        f"{machine['cores']} cores ({machine['cpu']}), {machine['system']}, Python {machine['python']}; {packages}."
    )
