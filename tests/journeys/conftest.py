"""A real server with its worker, and real browsers in front of it."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from eventsapp.accounts import service as accounts
from eventsapp.core import clock
from eventsapp.core.actor import SYSTEM
from eventsapp.core.db import db
from eventsapp.edge.jobs import run_due_jobs
from eventsapp.overview.sample import load_sample
from tests.conftest import DATABASES, build_home

PASSWORD = "a long demonstration password"


@dataclass
class Site:
    """The served application; ``work`` does what a worker would do next."""

    app: Flask
    address: str
    outbox: Path

    def work(self) -> None:
        with self.app.app_context():
            run_due_jobs(500)


@dataclass
class Visitor:
    """A person at a browser, whose clicks and filled fields are counted."""

    page: Page
    address: str
    interactions: int = 0
    problems: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(self.address + path)

    def click(self, name: str, role: str = "button", *, exact: bool = True) -> None:
        self.interactions += 1
        self.page.get_by_role(role, name=name, exact=exact).first.click()  # type: ignore[arg-type]
        self.page.wait_for_load_state()

    def fill(self, name: str, text: str) -> None:
        self.interactions += 1
        self.page.locator(f"[name='{name}']").first.fill(text)

    def choose(self, name: str, value: str) -> None:
        self.interactions += 1
        self.page.locator(f"[name='{name}'][value='{value}']").first.check(force=True)

    def select(self, name: str, value: str) -> None:
        self.interactions += 1
        self.page.locator(f"select[name='{name}']").first.select_option(value)

    def sign_in(self, account: str) -> None:
        """Not counted: it is the same whatever one comes to do."""
        self.open("/login")
        self.page.fill("input[type=email]", f"{account}@demo.example")
        self.page.fill("input[type=password]", PASSWORD)
        self.page.locator("main button").first.click()
        self.page.wait_for_url("**/manage/")

    @property
    def text(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture(params=DATABASES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    home = build_home(request.param, tmp_path, "journey")
    with home.app.app_context():
        accounts.create_demo_users(PASSWORD, by=SYSTEM, now=clock.now())
    server = make_server("127.0.0.1", 0, home.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Site(
        home.app, f"http://localhost:{server.server_port}", home.settings.data_dir / "outbox"
    )
    server.shutdown()
    thread.join()
    with home.app.app_context():
        db.engine.dispose()


@pytest.fixture
def visit(chromium: Browser, site: Site) -> Iterator[object]:
    """Opens a browser of its own for each person; script errors fail the test."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def begin(**options: object) -> Visitor:
        context = chromium.new_context(locale="en", **options)  # type: ignore[arg-type]
        contexts.append(context)
        visitor = Visitor(context.new_page(), site.address)
        visitor.page.on("pageerror", lambda error: visitor.problems.append(str(error)))
        visitor.page.on(
            "console",
            lambda message: (
                visitor.problems.append(message.text)
                if "Content Security Policy" in message.text
                else None
            ),
        )
        visitors.append(visitor)
        return visitor

    yield begin
    for context in contexts:
        context.close()
    assert [problem for visitor in visitors for problem in visitor.problems] == []


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flask, str]]:
    """The served sample: the application and its address. For tests that only look at it."""
    home = build_home("sqlite", tmp_path_factory.mktemp("axe"), "axe")
    with home.app.app_context():
        accounts.create_demo_users(PASSWORD, by=SYSTEM, now=clock.now())
        load_sample()
        db.session.remove()
    server = make_server("127.0.0.1", 0, home.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield home.app, f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    with home.app.app_context():
        db.engine.dispose()
