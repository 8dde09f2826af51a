"""Slices: scores over a part of the documents or of the gold items, declared in the table :data:`SLICES`.

A slice of documents (genre, origin, length) has precision, recall and F1. A slice of gold items (form, realis, ...) has recall only:
what is spurious has no gold value to be counted under. A value that is missing is listed as ``none``.

>>> [name for name, declared in SLICES.items() if declared.of_document]
['genre', 'origin', 'length']
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from warta.document import Argument, Document, Event, Mention
from warta.scoring.join import DocumentLike, as_document
from warta.scoring.judgement import Judgement, amounts
from warta.scoring.metrics import CORRECT, FALSE, GOLD
from warta.scoring.statistics import Row
from warta.scoring.view import Part, View, form

NONE = "none"
#: Surface and type of the mentions and triggers of the training documents.
Vocabulary = frozenset[tuple[str, str]]
#: Returns the value of the slice for each gold item of a support, in canonical order.
ItemValues = Callable[[View, Vocabulary], Sequence[str]]
QUOTE_SUPPORTS = (
    "quotes", "cues", "sources", "content characters", "cue characters", "source characters", "speakers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice: what it is, and how its value is found for a document, or for the gold items of each support."""

    meaning: str
    of_document: Callable[[Document], str] | None = None
    of_items: Mapping[str, ItemValues] = field(default_factory=dict)


def vocabulary(training: Iterable[DocumentLike]) -> Vocabulary:
    """Return the surfaces with their types that the training documents have; documents without text add none."""
    found: set[tuple[str, str]] = set()
    for item in training:
        document = as_document(item, "training")
        if document.text is not None:
            spans: list[Mention | Event] = [*document.mentions, *document.events]
            found.update((document.text[span.start : span.end].casefold(), span.type) for span in spans)
    return frozenset(found)


def _meta(key: str) -> Callable[[Document], str]:
    return lambda document: getattr(document.meta, key, None) or NONE


def _length(document: Document) -> str:
    count = document.meta.chars if document.meta is not None else None
    if count is None:
        if document.text is None:
            return NONE
        count = len(document.text)
    return "under 1500" if count < 1500 else "1500 to 2999" if count < 3000 else "3000 and more"


def _mention_form(view: View, _: Vocabulary) -> list[str]:
    ranked = sorted((m.start, m.end, m.type, form(m)) for m in view.document.mentions)
    return [kind for _, _, _, kind in ranked if kind not in ("nominal", "pronoun")]


def _nested(view: View, _: Vocabulary) -> list[str]:
    spans = {(m.start, m.end) for m in view.document.mentions}
    return [
        "nested" if any(s <= item[0] and item[1] <= e and (s, e) != item[:2] for s, e in spans) else "flat"
        for item in view.mentions
    ]


def _seen(view: View, known: Vocabulary, items: Iterable[tuple[Any, ...]]) -> list[str]:
    text = view.document.text
    if text is None:
        return [NONE for _ in items]
    return ["seen" if (text[i[0] : i[1]].casefold(), i[2]) in known else "unseen" for i in items]


def _quoted(view: View, spans: Iterable[tuple[int, int]]) -> list[str]:
    contents = [span for quote in view.quotes for span in quote.content]
    return [
        "inside" if any(start <= span[0] and span[1] <= end for start, end in contents) else "outside" for span in spans
    ]


def _by_argument(view: View, label: Callable[[Event, Argument], str]) -> list[str]:
    """Return a label for each argument, in the order of ``View.arguments``; equal arguments are ordered by label."""
    labels = [label(event, argument) for event in view.document.events for argument in event.arguments]
    return [value for _, value in sorted(zip(view.argument_items(), labels, strict=True))]


def _filler_form(view: View, _: Vocabulary) -> list[str]:
    forms = {mention.id: form(mention) for mention in view.document.mentions}
    return _by_argument(view, lambda _, argument: forms[argument.mention] if argument.mention else "event")


def _source_form(view: View, _: Vocabulary) -> list[str]:
    forms: dict[Part, str] = {
        ((m.start, m.end),): form(m) for m in sorted(view.document.mentions, key=form, reverse=True)
    }
    text = view.document.text

    def value(source: Part, cue: Part) -> str:
        if not source:
            return NONE
        start = source[0][0]
        # without the text a clitic is known by standing right behind its cue
        inside_word = text[start - 1 : start].isalpha() if text is not None else any(e == start for _, e in cue)
        kind = forms[source]
        return "clitic" if kind == "pronoun" and inside_word else kind

    return [value(quote.source, quote.cue) for quote in view.quotes]


def _quote_type(view: View, _: Vocabulary) -> list[str]:
    return [quote.type or NONE for quote in view.quotes]


def _claimed_realis(view: View, _: Vocabulary) -> list[str]:
    contents = [span for quote in view.quotes for span in quote.content]
    return [
        realis or NONE
        for start, end, _, realis, _ in view.triggers
        if any(first <= start and end <= last for first, last in contents)
    ]


#: Name -> declaration; ``--by`` takes the names.
SLICES: dict[str, Slice] = {
    "genre": Slice("genre of the article", _meta("genre")),
    "origin": Slice("written for this corpus, or linked", _meta("origin")),
    "length": Slice("characters of the article", _length),
    "form": Slice(
        "form of the mention, or of an argument's filler",
        of_items={"mentions": _mention_form, "arguments": _filler_form},
    ),
    "nested": Slice("whether the mention lies inside a longer one", of_items={"mentions": _nested}),
    "seen": Slice(
        "whether the words occur with this type in the training documents, upper and lower case alike",
        of_items={
            "mentions": lambda view, known: _seen(view, known, view.mentions),
            "triggers": lambda view, known: _seen(view, known, view.triggers),
        },
    ),
    "quote_type": Slice("type of the quote", of_items=dict.fromkeys(QUOTE_SUPPORTS, _quote_type)),
    "source_form": Slice(
        "form of the quote's source, a pronoun inside a word being a clitic",
        of_items=dict.fromkeys(QUOTE_SUPPORTS, _source_form),
    ),
    "quoted": Slice(
        "whether it lies inside the content of a quote (for arguments: the filler)",
        of_items={
            "mentions": lambda view, _: _quoted(view, [item[:2] for item in view.mentions]),
            "triggers": lambda view, _: _quoted(view, [item[:2] for item in view.triggers]),
            "arguments": lambda view, _: _quoted(view, [item[3:5] for item in view.arguments]),
        },
    ),
    "realis": Slice(
        "realis of the event",
        of_items={
            "triggers": lambda view, _: [item[3] or NONE for item in view.triggers],
            "arguments": lambda view, _: _by_argument(view, lambda event, _: event.realis or NONE),
            "claims": _claimed_realis,
        },
    ),
    "role": Slice("role of the argument", of_items={"arguments": lambda view, _: [i[5] for i in view.arguments]}),
}


class Slicer:
    """Enters the chosen slices into rows."""

    def __init__(self, names: Sequence[str], training: Iterable[DocumentLike] | None = None) -> None:
        """Choose slices by name; ``seen`` needs the training documents.

        :raises ValueError: a name is unknown, or ``seen`` is asked for without training documents.
        """
        unknown = [name for name in names if name not in SLICES]
        if unknown:
            raise ValueError(f"unknown slice {', '.join(map(repr, unknown))}; allowed: {', '.join(SLICES)}")
        if "seen" in names and training is None:
            raise ValueError("slice 'seen' needs the training documents")
        self._slices = {name: SLICES[name] for name in dict.fromkeys(names)}
        self._vocabulary = vocabulary(training) if "seen" in names and training is not None else frozenset()

    def enter(self, row: Row, gold: Document, judgement: Judgement) -> None:
        """Enter the values of one document into its row."""
        for name, declared in self._slices.items():
            if declared.of_document is not None:
                row.places[name] = declared.of_document(gold)
            values = {
                group.support: declared.of_items[group.support](judgement.gold, self._vocabulary)
                for group in judgement.groups
                if group.support in declared.of_items
            }
            _enter_groups(row, name, values, judgement)
            _enter_verdicts(row, name, values, judgement)


def _enter_groups(row: Row, name: str, values: Mapping[str, Sequence[str]], judgement: Judgement) -> None:
    for group in judgement.groups:
        if group.support not in values:
            continue
        labels = values[group.support]
        weights = group.weights or [1] * len(labels)
        for label, weight in zip(labels, weights, strict=True):
            _count(row, name, label, GOLD[group.support], weight)
        for metric, (missed, _) in group.outcomes.items():
            for index, amount in amounts(missed).items():
                _count(row, name, labels[index], FALSE[metric] + 1, amount)


def _enter_verdicts(row: Row, name: str, values: Mapping[str, Sequence[str]], judgement: Judgement) -> None:
    for metric, verdict in judgement.verdicts.items():
        if verdict.support in values:
            labels = values[verdict.support]
            for index in verdict.right:
                _count(row, name, labels[index], CORRECT[metric], 1)
            for index in (*verdict.right, *verdict.wrong):
                _count(row, name, labels[index], CORRECT[metric] + 1, 1)


def _count(row: Row, name: str, value: str, column: int, amount: int | float) -> None:
    if amount:
        cells = row.sliced[name, value]
        cells[column] = cells.get(column, 0) + amount
