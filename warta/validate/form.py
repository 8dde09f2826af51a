"""Levels *file* and *form*: from the bytes of a line to a document record."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import msgspec.inspect as kinds

from warta.document import Document, without_nulls
from warta.validate.findings import Finding

_decode = msgspec.json.Decoder(Document).decode
_DOCUMENT = kinds.type_info(Document)
NAMES: dict[Any, str] = {
    kinds.StrType: "a string",
    kinds.IntType: "a whole number",
    kinds.ListType: "a list",
    kinds.StructType: "an object",
}


PYTHON_TYPES: dict[Any, type] = {kinds.StrType: str, kinds.IntType: int, kinds.ListType: list, kinds.StructType: dict}


def read_line(line: bytes) -> tuple[Document | None, list[Finding]]:
    """Decode one line; return the document, or ``None`` with everything that is wrong with its form.

    The quick way is the typed decoder; only what it refuses is read again, loosely, to say all that is wrong.
    """
    if may_hold_nul(line) and (b"\0" in line or _escaped_nul(line)):
        return None, [Finding("nul-character", "", "a NUL character", "text without NUL")]
    try:
        try:
            document = _decode(line)
        except msgspec.ValidationError:
            # The decoder stopped at the first wrong value; what follows may still be no JSON or no UTF-8.
            return _explained(line)
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02x}"
        return None, [Finding("invalid-utf8", f"byte {_place(line)}", byte, "UTF-8")]
    except msgspec.ValidationError as error:
        return None, [Finding("wrong-type", "line", _shortened(str(error)), "numbers in the range of 64 bits")]
    except (msgspec.DecodeError, RecursionError) as error:
        return None, [Finding("invalid-json", "", _shortened(str(error)), "one JSON object a line")]
    faults = record_faults(document)
    return (None, faults) if faults else (document, [])


def may_hold_nul(line: bytes) -> bool:
    """Say whether a line has a NUL, or what may be one escaped; one byte is found sooner than six, so it is looked for first."""
    return b"\0" in line or (b"\\" in line and b"\\u0000" in line)


def _place(line: bytes) -> int:
    """Return the first byte of a line that is no UTF-8; decoders of parts of a line count from the start of the part."""
    try:
        line.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _escaped_nul(line: bytes) -> bool:
    try:
        return "\0" in json.dumps(json.loads(line), ensure_ascii=False).replace("\\u0000", "\0")
    except (ValueError, RecursionError):
        return False


def _shortened(message: str) -> str:
    return message if len(message) <= 120 else f"{message[:117]}..."


def record_faults(document: Document) -> list[Finding]:
    """Return the faults of form that the record types cannot express: empty ids, fillers, quotes without content."""
    faults: list[Finding] = []
    if not document.id:
        faults.append(Finding("empty-id", "id", "an empty string", "a non-empty string"))
    for kind in ("mentions", "entities", "events", "quotes"):
        items = getattr(document, kind)
        # Every line of every file comes through here: look first, say where afterwards.
        if "" not in [item.id for item in items]:
            continue
        for n, item in enumerate(items):
            if item.id == "":
                faults.append(Finding("empty-id", f"{kind}[{n}].id", "an empty string", "a non-empty string or null"))
    for n, event in enumerate(document.events):
        for k, argument in enumerate(event.arguments):
            if (argument.mention is None) == (argument.event is None):
                found = "neither" if argument.mention is None else "both"
                faults.append(
                    Finding("filler-count", f"events[{n}].arguments[{k}]", found, "exactly one of mention and event")
                )
    for n, quote in enumerate(document.quotes):
        if not quote.content:
            faults.append(Finding("no-content", f"quotes[{n}].content", "an empty list", "one span or more"))
    return faults


def _explained(line: bytes) -> tuple[Document | None, list[Finding]]:
    """Read a line the typed decoder refused; null keys are dropped (null means missing), the rest is explained."""
    value = msgspec.json.decode(line)
    faults: list[Finding] = []
    _walk(value, _DOCUMENT, "", faults)
    if faults:
        name = value.get("id") if isinstance(value, dict) else None
        return None, [fault._replace(document=name) for fault in faults] if isinstance(name, str) else faults
    document = msgspec.convert(without_nulls(value), Document)
    more = record_faults(document)
    return (None, more) if more else (document, [])


def _shown(value: Any) -> str:
    return _shortened(json.dumps(value, ensure_ascii=False))


def _walk(value: Any, kind: Any, where: str, faults: list[Finding]) -> None:
    """Compare a decoded value with the record types and note every difference."""
    if isinstance(kind, kinds.UnionType):
        kind = next(k for k in kind.types if not isinstance(k, kinds.NoneType))
        if value is None:
            return
    fits = isinstance(value, PYTHON_TYPES[type(kind)])
    if not fits or isinstance(value, bool):
        faults.append(Finding("wrong-type", where or "line", _shown(value), NAMES[type(kind)]))
    elif isinstance(kind, kinds.ListType):
        for n, item in enumerate(value):
            _walk(item, kind.item_type, f"{where}[{n}]", faults)
    elif isinstance(kind, kinds.StructType):
        _walk_object(value, kind, where, faults)


def _walk_object(value: dict[str, Any], kind: kinds.StructType, where: str, faults: list[Finding]) -> None:
    fields = {field.encode_name: field for field in kind.fields}
    for key, item in value.items():
        shown = key if key.isprintable() else _shown(key)  # a finding stays one line
        place = f"{where}.{shown}" if where else shown
        if key not in fields:
            faults.append(Finding("unknown-key", place, _shown(key), ", ".join(fields)))
        elif item is not None:
            _walk(item, fields[key].type, place, faults)
    for key, field in fields.items():
        if field.required and value.get(key) is None:
            faults.append(
                Finding(
                    "missing-key", where or "line", f"no {key!r}", ", ".join(k for k, f in fields.items() if f.required)
                )
            )
