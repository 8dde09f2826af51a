"""A real Label Studio server, started once for all tests that ask for it, and a real browser."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from ports import free_port

from warta.label_studio import server as local
from warta.label_studio.client import Server
from warta.label_studio.tasks import Fault

ENABLE = {
    "label_studio": "pip install 'warta[annotate,server]', or WARTA_LABEL_STUDIO=/path/to/label-studio",
    "browser": "pip install playwright and apt-get install chromium",
}
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
skipped: set[str] = set()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "label_studio: needs a Label Studio server, which the test starts")
    config.addinivalue_line("markers", "browser: drives Chromium on a Label Studio server")


def missing(what: str, why: str) -> None:
    """Skip a test and count it for the one line at the end; fail where the environment says it must run."""
    if os.environ.get(f"WARTA_REQUIRE_{what.upper()}") == "1":
        pytest.fail(f"{why}; WARTA_REQUIRE_{what.upper()}=1 says it must be there", pytrace=False)
    skipped.add(what)
    pytest.skip(why)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    for what in sorted(skipped):
        terminalreporter.write_line(f"tests marked {what} were skipped; to run them: {ENABLE[what]}")


@pytest.fixture(scope="session")
def program() -> str:
    """The path of the installed server."""
    try:
        importlib.import_module("label_studio_sdk")
        return local.executable()
    except (ImportError, Fault) as fault:
        missing("label_studio", str(fault))
    raise AssertionError


@pytest.fixture(scope="session")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("label-studio")


@pytest.fixture(scope="session")
def spare(program: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a server that was started once and stopped: making its database takes most of a minute."""
    folder = tmp_path_factory.mktemp("spare")
    local.start(folder, free_port())
    local.stop(folder)
    return folder


@pytest.fixture(scope="session")
def running(spare: Path, data_dir: Path) -> Iterator[local.State]:
    """The state of a running server, on PostgreSQL if ``WARTA_TEST_DATABASE`` names an empty database; it is stopped at the end."""
    database = os.environ.get("WARTA_TEST_DATABASE")
    if database is None:
        shutil.copytree(spare, data_dir, dirs_exist_ok=True)
    state, _ = local.start(data_dir, free_port(), database)
    yield state
    local.stop(data_dir)


@pytest.fixture
def server(running: local.State) -> Server:
    return Server(running.url, running.token)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser; every test opens a context of its own."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("browser", "playwright is not installed")
    if not Path(CHROMIUM).is_file():
        missing("browser", f"{CHROMIUM} is not there")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()
