"""Generated figures in the documents: totals, labels, agreement, results, and an example from the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from warta.corpus.example import example
from warta.corpus.figures import filled, labels_table, markdown_table, names_in, totals_table
from warta.corpus.layout import Layout
from warta.corpus.profile import count_outside, profile, profile_table
from warta.corpus.second_look import second_look_table
from warta.corpus.speed_table import speed_table
from warta.files import write_text

DOCUMENTS = (
    "README.md",
    "DATASHEET.md",
    "evaluation/README.md",
    "data/README.md",
    "data/annotations/README.md",
    "data/articles/README.md",
)
LABELS = {
    "mention_types": "mention type",
    "event_types": "event type",
    "realis": "realis",
    "quote_types": "quote type",
    "source_forms": "source of a quote",
}


def _read(path: Path) -> Any:
    return msgspec.json.decode(path.read_bytes()) if path.is_file() else None


def blocks(layout: Layout) -> dict[str, str]:
    """Return the text of every block by name, from the files of the checkout."""
    figures = _read(layout.top / "data" / "statistics.json")
    agreement = _read(layout.annotations / "agreement.json")
    results = layout.top / "evaluation" / "results"
    measured = profile(layout)
    groups = {**{name: figures["splits"][name] for name in ("train", "validation", "test")}, **figures["origins"]}
    made = {
        "totals": totals_table(groups),
        "labels": "\n\n".join(labels_table(figures["origins"], counter, name) for counter, name in LABELS.items()),
        "genres": labels_table({"written": figures["origins"]["written"]}, "genres", "genre"),
        "example": example(layout),
        "second-look": second_look_table(layout),
        "profile": profile_table(measured),
        "profile-outside": count_outside(measured),
        "results-test": results_table(results, "test"),
        "results-linked": results_table(results, "linked"),
        "speed": speed_table(_read(layout.top / "evaluation" / "benchmarks" / "speed.json")),
    }
    if agreement:
        origins = {name: value for name, value in agreement.items() if not name.startswith("batch")}
        made["agreement"] = agreement_table(origins)
        made["agreement-batches"] = agreement_table({n: v for n, v in agreement.items() if n.startswith("batch")})
    return made


def write_documentation(layout: Layout) -> None:
    """Fill the blocks of all documents that are there; raise :class:`KeyError` for a block nobody generates."""
    made = blocks(layout)
    for name in DOCUMENTS:
        path = layout.top / name
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            write_text(path, filled(text, {key: made.get(key, "(not measured yet)") for key in names_in(text)}))


def agreement_table(figures: dict[str, Any]) -> str:
    """Return F1 (or accuracy) with items, then kappa and alpha over tokens with intervals, a column a group."""

    def score(layer: dict[str, Any]) -> str:
        value = layer.get("f1", layer.get("accuracy"))
        items = "" if layer["items"] is None else f" of {layer['items']:,}"
        return f"{'-' if value is None else f'{value:.3f}'}{items}"

    names = list(figures)
    layers = next(iter(figures.values()))["layers"]
    rows: list[list[Any]] = [[layer, *(score(figures[n]["layers"][layer]) for n in names)] for layer in layers]
    heads = [f"{name} ({figures[name]['documents']} articles)" for name in names]
    out = [markdown_table(["F1 or accuracy", *heads], rows)]
    measured = {name: figures[name]["tokens"] for name in names if figures[name]["tokens"]}
    for measure in ("kappa", "alpha"):
        if measured:
            layer_names = next(iter(measured.values()))
            rows = [[layer, *(_interval(t[layer], measure) for t in measured.values())] for layer in layer_names]
            out.append(markdown_table([f"{measure} over tokens [95 %]", *measured], rows))
    return "\n\n".join(out)


def _interval(figure: dict[str, Any], measure: str) -> str:
    value, ends = figure[measure], figure[f"{measure}_interval"]
    return "-" if value is None else f"{value:.3f}" + (f" [{ends[0]:.3f}, {ends[1]:.3f}]" if ends else "")


SHOWN = (
    "entities.exact", "entities.boundary", "entities.partial", "coreference.conll", "events.TI", "events.TC", "events.AC+", "events.realis",
    "quotes.content.exact", "quotes.cue.exact", "quotes.source.exact", "quotes.whole", "quotes.type", "quotes.speaker", "claims",
)  # fmt: skip


def results_table(folder: Path, split: str) -> str:
    """Return the scores in a folder of score files for one test set, a column a system."""
    found = {path.stem.removesuffix(f"-{split}"): _read(path) for path in sorted(folder.glob(f"*-{split}.json"))}
    if not found:
        return "(not measured yet)"

    def cell(score: dict[str, Any]) -> str:
        if "accuracy" in score:
            return "-" if score["accuracy"] is None else f"{score['accuracy']:.3f} of {score['total']}"
        return " / ".join("-" if score[key] is None else f"{score[key]:.3f}" for key in ("precision", "recall", "f1"))

    rows: list[list[Any]] = [
        [metric, *(cell(result["scores"][metric]) for result in found.values())] for metric in SHOWN
    ]
    documents = next(iter(found.values()))["documents"]
    return f"{documents} articles; precision / recall / F1, or accuracy.\n\n" + markdown_table(["", *found], rows)
