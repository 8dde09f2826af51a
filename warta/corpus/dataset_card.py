"""The YAML on top of README.md: what ``datasets`` reads to load the corpus, and the Hub to show it.

Counts and a digest of the data stand in it on purpose: without them ``datasets`` serves stale rows from its cache.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import yaml

from warta.corpus.layout import SPLITS
from warta.corpus.ner import NER
from warta.corpus.tables import DOCUMENTS

MENTION_COLUMNS = ["id", "text", "meta", "mentions", "entities"]
VIEWS = {
    "documents": list(DOCUMENTS.names),
    "entities": MENTION_COLUMNS,
    "events": [*MENTION_COLUMNS, "events"],
    "quotes": [*MENTION_COLUMNS, "quotes"],
}
TASKS = ["token-classification", "text-classification"]
TAGS = ["named-entity-recognition", "event-extraction", "quote-attribution", "coreference-resolution", "news"]


def _feature(name: str, kind: pa.DataType) -> dict[str, Any]:
    """Return an Arrow field in the YAML form of ``datasets`` features."""
    if pa.types.is_struct(kind):
        return {"name": name, "struct": [_feature(field.name, field.type) for field in kind]}
    if pa.types.is_list(kind):
        inner = kind.value_type
        if pa.types.is_struct(inner):
            return {"name": name, "list": [_feature(field.name, field.type) for field in inner]}
        return {"name": name, "list": str(inner)}
    return {"name": name, "dtype": str(kind)}


def _ner_features(tags: list[str]) -> list[dict[str, Any]]:
    features = [_feature(field.name, field.type) for field in NER if field.name != "ner_tags"]
    names = {str(n): tag for n, tag in enumerate(tags)}
    return [*features, {"name": "ner_tags", "list": {"dtype": {"class_label": {"names": names}}}}]


def front_matter(version: str, files: dict[str, dict[str, Any]], tags: list[str], size: str) -> str:
    """Return the YAML block with its ``---`` lines.

    ``files`` maps the name of each Parquet file to ``{"rows", "bytes", "digest"}``.
    """
    configs: list[dict[str, Any]] = []
    infos: list[dict[str, Any]] = []

    def add(name: str, splits: dict[str, str], columns: list[str] | None, features: list[dict[str, Any]]) -> None:
        config: dict[str, Any] = {"config_name": name, "version": version}
        if not configs:
            config["default"] = True
        if columns is not None:
            config["columns"] = columns
        config["data_files"] = [{"split": s, "path": f"data/release/{f}.parquet"} for s, f in splits.items()]
        configs.append(config)
        digests = ", ".join(f"{s} {files[f]['digest'][:16]}" for s, f in splits.items())
        infos.append({
            "config_name": name,
            "description": f"version {version}; sha256 of the rows: {digests}",
            "features": features,
            "splits": [{"name": s, "num_bytes": files[f]["bytes"], "num_examples": files[f]["rows"]} for s, f in splits.items()],
        })  # fmt: skip

    own = {split: split for split in SPLITS}
    for name, columns in VIEWS.items():
        features = [_feature(column, DOCUMENTS.field(column).type) for column in columns]
        add(name, own, columns, features)
    add("ner", {split: f"ner-{split}" for split in SPLITS}, None, _ner_features(tags))
    add("linked", {"test": "linked"}, None, [_feature(field.name, field.type) for field in DOCUMENTS])
    head = {
        "language": ["id"],
        "license": "cc-by-4.0",
        "pretty_name": "Warta",
        "size_categories": [size],
        "annotations_creators": ["machine-generated"],
        "language_creators": ["machine-generated"],
        "source_datasets": ["original"],
        "task_categories": TASKS,
        "tags": TAGS,
        "configs": configs,
        "dataset_info": infos,
    }
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110)}---\n"


def with_front_matter(readme: str, block: str) -> str:
    """Return the README with its YAML block replaced, or put on top where it has none."""
    if readme.startswith("---\n"):
        _, _, rest = readme[4:].partition("\n---\n")
        return block + rest
    return f"{block}\n{readme}"
