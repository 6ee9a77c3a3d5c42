"""A phone's browser: headless Chromium, whose complaints fail the test."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from tests.support.accounts import PASSWORD
from tests.support.waiting import PATIENCE, comes

PHONE = ViewportSize(width=390, height=844)
DESK = ViewportSize(width=1280, height=900)
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
expect.set_options(timeout=PATIENCE * 1000)


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """The browser, until the block is left."""
    async with async_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@asynccontextmanager
async def phone(browser: Browser, url: str, *, screen: ViewportSize = PHONE) -> AsyncIterator[Page]:
    """A page with cookies of its own, on a phone's screen unless told otherwise; nothing may be complained about on it.

    Args:
        browser: The browser.
        url: What it opens first.
        screen: How large it is, in pixels.
    """
    complaints: list[str] = []
    context = await browser.new_context(viewport=screen, reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(url)
    yield page
    await context.close()
    assert complaints == [], complaints


async def is_so(page: Page, holds: str, what: str) -> None:
    """Wait until something holds on a page.

    The page itself can't be asked to wait for it: our pages let nobody run a text as a script.

    Args:
        page: The page.
        holds: An expression of the browser's that is true then.
        what: What that is, for the failure.
    """

    async def is_it() -> bool:
        return bool(await page.evaluate(holds))

    await comes(is_it, what)


async def fits(page: Page, name: str) -> None:
    """Nothing stands beside the screen.

    A browser shows words to a test before the page's style sheet is there, and a page takes a new width a moment after
    it was given: neither is what a person sees.

    Args:
        page: The page.
        name: What it is called, for the failure.
    """
    await page.wait_for_load_state()
    await is_so(page, "document.documentElement.scrollWidth <= innerWidth", f"{name} within its screen")


async def logs_in(page: Page, name: str) -> None:
    """Come to work: log in by keyboard at the console's door, which is open, and wait for the first page.

    Args:
        page: What shows the door.
        name: Whose account it is.
    """
    await expect(page.get_by_label("Name")).to_be_focused()
    await page.keyboard.type(name)
    await page.keyboard.press("Tab")
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/console/{start,orders,day}")
    await page.wait_for_load_state()
