"""``warta predict``: run a system on documents."""

from __future__ import annotations

import click

from warta.corpus.gold import is_split, open_gold
from warta.corpus.layout import find_layout
from warta.files import STDIN, read_documents, write_objects
from warta.scoring.given import GIVEN
from warta.system import bare, load_system


@click.command()
@click.argument("system")
@click.option("--split", "-s", help="Split of the release to annotate. [default: test]")
@click.option("--input", "-i", "source", metavar="FILE", help="Documents to annotate instead, with text.")
@click.option(
    "--data", default=".", metavar="PATH", help="The checkout of the corpus. [default: found upward from here]"
)
@click.option("--given", type=click.Choice(GIVEN), help="Hand the system gold mentions, triggers or quotes.")
@click.option("--output", "-o", default=STDIN, metavar="FILE", help="Where predictions go. [default: standard output]")
def command(system: str, split: str | None, source: str | None, data: str, given: str | None, output: str) -> None:
    """Annotate documents with SYSTEM: a name of evaluation/systems, a path, or a Python module.

    The system sees ids, texts and meta only. Documents without text (linked ones) must be linked first.

    Example: warta predict rules --split test -o predictions.jsonl
    """
    from warta.corpus.given import handed

    if split and source:
        raise click.UsageError("give --split or --input, not both")
    layout = find_layout(data)
    load = load_system(system, layout.top / "evaluation" / "systems")
    name = split or "test"
    if not source and not is_split(name):
        raise click.UsageError(f"no such split: {name}")
    gold = list(read_documents(source)) if source else list(open_gold(name, data).documents())
    textless = [document.id for document in gold if document.text is None]
    if textless:
        raise click.ClickException(
            f"{len(textless)} documents have no text ({', '.join(textless[:5])} ...): warta link joins it in"
        )
    show = (lambda d: handed(d, given)) if given else bare
    predicted = load(open_gold("train", data).documents()).predict(show(document) for document in gold)
    count = write_objects(output, predicted)
    click.echo(f"{system}: {count} documents", err=True)
