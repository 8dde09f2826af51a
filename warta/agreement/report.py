"""How far two annotators agree: F1 by the scorer, kappa and alpha over tokens, with intervals over documents."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

from warta.agreement.tokens import LAYERS, Table, alpha, kappa, quick_kappa, table
from warta.document import Document, form_of
from warta.scoring import score

T = TypeVar("T")
RESAMPLES, SEED = 1000, 20240

# What is reported, by name: the scorer's metric and which mentions are compared.
SCORED = {
    "names and values": ("entities.exact", ("name", "value")),
    "roles": ("entities.exact", ("role",)),
    "coreference (CoNLL)": ("coreference.conll", None),
    "triggers": ("events.TI", None),
    "triggers with type": ("events.TC", None),
    "arguments with role": ("events.AC+", None),
    "quote content": ("quotes.content.exact", None),
    "quote cue": ("quotes.cue.exact", None),
    "quote source": ("quotes.source.exact", None),
    "whole quotes": ("quotes.whole", None),
    "claims": ("claims", None),
}
ACCURACIES = {"realis": "events.realis", "polarity": "events.polarity", "quote type": "quotes.type"}
NOMINALS = "nominals and pronouns"


class Pair(NamedTuple):
    """Both annotations of one document, and its text where it is at hand."""

    first: Document
    second: Document
    text: str | None


def only_forms(document: Document, forms: Sequence[str] | None) -> Document:
    """Return the document with the mentions of some forms as all there is (all layers kept for ``None``)."""
    if forms is None:
        return document
    return Document(id=document.id, mentions=[m for m in document.mentions if form_of(m) in forms])


def _nominals(document: Document) -> Document:
    """Return the document with its nominals and pronouns told as names, which the scorer counts."""
    import msgspec

    kept = [m for m in document.mentions if form_of(m) in ("nominal", "pronoun")]
    return Document(
        id=document.id, mentions=[msgspec.structs.replace(m, form="name", id=None, entity=None) for m in kept]
    )


def f1(pairs: Sequence[Pair], metric: str, forms: Sequence[str] | None = None) -> tuple[float | None, int | None]:
    """Return the F1 (or accuracy) of a metric between two annotators and the number of items of the first (None: not counted).

    Metrics that are not symmetric (claims) are the mean of both directions.
    """
    values: list[float | None] = []
    items: Any = None
    for swap in (False, True):
        left = {p.first.id: only_forms(p.second if swap else p.first, forms) for p in pairs}
        right = {p.first.id: only_forms(p.first if swap else p.second, forms) for p in pairs}
        found = score(left.values(), right)
        value: Any = found.scores[metric]
        values.append(value.accuracy if hasattr(value, "accuracy") else value.f1)
        if not swap:
            items = value.total if hasattr(value, "total") else None if value.tp is None else value.tp + value.fn
    known = [value for value in values if value is not None]
    return (sum(known) / len(known) if known else None), None if items is None else int(items)


def interval(pairs: Sequence[T], measure: Callable[[Sequence[T]], float | None]) -> tuple[float, float] | None:
    """Return the 95 % percentile interval of a measure over documents drawn with replacement (seeded)."""
    draw = random.Random(SEED)
    values = [
        v for _ in range(RESAMPLES) if (v := measure([pairs[draw.randrange(len(pairs))] for _ in pairs])) is not None
    ]
    if not values:
        return None
    values.sort()
    return values[int(0.025 * len(values))], values[min(len(values) - 1, int(0.975 * len(values)))]


def agreement(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return the agreement over a group of documents: per layer F1 with the items of the first annotator, kappa, alpha.

    Kappa and alpha are over the documents whose text is at hand; ``None`` where that is none.
    """
    scored: dict[str, Any] = {}
    for name, (metric, forms) in SCORED.items():
        value, items = f1(pairs, metric, forms)
        scored[name] = {"f1": value, "items": items}
    told = [Pair(_nominals(p.first), _nominals(p.second), p.text) for p in pairs]
    value, items = f1(told, "entities.exact")
    scored[NOMINALS] = {"f1": value, "items": items}
    for name, metric in ACCURACIES.items():
        value, items = f1(pairs, metric)
        scored[name] = {"accuracy": value, "items": items}
    return {"documents": len(pairs), "layers": scored, "tokens": token_agreement(pairs)}


def token_agreement(pairs: Sequence[Pair]) -> dict[str, Any] | None:
    """Return kappa and alpha with intervals and the number of tokens, per layer."""
    texts = [p for p in pairs if p.text is not None]
    if not texts:
        return None
    found: dict[str, Any] = {}
    for layer in LAYERS:
        tables: list[Table] = [table(p.first, p.second, p.text or "", layer) for p in texts]
        found[layer] = {
            "kappa": kappa(tables),
            "kappa_interval": interval(tables, quick_kappa),
            "alpha": alpha(tables),
            "alpha_interval": interval(tables, alpha),
            "tokens": sum(t.total() for t in tables),
        }
    return found
