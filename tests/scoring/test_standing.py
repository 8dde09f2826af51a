"""Which gold entity a predicted entity stands for."""

from __future__ import annotations

from scoring_documents import mention

from warta.document import Document
from warta.scoring.standing import standing
from warta.scoring.view import View


def view(*spans):
    """A view of mentions ``(start, entity, form)``."""
    return View(Document(id="d", mentions=[mention(s, s + 1, "PER", e, f) for s, e, f in spans]))


GOLD = view(
    (0, "A", "name"), (2, "A", "name"), (4, "B", "name"), (6, "B", "pronoun"), (8, "C", "nominal"), (10, "C", "pronoun")
)


def stands(*spans):
    return standing(GOLD, view(*[(start, "x", form) for start, form in spans]), ["x"])["x"]


def test_most_name_spans():
    assert stands((0, "name"), (2, "name"), (4, "name")) == "A"
    assert stands((4, "name"), (0, "pronoun"), (2, "pronoun")) == "B"


def test_a_tie_or_no_share_is_none():
    assert stands((0, "name"), (4, "name")) is None
    assert stands((20, "name")) is None
    assert standing(GOLD, view(), ["x"]) == {"x": None}


def test_a_name_counts_only_where_gold_has_a_name():
    assert stands((6, "name")) is None
    assert stands((8, "name")) is None


def test_without_a_name_only_gold_entities_without_one():
    assert stands((8, "nominal")) == "C"
    assert stands((8, "pronoun"), (10, "nominal"), (6, "pronoun")) == "C"
    assert stands((6, "pronoun")) is None
    assert stands((0, "nominal")) is None


def test_the_form_defaults_to_name():
    assert stands((0, None)) == "A"
