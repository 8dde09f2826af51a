"""Where the documents of two files stand, found by their ids alone, so that pairs can be read in any order later."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import msgspec

from warta.files import raw_places


class Place(NamedTuple):
    """Where a line stands: its number from 1, its first byte, its length in bytes; its id, and whether that stood before."""

    number: int
    offset: int
    length: int
    name: str | None = None
    repeated: bool = False


class Pair(NamedTuple):
    """A gold line and the prediction for it; either may be missing. ``known``: gold has so many documents, but not this."""

    gold: Place | None
    system: Place | None
    known: int | None = None


class _Name(msgspec.Struct, gc=False):
    id: str


_name = msgspec.json.Decoder(_Name).decode
_START = b'{"id":"'


class Index:
    """Iterate over a file's lines for their ids alone; what else is in the lines is not looked at.

    At the end ``digest`` is that of the file, and ``names`` has every id.

    :raises FileFault: the file cannot be read.
    """

    def __init__(self, path: str | Path, digested: bool = False) -> None:
        """Keep the path; nothing is read yet."""
        self.path, self.names = path, set[str]()
        self._total = sha256() if digested else None

    @property
    def digest(self) -> str:
        """Return 16 hexadecimal digits of the SHA-256 of the lines that are not blank."""
        return self._total.hexdigest()[:16] if self._total is not None else ""

    def __iter__(self) -> Iterator[Place]:
        """Yield where each line stands."""
        total, names = self._total, self.names
        for number, offset, line in raw_places(self.path):
            if total is not None:
                total.update(line)
                total.update(b"\n")
            name = name_of(line)
            yield Place(number, offset, len(line), name, name in names)
            if name is not None:
                names.add(name)


def name_of(line: bytes) -> str | None:
    """Return the id of the document in a line, or ``None`` where there is none to be read.

    Where the id comes first, as it does in most files, the rest of the line need not be read for it.

    >>> name_of(b'{"id":"d-1","text":'), name_of(b'{"text": null, "id": "d-2"}'), name_of(b'{"id": 7}')
    ('d-1', 'd-2', None)
    """
    try:
        if line.startswith(_START):
            end = line.find(b'"', len(_START))
            name = line[len(_START) : end]
            if end > 0 and b"\\" not in name:
                return name.decode("utf-8")
        return _name(line).id
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def paired(gold: Index, system: Index) -> Iterator[Pair]:
    """Yield every line of both files, each document as soon as both files have shown it.

    What has no partner comes last. A document that the system repeats is held against gold once more, so that all its
    faults are found.
    """
    gold_waits: dict[str, Place] = {}
    system_waits: dict[str, Place] = {}
    met: dict[str, Place] = {}
    late: list[Place] = []
    for ours, theirs in zip_longest(gold, system):
        if ours is not None:
            if ours.name is None or ours.repeated:
                yield Pair(ours, None)
            else:
                gold_waits[ours.name] = ours
        if theirs is not None:
            if theirs.name is None or theirs.repeated:
                late.append(theirs)
            else:
                system_waits[theirs.name] = theirs
        for name in {place.name for place in (ours, theirs) if place is not None and place.name is not None}:
            if name in gold_waits and name in system_waits:
                met[name] = gold_waits.pop(name)
                yield Pair(met[name], system_waits.pop(name))
    yield from (Pair(place, None) for place in gold_waits.values())
    for place in (*system_waits.values(), *late):
        partner = met.get(place.name or "")
        yield Pair(partner, place, len(gold.names) if place.name not in gold.names else None)
