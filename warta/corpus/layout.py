"""Where things are in a checkout of the corpus, and reading them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from warta.document import Document
from warta.files import FileFault, read_documents

SPLITS = ("train", "validation", "test")
LINKED_SPLIT = "linked"


class Layout(NamedTuple):
    """Paths of a checkout, all derived from its top folder."""

    top: Path

    @property
    def gold(self) -> dict[str, Path]:
        """Gold files by origin."""
        return {origin: self.top / "data" / "gold" / f"{origin}.jsonl" for origin in ("written", "linked")}

    @property
    def splits(self) -> Path:
        """The append-only table of documents and their splits."""
        return self.top / "data" / "splits.tsv"

    @property
    def release(self) -> Path:
        """Folder of the Parquet files."""
        return self.top / "data" / "release"

    @property
    def annotations(self) -> Path:
        """Folder with a folder a batch: both annotators' files and the decisions."""
        return self.top / "data" / "annotations"

    @property
    def articles(self) -> Path:
        """Folder of the written articles, their cards and logs."""
        return self.top / "data" / "articles"

    def parquet(self, name: str) -> Path:
        """Path of a Parquet file of the release: a split, ``linked`` or ``ner-<split>``."""
        return self.release / f"{name}.parquet"


def find_layout(start: str | Path = ".") -> Layout:
    """Return the layout of the checkout that holds ``start``; raise :class:`FileFault` when there is none."""
    here = Path(start).resolve()
    for folder in (here, *here.parents):
        if (folder / "data" / "release").is_dir():
            return Layout(folder)
    raise FileFault(f"{start}: no corpus here or above it (a folder with data/release); name one with --data PATH")


def read_gold(layout: Layout) -> Iterator[Document]:
    """Yield all gold documents, written ones first, each file in its order."""
    for path in layout.gold.values():
        if path.is_file():
            yield from read_documents(path)


def read_splits(layout: Layout) -> dict[str, str]:
    """Return ``{document id: split}`` in the order of ``data/splits.tsv``."""
    rows: dict[str, str] = {}
    if not layout.splits.is_file():
        return rows
    for number, line in enumerate(layout.splits.read_text(encoding="utf-8").split("\n"), 1):
        if not line or line.startswith("document\t"):
            continue
        name, _, split = line.partition("\t")
        if name in rows or split not in SPLITS:
            raise FileFault(
                f"{layout.splits}:{number}: found {line!r}; allowed: a new document id, a tab, {'|'.join(SPLITS)}"
            )
        rows[name] = split
    return rows
