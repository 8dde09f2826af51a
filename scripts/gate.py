#!/usr/bin/env python3
"""Check written articles against their cards, real news and each other; one line a finding, exit 1 when there is any.

usage: gate.py TEXT.txt ... [--batch] [--show] [--against FOLDER]
Card and imperfection log are looked for in ../cards and ../imperfections beside the folder of the text.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from warta.corpus.cards import load_tables, read_card
from warta.corpus.gate import Article, check_across, check_article, check_foreign, check_medians
from warta.corpus.measures import load_bounds, measure

ARTICLES = Path(__file__).resolve().parent.parent / "data" / "articles"


def read_article(path: Path, home: Path | None) -> Article:
    """Return a text with its card and log; OSError or ValueError when a file cannot be read."""
    folder = home or path.resolve().parent.parent
    card, log = folder / "cards" / f"{path.stem}.yaml", folder / "imperfections" / f"{path.stem}.txt"
    if not card.exists():
        card = ARTICLES / "cards" / f"{path.stem}.yaml"
    return Article(
        id=path.stem,
        text=path.read_bytes().decode("utf-8"),
        card=read_card(card) if card.exists() else None,
        log=log.read_text(encoding="utf-8") if log.exists() else None,
    )


def show(article: Article, bounds: dict[str, dict]) -> None:  # type: ignore[type-arg]
    """Print the measures of an article beside the bounds."""
    values = measure(article.text)
    for name, bound in bounds[article.reference].items():
        value = values[name]
        text = "-" if value is None else f"{value:.3f}"
        flag = "" if value is None or bound.p5 <= value <= bound.p95 else "  OUTSIDE"
        print(
            f"{article.id} {name:22} {text:>9}   p5 {bound.p5:<7.3g} p50 {bound.p50:<7.3g} p95 {bound.p95:<7.3g}{flag}"
        )


def main() -> int:
    """Run the checks; exit 0 fine, 1 findings, 2 a file that cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument(
        "--batch", action="store_true", help="also check the articles against each other, and the medians"
    )
    parser.add_argument("--show", action="store_true", help="print all measures")
    parser.add_argument(
        "--against", type=Path, action="append", default=[], metavar="FOLDER", help="texts nothing may be taken from"
    )
    parser.add_argument("--home", type=Path, default=None, help="folder that has cards/ and imperfections/")
    args = parser.parse_args()
    try:
        tables, bounds = load_tables(ARTICLES / "card_tables.yaml"), load_bounds(ARTICLES / "news_bounds.json")
        articles = [read_article(path, args.home) for path in args.texts]
        foreign = {
            p.name: p.read_text(encoding="utf-8") for folder in args.against for p in sorted(folder.rglob("*.txt"))
        }
    except (OSError, ValueError) as error:
        print(str(error).replace("\n", " "), file=sys.stderr)
        return 2
    findings = []
    for article in articles:
        found, notes = check_article(article, bounds, tables)
        findings += found
        print(*notes, sep="\n" if notes else "", end="\n" if notes else "", file=sys.stderr)
        if args.show:
            show(article, bounds)
    findings += check_foreign(articles, foreign)
    if args.batch:
        findings += check_across(articles, tables["newsroom_formulas"]) + check_medians(articles, bounds)
    print(*findings, sep="\n", end="\n" if findings else "")
    print(f"{len(articles)} articles, {len(findings)} findings", file=sys.stderr)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
