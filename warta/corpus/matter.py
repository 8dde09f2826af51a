"""What an article tells besides its quotes: events, figures, days, linking words, boilerplate, imperfections."""

from __future__ import annotations

import datetime
import math
import random
from typing import Any

from warta.corpus.card import Dates, Flaw, Length, Line, Mentions, Outlet, Person, Quote, Wanted, Words
from warta.corpus.decks import Deck, Quota, Strata, at_quantile

WEEKDAYS = ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
MONTHS = [
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
]
REALIS = {
    "planned_event": ("future", "positive"),
    "denied_event": ("actual", "negative"),
    "alleged_event": ("hypothetical", "positive"),
    "hypothetical_event": ("hypothetical", "positive"),
    "generic_event": ("generic", "positive"),
}
TOKENS_PER_WORD = 1.18


def written_date(day: datetime.date, form: str) -> str:
    """Return a day as Indonesian news writes it: ``paren``, ``paren_short``, ``long`` or ``weekday``."""
    name = WEEKDAYS[day.weekday()]
    return {
        "paren": f"{name} ({day.day}/{day.month}/{day.year})",
        "paren_short": f"{name} ({day.day}/{day.month})",
        "long": f"{name}, {day.day} {MONTHS[day.month - 1]} {day.year}",
        "weekday": name,
    }[form]


def poisson(mean: float, u: float) -> int:
    """Return the Poisson number at quantile ``u``."""
    k, mass = 0, math.exp(-mean)
    total = mass
    while u > total and k < 12:
        k += 1
        mass *= mean / k
        total += mass
    return k


class Matter:
    """Draws everything of an article that is neither person, place nor quote."""

    def __init__(self, tables: dict[str, Any], rng: random.Random) -> None:
        """Start with nothing drawn."""
        self._t = tables
        self._rng = rng
        names = ("outlet_styles", "dashes", "quote_marks", "date_form", "years", "links")
        self._decks = {
            n: Deck({str(k): v["weight"] if isinstance(v, dict) else v for k, v in tables[n].items()}, rng)
            for n in names
        }
        self._events = {genre: Deck(dict.fromkeys(rows, 1.0), rng) for genre, rows in tables["event_types"].items()}
        self._flaw = Deck(dict.fromkeys(tables["imperfections"]["kinds"], 1.0), rng)
        self._strata = {name: Strata(rng, 8) for name in ("links", "sentence", "flaw", "distinct", "long")}
        self._phenomena = {name: Quota(row["share"], rng) for name, row in tables["phenomena"].items()}
        self._turn = Quota(tables["turns_share"], rng)
        styles = {name: row["weight"] for name, row in tables["outlet_styles"].items()}
        self._boiler = {
            name: Quota(row["share"] * sum(styles.values()) / sum(styles[s] for s in row["styles"]), rng)
            for name, row in tables["boilerplate"].items()
        }
        self._outlets: list[str] = []

    def outlet(self, places: dict[str, str]) -> Outlet:
        """Return house style and name, with the dateline written out."""
        style = self._decks["outlet_styles"].draw()
        row = self._t["outlet_styles"][style]
        if not self._outlets:
            self._outlets = self._rng.sample(self._t["outlets"], len(self._t["outlets"]))
        name = self._outlets.pop()
        agency = self._rng.choice(self._t["agencies"])
        place = places.get("regency") or places.get("city") or places.get("town", "")
        dateline = str(row["dateline"]).format(
            OUTLET=name.upper(), CITY=place.upper(), Place=place, DASH=self._decks["dashes"].draw(), AGENCY=agency
        )
        marks = self._decks["quote_marks"].draw()
        return Outlet(
            style=style,
            name=agency if style == "agency" else name,
            description=row["description"],
            dateline=dateline,
            quote_marks=marks,
        )

    def dates(self) -> Dates:
        """Return the days of the article in 2021 to 2025, the weekdays computed."""
        rng = self._rng
        day = datetime.date(int(self._decks["years"].draw()), 1, 1) + datetime.timedelta(days=rng.randrange(365))
        form = self._decks["date_form"].draw()
        happened = day - datetime.timedelta(days=rng.choice([0, 0, 1, 1, 1, 2, 4]))
        planned = day + datetime.timedelta(days=rng.randint(3, 40))
        past = day - datetime.timedelta(days=rng.randint(30, 700))
        other = [
            f"{planned.day} {MONTHS[planned.month - 1]} {planned.year}",
            rng.choice(
                [
                    f"{MONTHS[past.month - 1]} {past.year}",
                    f"tahun {past.year}",
                    f"{past.day} {MONTHS[past.month - 1]} {past.year}",
                ]
            ),
        ]
        return Dates(
            published=day.isoformat(),
            spoken=written_date(day, form),
            happened=happened.isoformat(),
            happened_written=written_date(happened, form),
            other=other,
        )

    def length(self, tokens: int, lines: int) -> Length:
        """Return token, line and sentence counts with the margins the gate allows."""
        mean = at_quantile(self._t["sentence_mean"], self._strata["sentence"].draw())
        sentences = max(lines, round(tokens / mean))
        over = round(sentences * at_quantile(self._t["sentences_over_35"], self._strata["long"].draw()))
        return Length(
            tokens=tokens,
            least=round(tokens * 0.88),
            most=round(tokens * 1.12),
            lines=lines,
            sentences=sentences,
            under_8_at_most=max(1, round(0.07 * sentences)),
            over_35=over,
        )

    def phenomena(
        self, quotes: list[Quote], speakers: list[Person], genre: str, late: bool, chosen: list[str], holder: str
    ) -> tuple[list[str], list[Wanted]]:
        """Return the drawn hard cases as obligations, and the events among them."""
        texts, events = [], []
        for name in chosen:
            row = self._t["phenomena"][name]["cara"]
            if name == "late_name" and not late:
                continue
            if name == "nested_attribution":
                inside = [q for q in quotes if q.type == "direct" and (q.words or 0) >= 14]
                if not inside:
                    continue
                row = row.format(quote=self._rng.choice(inside).id)
            if name in REALIS:
                fitting = self._fitting(name, genre)
                kind = self._events[genre].draw(fitting) if fitting else "justice.crime"
                realis, polarity = REALIS[name]
                triggers = ", ".join(self._t["triggers"][kind])
                events.append(Wanted(type=kind, triggers=triggers, realis=realis, polarity=polarity))
                row = row.format(event=f"{kind} ({triggers})")
            if name == "document_speaker":
                row += f": {self._rng.choice(self._t['documents'][genre])} ({holder})"
            texts.append(f"{name}: {row.format(speaker=speakers[0].id) if '{speaker}' in row else row}")
        return texts, events

    def _fitting(self, phenomenon: str, genre: str) -> list[str]:
        """Return the event types that can be alleged: what one may be suspected of; any type for the other cases."""
        if phenomenon != "alleged_event":
            return list(self._t["event_types"][genre])
        grave = ("justice.", "life.", "conflict.", "disaster.", "economy.trade")
        return [kind for kind in self._t["event_types"][genre] if kind.startswith(grave)]

    def choose_phenomena(self) -> list[str]:
        """Return the hard cases whose turn it is."""
        return [name for name, quota in self._phenomena.items() if quota.draw()]

    def events(self, genre: str, tokens: int, special: list[Wanted]) -> list[Wanted]:
        """Return the special events and as many plain types as the length carries."""
        count = max(2, min(7, round(tokens / 60)))
        kinds: list[str] = []
        while len(kinds) < min(count, len(self._t["event_types"][genre]) - 1):
            kind = self._events[genre].draw([k for k in self._t["event_types"][genre] if k not in kinds])
            kinds.append(kind)
        return special + [Wanted(type=kind, triggers=", ".join(self._t["triggers"][kind])) for kind in kinds]

    def words(self, tokens: int) -> Words:
        """Return linking words, the allowance of distinct words, and the turn if one is allowed."""
        rate = at_quantile(self._t["links_per_1000"], self._strata["links"].draw())
        links = [self._decks["links"].draw() for _ in range(round(rate * tokens / TOKENS_PER_WORD / 1000))]
        distinct = round(140 * at_quantile(self._t["distinct_140"], self._strata["distinct"].draw()))
        turn = self._rng.choice(self._t["turns"]) if self._turn.draw() else None
        return Words(
            links=links, distinct_first_140_at_least=distinct - 6, distinct_first_140_at_most=distinct + 3, turn=turn
        )

    def boilerplate(self, outlet: Outlet, lines: int) -> list[str]:
        """Return furniture of the page, each with its place; such lines are not counted among the card's lines."""
        found = []
        for name, row in self._t["boilerplate"].items():
            if outlet.style not in row["styles"] or not self._boiler[name].draw():
                continue
            text = self._rng.choice(row["texts"])
            if row["line"] == "own":
                found.append(f"own line after line {self._rng.randint(2, max(2, lines - 2))}: {text}")
            else:
                found.append(
                    f"{'last line of its own' if row['line'] == 'last' else 'at the end of the last paragraph'}: {text}"
                )
        return found[:2]

    def flaws(self, lines: list[Line]) -> list[Flaw]:
        """Return the imperfections of the article: Poisson in number, evenly spread over kinds."""
        mean = float(self._t["imperfections"]["mean"])
        spoken = [line.line for line in lines if any(" direct, " in text for text in line.has)][1:]
        quoting = {"unclosed_quote", "comma_outside"}
        kinds = [k for k in self._t["imperfections"]["kinds"] if spoken or k not in quoting]
        flaws: list[Flaw] = []
        for _ in range(poisson(mean, self._strata["flaw"].draw())):
            kind = self._flaw.draw([k for k in kinds if k not in {f.kind for f in flaws}])
            line = self._rng.choice(spoken) if kind in quoting else self._rng.randint(3, max(3, len(lines) - 1))
            flaws.append(Flaw(kind=kind, what=self._t["imperfections"]["kinds"][kind], line=line))
        return flaws

    def mentions(self, genre: str, tokens: int, places: dict[str, str], people: int) -> Mentions:
        """Return how many mentions there must be and the figures to use."""
        total = round(self._t["mentions_per_1000"] * tokens / 1000)
        figures = self._figures(genre, max(2, round(tokens / 55)), places)
        values = len(figures) + 3
        roles = max(1, min(people + 1, total // 8))
        return Mentions(
            at_least=total, names=max(4, total - values - roles), roles=roles, values=values, figures=figures
        )

    def _figures(self, genre: str, count: int, places: dict[str, str]) -> list[str]:
        bag = [kind for kind, n in self._t["value_types"][genre].items() for _ in range(n)]
        kinds = self._rng.sample(bag, min(count, len(bag)))
        return sorted({f"{kind}: {self._figure(kind, genre, places)}" for kind in kinds})

    def _figure(self, kind: str, genre: str, places: dict[str, str]) -> str:
        rng = self._rng
        if kind == "CRD":
            n = rng.choice(
                [rng.randint(2, 12), rng.randint(2, 12), rng.randint(13, 99), round(10 ** rng.uniform(2, 3.7))]
            )
            return f"{n:,}".replace(",", ".")
        if kind == "PRC":
            return f"{rng.choice([str(rng.randint(2, 96)), f'{rng.uniform(0.4, 60):.1f}', f'{rng.uniform(0.4, 30):.2f}'])} persen".replace(
                ".", ","
            )
        if kind == "QTY":
            unit = rng.choice(self._t["units"].get(genre, ["meter"]))
            number = rng.choice(
                [str(rng.randint(2, 90)), f"{rng.randint(1, 19)}.{rng.randint(1, 9)}", str(rng.randint(2, 90) * 10)]
            )
            return f"{number.replace('.', ',')} {unit}"
        if kind == "TIM":
            zone = places.get("zone", "waktu setempat")
            hour = rng.randint(0, 23) if genre in {"crime", "disaster", "transport"} else rng.randint(7, 21)
            minute = rng.choice([0, 0, 10, 15, 30, 45, rng.randint(1, 59)])
            return f"pukul {hour:02d}.{minute:02d} {zone}"
        if kind == "ORD":
            return rng.choice(["pertama", "kedua", "ketiga", f"ke-{rng.randint(4, 40)}"])
        return self._money(genre, places)

    def _money(self, genre: str, places: dict[str, str]) -> str:
        rng = self._rng
        if places.get("country"):
            return f"{rng.choice([str(rng.randint(2, 90)), f'{rng.uniform(1, 9):.1f}'])} juta dolar AS".replace(
                ".", ","
            )
        if genre in {"economy", "service", "transport", "culture"} and rng.random() < 0.7:
            return "Rp " + f"{rng.randint(3, 240) * 500:,}".replace(",", ".")
        unit = rng.choice(["juta", "juta", "miliar"])
        number = (
            str(rng.randint(2, 90) * 10 if unit == "juta" else rng.randint(2, 60))
            if rng.random() < 0.5
            else f"{rng.uniform(1, 30):.1f}"
        )
        return f"Rp {number.replace('.', ',')} {unit}"
