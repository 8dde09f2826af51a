"""The second look: parts of gold annotated once more by readers who saw nothing of it, and how far that differs from gold."""

from __future__ import annotations

from collections.abc import Sequence

from warta.agreement.report import SCORED, only_forms
from warta.corpus.figures import markdown_table
from warta.corpus.layout import Layout, read_gold
from warta.document import Document
from warta.files import read_documents
from warta.scoring import score
from warta.scoring.bootstrap import intervals
from warta.scoring.formulas import Score

#: What is compared, and the F1 that was aimed at.
GOALS = {
    "names and values": 0.98,
    "triggers with type": 0.95,
    "arguments with role": 0.90,
    "whole quotes": 0.93,
}


def second_look_rows(gold: Sequence[Document], look: Sequence[Document], seed: int = 0) -> list[list[str]]:
    """Return a row a layer: F1 between the second look and gold with its 95 % interval, items, and the goal."""
    measured = {}
    for forms in dict.fromkeys(SCORED[name][1] for name in GOALS):
        report = score([only_forms(d, forms) for d in gold], [only_forms(d, forms) for d in look], keep_rows=True)
        measured[forms] = report.scores, intervals(report.rows or [], seed=seed)
    rows = []
    for name, goal in GOALS.items():
        metric, forms = SCORED[name]
        scores, bounds = measured[forms]
        value, ends = scores[metric], bounds[metric]["f1"]
        assert isinstance(value, Score)
        if value.f1 is None or value.tp is None or value.fn is None or value.fp is None or ends is None:
            continue
        met = "reached" if value.f1 >= goal else "not reached"
        counts = [f"{value.tp + value.fn:,.0f}", f"{value.fn:,.0f}", f"{value.fp:,.0f}"]
        rows.append([name, f"{value.f1:.3f}", f"{ends.low:.3f} to {ends.high:.3f}", *counts, f"{goal:.2f}, {met}"])
    return rows


def second_look_table(layout: Layout) -> str:
    """Return the tables of each sample that was looked at once more, its written and its linked articles apart."""
    known = list(read_gold(layout))
    heads = ["layer", "F1 with gold", "95 %", "items of gold", "only gold", "only the second look", "goal"]
    out = []
    for number, path in enumerate(sorted(layout.annotations.glob("second-look-*.jsonl")), 1):
        look = {document.id: document for document in read_documents(path)}
        for origin in ("written", "linked"):
            members = [d for d in known if d.id in look and _origin(d) == origin]
            if members:
                rows = second_look_rows(members, [look[d.id] for d in members])
                out.append(f"Sample {number}, {len(members)} {origin} articles:\n\n{markdown_table(heads, rows)}")
    return "\n\n".join(out) or "(not done yet)"


def _origin(document: Document) -> str:
    return (document.meta.origin if document.meta else None) or "written"
