"""The plots of the report, as inline SVG drawn by matplotlib."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from warta.report.faults import Fault, Gain

NONE = "none"
# Who drew a plot and when: addresses of vocabularies and a date, which nobody needs in the page.
METADATA = re.compile(r"\s*<metadata>.*?</metadata>", re.DOTALL)
SHIFTS = range(-5, 6)
WIDEST = 14  # labels of a confusion matrix, the commonest first; the rest are pooled as "other"


def svg(figure: Any) -> str:
    """Return a figure as SVG without the XML head, the same bytes on every run."""
    import matplotlib

    out = io.StringIO()
    with matplotlib.rc_context({"svg.hashsalt": "warta", "svg.fonttype": "none"}):
        figure.savefig(out, format="svg", bbox_inches="tight", metadata={"Date": None, "Creator": None})
    text = out.getvalue()
    return METADATA.sub("", text[text.index("<svg") :])


def axes_of(width: float, height: float, lines: int = 1, columns: int = 1) -> tuple[Any, list[Any]]:
    """Return a figure of so many inches and its panels, line by line."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height))
    return figure, list(figure.subplots(lines, columns, squeeze=False).flat)


def bars(
    names: Sequence[str],
    values: Sequence[float | None],
    bounds: Sequence[tuple[float, float] | None],
    label: str = "F1, or accuracy, with 95 % interval",
) -> str:
    """Return horizontal bars of scores between 0 and 1 with their intervals."""
    figure, (axes,) = axes_of(7, 0.28 * len(names) + 0.6)
    places = list(range(len(names)))[::-1]
    axes.barh(places, [value or 0 for value in values], color="#4c78a8", height=0.7)
    for place, ends in zip(places, bounds, strict=True):
        if ends is not None:
            axes.plot(ends, (place, place), color="black", linewidth=1.2)
    axes.set_yticks(places, names)
    axes.set_xlim(0, 1)
    axes.set_xlabel(label)
    return svg(figure)


def gain_bars(gains: Sequence[Gain]) -> str:
    """Return what mending each class of faults would add to the F1 of its layer."""
    shown = [gain for gain in gains if gain.gain > 0][:16]
    figure, (axes,) = axes_of(7, 0.28 * max(1, len(shown)) + 0.6)
    places = list(range(len(shown)))[::-1]
    axes.barh(places, [gain.gain for gain in shown], color="#e45756", height=0.7)
    axes.set_yticks(places, [f"{gain.layer}: {gain.kind} ({gain.number})" for gain in shown])
    axes.set_xlabel("F1 gained if every fault of the class were mended")
    return svg(figure)


def confusion(faults: Sequence[Fault], right: Counter[str], layer: str) -> str:
    """Return the confusion matrix of a layer's labels, gold down and system across, with ``none`` for missed and spurious."""
    cells = Counter({(label, label): n for label, n in right.items()})
    for fault in faults:
        if fault.layer == layer and fault.kind != "boundary":
            cells[fault.gold_label or NONE, fault.system_label or NONE] += 1
        elif fault.layer == layer:
            cells[fault.gold_label or NONE, NONE] += 1
            cells[NONE, fault.system_label or NONE] += 1
    weight: Counter[str] = Counter()
    for (gold, system), n in cells.items():
        weight.update({gold: n, system: n})
    del weight[NONE]
    labels = [label for label, _ in sorted(weight.items(), key=lambda item: (-item[1], item[0]))[:WIDEST]]
    labels += ["other"] * (len(weight) > WIDEST) + [NONE]
    index = {label: n for n, label in enumerate(labels)}
    grid = [[0] * len(labels) for _ in labels]
    for (gold, system), n in cells.items():
        grid[index.get(gold, len(labels) - 2)][index.get(system, len(labels) - 2)] += n
    return _heat(labels, grid)


def _heat(labels: list[str], grid: list[list[int]]) -> str:
    side = 0.42 * len(labels) + 1.2
    figure, (axes,) = axes_of(side + 1, side)
    shade = [[n**0.5 for n in row] for row in grid]
    axes.imshow(shade, cmap="Blues")
    for i, row in enumerate(grid):
        for j, n in enumerate(row):
            if n:
                dark = shade[i][j] > 0.6 * max(map(max, shade))
                axes.text(j, i, str(n), ha="center", va="center", fontsize=7, color="white" if dark else "black")
    axes.set_xticks(range(len(labels)), labels, rotation=60, ha="right", fontsize=8)
    axes.set_yticks(range(len(labels)), labels, fontsize=8)
    axes.set_xlabel("system")
    axes.set_ylabel("gold")
    return svg(figure)


def shifts(faults: Sequence[Fault]) -> str:
    """Return how far the starts and ends of spans with a boundary fault are off, in characters, far ones pooled at the edge."""
    ends: dict[str, Counter[int]] = {"start": Counter(), "end": Counter()}
    for fault in faults:
        if fault.kind == "boundary" and fault.layer in ("mentions", "triggers", "quotes"):
            (a, b), (c, d) = fault.gold[0], fault.system[0]
            ends["start"][max(SHIFTS[0], min(SHIFTS[-1], c - a))] += 1
            ends["end"][max(SHIFTS[0], min(SHIFTS[-1], d - b))] += 1
    figure, (axes,) = axes_of(7, 2.4)
    for n, (name, counts) in enumerate(ends.items()):
        axes.bar([x + 0.4 * n - 0.2 for x in SHIFTS], [counts[x] for x in SHIFTS], width=0.4, label=name)
    axes.set_xticks(list(SHIFTS), ["≤-5", *map(str, range(-4, 5)), "≥5"])
    axes.set_xlabel("characters the system's edge is right (+) or left (-) of gold's")
    axes.legend(frameon=False)
    return svg(figure)
