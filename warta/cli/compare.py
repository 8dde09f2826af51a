"""``warta compare``: is one system better than another, and on which items?"""

from __future__ import annotations

from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

import click

from warta.cli.score import options, scored
from warta.cli.tables import number
from warta.corpus.gold import open_gold
from warta.document import Document
from warta.files import STDIN, json_text, read_documents, write_text
from warta.scoring import ScoreReport
from warta.scoring.compare import Change, Difference, changes, compare
from warta.scoring.given import cut
from warta.scoring.metrics import LAYERS


@click.command()
@click.argument("predictions", nargs=-1, required=True)
@options
@click.option("--resamples", default=10_000, show_default=True, type=click.IntRange(min=1))
@click.option("--seed", default=0, show_default=True, help="Seed of the resampling; it stands in the signature.")
@click.option(
    "--items",
    default=0,
    show_default=True,
    metavar="N",
    help="Also list up to N items gained and lost a system; all in JSON.",
)
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
@click.option(
    "--output", "-o", default=STDIN, metavar="FILE", help="Where the comparison goes. [default: standard output]"
)
def command(
    predictions: tuple[str, ...], gold: str, data: str, layers: tuple[str, ...], given: str | None,
    resamples: int, seed: int, items: int, form: str, output: str,
) -> None:  # fmt: skip
    """Compare systems with the first of PREDICTIONS: differences with intervals, and two paired tests over documents.

    p-values are two-sided, (c + 1) / (n + 1), by paired bootstrap and by approximate randomisation; with several systems they are
    corrected by Holm's method. A star marks a randomisation p-value (corrected) below 0.05.

    Example: warta compare baseline.jsonl mine.jsonl --gold test
    """
    if len(predictions) < 2 or len(set(predictions)) < len(predictions):
        raise click.UsageError("name two or more different prediction files, the one to compare with first")
    reports = {path: scored(path, gold, data, layers, given, keep_rows=True) for path in predictions}
    wanted = [layer for layer in LAYERS if not layers or layer in layers]
    found = compare(reports, resamples=resamples, seed=seed, layers=wanted)
    moved = (
        {path: _changes(predictions[0], path, gold, data, given, wanted) for path in predictions[1:]}
        if items or form == "json"
        else {}
    )
    signature = _signature(reports, seed)
    text = (
        json_text(_plain(found, moved, signature, predictions[0]))
        if form == "json"
        else _shown(found, moved, items, f"{signature}\nresamples:{resamples}", form)
    )
    if output == STDIN:
        click.echo(text, nl=False)
    else:
        write_text(output, text)


def _signature(reports: dict[str, ScoreReport], seed: int) -> str:
    from dataclasses import replace

    return str(replace(next(iter(reports.values())).signature, seed=seed))


def _changes(first: str, other: str, gold: str, data: str, given: str | None, layers: list[str]) -> list[Change]:
    """Return the items one system gains and loses against the baseline, in the order of gold."""
    sides = [{d.id: d for d in read_documents(path)} for path in (first, other)]
    found: list[Change] = []
    for document in open_gold(gold, data).documents():
        baseline, system = (side.get(document.id, Document(id=document.id)) for side in sides)
        ours = document
        if given:
            _, baseline = cut(document, baseline, given)
            ours, system = cut(document, system, given)
        found += changes(ours, baseline, system, layers)
    return found


def _plain(
    found: dict[str, dict[str, Difference]], moved: dict[str, list[Change]], signature: str, baseline: str
) -> dict[str, Any]:
    return {
        "signature": signature,
        "baseline": baseline,
        "systems": {
            path: {
                "differences": {metric: asdict(difference) for metric, difference in differences.items()},
                "changes": [asdict(change) for change in moved.get(path, [])],
            }
            for path, differences in found.items()
        },
    }


def _row(metric: str, d: Difference) -> tuple[str, ...]:
    p = d.randomisation_holm
    bounds = f"[{d.interval.low:+.3f}, {d.interval.high:+.3f}]" if d.interval else "-"
    change = "-" if d.difference is None else f"{d.difference:+.3f}{' *' if p is not None and p < 0.05 else ''}"
    return (metric, number(d.baseline), number(d.system), change, bounds, _chance(d.bootstrap_holm), _chance(p))


def _chance(p: float | None) -> str:
    """Return a p-value; a small one as a bound, because a test never shows 0."""
    return "<0.001" if p is not None and p < 0.001 else number(p)


HEAD = ("metric", "first", "this", "difference", "95 %", "p bootstrap", "p random.")


def _shown(
    found: dict[str, dict[str, Difference]], moved: dict[str, list[Change]], items: int, note: str, form: str
) -> str:
    from warta.cli.tables import plain_table

    parts = []
    for path, differences in found.items():
        rows = [_row(metric, difference) for metric, difference in differences.items()]
        parts.append(plain_table(Path(path).name, HEAD, rows, form))
        for gained in (True, False):
            chosen = list(islice((c for c in moved.get(path, []) if c.gained == gained), items))
            if chosen:
                cells: list[tuple[str, ...]] = [(c.document, c.metric, c.type, str(c.item)) for c in chosen]
                parts.append(
                    plain_table("gained" if gained else "lost", ("document", "metric", "type", "item"), cells, form)
                )
    return "\n".join([*parts, note, ""])
