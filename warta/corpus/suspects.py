"""Places in gold that may be label errors: found by program, read and judged by people, never mended by program.

Every suspect has the id of its check and a place; once read it stands in ``data/annotations/reviewed.tsv`` with what was
decided. A check only compares what is annotated with what is annotated elsewhere, or with quotation marks; none of them
proposes a label.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from warta.document import Document, Mention, form_of, quote_spans
from warta.files import FileFault, write_text

#: What each check asks.
CHECKS: dict[str, str] = {
    "two-labels-here": "The same words are a mention of another type elsewhere in the article.",
    "two-labels-elsewhere": "The same name has another type in most other articles.",
    "name-unmarked": "A name that is marked elsewhere in the article stands unmarked here.",
    "cue-unmarked": "A word that is mostly a cue is no cue and no trigger here.",
    "marks-unmarked": "Words in quotation marks are neither content of a quote nor a marked name.",
    "trigger-unmarked": "A word that is mostly a trigger is none here.",
    "argument-missing": "An event lacks a role that nearly all events of its type have.",
    "entities-apart": "Two entities of one type have the same name, or one is part of the other.",
}
#: A role must stand with this share of the events of a type, and the type be so frequent, before one without it is suspect.
NEARLY_ALWAYS, OFTEN = 0.8, 5
#: A word must be marked in this share of its places, and so many times, before an unmarked one is suspect.
MOSTLY, SEVERAL = 0.6, 3
_WORD = re.compile(r"\w[\w'-]*")
_MARKED = re.compile(r"“[^”\n]+”|\"[^\"\n]+\"")


class Suspect(NamedTuple):
    """A place that somebody should read: code points ``[start, end)`` of a document, and what is odd there."""

    check: str
    document: str
    start: int
    end: int
    what: str

    @property
    def key(self) -> tuple[str, str, int, int]:
        """What a review of it is filed under."""
        return self[:4]


def suspects(documents: Sequence[Document]) -> list[Suspect]:
    """Return all suspects of documents with text, sorted by document and place. Documents without text have none."""
    known = [document for document in documents if document.text is not None]
    found: set[Suspect] = set()
    for check in (_other_types, _unmarked_names, _marks, _apart):
        found.update(suspect for document in known for suspect in check(document))
    found.update(_types_elsewhere(known))
    found.update(_unmarked_words(known, "cue-unmarked", _cue_words))
    found.update(_unmarked_words(known, "trigger-unmarked", _trigger_words))
    found.update(_missing_roles(known))
    return sorted(
        found, key=lambda suspect: (suspect.document, suspect.start, suspect.end, suspect.check, suspect.what)
    )


def _words(document: Document, start: int, end: int) -> str:
    return (document.text or "")[start:end]


def _named(document: Document) -> Iterator[Mention]:
    return (mention for mention in document.mentions if form_of(mention) == "name")


def _other_types(document: Document) -> Iterator[Suspect]:
    """Names and values whose words have another type in the article too; the rarer type is suspect."""
    kinds: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in document.mentions:
        if form_of(mention) in ("name", "value", "role"):
            kinds[_words(document, mention.start, mention.end)].append(mention)
    for mentions in kinds.values():
        counts = Counter(mention.type for mention in mentions)
        for mention in mentions if len(counts) > 1 else []:
            if counts[mention.type] == min(counts.values()):
                others = ", ".join(sorted(set(counts) - {mention.type}))
                yield Suspect("two-labels-here", document.id, *_span(mention), f"{mention.type}, elsewhere {others}")


def _types_elsewhere(documents: Iterable[Document]) -> Iterator[Suspect]:
    """Names whose type is not the one most articles give the same words."""
    votes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for document in documents:
        votes_here = {(_words(document, *_span(mention)), mention.type) for mention in _named(document)}
        for words, kind in votes_here:
            votes[words][kind] += 1
    for document in documents:
        for mention in _named(document):
            counts = votes[_words(document, *_span(mention))]
            usual, number = max(counts.items(), key=lambda item: (item[1], item[0]))
            if mention.type != usual and number >= 2 * counts[mention.type]:
                what = f"{mention.type}, {usual} in {number} articles"
                yield Suspect("two-labels-elsewhere", document.id, *_span(mention), what)


def _span(item: Mention) -> tuple[int, int]:
    return item.start, item.end


def _unmarked_names(document: Document) -> Iterator[Suspect]:
    """Occurrences of a marked name that no mention covers."""
    text = document.text or ""
    covered = sorted(_span(mention) for mention in document.mentions if form_of(mention) not in ("nominal", "pronoun"))
    for name in sorted({_words(document, *_span(mention)) for mention in _named(document)}):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            start, end = match.span()
            if not any(first <= start and end <= last for first, last in covered):
                yield Suspect("name-unmarked", document.id, start, end, "marked elsewhere")


def _marks(document: Document) -> Iterator[Suspect]:
    """Words in quotation marks outside all content and names."""
    covered = [(span.start, span.end) for quote in document.quotes for _, span in quote_spans(quote)]
    covered += [_span(mention) for mention in document.mentions]
    for match in _MARKED.finditer(document.text or ""):
        start, end = match.start() + 1, match.end() - 1
        if not any(first < end and start < last for first, last in covered):
            yield Suspect("marks-unmarked", document.id, match.start(), match.end(), "outside quotes and names")


def _apart(document: Document) -> Iterator[Suspect]:
    """Entities of one type whose names are equal or contain one another word by word."""
    names: defaultdict[str, set[str]] = defaultdict(set)
    first: dict[str, Mention] = {}
    for mention in _named(document):
        if mention.entity is not None:
            names[mention.entity].add(_words(document, *_span(mention)).casefold())
            first.setdefault(mention.entity, mention)
    ordered = sorted(first, key=lambda entity: _span(first[entity]))
    for place, one in enumerate(ordered):
        for other in ordered[place + 1 :]:
            if first[one].type == first[other].type and _alike(names[one], names[other]):
                yield Suspect("entities-apart", document.id, *_span(first[other]), f"{other} beside {one}")


def _alike(ones: set[str], others: set[str]) -> bool:
    return any(set(one.split()) <= set(other.split()) or set(other.split()) <= set(one.split())
               for one in ones for other in others)  # fmt: skip


Marked = set[tuple[int, int]]


def _cue_words(document: Document) -> Marked:
    return {(span.start, span.end) for quote in document.quotes for span in quote.cue}


def _trigger_words(document: Document) -> Marked:
    return {(event.start, event.end) for event in document.events}


def _unmarked_words(
    documents: Sequence[Document], check: str, marked_in: Callable[[Document], Marked]
) -> Iterator[Suspect]:
    """Words that are mostly marked in gold and not here."""
    marked: Counter[str] = Counter()
    places: defaultdict[str, list[tuple[Document, int, int]]] = defaultdict(list)
    for document in documents:
        spans = marked_in(document)
        taken = spans | _trigger_words(document) | _cue_words(document)
        names = [_span(mention) for mention in _named(document)]
        for match in _WORD.finditer(document.text or ""):
            word = match.group().lower()
            if match.span() in spans:
                marked[word] += 1
            elif not any(first < match.end() and match.start() < last for first, last in (*taken, *names)):
                places[word].append((document, *match.span()))
    for word, number in marked.items():
        rest = places[word]
        if number >= SEVERAL and number / (number + len(rest)) >= MOSTLY:
            for document, start, end in rest:
                yield Suspect(check, document.id, start, end, f"marked in {number} of {number + len(rest)} places")


def _missing_roles(documents: Iterable[Document]) -> Iterator[Suspect]:
    """Actual events without a role that most actual events of the type have."""
    events = [(document, event) for document in documents for event in document.events if event.realis == "actual"]
    types = Counter(event.type for _, event in events)
    roles = Counter(
        (event.type, role) for _, event in events for role in {argument.role for argument in event.arguments}
    )
    usual: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for (kind, role), number in roles.items():
        if types[kind] >= OFTEN and number / types[kind] >= NEARLY_ALWAYS:
            usual[kind][role] = number
    for document, event in events:
        present = {argument.role for argument in event.arguments}
        for role, number in usual[event.type].items():
            if role not in present:
                what = f"no {role} of {event.type}, which {number} of {types[event.type]} have"
                yield Suspect("argument-missing", document.id, event.start, event.end, what)


class Review(NamedTuple):
    """What a reader decided of a suspect: ``right`` (gold stays) or ``fixed``, and why."""

    check: str
    document: str
    start: int
    end: int
    decision: str
    reason: str

    @property
    def key(self) -> tuple[str, str, int, int]:
        """The suspect it is about."""
        return self[:4]


DECISIONS = ("right", "fixed")


def read_reviews(path: Path) -> list[Review]:
    """Return the reviews of a tab-separated file with a header line.

    :raises FileFault: a line has other columns, a place that is no number or another decision.
    """
    found: list[Review] = []
    faults: list[str] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(Review._fields) or not (cells[2].isdigit() and cells[3].isdigit()):
            faults.append(f"{path}:{number}: found {line!r}; allowed: {' '.join(Review._fields)}, tab-separated")
        elif cells[0] not in CHECKS or cells[4] not in DECISIONS or not cells[5]:
            faults.append(f"{path}:{number}: found {cells[0]!r}, {cells[4]!r}; allowed: a check, right|fixed, a reason")
        else:
            found.append(Review(cells[0], cells[1], int(cells[2]), int(cells[3]), cells[4], cells[5]))
    if faults:
        raise FileFault("\n".join(faults))
    return found


def write_reviews(path: Path, reviews: Iterable[Review]) -> None:
    """Write reviews sorted by document and place, the last one of a suspect only."""
    rows = sorted({review.key: review for review in reviews}.values(), key=lambda row: (row[1], row[2], row[3], row[0]))
    lines = ["\t".join(map(str, row)) for row in [Review._fields, *rows]]
    write_text(path, "\n".join(lines) + "\n")
