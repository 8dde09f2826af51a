"""The report page: scores, faults and a browser of documents, one file that opens without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any, NamedTuple

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from warta.document import Document, form_of, quote_spans
from warta.report import plots
from warta.report.faults import CLASSES, Fault, faults_of, gains
from warta.scoring import ScoreReport
from warta.scoring.bootstrap import intervals
from warta.scoring.formulas import Accuracy, Score

CONFUSED = {"mentions": "Types of names, values and roles", "triggers": "Types of events"}


class Scored(NamedTuple):
    """One system: its name, its scores (rows kept) and its predictions by document id."""

    name: str
    report: ScoreReport
    documents: Mapping[str, Document]


def render_report(
    gold: Sequence[Document], systems: Sequence[Scored], seed: int = 0, agreement: Mapping[str, Any] | None = None
) -> str:
    """Return the HTML of the report on one or more systems; everything it needs is inside.

    With ``agreement`` (:func:`warta.report.agreement.agreement_page`) two annotators stand for gold and system.
    """
    environment = Environment(loader=PackageLoader("warta.report"), autoescape=True, undefined=StrictUndefined)
    environment.filters["share"] = lambda value: "–" if value is None else f"{value:.3f}"
    environment.filters["count"] = lambda value: "–" if value is None else f"{value:,.1f}".removesuffix(".0")
    found = [(system, _faults(system, gold)) for system in systems]
    files = resources.files("warta.report") / "templates"
    return environment.get_template("report.html.j2").render(
        signature=str(systems[0].report.signature),
        documents=len(gold),
        agreement=agreement,
        systems=[_section(system, faults, seed) for system, faults in found],
        classes=CLASSES,
        data=_embedded({"texts": _texts(gold), "systems": [_shown(*pair) for pair in found]}),
        style=Markup((files / "report.css").read_text(encoding="utf-8")),
        script=Markup((files / "report.js").read_text(encoding="utf-8")),
    )


def _embedded(value: Any) -> Markup:
    """Return JSON for a script element: no ``<``, ``>`` or ``&`` of an article can end or open an element."""
    text = msgspec.json.encode(value).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)


def _faults(system: Scored, gold: Sequence[Document]) -> dict[str, list[Fault]]:
    """Return the faults of every gold document by id; a document without prediction misses everything."""
    return {d.id: faults_of(d, system.documents.get(d.id, Document(id=d.id))) for d in gold}


def _right(report: ScoreReport, metric: str) -> Counter[str]:
    return Counter({k: int(s.tp) for k, s in report.by_type[metric].items() if isinstance(s, Score) and s.tp})


def _section(system: Scored, by_document: dict[str, list[Fault]], seed: int) -> dict[str, Any]:
    """Return what the template shows of one system."""
    report = system.report
    faults = [fault for found in by_document.values() for fault in found]
    bounds = intervals(report.rows or [], resamples=2000, seed=seed)
    rows = []
    for metric, score in report.scores.items():
        main = "accuracy" if isinstance(score, Accuracy) else "f1"
        rows.append(
            {
                "metric": metric,
                "score": score,
                "accuracy": main == "accuracy",
                "value": getattr(score, main),
                "ends": bounds[metric][main],
            }
        )
    gained = gains(faults, report.scores)
    shown = [row for row in rows if row["value"] is not None]
    return {
        "name": system.name,
        "rows": rows,
        "bars": Markup(
            plots.bars([r["metric"] for r in shown], [r["value"] for r in shown], [r["ends"] for r in shown])
        ),
        "gains": gained,
        "gain_bars": Markup(plots.gain_bars(gained)),
        "shifts": Markup(plots.shifts(faults)),
        "confusions": [
            (title, Markup(plots.confusion(faults, _right(report, metric), layer)))
            for (layer, title), metric in zip(CONFUSED.items(), ("entities.exact", "events.TC"), strict=True)
        ],
        "by_type": {metric: dict(sorted(scores.items())) for metric, scores in report.by_type.items() if scores},
        "slices": {
            f"{name}: {value}": scores
            for name, values in report.slices.items()
            for value, scores in sorted(values.items())
        },
        "missing": report.missing,
    }


def _texts(gold: Sequence[Document]) -> list[dict[str, Any]]:
    return [{"id": d.id, "text": d.text, "items": _items(d)} for d in gold]


def _items(document: Document) -> list[list[Any]]:
    """Return the spans to highlight as ``[layer, start, end, label]``, longest first."""
    items = [["mention", m.start, m.end, f"{m.type} {form_of(m)}"] for m in document.mentions]
    items += [["trigger", e.start, e.end, e.type] for e in document.events]
    items += [[part, s.start, s.end, q.type or "quote"] for q in document.quotes for part, s in quote_spans(q)]
    return sorted(items, key=lambda item: (item[1], -item[2], item[0]))


def _shown(system: Scored, by_document: dict[str, list[Fault]]) -> dict[str, Any]:
    rows = {
        name: {
            "items": _items(system.documents.get(name, Document(id=name))),
            "faults": [list(fault) for fault in faults],
        }
        for name, faults in by_document.items()
    }
    return {"name": system.name, "documents": rows}
