"""The table of metrics: their names, the layer of each and the columns of a document's row.

A row is one vector of numbers for a document; everything that is ever reported is a function of sums of rows.
The columns are

- one for each *support*: how many gold items (or characters) there are of a kind,
- ``fp`` and ``fn`` for each metric that counts items; ``tp`` is its support less ``fn``,
- ``correct`` and ``total`` for each accuracy,
- numerator and denominator of precision and of recall for each coreference metric.
"""

from __future__ import annotations

from typing import Final

LAYERS: Final = ("entities", "coreference", "events", "quotes", "claims")

#: Metric that counts items -> the support that its recall is measured against.
COUNTED: Final[dict[str, str]] = {
    "entities.exact": "mentions",
    "entities.boundary": "mentions",
    "entities.type": "mentions",
    "entities.partial": "mentions",
    "events.TI": "triggers",
    "events.TC": "triggers",
    "events.AI": "arguments",
    "events.AC": "arguments",
    "events.AI+": "arguments",
    "events.AC+": "arguments",
    "quotes.content.exact": "quotes",
    "quotes.cue.exact": "cues",
    "quotes.source.exact": "sources",
    "quotes.content.overlap": "content characters",
    "quotes.cue.overlap": "cue characters",
    "quotes.source.overlap": "source characters",
    "quotes.whole": "quotes",
    "quotes.speaker": "speakers",
    "claims": "claims",
}
ACCURACIES: Final = ("events.realis", "events.polarity", "quotes.type")
RATIOS: Final = ("coreference.muc", "coreference.b3", "coreference.ceafe", "coreference.lea")
#: Metric that is the mean of the F1 of others -> those others.
MEANS: Final[dict[str, tuple[str, ...]]] = {
    "coreference.conll": ("coreference.muc", "coreference.b3", "coreference.ceafe"),
}
#: Supports that are numbers of characters.
CHARACTERS: Final = frozenset({"content characters", "cue characters", "source characters"})
SUPPORTS: Final = tuple(dict.fromkeys(COUNTED.values()))

#: Every metric, in the order in which it is reported.
METRICS: Final = (
    *[name for name in COUNTED if name.startswith("entities.")],
    *RATIOS,
    *MEANS,
    *[name for name in COUNTED if name.startswith("events.")],
    *[name for name in ACCURACIES if name.startswith("events.")],
    *[name for name in COUNTED if name.startswith("quotes.") and name != "quotes.speaker"],
    "quotes.type",
    "quotes.speaker",
    "claims",
)

#: Support -> its column.
GOLD: Final = {support: column for column, support in enumerate(SUPPORTS)}
_COUNTS = len(SUPPORTS)
_ACCURACIES = _COUNTS + 2 * len(COUNTED)
_RATIOS = _ACCURACIES + 2 * len(ACCURACIES)
#: Counting metric -> column of its false positives; false negatives stand in the next one.
FALSE: Final = {metric: _COUNTS + 2 * place for place, metric in enumerate(COUNTED)}
#: Accuracy -> column of its correct items; all items stand in the next one.
CORRECT: Final = {metric: _ACCURACIES + 2 * place for place, metric in enumerate(ACCURACIES)}
#: Coreference metric -> first of its four columns.
RATIO: Final = {metric: _RATIOS + 4 * place for place, metric in enumerate(RATIOS)}
WIDTH: Final = _RATIOS + 4 * len(RATIOS)


def layer_of(metric: str) -> str:
    """Return the layer of a metric: what stands before the first dot.

    >>> layer_of("quotes.cue.exact"), layer_of("claims")
    ('quotes', 'claims')
    """
    return metric.partition(".")[0]


def chosen(layers: tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """Return the layers asked for in their usual order; all for ``None`` or an empty list.

    :raises ValueError: a layer has another name than those of :data:`LAYERS`.

    >>> chosen(["claims", "entities"])
    ('entities', 'claims')
    """
    if not layers:
        return LAYERS
    unknown = [layer for layer in layers if layer not in LAYERS]
    if unknown:
        raise ValueError(f"unknown layer {', '.join(map(repr, unknown))}; allowed: {', '.join(LAYERS)}")
    return tuple(layer for layer in LAYERS if layer in layers)
