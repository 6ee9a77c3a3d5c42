"""The wishlist: saved from a card and by words, shown, moved into the cart and back, in both languages."""

from tests.conversations.conftest import Chat, Shop


async def test_a_mug_is_saved_shown_and_moved_into_the_cart(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("blue mug")
    await ana.taps("Details")
    await ana.taps("💛 Save for later")
    ana.hears("Saved! Blue mug is on your wishlist.", "if it gets cheaper")
    await ana.says("my wishlist")
    ana.hears("Your wishlist: 1 item.", "Blue mug", "₱120.00")
    await ana.taps("Move to cart")
    ana.hears("Added! Blue mug is in your cart.", "1 item, ₱120.00")
    assert await shop.count("wishlists") == 0
    await ana.says("wishlist")
    ana.hears("Your wishlist is empty.")


async def test_save_ko_muna_pa_wishlist_at_ilagay_sa_wishlist(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await shop.stocks("Iron pan", price="500.00", left=9)
    await ana.says("magkano po yung blue mug")
    await ana.taps("Detalye")
    await ana.says("save ko muna po")
    ana.hears("Na-save na po! Nasa wishlist na ninyo ang Blue mug.")
    await ana.says("pa-wishlist po ng iron pan")
    ana.hears("Nasa wishlist na ninyo ang Iron pan.")
    await ana.says("ilagay sa wishlist yung blue mug")
    assert await shop.count("wishlists") == 2
    await ana.says("wishlist ko po")
    ana.hears("Ang wishlist ninyo: 2 items.", "Blue mug", "Iron pan")
    await ana.says("ilipat sa cart yung iron pan")
    ana.hears("Naidagdag na po sa cart ninyo: Iron pan.")
    await ana.says("alisin sa wishlist yung mug")
    ana.hears("Natanggal na po sa wishlist.", "Wala pang laman")
    assert await shop.count("wishlists") == 0


async def test_a_line_of_the_cart_is_put_aside_with_its_variant_and_pieces_and_comes_back(
    shop: Shop, ana: Chat
) -> None:
    await shop.stocks("Cotton shirt", price="200.00", sizes={"Red": 5, "Blue": 5})
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("cotton shirt")
    await ana.taps("Options")
    await ana.taps("Red")
    await ana.says("2 more")
    await ana.says("blue mug")
    await ana.taps("Add to cart")
    await ana.says("cart")
    await ana.says("save for later the shirt")
    ana.hears("Saved for later on your wishlist.", "1 × Blue mug")
    assert await shop.look("SELECT variant_id IS NOT NULL, quantity FROM saved_lines") == (1, 3)
    await ana.says("wishlist")
    ana.hears("Size: Red", "× 3")
    await ana.taps("Move to cart")
    ana.hears("Cotton shirt (Size: Red) × 3")
    assert await shop.count("saved_lines") == 0
    assert await shop.texts("SELECT quantity FROM cart_items ORDER BY id") == ["1", "3"]


async def test_another_variant_takes_the_place_of_the_one_that_was_saved_and_it_is_said(
    shop: Shop, ana: Chat, ben: Chat
) -> None:
    await shop.sets(night_from=0, night_until=0)
    shirt = await shop.stocks("Cotton shirt", price="200.00", sizes={"Red": 0, "Blue": 5})
    await ana.says("save the red cotton shirt")
    ana.hears("Cotton shirt (Size: Red) is on your wishlist. It's sold out right now")
    await ana.says("save the blue cotton shirt")
    ana.hears("Cotton shirt (Size: Blue) is on your wishlist in place of Red: I keep one of each item there.")
    await ana.says("save the blue cotton shirt")
    ana.hears("Cotton shirt (Size: Blue) is on your wishlist. I'll tell you")
    await ben.says("pa-wishlist po ng cotton shirt na blue")
    await ben.says("save ko muna yung cotton shirt na red")
    ben.hears("(Size: Red) kapalit ng Blue: isang klase lang po bawat item ang naitatabi ko.")
    assert await shop.count("wishlists") == 2
    red = await shop.variant(shirt, "Red")
    await shop.run("UPDATE product_variants SET stock_quantity = 9 WHERE id = %(id)s", id=red)
    await shop.works()
    ben.hears("Red")
    assert not any("is back" in sent.bubble.words() for sent in ana.person.sent), "what Ana wishes for is the blue one"


async def test_what_is_not_on_show_is_asked_for_and_what_is_gone_is_said(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    await ana.says("save ko muna")
    ana.hears("What would you like to save?")
    await ana.says("notify me please")
    ana.hears("What shall I tell you about when it's back?")
    mug = await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("save the mug")
    await ana.says("wishlist")
    await shop.run("UPDATE products SET status = 'inactive' WHERE id = %(id)s", id=mug)
    await ana.taps("Move to cart")
    ana.hears("that just sold out")


async def test_a_full_wishlist_and_many_pages(shop: Shop, ana: Chat) -> None:
    await ana.says("hello")
    for number in range(100):
        await shop.stocks(f"Mug {number:03}", price="120.00", left=9)
    await shop.stocks("Iron pan", price="500.00", left=9)
    await shop.run(
        "INSERT INTO wishlists (user_id, product_id)"
        " SELECT (SELECT id FROM users), id FROM products WHERE name LIKE 'Mug%%' ORDER BY id"
    )
    await ana.says("save the iron pan")
    ana.hears("Your wishlist is full: it holds 100 items.")
    await ana.says("wishlist")
    ana.hears("100 items (page 1 of 13)", "Mug 099")
    await ana.says("more")
    ana.hears("page 2 of 13", "Mug 091")
    await ana.says("previous")
    ana.hears("page 1 of 13")


async def test_a_wish_of_somebody_else_is_out_of_reach(shop: Shop, ana: Chat, ben: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=9)
    await ana.says("save the blue mug")
    await ben.says("hello")
    saved = await shop.look("SELECT id FROM wishlists")
    for tap in ("take_saved", "drop_saved", "silence_saved"):
        await shop.gets(ben, "postback", {"title": "", "payload": f"{tap}:{saved}"})
        ben.hears("no longer on your wishlist")
    assert await shop.count("wishlists") == 1
    assert await shop.count("cart_items") == 0
