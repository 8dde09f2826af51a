"""Scores from sums of rows, and the one call that does it all: :func:`score`.

>>> gold = [{"id": "d", "mentions": [{"start": 0, "end": 4, "type": "PER"}, {"start": 9, "end": 12, "type": "GPE"}]}]
>>> report = score(gold, [{"id": "d", "mentions": [{"start": 0, "end": 4, "type": "PER"}]}])
>>> report.scores["entities.exact"]
Score(precision=1.0, recall=0.5, f1=0.6666666666666666, tp=1, fp=0, fn=1)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from warta.document import Document
from warta.scoring.formulas import Scores, scores_by_slice, scores_by_type, scores_of
from warta.scoring.given import cut
from warta.scoring.join import DocumentLike, Join
from warta.scoring.metrics import LAYERS, chosen
from warta.scoring.signature import Signature
from warta.scoring.slices import Slicer
from warta.scoring.statistics import Row, Totals, Vector, judged, row_of


@dataclass(slots=True)
class ScoreReport:
    """All scores of one system against one gold.

    ``slices`` is ``{slice: {value: {metric: score}}}``; ``missing`` are the ids of gold documents without prediction, counted
    as all misses; ``rows`` are the numbers of each document where
    asked for, sorted by document id; ``totals`` is their sum.
    """

    signature: Signature
    documents: int
    scores: Scores
    by_type: dict[str, Scores]
    slices: dict[str, dict[str, Scores]]
    missing: list[str] = field(default_factory=list)
    totals: Totals = field(default_factory=Totals)
    rows: list[Vector] | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the form that ``warta score --format json`` prints."""
        return {
            "signature": str(self.signature),
            "documents": self.documents,
            "scores": {name: asdict(score) for name, score in self.scores.items()},
            "by_type": {
                name: {label: asdict(score) for label, score in scores.items()} for name, scores in self.by_type.items()
            },
            "slices": {
                name: {
                    value: {metric: asdict(score) for metric, score in scores.items()}
                    for value, scores in values.items()
                }
                for name, values in self.slices.items()
            },
        }


def score_pair(gold: Document, system: Document, layers: Sequence[str] = LAYERS, slicer: Slicer | None = None) -> Row:
    """Return the row of one gold document and its prediction.

    :raises DanglingReferenceError: a reference in one of the documents points to nothing.
    """
    judgement = judged(gold, system, layers)
    row = row_of(gold.id, judgement)
    if slicer is not None:
        slicer.enter(row, gold, judgement)
    return row


def enter_pair(
    totals: Totals, rows: list[Vector] | None, gold: Document, prediction: Document | None,
    layers: Sequence[str], given: str | None, slicer: Slicer | None,
) -> None:  # fmt: skip
    """Add a gold document and its prediction, if there is one, to the sums, and its numbers to ``rows`` where these are kept.

    :raises DanglingReferenceError: a reference in one of the documents points to nothing.
    """
    system = Document(id=gold.id) if prediction is None else prediction
    if given is not None:
        gold, system = cut(gold, system, given)
    if slicer is None and rows is None:
        totals.add_judged(judged(gold, system, layers))
        return
    row = score_pair(gold, system, layers, slicer)
    totals.add(row)
    if rows is not None:
        rows.append(row.vector())


def score(
    gold: Iterable[DocumentLike],
    predictions: Iterable[DocumentLike] | Mapping[str, DocumentLike],
    *,
    layers: Sequence[str] | None = None,
    given: str | None = None,
    by: Sequence[str] = (),
    training: Iterable[DocumentLike] | None = None,
    keep_rows: bool = False,
    signature: Signature | None = None,
) -> ScoreReport:
    """Score predictions against gold.

    Both are iterables of :class:`~warta.document.Document`, of mappings in the document form, or a ``datasets.Dataset``;
    predictions may also be a mapping from id to document. They are joined by id and read as streams.

    ``layers`` are names of :data:`~warta.scoring.metrics.LAYERS`, all by default; metrics of other layers are named with
    nulls. ``given`` is ``mentions``, ``triggers`` or ``quotes`` (:mod:`~warta.scoring.given`). ``by`` names slices
    (:mod:`~warta.scoring.slices`); the slice ``seen`` needs the ``training`` documents. ``keep_rows`` keeps the numbers of
    every document for intervals and tests. ``signature`` carries what is known of the corpus; the rest is filled in.

    :raises JoinError: an id is repeated or unknown, or an item is no document; all of them are listed.
    :raises DanglingReferenceError: a reference in a document points to nothing.
    :raises ValueError: a name of a layer, slice or ``given`` is unknown.
    """
    wanted = chosen(list(layers) if layers else None)
    slicer = Slicer(by, training) if by else None
    join = Join(gold, predictions)
    totals = Totals()
    rows: list[Vector] | None = [] if keep_rows else None
    for ours, prediction in join:
        enter_pair(totals, rows, ours, prediction, wanted, given, slicer)
    filled = (signature or Signature()).of_run(wanted, given, totals.documents)
    return report_of(totals, filled, wanted, rows=rows, missing=join.missing)


def report_of(
    totals: Totals,
    signature: Signature,
    layers: Sequence[str] = LAYERS,
    *,
    rows: list[Vector] | None = None,
    missing: Sequence[str] = (),
) -> ScoreReport:
    """Return the report on sums of rows."""
    if rows is not None:
        rows.sort(key=lambda row: row.id)
    return ScoreReport(
        signature=signature,
        documents=totals.documents,
        scores=scores_of(totals, layers),
        by_type=scores_by_type(totals, layers),
        slices=scores_by_slice(totals, layers),
        missing=sorted(missing),
        totals=totals,
        rows=rows,
    )
