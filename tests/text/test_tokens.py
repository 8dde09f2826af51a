from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.text import token_spans

CASES = {
    "Harga naik Rp 1,2 triliun.": ["Harga", "naik", "Rp", "1,2", "triliun", "."],
    "Anak-anak itu ke-3 dari 10-15 persen": ["Anak-anak", "itu", "ke-3", "dari", "10-15", "persen"],
    "di Jl. Melati No. 5": ["di", "Jl.", "Melati", "No.", "5"],
    "Rina Wulandari, S.Pd., M.Si.": ["Rina", "Wulandari", ",", "S.Pd.", ",", "M.Si."],
    '"Sudah," ujarnya.': ['"', "Sudah", ",", '"', "ujarnya", "."],
    "“Belum,” kata dia": ["“", "Belum", ",", "”", "kata", "dia"],
    "pukul 17.30 WIB (12/1/2023)": ["pukul", "17.30", "WIB", "(", "12/1/2023", ")"],
    "lihat https://contoh.id/berita?x=1 ya": ["lihat", "https://contoh.id/berita?x=1", "ya"],
    "tunggu... lalu": ["tunggu", "...", "lalu"],
    "Sri R. Handayani": ["Sri", "R.", "Handayani"],
}


@pytest.mark.parametrize("text", CASES)
def test_tokens_of_news_text(text):
    assert [text[a:b] for a, b in token_spans(text)] == CASES[text]


@given(st.text(max_size=80))
def test_every_visible_character_is_in_exactly_one_token(text):
    spans = token_spans(text)
    assert all(a < b for a, b in spans)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(spans))
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())


def test_tokens_of_a_part_have_offsets_into_the_whole():
    text = "Satu dua. Tiga empat."
    assert [text[a:b] for a, b in token_spans(text, 10, 20)] == ["Tiga", "empat"]
