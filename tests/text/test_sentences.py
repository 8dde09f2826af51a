from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.text import sentence_spans

CASES = {
    "Banjir surut. Warga pulang.": ["Banjir surut.", "Warga pulang."],
    "Judul tanpa titik\nParagraf pertama.": ["Judul tanpa titik", "Paragraf pertama."],
    "Ia tinggal di Jl. Melati No. 5. Rumahnya biru.": ["Ia tinggal di Jl. Melati No. 5.", "Rumahnya biru."],
    "Kompol Sri R. Handayani datang.": ["Kompol Sri R. Handayani datang."],
    '"Air naik. Kami takut," ujarnya. Hujan lagi.': ['"Air naik.', 'Kami takut," ujarnya.', "Hujan lagi."],
    '"Benarkah?" tanya Rina. "Ya."': ['"Benarkah?" tanya Rina.', '"Ya."'],
    "Rp 1.200.000 dibayar. 12 orang hadir.": ["Rp 1.200.000 dibayar.", "12 orang hadir."],
    "Dihadiri camat, lurah, dll. Acara usai.": ["Dihadiri camat, lurah, dll. Acara usai."],
    "Drs. Budi, M.Si. hadir": ["Drs. Budi, M.Si. hadir"],
}


@pytest.mark.parametrize("text", CASES)
def test_sentences_of_news_text(text):
    assert [text[a:b] for a, b in sentence_spans(text)] == CASES[text]


@given(st.text(max_size=120))
def test_sentences_cover_all_visible_characters_in_order(text):
    spans = sentence_spans(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    for start, end in spans:
        assert text[start:end].strip() == text[start:end]
