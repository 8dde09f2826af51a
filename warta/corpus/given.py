"""Gold parts handed to a system, so that its later stages can be judged apart from its earlier ones."""

from __future__ import annotations

import msgspec

from warta.document import Document


def handed(document: Document, given: str) -> Document:
    """Return the document with only its gold ``mentions`` (and entities), ``triggers`` or ``quotes`` left in.

    Triggers come without arguments; quotes with their content only, without cue, source, type and speaker.
    """
    change = msgspec.structs.replace
    empty = change(document, mentions=[], entities=[], events=[], quotes=[])
    if given == "mentions":
        return change(empty, mentions=document.mentions, entities=document.entities)
    if given == "triggers":
        return change(empty, events=[change(e, realis=None, polarity=None, arguments=[]) for e in document.events])
    if given == "quotes":
        return change(empty, quotes=[change(q, type=None, cue=[], source=None, speaker=None) for q in document.quotes])
    raise ValueError(f"given is mentions, triggers or quotes, not {given!r}")
