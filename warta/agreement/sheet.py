"""The adjudication sheet: what two annotators read differently, to be decided line by line.

The sheet shows, in line notation, what both have, and every difference as a numbered pair::

    #4 A: m5 ORG e3 | Polres Blora
    #4 B: m5 GPE e3 | Blora

The answer file has one line a number: ``4 A``, ``4 B``, ``4 AB`` (both, as two items), ``4 -`` (neither) or
``4 = LINE`` (a line of notation that replaces both), then optionally ``; E4 the reason`` (after a line of notation with a
space before ``;``, as its words may hold one). ``+ LINE`` under a line ``P3`` adds an item both missed; ``- ID``
takes out one that both have. ``by NAME`` says who decided what follows. Nominals and pronouns that only one
annotator marked are no questions: they stay where the decided quotes and events use them.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import msgspec

from warta.agreement.alignment import Aligned, align
from warta.anchors import Anchored, AnchorFault, read_notation, resolve
from warta.anchors.render import event_line, mention_line, paragraph_of, quote_line
from warta.document import Document, Entity, Quote, form_of

KINDS = ("mentions", "quotes", "events")
WRITERS: dict[str, Any] = {"mentions": mention_line, "quotes": quote_line, "events": event_line}
RULE = r"[EKPU]\d+\b"
ANSWER = re.compile(rf"(\d+)\s+(?:(AB|A|B|-)\s*(?:;(.*))?|(=\s*.+?)(?:(?:\s+;|;(?=\s*{RULE}))(.*))?)$")
REASON = re.compile(rf"\s*({RULE})?[\s:.]*(.*)$")


class Difference(NamedTuple):
    """Two readings that belong together; one of them may be None."""

    number: int
    kind: str
    first: Any
    second: Any


class Sheet(NamedTuple):
    """Two aligned annotations, what they share, and their numbered differences."""

    aligned: Aligned
    agreed: dict[str, list[Any]]
    follow: list[Any]
    differences: list[Difference]


def place_of(item: Any) -> tuple[int, int]:
    """Return where an item stands in the order of the text: its start, and minus its end."""
    if isinstance(item, Quote):
        return min(s.start for s in item.content), -max(s.end for s in item.content)
    return item.start, -item.end


def _key(item: Any) -> Any:
    """Return what makes two readings the same, order within lists aside."""
    if isinstance(item, Quote):
        return (
            item.type,
            item.source,
            item.speaker,
            *(sorted((s.start, s.end) for s in p) for p in (item.content, item.cue)),
        )
    if hasattr(item, "arguments"):
        arguments = sorted((a.role, a.mention or "", a.event or "") for a in item.arguments)
        return item.start, item.end, item.type, item.realis, item.polarity, arguments
    return item.start, item.end, item.type, form_of(item), item.entity


def make_sheet(first: Document, second: Document) -> Sheet:
    """Compare two annotations of one document that has text."""
    aligned = align(first, second)
    agreed: dict[str, list[Any]] = {}
    follow: list[Any] = []
    open_pairs: list[tuple[str, Any, Any]] = []
    for kind in KINDS:
        left = {item.id: item for item in getattr(aligned.first, kind)}
        right = {item.id: item for item in getattr(aligned.second, kind)}
        agreed[kind] = [item for name, item in left.items() if name in right and _key(item) == _key(right[name])]
        same = {item.id for item in agreed[kind]}
        for name in sorted((left.keys() | right.keys()) - same):
            a, b = left.get(name), right.get(name)
            only = b if a is None else a if b is None else None
            if kind == "mentions" and only is not None and form_of(only) in ("nominal", "pronoun"):
                follow.append(only)
            else:
                open_pairs.append((kind, a, b))
    open_pairs.sort(key=lambda row: (KINDS.index(row[0]), place_of(row[1] or row[2])))
    return Sheet(aligned, agreed, follow, [Difference(n, *row) for n, row in enumerate(open_pairs, 1)])


def write_sheet(sheet: Sheet) -> str:
    """Return the sheet as text: per layer and paragraph the agreed lines, follow-ups (``~``) and differences."""
    document = sheet.aligned.first
    text = document.text or ""
    out = [f"document {document.id}"]
    for kind in KINDS:
        rows = [(place_of(item), f"  {line_of(kind, text, item)}", item) for item in sheet.agreed[kind]]
        if kind == "mentions":
            rows += [(place_of(item), f"~ {line_of(kind, text, item)}", item) for item in sheet.follow]
        for d in sheet.differences:
            if d.kind == kind:
                for side, item in (("A", d.first), ("B", d.second)):
                    shown = line_of(kind, text, item) if item is not None else "(nothing)"
                    rows.append((place_of(d.first or d.second), f"#{d.number} {side}: {shown}", d.first or d.second))
        out.append(kind)
        last = 0
        for place, line, _ in sorted(rows, key=lambda row: row[0]):
            paragraph = paragraph_of(text, place[0])
            if paragraph != last:
                out.append(f"P{paragraph}")
                last = paragraph
            out.append(line)
    return "\n".join(out) + "\n"


def paragraph_with(sheet: Sheet, difference: Difference) -> int:
    """Return the number of the paragraph in which a difference stands."""
    return paragraph_of(sheet.aligned.first.text or "", place_of(difference.first or difference.second)[0])


def line_of(kind: str, text: str, item: Any) -> str:
    """Return a reading in line notation, as the sheet has it."""
    first = item.content[0].start if kind == "quotes" else item.start
    line: str = WRITERS[kind](text, item, paragraph_of(text, first))
    return line


class Answers(NamedTuple):
    """A read answer file: choice and reason per difference, added lines, ids taken out, faults, and who decided each."""

    choices: dict[int, str]
    reasons: dict[int, tuple[str, str]]
    added: list[tuple[int, str]]
    removed: set[str]
    faults: list[AnchorFault]
    by: dict[int, str]

    def decider(self, number: int | None) -> str:
        """Return who decided a difference; of what follows from several of them, everybody who decided."""
        return self.by.get(number, "") if number is not None else ", ".join(sorted(set(self.by.values()) - {""}))


def read_answers(text: str, sheet: Sheet) -> Answers:
    """Read an answer file; every difference must be answered once."""
    answers = Answers({}, {}, [], set(), [], {})
    paragraph, decider = 0, ""
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line or line.startswith(("//", "document ")):
            continue
        if re.fullmatch(r"P\d+", line):
            paragraph = int(line[1:])
        elif line.startswith("by "):
            decider = line[3:].strip()
        elif line.startswith("+ "):
            answers.added.append((paragraph, line[2:].strip()))
        elif line.startswith("- "):
            answers.removed.update(line[2:].split(";")[0].split())
        elif match := ANSWER.match(line.lstrip("#")):
            n = int(match.group(1))
            if n in answers.choices or not 0 < n <= len(sheet.differences):
                answers.faults.append(AnchorFault(f"line {number}", f"difference {n} is unknown or answered twice"))
            answers.choices[n] = match.group(2) or match.group(4)
            rule, reason = REASON.fullmatch(match.group(3) or match.group(5) or "").groups("")  # type: ignore[union-attr]
            answers.reasons[n], answers.by[n] = (rule, reason.strip()), decider
        else:
            answers.faults.append(AnchorFault(f"line {number}", f"not an answer: {line[:60]!r}"))
    for d in sheet.differences:
        if d.number not in answers.choices:
            answers.faults.append(AnchorFault(f"#{d.number}", "not answered"))
    return answers


def adjudicated(sheet: Sheet, answers: Answers) -> tuple[Document, list[AnchorFault]]:
    """Return gold by the answers, and lines of the answers that could not be resolved."""
    kept: dict[str, list[Any]] = {kind: list(items) for kind, items in sheet.agreed.items()}
    lines: list[tuple[int, str, str]] = []
    text = sheet.aligned.first.text or ""
    for d in sheet.differences:
        choice = answers.choices.get(d.number, "-")
        if choice.startswith("="):
            lines.append((paragraph_with(sheet, d), d.kind, choice[1:].strip()))
        if choice in ("A", "AB") and d.first is not None:
            kept[d.kind].append(d.first)
        if choice in ("B", "AB") and d.second is not None:
            name = f"{d.second.id}b" if choice == "AB" and d.first is not None else d.second.id
            kept[d.kind].append(msgspec.structs.replace(d.second, id=name))
    letters = {"m": "mentions", "q": "quotes", "v": "events"}
    faults = list(answers.faults)
    for paragraph, line in answers.added:
        if line[:1] in letters:
            lines.append((paragraph, letters[line[0]], line))
        else:
            faults.append(AnchorFault(line[:40], "an added line begins with an id m.., q.. or v.."))
    kept["mentions"] += sheet.follow
    new, more = _resolved(sheet.aligned.first.id, text, lines)
    for kind in KINDS:
        mine = {item.id for item in getattr(new, kind)}
        kept[kind] = [i for i in kept[kind] if i.id not in mine and i.id not in answers.removed]
        kept[kind] += getattr(new, kind)
    return _assembled(sheet, kept), faults + more


def _resolved(identifier: str, text: str, lines: list[tuple[int, str, str]]) -> tuple[Document, list[AnchorFault]]:
    notation = [f"document {identifier}"]
    for paragraph, kind, line in lines:
        notation += [kind, f"P{paragraph}", line]
    read, faults = read_notation("\n".join(notation))
    document, missing = resolve(read[0] if read else Anchored(id=identifier), text)
    return document, faults + missing


def _assembled(sheet: Sheet, kept: dict[str, list[Any]]) -> Document:
    """Build the document: nominals and pronouns nothing uses fall away, entities get the type of their mentions."""
    used = {q.source for q in kept["quotes"]} | {a.mention for e in kept["events"] for a in e.arguments}
    mentions = [m for m in kept["mentions"] if m.id in used or form_of(m) not in ("nominal", "pronoun")]
    types: dict[str, str] = {}
    for mention in sorted(mentions, key=lambda m: (form_of(m) == "role", m.start, m.end)):
        if mention.entity is not None:
            types.setdefault(mention.entity, mention.type)
    return msgspec.structs.replace(
        sheet.aligned.first,
        mentions=mentions,
        entities=[Entity(id=name, type=kind) for name, kind in types.items()],
        quotes=kept["quotes"],
        events=kept["events"],
    )
