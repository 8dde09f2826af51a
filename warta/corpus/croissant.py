"""The release described in Croissant 1.0 with the RAI fields 1.0, so that other loaders than ``datasets`` find and read it.

Croissant knows records of fields and lists of records, no deeper: what is a list within a list (the arguments of an event,
the spans of a quote) has no field there. ``datasets`` has it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final

import pyarrow as pa
import yaml

from warta.corpus.layout import LINKED_SPLIT, SPLITS, Layout
from warta.corpus.tables import DOCUMENTS
from warta.files import json_text, write_text

_CROISSANT: Final = "http://mlcommons.org/croissant/"
_TERMS: Final = (
    "citeAs", "column", "equivalentProperty", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes",
    "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated", "replace",
    "samplingRate", "separator", "source", "subField", "transform",
)  # fmt: skip
#: The context that the format prescribes.
CONTEXT: Final[dict[str, Any]] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": _CROISSANT,
    "rai": f"{_CROISSANT}RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{term: f"cr:{term}" for term in _TERMS},
}
MEANINGS: Final = {
    "id": "Identifier of the article: w-NNNN written, l-NNNN linked.",
    "text": "The article; null where others own it. Offsets count its code points.",
    "meta": "Title, date, genre, outlet style, origin, source, license, number of code points and SHA-256 of the text.",
    "mentions": "Names, values, roles, nominals and pronouns: span, type, form, entity.",
    "entities": "What the mentions of the article refer to.",
    "events": "Triggers with event type, realis and polarity; their arguments are in the files only.",
    "quotes": "Acts of saying: source mention, speaker entity; their content and cue spans are in the files only.",
}
RAI: Final = {
    "rai:dataCollection": (
        "Written articles were invented by a language model, each to a card drawn by a script from proportions measured on real "
        "news. Linked articles are real, published by others; only offsets, labels and a hash of them are here."
    ),
    "rai:dataCollectionType": ["Synthetic generation", "Secondary data"],
    "rai:dataAnnotationProtocol": (
        "Two annotators label every article independently in all layers by the guidelines (schema/guidelines.md, Indonesian); a "
        "third decides every difference. Annotators and adjudicators are language models of one family, never people."
    ),
    "rai:dataAnnotationPlatform": "Label Studio; anchored notation",
    "rai:dataAnnotationAnalysis": (
        "Pairwise F1, kappa and alpha per layer and batch in data/annotations/agreement.json. Agreement between models of one "
        "family overstates what people would reach."
    ),
    "rai:annotationsPerItem": "2, and an adjudication of every difference",
    "rai:machineAnnotationTools": ["A large language model, as annotator and adjudicator"],
    "rai:dataManipulationProtocol": "Texts are normalised to NFC; nothing else is changed.",
    "rai:dataBiases": (
        "Written articles follow the habits of their writer model; linked ones are translated foreign news of 2018. Neither "
        "is a sample of what Indonesians read."
    ),
    "rai:dataLimitations": (
        "Small; scores on written and on linked articles are reported apart and never pooled. No person has checked a label."
    ),
    "rai:dataUseCases": ["Comparing systems for entities, events, quotations and their speakers in Indonesian news"],
    "rai:personalSensitiveInformation": (
        "Written articles name no real person as acting or speaking. Linked articles name people in public life; their "
        "names are not in this repository."
    ),
    "rai:dataSocialImpact": "Attribution of statements can be used to watch what people say; it is meant for reading news.",
    "rai:dataReleaseMaintenancePlan": "Versioned releases; a corrected label is a major version from 1.0.0 on (CONTRIBUTING.md).",
}


def croissant(version: str, files: dict[str, dict[str, Any]], sums: dict[str, str], published: str) -> dict[str, Any]:
    """Return the description. ``files`` is as in ``data/statistics.json``, ``sums`` has the SHA-256 of each Parquet file."""
    names = [name for name in (*SPLITS, LINKED_SPLIT) if files[name]["rows"]]
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "name": "warta",
        "description": "Indonesian news annotated for entities, events and quote attribution, by code-point offsets into whole articles.",
        "conformsTo": [f"{_CROISSANT}1.0", f"{_CROISSANT}RAI/1.0"],
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "version": version,
        "datePublished": published,
        "inLanguage": "id",
        "citeAs": f"The Warta team. Warta: Indonesian news annotated for entities, events and quote attribution. Version {version}.",
        "creator": {"@type": "sc:Organization", "name": "The Warta team"},
        "keywords": ["Indonesian", "news", "named entities", "events", "quotations", "coreference"],
        **RAI,
        "distribution": [_file(name, sums[name]) for name in names],
        "recordSet": [_records(name) for name in names],
    }


def cited(layout: Layout) -> dict[str, Any]:
    """Return what ``CITATION.cff`` says."""
    found: dict[str, Any] = yaml.safe_load((layout.top / "CITATION.cff").read_text(encoding="utf-8"))
    return found


def write_croissant(layout: Layout, figures: dict[str, Any]) -> None:
    """Write ``data/croissant.json`` for a release that is built; the day of the release is that of ``CITATION.cff``."""
    sums = {name: sha256(layout.parquet(name).read_bytes()).hexdigest() for name in figures["files"]}
    found = croissant(figures["version"], figures["files"], sums, str(cited(layout)["date-released"]))
    write_text(layout.top / "data" / "croissant.json", json_text(found, indent=1))


def _file(name: str, digest: str) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": f"{name}.parquet",
        "name": f"{name}.parquet",
        "contentUrl": f"release/{name}.parquet",
        "encodingFormat": "application/x-parquet",
        "sha256": digest,
    }


def _records(name: str) -> dict[str, Any]:
    kind = "Real articles, without text" if name == LINKED_SPLIT else f"Written articles of the split {name}"
    fields = [_field(name, column) for column in DOCUMENTS]
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "description": f"{kind}.",
        "key": {"@id": f"{name}/id"},
        "field": fields,
    }


def _field(split: str, column: pa.Field) -> dict[str, Any]:
    field = {
        "@type": "cr:Field",
        "@id": f"{split}/{column.name}",
        "name": column.name,
        "description": MEANINGS[column.name],
    }
    listed = pa.types.is_list(column.type)
    inner = column.type.value_type if listed else column.type
    if not pa.types.is_struct(inner):
        return {**field, "dataType": _data_type(inner), "source": _source(split, column.name)}
    parts = [
        {
            "@type": "cr:Field",
            "@id": f"{split}/{column.name}/{part.name}",
            "name": part.name,
            "dataType": _data_type(part.type),
            "source": {**_source(split, column.name), "transform": {"jsonPath": f"$.{part.name}"}},
            **({"repeated": True} if listed else {}),
        }
        for part in inner
        if not pa.types.is_list(part.type)
    ]
    return {**field, **({"repeated": True} if listed else {}), "subField": parts}


def _source(split: str, column: str) -> dict[str, Any]:
    return {"fileObject": {"@id": f"{split}.parquet"}, "extract": {"column": column}}


def _data_type(kind: pa.DataType) -> str:
    return "sc:Integer" if pa.types.is_integer(kind) else "sc:Text"
