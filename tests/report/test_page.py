"""The page as a file, and in a real browser."""

from __future__ import annotations

import copy
import json
import os
import shutil
from pathlib import Path

import pytest

WHOLE = json.loads((Path(__file__).parents[1] / "validate" / "good" / "whole.jsonl").read_text(encoding="utf-8"))
CHROMIUM = os.environ.get("WARTA_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A report on two systems and two articles, one with what would be markup and an astral character."""
    folder = tmp_path_factory.mktemp("report")
    text = 'Judul </script><b>tebal</b> 😀\nWarga mengungsi, ujar Rina & "Budi" <i>.'
    start = text.index("Rina")
    odd = {"id": "x-0002", "text": text, "mentions": [{"id": "m1", "start": start, "end": start + 4, "type": "PER", "entity": "e1"}],
           "entities": [{"id": "e1", "type": "PER"}]}  # fmt: skip
    lesser = copy.deepcopy(WHOLE)
    lesser["mentions"][4]["type"], lesser["quotes"] = "CRD", lesser["quotes"][:1]
    files = {"gold": [WHOLE, odd], "lesser": [lesser, {"id": "x-0002"}], "silent": [{"id": "x-0001"}]}
    for name, rows in files.items():
        (folder / f"{name}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def html(page):
    from click.testing import CliRunner

    from warta.cli.report import command

    out = page / "report.html"
    names = [str(page / "lesser.jsonl"), str(page / "silent.jsonl")]
    done = CliRunner().invoke(command, [*names, "--gold", str(page / "gold.jsonl"), "-o", str(out)])
    assert done.exit_code == 0, done.output
    return out


def test_the_page_needs_nothing_from_outside_and_escapes_articles(html):
    text = html.read_text(encoding="utf-8")
    assert "http://" not in text.replace("http://www.w3.org", "") and "https://" not in text and "src=" not in text
    assert "<b>tebal" not in text and "\\u003c/script\\u003e\\u003cb\\u003etebal" in text
    assert text.count("</script>") == 2 and "x-0002" in text and "<svg" in text


def test_the_same_input_gives_the_same_page(page, html):
    from click.testing import CliRunner

    from warta.cli.report import command

    again = page / "again.html"
    names = [str(page / "lesser.jsonl"), str(page / "silent.jsonl")]
    CliRunner().invoke(command, [*names, "--gold", str(page / "gold.jsonl"), "-o", str(again)])
    assert again.read_bytes() == html.read_bytes()


def test_predictions_may_come_from_standard_input(page):
    from click.testing import CliRunner

    from warta.cli.report import command

    said, pages = (page / "lesser.jsonl").read_bytes(), []
    for name in (str(page / "lesser.jsonl"), "-"):
        out = page / "one.html"
        done = CliRunner().invoke(command, [name, "--gold", str(page / "gold.jsonl"), "-o", str(out)], input=said)
        assert done.exit_code == 0, done.output
        pages.append(out.read_text(encoding="utf-8").replace("lesser.jsonl", "-"))
    assert pages[0] == pages[1] and "mengungsi" in pages[0]


@pytest.fixture
def tab(html):
    if CHROMIUM is None:
        if os.environ.get("WARTA_REQUIRE_BROWSER"):
            pytest.fail("no Chromium: apt install chromium, or WARTA_CHROMIUM=/path/to/chromium")
        pytest.skip("no Chromium here (apt install chromium, or WARTA_CHROMIUM=/path/to/chromium)")
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        opened = browser.new_page()
        opened.asked, opened.errors = [], []
        opened.on("request", lambda request: opened.asked.append(request.url))
        opened.on("pageerror", lambda error: opened.errors.append(str(error)))
        opened.goto(html.as_uri())
        yield opened
        assert opened.errors == [] and all(url.startswith("file:") for url in opened.asked)
        browser.close()


def test_gold_and_system_stand_side_by_side(tab):
    assert tab.locator("#gold").text_content() == WHOLE["text"] == tab.locator("#system").text_content()
    assert tab.locator("#gold .content").count() > tab.locator("#system .content").count() > 0


def test_keys_go_through_faults_and_documents(tab):
    tab.keyboard.press("n")
    assert tab.locator("#faults li[aria-current=true]").count() == 1
    first = tab.locator("#faults li[aria-current=true]").text_content()
    tab.keyboard.press("n")
    assert tab.locator("#faults li[aria-current=true]").text_content() != first
    tab.keyboard.press("p")
    assert tab.locator("#faults li[aria-current=true]").text_content() == first
    tab.keyboard.press("j")
    assert "😀" in tab.locator("#gold").text_content() and tab.locator("#gold b").count() == 0
    assert tab.locator("#gold .mention").text_content() == "Rina"


def test_faults_are_filtered_by_class_and_layer(tab):
    tab.select_option("#kind", "type")
    assert tab.locator("#faults li").count() == 1 and "CRD" in tab.locator("#faults li").text_content()
    tab.select_option("#layer", "quotes")
    assert tab.locator("#faults li").count() == 0
    tab.select_option("#kind", "missed")
    assert tab.locator("#faults li").count() == 1


def test_systems_are_chosen_by_button(tab):
    tab.get_by_role("button", name="silent.jsonl").click()
    assert tab.locator("section.system:visible").count() == 1 and tab.locator("#system .mention").count() == 0
