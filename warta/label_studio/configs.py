"""Label Studio's labelling configurations, one a layer, made from the schema.

A layer is a project of its own: entities, then quotes and events, which show the annotator's mentions as
read-only context. Written to ``schema/label_studio/{entities,quotes,events}.xml`` by :func:`write_configs`.
What the annotator reads is Indonesian; stored values are the codes of the schema.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from types import MappingProxyType
from xml.etree import ElementTree as ET

from warta.files import write_text
from warta.label_studio.keys import (
    CHOICE_KEYS,
    ENTITY_KEYS,
    EVENT_KEYS,
    FORM_KEYS,
    QUOTE_KEYS,
    TYPE_KEYS,
    with_hotkeys,
)
from warta.schema import Label, Schema, schema_folder

LAYERS = ("entities", "quotes", "events")
TEXT = "text"
# Relations of the quotes layer, all to the first content span: from a cue, the mention that speaks, a further span.
QUOTE_RELATIONS = ("cue", "source", "cont")
NEW_LABELS = {"NOMINAL": "nominal", "PRONOUN": "pronoun"}
QUOTE_LABELS = {
    "CONTENT": "isi kutipan; untuk kutipan terputus: bagian pertamanya",
    "PART": "bagian lanjutan dari kutipan yang terputus, dihubungkan dengan relasi cont ke CONTENT",
    "CUE": "kata pelapor tanpa klitik",
}
FORM_HINTS = {"NOMINAL": "frasa nomina untuk peserta tertentu", "PRONOUN": "kata ganti atau klitik (-nya, -ku, -mu)"}
PALETTE = (
    "#1f77b4", "#d62728", "#2ca02c", "#9467bd", "#8c564b", "#e377c2", "#bcbd22", "#17becf", "#ff7f0e", "#5254a3",
    "#8ca252", "#bd9e39", "#ad494a", "#a55194", "#3182bd", "#e6550d", "#31a354",
)  # fmt: skip
VALUE_COLOUR, ROLE_COLOUR, CONTEXT_COLOUR = "#7f7f7f", "#111111", "#cccccc"
STYLE = """
.bar{position:sticky;top:0;z-index:20;background:#fff;padding-bottom:6px}
.low{position:sticky;bottom:-16px;z-index:20;background:#fff;padding:4px 0 16px;border-top:1px solid #ddd}
.low h4{font-size:12px;margin:2px 0!important;color:#666}
.many{height:112px;overflow:hidden}
.many:hover,.many:focus-within{overflow:visible}
.many .lsf-labels{background:#fff;position:relative;z-index:30;padding-bottom:6px}
.many .lsf-label{font-size:12px;height:22px;margin:0 3px 3px 0;padding:0 5px}
.lsf-htx-richtext{line-height:%s;max-width:860px;font-size:16px}
.htx-highlight[data-label$=":MENTION"]{background:none!important;border-bottom:2px dotted #888}
"""


class Controls:
    """Names of a layer's controls; no name is used in two layers, so a result says where it belongs."""

    labels = MappingProxyType({"entities": "ent", "quotes": "quo", "events": "evt"})
    context = MappingProxyType({"quotes": "qctx", "events": "ectx"})
    form = MappingProxyType({"quotes": "qform", "events": "eform"})
    type = MappingProxyType({"quotes": "qmtype", "events": "emtype"})
    entity = MappingProxyType({"entities": "entity_id", "quotes": "qentity", "events": "eentity"})
    quote_type, speaker, realis, polarity = "qtype", "speaker", "realis", "polarity"


def config(schema: Schema, layer: str) -> str:
    """Return a layer's labelling configuration as XML, ready for a project's ``label_config``."""
    root = {"entities": _entities, "quotes": _quotes, "events": _events}[layer](schema)
    ET.indent(root)
    return ET.tostring(root, encoding="unicode") + "\n"


def config_digest(schema: Schema, layer: str) -> str:
    """Return the SHA-256 of a layer's configuration, which tasks carry to tell a changed schema."""
    return digest_of(config(schema, layer))


def digest_of(label_config: str) -> str:
    """Return the SHA-256 of a configuration as a server gives it back: white space at the ends does not count."""
    return hashlib.sha256(label_config.replace("\r\n", "\n").strip().encode()).hexdigest()


def write_configs(schema: Schema, folder: Path | None = None) -> list[Path]:
    """Write the three configurations and return their paths."""
    where = folder or schema_folder() / "label_studio"
    paths = [where / f"{layer}.xml" for layer in LAYERS]
    for layer, path in zip(LAYERS, paths, strict=True):
        write_text(path, config(schema, layer))
    return paths


def named_types(schema: Schema) -> list[Label]:
    """Return the mention types of the entities layer: all but those that are nominal only."""
    return [label for label in schema.entities.types if label.kind != "thing"]


def filler_types(schema: Schema) -> list[Label]:
    """Return the types a nominal or pronoun may have: all but the values."""
    return [label for label in schema.entities.types if label.kind != "value"]


def roles_by_use(schema: Schema) -> list[str]:
    """Return all roles, those of most event types first: the browser's list of them cannot be searched."""
    uses = Counter(role for roles in schema.roles.values() for role in roles)
    return sorted(schema.role_names, key=lambda role: (-uses[role], role))


def _entities(schema: Schema) -> ET.Element:
    root = _root("2.4")
    types = named_types(schema)
    colours = {label.code: PALETTE[place % len(PALETTE)] for place, label in enumerate(types)}
    colours |= {label.code: VALUE_COLOUR for label in types if label.kind == "value"}
    colours |= {label.code: ROLE_COLOUR for label in types if label.kind == "role"}
    hints = {label.code: label.definition.id for label in types}
    _labels(_view(root, "bar"), Controls.labels["entities"], hints, ENTITY_KEYS, colours)
    _text(root)
    entities = ",".join(label.code for label in types if label.kind != "value")
    low = _view(root, "low")
    _header(low, "Nomor entitas (e1, e2, ...): klik rentang, klik kotak, ketik, Enter")
    ET.SubElement(
        low, "TextArea", name=Controls.entity["entities"], toName=TEXT, perRegion="true", maxSubmissions="1", rows="1",
        editable="true", required="true", requiredMessage="Isi nomor entitas untuk setiap nama dan jabatan",
        whenTagName=Controls.labels["entities"], whenLabelValue=entities, visibleWhen="region-selected",
        placeholder="e1",
    )  # fmt: skip
    return root


def _quotes(schema: Schema) -> ET.Element:
    root = _root("3.1")
    bar = _view(root, "bar")
    colours = {"CONTENT": "#1f77b4", "PART": "#9ecae1", "CUE": "#ff7f0e"}
    _labels(bar, Controls.labels["quotes"], QUOTE_LABELS, QUOTE_KEYS, colours)
    _mention_labels(bar, "quotes")
    _text(root)
    _relations(root, QUOTE_RELATIONS)
    low = _view(root, "low")
    _header(low, "Kutipan: jenis, dan penutur bila tidak ada sumber")
    types = {label.code: label.definition.id for label in schema.quotes.types}
    _choices(low, Controls.quote_type, types, Controls.labels["quotes"], "CONTENT", "Isi jenis kutipan")
    _drop_down(low, Controls.speaker, Controls.labels["quotes"], "CONTENT", None)
    _mention_fields(low, schema, "quotes")
    return root


def _events(schema: Schema) -> ET.Element:
    root = _root("3.1")
    bar = _view(root, "bar")
    families = list(dict.fromkeys(code.partition(".")[0] for code in schema.event_types))
    colours = {code: PALETTE[families.index(code.partition(".")[0]) % len(PALETTE)] for code in schema.event_types}
    control = Controls.labels["events"]
    # All types at once would take half the screen: three lines show, commonest first, the rest on hover or filter.
    many = _view(bar, "many")
    ET.SubElement(many, "Filter", toName=control, minlength="0", hotkey=CHOICE_KEYS["filter"], name="filter",
                  placeholder="Cari jenis peristiwa (Shift+F)")  # fmt: skip
    types = sorted(schema.events.types, key=lambda event: event.code not in EVENT_KEYS)
    _labels(many, control, {event.code: event.definition.id for event in types}, EVENT_KEYS, colours)
    _mention_labels(bar, "events")
    _text(root)
    _relations(root, roles_by_use(schema))
    low = _view(root, "low")
    _header(low, "Peristiwa: realis dan polaritas")
    realis = {label.code: label.definition.id for label in schema.events.realis}
    polarity = {label.code: label.definition.id for label in schema.events.polarity}
    _choices(low, Controls.realis, realis, control, None, "Isi realis")
    _choices(low, Controls.polarity, polarity, control, None, "Isi polaritas")
    _mention_fields(low, schema, "events")
    return root


def _root(line_height: str) -> ET.Element:
    root = ET.Element("View")
    ET.SubElement(root, "Style").text = STYLE % line_height
    return root


def _view(parent: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(parent, "View", className=name)


def _header(parent: ET.Element, text: str) -> None:
    ET.SubElement(parent, "Header", value=text, size="6")


def _text(root: ET.Element) -> None:
    # saveTextResult: a region's own copy of its words is unreliable (white space), slices of the text are not.
    ET.SubElement(root, "Text", name=TEXT, value="$text", granularity="symbol", saveTextResult="no")


def _labels(
    parent: ET.Element, name: str, hints: dict[str, str], keys: dict[str, str], colours: dict[str, str]
) -> None:
    box = ET.SubElement(parent, "Labels", name=name, toName=TEXT, showInline="true")
    for code, key in with_hotkeys(hints, keys).items():
        ET.SubElement(box, "Label", value=code, hotkey=key, background=colours[code], hint=hints[code])


def _mention_labels(bar: ET.Element, layer: str) -> None:
    colours = {"NOMINAL": "#2ca02c", "PRONOUN": "#98df8a"}
    _labels(bar, Controls.form[layer], FORM_HINTS, FORM_KEYS, colours)
    # Only read-only context has this label; it needs a control, which the annotator need not see.
    hidden = ET.SubElement(bar, "View", style="display:none")
    _labels(hidden, Controls.context[layer], {"MENTION": "konteks"}, {"MENTION": CHOICE_KEYS["context"]},
            {"MENTION": CONTEXT_COLOUR})  # fmt: skip


def _mention_fields(low: ET.Element, schema: Schema, layer: str) -> None:
    tag = Controls.form[layer]
    types = {label.code: label.definition.id for label in filler_types(schema)}
    _choices(low, Controls.type[layer], types, tag, None, "Isi jenis penyebut", TYPE_KEYS)
    _drop_down(low, Controls.entity[layer], tag, None, "Pilih entitas penyebut")


def _relations(root: ET.Element, names: list[str] | tuple[str, ...]) -> None:
    box = ET.SubElement(root, "Relations")
    for name in names:
        ET.SubElement(box, "Relation", value=name)


def _choices(
    parent: ET.Element, name: str, hints: dict[str, str], tag: str, label: str | None, message: str,
    keys: dict[str, str] | None = None,
) -> None:  # fmt: skip
    # The condition stands on the control itself: on a wrapping View every region of every label would be demanded.
    box = ET.SubElement(parent, "Choices", _per_region(name, tag, label, message) | {"choice": "single-radio",
                        "showInline": "true"})  # fmt: skip
    for code, key in with_hotkeys(hints, keys or CHOICE_KEYS).items():
        ET.SubElement(box, "Choice", value=code, hotkey=key, hint=hints[code])


def _drop_down(parent: ET.Element, name: str, tag: str, label: str | None, message: str | None) -> None:
    # A Taxonomy, because a Choices drop-down has no search and typing in it fires label hotkeys.
    ET.SubElement(parent, "Taxonomy", _per_region(name, tag, label, message) | {"maxUsages": "1", "value": "$ents",
                  "placeholder": "Pilih entitas (ketik untuk mencari)"})  # fmt: skip


def _per_region(name: str, tag: str, label: str | None, message: str | None) -> dict[str, str]:
    found = {"name": name, "toName": TEXT, "perRegion": "true", "visibleWhen": "region-selected", "whenTagName": tag}
    if label is not None:
        found["whenLabelValue"] = label
    return found if message is None else found | {"required": "true", "requiredMessage": message}
