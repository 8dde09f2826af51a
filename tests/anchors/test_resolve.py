from __future__ import annotations

import pytest

from warta.anchors import Anchored, read_notation, resolve
from warta.anchors.resolve import Anchor, find

TEXT = 'Banjir di Wanasari\n"Air naik. Kami takut," ujarnya di Wanasari, Wanasari lagi.\nHujan 😀 reda.'


@pytest.mark.parametrize(
    ("words", "paragraph", "found"),
    [
        ("Wanasari", 1, "Wanasari"),
        ("di «Wanasari», W", 2, "Wanasari"),
        ("ujar«nya»", 2, "nya"),
        ("«ujar»nya", 2, "ujar"),
        ('"Air [...] takut,"', 2, '"Air naik. Kami takut,"'),
        ("Air naik […] lagi.", 2, 'Air naik. Kami takut," ujarnya di Wanasari, Wanasari lagi.'),
        ('"Air [...] Hujan', 2, '"Air naik. Kami takut," ujarnya di Wanasari, Wanasari lagi.\nHujan'),
        ("😀 «reda».", 3, "reda"),
        ("Banjir", 0, "Banjir"),
    ],
)
def test_anchor_finds_its_span(words, paragraph, found):
    start, end = find(TEXT, Anchor(words, paragraph))
    assert TEXT[start:end] == found


@pytest.mark.parametrize(
    ("words", "paragraph", "problem"),
    [
        ("Wanasari", 2, "occurs 2 times"),
        ("Surabaya", 1, "is not there"),
        ("nya", 2, "is not there"),  # inside a word only guillemets may cut
        ("Wanasari", 9, "paragraph 9 of 3"),
        ("ujar«nya", 2, "guillemets"),
        ("«»ujar", 2, "guillemets"),
        ("[...] takut", 2, "both sides"),
        ('"Air [...] Surabaya', 2, "after the gap"),
        ('"Air [...] Wanasari', 2, "after the gap"),
    ],
)
def test_anchor_that_has_no_one_place_is_told(words, paragraph, problem):
    anchored = Anchored(id="x", mentions=[{"id": "m1", "type": "GPE", "at": (words, paragraph)}])
    document, faults = resolve(anchored, TEXT)
    assert document.mentions == [] and len(faults) == 1
    assert problem in faults[0].problem and faults[0].where == "mentions m1"


def test_all_faults_are_collected():
    text = "document x\nmentions\nP1\nm1 GPE e1 | Bandung\nm2 PER e2 | Rina\nquotes\nP2\nq1 direct | cue ujar\n"
    anchored, faults = read_notation(text)
    assert faults == []
    _, faults = resolve(anchored[0], TEXT)
    assert [f.where for f in faults] == ["mentions m1", "mentions m2", "quotes q1 cue", "quotes q1"]


def test_json_anchors_take_objects():
    anchored = Anchored(
        id="x", mentions=[{"id": "m1", "type": "GPE", "entity": "e1", "at": {"words": "Wanasari", "paragraph": 1}}]
    )
    document, faults = resolve(anchored, TEXT)
    assert faults == [] and (document.mentions[0].start, document.mentions[0].end) == (10, 18)
    assert document.entities[0].name == "Wanasari"
