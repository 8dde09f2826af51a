from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest

from warta.corpus.card import Card, Flaw
from warta.corpus.cards import Drawer, load_tables
from warta.corpus.gate import Article, check_across, check_article, check_foreign, check_format, check_medians
from warta.corpus.measures import load_bounds
from warta.corpus.obedience import check_card

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"
TABLES = load_tables(ARTICLES / "card_tables.yaml")
BOUNDS = load_bounds(ARTICLES / "news_bounds.json")


def obeying(card: Card) -> str:
    """A text that has the clauses, names and words of the card, whatever its sense."""
    lines = ["Warga Menunggu Perbaikan Jalan Desa", f"{card.outlet.dateline}Rapat digelar {card.date.spoken} di balai."]
    for quote in card.quotes:
        inside = " ".join(f"kata{i}" for i in range(quote.words or 0))
        clause = quote.written.rstrip(",")
        if quote.type == "direct" and quote.place == "before the quote":
            lines.append(f'{clause[0].upper()}{clause[1:]}, "{inside}."')
        elif quote.type == "direct":
            lines.append(f'"{inside}," {clause}.')
        else:
            lines.append(f"{clause} jalan desa diperbaiki tahun depan.")
    named = " ".join(person.name for person in card.people)
    figures = " ".join(figure.split(": ")[1] for figure in card.mentions.figures)
    lines.append(f"Hadir {named}. Angkanya {figures}. {' '.join(card.words.links)}")
    return "\n".join(lines)


@pytest.fixture
def card() -> Card:
    drawer = Drawer(TABLES, 3)
    cards = [drawer.next_card() for _ in range(20)]
    good = [c for c in cards if c.outlet.dateline and c.words.links and sum(q.type == "direct" for q in c.quotes) > 1]
    good = [
        c
        for c in good
        if c.reference == "native" and not any(q.split for q in c.quotes) and c.outlet.quote_marks == "straight"
    ]
    return msgspec.structs.replace(good[0], imperfections=[], boilerplate=[])


def checks(card: Card, text: str, log: str | None = "") -> set[str]:
    return {finding.check for finding in check_card(card, text, log, TABLES)}


SHAPE = {"card.tokens", "card.lines", "card.distinct", "card.long_sentences", "card.short_sentences"}


def test_a_text_with_what_the_card_asks_for_passes(card: Card) -> None:
    assert checks(card, obeying(card)) - SHAPE == set()


@pytest.mark.parametrize(
    ("check", "damage"),
    [
        ("card.dateline", lambda c, t: t.replace(c.outlet.dateline, "")),
        ("card.person", lambda c, t: t.replace(c.people[0].name, "Seseorang")),
        ("card.clause", lambda c, t: t.replace(next(q for q in c.quotes if q.type == "direct").written, "katakata")),
        ("card.marks", lambda c, t: t.replace('"', "”")),
        ("card.links", lambda c, t: t.replace(c.words.links[0], "")),
        ("card.turn", lambda c, t: t + "\nItu bukan jalan kabupaten, melainkan jalan desa."),
        ("card.figures", lambda c, t: t.split("Angkanya")[0]),
        ("card.date", lambda c, t: t.replace(c.date.spoken, "kemarin")),
        ("card.boilerplate", lambda c, t: t + "\nSCROLL UNTUK LANJUT MEMBACA"),
        ("card.quote_words", lambda c, t: t.replace("kata3 kata4", "kata3 " + "lagi " * 40 + "kata4")),
    ],
)
def test_each_departure_is_found(card: Card, check: str, damage: Any) -> None:
    card = msgspec.structs.replace(card, words=msgspec.structs.replace(card.words, turn=None))
    assert check in checks(card, damage(card, obeying(card)))


def test_the_log_must_be_there_and_agree(card: Card) -> None:
    text = obeying(card)
    assert "log.missing" in checks(card, text, None)
    flawed = msgspec.structs.replace(card, imperfections=[Flaw(kind="doubled_word", what="", line=3)])
    assert "log.kinds" in checks(flawed, text, "")
    assert "log.where" in checks(flawed, text, "doubled_word\tkata yang tidak ada")
    assert not {"log.kinds", "log.where"} & checks(flawed, text, "doubled_word\tRapat digelar")


@pytest.mark.parametrize(
    ("text", "check"),
    [
        ("Judul\nSatu.\nDua.\nTiga.\n", "format.end"),
        ("Judul\n\nSatu.\nDua.\nTiga.", "format.blank"),
        ("Judul\nSatu  dua.\nDua.\nTiga.", "format.space"),
        ("Judul\nSatu \nDua.\nTiga.", "format.space"),
        ("Judul\nSatu\u0301 e\u0301.\nDua.\nTiga.", "format.nfc"),
        ("Judul\n**Satu**.\nDua.\nTiga.", "format.markup"),
        ("Judul\n«Satu».\nDua.\nTiga.", "format.marks"),
        ("Judul.\nSatu.\nDua.\nTiga.", "format.headline"),
        ("Judul\nSatu.", "format.lines"),
        ("Judul\nSa\u200btu.\nDua.\nTiga.", "format.control"),
    ],
)
def test_faults_of_form(text: str, check: str) -> None:
    assert check in {finding.check for finding in check_format("w-1", text)}


def test_clean_form_has_no_fault() -> None:
    assert check_format("w-1", 'Judul\nSatu.\n"Dua," kata dia.\nTiga.') == []


def test_three_measures_outside_are_refused_and_two_are_noted() -> None:
    text = "Judul Berita\n" + "\n".join(["Ya. Tidak. Ya. Tidak."] * 30)
    found, _ = check_article(Article("w-1", text, None), BOUNDS, TABLES)
    assert {"measures", "card.missing"} <= {finding.check for finding in found}


def test_shared_runs_names_and_phrases(card: Card) -> None:
    same = "warga desa menunggu perbaikan jembatan gantung sejak bulan lalu"
    articles = [Article(f"w-{n}", f"Judul\n{same}.\nLain {n}.\nTiga.", None) for n in range(4)]
    found = check_across(articles)
    assert {finding.check for finding in found} == {"shared.run", "shared.phrase"}
    assert any("warga desa menunggu perbaikan" in finding.found for finding in found)
    assert not [f for f in check_across(articles, [same]) if f.check == "shared.phrase"]
    name = next(person.name for person in card.people if " " in person.name)
    named = [Article(card.id, obeying(card), card), Article("w-9", f"Judul\n{name} datang.\nDua.\nTiga.", None)]
    assert "shared.name" in {finding.check for finding in check_across(named)}


def test_names_not_on_the_card_are_found(card: Card) -> None:
    found, _ = check_article(Article(card.id, obeying(card) + "\nHadir pula Slamet Gunarto.", card, ""), BOUNDS, TABLES)
    assert any(finding.check == "card.name" and "Slamet Gunarto" in finding.found for finding in found)


def test_text_of_others_is_found() -> None:
    other = "Satu dua tiga empat lima enam tujuh delapan sembilan sepuluh."
    article = Article("w-1", f"Judul\n{other}\nDua.\nTiga.", None)
    assert [f.check for f in check_foreign([article], {"lain.txt": f"Awal. {other}"})] == ["foreign"]
    assert check_foreign([article], {"lain.txt": "Satu dua tiga empat lima enam tujuh."}) == []


def test_medians_of_a_batch_are_held_to_the_middle_half() -> None:
    text = "Judul Berita Pendek\n" + "\n".join(["Ya. Tidak. Ya. Tidak."] * 30)
    batch = [Article(f"w-{n}", text, None) for n in range(8)]
    assert "sentence_tokens_mean" in " ".join(finding.found for finding in check_medians(batch, BOUNDS))
    assert check_medians(batch[:7], BOUNDS) == []
