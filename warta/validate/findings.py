"""What validation finds: checks with stable ids, in levels, and findings with a place."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Level(enum.IntEnum):
    """How deep a fault goes; a document that fails a level below ``SCHEME`` cannot be scored."""

    FILE = 1
    FORM = 2
    REFERENCE = 3
    OFFSET = 4
    LABEL = 5
    SCHEME = 6


class Finding(NamedTuple):
    """One fault: which check, where, what was found and what is allowed."""

    check: str
    where: str
    found: str
    allowed: str
    path: str = ""
    line: int = 0
    document: str = ""

    @property
    def level(self) -> Level:
        """Level of the check that found it."""
        return CHECKS[self.check][0]

    def __str__(self) -> str:
        """One line: file, line, document, check, place, what was found, what is allowed."""
        place = f"{self.path}:{self.line}: " if self.path else ""
        document = f"document {self.document}: " if self.document else ""
        where = f"{self.where}: " if self.where else ""
        line = f"{place}{document}[{self.check}] {where}found {self.found}; allowed: {self.allowed}"
        if line.isprintable():
            return line
        # Ids and values come from the file: a line break or a terminal's control sequence in one is shown, not obeyed.
        return "".join([c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in line])


FILE, FORM, REFERENCE, OFFSET, LABEL, SCHEME = Level

# check id: (level, what it asks for). Ids are stable: tests, reports and lists of exceptions name them.
CHECKS: dict[str, tuple[Level, str]] = {
    "invalid-utf8": (FILE, "A file is UTF-8 throughout."),
    "invalid-json": (FILE, "Every line that is not blank is one whole JSON object."),
    "nul-character": (FILE, "No NUL character, neither raw nor escaped."),
    "repeated-document": (FILE, "A document id stands once in a file."),
    "unknown-document": (FILE, "A predicted document is one of gold's."),
    "unknown-key": (FORM, "Only the keys of the document form are used."),
    "missing-key": (FORM, "Required keys are there and not null."),
    "wrong-type": (FORM, "Values are of the kind the form asks for; offsets are whole numbers."),
    "empty-id": (FORM, "An id that is given is not empty."),
    "filler-count": (FORM, "An argument has exactly one of mention and event."),
    "no-content": (FORM, "A quote has at least one content span."),
    "repeated-id": (REFERENCE, "Ids are unique in their list."),
    "unknown-mention": (REFERENCE, "A source or filler is a mention of the document."),
    "unknown-event": (REFERENCE, "An event that fills a role is an event of the document."),
    "unknown-entity": (REFERENCE, "The entity of a mention or speaker is an entity of the document."),
    "negative-offset": (OFFSET, "Offsets count from 0."),
    "reversed-span": (OFFSET, "A span ends after it starts."),
    "past-end": (OFFSET, "A span ends within the text."),
    "chars-mismatch": (OFFSET, "meta.chars is the number of code points of the text."),
    "hash-mismatch": (OFFSET, "meta.sha256 is the SHA-256 of the text in UTF-8."),
    "text-mismatch": (OFFSET, "A predicted document that has text has gold's."),
    "unknown-mention-type": (LABEL, "Mention types are those of schema/entities.yaml."),
    "unknown-form": (LABEL, "Mention forms are those of schema/entities.yaml."),
    "unknown-entity-type": (LABEL, "Entity types are the mention types that are no values."),
    "unknown-event-type": (LABEL, "Event types are those of schema/events.yaml."),
    "unknown-realis": (LABEL, "Realis is one of those of schema/events.yaml."),
    "unknown-polarity": (LABEL, "Polarity is one of those of schema/events.yaml."),
    "unknown-role": (LABEL, "Roles are those of schema/events.yaml."),
    "unknown-quote-type": (LABEL, "Quote types are those of schema/quotes.yaml."),
    "text-not-normal": (SCHEME, "Text is NFC without carriage return, byte order mark or lone surrogate."),
    "edge-white-space": (SCHEME, "A span neither begins nor ends with white space."),
    "same-span-mentions": (SCHEME, "No two mentions have the same span."),
    "same-span-triggers": (SCHEME, "No two triggers have the same span."),
    "same-span-content": (SCHEME, "No two quotes have the same content."),
    "form-type": (
        SCHEME,
        "Form and type go together: value types are values, ROL of form role or nominal, THG nominal or pronoun.",
    ),
    "value-with-entity": (SCHEME, "A value belongs to no entity."),
    "mention-without-entity": (SCHEME, "Every mention but a value belongs to an entity."),
    "entity-without-mention": (SCHEME, "Every entity has a mention."),
    "entity-type-clash": (SCHEME, "An entity has the type of its mentions, role mentions apart."),
    "role-without-name": (SCHEME, "A role stands beside a name: its entity is a person with a name mention."),
    "unused-nominal": (SCHEME, "Nominals and pronouns are marked only as source of a quote or filler of a role."),
    "role-not-allowed": (SCHEME, "The role is one of the event type's."),
    "filler-type": (SCHEME, "The type of the filler may fill the role."),
    "own-filler": (SCHEME, "No event fills a role of its own."),
    "event-cycle": (SCHEME, "Events do not fill one another's roles in a circle."),
    "repeated-argument": (SCHEME, "A filler has a role of an event once."),
    "missing-realis": (SCHEME, "Every event has realis."),
    "missing-polarity": (SCHEME, "Every event has polarity."),
    "missing-quote-type": (SCHEME, "Every quote has a type."),
    "speaker-not-source": (SCHEME, "The speaker of a quote with a source is the source's entity."),
    "overlapping-parts": (SCHEME, "The spans of one quote do not overlap."),
    "cue-not-listed": (SCHEME, "Cues are on the closed list of schema/quotes.yaml."),
    "trigger-of-words": (SCHEME, "A trigger is one word, or a listed expression."),
    "trigger-in-name": (SCHEME, "Triggers inside names are not marked."),
    "direct-without-marks": (SCHEME, "A direct quote stands in quotation marks."),
    "indirect-in-marks": (SCHEME, "An indirect quote does not stand in quotation marks as a whole."),
}


def placed(findings: Iterable[Finding], path: str, line: int, document: str) -> Iterator[Finding]:
    """Yield the findings of one document with file, line and document id filled in."""
    for finding in findings:
        yield finding._replace(path=path, line=line, document=finding.document or document)
