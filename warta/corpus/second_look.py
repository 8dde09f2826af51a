"""The second look: parts of gold annotated once more by readers who saw nothing of it, and how far that differs from gold.

Each sample is a folder ``data/annotations/second-look-N`` with three files of the same articles: ``gold.jsonl``, gold as it
stood when the differences were decided; ``look.jsonl``, the fresh reading; and ``decided.jsonl``, what somebody made of the two
who did not know which was which. Gold's errors that this showed are mended in gold itself, not in the sample.
"""

from __future__ import annotations

from collections.abc import Sequence

from warta.agreement.report import SCORED, only_forms
from warta.corpus.figures import markdown_table
from warta.corpus.layout import Layout
from warta.corpus.linked import origin_of
from warta.document import Document
from warta.files import read_documents
from warta.scoring import ScoreReport, score
from warta.scoring.bootstrap import Interval, intervals
from warta.scoring.formulas import Score

#: What is compared, and the F1 that was aimed at.
GOALS = {
    "names and values": 0.98,
    "triggers with type": 0.95,
    "arguments with role": 0.90,
    "whole quotes": 0.93,
}
HEADS = [
    "layer", "goal", "gold and second look", "gold and what was decided", "second look and what was decided",
    "items decided", "gold lacks", "gold has wrongly",
]  # fmt: skip


class Compared:
    """Scores of one reading against another, for the forms of mentions that each layer of :data:`GOALS` is about."""

    def __init__(self, right: Sequence[Document], other: Sequence[Document]) -> None:
        """Score ``other`` against ``right``."""
        self._found: dict[object, tuple[ScoreReport, dict[str, dict[str, Interval | None]]]] = {}
        for forms in dict.fromkeys(SCORED[name][1] for name in GOALS):
            pair = [only_forms(d, forms) for d in right], [only_forms(d, forms) for d in other]
            report = score(*pair, keep_rows=True)
            self._found[forms] = report, intervals(report.rows or [])

    def score(self, name: str) -> Score:
        """Return the score of a layer."""
        metric, forms = SCORED[name]
        found = self._found[forms][0].scores[metric]
        assert isinstance(found, Score)
        return found

    def shown(self, name: str) -> str:
        """Return F1 with its 95 % interval, by resampling articles."""
        metric, forms = SCORED[name]
        value, ends = self.score(name).f1, self._found[forms][1][metric]["f1"]
        return "-" if value is None or ends is None else f"{value:.3f} [{ends.low:.3f}, {ends.high:.3f}]"


def second_look_rows(
    gold: Sequence[Document], look: Sequence[Document], decided: Sequence[Document]
) -> list[list[str]]:
    """Return a row a layer: the goal, F1 of each two of three readings of the same articles, and what gold lacks and has wrongly."""
    both, of_gold, of_look = Compared(gold, look), Compared(decided, gold), Compared(decided, look)
    rows = []
    for name, goal in GOALS.items():
        found = of_gold.score(name)
        if both.score(name).f1 is None or found.tp is None or found.fn is None or found.fp is None:
            continue
        counts = [f"{found.tp + found.fn:,.0f}", f"{found.fn:,.0f}", f"{found.fp:,.0f}"]
        readings = [compared.shown(name) for compared in (both, of_gold, of_look)]
        rows.append([name, f"{goal:.2f}", *readings, *counts])
    return rows


def second_look_table(layout: Layout) -> str:
    """Return the tables of each sample that was looked at once more, its written and its linked articles apart."""
    out = []
    for folder in sorted(layout.annotations.glob("second-look-*")):
        number = folder.name.removeprefix("second-look-")
        readings = [list(read_documents(folder / f"{name}.jsonl")) for name in ("gold", "look", "decided")]
        for origin in ("written", "linked"):
            members = [[d for d in reading if origin_of(d) == origin] for reading in readings]
            if members[0]:
                table = markdown_table(HEADS, second_look_rows(*members))
                out.append(f"Sample {number}, {len(members[0])} {origin} articles:\n\n{table}")
    return "\n\n".join(out) or "(not done yet)"
