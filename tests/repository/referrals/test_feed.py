"""What the feed tells Facebook is what comes back from there: each of its rows leads to its product and its variant."""

from bot.language.arriving.links import links_in
from bot.language.arriving.refs import read_ref
from repository.database.connection import Database
from repository.importing import exporting
from repository.referrals import opening
from repository.referrals.opening import Named
from tests.support.keeper import Keeper


async def test_every_row_of_the_feed_leads_back(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Blue mug")
    tee = await keeper.stocks("Tee, organic", sizes={"S": 3, "M": 4})
    odd = await keeper.stocks("Lamp & Co")
    await keeper.run("UPDATE products SET sku = '007' WHERE id = %(id)s", id=mug)
    await keeper.run("UPDATE products SET sku = 'TEE' WHERE id = %(id)s", id=tee)
    await keeper.run("UPDATE products SET sku = 'L 1/2' WHERE id = %(id)s", id=odd)
    small, medium = await keeper.variant(tee, "S"), await keeper.variant(tee, "M")
    await keeper.run("UPDATE product_variants SET sku_suffix = '-S' WHERE id = %(id)s", id=small)
    rows = [row async for row in exporting.facebook(database, currency="PHP", link="https://m.me/shop")][1:]
    expected = [(mug, None), (tee, small), (tee, medium), (odd, None)]
    async with database.connection() as conn:
        for (code, title, *_, link), (product, variant) in zip([row[:7] for row in rows], expected, strict=True):
            for wanted in (Named(code), Named("unheard-of", title)):
                (goods,) = await opening.find(conn, wanted=[wanted])
                assert goods is not None, wanted
                assert (goods.product_id, goods.variant_id) == (product, variant)
            sought = read_ref(links_in(link).ref)
            led = await opening.led_to(conn, products=sought.products, anything=sought.anything)
            assert led.goods is not None, link
            assert (led.goods.product_id, led.goods.variant_id) == (product, variant)
        await keeper.run("UPDATE products SET sku = 'NEW' WHERE id = %(id)s", id=mug)
        assert (await opening.find(conn, wanted=[Named("007")])) == (None,)
