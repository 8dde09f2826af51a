"""Doctor: is what the server holds whole, current and ours; and backup: a copy of all of it."""

from __future__ import annotations

import contextlib
import datetime
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from warta.files import FileFault, replacing
from warta.label_studio.client import Server, token_kind
from warta.label_studio.configs import LAYERS, config_digest, digest_of
from warta.label_studio.lint import lint_task
from warta.label_studio.projects import MODEL_VERSION, Project, projects
from warta.label_studio.store import storable
from warta.schema import Schema

DATABASE = "label_studio.sqlite3"


def examine(server: Server, schema: Schema, batch: str | None = None) -> Iterator[tuple[bool, str]]:
    """Yield ``(is all well, one line)`` about the server and each of the corpus's projects."""
    yield True, f"{server.url}: Label Studio {server.version}"
    yield True, f"token: {token_kind(server.token)} of {server.email}"
    yield True, f"users: {', '.join(sorted(server.users().values()))}"
    found = projects(server, batch)
    if not found:
        yield False, "projects: none; push a batch first"
    titles = [project.place.title for project in found]
    for title in sorted({title for title in titles if titles.count(title) > 1}):
        yield False, f"{title}: {titles.count(title)} projects have this title"
    for project in found:
        yield from _project(server, project, schema)


def _project(server: Server, project: Project, schema: Schema) -> Iterator[tuple[bool, str]]:
    title = project.place.title
    if project.place.layer in LAYERS:
        same = digest_of(project.label_config) == config_digest(schema, project.place.layer)
        state = "the schema's" if same else "NOT the schema's"
        yield same, f"{title}: configuration {digest_of(project.label_config)[:12]} is {state}"
    tasks = list(server.tasks(project.id))
    annotations = sum(len(task.get("annotations") or []) for task in tasks)
    drafts = sum(len(task.get("drafts") or []) for task in tasks)
    # Quotes and events get their tasks once entities are annotated; a project without entities to annotate is half made.
    yield (
        bool(tasks) or project.place.layer != "entities",
        f"{title}: {len(tasks)} tasks, {annotations} annotations, {drafts} drafts",
    )
    if tasks and project.model_version != MODEL_VERSION:
        yield False, f"{title}: tasks do not start from their predictions; the push was cut off, run it again"
    keys = [str((task.get("data") or {}).get("doc_id")) for task in tasks]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield False, f"{title}: document {key} has {keys.count(key)} tasks"
    for key, task in zip(keys, tasks, strict=True):
        if not task.get("predictions"):
            yield False, f"{title}: document {key}: the task has nothing to start from; it was half made"
        for finding in lint_task(task.get("data") or {}, None):
            yield False, f"{title}: {finding}"


def backup(server: Server, folder: Path, data_dir: Path | None) -> list[Path]:
    """Copy all projects of the corpus, and the SQLite database of a data folder, to a new folder; return the files.

    The words of linked articles are in the database's copy only, which stays with its keeper.
    """
    now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
    target = folder / now
    written = []
    users = server.users()
    for project in projects(server):
        path = target / f"{project.place.title.replace(' ', '_')}-{project.id}.json"
        whole = {
            "server": server.url, "version": server.version, "title": project.place.title, "users": users,
            "label_config": project.label_config, "tasks": [storable(task) for task in server.tasks(project.id)],
        }  # fmt: skip
        with replacing(path) as out:
            out.write(json.dumps(whole, ensure_ascii=False, indent=1).encode())
        written.append(path)
    if data_dir is not None and (data_dir / DATABASE).is_file():
        written.append(_copy(data_dir / DATABASE, target / DATABASE))
    return written


def _copy(source: Path, target: Path) -> Path:
    """Copy a database that may be in use, by SQLite's own means."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with contextlib.closing(sqlite3.connect(source)) as old, contextlib.closing(sqlite3.connect(target)) as new:
            old.backup(new)
    except sqlite3.Error as error:
        raise FileFault(f"{source}: cannot be copied: {error}") from error
    target.chmod(0o600)
    return target
