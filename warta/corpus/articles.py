"""The written articles: text and card of each, as documents without annotation."""

from __future__ import annotations

import re
from pathlib import Path

from warta.corpus.cards import read_card
from warta.document import Document, Meta
from warta.files import FileFault
from warta.text import digest, text_faults

LICENSE = "CC-BY-4.0"
NAME = re.compile(r"w-\d{4}")


def read_article(folder: Path, name: str) -> Document:
    """Return one article (``texts/NAME.txt`` and ``cards/NAME.yaml`` under a folder) as a document.

    Raises :class:`FileFault` for a text that is missing, not UTF-8 or not in normal form.
    """
    path = folder / "texts" / f"{name}.txt"
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise FileFault(f"{path}: cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise FileFault(f"{path}: not UTF-8 at byte {error.start}") from error
    if faults := text_faults(text):
        raise FileFault(f"{path}: found {faults[0].what} at {faults[0].at}; allowed: text in normal form")
    card = read_card(folder / "cards" / f"{name}.yaml")
    meta = Meta(
        date=card.date.published,
        genre=card.genre,
        outlet_style=card.outlet.style,
        origin="written",
        license=LICENSE,
        chars=len(text),
        sha256=digest(text),
    )
    return Document(id=name, text=text, meta=meta)


def written_articles(folder: Path) -> list[Document]:
    """Return all written articles of a folder in the order of their ids."""
    return [
        read_article(folder, path.stem)
        for path in sorted((folder / "texts").glob("w-*.txt"))
        if NAME.fullmatch(path.stem)
    ]
