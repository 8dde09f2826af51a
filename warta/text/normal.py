"""The normal form of an article's text, and what departs from it."""

from __future__ import annotations

import hashlib
import unicodedata
from typing import NamedTuple

# Characters that no article needs and that break tools further on: NUL is refused by PostgreSQL, lone
# surrogates cannot be written as UTF-8, a byte order mark shifts every offset of who strips it.
FORBIDDEN = {"\0": "NUL", "\r": "carriage return", "\ufeff": "byte order mark"}


class TextFault(NamedTuple):
    """A departure from the normal form: where it is (code point, 0-based) and what it is."""

    at: int
    what: str


def normalized(text: str) -> str:
    """Return the text in NFC with carriage returns removed; nothing is stripped."""
    return unicodedata.normalize("NFC", text.replace("\r", ""))


def digest(text: str) -> str:
    """Return the SHA-256 of the text in UTF-8, as lower-case hexadecimal.

    Lone surrogates, which UTF-8 has no bytes for, are hashed as if they had (``surrogatepass``), so that
    a faulty text is reported by :func:`text_faults` and not by an exception here.
    """
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def text_faults(text: str) -> list[TextFault]:
    """List what keeps a text from being in normal form: not NFC, or forbidden characters (first of each)."""
    faults = [TextFault(text.index(char), name) for char, name in FORBIDDEN.items() if char in text]
    if not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        at = next((i for i, (a, b) in enumerate(zip(text, composed, strict=False)) if a != b), len(composed))
        faults.append(TextFault(at, "text that is not NFC"))
    surrogate = next((i for i, char in enumerate(text) if "\ud800" <= char <= "\udfff"), None)
    if surrogate is not None:
        faults.append(TextFault(surrogate, "lone surrogate"))
    return faults
