"""Two files scored against one another in shares, by as many processes as there are processors.

The files are read through once for the ids alone, which gives where in the file each document stands; the pairs are then read,
checked and scored share by share. Sums over documents are exact whatever the order of adding, so the number of processes
never changes a score, and memory does not grow with the documents even when the two files have different orders.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from operator import attrgetter
from pathlib import Path
from typing import IO

from warta.document import Document
from warta.files import opened
from warta.schema import Schema
from warta.scoring.mentions_alone import Mentions, mentions_group, mentions_reader
from warta.scoring.metrics import LAYERS
from warta.scoring.places import Pair, Place
from warta.scoring.score import enter_pair
from warta.scoring.slices import Slicer
from warta.scoring.statistics import Totals, Vector
from warta.validate import Finding, blocking_faults, placed, prediction_faults, read_line, scheme_faults

#: Pairs in a share: enough that handing it over costs nothing, few enough that all processes end together.
SHARE = 256
#: Departures from the annotation scheme, of which a score only takes note, are looked for in so many lines of predictions.
LOOKED_AT = 1_000
#: Fewer pairs than that are scored sooner by one process than others can be started.
FEW = 2 * SHARE


@dataclass(slots=True)
class Found:
    """What was found in some pairs: sums, the numbers of each document where asked for, faults, departures, missing ids.

    ``departures`` counts by check id where the system leaves the annotation scheme in its first :data:`LOOKED_AT` lines;
    ``first`` has the first place of each.
    """

    totals: Totals = field(default_factory=Totals)
    rows: list[Vector] = field(default_factory=list)
    gold_faults: list[Finding] = field(default_factory=list)
    faults: list[Finding] = field(default_factory=list)
    departures: Counter[str] = field(default_factory=Counter)
    first: dict[str, Finding] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def include(self, other: Found) -> None:
        """Add what was found in other pairs."""
        self.totals.merge(other.totals)
        self.rows += other.rows
        self.gold_faults += other.gold_faults
        self.faults += other.faults
        self.missing += other.missing
        self.departures += other.departures
        self._keep_first(other.first.values())

    def depart(self, findings: Sequence[Finding]) -> None:
        """Count departures, and keep those that stand first in the file."""
        self.departures.update([finding.check for finding in findings])
        self._keep_first(findings)

    def _keep_first(self, findings: Iterable[Finding]) -> None:
        for finding in findings:
            known = self.first.get(finding.check)
            if known is None or finding.line < known.line:
                self.first[finding.check] = finding


@dataclass(frozen=True, slots=True)
class FilePair:
    """What is scored, and how: two files, what findings call them, and the choices of :func:`warta.scoring.score`."""

    gold: Path
    system: Path
    names: tuple[str, str]
    schema: Schema
    layers: Sequence[str] = LAYERS
    given: str | None = None
    slicer: Slicer | None = None
    keep_rows: bool = False

    @property
    def narrow(self) -> bool:
        """Whether only mentions are read and checked, because nothing else is asked about."""
        alone = tuple(self.layers) == ("entities",) and self.given is None
        return alone and self.slicer is None and not self.keep_rows

    def share(self, pairs: Sequence[Pair]) -> Found:
        """Read, check and score some pairs; a pair with a fault is not scored."""
        found = Found()
        read = mentions_reader(self.schema) if self.narrow else None
        with opened(self.gold) as ours, opened(self.system) as theirs:
            for pair in pairs:
                if read is not None and _quick(read, ours, theirs, pair, found):
                    continue
                gold = self._gold(ours, pair.gold, found) if pair.gold else None
                system = self._system(theirs, pair, gold, found) if pair.system else None
                if gold is not None and (system is not None or pair.system is None):
                    if system is None:
                        found.missing.append(gold.id)
                    rows = found.rows if self.keep_rows else None
                    enter_pair(found.totals, rows, gold, system, self.layers, self.given, self.slicer)
        found.totals.by_type()  # counts the types, which are shorter to hand over than to list
        return found

    def _gold(self, stream: IO[bytes], place: Place, found: Found) -> Document | None:
        document, faults = _read(stream, place)
        if document is not None:
            faults += blocking_faults(document, self.schema)
        return self._usable(document, faults, self.names[0], place, found.gold_faults)

    def _system(self, stream: IO[bytes], pair: Pair, gold: Document | None, found: Found) -> Document | None:
        place = pair.system
        assert place is not None
        document, faults = _read(stream, place)
        if document is not None:
            faults += prediction_faults(document, gold, self.schema, pair.known)
        usable = self._usable(document, faults, self.names[1], place, found.faults)
        if usable is not None and place.number <= LOOKED_AT:
            departures = scheme_faults(usable, self.schema)
            found.depart(list(placed(departures, self.names[1], place.number, usable.id)))
        return usable

    @staticmethod
    def _usable(
        document: Document | None, faults: list[Finding], name: str, place: Place, into: list[Finding]
    ) -> Document | None:
        if not faults:
            return document
        into += placed(faults, name, place.number, document.id if document is not None else "")
        return None


def _quick(
    read: Callable[[bytes], Mentions | None], ours: IO[bytes], theirs: IO[bytes], pair: Pair, found: Found
) -> bool:
    """Score the mentions of a pair alone and say whether that was possible: what is odd is read whole to explain it."""
    if pair.gold is None or pair.system is None or pair.system.repeated:
        return False
    gold, system = read(_line(ours, pair.gold)), read(_line(theirs, pair.system))
    if gold is None or system is None or (gold.id, system.id) != (pair.gold.name, pair.system.name):
        return False
    group = mentions_group(gold, system)
    if group is None:
        return False
    found.totals.add_group(group)
    return True


def _line(stream: IO[bytes], place: Place) -> bytes:
    stream.seek(place.offset)
    return stream.read(place.length)


def _read(stream: IO[bytes], place: Place) -> tuple[Document | None, list[Finding]]:
    """Return the document of a line and what is wrong with it."""
    document, faults = read_line(_line(stream, place))
    if document is not None and document.id != place.name:
        return None, [Finding("invalid-json", "id", f"{place.name!r} and {document.id!r}", "one id")]
    if document is not None and place.repeated:
        faults = [Finding("repeated-document", "id", repr(document.id), "an id that stands once")]
    return document, faults


def score_files(files: FilePair, pairs: Iterable[Pair], jobs: int | None = None) -> Found:
    """Score all pairs with ``jobs`` processes (as many as there are processors by default)."""
    processes = jobs or _processors()
    pairs = iter(pairs)
    first = list(islice(pairs, FEW))
    shares: Iterable[Sequence[Pair]] = _shares(chain(first, pairs))
    # Only a forked process has everything at once, and only Linux forks safely.
    alone = processes < 2 or len(first) < FEW or sys.platform != "linux"
    found = Found()
    for share in map(files.share, shares) if alone else _spread(files, shares, processes):
        found.include(share)
    found.gold_faults = sorted(dict.fromkeys(found.gold_faults), key=_LINE)
    found.faults.sort(key=_LINE)
    return found


def _shares(pairs: Iterable[Pair]) -> Iterator[Sequence[Pair]]:
    pairs = iter(pairs)
    while share := list(islice(pairs, SHARE)):
        yield share


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


_LINE = attrgetter("line")
_files: FilePair | None = None


def _spread(files: FilePair, shares: Iterable[Sequence[Pair]], processes: int) -> Iterator[Found]:
    """Yield what processes of their own find in the shares, in order; the files are read on for ids meanwhile."""
    import multiprocessing

    with multiprocessing.get_context("fork").Pool(processes, _begin, (files,)) as pool:
        yield from pool.imap(_share, shares)


def _begin(files: FilePair) -> None:
    global _files
    _files = files


def _share(pairs: Sequence[Pair]) -> Found:
    assert _files is not None  # set by _begin when the process started
    return _files.share(pairs)
