"""Mentions read, checked and scored by themselves: what ``warta score --layer entities`` needs, several times faster.

Nothing but the id, the text and the spans, types and forms of the mentions is made of a line. What does not fit is left
to the general way, which says what is wrong.
"""

from __future__ import annotations

import msgspec

from warta.document import Meta
from warta.schema import Schema
from warta.scoring.entities import group_of
from warta.scoring.judgement import Group
from warta.scoring.view import POINTED_AT
from warta.validate.quick import bound_of, within


class _Span(msgspec.Struct, gc=False):
    start: int
    end: int
    type: str
    form: str | None = None


class Mentions(msgspec.Struct, gc=False):
    """A document with its mentions alone."""

    id: str
    text: str | None = None
    meta: Meta | None = None
    mentions: list[_Span] = []


_decode = msgspec.json.Decoder(Mentions).decode


def read_mentions(line: bytes) -> Mentions | None:
    """Return the mentions of a line, or ``None`` where it must be read whole to say what is wrong with it."""
    if b"\\u0000" in line or b"\0" in line:
        return None
    try:
        return _decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def mentions_group(gold: Mentions, system: Mentions, schema: Schema) -> Group | None:
    """Return the mentions of two documents with the outcomes of all entity metrics, or ``None`` where they must be explained.

    The checks are those of :func:`warta.validate.prediction_faults` that mentions can fail.
    """
    bound = bound_of(gold, None)
    if bound is None or (None not in (gold.text, system.text) and gold.text != system.text):
        return None
    if bound_of(system, bound) is None or not (_sound(gold, bound, schema) and _sound(system, bound, schema)):
        return None
    return group_of(_items(gold), _items(system))


def _sound(document: Mentions, bound: int, schema: Schema) -> bool:
    mentions = document.mentions
    forms = {m.form for m in mentions}
    forms.discard(None)
    return (
        within([m.start for m in mentions], [m.end for m in mentions], bound)
        and {m.type for m in mentions} <= schema.mention_types.keys()
        and forms <= schema.forms
    )


def _items(document: Mentions) -> list[tuple[int, int, str]]:
    return sorted([(m.start, m.end, m.type) for m in document.mentions if m.form not in POINTED_AT])
