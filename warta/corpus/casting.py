"""Drawing of people, places and bodies for a card, none of them used twice in the corpus."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from warta.corpus.card import Person
from warta.corpus.decks import Deck, Quota

Tables = dict[str, Any]


class Casting:
    """Draws names from the registers of the tables and remembers what has been given out.

    ``taken`` holds full names, villages, companies and the like that must not be drawn (of cards made earlier).
    """

    def __init__(self, tables: Tables, rng: random.Random, taken: frozenset[str] = frozenset()) -> None:
        """Start with all names free but ``taken``."""
        self._tables = tables
        self._rng = rng
        self._used = set(taken) | set(tables["never_names"])
        self._provinces = Deck({name: row["weight"] for name, row in tables["provinces"].items()}, rng)
        self._cities = Deck({name: row["weight"] for name, row in tables["cities"].items()}, rng)
        self._countries = Deck({name: row["weight"] for name, row in tables["foreign"].items()}, rng)
        self._shapes = Deck(tables["name_shapes"], rng)
        self._degrees = Deck(tables["degrees"], rng)
        self._migrant = Quota(tables["migrants"], rng)
        self._drift = Quota(tables["spelling_drift_share"], rng)
        self._dialect = Quota(tables["dialect_share"], rng)
        self._figures = Quota(tables["figures_share"], rng)
        self._gender = Deck({"m": 64, "f": 36}, rng)

    def _new(self, make: Callable[[], str]) -> str:
        """Return the first result of ``make`` that has not been given out."""
        for _ in range(400):
            name = make()
            if name not in self._used:
                self._used.add(name)
                return name
        raise ValueError("a table of names is used up; add names to card_tables.yaml")

    def claim(self, name: str) -> bool:
        """Take a name made elsewhere; return whether it was still free."""
        if name in self._used:
            return False
        self._used.add(name)
        return True

    def regency(self) -> dict[str, str]:
        """Return the places of a local article: province, regency, districts, villages, street, zone, register."""
        rows = self._tables["provinces"]
        free = [name for name, row in rows.items() if any(r not in self._used for r in row["regencies"])]
        province = self._provinces.draw(free or None)
        row = rows[province]
        regency = self._new(lambda: self._rng.choice(row["regencies"])) if free else self.village(row["register"])
        places = {"province": province, "regency": regency, "zone": row["zone"], "register": row["register"]}
        for key in ("district", "district_2", "village", "village_2"):
            places[key] = self.village(row["register"])
        return places | {"street": self._rng.choice(self._tables["streets"])}

    def city(self) -> dict[str, str]:
        """Return the places of an article set in a real city; only neutral parts may be played there."""
        name = self._cities.draw()
        row = self._tables["cities"][name]
        places = {"province": row["province"], "city": name, "zone": row["zone"], "register": row["register"]}
        places["village"] = self.village(row["register"])
        return places | {"street": self._rng.choice(self._tables["streets"])}

    def abroad(self) -> dict[str, str]:
        """Return the places of a foreign article: country and region real, town invented."""
        rows = self._tables["foreign"]
        free = [name for name, row in rows.items() if any(t not in self._used for t in row["towns"])]
        country = self._countries.draw(free)
        row = rows[country]
        town = self._new(lambda: self._rng.choice(row["towns"]))
        return {"country": country, "region": row["region"], "town": town, "register": row["culture"]}

    def village(self, register: str) -> str:
        """Return an invented village name of the register's kind."""
        parts = self._tables["village_parts"]
        first, second = (part.split("|") for part in parts.get(register, parts["melayu"]))
        ends = ["Baru", "Jaya", "Timur", "Barat", "Utara", "Selatan", "Dalam", "Tengah", "Atas", "Bawah"]
        try:
            return self._new(lambda: (self._rng.choice(first) + self._rng.choice(second)).title())
        except ValueError:  # a large corpus uses up the plain names of a small register
            return self._new(
                lambda: f"{self._rng.choice(first)}{self._rng.choice(second)} {self._rng.choice(ends)}".title()
            )

    def org(self, kind: str, places: dict[str, str], topic: str = "") -> str:
        """Return an invented body: ``pt``, ``n`` (group or foundation), ``u`` (university), ``school``, ``club``, ``forg``."""
        table = self._tables["orgs"]
        home = places.get("regency") or places.get("city") or places.get("town", "")
        if kind == "pt":
            return self._new(lambda: "PT " + " ".join(self._rng.choice(part) for part in table["pt"]))
        if kind == "school":
            return str(self._rng.choice(table["school"])) + " " + places.get("district", home)
        if kind == "club":
            template = next((text for word, text in table["club"].items() if word in topic), "{R} FC")
            return str(template).format(R=home, N=self.org("n", places))
        fresh = [name for name in table[kind] if name not in self._used]
        name = self._rng.choice(fresh or table[kind])
        self._used.add(name)
        return str(name)

    def _skewed(self, pool: list[str]) -> str:
        """Return a name of a list in order of frequency: the n-th has weight 1/(n+1)."""
        return self._rng.choices(pool, weights=[1 / (i + 2) for i in range(len(pool))])[0]

    def _native(self, row: dict[str, Any], gender: str, shapes: list[str]) -> tuple[str, str]:
        """Return a full name not used before and the shape it has."""
        shape = self._shapes.draw(shapes)
        first, last = row[gender], row[f"{gender}2"]
        if shape == "mono" and all(name in self._used for name in row[f"mono_{gender}"]):
            shape = "two"

        def make() -> str:
            given, family = self._skewed(first), self._skewed(last)
            middle = self._skewed([n for n in last if n != family])
            if shape == "mono":
                return str(self._rng.choice(row[f"mono_{gender}"]))
            if shape == "m_dot" and gender == "m":
                return f"M {family}"
            made = {"three": f"{given} {middle} {family}", "initial": f"{given} {family[0]}"}
            return made.get(shape, f"{given} {family}")

        try:
            return self._new(make), shape
        except ValueError:  # likewise for two-part names: a middle name makes it new
            shape = "three"
            return self._new(make), shape

    def _later(self, name: str, row: dict[str, Any]) -> list[str]:
        """Return the short forms of a name as the press of the region uses them."""
        words = name.split()
        if len(words) == 1 or name.startswith(("Daeng", "Amaq", "Inaq")):
            return [name]
        if row.get("later") == "last":
            return [words[-1] if len(words[-1]) > 1 else " ".join(words[1:])]
        plain = (
            words[1]
            if words[0]
            in {
                "Muhammad",
                "M",
                "Siti",
                "Sitti",
                "Andi",
                "Cut",
                "Teuku",
                "Baiq",
                "Lalu",
                "Nur",
                "Hj",
                "Gusti",
                "Abdul",
                "I",
                "Ni",
            }
            and len(words[1]) > 1
            else words[0]
        )
        if row["surname"] and self._rng.random() < 0.5:
            plain = words[-1] if len(words[-1]) > 1 else plain
        return [plain]

    def person(self, ident: str, role: dict[str, Any], title: str, places: dict[str, str]) -> Person:
        """Return somebody with the role's title; officials have degrees and full names, residents may be mononyms."""
        gender = self._gender.draw()
        kind = role["kind"]
        low, high = role.get("ages") or ((18, 41) if kind == "sport" else (23, 66))
        age = self._rng.randint(low, high) if kind in {"resident", "other", "sport"} else None
        if places.get("country"):
            return self._foreigner(ident, kind, title, places["register"], gender, age)
        row = self._tables["registers"][places["register"]]
        if self._migrant.draw():
            row = self._tables["registers"][self._rng.choice(["jawa", "sunda", "batak", "bugis", "minang", "melayu"])]
        shapes = (
            ["two", "three", "m_dot"]
            if kind in {"official", "police", "expert", "business"}
            else list(self._tables["name_shapes"])
        )
        if kind == "official" and self._rng.random() < 0.1:
            shapes = ["mono"]
        if not role.get("alias") or gender == "f":
            shapes = [shape for shape in shapes if shape != "alias"]
        name, shape = self._native(row, gender, shapes)
        return self._finish(
            Person(
                id=ident,
                name=name,
                written="",
                later=self._later(name, row),
                gender=gender,
                role=title,
                age=age,
                kind=kind,
            ),
            shape,
            row["dialect"],
        )

    def _finish(self, person: Person, shape: str, dialect: str) -> Person:
        """Give a person degrees or an alias, traits of speech and now and then a second spelling."""
        full = person.name
        if shape == "alias":
            full += " alias " + self._rng.choice(
                ["Kecap", "Botak", "Gondrong", "Kancil", "Mamat", "Ucok", "Bajing", "Jabrik", "Cemong"]
            )
        if person.kind == "official":
            degree = self._degrees.draw()
            full = f"{degree} {full}" if degree in {"H", "Drs", "Ir"} and person.gender == "m" else full
            full = f"{full} {degree}" if degree in {"SH", "MSi", "SE", "ST", "SPd", "MM"} else full
        person.written = self._introduced(person, full)
        if person.id.startswith("S") and self._dialect.draw():
            person.speech = f"satu kutipan berlogat {dialect}"
        elif person.id.startswith("S") and self._figures.draw():
            person.speech = "menyebut angka dalam satu kutipan"
        short = person.later[0]
        if self._drift.draw() and len(short) > 3:
            vowels = {"i": "y", "u": "oe", "f": "p", "z": "j", "a": "ah"}
            spot = next((c for c in "ifzu" if c in short[1:]), "a")
            person.drift = short[0] + short[1:].replace(spot, vowels[spot], 1) + " (satu kali)"
        return person

    def _foreigner(self, ident: str, kind: str, title: str, culture: str, gender: str, age: int | None) -> Person:
        pools = self._tables["foreign_names"][culture]
        name = self._new(lambda: f"{self._rng.choice(pools[gender])} {self._rng.choice(pools['last'])}".strip())
        short = name.split()[0] if culture in {"korean", "thai", "malay"} else " ".join(name.split()[1:])
        person = Person(id=ident, name=name, written="", later=[short], gender=gender, role=title, age=age, kind=kind)
        person.written = self._introduced(person, name)
        return person

    def _introduced(self, person: Person, full: str) -> str:
        """Return the first mention: title before, title before with a comma, or title after."""
        aged = full + (f" ({person.age})" if person.age else "")
        if not person.role:
            return aged
        after = 0.45 if person.kind == "resident" else 0.0
        comma = 0.0 if person.kind == "police" or person.role.endswith(" dr") or len(person.role.split()) < 3 else 0.25
        u = self._rng.random()
        if u < after:
            return f"{aged}, {person.role}"
        return f"{person.role}, {aged}" if u < after + comma else f"{person.role} {aged}"

    def suspect(self, ident: str, title: str) -> Person:
        """Return somebody known by initials only, as suspects are."""
        letters = "ABDEFHIJKLMNPRSTWY"
        name = self._new(lambda: "".join(self._rng.choice(letters) for _ in range(self._rng.choice([2, 2, 2, 3]))))
        age = self._rng.randint(19, 56)
        return Person(
            id=ident, name=name, written=f"{name} ({age})", later=[name], gender="m", role=title, age=age, kind="other"
        )
