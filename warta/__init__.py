"""Warta: Indonesian news annotated for entities, events and quote attribution, and the benchmark on it.

>>> import warta
>>> gold = [{"id": "d", "mentions": [{"start": 0, "end": 4, "type": "PER"}]}]
>>> warta.score(gold, gold).scores["entities.exact"].f1
1.0
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from warta.document import Document
    from warta.scoring import ScoreReport, score

__version__ = "0.5.0"
__all__ = ["Document", "ScoreReport", "__version__", "score"]


def __getattr__(name: str) -> Any:
    """Import what the package offers when it is first asked for, so that ``import warta`` costs nothing."""
    if name == "Document":
        from warta.document import Document

        return Document
    if name in ("score", "ScoreReport"):
        import warta.scoring

        return getattr(warta.scoring, name)
    raise AttributeError(f"module 'warta' has no attribute {name!r}")
