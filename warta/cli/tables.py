"""Score reports as text: a terminal table, JSON, Markdown, HTML."""

from __future__ import annotations

import io
from collections.abc import Iterator

from warta.files import json_text
from warta.scoring import ScoreReport
from warta.scoring.formulas import Accuracy, Score
from warta.scoring.metrics import LAYERS

HEAD = ("metric", "P", "R", "F1", "right", "spurious", "missed")


def number(value: float | None) -> str:
    """Return a share with three decimals, or a dash for null."""
    return "-" if value is None else f"{value:.3f}"


def count(value: float | None) -> str:
    """Return a count without needless decimals, or a dash for null."""
    return "-" if value is None else f"{value:,.1f}".removesuffix(".0")


def _bounds(parts: dict[str, tuple[float, float] | None]) -> tuple[str, str, str]:
    """Return the intervals of precision, recall, and F1 or accuracy."""

    def text(value: tuple[float, float] | None) -> str:
        return "" if value is None else f"{value[0]:.3f}-{value[1]:.3f}"

    return text(parts.get("precision")), text(parts.get("recall")), text(parts.get("f1", parts.get("accuracy")))


def row_of(name: str, score: Score | Accuracy) -> tuple[str, ...]:
    """Return the cells of one score; an accuracy stands in the F1 column with its wrong items as spurious and missed."""
    if isinstance(score, Accuracy):
        wrong = None if score.total is None or score.correct is None else score.total - score.correct
        return (f"{name} (accuracy)", "", "", number(score.accuracy), count(score.correct), count(wrong), count(wrong))
    cells = (number(score.precision), number(score.recall), number(score.f1))
    return (name, *cells, count(score.tp), count(score.fp), count(score.fn))


def sections(report: ScoreReport, types: bool) -> Iterator[tuple[str, list[tuple[str, ...]]]]:
    """Yield ``(title, rows)``: all scores, then by type where asked for, then every slice value."""
    yield "", [row_of(name, score) for name, score in report.scores.items()]
    if types:
        for metric, scores in report.by_type.items():
            if scores:
                yield f"{metric} by type", [row_of(label, score) for label, score in sorted(scores.items())]
    for name, values in report.slices.items():
        for value, scores in sorted(values.items()):
            yield f"{name}: {value}", [row_of(metric, score) for metric, score in scores.items()]


def with_intervals(report: ScoreReport, seed: int) -> dict[str, dict[str, tuple[float, float] | None]]:
    """Return the 95 % intervals of every score by resampling documents; the report must have kept its rows."""
    from warta.scoring.bootstrap import intervals

    layers = [
        layer for layer in LAYERS if report.signature.layer == "all" or layer in report.signature.layer.split("+")
    ]
    found = intervals(report.rows or [], seed=seed, layers=layers)
    return {
        metric: {part: None if bounds is None else (bounds.low, bounds.high) for part, bounds in parts.items()}
        for metric, parts in found.items()
    }


def shown(report: ScoreReport, form: str, types: bool = False, seed: int | None = None) -> str:
    """Return the report in one of the formats ``table``, ``json``, ``md``, ``html``, with a final line feed.

    With a seed, 95 % intervals of F1 and accuracy stand beside the scores (in JSON those of precision and recall too).
    """
    bounds = {} if seed is None else with_intervals(report, seed)
    if form == "json":
        return json_text({**report.to_dict(), **({"intervals": bounds} if bounds else {})})
    lines = list(sections(report, types))
    if bounds:
        rows: list[tuple[str, ...]] = [
            (f"{metric} [95 %]", *_bounds(parts), "", "", "") for metric, parts in bounds.items()
        ]
        lines.insert(1, ("intervals over documents", rows))
    notes = [f"{report.documents} documents", str(report.signature)]
    if form == "md":
        return _markdown(lines, notes)
    return _html(lines, notes) if form == "html" else _terminal(lines, notes)


def plain_table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]], form: str) -> str:
    """Return one table for the terminal or, with ``md``, in Markdown, with its title and a final line feed."""
    return _markdown_table(title, head, rows) if form == "md" else _terminal_table(title, head, rows)


def _markdown_table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    out = [f"### {title}", ""] if title else []
    out += [f"| {' | '.join(head)} |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join([*out, *(f"| {' | '.join(row)} |" for row in rows), ""])


def _markdown(lines: list[tuple[str, list[tuple[str, ...]]]], notes: list[str]) -> str:
    return "\n".join([*(_markdown_table(title, HEAD, rows) for title, rows in lines), f"{notes[0]}, `{notes[1]}`", ""])


def _html(lines: list[tuple[str, list[tuple[str, ...]]]], notes: list[str]) -> str:
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(
        "{% for title, rows in lines %}{% if title %}<h3>{{ title }}</h3>{% endif %}<table><tr>{% for cell in head %}<th>{{ cell }}</th>"
        "{% endfor %}</tr>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>\n"
        "{% endfor %}<p>{{ notes[0] }}, <code>{{ notes[1] }}</code></p>\n"
    )
    return template.render(lines=lines, head=HEAD, notes=notes)


def _terminal(lines: list[tuple[str, list[tuple[str, ...]]]], notes: list[str]) -> str:
    return "\n".join([*(_terminal_table(title, HEAD, rows) for title, rows in lines), *notes, ""])


def _terminal_table(title: str, head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    from rich.console import Console
    from rich.table import Table

    out = io.StringIO()
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for n, name in enumerate(head):
        table.add_column(name, justify="right" if n else "left")
    for row in rows:
        table.add_row(*row)
    # Wide enough for every row: a score that is cut off is worse than a line that wraps.
    Console(file=out, width=1000, no_color=True, highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().split("\n"))
