"""Two annotators compared: what they differ in by kind, which labels they confuse, and all of it as one page.

The first annotator stands where the report has gold and the second where it has a system; nobody is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec
from markupsafe import Markup

from warta.agreement.report import Pair
from warta.document import Document
from warta.report import plots
from warta.report.faults import faults_of
from warta.report.page import Scored, render_report
from warta.scoring import score


def differences(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return ``kinds``, ``{layer: {kind: number}}`` with the second annotator's view of the first, and ``confusion``,
    ``{layer: {label of the first: {label of the second: number}}}`` of spans both have under different labels.
    """
    kinds: dict[str, Counter[str]] = {}
    confusion: dict[str, dict[str, Counter[str]]] = {}
    for pair in pairs:
        for fault in faults_of(pair.first, pair.second):
            kinds.setdefault(fault.layer, Counter())[fault.kind] += 1
            if (
                fault.layer != "speakers"
                and fault.gold_label
                and fault.system_label
                and fault.gold_label != fault.system_label
            ):
                row = confusion.setdefault(fault.layer, {}).setdefault(fault.gold_label, Counter())
                row[fault.system_label] += 1
    return {"kinds": kinds, "confusion": confusion}


def agreement_page(name: str, pairs: Sequence[Pair], figures: dict[str, Any]) -> str:
    """Return the page on a group of documents; ``figures`` is what :func:`warta.agreement.report.agreement` says of it."""
    first = [_with_text(pair.first, pair.text) for pair in pairs]
    second = {pair.second.id: _with_text(pair.second, pair.text) for pair in pairs}
    report = score(first, second, keep_rows=True)
    tokens = figures["tokens"] or {}
    bars = plots.bars(
        [f"{measure}: {layer}" for measure in ("kappa", "alpha") for layer in tokens],
        [tokens[layer][measure] for measure in ("kappa", "alpha") for layer in tokens],
        [tokens[layer][f"{measure}_interval"] for measure in ("kappa", "alpha") for layer in tokens],
        "kappa and alpha over tokens, with 95 % interval",
    )
    shown = {
        "name": name,
        "layers": figures["layers"],
        "bars": Markup(bars) if tokens else "",
        **differences(pairs),
    }
    return render_report(first, [Scored("second annotator", report, second)], agreement=shown)


def _with_text(document: Document, text: str | None) -> Document:
    return msgspec.structs.replace(document, text=text)
