from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.corpus.measures import load_bounds, measure, overlap_before, quotes, sentences, tokens

ARTICLES = Path(__file__).resolve().parents[2] / "data" / "articles"
TEXT = "\n".join([
    "Jembatan Kali Turi Ditutup",
    "Jembatan Kali Turi ditutup mulai Senin karena rusak. Warga memutar lewat Desa Sono.",
    "\"Jembatan ditutup dulu karena rusak, warga memutar,\" kata Camat Slamet.",
    "\"Nanti dibuka lagi kalau sudah selesai. Kira-kira sebulan,\" ujarnya. Menurutnya, biaya tersebut terkait bencana.",
])  # fmt: skip


def test_hand_counted_article() -> None:
    values = measure(TEXT)
    assert values["quotes"] == 2
    assert values["quote_words_median"] == 7.5  # 7 and 8 words
    assert values["clitic_share_of_cues"] == 0.5
    assert values["menurut"] == 1
    assert values["distinct_140"] is None
    words = 4 + 8 + 5 + 7 + 3 + 8 + 1 + 5
    assert values["links_per_1000"] == pytest.approx(2000 / words)
    assert values["first_quote_at"] == TEXT.index('"') / len(TEXT)


def test_sentences_split_before_capitals_marks_and_digits_only() -> None:
    assert sentences('Hujan turun. 12 rumah rusak. "Parah," kata dia.\nSelesai pukul 10.30. lalu sepi.') == [
        "Hujan turun.",
        "12 rumah rusak.",
        '"Parah," kata dia.',
        "Selesai pukul 10.30. lalu sepi.",
    ]


def test_tokens_are_words_and_marks() -> None:
    assert tokens("Rp 2,4 miliar (ke-3).") == ["Rp", "2", ",", "4", "miliar", "(", "ke-3", ")", "."]


def test_overlap_counts_content_words_of_the_paragraph_before() -> None:
    first = quotes(TEXT)[0]
    # jembatan, ditutup, rusak, warga, memutar of jembatan ditutup dulu rusak warga memutar; `karena` is a function word.
    assert overlap_before(TEXT, first) == pytest.approx(5 / 6)


def test_empty_text_measures_without_error() -> None:
    assert measure("")["tokens"] == 0


@given(st.text(alphabet='abc AB.,!?"“”\n-12', max_size=300))
def test_shares_stay_within_zero_and_one(text: str) -> None:
    values = measure(text)
    for name in (
        "sentences_under_8",
        "sentences_over_35",
        "first_quote_at",
        "quote_overlap_before",
        "repeated_bigrams",
        "capitalised",
    ):
        value = values[name]
        assert value is None or 0 <= value <= 1


def test_bounds_name_the_reference_of_each_measure() -> None:
    bounds = load_bounds(ARTICLES / "news_bounds.json")
    assert bounds["native"]["sentence_tokens_mean"].reference == "detik-2025"
    assert bounds["native"]["quotes"].reference == "native-pooled"
    assert {bound.reference for bound in bounds["translated"].values()} == {"ntrex"}
    assert set(bounds["native"]) == set(measure("")) == set(bounds["translated"])
    assert all(b.p5 <= b.p25 <= b.p50 <= b.p75 <= b.p95 for rows in bounds.values() for b in rows.values())


def test_bounds_without_a_set_are_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "bounds.json"
    path.write_text('{"reference": {"native": {"tokens": "nowhere"}}, "sets": {}}', encoding="utf-8")
    with pytest.raises(ValueError, match="nowhere"):
        load_bounds(path)
