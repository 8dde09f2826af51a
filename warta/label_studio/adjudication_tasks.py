"""What the adjudicator sees: a task a difference, with both readings side by side and in the article.

The readings are read-only regions: A and B for the item itself (A+B where both have the same span), a and b for
what it points to: cue, source, fillers. Above the text they stand as a table, rows that differ marked, and in
the line notation of :mod:`warta.agreement.sheet`, of which a line of the adjudicator's own is written.
"""

from __future__ import annotations

import html
from typing import Any
from xml.etree import ElementTree as ET

import msgspec

from warta.agreement.sheet import Difference, Sheet, line_of, paragraph_with, write_sheet
from warta.document import Document, Event, Quote, entity_names, form_of
from warta.label_studio.configs import TEXT, digest_of
from warta.label_studio.keys import SPARE
from warta.label_studio.projects import ADJUDICATION, MODEL_VERSION
from warta.label_studio.regions import Layer, Region, RegionIds, to_results
from warta.label_studio.tasks import text_digest
from warta.text import digest

DECISION, OWN, REASON, MORE, READING = "decision", "own", "reason", "more", "reading"
CHOICES = {
    "A": "bacaan pertama; bila A kosong: tidak dianotasi",
    "B": "bacaan kedua; bila B kosong: tidak dianotasi",
    "AB": "kedua-duanya, sebagai dua butir",
    "-": "tidak satu pun",
    "=": "baris sendiri, ditulis di bawah",
}
COLOURS = {
    "A": "#1f77b4", "B": "#ff7f0e", "A+B": "#2ca02c", "a": "#9ecae1", "b": "#fdbe85", "a+b": "#a1d99b",
}  # fmt: skip
FIELDS = {
    OWN: "Baris sendiri (bila =), mis. m5 GPE e3 | Desa Contoh",
    REASON: "Kaidah dan alasan, mis. E4 nama daerah, bukan lembaga",
    MORE: "Baris tambahan: + m90 ORG e9 | kata-kata, atau - m7 (satu per baris; P4 untuk paragraf lain)",
}
INSTRUCTION = (
    "<p>Pilih <b>A</b> atau <b>B</b>, <b>AB</b> (keduanya), <b>-</b> (tidak satu pun) atau <b>=</b> (baris sendiri). "
    "Tulis kaidah pedoman dan alasan tanpa mengutip kata-kata artikel. Seluruh lembar, dengan apa yang disepakati, ada "
    "di bawah teks.</p>"
)
STYLE = """
.bar{position:sticky;top:0;z-index:20;background:#fff;padding-bottom:6px;max-height:45vh;overflow-y:auto}
.low{position:sticky;bottom:0;z-index:20;background:#fff;border-top:1px solid #ddd;
 display:grid;grid-template-columns:1fr 1fr 1fr;gap:8px}
.lsf-htx-richtext{line-height:1.9;max-width:900px;font-size:16px}
"""


def adjudication_config() -> str:
    """Return the labelling configuration of an adjudication project as XML."""
    root = ET.Element("View")
    ET.SubElement(root, "Style").text = STYLE
    bar = ET.SubElement(root, "View", className="bar")
    ET.SubElement(bar, "Header", value="$title", size="5")
    ET.SubElement(bar, "HyperText", name="readings", value="$readings", inline="true")
    box = ET.SubElement(bar, "Choices", name=DECISION, toName=TEXT, choice="single-radio", showInline="true",
                        required="true", requiredMessage="Pilih A, B, AB, - atau =")  # fmt: skip
    for number, (value, hint) in enumerate(CHOICES.items(), 1):
        ET.SubElement(box, "Choice", value=value, hotkey=str(number), hint=hint)
    # The readings are pushed and only looked at: their labels need a control, which nobody is to press.
    hidden = ET.SubElement(ET.SubElement(root, "View", style="display:none"), "Labels", name=READING, toName=TEXT)
    for (value, colour), key in zip(COLOURS.items(), SPARE, strict=False):
        ET.SubElement(hidden, "Label", value=value, background=colour, hotkey=key)
    ET.SubElement(root, "Text", name=TEXT, value="$text", granularity="symbol", saveTextResult="no")
    panel = ET.SubElement(ET.SubElement(root, "Collapse"), "Panel", value="Seluruh lembar")
    ET.SubElement(panel, "HyperText", name="sheet", value="$sheet", inline="true")
    low = ET.SubElement(root, "View", className="low")
    for name, hint in FIELDS.items():
        ET.SubElement(low, "TextArea", name=name, toName=TEXT, rows="1", editable="true", placeholder=hint,
                      maxSubmissions="20" if name == MORE else "1")  # fmt: skip
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def task_key(document: str, number: int) -> str:
    """Return by what a task is found again: ``<document id>#<number of the difference>``."""
    return f"{document}#{number}"


def sheet_digest(sheet: Sheet) -> str:
    """Return the SHA-256 of the whole sheet: another one means that the numbers or ids in answers mean other things."""
    return digest(write_sheet(sheet))


def tasks_of(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the tasks of a sheet, one a difference, in the form that the import takes; the document must have text."""
    document = sheet.aligned.first
    text = document.text or ""
    written = write_sheet(sheet)
    shared = {
        "document": document.id,
        "of": len(sheet.differences),
        "text": text,
        "text_sha256": text_digest(document),
        "layer": ADJUDICATION,
        "config_sha256": digest_of(adjudication_config()),
        "sheet_sha256": digest(written),
        "meta": None if document.meta is None else msgspec.to_builtins(document.meta),
        "sheet": f"<pre>{html.escape(written, quote=False)}</pre>",
    }
    return [{"data": shared | _data(sheet, d), "predictions": [_prediction(sheet, d)]} for d in sheet.differences]


def _data(sheet: Sheet, difference: Difference) -> dict[str, Any]:
    document = sheet.aligned.first
    number, kind = difference.number, difference.kind
    paragraph = paragraph_with(sheet, difference)
    return {
        "doc_id": task_key(document.id, number),
        "difference": number,
        "kind": kind,
        "paragraph": paragraph,
        "title": f"{document.id} · {kind} · #{number}/{len(sheet.differences)} · P{paragraph}",
        "readings": _table(sheet, difference),
    }


def _prediction(sheet: Sheet, difference: Difference) -> dict[str, Any]:
    """Return the regions that show both readings in the text."""
    sides = (difference.first, sheet.aligned.first), (difference.second, sheet.aligned.second)
    marked: dict[tuple[int, int], dict[bool, set[str]]] = {}
    for letter, (item, document) in zip("AB", sides, strict=True):
        for main, spans in zip((True, False), _spans(item, document), strict=True):
            for span in spans:
                marked.setdefault(span, {}).setdefault(main, set()).add(letter)
    layer = Layer()
    ids = RegionIds(task_key(sheet.aligned.first.id, difference.number), ADJUDICATION)
    for (start, end), kinds in sorted(marked.items()):
        for main, letters in sorted(kinds.items()):
            label = "+".join(sorted(letters) if main else sorted(letter.lower() for letter in letters))
            layer.regions.append(Region(ids.new(READING, start, end, label), start, end, READING, label, readonly=True))
    return {"model_version": MODEL_VERSION, "result": to_results(layer)}


def _spans(item: Any, document: Document) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans of an item itself, and of what it points to."""
    if item is None:
        return [], []
    places = _places(document)
    if isinstance(item, Quote):
        pointed = [(s.start, s.end) for s in item.cue] + [places[item.source]] * (item.source is not None)
        return [(s.start, s.end) for s in item.content], pointed
    own = [(item.start, item.end)]
    return own, [places[a.mention or a.event or ""] for a in item.arguments] if isinstance(item, Event) else []


def _places(document: Document) -> dict[str | None, tuple[int, int]]:
    """Return the spans of mentions and triggers by id."""
    return {m.id: (m.start, m.end) for m in document.mentions} | {e.id: (e.start, e.end) for e in document.events}


def _table(sheet: Sheet, difference: Difference) -> str:
    """Return both readings as an HTML table, a row a property, and below them in line notation."""
    sides = zip(difference[2:], sheet.aligned, strict=True)
    # One name an entity, the first's: its names in two annotations differ with any mention of it.
    known = entity_names(sheet.aligned.second) | entity_names(sheet.aligned.first)
    readings = [_properties(item, document, known) for item, document in sides]
    names = list(dict.fromkeys([*readings[0], *readings[1]]))
    text = sheet.aligned.first.text or ""
    notes = [line_of(difference.kind, text, item) if item else "(tidak ada)" for item in difference[2:]]
    rows = [("", "A", "B"), *((name, *(side.get(name, "–") for side in readings)) for name in names), ("baris", *notes)]
    cell = "border:1px solid #ccc;padding:1px 8px;vertical-align:top;text-align:left"
    out = []
    for name, *values in rows:
        mark = ";background:#fff3bf;font-weight:bold" if name in names and values[0] != values[1] else ""
        cells = "".join(f'<td style="{cell}{mark}">{html.escape(value)}</td>' for value in values)
        out.append(f'<tr><td style="{cell};color:#666">{name}</td>{cells}</tr>')
    return f'<table style="border-collapse:collapse;font-size:14px">{"".join(out)}</table>'


def _properties(item: Any, document: Document, entities: dict[str, str | None]) -> dict[str, str]:
    """Return what a reading says, in words: ``{property: value}``; nothing for one that is not there."""
    if item is None:
        return {}
    text = document.text or ""
    places = _places(document)

    def words(spans: list[Any]) -> str:
        return " … ".join(text[s.start : s.end] for s in sorted(spans, key=lambda s: s.start)) or "–"

    def named(key: str | None) -> str:
        return "–" if key is None else f"{entities.get(key) or ''} ({key})".strip()

    def pointed(key: str | None) -> str:
        return "–" if key is None else f"{text[slice(*places[key])]} ({key})"

    if isinstance(item, Quote):
        return {"isi": words(item.content), "jenis": item.type or "–", "kata pelapor": words(item.cue),
                "sumber": pointed(item.source), "penutur": named(item.speaker)}  # fmt: skip
    if isinstance(item, Event):
        found = {"pemicu": words([item]), "jenis": item.type, "realis": item.realis or "–",
                 "polaritas": item.polarity or "–"}  # fmt: skip
        for argument in sorted(item.arguments, key=lambda a: (a.role, places[a.mention or a.event or ""])):
            filler = pointed(argument.mention or argument.event)
            found[argument.role] = f"{found[argument.role]}; {filler}" if argument.role in found else filler
        return found
    return {"kata": words([item]), "jenis": item.type, "bentuk": form_of(item), "entitas": named(item.entity)}
