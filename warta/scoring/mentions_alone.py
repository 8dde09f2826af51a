"""Mentions read, checked and scored by themselves: what ``warta score --layer entities`` needs, several times faster.

Nothing but the id, the text and the spans, types and forms of the mentions is made of a line, and labels are checked while it
is decoded. What does not fit is left to the general way, which says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec

from warta.document import Meta
from warta.schema import Schema
from warta.scoring.entities import group_of
from warta.scoring.judgement import Group
from warta.scoring.view import mention_items
from warta.validate.form import may_hold_nul
from warta.validate.quick import bound_of, within


class Mentions(msgspec.Struct, gc=False):
    """A document with its mentions alone; each has ``start``, ``end``, ``type`` and ``form``."""

    id: str
    text: str | None = None
    meta: Meta | None = None
    mentions: list[Any] = []


def mentions_reader(schema: Schema) -> Callable[[bytes], Mentions | None]:
    """Return what reads the mentions of a line; it gives ``None`` where the line must be read whole to say what is wrong.

    Labels of the schema are part of the decoder, so that they are neither made nor looked up one by one.
    """
    offset = Annotated[int, msgspec.Meta(ge=0)]
    kinds, forms = Literal[tuple(sorted(schema.mention_types))], Literal[(*sorted(schema.forms), None)]
    span: Any = msgspec.defstruct(
        "Span", [("start", offset), ("end", int), ("type", kinds), ("form", forms, None)], gc=False
    )
    document: Any = msgspec.defstruct("Line", [("mentions", list[span], [])], bases=(Mentions,), gc=False)
    decode: Callable[[bytes], Mentions] = msgspec.json.Decoder(document).decode

    def read(line: bytes) -> Mentions | None:
        if may_hold_nul(line):
            return None
        try:
            return decode(line)
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            return None

    return read


def mentions_group(gold: Mentions, system: Mentions) -> Group | None:
    """Return the mentions of two documents with the outcomes of all entity metrics, or ``None`` where they must be explained.

    The checks are those of :func:`warta.validate.prediction_faults` that mentions can fail.
    """
    bound = bound_of(gold, None)
    if bound is None or (None not in (gold.text, system.text) and gold.text != system.text):
        return None
    if bound_of(system, bound) is None or not (within(gold.mentions, bound) and within(system.mentions, bound)):
        return None
    return group_of(mention_items(gold.mentions), mention_items(system.mentions))
