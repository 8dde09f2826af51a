#!/usr/bin/env python3
"""Write what is generated from schema/*.yaml: the labels as JSON, the Label Studio configs and the JSON Schemas."""

from __future__ import annotations

from pathlib import Path

import click

from warta.files import json_text, write_text
from warta.json_schema import schema_files
from warta.label_studio.configs import write_configs
from warta.schema import LABELS, load_schema, read_labels

FOLDER = Path(__file__).resolve().parents[1] / "schema"


@click.command()
def main() -> None:
    """Write the generated files of the schema folder: run it after every change of schema/*.yaml."""
    write_text(FOLDER / LABELS, json_text(read_labels(FOLDER)))
    schema = load_schema()
    for name, text in schema_files(schema).items():
        write_text(FOLDER / name, text)
    write_configs(schema, FOLDER / "label_studio")


if __name__ == "__main__":
    main()
