"""Where gold comes from: who proposed each of its items, and who decided that it stands.

Nothing of this is stored: it follows from the annotators' files and the decisions, as gold itself does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from warta.agreement.decisions import Decision, anchor_of, decided
from warta.agreement.items import LAYERS, items_of
from warta.document import Document

BOTH, ADJUDICATOR = "both", "adjudicator"


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """An item of gold (:mod:`warta.agreement.items`) and where it comes from.

    ``proposed``: ``first`` and ``second``, the annotators who have just this item; ``adjudicator`` alone where neither
    has. ``decided``: ``both`` where their agreement made it gold, else the name the decision keeps, or
    ``adjudicator``. ``rule`` and ``reason`` are those of the decision.
    """

    id: str
    layer: str
    item: Any
    proposed: list[str]
    decided: str
    rule: str = ""
    reason: str = ""


def provenance(first: Document, second: Document, decisions: Iterable[Decision]) -> Iterator[Origin]:
    """Yield the origin of every item of a document's gold, by layer and in the order of the text."""
    log = list(decisions)
    sides = {"first": items_of(first), "second": items_of(second)}
    gold = items_of(decided(first, second, log))
    for layer in LAYERS:
        made = {item: decision for decision in log if decision.layer == layer and (item := decision.item("gold"))}
        for item in sorted(gold.layer(layer), key=lambda item: (anchor_of(item), msgspec.json.encode(item))):
            proposed = [side for side, items in sides.items() if item in items.layer(layer)]
            decision = made.get(item)
            yield Origin(
                first.id, layer, msgspec.to_builtins(item), proposed or [ADJUDICATOR],
                BOTH if decision is None else decision.by or ADJUDICATOR,
                decision.rule if decision else "", decision.reason if decision else "",
            )  # fmt: skip
