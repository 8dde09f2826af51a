from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from warta.document import Document, Entity, Mention, entity_names

TEXT = "Camat Rina Wulandari, Rina, ketua panitia, ia."
MENTIONS = [
    Mention(start=0, end=5, type="ROL", entity="e1"),
    Mention(start=6, end=20, type="PER", entity="e1"),
    Mention(start=22, end=26, type="PER", entity="e1"),
    Mention(start=28, end=41, type="ROL", entity="e2"),
    Mention(start=0, end=5, type="ROL", entity="e2"),
    Mention(start=43, end=45, type="PER", form="pronoun", entity="e3"),
]


@given(st.permutations(MENTIONS))
def test_names_are_the_longest_name_else_the_first_mention_in_any_order(mentions):
    entities = [Entity(id=name, type="PER") for name in ("e1", "e2", "e3", "e4")]
    names = entity_names(Document(id="x", text=TEXT, mentions=mentions, entities=entities))
    assert names == {"e1": "Rina Wulandari", "e2": "Camat", "e3": "ia", "e4": None}
    assert set(entity_names(Document(id="x", mentions=mentions, entities=entities)).values()) == {None}
