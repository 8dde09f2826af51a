"""Tag sequences and the spans they mean: IOB1, IOB2, BIOES, BILOU, BMEWO and bare labels."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

OUTSIDE = frozenset({"O", "_", "-"})
FIRST, ALONE, INSIDE, LAST = "B", "SUW", "IM", "EL"
PREFIXES = frozenset(FIRST + ALONE + INSIDE + LAST)


class Chunk(NamedTuple):
    """A labelled run of tokens, ``first`` to ``last`` inclusive, by number from 0."""

    label: str
    first: int
    last: int


def split_tag(tag: str) -> tuple[str, str]:
    """Return ``(prefix, label)``; ``("O", "")`` outside, and ``I`` for a label without prefix."""
    if tag in OUTSIDE:
        return "O", ""
    prefix, dash, label = tag.partition("-")
    return (prefix, label) if dash and prefix in PREFIXES and label else ("I", tag)


def chunks(tags: Iterable[str]) -> list[Chunk]:
    """Return the chunks of one sentence's tags.

    A tag that goes on with a chunk (``I-X``, ``E-X``) where none of its label is open begins one, as the evaluation script of
    CoNLL-2000 has it (Tjong Kim Sang and Buchholz 2000).

    >>> [tuple(chunk) for chunk in chunks(["B-PER", "I-PER", "B-PER", "O", "I-ORG", "S-PER"])]
    [('PER', 0, 1), ('PER', 2, 2), ('ORG', 4, 4), ('PER', 5, 5)]
    """
    found: list[Chunk] = []
    open_label: str | None = None
    for n, tag in enumerate(tags):
        prefix, label = split_tag(tag)
        if prefix == "O":
            open_label = None
            continue
        if prefix in INSIDE + LAST and label == open_label:
            found[-1] = found[-1]._replace(last=n)
        else:
            found.append(Chunk(label, n, n))
        open_label = None if prefix in ALONE + LAST else label
    return found
