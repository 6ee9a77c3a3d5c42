"""Pictures of a sheet's links, of a folder and of a zip: each at its product, served by the shop, and taken back."""

import zipfile
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from socket import AF_INET, AddressFamily

import pytest
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.base.settings import Settings
from dialogs.engine.table import Table
from handlers.inbound.fetching import LinkFetcher
from handlers.jobs.picturing import Picturing
from handlers.turns.in_force import Shop
from handlers.turns.sent_pictures import NotFetched
from repository.catalogue import orphans
from repository.catalogue.pictures import PATH
from repository.database.connection import Database
from repository.files.pictures import SIZE_MOST
from repository.importing import fetches, journal, named, picturing
from repository.importing.reverting import revert
from repository.sheets.table import Unreadable
from tests.repository.importing.test_importing import NOBODY, imported
from tests.support.keeper import Keeper
from tests.support.pictures import enormous, photo, receipt

BASE = "https://shop.example"


class Here(AbstractResolver):
    """Finds every name on this machine."""

    async def resolve(self, host: str, port: int = 0, family: AddressFamily = AF_INET) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host="127.0.0.1", port=port, family=AF_INET, proto=0, flags=0),
        ]

    async def close(self) -> None:
        pass


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """A server with pictures on it, and its port."""

    async def good(_: web.Request) -> web.Response:
        return web.Response(body=photo(size=(1600, 900)))

    async def words(_: web.Request) -> web.Response:
        return web.Response(text="<html>")

    async def inside(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"http://127.0.0.1:{request.url.port}/good.jpg")

    async def moved(_: web.Request) -> web.Response:
        raise web.HTTPFound("/good.jpg")

    async def busy(_: web.Request) -> web.Response:
        return web.Response(status=503)

    app = web.Application()
    for name, handler in (("good", good), ("words", words), ("inside", inside), ("moved", moved), ("busy", busy)):
        app.router.add_get(f"/{name}.jpg", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1]
    await runner.cleanup()


async def fetches_all(database: Database) -> fetches.HowFar:
    """Let what is due be fetched; how far that is."""
    fetcher = LinkFetcher(Here)
    try:
        await Picturing(Shop(Settings(public_url=BASE), database, Table(())), fetcher).run_due()
    finally:
        await fetcher.close()
    async with database.connection() as conn:
        last = await journal.last(conn)
        assert last is not None
        return await fetches.how_far(conn, import_id=last.id)


async def test_what_a_sheet_links_to_is_served_by_the_shop_and_what_cannot_be_had_is_said(
    keeper: Keeper, database: Database, port: int
) -> None:
    names = ("good", "moved", "words", "inside", "gone", "busy")
    rows = [f"{name},{name},10,http://pictures.example:{port}/{name}.jpg" for name in names]
    await imported(database, "\n".join(["sku,name,price,image", *rows]))
    far = await fetches_all(database)
    assert (far.done, far.failed, far.waiting) == (2, 3, 1)
    assert {one.product: one.reason for one in far.failures} == {
        "words": "it is no picture that we can read",
        "inside": "it leads into a private network",
        "gone": "the server there says 404",
    }
    shown = await keeper.look(
        "SELECT GROUP_CONCAT(DISTINCT image_url) FROM product_images i JOIN products p ON p.id = i.product_id"
        " WHERE p.sku IN ('good', 'moved')"
    )
    assert str(shown).startswith(BASE + PATH), "the same picture has one address"
    assert await keeper.look("SELECT width FROM goods_pictures") == 1200
    for _ in range(2):
        await keeper.run("UPDATE picture_fetches SET due_at = NOW() WHERE status = 'queued'")
        far = await fetches_all(database)
    assert (far.failed, far.waiting) == (4, 0), "it was tried three times"
    assert await revert(database, by=NOBODY) is not None
    assert await keeper.look("SELECT COUNT(*) FROM product_images") == 0
    assert await keeper.look("SELECT COUNT(*) FROM picture_fetches") == 0


async def test_links_into_our_own_network_are_never_followed(database: Database, port: int) -> None:
    fetcher = LinkFetcher()
    for link in (
        f"http://127.0.0.1:{port}/good.jpg", f"http://localhost:{port}/good.jpg", f"http://[::1]:{port}/good.jpg",
        f"http://2130706433:{port}/good.jpg", f"http://0x7f.1:{port}/good.jpg", "http://169.254.169.254/latest",
        "ftp://pictures.example/good.jpg", "file:///etc/passwd", "http://name@pictures.example/good.jpg",
    ):  # fmt: skip
        with pytest.raises(NotFetched, match=r"elsewhere|dead"):
            await fetcher.get(link)
    await fetcher.close()


async def test_files_called_after_products_go_to_them_in_their_order(
    keeper: Keeper, database: Database, tmp_path: Path
) -> None:
    await imported(database, "sku,name,price\nMUG-1,Blue mug,10\nCUP/2,Cup,10\n003,Plate,10\nHAS,Has one,10\n")
    await keeper.run(
        "INSERT INTO product_images (product_id, image_url) SELECT id, 'https://x.example/a.jpg' FROM products"
        " WHERE sku = 'HAS'"
    )
    (tmp_path / "deeper").mkdir()
    for number, name in enumerate(
        ("MUG-1 (2).png", "mug-1.PNG", "deeper/cup_2.webp", "blue mug-3.png", "003.jpg", "HAS.png", "stranger.png")
    ):
        (tmp_path / name).write_bytes(receipt(number))
    (tmp_path / "003.jpg").write_bytes(enormous())
    (tmp_path / "notes.txt").write_text("no picture")
    found = await picturing.look(database, named.of_folder(tmp_path))
    assert {product.sku: [file.name for file in files] for product, files in found.of} == {
        "MUG-1": ["mug-1.PNG", "MUG-1 (2).png", "blue mug-3.png"],
        "CUP/2": ["cup_2.webp"],
        "003": ["003.jpg"],
    }
    assert (found.kept, found.nobodys) == (1, ["stranger.png"])
    assert await keeper.look("SELECT COUNT(*) FROM goods_pictures") == 0
    done = await picturing.bring(database, found, called="pictures", base=BASE, by=NOBODY)
    assert (done.products, done.pictures, list(done.refused)) == (2, 4, [("003.jpg", "too_many_pixels")])
    order = await keeper.look(
        "SELECT GROUP_CONCAT(i.is_primary ORDER BY i.display_order) FROM product_images i"
        " JOIN products p ON p.id = i.product_id WHERE p.sku = 'MUG-1'"
    )
    assert order == "1,0,0"
    again = await picturing.look(database, named.of_folder(tmp_path))
    assert [product.sku for product, _ in again.of] == ["003"], "once is enough"
    assert await revert(database, by=NOBODY) is not None
    assert await keeper.look("SELECT COUNT(*) FROM product_images") == 1
    assert await keeper.look("SELECT COUNT(*) FROM products WHERE status = 'active'") == 4, "the products stay"


def test_a_zip_is_read_without_its_folders_and_what_is_none_is_told() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name in ("../../etc/mug.png", "a\\b\\cup.jpg", "__MACOSX/._mug.png", "readme.txt"):
            archive.writestr(name, b"x")
    with named.opened(written.getvalue()) as archive:
        assert sorted(one.name for one in named.of_zip(archive)) == ["cup.jpg", "mug.png"]
    for wrong in (b"", b"PK\x03\x04", b"no zip"):
        with pytest.raises(Unreadable, match="no zip"):
            named.opened(wrong)


def test_a_file_of_a_zip_that_grows_is_read_no_further_than_a_picture_may_be() -> None:
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.png", bytes(40 * 1024 * 1024))
    assert len(written.getvalue()) < 100_000
    with named.opened(written.getvalue()) as archive:
        (file,) = named.of_zip(archive)
        assert len(file.read()) == SIZE_MOST + 1


async def test_a_picture_that_nothing_shows_goes_after_the_chats_in_which_it_was_shown(
    keeper: Keeper, database: Database, port: int
) -> None:
    await imported(database, f"sku,name,price,image\nA,Mug,10,http://pictures.example:{port}/good.jpg\n")
    await fetches_all(database)

    async def tidies() -> object:
        async with database.connection() as conn:
            assert await orphans.mark(conn, after=await orphans.mark(conn)) == ""
            await orphans.delete(conn)
        return await keeper.look("SELECT COUNT(*), SUM(unused_since IS NOT NULL) FROM goods_pictures")

    assert await tidies() == (1, 0)
    url = await keeper.look("SELECT image_url FROM product_images")
    await keeper.run("DELETE FROM product_images")
    assert await tidies() == (1, 1)
    await keeper.run(
        "INSERT INTO product_images (product_id, image_url) SELECT id, %(url)s FROM products", url=str(url)
    )
    assert await tidies() == (1, 0), "it is shown again"
    await keeper.run("DELETE FROM product_images")
    await tidies()
    await keeper.run("UPDATE goods_pictures SET unused_since = NOW() - INTERVAL 91 DAY")
    assert await tidies() == (0, None)
