"""The demo shop's pictures over HTTP, under the addresses that databases of 0.1.0 hold."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient
from yarl import URL

from handlers.web.pictures import PICTURES, picture_routes

Browser = TestClient[web.Request, web.Application]


@pytest.fixture
async def browser(aiohttp_client: AiohttpClient) -> Browser:
    """Somebody who asks for pictures."""
    app = web.Application()
    app.router.add_routes(picture_routes())
    return await aiohttp_client(app)


async def test_every_picture_is_served_as_it_lies_there(browser: Browser) -> None:
    for path in PICTURES.iterdir():
        async with browser.get(f"/pictures/{path.name}") as answer:
            assert (answer.status, answer.content_type) == (200, "image/jpeg"), path.name
            assert await answer.read() == path.read_bytes()


@pytest.mark.parametrize("name", ["shop", "welcome", "category-kitchen", "barako-coffee", "barako-coffee-square"])
async def test_a_picture_is_kept_for_a_day_and_then_asked_for_by_its_tag(browser: Browser, name: str) -> None:
    async with browser.get(f"/pictures/{name}.jpg") as first:
        assert first.headers["Cache-Control"] == "public, max-age=86400"
        tag = first.headers["ETag"]
    async with browser.get(f"/pictures/{name}.jpg", headers={"If-None-Match": tag}) as again:
        assert (again.status, await again.read()) == (304, b"")
        assert again.headers["Cache-Control"] == "public, max-age=86400"


async def test_its_length_can_be_asked_for_alone(browser: Browser) -> None:
    async with browser.head("/pictures/welcome.jpg") as answer:
        assert answer.status == 200
        assert answer.content_length == (PICTURES / "welcome.jpg").stat().st_size


@pytest.mark.parametrize(
    "name",
    [
        "",
        "nothing.jpg",
        "welcome",
        "welcome.png",
        "welcome.jpg.jpg",
        "WELCOME.jpg",
        "shop-square.jpg",
        "barako-coffee-square-square.jpg",
        ".",
        "..",
        "../products.csv",
        "%2e%2e%2fproducts.csv",
        "..%2Fpictures%2Fwelcome.jpg",
        "%2e%2e",
        ".%2Fwelcome.jpg",
        "%2Fetc%2Fpasswd",
        "..%5Cproducts.csv",
        "welcome.jpg%00",
        "%00",
        "a" * 5000,
    ],
)
async def test_nothing_else_is_served(browser: Browser, name: str) -> None:
    async with browser.get(URL(f"/pictures/{name}", encoded=True)) as answer:
        assert answer.status == 404
