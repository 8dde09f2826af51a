"""Sentences of Indonesian news as spans.

A line break always ends a sentence. Within a line a sentence ends at ``.``, ``?`` or ``!`` with the closing
marks after it, when white space and a capital, digit or opening mark follow and the full stop does not
belong to an abbreviation, a degree or an initial. A quotation with its reporting clause is cut only where
the text closes it with a full stop: ``"A. B," ujarnya.`` gives ``"A.`` and ``B," ujarnya.``
"""

from __future__ import annotations

import re

from warta.text.tokens import ABBREVIATIONS, DEGREE

END = re.compile(r"[.!?…]+[\"”’')\]]*\s+(?=[\"“‘'(\[]*[A-Z0-9À-Ý])")
LAST_WORD = re.compile(r"[\w.]+$")
ENDS_IN_DEGREE = re.compile(rf"(?:^|[\s,]){DEGREE}$")
INITIAL = re.compile(r"^[A-Z]$|^(?:[A-Z]\.)+[A-Z]?$")


def _is_boundary(line: str, match: re.Match[str]) -> bool:
    """Say whether the full stop at ``match`` ends a sentence rather than an abbreviation or initial."""
    if match.group()[0] != "." or match.group().startswith(".."):
        return True
    word = LAST_WORD.search(line[: match.start()])
    if word is None:
        return True
    last = word.group()
    if last.lower() in ABBREVIATIONS or INITIAL.match(last):
        return False
    # A degree may also close a sentence; the capital after it is then rarely a lone surname, so it is not cut.
    return not ENDS_IN_DEGREE.search(line[: match.start() + 1])


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return the ``(start, end)`` offsets of the sentences of ``text``, without white space at the edges."""
    spans: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        begin = 0
        cuts = [match.end() for match in END.finditer(line) if _is_boundary(line, match)]
        for cut in [*cuts, len(line)]:
            piece = line[begin:cut]
            if piece.strip():
                lead = len(piece) - len(piece.lstrip())
                spans.append((offset + begin + lead, offset + begin + len(piece.rstrip())))
            begin = cut
        offset += len(line) + 1
    return spans
