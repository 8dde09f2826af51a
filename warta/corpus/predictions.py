"""Reading a system's predictions: every fault is found before a score is given, nothing is silently mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from warta.corpus.gold import Bounds
from warta.document import Document
from warta.schema import Schema
from warta.validate import Finding, blocking_faults, checked_lines, scheme_faults


class Predictions:
    """Iterate over the usable documents of a prediction file; faults are collected beside.

    ``faults`` make the file unusable. ``departures`` counts by check id where the system leaves the annotation scheme
    or says something twice, with the first place of each; a system is scored on what it said all the same.
    """

    def __init__(self, path: str | Path, bounds: dict[str, Bounds], schema: Schema) -> None:
        """Keep the path and what the documents are held against; nothing is read yet."""
        self.path = str(path)
        self.bounds, self.schema = bounds, schema
        self.faults: list[Finding] = []
        self.departures: Counter[str] = Counter()
        self.first: dict[str, Finding] = {}

    def __iter__(self) -> Iterator[Document]:
        """Yield the documents without blocking faults, in file order."""
        for line in checked_lines(self.path, self._faults):
            if line.findings:
                self.faults += line.findings
            elif line.document is not None:
                self._departures(line.document, line.number)
                yield line.document

    def _faults(self, document: Document) -> list[Finding]:
        faults: list[Finding] = []
        bounds = self.bounds.get(document.id)
        if bounds is None:
            faults.append(
                Finding("unknown-document", "id", repr(document.id), f"one of gold's {len(self.bounds)} documents")
            )
            bounds = Bounds(None, None)
        if document.text is not None and bounds.text is not None and hash(document.text) != bounds.text:
            faults.append(
                Finding("text-mismatch", "text", f"{len(document.text)} other characters", "gold's text, or null")
            )
        return faults + blocking_faults(document, self.schema, bounds.chars)

    def _departures(self, document: Document, number: int) -> None:
        for finding in scheme_faults(document, self.schema):
            self.departures[finding.check] += 1
            if finding.check not in self.first:
                self.first[finding.check] = finding._replace(path=self.path, line=number, document=document.id)
