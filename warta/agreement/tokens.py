"""Agreement over tokens: both annotators' labels of every token of a layer, as one table of counts.

A layer gives each token one label: the type of the outermost name, value or role that touches it, the type of
the trigger, or whether it is in a quote's content, cue or source. ``O`` is no label. Tokens are those of
:func:`warta.text.token_spans`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeAlias

from warta.document import Document, form_of
from warta.text import token_spans

Labelled: TypeAlias = list[tuple[int, int, str]]
Table: TypeAlias = Counter[tuple[str, str]]
NONE = "O"


def _mentions(document: Document) -> Labelled:
    return [(m.start, m.end, m.type) for m in document.mentions if form_of(m) in ("name", "value", "role")]


def _triggers(document: Document) -> Labelled:
    return [(e.start, e.end, e.type) for e in document.events]


def _part(name: str) -> Callable[[Document], Labelled]:
    return lambda document: [(s.start, s.end, name) for quote in document.quotes for s in getattr(quote, name)]


def _sources(document: Document) -> Labelled:
    spans = {m.id: (m.start, m.end) for m in document.mentions}
    return [(*spans[q.source], "source") for q in document.quotes if q.source is not None]


LAYERS: dict[str, Callable[[Document], Labelled]] = {
    "names, values, roles": _mentions,
    "triggers": _triggers,
    "quote content": _part("content"),
    "quote cue": _part("cue"),
    "quote source": _sources,
}


def labels(tokens: list[tuple[int, int]], spans: Labelled) -> list[str]:
    """Return the label of each token: that of the longest span that touches it, else ``O``."""
    found = [NONE] * len(tokens)
    for start, end, label in sorted(spans, key=lambda span: (span[1] - span[0], -span[0], span[2])):
        for n, (a, b) in enumerate(tokens):
            if a < end and start < b:
                found[n] = label
    return found


def table(first: Document, second: Document, text: str, layer: str) -> Table:
    """Return how often each pair of labels (first annotator's, second's) was given to a token."""
    tokens = token_spans(text)
    spans = LAYERS[layer]
    return Counter(zip(labels(tokens, spans(first)), labels(tokens, spans(second)), strict=True))


def kappa(tables: Iterable[Table]) -> float | None:
    """Return Cohen's kappa (Cohen 1960) over summed tables by scikit-learn; None where nothing was labelled by either."""
    from sklearn.metrics import cohen_kappa_score

    total: Table = Counter()
    for counts in tables:
        total.update(counts)
    if set(total) <= {(NONE, NONE)}:
        return None
    left, right = zip(*total, strict=True)
    return float(cohen_kappa_score(left, right, sample_weight=list(total.values())))


def quick_kappa(tables: Iterable[Table]) -> float | None:
    """Return the same as :func:`kappa` from the counts alone, for the thousands of resamples of an interval.

    (po - pe) / (1 - pe), po the share of equal labels, pe that expected of both annotators' shares (Cohen 1960).
    """
    total: Table = Counter()
    for counts in tables:
        total.update(counts)
    n = total.total()
    left: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for (a, b), count in total.items():
        left[a] += count
        right[b] += count
    expected = sum(left[label] * right[label] for label in left) / (n * n) if n else 1.0
    observed = sum(count for (a, b), count in total.items() if a == b) / n if n else 1.0
    return None if expected == 1 or set(total) <= {(NONE, NONE)} else (observed - expected) / (1 - expected)


def alpha(tables: Iterable[Table]) -> float | None:
    """Return Krippendorff's alpha for nominal labels and two annotators (Krippendorff 2004, section 11.3).

    1 - observed over expected disagreement, both over pairable values: n tokens give 2n of them.
    """
    total: Table = Counter()
    for counts in tables:
        total.update(counts)
    values: Counter[str] = Counter()
    for (left, right), n in total.items():
        values[left] += n
        values[right] += n
    pairable = values.total()
    expected = pairable * pairable - sum(n * n for n in values.values())
    if not expected:
        return None
    observed = 2 * sum(n for (left, right), n in total.items() if left != right)
    return 1 - (pairable - 1) * observed / expected
