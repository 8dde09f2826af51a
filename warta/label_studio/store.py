"""What was pulled, kept: raw pulls in files named by time, never changed, and the documents read from them.

A folder holds ``pulls/<UTC time>-<project title>.json`` (as the server gave it, the words of linked articles
left out) and, made anew from all of them, ``annotations/<batch>/<annotator>/<layer>.jsonl`` and
``findings.jsonl``.
"""

from __future__ import annotations

import datetime
import json
import re
from pathlib import Path
from typing import Any

import msgspec

from warta.files import FileFault, replacing
from warta.label_studio.tasks import without_text

Task = dict[str, Any]
# Where an adjudication task and its answers hold words of the article (:mod:`warta.label_studio.adjudication_tasks`).
WORDY_DATA, WORDY_ANSWERS = ("readings", "sheet"), ("own", "more")


class Store:
    """The folder of a team's pulls."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when something is written."""
        self.folder = folder
        self.pulls = folder / "pulls"

    def keep(
        self, server: str, project: int, title: str, tasks: list[Task], config_sha256: str, users: dict[int, str]
    ) -> Path:
        """Write one pull of one project to a file of its own and return its path."""
        now = datetime.datetime.now(datetime.UTC).strftime("%Y%m%dT%H%M%S.%fZ")
        path = self.pulls / f"{now}-{re.sub(r'[^A-Za-z0-9.-]+', '_', title)}.json"
        pull = {
            "server": server, "project": project, "title": title, "config_sha256": config_sha256,
            "users": {str(key): email for key, email in users.items()},
            "tasks": [storable(task) for task in tasks],
        }  # fmt: skip
        with replacing(path) as out:
            out.write(json.dumps(pull, ensure_ascii=False).encode("utf-8", "surrogatepass"))
        return path

    def read(self) -> list[dict[str, Any]]:
        """Return all pulls, the oldest first; raises :class:`FileFault` naming a file that is no pull."""
        found = []
        for path in sorted(self.pulls.glob("*.json")):
            try:
                found.append(msgspec.json.decode(path.read_bytes(), type=dict[str, Any]))
            except (OSError, msgspec.MsgspecError) as error:
                raise FileFault(f"{path}: is no pull: {error}") from error
        return found

    def latest(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Return, for each ``(server, title)``, its last pull with every task of all its pulls in its last state."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for pull in self.read():
            key = pull["server"], pull["title"]
            tasks = {task["id"]: task for task in pull["tasks"]}
            if key in found and found[key]["project"] == pull["project"]:
                tasks = {**{task["id"]: task for task in found[key]["tasks"]}, **tasks}
            found[key] = {**pull, "tasks": [tasks[number] for number in sorted(tasks)]}
        return found

    def since(self, server: str, title: str, project: int) -> str | None:
        """Return the last ``updated_at`` that was pulled of a project, None before the first pull."""
        pull = self.latest().get((server, title))
        if pull is None or pull["project"] != project:
            return None
        return max((str(task["updated_at"]) for task in pull["tasks"] if task.get("updated_at")), default=None)


def storable(task: Task) -> Task:
    """Return a task as it may be kept: the words of an article that others own left out."""
    data = task.get("data") or {}
    if (data.get("meta") or {}).get("origin") != "linked":
        return task
    kept = {key: value for key, value in task.items() if key not in {"annotations_results", "predictions_results"}}
    kept["data"] = {key: value for key, value in without_text(data).items() if key not in WORDY_DATA}
    for kind in ("annotations", "predictions", "drafts"):
        kept[kind] = [_wordless(item) for item in task.get(kind) or []]
    return kept


def _wordless(item: Any) -> Any:
    if not isinstance(item, dict):
        return item
    results = []
    for result in item.get("result") or []:
        value = result.get("value")
        # A typed answer also sits under `text`, as a list; what is a string there is the region's words.
        if result.get("from_name") in WORDY_ANSWERS:
            result = {**result, "value": {}}
        elif isinstance(value, dict) and isinstance(value.get("text"), str):
            result = {**result, "value": {key: part for key, part in value.items() if key != "text"}}
        results.append(result)
    return {**item, "result": results}
