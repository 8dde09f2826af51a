"""What a conversion has to tell: faults that stop it, labels that were dropped, items that had to be left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from warta.document import Document
from warta.interchange.texts import Texts
from warta.schema import Crosswalk, Schema


@dataclass
class Ledger:
    """Everything one conversion tells its user, collected while it goes on.

    ``faults`` are whole lines ``place: what was found; allowed: what is``; with any of them nothing is written.
    ``left`` counts, by kind, items that the other form cannot hold, ``changed`` those it holds in another way.
    """

    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    dropped: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    unknown: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def fault(self, where: str, found: str, allowed: str) -> None:
        """Note a fault of the input."""
        self.faults.append(f"{where}: {found}; allowed: {allowed}")

    def notes_once(self, note: str) -> None:
        """Note something that is told once, however often it is found."""
        if note not in self.notes:
            self.notes.append(note)

    def unknown_label(self, kind: str, label: str, where: str, allowed: Iterable[str]) -> None:
        """Note a label that is not known; the same label again is counted, not told again."""
        places = self.unknown.setdefault((kind, label), [])
        places.append(where)
        if len(places) == 1:
            places.append("|".join(sorted(allowed)))

    def fault_lines(self) -> list[str]:
        """Return all faults, a line each: unknown labels once, with the first place and how often they stand."""
        lines = list(self.faults)
        for (kind, label), (first, allowed, *more) in self.unknown.items():
            again = f" ({len(more) + 1} times)" if more else ""
            lines.append(f"{first}: unknown {kind} {label!r}{again}; allowed: {allowed}")
        return _single(lines)

    def note_lines(self) -> list[str]:
        """Return what is told of a conversion that went well: notes, dropped labels, items left out."""
        lines = list(self.notes)
        lines += [f"changed: {n} {kind}" for kind, n in sorted(self.changed.items()) if n]
        lines += [f"label {label!r}: {n} dropped, nothing fits it" for label, n in sorted(self.dropped.items())]
        return _single(lines + [f"left out: {n} {kind}" for kind, n in sorted(self.left.items()) if n])


def _single(lines: Iterable[str]) -> list[str]:
    """Return messages without line breaks: ids, keys and file names may have them."""
    return [line.replace("\r", "\\r").replace("\n", "\\n") for line in lines]


class Labels:
    """Mention labels of one side of a conversion and what they become on the other (null: dropped and counted)."""

    def __init__(self, table: Mapping[str, str | None], ledger: Ledger) -> None:
        """Keep the table."""
        self.table, self.ledger = table, ledger

    def get(self, label: str, where: str) -> str | None:
        """Return the other side's label, or null for a label that is dropped or unknown; both are noted."""
        if label not in self.table:
            self.ledger.unknown_label("label", label, where, self.table)
            return None
        found = self.table[label]
        if found is None:
            self.ledger.dropped[label] += 1
        return found


@dataclass
class Context:
    """What readers and writers share: schema, ledger, known documents and the two tables of labels."""

    schema: Schema
    ledger: Ledger
    texts: Texts
    reading: Labels
    writing: Labels
    crosswalk: Crosswalk | None = None

    def bare(self, document_id: str, text: str | None, where: str) -> Document | None:
        """Return a document without annotation: text and meta of the known one of that id, else the file's own text.

        With known documents an id that is not theirs is a fault and gives null.
        """
        if not self.texts:
            return Document(id=document_id, text=text)
        known = self.texts.known.get(document_id)
        if known is None:
            self.ledger.fault(where, f"unknown document {document_id!r}", f"the ids of {self.texts.shown()}")
            return None
        return Document(id=known.id, text=known.text if known.text is not None else text, meta=known.meta)


def new_context(
    schema: Schema, crosswalk: Crosswalk | None = None, documents: Iterable[Document] = (), name: str = ""
) -> Context:
    """Return the context of a conversion; ``documents`` are known ones, which ``name`` names in messages."""
    ledger = Ledger()
    same: dict[str, str | None] = {label: label for label in schema.mention_types}
    reading = Labels(same if crosswalk is None else crosswalk.from_, ledger)
    writing = Labels(same if crosswalk is None else crosswalk.to, ledger)
    return Context(schema, ledger, Texts(documents, name), reading, writing, crosswalk)
