"""Drawing the split of new documents: once, by document, spread over genres and lengths.

Documents are taken in an order that depends only on their ids and the seed. Each goes to the split that its
genre, its length class and the whole corpus lack most, which is iterative stratification (Sechidis et al.
2011, section 3) with one label at a time. Documents that have a split keep it, so the table only grows.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable

from warta.corpus.layout import SPLITS
from warta.document import Document

SHARES = {"train": 0.5, "validation": 0.15, "test": 0.35}
SEED = "warta-splits-1"
LENGTHS = (1500, 2600)  # code points that part short, middle and long articles


def length_class(document: Document) -> str:
    """Return ``short``, ``middle`` or ``long`` by the number of code points."""
    chars = (document.meta.chars if document.meta else None) or len(document.text or "")
    return "short" if chars < LENGTHS[0] else "middle" if chars < LENGTHS[1] else "long"


def strata(document: Document) -> tuple[str, ...]:
    """Return the groups whose shares a split keeps: all, the genre, the length class."""
    genre = (document.meta.genre if document.meta else None) or "none"
    return "all", f"genre {genre}", f"length {length_class(document)}"


def draw(documents: Iterable[Document], known: dict[str, str]) -> dict[str, str]:
    """Return the split of every document: those in ``known`` unchanged and first, new ones drawn after them."""
    by_id = {document.id: document for document in documents}
    counts: Counter[tuple[str, str]] = Counter()
    drawn = dict(known)
    for name, split in known.items():
        if name in by_id:
            counts.update((stratum, split) for stratum in strata(by_id[name]))
    fresh = [name for name in by_id if name not in known]
    for name in sorted(fresh, key=lambda n: hashlib.sha256(f"{SEED}:{n}".encode()).hexdigest()):
        groups = strata(by_id[name])

        def need(split: str, groups: tuple[str, ...] = groups) -> float:
            """Return how many documents short of its share a split is, summed over the groups."""
            totals = (sum(counts[g, s] for s in SPLITS) + 1 for g in groups)
            return sum(SHARES[split] * total - counts[g, split] for g, total in zip(groups, totals, strict=True))

        split = max(SPLITS, key=lambda s: (need(s), -SPLITS.index(s)))
        drawn[name] = split
        counts.update((stratum, split) for stratum in groups)
    return drawn
