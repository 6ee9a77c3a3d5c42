"""What is typed at the questions of checkout and at the summary in the shopper's own words, and after ordering."""

from collections.abc import Awaitable, Callable

from tests.conversations.aftersales.clerk import has_order
from tests.conversations.conftest import Chat, Shop
from tests.support.buying import buys, comes_to_summary, puts_in_cart
from tests.support.workers.rows import each

AT_SUMMARY = [
    # what is right, and what is placed
    ("opo tama po lahat", "🎉"),
    ("wala na po akong babaguhin", "🎉"),
    ("no changes", "🎉"),
    ("tama po yung number at address", "🎉"),
    ("bilhin ko na po", "🎉"),
    # what is not
    ("may mali po", "babaguhin"),
    ("ok na yung address pero mali yung number", "Anong number"),
    ("ayoko na po pala", "kept|just as it was|Walang nabago"),
    # who receives it, where it goes
    ("tatanggap po si mama, Linda Cruz", "👤 Para kay: Linda Cruz"),
    ("kapatid ko po ang tatanggap", "Sino po ang tatanggap"),
    ("mali po spelling ng name ko, Anna Cruz po dapat", "👤 Para kay: Anna Cruz"),
    ("ok po pero sa brgy concepcion uno pala", "12 Mabini St, concepcion uno, Marikina"),
    ("yung number po 0917 555 0166", "0917 555 0166"),
    # what the rider and the packer shall do, and when
    ("lagyan nyo po note: happy birthday nay", "📝 Bilin: “lagyan nyo po note: happy birthday nay”"),
    ("iwan nyo na lang po sa guard", "📝 Bilin: “iwan nyo na lang po sa guard”"),
    ("sana po bago mag pasko dumating", "🕒"),
    # what else is bought, and how many
    ("pakidagdag po ng isa pang mug", "2 × Blue mug"),
    ("dalawa po yung mug ha", "2 × Blue mug"),
    ("si papa na lang po tatanggap, Mario Cruz", "👤 Para kay: Mario Cruz"),
    ("ay mali, sa brgy concepcion uno pala hindi san roque", "📍 Address: brgy concepcion uno"),
    ("teka lang magtatanong lang ako kay mister", "Confirm order"),
    ("mao na ni, salamat", "🎉"),
    ("isa pang kettle po", "Kettle"),
    # what is asked for
    ("may voucher po ako", "promo code"),
    ("saglit lang po check ko muna", "Confirm order"),
]
BEFORE = [
    (("si ate ko po, Josie Manalo",), "Anong number"),
    (("name ko po ay Grace Uy tapos sa makati ako",), "Anong number"),
    (("Ana Cruz", "ok lang po ba number ng nanay ko?"), "Pwede rin po ang number ng malapit"),
    (("Ana Cruz", "0917 555 0123", "di ko po alam zip code"), "Saan po ihahatid"),
    (("Ana Cruz", "bakit po kailangan number ko"), "Tumatawag o nagte-text po ang rider"),
    (("Ana Cruz", "wala po akong number ngayon"), "Pwede rin po ang number ng malapit"),
    (("ano po ilalagay, name ko o name ng tatanggap?",), "kung sino ang tatanggap ng parcel"),
    (("Ana Cruz", "Ana Marie Cruz po pala name"), "👤 Para kay: Ana Marie Cruz"),
    (("Ana Cruz", "09175550123 tapos address ko po 12 mabini st brgy san roque marikina"), "landmark"),
    (("Ana Cruz", "0917 555 0123", "12 Mabini St, Brgy San Roque, Marikina",
      "mali pala, sa brgy concepcion uno po pala"), "📍 Address: brgy concepcion uno"),
]  # fmt: skip
ORDERED = [
    ("kelan po idedeliver?", "📦"),
    ("ilang araw pa po kaya", "📦"),
    ("magkano ihahanda kong pera sa rider", "📦"),
    ("naorder ko na po ba?", "📦"),
    ("wag nyo po icancel ha", "📦"),
    ("nadoble yata order ko po", "📦"),
    ("pwede po ba sa sabado nyo na lang ideliver", "iparating ng team namin"),
    ("pwede po sa linggo ideliver wala ako weekdays", "iparating ng team namin"),
    ("paki iwan po sa kapitbahay kung wala kami", "iparating ng team namin"),
    ("lbc po ba o jnt", "kapag naipadala na"),
    ("anong courier po gamit nyo", "kapag naipadala na"),
    ("gawin nyo na pong 2 yung mug", "2 × Blue mug"),
]


def _says(shopper: Chat) -> Callable[[str, str], Awaitable[None]]:
    """A row that somebody says, where they stand, and hears something."""

    async def says(text: str, heard: str) -> None:
        await shopper.says(text)
        assert heard in "\n".join(shopper.heard), f"{text!r}: {shopper.heard}"

    return says


def _each_new(shop: Shop, comes: Callable[[Chat], Awaitable[object]]) -> Callable[..., Awaitable[None]]:
    """A row's shopper, new to the shop and as far as each needs to be, who says something and hears something."""

    async def says(text: str, *heard: str) -> None:
        shopper = Chat(shop, "Ana Cruz")
        await comes(shopper)
        await shopper.says(text)
        said = "\n".join(shopper.heard)
        assert any(words in said for one in heard for words in one.split("|")), f"{text!r}: {said}"

    return says


async def test_at_the_summary_each_is_what_it_says(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00", left=90)
    await shop.stocks("Kettle", price="300.00", left=90)
    await each(AT_SUMMARY, _each_new(shop, lambda shopper: comes_to_summary(shopper, "blue mug")))


async def test_at_the_questions_before_it_each_is_what_it_says(shop: Shop) -> None:
    await shop.stocks("Blue mug", price="120.00", left=90)

    async def says(texts: tuple[str, ...], heard: str) -> None:
        shopper = Chat(shop, "Ana Cruz")
        await puts_in_cart(shopper, "blue mug")
        await shopper.taps("Checkout")
        for text in texts:
            await shopper.says(text)
        shopper.hears(heard)

    await each(BEFORE, says)


async def test_after_ordering_the_order_answers_or_people_do(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=90)
    await buys(ana, "blue mug")
    await each(ORDERED, _says(ana))


async def test_what_is_paid_ahead_is_told_with_where_to(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00", left=90)
    await buys(ana, "blue mug", pay="GCash")
    asked = ("kanino po nakapangalan", "san po ako magsesend", "pahingi po ng gcash name at number")
    await each([(text, "₱") for text in asked], _says(ana))


async def test_a_parcel_on_its_way_is_left_where_people_pass_it_on(shop: Shop, ana: Chat) -> None:
    await shop.stocks("Blue mug", price="120.00")
    await has_order(shop, ana, "shipped")
    await ana.says("iwan nyo na lang po sa guard")
    ana.hears("iparating ng team namin")
    await ana.says("magkano po ibabayad ko sa rider?")
    ana.hears("ORD-")
