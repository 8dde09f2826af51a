"""From gold to release: Parquet files, dataset card, statistics, checksums; the same bytes on every run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from warta import __version__
from warta.corpus.dataset_card import front_matter, with_front_matter
from warta.corpus.layout import LINKED_SPLIT, SPLITS, Layout, read_gold, read_splits
from warta.corpus.linked import LINKED, withheld
from warta.corpus.ner import NER, ner_rows, tag_names
from warta.corpus.splits import draw
from warta.corpus.statistics import describe
from warta.corpus.tables import DOCUMENTS, digest_of, rows_of, write_table
from warta.document import Document
from warta.files import FileFault, json_text, write_text
from warta.schema import Schema, load_schema
from warta.validate import Finding, check_document


class GoldFaults(Exception):
    """Gold that does not pass validation; ``findings`` has one entry a fault."""

    def __init__(self, findings: list[Finding]) -> None:
        """Keep all findings for the caller to print."""
        super().__init__(f"{len(findings)} findings in gold")
        self.findings = findings


def checked_gold(layout: Layout, schema: Schema) -> list[Document]:
    """Return all gold documents; raise :class:`GoldFaults` with every finding when there is any."""
    documents = list(read_gold(layout))
    findings = [f._replace(document=d.id) for d in documents for f in check_document(d, schema)]
    if findings:
        raise GoldFaults(findings)
    if not documents:
        raise FileFault(f"{layout.top}: no gold documents under data/gold")
    return documents


def grouped(documents: Iterable[Document], splits: dict[str, str]) -> dict[str, list[Document]]:
    """Return the documents by split, linked ones under ``linked``, each group in the order of ids."""
    groups: dict[str, list[Document]] = {split: [] for split in (*SPLITS, LINKED_SPLIT)}
    for document in sorted(documents, key=lambda d: d.id):
        linked = document.meta is not None and document.meta.origin == LINKED
        groups[LINKED_SPLIT if linked else splits[document.id]].append(withheld(document))
    return groups


def update_splits(layout: Layout, documents: Iterable[Document]) -> dict[str, str]:
    """Draw a split for every written document that has none and append it to ``data/splits.tsv``."""
    known = read_splits(layout)
    written = [d for d in documents if d.meta is None or d.meta.origin != LINKED]
    drawn = draw(written, known)
    write_text(layout.splits, "document\tsplit\n" + "".join(f"{name}\t{split}\n" for name, split in drawn.items()))
    return drawn


def build(layout: Layout, notify: Callable[[str], None] = lambda line: None) -> dict[str, Any]:
    """Write the release of a checkout and return its statistics.

    Raises :class:`GoldFaults` before anything is written when gold does not pass.
    """
    schema = load_schema()
    documents = checked_gold(layout, schema)
    groups = grouped(documents, update_splits(layout, documents))
    types = [code for code, label in schema.mention_types.items() if label.kind in ("name", "value")]
    files: dict[str, dict[str, Any]] = {}
    for name, members in groups.items():
        files[name] = _write(layout, name, rows_of(members), DOCUMENTS)
        if name != LINKED_SPLIT:
            rows = [row for document in members for row in ner_rows(document, types)]
            files[f"ner-{name}"] = _write(layout, f"ner-{name}", rows, NER)
        notify(f"{name}: {len(members)} documents")
    figures = {
        "version": __version__,
        "schema": schema.version,
        "digest": corpus_digest(files),
        "files": files,
        "splits": {name: describe(members) for name, members in groups.items()},
        "origins": {
            "written": describe(d for split in SPLITS for d in groups[split]),
            "linked": describe(groups[LINKED_SPLIT]),
        },
    }
    write_text(layout.top / "data" / "statistics.json", json_text(figures, indent=1))
    readme = layout.top / "README.md"
    block = front_matter(__version__, files, tag_names(types), _size_category(len(documents)))
    write_text(readme, with_front_matter(readme.read_text(encoding="utf-8"), block))
    return figures


def _write(layout: Layout, name: str, rows: list[dict[str, Any]], schema: pa.Schema) -> dict[str, Any]:
    path = layout.parquet(name)
    write_table(path, rows, schema)
    return {"rows": len(rows), "bytes": path.stat().st_size, "digest": digest_of(rows)}


def corpus_digest(files: dict[str, dict[str, Any]]) -> str:
    """Return one digest over the digests of all files of documents, 16 hexadecimal digits."""
    lines = [f"{name} {entry['digest']}\n" for name, entry in sorted(files.items()) if not name.startswith("ner-")]
    return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]


def _size_category(documents: int) -> str:
    return "n<1K" if documents < 1000 else "1K<n<10K"


def checksums(layout: Layout) -> str:
    """Return the lines of ``data/SHA256SUMS`` (checked with ``sha256sum -c`` inside ``data/``)."""
    folder = layout.top / "data"
    named = [
        *sorted((folder / "gold").glob("*.jsonl")),
        *sorted(layout.release.glob("*.parquet")),
        layout.splits,
        folder / "statistics.json",
        *folder.glob("croissant.json"),
    ]
    return "".join(f"{_sha256(path)}  {path.relative_to(folder)}\n" for path in named)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
