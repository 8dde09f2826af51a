"""Signatures can be parsed back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from warta.scoring import Signature

words = st.text(st.sampled_from("ab:|%\n1 37CA"), max_size=8)


@settings(max_examples=100, deadline=None, derandomize=True)
@given(st.builds(Signature, words, words, words, words, words, words, st.integers(0), st.none() | st.integers(), words))
def test_parse_gives_back_what_was_written(signature):
    assert Signature.parse(str(signature)) == signature
    assert "\n" not in str(signature)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("corpus:1|split:test", "signature has the keys corpus, split; allowed: corpus, digest, split"),
        (str(Signature()).replace("documents:0", "documents:many"), "documents and seed must be whole numbers"),
        (str(Signature()) + "|more:1", "allowed: corpus"),
    ],
)
def test_what_is_no_signature_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        Signature.parse(text)
