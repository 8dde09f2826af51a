"""Slices: their values, and recall over gold items."""

from __future__ import annotations

import pytest
from scoring_documents import event, mention, quote

from warta.document import Document, Meta
from warta.scoring import score

TEXT = "Wali kota Sari bertemu Raka di Desa Suka Maju. “Kami setuju,” ujarnya."


def place(words):
    start = TEXT.index(words)
    return start, start + len(words)


def at(words, kind="PER", entity=None, form=None, id=None):
    return mention(*place(words), kind, entity, form, id)


GOLD = Document(
    id="d",
    text=TEXT,
    meta=Meta(genre="politics", origin="written", chars=2000),
    mentions=[
        at("Wali kota", "ROL", "a", "role", "m1"),
        at("Sari", "PER", "a", "name", "m2"),
        at("Raka", "PER", "b", "name", "m3"),
        at("Desa Suka Maju", "GPE", "c", "name", "m4"),
        at("Suka Maju", "GPE", "c", "name", "m5"),
        at("Kami", "PER", "a", "pronoun", "m6"),
        at("nya", "PER", "a", "pronoun", "m7"),
    ],
    events=[
        event(
            *place("bertemu"), "contact.meet", [("participant", "m2"), ("participant", "m3"), ("place", "m4")], "actual"
        ),
        event(*place("setuju"), "contact.meet", [("participant", "m6")], "future"),
    ],
    quotes=[quote([place("“Kami setuju,”")], [place("ujar")], "m7", "direct", "a")],
)
NOTHING = Document(id="d")


def recalls(name, metric, gold=GOLD, system=NOTHING, training=None):
    values = score([gold], [system], by=[name], training=training).slices[name]
    return {value: (s[metric].tp, s[metric].fn) for value, s in values.items() if metric in s}


@pytest.mark.parametrize(
    ("name", "metric", "expected"),
    [
        ("form", "entities.exact", {"name": (0, 4), "role": (0, 1)}),
        ("form", "events.AC", {"name": (0, 3), "pronoun": (0, 1)}),
        ("nested", "entities.partial", {"flat": (0, 4), "nested": (0, 1)}),
        ("quoted", "events.TC", {"inside": (0, 1), "outside": (0, 1)}),
        ("quoted", "events.AI", {"inside": (0, 1), "outside": (0, 3)}),
        ("quoted", "entities.exact", {"outside": (0, 5)}),
        ("realis", "events.TC", {"actual": (0, 1), "future": (0, 1)}),
        ("realis", "events.AC+", {"actual": (0, 3), "future": (0, 1)}),
        ("realis", "claims", {"future": (0, 1)}),
        ("role", "events.AC", {"participant": (0, 3), "place": (0, 1)}),
        ("quote_type", "quotes.whole", {"direct": (0, 1)}),
        ("source_form", "quotes.speaker", {"clitic": (0, 1)}),
    ],
)
def test_values_of_gold_items(name, metric, expected):
    assert recalls(name, metric) == expected
    turned = {value: (fn, tp) for value, (tp, fn) in expected.items()}
    assert recalls(name, metric, system=GOLD) == turned


def test_gold_items_have_recall_only():
    part = score([GOLD], [GOLD], by=["form"]).slices["form"]["name"]["entities.exact"]
    assert (part.precision, part.f1, part.fp, part.recall) == (None, None, None, 1)


@pytest.mark.parametrize(("name", "value"), [("genre", "politics"), ("origin", "written"), ("length", "1500 to 2999")])
def test_documents_have_every_score(name, value):
    report = score([GOLD], [GOLD], by=[name])
    assert report.slices[name] == {value: report.scores}
    bare = Document(id="d")
    assert list(score([bare], [bare], by=[name]).slices[name]) == ["none"]


def test_accuracies_of_gold_items():
    system = Document(id="d", events=[event(*place("bertemu"), "contact.meet", realis="future")])
    found = score([GOLD], [system], by=["realis"]).slices["realis"]
    assert (found["actual"]["events.realis"].correct, found["actual"]["events.realis"].total) == (0, 1)
    assert "events.realis" not in found["future"]


def test_seen_in_training():
    training = [
        Document(id="t", text="SARI pergi.", mentions=[mention(0, 4, "PER")], events=[event(5, 10, "life.die")])
    ]
    assert recalls("seen", "entities.exact", training=training) == {"seen": (0, 1), "unseen": (0, 4)}
    with pytest.raises(ValueError, match="slice 'seen' needs the training documents"):
        score([GOLD], [GOLD], by=["seen"])
    untold = Document(id="d", mentions=[mention(0, 4)])
    assert recalls("seen", "entities.exact", untold, training=training) == {"none": (0, 1)}


def test_source_forms():
    forms = ["name", "role", "nominal", "pronoun"]
    spans = [mention(10 * n, 10 * n + 4, "PER", "a", f, f"m{n}") for n, f in enumerate(forms)]
    quotes = [quote([(100 + 10 * n, 105 + 10 * n)], source=f"m{n}") for n in range(4)]
    clitic = quote([(200, 205)], [(26, 30)], source="m3")
    document = Document(id="d", mentions=spans, quotes=[*quotes, clitic, quote([(300, 305)])])
    assert recalls("source_form", "quotes.whole", document) == dict.fromkeys([*forms, "clitic", "none"], (0, 1))


def test_an_unknown_slice_is_refused():
    with pytest.raises(ValueError, match=r"unknown slice 'colour'; allowed: genre, origin"):
        score([GOLD], [GOLD], by=["colour"])
