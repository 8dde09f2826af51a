"""The YAML on top of README.md: what ``datasets`` reads to load the corpus, and the Hub to show it.

Counts and a digest of the data stand in it on purpose: without them ``datasets`` serves stale rows from its cache.
"""

from __future__ import annotations

from typing import Any, TypeAlias

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
DEFAULT = "documents"
# Name of each Parquet file to {"rows", "bytes", "digest"}.
Files: TypeAlias = dict[str, dict[str, Any]]
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


def _config(name: str, version: str, splits: dict[str, str], columns: list[str] | None) -> dict[str, Any]:
    """Return an entry of ``configs``: which Parquet file (and columns of it) each split is read from."""
    config: dict[str, Any] = {"config_name": name, "version": version}
    if name == DEFAULT:
        config["default"] = True
    if columns is not None:
        config["columns"] = columns
    config["data_files"] = [{"split": split, "path": f"data/release/{file}.parquet"} for split, file in splits.items()]
    return config


def _info(
    name: str, version: str, splits: dict[str, str], files: Files, features: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return an entry of ``dataset_info``: features, and rows, bytes and digest of each split."""
    digests = ", ".join(f"{split} {files[file]['digest'][:16]}" for split, file in splits.items())
    counts = [
        {"name": split, "num_bytes": files[file]["bytes"], "num_examples": files[file]["rows"]}
        for split, file in splits.items()
    ]
    said = f"version {version}; sha256 of the rows: {digests}"
    return {"config_name": name, "description": said, "features": features, "splits": counts}


def front_matter(version: str, files: Files, tags: list[str], size: str) -> str:
    """Return the YAML block with its ``---`` lines."""
    own = {split: split for split in SPLITS}
    whole = [_feature(field.name, field.type) for field in DOCUMENTS]
    views: list[tuple[str, dict[str, str], list[str] | None, list[dict[str, Any]]]] = [
        (name, own, columns, [_feature(column, DOCUMENTS.field(column).type) for column in columns])
        for name, columns in VIEWS.items()
    ]
    views.append(("ner", {split: f"ner-{split}" for split in SPLITS}, None, _ner_features(tags)))
    views.append(("linked", {"test": "linked"}, None, whole))
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
        "configs": [_config(name, version, splits, columns) for name, splits, columns, _ in views],
        "dataset_info": [_info(name, version, splits, files, features) for name, splits, _, features in views],
    }
    return f"---\n{yaml.safe_dump(head, sort_keys=False, allow_unicode=True, width=110)}---\n"


def with_front_matter(readme: str, block: str) -> str:
    """Return the README with its YAML block replaced, or put on top where it has none."""
    if readme.startswith("---\n"):
        _, _, rest = readme[4:].partition("\n---\n")
        return block + rest
    return f"{block}\n{readme}"
