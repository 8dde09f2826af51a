"""Files of the corpus: JSON Lines in and out, and writes that are complete or not there at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any, cast

import msgspec

from warta.document import Document

STDIN = "-"
#: Bytes read at once: lines of documents are longer than the 8 KB that Python takes, which would join each of pieces.
BUFFER = 1 << 18


class FileFault(Exception):
    """A file that cannot be used as it is; the message is one line for the user."""


@contextlib.contextmanager
def opened(path: str | Path) -> Iterator[IO[bytes]]:
    """Open a file for reading bytes, ``-`` being standard input.

    Raises :class:`FileFault` for a path that is missing, a folder or not readable.
    """
    if str(path) == STDIN:
        yield sys.stdin.buffer
        return
    try:
        stream = Path(path).open("rb", buffering=BUFFER)  # noqa: SIM115 (closed below; only the opening is guarded)
    except OSError as error:
        raise FileFault(f"{path}: cannot be read: {error.strerror}") from error
    with stream:
        yield stream


@contextlib.contextmanager
def seekable(path: str | Path) -> Iterator[Path]:
    """Give a file that can be read from any place: the file itself, or a copy of standard input or a pipe.

    Raises :class:`FileFault` as :func:`opened` does.
    """
    if str(path) != STDIN and (Path(path).is_file() or not Path(path).exists()):
        with opened(path):
            yield Path(path)
        return
    with opened(path) as stream, tempfile.NamedTemporaryFile(prefix="warta-") as copy:
        shutil.copyfileobj(stream, copy)
        copy.flush()
        yield Path(copy.name)


def raw_lines(path: str | Path) -> Iterator[tuple[int, bytes]]:
    """Yield ``(line number from 1, bytes without the line end)`` of every line that is not blank."""
    for number, _, line in raw_places(path):
        yield number, line


def raw_places(path: str | Path) -> Iterator[tuple[int, int, bytes]]:
    """Yield ``(line number from 1, first byte from 0, bytes without the line end)`` of every line that is not blank."""
    with opened(path) as stream:
        offset = 0
        for number, line in enumerate(stream, 1):
            bare = line.strip(b" \t\r\n")
            if bare:
                yield number, offset + line.index(bare[:1]), bare
            offset += len(line)


def read_documents(path: str | Path) -> Iterator[Document]:
    """Yield the documents of a JSONL file known to be well formed (the corpus's own files).

    Files of others go through :mod:`warta.validate`. Raises :class:`FileFault` naming file and line.
    """
    import jsonlines  # here and below, because it takes longer to import than a small file to read

    decode = msgspec.json.Decoder(Document).decode
    with opened(path) as stream, jsonlines.Reader(stream, loads=_text_loads(decode)) as reader:
        try:
            yield from cast(Iterator[Document], reader.iter(skip_empty=True))
        except (jsonlines.InvalidLineError, UnicodeDecodeError) as error:
            where = f"{path}:{error.lineno}" if isinstance(error, jsonlines.InvalidLineError) else str(path)
            raise FileFault(f"{where}: not a document: {str(error).splitlines()[0]}") from error


def _text_loads(decode: Callable[[str | bytes], Any]) -> Callable[[str | bytes], Any]:
    """Give ``decode`` the one kind of error that jsonlines turns into an error with a line number."""

    def loads(line: str | bytes) -> Any:
        try:
            return decode(line)
        except msgspec.MsgspecError as error:
            raise ValueError(str(error)) from error

    return loads


def read_objects(path: str | Path) -> list[Any]:
    """Return the JSON values of a JSONL file of the corpus that holds something else than documents."""
    import jsonlines

    with opened(path) as stream, jsonlines.Reader(stream, loads=_text_loads(msgspec.json.decode)) as reader:
        try:
            return list(reader.iter(skip_empty=True))
        except (jsonlines.InvalidLineError, UnicodeDecodeError) as error:
            raise FileFault(f"{path}: not JSON Lines: {error}") from error


@contextlib.contextmanager
def replacing(path: str | Path, mode: str = "wb") -> Iterator[IO[Any]]:
    """Open a temporary file beside ``path`` that takes its name when the block ends without error."""
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".tmp")
    except OSError as error:
        raise FileFault(f"{path}: cannot be written: {error.strerror}") from error
    try:
        with os.fdopen(
            handle, mode, encoding=None if "b" in mode else "utf-8", newline=None if "b" in mode else "\n"
        ) as out:
            yield out
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_text(path: str | Path, text: str) -> None:
    """Write a text file in UTF-8 by rename; a file that holds just that already is left alone."""
    data = text.encode("utf-8")
    target = Path(path)
    if target.is_file() and target.read_bytes() == data:
        return
    with replacing(target) as out:
        out.write(data)


def json_text(value: Any, indent: int = 2) -> str:
    """Return any plain value or record as indented JSON with a final line feed."""
    return msgspec.json.format(msgspec.json.encode(value), indent=indent).decode() + "\n"


def write_objects(path: str | Path, objects: Iterable[Any]) -> int:
    """Write records or plain values as JSON Lines (keys in the records' order), return how many.

    ``-`` is standard output; everything else is written by rename.
    """
    encode = msgspec.json.Encoder().encode
    if str(path) == STDIN:
        return _write_lines(sys.stdout.buffer, objects, encode)
    with replacing(path) as out:
        return _write_lines(out, objects, encode)


def _write_lines(stream: IO[bytes], objects: Iterable[Any], encode: Callable[[Any], bytes]) -> int:
    import jsonlines

    count = 0
    text = (encode(item).decode("utf-8") for item in objects)
    writer = jsonlines.Writer(cast(IO[str], _Encoded(stream)), dumps=str)
    for line in text:
        writer.write(line)
        count += 1
    stream.flush()
    return count


class _Encoded:
    """Text stream over a byte stream, for writers that want text (jsonlines)."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write text in UTF-8."""
        return self._stream.write(text.encode("utf-8"))
