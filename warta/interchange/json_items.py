"""JSON files as other tools write them: one value, a list of values, or a value a line."""

from __future__ import annotations

from typing import Any

import msgspec

from warta.files import opened
from warta.interchange.ledger import Ledger


def read_bytes(path: str) -> bytes:
    """Return a file's bytes (``-``: standard input) without a byte order mark; raise ``FileFault`` if unreadable."""
    with opened(path) as stream:
        return stream.read().removeprefix(b"\xef\xbb\xbf")


def read_text(path: str, ledger: Ledger) -> str | None:
    """Return a file's text, null and a fault where it is not UTF-8."""
    data = read_bytes(path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        ledger.fault(f"{path}:{line}", f"byte 0x{data[error.start]:02x} that is not UTF-8", "UTF-8")
        return None


def json_values(path: str, ledger: Ledger) -> list[tuple[str, Any]]:
    """Return the values of a JSON or JSON Lines file with their places: ``path`` for a whole, ``path:line`` for a line.

    A file that is neither gives a fault for every line that is no JSON.
    """
    data = read_bytes(path)
    if not data.strip():
        ledger.fault(path, "an empty file", "JSON or JSON Lines")
        return []
    try:
        return [(path, msgspec.json.decode(data))]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        whole = error
    found: list[tuple[str, Any]] = []
    faults: list[tuple[str, str]] = []
    for number, line in enumerate(data.split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append((f"{path}:{number}", msgspec.json.decode(line)))
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            faults.append((f"{path}:{number}", str(error)))
    if not found:
        faults = [(path, str(whole))]
    for where, problem in faults:
        ledger.fault(where, f"no JSON ({problem})", "JSON or JSON Lines")
    return found


def json_items(path: str, ledger: Ledger) -> list[tuple[str, Any]]:
    """Return the values as :func:`json_values` does, the items of a list that is the whole file one by one (``path[n]``)."""
    found = json_values(path, ledger)
    if len(found) == 1 and isinstance(found[0][1], list):
        where = found[0][0]
        return [(f"{where}[{n}]", item) for n, item in enumerate(found[0][1])]
    return found


def as_list(value: Any, where: str, what: str, ledger: Ledger) -> list[Any]:
    """Return a value that should be a list of objects, without what is no object; both are faults."""
    if value is None:
        return []
    if not isinstance(value, list):
        ledger.fault(where, f"{what} is a {type(value).__name__}", "a list of objects")
        return []
    kept = []
    for n, item in enumerate(value):
        if isinstance(item, dict):
            kept.append(item)
        else:
            ledger.fault(where, f"{what}[{n}] is a {type(item).__name__}", "an object")
    return kept
