"""A real browser before a real server on a loopback port. Without Chromium these tests say so."""

import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, NoReturn

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from readingroom.app import make_app
from readingroom.doorkeeper import Doorkeeper
from readingroom.library import Library
from readingroom.rooms.router import make_rooms
from storage.catalogue import Catalogue
from storage.raw import Shelf
from tests.readingroom.asking import HERE, StillClock

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
AXE = Path(sys.prefix) / "axe/node_modules/axe-core/axe.min.js"

WATCH = """
window.__violations = [];
addEventListener("securitypolicyviolation", (e) => __violations.push(e.violatedDirective));
"""


def pytest_terminal_summary(terminalreporter: Any) -> None:
    missing = [
        name
        for name, is_here in (("Chromium", CHROMIUM is not None), ("axe-core", AXE.exists()))
        if not is_here
    ]
    if missing:
        terminalreporter.section("NOT TESTED: the reading room in a browser", red=True)
        terminalreporter.write_line(
            f"{' and '.join(missing)} cannot be found here: make browser, as root, gets both."
        )


def go_without(name: str) -> NoReturn:
    """Leaves the test out where a person may not have it; CI, which installs it, fails."""
    reason = f"no {name} here: make browser, as root, gets it"
    if os.environ.get("CI"):
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's own Chromium; it ends with the module, and its event loop with it."""
    if CHROMIUM is None:
        go_without("Chromium")
    with (
        sync_playwright() as playwright,
        closing(
            playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        ) as opened,
    ):
        yield opened


@contextmanager
def serving(home: Path) -> Iterator[str]:
    """The reading room over a home, at the address that it gives."""
    with ExitStack() as stack:
        url = f"sqlite:///{home / 'catalogue.sqlite3'}"
        catalogue = stack.enter_context(closing(Catalogue.open(url, read_only=True, budget_s=20)))
        shelf = stack.enter_context(closing(Shelf(home / "raw", clock=StillClock(), software="t")))
        library = Library(catalogue, shelf, StillClock())
        app = make_app(
            library,
            home,
            rules=HERE,
            doorkeeper=Doorkeeper(),
            version="1",
            rooms=make_rooms(library),
        )
        line = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        config = uvicorn.Config(app, ws="none", lifespan="off", log_level="warning")
        server = uvicorn.Server(config)
        thread = Thread(target=server.run, kwargs={"sockets": [line]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{line.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a window that remembers what it asked for and what its policy stopped.

    When the test ends, no request has left the host and no policy was broken.
    """
    with ExitStack() as stack:
        windows: list[tuple[Page, list[str]]] = []

        def visit(base: str, **settings: Any) -> Page:
            settings = {"locale": "zh-CN", "base_url": base, **settings}
            context = stack.enter_context(closing(browser.new_context(**settings)))
            context.add_init_script(WATCH)
            page = context.new_page()
            outside: list[str] = []
            page.on("request", lambda asked: outside.append(asked.url) if not asked.url.startswith(base) else None)  # fmt: skip
            page.on("dialog", lambda dialog: outside.append(f"dialog {dialog.message}"))
            page.on("pageerror", lambda error: outside.append(f"error {error}"))
            windows.append((page, outside))
            return page

        yield visit
        for page, outside in windows:
            assert outside == []
            assert page.evaluate("window.__violations") == []
