"""What annotators see, on gold of written articles: readable, and pictures of it for CONTRIBUTING.md.

``WARTA_SCREENSHOTS=docs/screenshots`` writes the pictures there.
"""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any

import pytest
from annotator import PLACE, Annotator

from warta.corpus.layout import Layout
from warta.document import Document, Quote
from warta.files import read_documents
from warta.label_studio import server as local
from warta.label_studio.client import Server
from warta.label_studio.configs import LAYERS
from warta.label_studio.convert import layer_results
from warta.label_studio.projects import Place
from warta.label_studio.push import Work, push
from warta.label_studio.users import invite
from warta.schema import load_schema, schema_folder

pytestmark = [pytest.mark.label_studio, pytest.mark.browser]
SCHEMA = load_schema()
EMAIL, BATCH = "tamu@contoh.example", "gambar"
WINDOW = {"width": 1400, "height": 900}
# The editor without the list of tasks beside it.
EDITOR = {"x": 240, "y": 48, "width": 1160, "height": 852}
LARGEST = 200_000
# Vertical overlap in pixels of boxes that the eye does not see.
TOUCH = 3
BOXES = """() => {
  const box = r => ({left: r.left, right: r.right, top: r.top, bottom: r.bottom});
  const text = document.querySelector('.lsf-htx-richtext');
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT), lines = [];
  const range = document.createRange();
  for (let node; (node = walk.nextNode());) {
    range.selectNodeContents(node);
    lines.push(...[...range.getClientRects()].map(box));
  }
  const all = selector => [...document.querySelectorAll(selector)];
  const low = document.querySelector('.low').getBoundingClientRect();
  return {
    lines,
    names: all('.relations-overlay g[text-anchor] > rect').map(rect => box(rect.getBoundingClientRect())),
    arrows: all('.relations-overlay path[marker-end]').length,
    many: all('.many').map(many => [box(many.getBoundingClientRect()), all('.many .lsf-label').map(
      label => box(label.getBoundingClientRect()))]),
    regions: new Set(all('.htx-highlight[data-label]').map(node => node.dataset.label.split(':').pop())).size,
    showsThrough: [...Array(innerHeight - Math.ceil(low.top + 2)).keys()].some(
      y => document.elementFromPoint(low.left + 60, low.top + 2 + y)?.closest('.lsf-htx-richtext')),
  };
}"""


def gold() -> list[Document]:
    return list(read_documents(Layout(schema_folder().parent).gold["written"]))


@pytest.fixture(scope="module")
def guest(chromium: Any, running: local.State) -> Any:
    password = invite(Server(running.url, running.token), EMAIL)
    annotator = Annotator(chromium, running.url, EMAIL, str(password))
    annotator.page.set_viewport_size(WINDOW)
    yield annotator
    annotator.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chosen = Path(os.environ.get("WARTA_SCREENSHOTS") or tmp_path)
    chosen.mkdir(parents=True, exist_ok=True)
    return chosen


def opened(server: Server, guest: Annotator, document: Document, layer: str) -> None:
    work = Work(annotation_of=EMAIL)
    project = push(server, [document], Place(BATCH, layer, EMAIL), SCHEMA, work).project
    guest.open_task(project.id, server.documents(project.id)[document.id][0][0])
    guest.page.wait_for_timeout(1500)


def picture(guest: Annotator, path: Path, clip: dict[str, int]) -> None:
    from PIL import Image

    shot = Image.open(io.BytesIO(guest.page.screenshot(clip=clip))).convert("RGB")  # type: ignore[arg-type]
    shot.quantize(96).save(path, optimize=True)
    assert path.stat().st_size < LARGEST


def select(guest: Annotator, start: int, end: int) -> list[float]:
    """Click a region at its first character and return where the span stands."""
    guest.press("Escape")
    place = guest.page.evaluate(PLACE, [start, end])
    guest.page.mouse.click(place[0] + 3, place[1])
    guest.page.wait_for_timeout(800)
    return list(guest.page.evaluate(PLACE, [start, end]))


def around(place: list[float]) -> dict[str, int]:
    """The part of the window about a span, down to the answers at the foot."""
    top = max(48, int(place[1]) - 140)
    return {**EDITOR, "y": top, "height": WINDOW["height"] - top}


@pytest.mark.parametrize("layer", LAYERS)
def test_the_longest_article_is_readable_in_every_layer(
    server: Server, guest: Annotator, folder: Path, layer: str
) -> None:
    document = max(gold(), key=lambda d: len(d.text or ""))
    opened(server, guest, document, layer)
    picture(guest, folder / f"{layer}.png", EDITOR)
    seen = guest.page.evaluate(BOXES)
    wanted = layer_results(document, layer)
    labels = {label for result in wanted if result["type"] == "labels" for label in result["value"]["labels"]}
    assert len(labels) == seen["regions"]
    assert seen["arrows"] == sum(result["type"] == "relation" for result in wanted)
    covered = [(name, line) for name in seen["names"] for line in seen["lines"] if overlap(name, line)]
    assert covered == [], "names of relations stand between the lines"
    for box, rows in seen["many"]:
        assert not [row for row in rows if row["top"] < box["bottom"] - TOUCH and row["bottom"] > box["bottom"] + TOUCH]
    assert not seen["showsThrough"], "the text ends above the answers"


def overlap(one: dict[str, float], other: dict[str, float]) -> bool:
    beside = one["right"] <= other["left"] or other["right"] <= one["left"]
    return not beside and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > TOUCH


def test_a_quote_in_parts_with_a_clitic_as_its_source(server: Server, guest: Annotator, folder: Path) -> None:
    document, quote = next((d, q) for d in gold() for q in d.quotes if in_parts(d, q))
    opened(server, guest, document, "quotes")
    place = select(guest, quote.content[0].start, quote.content[-1].end)
    assert guest.page.locator(".low").get_by_text("direct").first.is_visible()
    picture(guest, folder / "quote-in-parts.png", around(place))


def in_parts(document: Document, quote: Quote) -> bool:
    pronouns = {mention.id for mention in document.mentions if mention.form == "pronoun"}
    return len(quote.content) > 1 and quote.source in pronouns and quote.content[0].start > 0


def test_an_event_that_fills_a_role(server: Server, guest: Annotator, folder: Path) -> None:
    document, event = next(
        (d, e) for d in gold() for e in d.events if e.start > 200 and any(a.event for a in e.arguments)
    )
    opened(server, guest, document, "events")
    place = select(guest, event.start, event.end)
    assert guest.page.locator(".low").get_by_text(str(event.realis)).first.is_visible()
    picture(guest, folder / "event-in-a-role.png", around(place))


def test_a_name_with_its_entity(server: Server, guest: Annotator, folder: Path) -> None:
    document = max(gold(), key=lambda d: len(d.text or ""))
    mention = next(m for m in document.mentions if m.type == "PER" and m.form == "name")
    opened(server, guest, document, "entities")
    place = select(guest, mention.start, mention.end)
    assert guest.page.locator(".low").get_by_text(str(mention.entity), exact=True).first.is_visible()
    picture(guest, folder / "entity.png", around(place))


def test_the_guidelines_are_shown_with_lists_and_tables(server: Server, guest: Annotator) -> None:
    opened(server, guest, gold()[0], "entities")
    guest.page.get_by_role("button", name="Instructions").click()
    guide = guest.page.locator(".warta-guide")
    guide.wait_for()
    assert guide.locator("h2").count() >= 3 and guide.locator("table").count() >= 3
    style = "node => [getComputedStyle(node).listStyleType, getComputedStyle(node).marginBottom]"
    assert guide.locator("li").first.evaluate(style) == ["disc", "6px"]
    assert guide.locator("td").first.evaluate("node => getComputedStyle(node).borderBottomWidth") == "1px"
    guest.press("Escape")
