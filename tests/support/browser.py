"""A phone's browser: headless Chromium, whose complaints fail the test."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, ViewportSize, async_playwright, expect

from tests.support.waiting import PATIENCE

PHONE = ViewportSize(width=390, height=844)
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
async def phone(browser: Browser, url: str) -> AsyncIterator[Page]:
    """A page on a phone's screen, with cookies of its own; nothing may be complained about on it.

    Args:
        browser: The browser.
        url: What it opens first.
    """
    complaints: list[str] = []
    context = await browser.new_context(viewport=PHONE, reduced_motion="reduce")
    page = await context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    await page.goto(url)
    yield page
    await context.close()
    assert complaints == [], complaints
