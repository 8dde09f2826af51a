"""Who is in an article: speakers whose roles are drawn, and others who are only told of."""

from __future__ import annotations

import random
import re
from typing import Any

from warta.corpus.card import Person
from warta.corpus.casting import Casting
from warta.corpus.decks import Deck, Quota

BODIES = (("{PT}", "pt"), ("{U}", "u"), ("{N}", "n"), ("{SCHOOL}", "school"), ("{CLUB}", "club"), ("{FORG}", "forg"))


class People:
    """Draws the people of one article after the other."""

    def __init__(self, tables: dict[str, Any], rng: random.Random, casting: Casting) -> None:
        """Start with nothing drawn."""
        self._t = tables
        self._rng = rng
        self._casting = casting
        self._roles = {genre: Deck({row["t"]: 1 for row in rows}, rng) for genre, rows in tables["roles"].items()}
        self._shared = Quota(tables["shared_surname_share"] * 2, rng)

    def fill(self, template: str, places: dict[str, str], orgs: dict[str, str], topic: str = "") -> str:
        """Return a template with places and bodies put in; bodies are drawn into ``orgs`` when first needed."""
        home = places.get("regency") or places.get("city") or places.get("town", "")
        fixed = {"{R}": home, "{K}": places.get("district", home), "{D}": places.get("village", ""), "{TOWN}": home}
        for mark, kind in BODIES:
            if mark in template:
                if kind not in orgs:
                    orgs[kind] = self._casting.org(kind, places, topic)
                fixed[mark] = orgs[kind]
        for mark, name in fixed.items():
            template = template.replace(mark, name)
        return template

    def speakers(
        self, genre: str, topic: str, places: dict[str, str], orgs: dict[str, str], count: int
    ) -> list[Person]:
        """Return ``count`` speakers with roles that the setting allows, and see that the genre's body is there."""
        rows = {row["t"]: row for row in self._t["roles"][genre]}
        free = [t for t, row in rows.items() if places.get("regency") or row["where"] != "regency"]
        free = [t for t in free if re.search(rows[t].get("fits", ""), topic)]
        people = []
        for number in range(1, min(count, len(free)) + 1):
            template = self._roles[genre].draw(free)
            free.remove(template)
            title = self.fill(template, places, orgs, topic)
            person = self._casting.person(f"S{number}", rows[template], title, places)
            if rows[template]["s"]:
                person.later.append(rows[template]["s"])
            people.append(person)
        if genre in {"economy", "technology", "transport", "environment"} and not orgs:
            orgs["pt"] = self._casting.org("pt", places)
        if genre == "sport":
            self.fill("{CLUB}", places, orgs, topic)
        return people

    def others(self, genre: str, places: dict[str, str], skeleton: str) -> list[Person]:
        """Return up to two people who do not speak; suspects are often known by initials only."""
        count = 0 if skeleton in {"price_list", "statistics", "explainer"} else self._rng.choice([0, 1, 1, 2])
        people = []
        for number in range(1, count + 1):
            title = self._rng.choice(self._t["others"][genre])
            if title in {"tersangka", "terdakwa"} and self._rng.random() < 0.6:
                people.append(self._casting.suspect(f"P{number}", title))
                continue
            kind = "official" if "pejabat" in title or "dewan" in title else "other"
            row: dict[str, Any] = {"kind": kind, "alias": genre in {"crime", "court", "disaster", "transport"}}
            row |= {"ages": [11, 16]} if title == "siswa" else {}
            person = self._casting.person(f"P{number}", row, "", places)
            person.role = title
            people.append(person)
        return people

    def share_surname(self, people: list[Person]) -> None:
        """Give two people of one article the same last name now and then."""
        named = [p for p in people if len(p.name.split()) == 2 and len(p.name.split()[1]) > 2]
        if len(named) < 2 or not self._shared.draw():
            return
        first, second = named[0], named[-1]
        old, new = second.name, f"{second.name.split()[0]} {first.name.split()[1]}"
        if second.gender == first.gender and self._casting.claim(new):
            second.name, second.written = new, second.written.replace(old, new)
            second.later = [first.name.split()[1] if x == old.split()[1] else x for x in second.later]
