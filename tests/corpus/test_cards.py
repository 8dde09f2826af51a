from __future__ import annotations

import datetime
import random
import statistics
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.corpus.card import Card
from warta.corpus.cards import Drawer, card_text, load_tables, names_of, quotes_of, read_card
from warta.corpus.decks import Deck, Quota, Strata, at_quantile
from warta.corpus.matter import WEEKDAYS, poisson, written_date

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"
SEEDS = (1, 2)


@pytest.fixture(scope="module", params=SEEDS)
def cards(request: pytest.FixtureRequest) -> list[Card]:
    drawer = Drawer(load_tables(ARTICLES / "card_tables.yaml"), request.param)
    return [drawer.next_card() for _ in range(60)]


def test_same_seed_draws_the_same_and_a_longer_run_begins_with_the_shorter() -> None:
    tables = load_tables(ARTICLES / "card_tables.yaml")
    first, second = Drawer(tables, 7), Drawer(tables, 7)
    short = [card_text(first.next_card()) for _ in range(5)]
    long = [card_text(second.next_card()) for _ in range(9)]
    assert long[:5] == short
    assert card_text(Drawer(tables, 8).next_card()) != short[0]


def test_a_card_is_read_back_as_it_was_written(cards: list[Card], tmp_path: Path) -> None:
    path = tmp_path / "w-0001.yaml"
    path.write_text(card_text(cards[0]), encoding="utf-8")
    assert read_card(path) == cards[0]


def test_no_name_is_given_out_twice(cards: list[Card]) -> None:
    counts = Counter(name for card in cards for name in names_of(card))
    assert [name for name, count in counts.items() if count > 1] == []


def test_shares_keep_to_the_plan(cards: list[Card]) -> None:
    n = len(cards)
    assert max(Counter(card.skeleton for card in cards).values()) <= 0.10 * n
    assert len({card.skeleton for card in cards}) >= 15
    assert max(Counter(card.opening for card in cards).values()) <= 0.16 * n
    assert max(Counter(card.ending for card in cards).values()) <= 0.16 * n
    assert 0.42 <= sum(card.ends_on_quote for card in cards) / n <= 0.58
    assert 0.15 <= sum(not quotes_of(card, "direct") for card in cards) / n <= 0.27
    lengths = [card.length.tokens for card in cards]
    assert 320 <= statistics.median(lengths) <= 390
    assert min(lengths) >= 142
    assert max(lengths) <= 616


def test_quotes_keep_to_the_plan(cards: list[Card]) -> None:
    quotes = [quote for card in cards for quote in card.quotes]
    direct = [quote for quote in quotes if quote.type == "direct"]
    assert 6 <= len(quotes) / len(cards) <= 8
    assert 0.14 <= sum(q.source == "nya" for q in quotes) / len(quotes) <= 0.24
    assert 0.55 <= sum(q.echo is not None for q in direct) / len(direct) <= 0.75
    assert 0.35 <= sum((q.sentences or 0) > 1 for q in direct) / len(direct) <= 0.6
    assert 19 <= statistics.median(q.words or 0 for q in direct) <= 25
    assert sum(q.quotable for q in direct) / len(direct) <= 0.11


def test_each_card_can_be_obeyed(cards: list[Card]) -> None:
    for card in cards:
        ids = {person.id for person in card.people}
        assert {quote.speaker for quote in card.quotes} <= ids
        listed = [text.split()[0] for line in card.lines for text in line.has if text.startswith("Q")]
        assert listed == [quote.id for quote in card.quotes]
        assert [line.line for line in card.lines] == list(range(1, card.length.lines + 1))
        assert 0.9 <= sum(line.tokens for line in card.lines) / card.length.tokens <= 1.15
        if card.ends_on_quote:
            assert " direct, " in card.lines[-1].has[-2]
        if not any(p.startswith("late_name") for p in card.phenomena):
            for person in card.people:
                first = next((q for q in card.quotes if q.speaker == person.id), None)
                assert first is None or person.name in first.written


def test_offices_with_one_holder_are_set_in_invented_places(cards: list[Card]) -> None:
    offices = ("Bupati", "Kapolres", "Kepala Dinas", "Ketua DPRD", "Camat", "Kepala Desa", "Sekretaris Daerah")
    tables = load_tables(ARTICLES / "card_tables.yaml")
    invented = {regency for row in tables["provinces"].values() for regency in row["regencies"]}
    for card in cards:
        for person in card.people:
            if person.role.startswith(offices):
                assert card.places["regency"] in invented or "regency" in card.places


def test_days_have_their_weekday(cards: list[Card]) -> None:
    for card in cards:
        day = datetime.date.fromisoformat(card.date.published)
        assert 2021 <= day.year <= 2025
        assert card.date.spoken.split(" ")[0].rstrip(",") == WEEKDAYS[day.weekday()]
        assert datetime.date.fromisoformat(card.date.happened) <= day


def test_written_dates() -> None:
    day = datetime.date(2023, 3, 14)
    assert written_date(day, "paren") == "Selasa (14/3/2023)"
    assert written_date(day, "paren_short") == "Selasa (14/3)"
    assert written_date(day, "long") == "Selasa, 14 Maret 2023"
    assert written_date(day, "weekday") == "Selasa"


@given(
    st.dictionaries(st.sampled_from("abcdef"), st.integers(1, 9), min_size=2), st.integers(0, 99), st.integers(20, 120)
)
def test_a_deck_keeps_its_shares_in_every_run(weights: dict[str, int], seed: int, draws: int) -> None:
    deck = Deck(weights, random.Random(seed))
    counts = Counter(deck.draw() for _ in range(draws))
    for key, weight in weights.items():
        assert abs(counts[key] - draws * weight / sum(weights.values())) <= 2.5


def test_a_deck_draws_only_what_is_allowed() -> None:
    deck = Deck({"a": 9, "b": 1}, random.Random(0))
    assert {deck.draw(["b"]) for _ in range(5)} == {"b"}
    with pytest.raises(ValueError, match="nothing to draw"):
        deck.draw(["c"])


def test_quota_and_strata_and_quantiles() -> None:
    quota = Quota(0.25, random.Random(3))
    assert 4 <= sum(quota.draw() for _ in range(20)) <= 6
    assert not Quota(0, random.Random(3)).draw()
    assert Quota(1, random.Random(3)).draw()
    strata = Strata(random.Random(3), 4)
    assert sorted(int(strata.draw() * 4) for _ in range(4)) == [0, 1, 2, 3]
    assert at_quantile({"quantiles": [0, 0.5, 1], "values": [10, 20, 60]}, 0.75) == 40
    assert [poisson(1.0, u) for u in (0.1, 0.5, 0.8, 0.95)] == [0, 1, 2, 3]


def test_names_taken_before_are_not_drawn_again() -> None:
    tables = load_tables(ARTICLES / "card_tables.yaml")
    old = names_of(Drawer(tables, 5).next_card())
    drawer = Drawer(tables, 5, frozenset(old))
    assert not any(old & names_of(drawer.next_card()) for _ in range(8))
