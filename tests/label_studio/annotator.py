"""An annotator at a real browser: hotkeys, mouse and menus of Label Studio, by what is on the screen."""

from __future__ import annotations

from typing import Any

PATIENCE = 60_000
PAUSE = 250
# Where a span of the text stands on the screen: [x, y] of its first and of its last character.
PLACE = """([start, end]) => {
  const root = document.querySelector('.lsf-htx-richtext');
  const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  const units = (text, count) => [...text].slice(0, count).join('').length;
  let place = 0, from = null, to = null, node;
  while ((node = walk.nextNode())) {
    if (node.nodeType === 1) { if (node.tagName === 'BR') place += 1; continue; }
    const length = [...node.data].length;
    if (from === null && start < place + length) from = [node, units(node.data, start - place)];
    if (to === null && end <= place + length) to = [node, units(node.data, end - place)];
    place += length;
  }
  from[0].parentElement.scrollIntoView({block: 'center'});
  const range = document.createRange();
  range.setStart(...from); range.setEnd(...to);
  const boxes = [...range.getClientRects()].filter(box => box.width > 0);
  const first = boxes[0], last = boxes[boxes.length - 1];
  return [first.left + 0.5, first.top + first.height / 2, last.right + 0.3, last.top + last.height / 2];
}"""


class Annotator:
    """One logged-in annotator with a window of their own."""

    def __init__(self, browser: Any, url: str, email: str, password: str) -> None:
        """Log in through the form."""
        self.url = url
        self.context = browser.new_context(viewport={"width": 1600, "height": 1000})
        self.page = self.context.new_page()
        self.page.set_default_timeout(PATIENCE)
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.goto(f"{url}/user/login/")
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password]", password)
        self.page.keyboard.press("Enter")
        self.page.wait_for_url(lambda where: "/user/login" not in where)

    def open_stream(self, project: int) -> None:
        """Open the project and press "Label All Tasks", as annotators are told to."""
        self.page.goto(f"{self.url}/projects/{project}/data")
        self.page.get_by_role("button", name="Label All Tasks").or_(
            self.page.get_by_text("Label All Tasks")
        ).first.click()
        self._ready()

    def open_task(self, project: int, task: int) -> None:
        """Open one task in the quick view."""
        self.page.goto(f"{self.url}/projects/{project}/data?task={task}")
        self._ready()

    def _ready(self) -> None:
        self.page.wait_for_selector(".lsf-htx-richtext")
        instructions = self.page.get_by_text("Labeling Instructions", exact=True)
        self.page.wait_for_timeout(4 * PAUSE)
        if instructions.is_visible():
            self.press("Escape")
            instructions.wait_for(state="hidden")

    @property
    def text(self) -> str:
        """The text of the open task."""
        return str(self.page.evaluate("window.Htx.task.dataObj.text"))

    def span(self, words: str, nth: int = 0) -> tuple[int, int]:
        """Return the code-point span of the nth occurrence of some words."""
        start = -1
        for _ in range(nth + 1):
            start = self.text.index(words, start + 1)
        return start, start + len(words)

    def mark(self, key: str, words: str, nth: int = 0) -> None:
        """Press a label's hotkey, draw the mouse over the words, and select the new region."""
        self.press("Escape", key)
        self.draw(words, nth)
        self.choose(words, nth)

    def draw(self, words: str, nth: int = 0) -> None:
        """Draw the mouse over words while a label is armed."""
        x1, y1, x2, y2 = self.page.evaluate(PLACE, list(self.span(words, nth)))
        mouse = self.page.mouse
        mouse.move(x1, y1)
        mouse.down()
        mouse.move((x1 + x2) / 2, y2, steps=4)
        mouse.move(x2, y2, steps=4)
        mouse.up()
        self.page.wait_for_timeout(2 * PAUSE)

    def choose(self, words: str, nth: int = 0) -> None:
        """Select the region of exactly these words by clicking it."""
        self.press("Escape")
        self._click(words, nth)

    def _click(self, words: str, nth: int) -> None:
        start, end = self.span(words, nth)
        x1, y1, x2, y2 = self.page.evaluate(PLACE, [start, end])
        self.page.mouse.click((x1 + x2) / 2 if y1 == y2 else x1 + 3, y1)
        self.page.wait_for_timeout(2 * PAUSE)

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(PAUSE)

    def type_entity(self, key: str) -> None:
        """Type the entity id of the selected region into its field."""
        field = self.page.locator(".low input:visible, .low textarea:visible").first
        field.click()
        field.fill(key)
        self.press("Enter", "Escape")

    def pick_entity(self, words: str) -> None:
        """Pick the entity of the selected region from the list, by searching."""
        self.page.locator(".low .htx-taxonomy:visible").last.click()
        self.page.wait_for_timeout(PAUSE)
        self.page.keyboard.type(words)
        self.page.wait_for_timeout(2 * PAUSE)
        self.page.locator(".ant-select-tree-treenode:visible", has_text=words).first.locator(
            ".ant-select-tree-checkbox"
        ).click()
        self.press("Escape", "Escape")

    def relate(self, part: str, label: str, head: str, nth: int = 0, head_nth: int = 0) -> None:
        """Draw a relation from a part to its head and give it a label in the Relations panel."""
        self.choose(part, nth)
        self.press("Alt+r")
        self._click(head, head_nth)
        self.page.locator(".lsf-panel-tabs__tab:visible", has_text="Relations").first.click()
        item = self.page.locator(".lsf-relations__item").last
        item.hover()
        item.locator("button[aria-label='Show Relation Labels']").click()
        item.locator("[data-testid^=select-trigger]").click()
        self.page.locator(f"[data-testid='select-option-{label}']").click()
        self.press("Escape", "Escape")
        self.page.locator(".lsf-panel-tabs__tab:visible", has_text="Regions").first.click()

    def results(self) -> list[dict[str, Any]]:
        """Return the results as the open annotation would be saved now."""
        return list(self.page.evaluate("window.Htx.annotationStore.selected.serializeAnnotation()"))

    def submit(self) -> None:
        """Press Submit (or Update) and wait for the server's answer."""
        with self.page.expect_response(
            lambda answer: "/annotations" in answer.url and answer.request.method in {"POST", "PATCH"}
        ):
            self.page.get_by_role("button", name="Submit").or_(
                self.page.get_by_role("button", name="Update")
            ).first.click()
        self.page.wait_for_timeout(2 * PAUSE)

    def close(self) -> None:
        """Close the window."""
        self.context.close()
