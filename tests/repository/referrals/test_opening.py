"""What a link, an ad or a shared product leads to."""

import pytest

from repository.database.connection import Connection, Database
from repository.referrals import opening
from repository.referrals.opening import Goods, Led, Named
from tests.support.keeper import Keeper


async def found(conn: Connection, code: str, title: str = "") -> Goods | None:
    (goods,) = await opening.find(conn, wanted=[Named(code, title)])
    return goods


async def test_a_product_by_whatever_facebook_calls_it(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Blue mug")
    shirt = await keeper.stocks("Linen shirt", sizes={"Large": 3})
    large = await keeper.variant(shirt, "Large")
    await keeper.run("UPDATE products SET sku = 'KIT-1', slug = 'blue-mug' WHERE id = %(id)s", id=mug)
    await keeper.run("UPDATE products SET sku = 'CLO-2', slug = 'linen' WHERE id = %(id)s", id=shirt)
    await keeper.run("UPDATE product_variants SET sku_suffix = '-L' WHERE id = %(id)s", id=large)
    async with database.connection() as conn:
        for code in ("KIT-1", "kit-1", " KIT-1 ", "blue-mug", "BLUE-MUG", str(mug)):
            goods = await found(conn, code)
            assert goods is not None, code
            assert (goods.product_id, goods.variant_id, goods.name) == (mug, None, "Blue mug")
        goods = await found(conn, "clo-2-l")
        assert goods is not None
        assert (goods.product_id, goods.variant_id) == (shirt, large)
        await keeper.run("UPDATE product_variants SET sku_suffix = 'L' WHERE id = %(id)s", id=large)
        assert await found(conn, "CLO-2-L") == goods
        assert await found(conn, "CLO-2-XL") is None
        by_title = await found(conn, "7000111222333444", "blue  MUG")
        assert by_title is not None
        assert by_title.product_id == mug
        assert await found(conn, "7000111222333444", "Blue mug, large") is None
        assert await found(conn, "") is None
        assert await found(conn, "9" * 400, "x" * 4000) is None


async def test_what_is_no_longer_sold_says_so_unless_another_bears_its_name(keeper: Keeper, database: Database) -> None:
    old = await keeper.stocks("Blue mug")
    await keeper.run("UPDATE products SET sku = 'OLD-1', status = 'discontinued' WHERE id = %(id)s", id=old)
    async with database.connection() as conn:
        goods = await found(conn, "OLD-1", "Blue mug")
        assert goods is not None
        assert not goods.is_sold
        new = await keeper.run(
            "INSERT INTO products (sku, slug, name, category_id, brand_id, base_price) SELECT 'NEW-1', 'new-1', name,"
            " category_id, brand_id, base_price FROM products WHERE id = %(id)s",
            id=old,
        )
        goods = await found(conn, "OLD-1", "Blue mug")
        assert goods is not None
        assert (goods.product_id, goods.is_sold) == (new, True)


async def test_categories_promos_and_both(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Blue mug", category="Kitchen")
    kitchen = await keeper.category("Kitchen")
    slug = str(await keeper.look("SELECT slug FROM categories WHERE id = %(id)s", id=kitchen))
    await keeper.promo("SUKI50", kind="fixed_amount", value="50")
    async with database.connection() as conn:
        assert (await opening.led_to(conn, categories=[slug.upper()])).category_id == kitchen
        assert (await opening.led_to(conn, categories=[str(kitchen)])).category_id == kitchen
        assert (await opening.led_to(conn, anything=["nothing", slug])).category_id == kitchen
        assert await opening.led_to(conn, categories=["none"], anything=["none"]) == Led()
        led = await opening.led_to(conn, promos=["suki50"])
        assert led.promo is not None
        assert (led.promo.code, led.now_runs, led.goods) == ("SUKI50", True, None)
        led = await opening.led_to(conn, products=[str(mug)], promos=["SUKI50"])
        assert led.promo is not None
        assert led.goods is not None
        await keeper.run("UPDATE promos SET is_active = FALSE")
        assert not (await opening.led_to(conn, anything=["SUKI50"])).now_runs
        assert await opening.led_to(conn, promos=["' OR 1=1 --"]) == Led()


async def test_a_post_leads_to_what_its_ad_opened(keeper: Keeper, database: Database) -> None:
    mug, ana = await keeper.stocks("Blue mug"), await keeper.shopper()
    for kind, post in (("ad", "77"), ("link", "88")):
        await keeper.run(
            "INSERT INTO referrals (user_id, kind, post_id, product_id, came_at)"
            " VALUES (%(user)s, %(kind)s, %(post)s, %(mug)s, NOW())",
            user=ana, kind=kind, post=post, mug=mug,
        )  # fmt: skip
    async with database.connection() as conn:
        led = await opening.led_to(conn, post_id="77")
        assert led.goods == Goods(mug)
        assert await opening.led_to(conn, post_id="88") == Led()
        await keeper.run("UPDATE products SET status = 'inactive'")
        assert await opening.led_to(conn, post_id="77") == Led()


async def test_our_own_picture_is_its_product(keeper: Keeper, database: Database) -> None:
    mug = await keeper.stocks("Blue mug", picture="https://shop.example/mug.jpg")
    async with database.connection() as conn:
        assert await opening.pictured(conn, urls=["https://x.example/1.jpg", "https://shop.example/mug.jpg"]) == mug
        assert await opening.pictured(conn, urls=["https://x.example/1.jpg"]) is None
        assert await opening.pictured(conn, urls=[]) is None


@pytest.mark.parametrize("code", ["%", "_", "KIT%", "\\", "0", "-1", "00000000000000000000001", "１"])
async def test_odd_codes_find_nothing(keeper: Keeper, database: Database, code: str) -> None:
    await keeper.stocks("Blue mug")
    async with database.connection() as conn:
        assert await found(conn, code) is None
        assert await opening.led_to(conn, anything=[code], categories=[code], promos=[code]) == Led()


async def test_facebooks_own_number_is_learned_from_what_tells_both(keeper: Keeper, database: Database) -> None:
    mug, lamp = await keeper.stocks("Blue mug"), await keeper.stocks("Lamp")
    await keeper.run("UPDATE products SET sku = CONCAT('S-', id)")
    number = "7000111222333444"
    async with database.transaction() as conn:
        assert await found(conn, number) is None
        await opening.find(conn, wanted=[Named(f"S-{mug}", "", number), Named("none", "none", "7000111222333445")])
        led = await opening.led_to(conn, wanted=[Named(number)])
        assert led.goods is not None
        assert led.goods.product_id == mug
        await opening.find(conn, wanted=[Named(f"S-{lamp}", "", number), Named(f"S-{mug}", "", "x' OR 1=1")])
        goods = await found(conn, number)
        assert goods is not None
        assert goods.product_id == lamp
    assert await keeper.look("SELECT COUNT(*) FROM facebook_goods") == 1


async def test_what_a_merchant_ties_to_a_post_comes_before_what_others_opened(
    keeper: Keeper, database: Database
) -> None:
    mug, lamp = await keeper.stocks("Blue mug"), await keeper.stocks("Lamp")
    post = await keeper.insert("page_posts", post_id="102030_77", title="A sale")
    await keeper.insert("post_products", post=post, product_id=lamp, by_words=True)
    async with database.connection() as conn:
        assert await opening.led_to(conn, tied_to="77") == Led()
        await keeper.insert("post_products", post=post, product_id=mug)
        assert await opening.led_to(conn, tied_to="77") == Led(goods=Goods(mug))
        await keeper.insert("post_products", post=post, product_id=lamp)
        assert await opening.led_to(conn, tied_to="77") == Led(several=(mug, lamp))
        assert await opening.led_to(conn, tied_to="7") == Led()
