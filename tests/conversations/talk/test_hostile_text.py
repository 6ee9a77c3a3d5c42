"""Text that means harm: answered, and nothing else happens."""

from tests.conversations.conftest import Chat, Shop
from tests.support.buying import ADDRESS, CONFIRM, puts_in_cart
from tests.support.workers.rows import each

LONG = "a very long message " * 1000


HOSTILE = [
    "'; DROP TABLE orders; --",
    '" OR 1=1 --',
    "%s %(name)s {0} {name} $1 \\' \\",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "{{ 7 * 191 }} {% for i in range(10**9) %}x{% endfor %} {{ ''.__class__.__mro__ }}",
    "{#",
    "\x00\x01\x1b[31m null and bells",
    "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16") * 300,
    "👨‍👩‍👧‍👦🇵🇭é́́́́́́",
    "\u202eright to left\u202c \u200b\u200d\ufeff",
    "9" * 5000,
    "-" * 5000,
    " \n\t ",
    LONG,
    "ñ" * 20_000,
    "mug " * 5000,
]


async def test_any_text_gets_an_answer_and_does_no_harm(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00")

    async def is_answered(text: str) -> None:
        ana = Chat(shop, "Ana Cruz")
        await ana.says(text)
        assert ana.answers
        ana.hears_no("1337", "something went wrong")
        await ana.says("mug")
        ana.sees_cards("Blue mug")
        assert await shop.look("SELECT COUNT(*) FROM products") == 1
        assert [turn.status for turn in await shop.turns(ana)] == ["done", "done"]
        assert (await shop.turns(ana))[0].said.strip() == text.strip()

    await each(HOSTILE, is_answered)


async def test_any_text_as_an_answer_of_checkout_does_no_harm(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00")

    async def is_answered(text: str) -> None:
        ana = Chat(shop, "Ana Cruz")
        await puts_in_cart(ana, "mug")
        await ana.says("checkout")
        for _ in range(8):
            await ana.says(text)
            assert ana.answers
            ana.hears_no("1337", "something went wrong")
        await ana.says("cancel")
        await ana.says("cart")
        ana.hears("1 × Blue mug")

    await each(HOSTILE, is_answered)


async def test_hostile_words_come_back_as_they_were_typed(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    name = "Robert'); DROP TABLE users;-- {{ 7 * 191 }} <b>x</b>"
    await puts_in_cart(ana, "mug")
    await ana.says("checkout")
    await ana.says(name.replace("7 * 191", "x"))
    await ana.says("0917 123 4567")
    await ana.says(ADDRESS.replace("Mabini", "<b>Mabini</b> {{ 7*191 }}"))
    await ana.says("{% raw %}")
    await ana.says("cod")
    ana.hears("<b>Mabini</b> {{ 7*191 }}", "{% raw %}")
    await ana.taps(CONFIRM)
    ana.hears("Your order ORD-")
