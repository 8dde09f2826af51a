from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warta.interchange.texts import OffsetMap
from warta.text import normalized

WORDS = st.lists(
    st.sampled_from(["Kota", "Café", "Cafe\u0301", "😀", "“", "a\u0323\u0307", "Å", "\r\n", "\n", " ", "ñ"]),
    max_size=12,
)


@given(WORDS.map("".join))
def test_slices_stay_the_same_words(text):
    target = normalized(text)
    offsets = OffsetMap(text, target)
    for start in range(len(text)):
        for end in range(start + 1, len(text) + 1):
            whole = not unicodedata.combining(text[start]) and not (
                end < len(text) and unicodedata.combining(text[end])
            )
            a, b = offsets.span(start, end)
            assert not whole or target[a:b] == normalized(text[start:end])


def test_both_directions_and_inside_a_letter():
    assert OffsetMap("Café!", "Cafe\u0301!").span(3, 4) == (3, 5)
    assert OffsetMap("Cafe\u0301!", "Café!").span(4, 5) == (3, 4)
    assert OffsetMap("a\r\nb", "a\nb").span(3, 4) == (2, 3)


@pytest.mark.parametrize("other", ["Cafe", "Café", "Café!!", ""])
def test_another_text(other):
    with pytest.raises(ValueError, match="same text"):
        OffsetMap("Cafe\u0301!", other)
