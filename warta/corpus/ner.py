"""The flat view: sentences of tokens with IOB2 tags of names and values.

Names and values only, the outermost where they nest and of these the longest; every token a mention touches
is in it. What a flat view cannot hold (nesting, clitics, nominals, entities) is in the documents.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from warta.corpus.tables import OFFSET, STRING
from warta.document import Document, Mention, form_of
from warta.text import sentence_spans, token_spans

NER = pa.schema(
    [("id", STRING), ("tokens", pa.list_(STRING)), ("offsets", pa.list_(pa.struct([("start", OFFSET), ("end", OFFSET)]))),
     ("ner_tags", pa.list_(pa.int64()))]
)  # fmt: skip


def tag_names(types: list[str]) -> list[str]:
    """Return the tags in the order of their numbers: ``O``, then ``B-`` and ``I-`` of each type."""
    return ["O", *(f"{prefix}-{kind}" for kind in types for prefix in "BI")]


def flat_mentions(document: Document) -> list[Mention]:
    """Return the names and values that do not overlap a longer one, in the order of the text."""
    wanted = [m for m in document.mentions if form_of(m) in ("name", "value")]
    chosen: list[Mention] = []
    for mention in sorted(wanted, key=lambda m: (m.start - m.end, m.start, m.type)):
        if all(mention.end <= other.start or other.end <= mention.start for other in chosen):
            chosen.append(mention)
    return sorted(chosen, key=lambda m: m.start)


def tags_of(tokens: list[tuple[int, int]], mentions: list[Mention]) -> list[str]:
    """Return the IOB2 tag of each token; a token two mentions touch goes to the first."""
    tags = ["O"] * len(tokens)
    for mention in mentions:
        touched = [n for n, (start, end) in enumerate(tokens) if start < mention.end and mention.start < end]
        for order, n in enumerate(touched):
            if tags[n] == "O":
                tags[n] = f"{'I' if order and tags[touched[order - 1]].endswith(mention.type) else 'B'}-{mention.type}"
    return tags


def ner_rows(document: Document, types: list[str]) -> Iterator[dict[str, Any]]:
    """Yield one row a sentence of a document that has text: id ``<document>#<n>`` from 0, tokens, offsets, tag numbers."""
    text = document.text or ""
    number = {tag: n for n, tag in enumerate(tag_names(types))}
    mentions = flat_mentions(document)
    for n, (start, end) in enumerate(sentence_spans(text)):
        tokens = token_spans(text, start, end)
        here = [m for m in mentions if m.start < end and start < m.end]
        yield {
            "id": f"{document.id}#{n}",
            "tokens": [text[a:b] for a, b in tokens],
            "offsets": [{"start": a, "end": b} for a, b in tokens],
            "ner_tags": [number[tag] for tag in tags_of(tokens, here)],
        }
