"""Score reports as text: a terminal table, JSON, Markdown, HTML."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import msgspec

from warta.scoring import ScoreReport
from warta.scoring.formulas import Accuracy, Score

HEAD = ("metric", "P", "R", "F1", "right", "spurious", "missed")


def number(value: float | None) -> str:
    """Return a share with three decimals, or a dash for null."""
    return "-" if value is None else f"{value:.3f}"


def count(value: float | None) -> str:
    """Return a count without needless decimals, or a dash for null."""
    return "-" if value is None else f"{value:,.1f}".removesuffix(".0")


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


def shown(report: ScoreReport, form: str, types: bool = False) -> str:
    """Return the report in one of the formats ``table``, ``json``, ``md``, ``html``, with a final line feed."""
    if form == "json":
        return msgspec.json.format(msgspec.json.encode(report.to_dict()), indent=2).decode() + "\n"
    lines = list(sections(report, types))
    notes = [f"{report.documents} documents", str(report.signature)]
    if form == "md":
        return _markdown(lines, notes)
    return _html(lines, notes) if form == "html" else _terminal(lines, notes)


def _markdown(lines: list[tuple[str, list[tuple[str, ...]]]], notes: list[str]) -> str:
    out: list[str] = []
    for title, rows in lines:
        out += [f"### {title}", ""] if title else []
        out += [f"| {' | '.join(HEAD)} |", "| --- |" + " ---: |" * (len(HEAD) - 1)]
        out += [f"| {' | '.join(row)} |" for row in rows]
        out.append("")
    return "\n".join([*out, f"{notes[0]}, `{notes[1]}`", ""])


def _html(lines: list[tuple[str, list[tuple[str, ...]]]], notes: list[str]) -> str:
    from jinja2 import Environment

    template = Environment(autoescape=True).from_string(
        "{% for title, rows in lines %}{% if title %}<h3>{{ title }}</h3>{% endif %}<table><tr>{% for cell in head %}<th>{{ cell }}</th>"
        "{% endfor %}</tr>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table>\n"
        "{% endfor %}<p>{{ notes[0] }}, <code>{{ notes[1] }}</code></p>\n"
    )
    return template.render(lines=lines, head=HEAD, notes=notes)


def _terminal(lines: list[tuple[str, list[tuple[str, ...]]]], notes: list[str]) -> str:
    from rich.console import Console
    from rich.table import Table

    out = io.StringIO()
    console = Console(file=out, width=100, no_color=True, highlight=False)
    for title, rows in lines:
        table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
        for n, head in enumerate(HEAD):
            table.add_column(head, justify="right" if n else "left")
        for row in rows:
            table.add_row(*row)
        console.print(table)
        console.print()
    console.print(notes[0])
    console.print(notes[1], soft_wrap=True)
    text = out.getvalue()
    return "\n".join(line.rstrip() for line in text.split("\n"))


def json_ready(value: Any) -> str:
    """Return any plain value as indented JSON with a final line feed."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"
