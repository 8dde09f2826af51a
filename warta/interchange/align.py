"""Token sequences laid over a text: which code points each token stands for.

Tokenisers change what they cut: they fold case, decompose letters, straighten quotation marks, write brackets as
``-LRB-``, mark word pieces (``##nya``, ``▁Kota``) and drop what they do not know. Text and tokens are compared without white space, in
compatibility decomposition, case and typography of quotation marks folded; a token that is not where the last one ended is looked for a little
further on, and accepted there if its successor follows.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Sequence

LOOK_AHEAD = 200
MARKS = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("–—−‐‑", "-")})
ESCAPED = {"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
PIECE_MARKS = ("##", "▁", "Ġ")


@functools.cache
def _folded(char: str) -> str:
    """Return what one character is compared as; the empty string for white space."""
    decomposed = unicodedata.normalize("NFKD", char.translate(MARKS)).casefold().translate(MARKS)
    return "".join(decomposed.split())


def folded(text: str) -> str:
    """Return a text as it is compared: no white space, decomposed, case and quotation marks folded."""
    return "".join(map(_folded, text))


def readings(token: str) -> list[str]:
    """Return what a token may stand for in a folded text, the likeliest first."""
    found = [folded(token)]
    if token in ESCAPED:
        found.append(folded(ESCAPED[token]))
    found += [folded(token[len(mark) :]) for mark in PIECE_MARKS if token.startswith(mark)]
    return [reading for reading in found if reading]


def _next(plain: str, here: list[str], following: list[str] | None, at: int) -> tuple[int, int] | None:
    """Return the place of a token in the folded text from ``at`` on, or null."""
    for reading in here:
        if plain.startswith(reading, at):
            return at, at + len(reading)
    for reading in here:
        found = plain.find(reading, at, at + LOOK_AHEAD)
        while found >= 0:
            end = found + len(reading)
            if following is None or any(plain.startswith(after, end) for after in following):
                return found, end
            found = plain.find(reading, found + 1, at + LOOK_AHEAD)
    return None


def align(text: str, tokens: Sequence[str]) -> list[tuple[int, int] | None]:
    """Return the ``(start, end)`` code points of each token in ``text``, null for a token that is not found.

    The spans are in order and do not overlap.

    >>> align("“Ya,” ujarnya", ['"', "ya", ",", '"', "ujar", "##nya"])
    [(0, 1), (1, 3), (3, 4), (4, 5), (6, 10), (10, 13)]
    """
    plain: list[str] = []
    home: list[int] = []
    for offset, char in enumerate(text):
        form = _folded(char)
        plain.append(form)
        home += [offset] * len(form)
    whole = "".join(plain)
    forms = [readings(token) for token in tokens]
    places: list[tuple[int, int] | None] = []
    at = 0
    for n, options in enumerate(forms):
        found = _next(whole, options, forms[n + 1] if n + 1 < len(forms) else None, at)
        if found is None:
            places.append(None)
            continue
        at = found[1]
        end = home[at - 1] + 1
        # A token without accents stands for the letter with its marks.
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        places.append((home[found[0]], end))
    return places
