"""Drawing of the quotes of a card: which, by whom, with which cue and form of source, and in what order."""

from __future__ import annotations

import itertools
import random
from typing import Any

from warta.corpus.card import Person, Quote
from warta.corpus.decks import Deck, Quota, Strata, at_quantile


class QuoteDrawer:
    """Draws the quotes of one article after the other, keeping the shares of the tables over articles."""

    def __init__(self, tables: dict[str, Any], rng: random.Random) -> None:
        """Start with nothing drawn."""
        self._t = tables
        self._rng = rng
        self._direct = Deck({str(k): v for k, v in tables["direct_quotes"].items()}, rng)
        self._indirect = Deck({str(k): v for k, v in tables["indirect_quotes"].items()}, rng)
        self._mixed = Deck({str(k): v for k, v in tables["mixed_quotes"].items()}, rng)
        self._words = Strata(rng, 10)
        self._plain = Deck(tables["cues_plain"], rng)
        self._clitic = Deck(tables["cues_clitic"], rng)
        self._before = Deck(tables["cues_before"], rng)
        self._cue_indirect = Deck(tables["cues_indirect"], rng)
        self._form = Deck(tables["sources_direct"], rng)
        self._form_indirect = Deck(tables["sources_indirect"], rng)
        self._filler = Deck(tables["fillers"], rng)
        self._two = Quota(tables["quote_sentences_two_share"] * 1.25, rng)
        self._split = Quota(tables["quote_split_share"] * 1.5, rng)
        self._quotable = Quota(tables["quote_quotable_share"], rng)
        self._echo = Quota(tables["echo_share"], rng)
        self._menurutnya = Quota(tables["menurut_clitic_share"], rng)
        self._place = {k: Quota(v, rng) for k, v in tables["cue_before_share"].items()}

    def counts(self, tokens: int) -> tuple[int, int, int]:
        """Return how many direct, indirect and mixed quotes an article of ``tokens`` tokens has."""
        # A direct quote with its clause takes about 38 tokens and an article is at most two thirds speech.
        most = max(1, tokens // 70)
        direct = int(self._direct.draw([k for k in map(str, self._t["direct_quotes"]) if int(k) <= most]))
        low, high = (2, max(2, tokens // 75)) if tokens < 420 else (3, 7)
        keys = [k for k in map(str, self._t["indirect_quotes"]) if low <= int(k) <= high]
        indirect = int(self._indirect.draw(keys))
        mixed = int(self._mixed.draw()) if tokens > 220 else 0
        return direct, indirect + (1 if direct == 0 and tokens > 200 else 0), mixed

    def draw(
        self, counts: tuple[int, int, int], speakers: list[Person], *, translated: bool, late: bool
    ) -> list[Quote]:
        """Return the quotes in the order of the text, each with its reporting clause."""
        kinds = self._order(counts)
        runs = self._assign(kinds, speakers)
        quotes: list[Quote] = []
        seen: set[str] = set()
        last_direct = max((i for i, (kind, _) in enumerate(runs) if kind == "direct"), default=-1)
        for i, (kind, person) in enumerate(runs):
            same = bool(quotes) and quotes[-1].speaker == person.id
            fresh = person.id not in seen
            hidden = late and person is speakers[0] and fresh
            make = self._direct_quote if kind == "direct" else self._indirect_quote
            quote = make(person, fresh=fresh, same=same, last=i == last_direct, translated=translated)
            named_later = late and person is speakers[0] and sum(q.speaker == person.id for q in quotes) == 1
            if hidden or named_later:
                self._disguise(quote, person, hidden=hidden)
            quote.type = kind
            quote.id = f"Q{i + 1}"
            seen.add(person.id)
            quotes.append(quote)
        self._link_echoes(quotes)
        return quotes

    def _order(self, counts: tuple[int, int, int]) -> list[str]:
        """Return the kinds in order: an indirect one before most direct ones, the rest wherever."""
        direct, indirect, mixed = counts
        units = [["direct"] for _ in range(direct)]
        wanted = [unit for unit in units if self._echo.draw()]
        for unit in wanted[:indirect]:
            unit.insert(0, "indirect")
        loose = [["indirect"] for _ in range(indirect - min(indirect, len(wanted)))] + [["mixed"] for _ in range(mixed)]
        self._rng.shuffle(units)
        if direct == 0:
            self._rng.shuffle(loose)
            return [kind for unit in loose for kind in unit]
        for unit in loose:
            # The last unit stays a direct quote, because half of all articles end on one.
            units.insert(self._rng.randint(min(1, len(units) - 1), len(units) - 1), unit)
        return [kind for unit in units for kind in unit]

    def _assign(self, kinds: list[str], speakers: list[Person]) -> list[tuple[str, Person]]:
        """Give each speaker a run of quotes, the first the longest, and let the first come back at the end now and then."""
        n, m = len(kinds), min(len(speakers), len(kinds))
        cuts = [0]
        for k in range(m):
            left, people = n - cuts[-1], m - k
            size = (
                left if people == 1 else max(1, min(left - people + 1, round(left / people + (0.6 if k == 0 else 0))))
            )
            # An echo and the quote it belongs to keep one speaker.
            end = cuts[-1] + size
            if (
                people > 1
                and end < n
                and kinds[end - 1] == "indirect"
                and kinds[end] == "direct"
                and n - end - 1 >= people - 1
            ):
                end += 1
            cuts.append(end)
        owner = [k for k in range(m) for _ in range(cuts[k], cuts[k + 1])]
        if m > 1 and n - cuts[m - 1] > 2 and self._rng.random() < 0.3:
            owner[-1] = 0
        return [(kind, speakers[owner[i]]) for i, kind in enumerate(kinds)]

    def _direct_quote(self, person: Person, *, fresh: bool, same: bool, last: bool, translated: bool) -> Quote:
        words = round(at_quantile(self._t["quote_words"], self._words.draw()))
        form = "title_name" if fresh else self._form.draw(self._forms(person, same, ["nya", "dia"]))
        shut = set(self._t["cues_continuing"] if fresh else []) | set(
            [] if last and not fresh else self._t["cues_closing"]
        )
        deck, table = (self._clitic, "cues_clitic") if form == "nya" else (self._plain, "cues_plain")
        cue = deck.draw([c for c in self._t[table] if c not in shut])
        before = self._place["translated" if translated else "native"].draw()
        split = words >= 18 and not before and self._split.draw()
        two = words >= 12 and (split or self._two.draw())
        filler = self._filler.draw() if words >= 10 and not translated else "none"
        written = f"{cue}nya" if form == "nya" else f"{cue} {self._source(person, form, fresh)}"
        if before:
            form = "title_name" if fresh else "name"
            cue = self._before.draw([c for c in self._t["cues_before"] if not (fresh and c == "menambahkan")])
            source = self._source(person, form, fresh)
            written = f"{source}{',' if ', ' in source else ''} {cue},"
        return Quote(
            id="",
            type="direct",
            speaker=person.id,
            cue=cue,
            source=form,
            written=written,
            words=words,
            sentences=(3 if words > 34 and self._rng.random() < 0.5 else 2) if two else 1,
            place="before the quote" if before else "after the quote",
            filler=None if filler == "none" else filler,
            split=split,
            quotable=self._quotable.draw(),
        )

    def _indirect_quote(self, person: Person, *, fresh: bool, same: bool, last: bool, translated: bool) -> Quote:
        del last, translated
        shut = {"menambahkan", "melanjutkan"} if fresh or not same else set()
        cue = self._cue_indirect.draw([c for c in self._t["cues_indirect"] if c not in shut])
        form = "title_name" if fresh else self._form_indirect.draw(self._forms(person, same, ["dia", "ia"]))
        if cue == "menurut" and same and not fresh and self._menurutnya.draw():
            return Quote(id="", type="indirect", speaker=person.id, cue=cue, source="nya", written="Menurutnya,")
        source = self._source(person, form, fresh)
        if cue == "menurut":
            source = "dia" if source == "ia" else source
            return Quote(
                id="",
                type="indirect",
                speaker=person.id,
                cue=cue,
                source="dia" if form == "ia" else form,
                written=f"Menurut {source},",
            )
        written = f"{source[0].upper()}{source[1:]}{',' if ', ' in source else ''} {cue}"
        return Quote(id="", type="indirect", speaker=person.id, cue=cue, source=form, written=written)

    def _forms(self, person: Person, same: bool, pronouns: list[str]) -> list[str]:
        """Return the forms a source may have: pronouns only after a quote of the same speaker, titles where there are any."""
        return ["name", "noun"] + (["title_name"] if len(person.later) > 1 else []) + (pronouns if same else [])

    def _source(self, person: Person, form: str, fresh: bool) -> str:
        """Return the words of the source: first mention in full, later the drawn form."""
        if fresh:
            return person.written
        noun = person.later[-1] if len(person.later) > 1 else ""
        return {
            "name": person.later[0],
            "title_name": f"{noun} {person.later[0]}".strip(),
            "dia": "dia",
            "ia": "ia",
            "noun": noun or ("perempuan itu" if person.gender == "f" else "pria itu"),
        }.get(form, person.later[0])

    def _disguise(self, quote: Quote, person: Person, *, hidden: bool) -> None:
        """Make the speaker's first clause nameless and the next one the first with the name."""
        lower = "seorang " + (person.role[0].lower() + person.role[1:])
        source = lower if hidden else person.written
        quote.source = "noun" if hidden else "title_name"
        cue = "kata" if quote.cue in {"menambahkan", "melanjutkan"} else quote.cue
        if quote.type == "direct":
            quote.cue = cue
            quote.written = f"{source} {cue}," if quote.place == "before the quote" else f"{cue} {source}"
        elif quote.cue == "menurut":
            quote.written = f"Menurut {source},"
        else:
            quote.cue = "mengatakan" if cue == "kata" else quote.cue
            quote.written = f"{source}{',' if ', ' in source else ''} {quote.cue}"
        quote.written = quote.written[0].upper() + quote.written[1:] if quote.type != "direct" else quote.written

    def _link_echoes(self, quotes: list[Quote]) -> None:
        for before, after in itertools.pairwise(quotes):
            if before.type == "indirect" and after.type == "direct" and before.speaker == after.speaker:
                after.echo = before.id
