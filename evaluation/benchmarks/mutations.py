"""Seeded mutations of a prediction line, and an opinion of its own on whether what comes out can be scored."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

import msgspec

from warta.schema import Schema

ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, 2**64, 10**30, -(10**30), 0.5, 1e308, "", "m1", "e99", "PER", "\n", "\u2028", "\x1b[2J",
    "\ud800", "a" * 3000, [], {}, [[]], [None], {"": None}, {"id": "m1"},
)  # fmt: skip
RAW = (
    b"NaN", b"Infinity", b"-0", b"1e3", b"14.0", b"1E400", b"00", b"9" * 5000, b'"\\ud800"', b'"\\u0000"', b"\0", b"\xff", b"\xed\xa0\x80",
    b"\xef\xbb\xbf", b"'x'", b"[" * 3000, b'{"a":' * 3000, b"[" * 100 + b"]" * 100, b",", b"}", b"//", b"\r", b"\n", b"\x85",
)  # fmt: skip
KEYS = ("id", "start", "end", "type", "form", "entity", "label", "text", "mentions", "arguments", "meta", "")


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every ``(container, key)`` of a JSON value."""
    found: list[tuple[Any, Any]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found.append((value, key))
        found += places(item)
    return found


def flipped(line: bytes, draw: Random) -> bytes:
    """Change up to four bytes."""
    out = bytearray(line)
    for _ in range(draw.randint(1, 4)):
        out[draw.randrange(len(out))] = draw.randrange(256)
    return bytes(out)


def cut(line: bytes, draw: Random) -> bytes:
    """Leave out a stretch, often the end."""
    first = draw.randrange(len(line))
    return line[:first] + (b"" if draw.random() < 0.5 else line[first + draw.randint(1, 40) :])


def inserted(line: bytes, draw: Random) -> bytes:
    """Put something that is no JSON, or odd JSON, somewhere."""
    at = draw.randrange(len(line) + 1)
    return line[:at] + draw.choice(RAW) + line[at:]


def doubled_key(line: bytes, draw: Random) -> bytes:
    """Give an object a key a second time, with another value."""
    at = draw.choice([n for n, byte in enumerate(line) if byte == ord("{")])
    key, value = json.dumps(draw.choice(KEYS)), json.dumps(draw.choice(ODD))
    return line[: at + 1] + f"{key}:{value},".encode() + line[at + 1 :]


def raw_value(line: bytes, draw: Random) -> bytes:
    """Put raw bytes in place of a number."""
    spots = [n for n, byte in enumerate(line) if 48 <= byte <= 57 and line[n - 1] == ord(":")]
    at = draw.choice(spots)
    end = at
    while 48 <= line[end] <= 57:
        end += 1
    return line[:at] + draw.choice(RAW) + line[end:]


def repeated(line: bytes, draw: Random) -> bytes:
    """Say the document twice, whole or changed."""
    return line + b"\n" + (line if draw.random() < 0.5 else flipped(line, draw))


def structural(line: bytes, draw: Random) -> bytes:
    """Change the value itself: delete, replace, swap, repeat or rename."""
    value = json.loads(line)
    for _ in range(draw.randint(1, 3)):
        spots = places(value)
        if not spots:
            break
        holder, key = draw.choice(spots)
        action = draw.randrange(6)
        if action == 0:
            del holder[key]
        elif action == 1:
            holder[key] = draw.choice(ODD)
        elif action == 2:
            other, its = draw.choice(spots)
            holder[key], other[its] = json.loads(json.dumps(other[its])), json.loads(json.dumps(holder[key]))
        elif action == 3 and isinstance(holder, list):
            holder.append(json.loads(json.dumps(holder[key])))
        elif action == 4 and isinstance(holder, dict):
            holder[draw.choice(KEYS)] = holder.pop(key)
        elif isinstance(holder[key], int):
            holder[key] += draw.choice((-1, 1, 7, -50, 50, 10**6))
    return json.dumps(value, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")


MUTATIONS: tuple[Callable[[bytes, Random], bytes], ...] = (
    flipped, cut, inserted, doubled_key, raw_value, repeated, structural, structural, structural, structural,
)  # fmt: skip


def unusable(data: bytes, known: dict[str, int], schema: Schema) -> bool:
    """Say that a file must be refused, judged from plain JSON values without the records or checks of the package.

    ``known`` is ``{gold document id: number of characters}``.
    """
    seen: set[str] = set()
    for line in data.split(b"\n"):
        if not line.strip(b" \t\r"):
            continue
        try:
            value = json.loads(line.decode("utf-8"), parse_constant=_refused)
            identifier = value["id"]
            if identifier in seen or _wrong(value, known[identifier], schema):
                return True
            seen.add(identifier)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return True
    return False


def _refused(name: str) -> None:
    raise ValueError(name)


def _items(value: dict[str, Any], key: str) -> list[dict[str, Any]]:
    return value.get(key) or []


def _wrong(value: dict[str, Any], chars: int, schema: Schema) -> bool:
    ids = {
        k: [i["id"] for i in _items(value, k) if i.get("id") is not None]
        for k in ("mentions", "entities", "events", "quotes")
    }
    spans = [*_items(value, "mentions"), *_items(value, "events")]
    mentions, entities, fillers = {None, *ids["mentions"]}, {None, *ids["entities"]}, ids["events"]
    bad = any(len(set(names)) < len(names) or "" in names for names in ids.values())
    for mention in _items(value, "mentions"):
        bad |= mention["type"] not in schema.mention_types or mention.get("entity") not in entities
        bad |= mention.get("form") not in {None, *schema.forms}
    for entity in _items(value, "entities"):
        bad |= entity["type"] not in schema.entity_types
    for event in _items(value, "events"):
        bad |= event["type"] not in schema.event_types or event.get("realis") not in {None, *schema.realis}
        for argument in _items(event, "arguments"):
            mention, other = argument.get("mention"), argument.get("event")
            bad |= (mention is None) == (other is None) or mention not in mentions or other not in {None, *fillers}
            bad |= argument["role"] not in schema.role_names
    for quote in _items(value, "quotes"):
        bad |= quote.get("source") not in mentions or quote.get("speaker") not in entities or not quote["content"]
        spans += quote["content"] + _items(quote, "cue")
    for one in spans:
        bad |= not (type(one["start"]) is type(one["end"]) is int and 0 <= one["start"] < one["end"] <= chars)
    return bool(bad)


def mutated(line: bytes, draw: Random) -> bytes:
    """Return the line after one mutation, now and then two; one that cannot be made leaves bytes flipped."""
    out = line
    for _ in range(1 + (draw.random() < 0.15)):
        try:
            out = draw.choice(MUTATIONS)(out, draw)
        except (ValueError, IndexError, TypeError, KeyError, RecursionError, msgspec.MsgspecError):
            out = flipped(out or line, draw)
    return out
