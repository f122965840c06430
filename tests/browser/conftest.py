"""A real browser on a running portal, which counts what people have to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=ja-JP",
]


@dataclass
class Count:
    """What a walk through the portal has cost."""

    clicks: int = 0
    fields: int = 0
    pages: int = 0
    log: list[str] = field(default_factory=list)


@dataclass
class Person:
    """Somebody at a browser; what they do is counted, logging in is not."""

    page: Page
    count: Count
    name: str

    def click(self, target: Locator) -> None:
        """Click, and wait for the page that follows."""
        words = " ".join(target.inner_text().split()) or target.get_attribute("aria-label") or ""
        self._count(f"{self.name}: {words}")
        address = self.page.url
        target.click()
        self.page.wait_for_load_state("load")
        if self.page.url != address:
            self.count.pages += 1

    def press(self, name: str) -> None:
        """Click the one button with this name."""
        self.click(self.page.get_by_role("button", name=name, exact=True))

    def follow(self, name: str) -> None:
        """Click the first link with this name."""
        self.click(self.page.get_by_role("link", name=name).first)

    def choose_file(self, selector: str, file: Path) -> None:
        """Choose a file, which costs a click."""
        self._count(f"{self.name}: {file.name}")
        self.page.set_input_files(selector, file)

    def type(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.count.fields += 1
        self.count.log.append(f"{self.name}: [{text}]")
        self.page.fill(selector, text)

    def says(self, text: str) -> bool:
        """Tell whether the page shows a text."""
        return text in self.page.inner_text("body")

    def _count(self, what: str) -> None:
        self.count.clicks += 1
        self.count.log.append(what)


@pytest.fixture(scope="session")
def portal_url() -> str:
    """Return the address of the running portal."""
    url = os.environ.get("HOKKAIDO_PORTAL_URL")
    if not url:
        pytest.skip("no portal to look at: run `bin/portal test browser`, or set HOKKAIDO_PORTAL_URL")
    return url.rstrip("/")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=os.environ.get("HOKKAIDO_CHROMIUM") or "/usr/bin/chromium",
            args=ARGUMENTS,
            env={**os.environ, "LANGUAGE": "ja"},
        )
        yield started
        started.close()


@pytest.fixture
def new_context(browser: Browser, portal_url: str):
    """Return a function that opens a fresh browser window in Japanese, with given viewport."""
    opened: list[BrowserContext] = []

    def make(width: int = 1280, height: int = 900) -> BrowserContext:
        context = browser.new_context(
            viewport={"width": width, "height": height}, locale="ja-JP", base_url=portal_url, accept_downloads=True
        )
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def count() -> Count:
    """Return the bill of a walk; everybody who logs in during a test shares it."""
    return Count()


@pytest.fixture(scope="session")
def sessions() -> dict[str, list[Any]]:
    """Keep the cookies of everybody who logged in: the next test goes on with them."""
    return {}


@pytest.fixture
def log_in(new_context, count: Count, sessions: dict[str, list[Any]]):
    """Return a function that logs a sample account in and counts what it does from then on."""
    password = os.environ.get("HOKKAIDO_SAMPLE_PASSWORD")
    if not password:
        pytest.skip("the password of the sample accounts is not known (HOKKAIDO_SAMPLE_PASSWORD)")

    def enter(name: str) -> Person:
        context = new_context()
        page = context.new_page()
        if name in sessions:
            context.add_cookies(sessions[name])
            page.goto("/survey")
            return Person(page, count, name)
        page.goto("/user/login")
        page.fill("#field-login", name)
        page.fill("#field-password", password)
        page.click(".form-actions button")
        page.wait_for_load_state("load")
        sessions[name] = context.cookies()
        return Person(page, count, name)

    return enter


@pytest.fixture
def photograph():
    """Return a function that saves pictures of a page (desktop, phone) into the folder HOKKAIDO_SCREENSHOTS, if any."""
    folder = os.environ.get("HOKKAIDO_SCREENSHOTS")

    def take(page: Page, name: str) -> None:
        if not folder:
            return
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.evaluate("document.fonts.ready")
        usual = page.viewport_size
        for suffix, size in (("", {"width": 1280, "height": 800}), ("-phone", {"width": 390, "height": 844})):
            page.set_viewport_size(size)
            page.screenshot(path=Path(folder) / f"{name}{suffix}.png", full_page=bool(suffix))
        page.set_viewport_size(usual)

    return take


@pytest.fixture
def write_official():
    """Return a function that writes a form of the official layout with three filled rows; it returns the path."""
    from ckanext.hokkaido_inventory.workbook.official import write_official as write

    clear = dict.fromkeys(
        (
            "personal_information",
            "specific_personal_information",
            "sensitive_personal_information",
            "anonymised_release_requested",
            "harm_to_order_or_rights",
            "legal_restriction",
        ),
        "no",
    )
    # A portal that was walked before has the rows of that walk: a holding is made into a dataset once.
    mark = f"{datetime.now(UTC):%m月%d日%H時%M分}現在"
    rows = [
        {"title": f"道立施設の一覧（{mark}）", **clear},
        {"title": f"道路工事の予定箇所（{mark}）", **clear, "legal_restriction": "unclear"},
        {"title": f"申請者名簿（{mark}）", **clear, "personal_information": "yes"},
    ]

    def make(path: Path) -> Path:
        path.write_bytes(write(rows))
        return path

    return make
