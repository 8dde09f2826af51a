"""Drawing of the cards that writers of articles obey.

The n-th card depends on the tables, the seed and n alone: cards are drawn one after the other from the first, and a longer
run begins with the cards of a shorter one. Every share in the tables is kept in each short run (:mod:`warta.corpus.decks`).
"""

from __future__ import annotations

import random
import re
from pathlib import Path
from typing import Any

import msgspec
import yaml

from warta.corpus.card import Card, Quote
from warta.corpus.casting import Casting
from warta.corpus.decks import Deck, Quota, Strata, at_quantile
from warta.corpus.lines import Layout, lay_out, trim
from warta.corpus.matter import Matter
from warta.corpus.people import People
from warta.corpus.quote_plan import QuoteDrawer

# Kinds of speakers whose names may come late in an article; officials are introduced at once.
UNOFFICIAL = frozenset({"resident", "expert", "business", "sport"})


def load_tables(path: Path) -> dict[str, Any]:
    """Return the tables of ``card_tables.yaml``."""
    tables: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tables


def read_card(path: Path) -> Card:
    """Return the card of a file; msgspec.ValidationError or yaml.YAMLError when it is none."""
    return msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), Card)


def card_text(card: Card) -> str:
    """Return the card as the YAML a writer reads."""
    text: str = yaml.safe_dump(msgspec.to_builtins(card), allow_unicode=True, sort_keys=False, width=150)
    return text


class Drawer:
    """Draws the cards of the corpus in order; ``taken`` are names that must not be given out again."""

    def __init__(self, tables: dict[str, Any], seed: int, taken: frozenset[str] = frozenset()) -> None:
        """Start at the first card."""
        self._t = tables
        self._seed = seed
        rng = self._rng = random.Random(seed)
        self._casting = Casting(tables, rng, taken)
        self._people = People(tables, rng, self._casting)
        self._matter = Matter(tables, rng)
        self._quotes = QuoteDrawer(tables, rng)
        weighted = ("skeletons", "openings", "endings", "headlines")
        self._decks = {name: Deck({k: row["weight"] for k, row in tables[name].items()}, rng) for name in weighted}
        for name in ("genres", "setting", "speakers"):
            self._decks[name] = Deck({str(k): v for k, v in tables[name].items()}, rng)
        self._topics = {genre: Deck(dict.fromkeys(rows, 1.0), rng) for genre, rows in tables["topics"].items()}
        self._told: set[str] = set()
        self._lengths = Strata(rng, 8)
        self._opposing = Quota(tables["opposing_share"] / 0.59, rng)
        self._count = 0

    def next_card(self) -> Card:
        """Return the next card."""
        self._count += 1
        decks, matter = self._decks, self._matter
        genre = decks["genres"].draw()
        skeleton = decks["skeletons"].draw([k for k, row in self._t["skeletons"].items() if genre in row["genres"]])
        tokens = self._length(skeleton)
        topic = self._topic(genre, skeleton)
        places = self._places(genre)
        counts = self._quotes.counts(tokens)
        ending = self._ending(skeleton, counts[0] > 0)
        orgs: dict[str, str] = {}
        number = min(int(decks["speakers"].draw()), max(1, sum(counts) // 2))
        speakers = self._people.speakers(genre, topic, places, orgs, number)
        others = self._people.others(genre, places, skeleton)
        self._people.share_surname(speakers + others)
        chosen = matter.choose_phenomena()
        late = "late_name" in chosen and counts[0] > 0 and speakers[0].kind in UNOFFICIAL
        quotes = trim(self._quotes.draw(counts, speakers, translated=genre == "foreign", late=late), tokens)
        speakers = [s for s in speakers if any(q.speaker == s.id for q in quotes)]
        holder = orgs.get("pt") or places.get("regency") or places.get("city") or places["town"]
        hard, special = matter.phenomena(quotes, speakers, genre, late, chosen, holder)
        outlet = matter.outlet(places)
        layout = self._layout(tokens, skeleton, ending, outlet.dateline, quotes)
        lines = lay_out(layout, self._rng)
        return Card(
            **self._subject(genre, skeleton, topic, places, orgs),
            **self._form(layout),
            outlet=outlet,
            lines=lines,
            people=speakers + others,
            phenomena=hard,
            date=matter.dates(),
            length=matter.length(tokens, len(lines)),
            opposing=len(speakers) > 1 and self._opposing.draw(),
            events=matter.events(genre, tokens, special),
            mentions=matter.mentions(genre, tokens, places, len(speakers + others)),
            words=matter.words(tokens),
            boilerplate=matter.boilerplate(outlet, len(lines)),
            imperfections=matter.flaws(lines),
        )

    def _layout(self, tokens: int, skeleton: str, ending: dict[str, Any], dateline: str, quotes: list[Quote]) -> Layout:
        """Return what the lines are made of, headline and opening drawn."""
        return Layout(
            tokens=tokens,
            headline=self._t["headlines"][self._decks["headlines"].draw()]["cara"],
            opening=self._t["openings"][self._decks["openings"].draw()]["cara"],
            ending=ending["cara"],
            ends_on_quote=ending["quote"],
            dateline=dateline,
            blocks=self._t["skeletons"][skeleton]["blocks"],
            quotes=quotes,
        )

    def _subject(
        self, genre: str, skeleton: str, topic: str, places: dict[str, str], orgs: dict[str, str]
    ) -> dict[str, Any]:
        """Return the fields of a card that say what it is about."""
        return {
            "id": f"w-{self._count:04d}",
            "seed": self._seed,
            "genre": genre,
            "topic": topic,
            "skeleton": skeleton,
            "how": self._t["skeletons"][skeleton]["cara"],
            "reference": "translated" if genre == "foreign" else "native",
            "places": {k: v for k, v in places.items() if k != "register"},
            "orgs": [f"Universitas {name}" if kind == "u" else name for kind, name in orgs.items() if kind != "n"],
        }

    def _form(self, layout: Layout) -> dict[str, Any]:
        """Return the fields of a card that its layout has as well."""
        return {
            "headline": layout.headline,
            "opening": layout.opening,
            "ending": layout.ending,
            "ends_on_quote": layout.ends_on_quote,
            "quotes": layout.quotes,
            "events_at_least": max(4, round(self._t["events_per_1000"] * layout.tokens / 1000)),
        }

    def _length(self, skeleton: str) -> int:
        tokens = round(at_quantile(self._t["length_tokens"], self._lengths.draw()))
        # A brief is short whatever was drawn, but its share of long and short draws is not given back.
        return 145 + round(tokens * 0.16) if skeleton == "brief" else tokens

    def _topic(self, genre: str, skeleton: str) -> str:
        """Return a topic that fits the skeleton and was not told before; when all are told, with other facts."""
        pattern = self._t["skeletons"][skeleton].get("topics", "")
        fitting = [topic for topic in self._t["topics"][genre] if re.search(pattern, topic)]
        topic = self._topics[genre].draw([t for t in fitting if t not in self._told] or fitting or None)
        self._told.add(topic)
        return topic

    def _ending(self, skeleton: str, quoted: bool) -> dict[str, Any]:
        """Return an ending that fits: no law after a match, no quote where there is none."""
        rows: dict[str, dict[str, Any]] = self._t["endings"]
        shut = (
            {"article_of_law", "no_answer"}
            if skeleton in {"match_report", "festival", "ceremony", "profile_visit"}
            else set()
        )
        return rows[
            self._decks["endings"].draw(
                [k for k, row in rows.items() if k not in shut and (quoted or not row["quote"])]
            )
        ]

    def _places(self, genre: str) -> dict[str, str]:
        if genre == "foreign":
            return self._casting.abroad()
        # Government, court and politics need offices with one holder, so they are set in invented regencies.
        setting = self._decks["setting"].draw(["regency"] if genre in {"government", "politics", "court"} else None)
        return self._casting.regency() if setting == "regency" else self._casting.city()


def names_of(card: Card) -> set[str]:
    """Return the invented names of a card that no other card may have."""
    towns = {
        v for k, v in card.places.items() if k in {"regency", "district", "district_2", "village", "village_2", "town"}
    }
    return {person.name for person in card.people} | towns | {org for org in card.orgs if org.startswith("PT ")}


def quotes_of(card: Card, kind: str) -> list[Quote]:
    """Return the quotes of one type."""
    return [quote for quote in card.quotes if quote.type == kind]
