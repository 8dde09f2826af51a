"""The lines of a brat .ann file, parsed and checked against one another."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from warta.interchange.ledger import Ledger

BOUND = re.compile(r"(\S+) (\d+ \d+(?:;\d+ \d+)*)")
PAIRS = re.compile(r"(\S+?):(\S+)")
REFERENCE = re.compile(r"(\S+) (\S+) (\S+?):(\S+)")
SHAPES = {
    "T": "«T1<tab>TYPE START END<tab>words», START before END; fragments START END;START END",
    "E": "«E1<tab>TYPE:T1 role:T2 ...»",
    "R": "«R1<tab>TYPE Arg1:T1 Arg2:T2»",
    "*": "«*<tab>Equiv T1 T2 ...»",
    "A": "«A1<tab>Name T1 [value]»",
    "M": "«M1<tab>Name T1 [value]»",
    "N": "«N1<tab>Reference T1 resource:id<tab>words»",
    "#": "«#1<tab>Type T1<tab>words»",
}


class Bound(NamedTuple):
    """A T line: a type on one or more fragments, with the words they cover."""

    line: int
    type: str
    parts: list[tuple[int, int]]
    words: str


class Act(NamedTuple):
    """An E line: a type on a trigger, with ``(role, target)`` pairs."""

    line: int
    type: str
    trigger: str
    arguments: list[tuple[str, str]]


class Said(NamedTuple):
    """An A, M, N or # line: something said of a target under a name."""

    line: int
    name: str
    target: str
    value: str


class Tie(NamedTuple):
    """An R or * line: a type and the ids it ties together."""

    line: int
    type: str
    members: list[str]


@dataclass
class Standoff:
    """All lines of a file by kind; ``bounds`` and ``acts`` by id."""

    bounds: dict[str, Bound] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    attributes: list[Said] = field(default_factory=list)
    references: list[Said] = field(default_factory=list)
    notes: list[Said] = field(default_factory=list)
    equivalents: list[Tie] = field(default_factory=list)
    relations: list[Tie] = field(default_factory=list)


def parse(path: str, data: str, ledger: Ledger) -> Standoff:
    """Return the lines of a file; lines of no known shape, ids given twice and targets that are not there are faults."""
    found = Standoff()
    seen: set[str] = set()
    for number, raw in enumerate(data.split("\n"), 1):
        line = raw.removesuffix("\r")
        if not line.strip():
            continue
        key, _, rest = line.partition("\t")
        where = f"{path}:{number}"
        if key != "*" and key in seen:
            ledger.fault(where, f"id {key!r} again", "ids that stand once in a file")
            continue
        seen.add(key)
        shape = SHAPES.get(key[:1])
        if shape is None:
            ledger.fault(where, f"line that begins with {key[:20]!r}", "lines " + ", ".join(SHAPES))
        elif not _add(found, number, key, rest):
            ledger.fault(where, f"{line[:60]!r}", shape)
    _check_targets(found, path, ledger)
    return found


def _add(found: Standoff, number: int, key: str, rest: str) -> bool:
    """Add a line to what it belongs to; return whether it has the shape of its kind."""
    data, _, tail = rest.partition("\t")
    kind = key[:1]
    if kind == "T":
        bound = _bound(number, data, tail)
        if bound is not None:
            found.bounds[key] = bound
        return bound is not None
    if kind == "E":
        pairs = [PAIRS.fullmatch(word) for word in data.split()]
        if not pairs or not all(pairs):
            return False
        (name, trigger), *arguments = [(p.group(1), p.group(2)) for p in pairs if p is not None]
        found.acts[key] = Act(number, name, trigger, arguments)
        return True
    if kind in "R*":
        name, *words = data.split() or [""]
        members = [word.rpartition(":")[2] for word in words]
        (found.relations if kind == "R" else found.equivalents).append(Tie(number, name, members))
        return len(members) == 2 if kind == "R" else len(members) > 1
    return _add_said(found, number, kind, data, tail)


def _add_said(found: Standoff, number: int, kind: str, data: str, tail: str) -> bool:
    if kind == "N":
        match = REFERENCE.fullmatch(data)
        if match is not None:
            found.references.append(Said(number, match.group(3), match.group(2), match.group(4)))
        return match is not None
    words = data.split()
    if kind == "#":
        if len(words) == 2:
            found.notes.append(Said(number, words[0], words[1], tail))
        return len(words) == 2
    if 2 <= len(words) <= 3:
        found.attributes.append(Said(number, words[0], words[1], words[2] if len(words) == 3 else ""))
    return 2 <= len(words) <= 3


def _bound(number: int, data: str, words: str) -> Bound | None:
    match = BOUND.fullmatch(data)
    if match is None:
        return None
    parts = [(int(a), int(b)) for a, b in (part.split() for part in match.group(2).split(";"))]
    return Bound(number, match.group(1), parts, words) if all(a < b for a, b in parts) else None


def _check_targets(found: Standoff, path: str, ledger: Ledger) -> None:
    """Note every reference to an id that the file does not have, and take it out."""
    known = {*found.bounds, *found.acts}

    def missing(line: int, target: str, allowed: str = "the id of a T or E line of the file") -> None:
        ledger.fault(f"{path}:{line}", f"{target!r} is not there", allowed)

    for key, act in list(found.acts.items()):
        if act.trigger not in found.bounds:
            missing(act.line, act.trigger, "the id of a T line of the file")
            del found.acts[key]
            continue
        for _, target in act.arguments:
            if target not in known:
                missing(act.line, target)
    ids = {*known}
    for said in (*found.attributes, *found.references):
        if said.target not in ids:
            missing(said.line, said.target)
    for tie in (*found.relations, *found.equivalents):
        for member in tie.members:
            if member not in ids:
                missing(tie.line, member)
