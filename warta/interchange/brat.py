"""brat stand-off: a folder with ``ID.txt`` and ``ID.ann`` for every document (https://brat.nlplab.org/standoff.html).

Convention, for writing and reading; with it all layers are lossless, entities' names (derived) apart:

- A mention is ``T1<tab>GPE 0 7<tab>Jakarta``; its form, where the type does not say it, is the attribute ``Form``.
- The entity of a mention is a normalisation ``N1<tab>Reference T1 warta:e1<tab>name``. An entity of another type than its
  first mention (roles apart) has the attribute ``EntityType`` on a mention, a speaker without mention on the quote.
  Mentions of one entity also stand in a ``* Equiv`` line.
- An event is ``E1<tab>justice_arrest:T2 authority:T1 person:T3`` (brat has no dots in types) with the attributes ``Realis`` and
  ``Polarity``. A role filled more than once is numbered from its second filler on: ``person2``.
- A quote is ``E2<tab>Quote:T4 content:T5 cue:T6 source:T1``: the trigger is its first content span, further ones and
  cues are T lines of types ``Content`` and ``Cue``. Its type is the attribute ``QuoteType``, its speaker a normalisation of E2.
- Ids of the document that are no ids of brat's are notes: ``#1<tab>WartaId T1<tab>m1``. Ids in N and # lines and in file
  names are percent-encoded.
- A span with line breaks is cut into fragments there, as brat does it; fragments with nothing but line breaks
  between them are one span. All other discontinuous spans are split (quotes) or left out (mentions, triggers).

Offsets count code points of the .txt file. In a file with ``\\r\\n`` either way of counting it, as one character or two, is
understood: the one that fits the words in the .ann file is taken. Of other projects' files, ``Equiv`` lines and
relations named ``Coref...`` make entities, relations named like a role give arguments; other relations, attributes and notes
are counted as left out.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from warta.document import Document
from warta.schema import Schema

QUOTE, CONTENT, CUE = "Quote", "Content", "Cue"
RESOURCE = "warta"
ID_NOTE = "WartaId"
FORM, ENTITY_TYPE, REALIS, POLARITY, QUOTE_TYPE = "Form", "EntityType", "Realis", "Polarity", "QuoteType"


def fragments(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of a span between its line breaks."""
    return [(start + m.start(), start + m.end()) for m in re.finditer(r"[^\n]+", text[start:end])]


def joined(text: str, parts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return spans with those joined that touch or have nothing but line breaks between them."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(parts):
        if found and found[-1][1] <= start and not text[found[-1][1] : start].strip("\r\n"):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return found


def encoded(key: str) -> str:
    """Return an id as one word of brat's lines, or as a file name."""
    return quote(key, safe="")


def decoded(word: str) -> str:
    """Return the id that a word or a file name stands for."""
    return unquote(word)


def brat_types(schema: Schema) -> dict[str, str]:
    """Return ``{type in brat: event type}``, with both ways of writing it."""
    return {code: code for code in schema.event_types} | {code.replace(".", "_"): code for code in schema.event_types}


def configuration(schema: Schema, documents: list[Document]) -> str:
    """Return ``annotation.conf`` with which brat shows the folder: the schema's types and those the documents use."""
    labels = sorted({*schema.mention_types, *(m.type for d in documents for m in d.mentions)})
    lines = ["[entities]", *labels, CONTENT, CUE, "", "[relations]"]
    lines += [
        "<OVERLAP> Arg1:<ANY>, Arg2:<ANY>, <OVL-TYPE>:<ANY>",
        "Equiv Arg1:<ENTITY>, Arg2:<ENTITY>, <REL-TYPE>:symmetric-transitive",
    ]
    lines += ["", "[events]"]
    for code, roles in schema.roles.items():
        lines.append(f"{code.replace('.', '_')} {', '.join(f'{role}*:<ANY>' for role in roles)}")
    lines += [f"{QUOTE} content*:{CONTENT}, cue*:{CUE}, source?:<ENTITY>", "", "[attributes]"]
    for name, target, values in (
        (FORM, "<ENTITY>", schema.forms), (ENTITY_TYPE, "<ENTITY>", schema.entity_types), (REALIS, "<EVENT>", schema.realis),
        (POLARITY, "<EVENT>", schema.polarity), (QUOTE_TYPE, QUOTE, schema.quote_types),
    ):  # fmt: skip
        lines.append(f"{name} Arg:{target}, Value:{'|'.join(sorted(values))}")
    return "\n".join(lines) + "\n"
