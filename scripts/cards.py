#!/usr/bin/env python3
"""Draw the cards of the written articles: w-0001 to w-NNNN, from one seed. A card that exists is never drawn again."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from warta.corpus.cards import Drawer, card_text, load_tables, names_of, read_card
from warta.files import write_text

ARTICLES = Path(__file__).resolve().parent.parent / "data" / "articles"
SEED = 20250817


def main() -> int:
    """Write the missing cards up to ``--upto``; exit 2 when the tables or a card cannot be read."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upto", type=int, required=True, metavar="N", help="number of the last card")
    parser.add_argument("--seed", type=int, default=SEED, help=f"seed of the whole run (default {SEED})")
    parser.add_argument(
        "--folder", type=Path, default=ARTICLES / "cards", help="where cards are (default data/articles/cards)"
    )
    parser.add_argument("--tables", type=Path, default=ARTICLES / "card_tables.yaml")
    args = parser.parse_args()
    try:
        tables = load_tables(args.tables)
        old = {path.stem: path for path in sorted(args.folder.glob("w-*.yaml"))}
        taken = frozenset(name for path in old.values() for name in names_of(read_card(path)))
    except (OSError, ValueError) as error:
        print(f"{args.tables}: {error}", file=sys.stderr)
        return 2
    args.folder.mkdir(parents=True, exist_ok=True)
    plain = Drawer(tables, args.seed)
    cards = [plain.next_card() for _ in range(args.upto)]
    same = all(old[c.id].read_text(encoding="utf-8") == card_text(c) for c in cards if c.id in old)
    if not same:
        print(
            "the tables have changed since the first cards: new cards avoid the names of the old ones", file=sys.stderr
        )
        other = Drawer(tables, args.seed, taken)
        cards = [other.next_card() for _ in range(args.upto)]
    for card in cards:
        path = args.folder / f"{card.id}.yaml"
        if path.exists():
            continue
        write_text(path, card_text(card))
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
