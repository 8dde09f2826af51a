"""Known documents, and offsets carried from one normal form of a text to another.

Offsets of the document form count code points of a text in NFC without carriage returns. Tools count them in the
text they were given, which may be decomposed (NFD) or have ``\\r\\n``: :class:`OffsetMap` leads from the one to the other.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from warta.document import Document
from warta.text import normalized


class Texts:
    """The documents that a conversion was given, by id and by text."""

    def __init__(self, documents: Iterable[Document], name: str = "") -> None:
        """Keep the documents; ``name`` is what the user called them."""
        self.known = {document.id: document for document in documents}
        self.name = name

    def __bool__(self) -> bool:
        """Say whether any document was given."""
        return bool(self.known)

    def shown(self) -> str:
        """Return the name with the number of documents and the first ids, for messages."""
        first = ", ".join(list(self.known)[:3])
        return f"{self.name or 'the documents'} ({len(self.known)}: {first}{', ...' if len(self.known) > 3 else ''})"

    def with_text(self, text: str) -> list[str]:
        """Return the ids of the documents that have this text, normal forms apart."""
        wanted = normalized(text)
        return [
            key
            for key, document in self.known.items()
            if document.text is not None and normalized(document.text) == wanted
        ]


def _clusters(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield ``(start, end, normal form)`` of every base character with its combining marks."""
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield start, end, normalized(text[start:end])
        start = end


class OffsetMap:
    """Offsets of ``source`` as offsets of ``target``, the same text in another normal form.

    A start inside a cluster (a letter with its marks) moves to the cluster's start, an end to its end.
    Raises :class:`ValueError` where the two are not the same text.

    >>> OffsetMap("Cafe\\u0301 A", "Caf\\u00e9 A").span(6, 7)
    (5, 6)
    """

    def __init__(self, source: str, target: str) -> None:
        """Build the map by walking both texts cluster by cluster."""
        self._start, self._end = [0] * (len(source) + 1), [0] * (len(source) + 1)
        theirs = iter([cluster for cluster in _clusters(target) if cluster[2]])
        at = 0
        for start, end, form in _clusters(source):
            first = last = at
            if form:
                first, last, other = next(theirs, (0, 0, ""))
                if other != form:
                    raise ValueError("not the same text")
            for offset in range(start, end):
                self._start[offset], self._end[offset + 1] = first, last
            at = last
        if next(theirs, None) is not None:
            raise ValueError("not the same text")
        self._start[len(source)] = at

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return a span of ``source`` (``0 <= start < end <= len(source)``) as a span of ``target``."""
        return self._start[start], self._end[end]


def span_map(source: str, target: str | None) -> OffsetMap | None:
    """Return the map from one text to the other, null where they are equal or there is nothing to lead to."""
    return None if target is None or source == target else OffsetMap(source, target)
