"""The anchored form: annotations that quote the words instead of counting characters.

Language models and people who type cannot count characters, but they can quote. An *anchor* is a bit of
the article's text, unique in its paragraph, whose span is between guillemets where context was needed:
``ujar«nya»``, ``ke «Jakarta» pada``. :mod:`~warta.anchors.resolve` finds the offsets,
:mod:`~warta.anchors.notation` reads the line notation, :mod:`~warta.anchors.render` writes it.
"""

from warta.anchors.notation import read_notation
from warta.anchors.render import numbered, render
from warta.anchors.resolve import Anchored, AnchorFault, resolve

__all__ = ["AnchorFault", "Anchored", "numbered", "read_notation", "render", "resolve"]
