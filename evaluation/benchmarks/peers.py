"""The peers of the speed table, each called through its public interface in a process of its own.

``peers.py nervaluate|seqeval GOLD SYSTEM`` prints the F1 of exact entities. Both read the two files as fast as can be:
of every line only the keys they need, with the decoder that the scorer uses too.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import msgspec

from warta.document import VALUE_TYPES

WIDTH, WORDS = 6, 400
TYPES = sorted({"PER", "ORG", "GPE", "LOC", "FAC"} | VALUE_TYPES)


class Mention(msgspec.Struct, gc=False):
    """What the peers need of a mention."""

    start: int
    end: int
    type: str
    form: str = "name"


class Line(msgspec.Struct, gc=False):
    """What the peers need of a document."""

    mentions: list[Mention]


def mentions(path: str) -> Iterator[list[Mention]]:
    """Yield the names and values of every document (nominals and pronouns are no items of ``entities.exact``)."""
    decode = msgspec.json.Decoder(Line).decode
    with open(path, "rb") as stream:  # noqa: PTH123
        for line in stream:
            yield [m for m in decode(line).mentions if m.form in ("name", "value")]


def nervaluate(gold: str, system: str) -> float:
    """Return the F1 of nervaluate's scheme ``strict``; it counts its four schemes and every type in one go."""
    from nervaluate import Evaluator

    sides: list[list[list[dict[str, Any]]]] = [
        [[{"label": m.type, "start": m.start, "end": m.end - 1} for m in document] for document in mentions(path)]
        for path in (gold, system)
    ]
    return float(Evaluator(*sides, tags=TYPES, loader="dict").evaluate()["overall"]["strict"].f1)


def tagged(path: str) -> Iterator[list[str]]:
    """Yield the IOB2 tags of every document's words."""
    for document in mentions(path):
        tags = ["O"] * WORDS
        for m in document:
            first, last = m.start // WIDTH, m.end // WIDTH
            tags[first : last + 1] = [f"B-{m.type}", *[f"I-{m.type}"] * (last - first)]
        yield tags


def seqeval(gold: str, system: str) -> float:
    """Return the F1 of seqeval in strict IOB2 mode."""
    from seqeval.metrics import f1_score
    from seqeval.scheme import IOB2

    return float(f1_score(list(tagged(gold)), list(tagged(system)), mode="strict", scheme=IOB2))


if __name__ == "__main__":
    print(repr({"nervaluate": nervaluate, "seqeval": seqeval}[sys.argv[1]](*sys.argv[2:])))
