"""The scorer: every metric of the benchmark, as sums of one row of counts for each document.

>>> from warta.scoring import score
>>> report = score([{"id": "d"}], [{"id": "d"}])
>>> report.documents, report.scores["claims"].f1
(1, None)
"""

from __future__ import annotations

from warta.scoring.formulas import Accuracy, Score
from warta.scoring.join import JoinError
from warta.scoring.score import ScoreReport, score, score_pair
from warta.scoring.signature import Signature
from warta.scoring.statistics import Row, Totals
from warta.scoring.view import DanglingReferenceError

__all__ = [
    "Accuracy",
    "DanglingReferenceError",
    "JoinError",
    "Row",
    "Score",
    "ScoreReport",
    "Signature",
    "Totals",
    "score",
    "score_pair",
]
