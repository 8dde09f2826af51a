"""Adjudication in Label Studio: differences out, decisions back as the answers that make gold.

A batch has one project, ``Warta <batch> adjudication``, with a task for every numbered difference of its
documents (:mod:`warta.agreement.sheet`). What the adjudicators submit comes back as answer files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from warta.agreement.sheet import Sheet, paragraph_with, read_answers
from warta.label_studio.adjudication_tasks import (
    CHOICES,
    DECISION,
    INSTRUCTION,
    MORE,
    OWN,
    REASON,
    adjudication_config,
    sheet_digest,
    task_key,
    tasks_of,
)
from warta.label_studio.client import ONCE, Server
from warta.label_studio.projects import ADJUDICATION, Place, Project, ensure, find, start_from_predictions
from warta.label_studio.push import CHUNK, import_tasks
from warta.label_studio.tasks import Fault
from warta.schema import Schema

# First line of an answer file that was pulled, and so may be pulled anew.
PULLED = "// decided in Label Studio"
MORE_LINE = re.compile(r"[+-] \S.*|P\d+")


class Pushed(NamedTuple):
    """An adjudication project, how many of the differences it had, and how many were added; no project, no difference."""

    project: Project | None
    there: int
    tasks: int


class Decided(NamedTuple):
    """One adjudicator's answer to one difference, as it was submitted."""

    choice: str
    own: str
    reason: str
    more: tuple[str, ...]
    by: str


class Pulled(NamedTuple):
    """The text of an answer file for each document that is wholly decided, and what stands in the way of others."""

    answers: dict[str, str]
    findings: list[str]


def push_differences(server: Server, batch: str, sheets: Sequence[Sheet], schema: Schema) -> Pushed:
    """Make a task of every difference that has none yet in the batch's adjudication project.

    Raises :class:`Fault` when a document has no text, and when a task that is there shows readings that are no
    longer those of the annotators.
    """
    if bare := [sheet.aligned.first.id for sheet in sheets if sheet.aligned.first.text is None]:
        raise Fault(f"document {', '.join(bare)}: no text; link it first (warta link)")
    if not any(sheet.differences for sheet in sheets):
        return Pushed(None, 0, 0)
    project = ensure(server, Place(batch, ADJUDICATION), schema, label_config=adjudication_config())
    if not project.tasks:
        with server.one_line():
            server.sdk.projects.update(project.id, expert_instruction=INSTRUCTION, request_options=ONCE)
    there = _tasks(server, project)
    if stale := [line for sheet in sheets for line in _stale(sheet, there)]:
        raise Fault("\n".join(f"{line}; push the batch under another name" for line in stale))
    wanted = [task for sheet in sheets for task in tasks_of(sheet)]
    missing = [task for task in wanted if task["data"]["doc_id"] not in there]
    for start in range(0, len(missing), CHUNK):
        import_tasks(server, project.id, missing[start : start + CHUNK])
    start_from_predictions(server, project)
    counts = {key: len(tasks) for key, tasks in server.documents(project.id).items()}
    if wrong := [key for task in wanted if counts.get(key := task["data"]["doc_id"]) != 1]:
        raise Fault(f"{server.url}: project {project.place.title!r}: not there exactly once: {', '.join(wrong)}")
    return Pushed(project, len(wanted) - len(missing), len(missing))


def pull_answers(server: Server, batch: str, sheets: Sequence[Sheet]) -> Pulled:
    """Return the decisions on all differences as answer files, and a finding a line for what is not decided.

    Raises :class:`Fault` where there are differences and no adjudication project.
    """
    project = find(server, Place(batch, ADJUDICATION))
    if project is None and any(sheet.differences for sheet in sheets):
        raise Fault(f"{server.url}: there is no project {Place(batch, ADJUDICATION).title!r}; push the batch first")
    there = _tasks(server, project) if project is not None else {}
    users = server.users()
    pulled = Pulled({}, [])
    for sheet in sheets:
        document = sheet.aligned.first.id
        problems = list(_stale(sheet, there))
        decided = {} if problems else _decided(sheet, there, users, problems)
        text = _answer_file(sheet, decided)
        if not problems:
            problems = list(_misread(sheet, decided, text))
        if problems:
            pulled.findings.extend(problems)
        else:
            pulled.answers[document] = text
    return pulled


def _misread(sheet: Sheet, decided: dict[int, Decided], text: str) -> Iterator[str]:
    """Yield a line for each answer that its file would not give back."""
    document = sheet.aligned.first.id
    read = read_answers(text, sheet)
    yield from (f"document {document}: [{fault.where}] {fault.problem}" for fault in read.faults)
    for number, answer in decided.items():
        if answer.choice == "=" and read.choices.get(number, "")[1:].strip() != answer.own:
            yield f"document {document}: #{number}: the line of one's own is cut at ` ;`: {answer.own!r}"


def _tasks(server: Server, project: Project) -> dict[str, dict[str, Any]]:
    """Return ``{document#number: task}`` of a project; two of one key are a :class:`Fault`."""
    found: dict[str, dict[str, Any]] = {}
    for task in server.tasks(project.id):
        key = str((task.get("data") or {}).get("doc_id"))
        if key in found:
            raise Fault(f"{server.url}: project {project.place.title!r}: {key} has two tasks; delete one")
        found[key] = task
    return found


def _stale(sheet: Sheet, there: dict[str, dict[str, Any]]) -> Iterator[str]:
    document, now = sheet.aligned.first.id, sheet_digest(sheet)
    mine = [task["data"] for task in there.values() if (task.get("data") or {}).get("document") == document]
    if any(data.get("sheet_sha256") != now for data in mine):
        yield f"document {document}: the annotations are not those whose differences were pushed"


def _decided(
    sheet: Sheet, there: dict[str, dict[str, Any]], users: dict[int, str], problems: list[str]
) -> dict[int, Decided]:
    """Return the decision on each difference; adds a line to ``problems`` for one that is missing or not to be used."""
    found: dict[int, Decided] = {}
    undecided = []
    for difference in sheet.differences:
        number = difference.number
        task = there.get(task_key(sheet.aligned.first.id, number))
        where = f"document {sheet.aligned.first.id}: #{number}"
        if task is None:
            problems.append(f"{where}: is not in the project; push again")
            continue
        given = list(_submitted(task, users))
        if not given:
            undecided.append(f"#{number}{' (a draft was not submitted)' if task.get('drafts') else ''}")
            continue
        if len({answer[:2] for answer in given}) > 1:
            told = ", ".join(f"{answer.choice} by {answer.by}" for answer in given)
            problems.append(f"{where}: decided differently: {told}; delete or change one")
            continue
        found[number] = given[-1]._replace(
            by=", ".join(dict.fromkeys(answer.by for answer in given)),
            more=tuple(dict.fromkeys(line for answer in given for line in answer.more)),
        )
        problems.extend(f"{where}: {problem}" for problem in _wrong(found[number]))
    if undecided:
        count = f"{len(undecided)} of {len(sheet.differences)} differences are not decided"
        problems.append(f"document {sheet.aligned.first.id}: {count}: {', '.join(undecided)}")
    return found


def _submitted(task: dict[str, Any], users: dict[int, str]) -> Iterator[Decided]:
    """Yield what was submitted on a task and not skipped, the oldest first."""
    for annotation in sorted(task.get("annotations") or [], key=lambda item: (str(item.get("updated_at")), item["id"])):
        if annotation.get("was_cancelled"):
            continue
        given = {name: list(_answers(annotation.get("result") or [], name)) for name in (DECISION, OWN, REASON, MORE)}
        owner = annotation.get("completed_by")
        owner = int(owner["id"] if isinstance(owner, dict) else owner)
        yield Decided(
            " ".join(given[DECISION]), " ".join(given[OWN]), " ".join(given[REASON]), tuple(given[MORE]),
            users.get(owner, f"user-{owner}").partition("@")[0],
        )  # fmt: skip


def _answers(results: Iterable[dict[str, Any]], control: str) -> Iterator[str]:
    """Yield the answers of a control, line by line, without empty lines and white space at the ends."""
    for result in results:
        if result.get("from_name") == control:
            value = result.get("value") or {}
            for answer in value.get("choices") or value.get("text") or []:
                yield from (line.strip() for line in str(answer).splitlines() if line.strip())


def _wrong(answer: Decided) -> Iterator[str]:
    if answer.choice not in CHOICES:
        yield f"found the decision {answer.choice!r}; allowed: {' '.join(CHOICES)}"
    elif answer.choice == "=" and not answer.own:
        yield "= without a line of one's own"
    elif answer.choice != "=" and answer.own:
        yield f"a line of one's own beside {answer.choice}; choose = to use it, or take it out"
    for line in answer.more:
        if not MORE_LINE.fullmatch(line):
            yield f"found the further line {line!r}; allowed: + LINE, - ID, P and a paragraph's number"


def _answer_file(sheet: Sheet, decided: dict[int, Decided]) -> str:
    """Return the answers in the form of :func:`warta.agreement.sheet.read_answers`."""
    lines = [PULLED, f"document {sheet.aligned.first.id}"]
    paragraphs = {difference.number: paragraph_with(sheet, difference) for difference in sheet.differences}
    by = ""
    for number, answer in sorted(decided.items()):
        if answer.by != by:
            by = answer.by
            lines.append(f"by {by}")
        own = f" {answer.own}" if answer.choice == "=" else ""
        lines.append(f"{number} {answer.choice}{own}" + (f" ; {answer.reason}" if answer.reason else ""))
        if answer.more:
            lines += [f"P{paragraphs[number]}", *answer.more]
    return "\n".join(lines) + "\n"
