"""Projects of a batch: which layer and whose work each holds, and what makes one unusable."""

from __future__ import annotations

import re
from dataclasses import dataclass

from warta.label_studio.client import ONCE, Server
from warta.label_studio.configs import LAYERS, config, digest_of
from warta.label_studio.tasks import Fault
from warta.schema import Schema, schema_folder

# Every task has one prediction of this version, where an annotator starts: the context, or a system's work.
MODEL_VERSION = "warta"
ADJUDICATION = "adjudication"
TITLE = re.compile(r"Warta (?P<batch>[^ ]+) (?P<layer>entities|quotes|events|adjudication)(?: (?P<annotator>[^ ]+))?")
LONGEST_TITLE = 50
# Label Studio takes away the margins and borders of what it shows as instructions.
GUIDE_STYLE = """
.warta-guide h1,.warta-guide h2,.warta-guide h3{line-height:1.3;margin:20px 0 8px}
.warta-guide h1{font-size:22px}
.warta-guide h2{font-size:18px}
.warta-guide h3{font-size:16px}
.warta-guide p,.warta-guide ul,.warta-guide ol,.warta-guide table{margin:0 0 10px}
.warta-guide ul,.warta-guide ol{padding-left:22px;list-style:disc}
.warta-guide ol{list-style:decimal}
.warta-guide li{margin:0 0 6px;list-style:inherit}
.warta-guide th,.warta-guide td{border:1px solid #ccc;padding:2px 6px;text-align:left;vertical-align:top}
.warta-guide code{background:#f2f2f2;padding:0 2px}
"""


@dataclass(frozen=True)
class Place:
    """A batch, a layer, and whose mentions its tasks show (``None``: one project for all annotators)."""

    batch: str
    layer: str
    annotator: str | None = None

    @property
    def title(self) -> str:
        """Return the project's title, by which it is found again; raises :class:`Fault` if it cannot be one."""
        who = f" {self.annotator.partition('@')[0]}" if self.annotator else ""
        title = f"Warta {self.batch} {self.layer}{who}"
        if TITLE.fullmatch(title) is None or len(title) > LONGEST_TITLE:
            raise Fault(
                f"{title!r} cannot be a project's title: no spaces in the names, {LONGEST_TITLE} characters in all"
            )
        return title


@dataclass(frozen=True)
class Project:
    """A project of ours on the server."""

    id: int
    place: Place
    label_config: str
    tasks: int
    model_version: str | None


def projects(server: Server, batch: str | None = None) -> list[Project]:
    """Return the corpus's projects on a server, those of other purposes left alone, by title."""
    with server.one_line():
        listed = list(server.sdk.projects.list())
    found = []
    for project in listed:
        match = TITLE.fullmatch(project.title or "")
        if match is not None and batch in {None, match["batch"]}:
            place = Place(match["batch"], match["layer"], match["annotator"])
            count = int(project.task_number or 0)
            found.append(Project(int(project.id), place, project.label_config or "", count, project.model_version))
    return sorted(found, key=lambda project: (project.place.title, project.id))


def find(server: Server, place: Place) -> Project | None:
    """Return the project of a place; two of one title are a :class:`Fault`."""
    same = [project for project in projects(server, place.batch) if project.place.title == place.title]
    if len(same) > 1:
        raise Fault(f"{server.url}: {len(same)} projects are called {place.title!r}; delete all but one")
    return same[0] if same else None


def ensure(
    server: Server, place: Place, schema: Schema, *, overlap: int = 1, label_config: str | None = None
) -> Project:
    """Return the project of a place, created if it is not there.

    Raises :class:`Fault` where one is there with another labelling configuration: results under two
    configurations cannot be told apart.
    """
    wanted = label_config or config(schema, place.layer)
    project = find(server, place)
    if project is None:
        with server.one_line():
            made = server.sdk.projects.create(
                title=place.title,
                description=f"{place.layer} · {place.batch}",
                label_config=wanted,
                maximum_annotations=overlap,
                expert_instruction=instruction(place.layer),
                show_instruction=True,
                request_options=ONCE,
            )
        return Project(int(made.id), place, wanted, 0, None)
    if digest_of(project.label_config) == digest_of(wanted):
        return project
    raise Fault(f"{server.url}: project {place.title!r} has another labelling configuration than the schema; "
                "start a new batch, or delete the project if nobody has worked in it")  # fmt: skip


def start_from_predictions(server: Server, project: Project) -> None:
    """Let label stream and quick view start from the tasks' predictions; the server allows it once there is one."""
    if project.model_version != MODEL_VERSION:
        with server.one_line():
            server.sdk.projects.update(project.id, model_version=MODEL_VERSION)


def instruction(layer: str) -> str:
    """Return the guidelines as HTML, which Label Studio shows when an annotator starts."""
    from markdown_it import MarkdownIt

    path = schema_folder() / "guidelines.md"
    if layer not in LAYERS or not path.is_file():
        return ""
    guide = MarkdownIt("commonmark").enable("table").render(path.read_text(encoding="utf-8"))
    return f'<style>{GUIDE_STYLE}</style><div class="warta-guide">{guide}</div>'
