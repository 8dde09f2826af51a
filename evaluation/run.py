#!/usr/bin/env python3
"""Run the baselines and score them: on the test split, and on the linked articles where their texts are at hand."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import click
import msgspec

from warta.corpus.documentation import results_table
from warta.corpus.gold import Gold, open_gold
from warta.corpus.linked import link
from warta.document import Document, wordless
from warta.files import json_text, write_objects, write_text
from warta.report import render_report
from warta.report.page import Scored
from warta.scoring import Signature, score
from warta.scoring.join import as_document
from warta.scoring.slices import SLICES
from warta.system import bare, load_system

TOP = Path(__file__).resolve().parents[1]
SYSTEMS = ("rules", "crf")


def loaded(config: str, split: str) -> list[Document]:
    """Return a split as everybody gets it: through ``datasets.load_dataset`` on this checkout."""
    import datasets

    datasets.utils.logging.set_verbosity_error()
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        rows = datasets.load_dataset(str(TOP), config, split=split, cache_dir=cache)
        return [as_document(row) for row in rows]


def run(name: str, training: list[Document], test: list[Document], gold: Gold, output: Path) -> Scored:
    """Annotate the test documents with one system, keep its predictions, and return them with their scores."""
    started = time.perf_counter()
    system = load_system(name, TOP / "evaluation" / "systems")(training)
    predicted = list(system.predict(bare(document) for document in test))
    write_objects(output, (msgspec.structs.replace(wordless(d), meta=None) for d in predicted))
    click.echo(f"{name} on {gold.name}: {len(predicted)} documents in {time.perf_counter() - started:.1f} s", err=True)
    signature = Signature(corpus=gold.corpus, digest=gold.digest, split=gold.name)
    slices = [name for name in SLICES if name != "seen"]
    report = score(gold.documents(), predicted, signature=signature, by=slices, keep_rows=True)
    return Scored(name, report, {document.id: document for document in predicted})


def evaluate(gold: Gold, training: list[Document], test: list[Document], results: Path, predictions: Path) -> str:
    """Run all systems on one test set, write their score files and the report page, and return the table.

    The page shows the articles, so it stays with the predictions and out of the repository.
    """
    systems = [run(name, training, test, gold, predictions / f"{name}-{gold.name}.jsonl") for name in SYSTEMS]
    for system in systems:
        write_text(results / f"{system.name}-{gold.name}.json", json_text(system.report.to_dict()))
    texts = {document.id: document.text for document in test}
    shown = [msgspec.structs.replace(d, text=d.text or texts.get(d.id)) for d in gold.documents()]
    write_text(predictions / f"report-{gold.name}.html", render_report(shown, systems))
    return results_table(results, gold.name)


@click.command()
@click.option("--demo", is_flag=True, help="Only show: scores go to predictions/, evaluation/results stays as it is.")
@click.option(
    "--linked", type=click.Path(exists=True, path_type=Path), help="Folder with the texts of the linked articles."
)
def main(demo: bool, linked: Path | None) -> None:
    """Run the baselines, score them and print the table.

    Written (test) and linked (real) articles are reported apart, never pooled.
    """
    training, test = loaded("documents", "train"), loaded("documents", "test")
    click.echo(f"loaded {len(training)} training and {len(test)} test documents", err=True)
    folder = TOP / "predictions"
    results = folder if demo else TOP / "evaluation" / "results"
    shown = [
        f"Written articles, split test ({len(test)} documents)\n\n{evaluate(open_gold('test', TOP), training, test, results, folder)}\n"
    ]
    if linked is not None:
        gold = open_gold("linked", TOP)
        documents, missing = link(gold.documents(), linked)
        for row in missing:
            click.echo(f"{row.id}: {row.why}", err=True)
        found = [d for d in documents if d.text is not None]
        kept = {d.id for d in found}
        part = gold._replace(documents=lambda: (d for d in gold.documents() if d.id in kept))
        shown.append(
            f"Linked (real) articles ({len(found)} documents)\n\n{evaluate(part, training, found, results, folder)}\n"
        )
    click.echo("\n".join(shown))
    click.echo(f"scores: {results.relative_to(TOP)}/, predictions and report pages: predictions/", err=True)


if __name__ == "__main__":
    main()
