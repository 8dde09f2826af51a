from __future__ import annotations

import hashlib
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from warta.text import digest, normalized, text_faults


def test_faults_say_what_and_where():
    assert [(f.at, f.what) for f in text_faults("a\rb")] == [(1, "carriage return")]
    assert [f.what for f in text_faults("\ufeffa")] == ["byte order mark"]
    assert [(f.at, f.what) for f in text_faults("ae\u0301")] == [(1, "text that is not NFC")]
    assert [(f.at, f.what) for f in text_faults("a\ud800")] == [(1, "lone surrogate")]
    assert text_faults("Rp 1,2 triliun – “ya” 😀") == []


def test_digest_is_that_of_utf8():
    assert digest("é😀") == hashlib.sha256("é😀".encode()).hexdigest()


@given(st.text(alphabet=st.characters(blacklist_categories=["Cs"])))
def test_normalized_text_has_no_faults_but_those_nobody_may_mend(text):
    left = {f.what for f in text_faults(normalized(text))}
    assert left <= {"NUL", "byte order mark"}
    assert unicodedata.is_normalized("NFC", normalized(text))
