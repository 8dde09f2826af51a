"""An annotator at work in a real browser, layer by layer; the pull shows exactly what was done."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from annotator import Annotator

from warta.document import Argument, Document, Entity, Event, Mention, Quote, Span
from warta.label_studio import server as local
from warta.label_studio.client import Server
from warta.label_studio.join import join
from warta.label_studio.projects import Place
from warta.label_studio.pull import Readings, fetch, readings, scheme_lines, write_readings
from warta.label_studio.push import push
from warta.label_studio.store import Store
from warta.label_studio.users import invite
from warta.schema import load_schema

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
SCHEMA = load_schema()
EMAIL, BATCH = "sinta@contoh.example", "peramban"
TEXT = (
    "Rapat\u00a0Warga 😀 di Desa Contoh\n"
    'Sinta Maharani  menghadiri rapat <b>di</b> Desa Contoh,\tSenin. "Kami siap," ujarnya. “Semua datang.”'
)


def at(words: str, nth: int = 0) -> dict[str, int]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words)}


@pytest.fixture(scope="module")
def sinta(chromium: Any, running: local.State) -> Any:
    password = invite(Server(running.url, running.token), EMAIL)
    annotator = Annotator(chromium, running.url, EMAIL, str(password))
    yield annotator
    annotator.close()


def pulled(server: Server, project: Any, store: Store) -> tuple[Readings, dict[str, Document]]:
    fetch(server, project, store)
    read = readings(store, SCHEMA)
    write_readings(store, read, SCHEMA)
    return read, read.layers[BATCH, EMAIL]["p-1"]


def annotate_entities(server: Server, sinta: Annotator, store: Store) -> Document:
    project = push(server, [Document(id="p-1", text=TEXT)], Place(BATCH, "entities"), SCHEMA).project
    sinta.open_stream(project.id)
    sinta.mark("p", "Sinta Maharani")
    sinta.type_entity("e1")
    for nth in (0, 1):
        sinta.mark("g", "Desa Contoh", nth)
        sinta.type_entity("e2")
    sinta.mark("t", "Senin")
    sinta.submit()
    __, layers = pulled(server, project, store)
    entities = layers["entities"]
    assert [(m.start, m.end, m.type, m.form, m.entity) for m in entities.mentions] == [
        (*at("Desa Contoh").values(), "GPE", "name", "e2"),
        (*at("Sinta Maharani").values(), "PER", "name", "e1"),
        (*at("Desa Contoh", 1).values(), "GPE", "name", "e2"),
        (*at("Senin").values(), "DAT", "value", None),
    ]
    assert entities.entities == [
        Entity(id="e2", type="GPE", name="Desa Contoh"),
        Entity(id="e1", type="PER", name="Sinta Maharani"),
    ]

    return entities


def annotate_quotes(server: Server, sinta: Annotator, store: Store, entities: Document) -> Document:
    project = push(server, [entities], Place(BATCH, "quotes", EMAIL), SCHEMA).project
    sinta.open_stream(project.id)
    sinta.mark("q", '"Kami siap,"')
    sinta.press("1")
    sinta.mark("w", "“Semua datang.”")
    sinta.mark("e", "ujar")
    sinta.mark("0", "nya")
    sinta.press("Shift+P")
    sinta.pick_entity("e1")
    sinta.relate("ujar", "cue", '"Kami siap,"')
    sinta.relate("nya", "source", '"Kami siap,"')
    sinta.relate("“Semua datang.”", "cont", '"Kami siap,"')
    sinta.submit()
    __, layers = pulled(server, project, store)
    pronoun = next(m for m in layers["quotes"].mentions if m.form == "pronoun")
    assert pronoun == Mention(id=pronoun.id, **at("nya"), type="PER", form="pronoun", entity="e1")
    assert layers["quotes"].quotes == [
        Quote(
            id=layers["quotes"].quotes[0].id,
            type="direct",
            content=[Span(**at('"Kami siap,"')), Span(**at("“Semua datang.”"))],
            cue=[Span(**at("ujar"))],
            source=pronoun.id,
            speaker="e1",
        )
    ]

    return join(layers).document


def annotate_events(server: Server, sinta: Annotator, store: Store, so_far: Document) -> Readings:
    project = push(server, [so_far], Place(BATCH, "events", EMAIL), SCHEMA).project
    sinta.open_stream(project.id)
    sinta.mark("p", "rapat")
    sinta.press("1", "5")
    sinta.relate("Desa Contoh", "place", "rapat", nth=1)
    sinta.relate("Sinta Maharani", "participant", "rapat")
    sinta.submit()
    read, layers = pulled(server, project, store)
    whole = join(layers).document
    name_of = {m.id: (m.start, m.end) for m in whole.mentions}
    [event] = whole.events
    assert event == Event(
        id=event.id, **at("rapat"), type="contact.meet", realis="actual", polarity="positive", arguments=event.arguments
    )
    assert {(a.role, name_of[a.mention]) for a in event.arguments} == {
        ("place", tuple(at("Desa Contoh", 1).values())),
        ("participant", tuple(at("Sinta Maharani").values())),
    }
    assert all(isinstance(argument, Argument) and argument.event is None for argument in event.arguments)
    assert (whole.quotes, whole.mentions[:1]) == (so_far.quotes, so_far.mentions[:1])
    assert len(whole.mentions) == 5
    return read


def test_an_annotator_works_through_the_three_layers(server: Server, sinta: Annotator, tmp_path: Path) -> None:
    store = Store(tmp_path)
    entities = annotate_entities(server, sinta, store)
    so_far = annotate_quotes(server, sinta, store, entities)
    read = annotate_events(server, sinta, store, so_far)
    assert [finding for finding in read.findings if finding.severity == "fault"] == []
    assert scheme_lines(read, SCHEMA) == []
    assert sinta.errors == []


def test_rare_types_are_found_by_search_and_what_is_missing_is_asked_for(server: Server, sinta: Annotator) -> None:
    project = push(server, [Document(id="p-2", text=TEXT)], Place("wajib", "events"), SCHEMA).project
    sinta.open_stream(project.id)
    sinta.press("Shift+F")
    sinta.page.keyboard.type("culture")
    sinta.press("Enter")
    sinta.draw("rapat")
    sinta.choose("rapat")
    sinta.page.get_by_role("button", name="Submit").first.click()
    sinta.page.locator(".ant-modal", has_text="Isi realis").wait_for()
    assert [task["annotations"] for task in server.tasks(project.id)] == [[]]
    assert sinta.results()[0]["value"]["labels"] == ["culture.hold"]
