"""The release as Parquet: documents to Arrow tables and back.

The build is deterministic: the same documents give the same bytes under the pyarrow named in
``PINNED_PYARROW``; under another one the digest over canonical row JSON is what is compared.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from warta.document import Document
from warta.files import FileFault, replacing

PINNED_PYARROW = "26.0.1"
STRING, OFFSET = pa.string(), pa.int32()
SPAN = pa.struct([("start", OFFSET), ("end", OFFSET)])
META = pa.struct(
    [(key, STRING) for key in ("title", "date", "genre", "outlet_style", "origin", "source", "license")]
    + [("chars", OFFSET), ("sha256", STRING)]
)
MENTION = pa.struct(
    [("id", STRING), ("start", OFFSET), ("end", OFFSET), ("type", STRING), ("form", STRING), ("entity", STRING)]
)
ENTITY = pa.struct([("id", STRING), ("type", STRING), ("name", STRING)])
ARGUMENT = pa.struct([("role", STRING), ("mention", STRING), ("event", STRING)])
EVENT = pa.struct(
    [("id", STRING), ("start", OFFSET), ("end", OFFSET), ("type", STRING), ("realis", STRING), ("polarity", STRING),
     ("arguments", pa.list_(ARGUMENT))]
)  # fmt: skip
QUOTE = pa.struct(
    [("id", STRING), ("type", STRING), ("content", pa.list_(SPAN)), ("cue", pa.list_(SPAN)), ("source", STRING),
     ("speaker", STRING)]
)  # fmt: skip
DOCUMENTS = pa.schema(
    [("id", STRING), ("text", STRING), ("meta", META), ("mentions", pa.list_(MENTION)), ("entities", pa.list_(ENTITY)),
     ("events", pa.list_(EVENT)), ("quotes", pa.list_(QUOTE))]
)  # fmt: skip


def rows_of(documents: Iterable[Document]) -> list[dict[str, Any]]:
    """Return documents as plain rows, every key present."""
    return [msgspec.to_builtins(document) for document in documents]


def digest_of(rows: Iterable[dict[str, Any]]) -> str:
    """Return the SHA-256 over the rows as JSON with sorted keys, a line each, in order."""
    total = hashlib.sha256()
    for row in rows:
        total.update(msgspec.json.encode(row, order="sorted"))
        total.update(b"\n")
    return total.hexdigest()


def write_table(path: Path, rows: list[dict[str, Any]], schema: pa.Schema) -> None:
    """Write rows as one Parquet file, by rename, with nothing in it that changes from run to run."""
    table = pa.Table.from_pylist(rows, schema=schema)
    with replacing(path) as out:
        pq.write_table(table, out, compression="zstd", compression_level=9, version="2.6")


def read_table(path: Path) -> Iterator[Document]:
    """Yield the documents of a Parquet file of the release, as records.

    Raises :class:`FileFault` for a file that is missing or no Parquet.
    """
    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(batch_size=256):
                yield from msgspec.convert(batch.to_pylist(), list[Document])
    except (OSError, pa.ArrowException, msgspec.ValidationError) as error:
        raise FileFault(f"{path}: not a Parquet file of the release: {str(error).splitlines()[0]}") from error
