"""Two screens side by side: a shopper's phone in the simulator, and the desk of a clerk in the console."""

import os
import re
from pathlib import Path

import msgspec
from playwright.async_api import Locator, Page, expect

from tests.conversations.conftest import Shop
from tests.support.browser import DESK, fits, logs_in
from tests.support.waiting import comes

PICTURES = os.environ.get("QUICKSELL_TEST_PICTURES", "")
CLERK = "rosa"


class Words(msgspec.Struct, frozen=True):
    """What shoppers say, tap and read in a language, in the order of an order's life."""

    first: str
    second: str
    hello: str
    skip: str
    waits: str
    screenshot: str
    reference: str
    confirmed: str
    packing: str
    shipped: str
    where: str
    delivered: str
    my_orders: str
    open: str
    give_back: str
    enough: str
    broken: str
    one_picture: str
    send: str
    looks_at_it: str
    came_back: str
    sent_back: str
    again: str
    same_address: str
    asked: str
    kept: str
    praise: str
    details: str
    reviews: str
    one_review: str
    rejected: str
    send_again: str
    cancelled: str


ENGLISH = Words(
    first="Ana Reyes",
    second="Carla Cruz",
    hello="do you have a {}?",
    skip="Skip",
    waits="We'll confirm your order once we've seen your payment.",
    screenshot="Got your screenshot for",
    reference="Got reference 1002345678901",
    confirmed="is confirmed!",
    packing="We're packing your order",
    shipped="is on its way with J&T Express! Tracking number: JT0012345678.",
    where="where is my order?",
    delivered="has arrived.",
    my_orders="my orders",
    open="See order",
    give_back="Return an item",
    enough="That's all",
    broken="Damaged or broken",
    one_picture="1 picture so far",
    send="Send it",
    looks_at_it="Our team will look at your return",
    came_back="We've got 1 piece of your order",
    sent_back="We've sent back ₱799.00",
    again="🔁 Order again",
    same_address="Pay another way",
    asked="💛 How was",
    kept="Our team reads it before others see it",
    praise="sweeps everything up, sulit",
    details="Details",
    reviews="Reviews",
    one_review="1 review",
    rejected="and it isn't right yet.",
    send_again="Send it again",
    cancelled="was cancelled because we didn't receive your payment in time.",
)
FILIPINO = Words(
    first="Ben Reyes",
    second="Dodong Cruz",
    hello="may {} po ba kayo?",
    skip="Skip",
    waits="Ico-confirm po namin ang order kapag nakita na namin ang bayad.",
    screenshot="Natanggap na po namin ang screenshot ninyo",
    reference="Natanggap na po namin ang reference 1002345678901",
    confirmed="Confirmed na po ang order",
    packing="Pina-pack na po namin ang order",
    shipped="via J&T Express! Tracking number: JT0012345678.",
    where="nasaan na po order ko",
    delivered="Dumating na po ang order",
    my_orders="orders ko po",
    open="Tingnan",
    give_back="Magbalik ng item",
    enough="Iyan lang",
    broken="Sira o basag",
    one_picture="1 picture na",
    send="Ipadala na",
    looks_at_it="Titingnan ng team namin ang pagbabalik",
    came_back="Natanggap na po namin ang 1 piraso",
    sent_back="Naibalik na po namin ang ₱799.00",
    again="🔁 Order ulit",
    same_address="Ibang bayad",
    asked="💛 Kumusta po ang",
    kept="Babasahin po muna ito ng team namin",
    praise="ang linis magwalis, sulit po",
    details="Detalye",
    reviews="Mga review",
    one_review="1 review",
    rejected="pero hindi pa po ito tama.",
    send_again="Ipadala ulit",
    cancelled="dahil hindi namin natanggap ang bayad sa oras.",
)


class Phone:
    """A shopper's phone.

    Attributes:
        page: The simulator, with this shopper's tab in front.
        log: Their conversation.
    """

    def __init__(self, page: Page, shop: Shop) -> None:
        self.page = page
        self.log = page.get_by_role("log", name="Conversation")
        self._shop = shop
        self._name = ""

    async def opens(self, name: str) -> None:
        """Take up the phone of somebody new, and begin."""
        self._name = name
        await self.page.get_by_role("tab", name=name).click()
        await self.page.get_by_role("button", name="Get Started").click()
        await self._shop.settles()

    async def taps(self, title: str | re.Pattern[str]) -> None:
        """Tap the newest button of this title."""
        await self.does(self.log.get_by_role("button", name=title, exact=True).last)

    async def does(self, button: Locator) -> None:
        """Click something that says something to the shop, and wait for the answer."""
        turns = await self._turns()
        await button.click()
        await self._is_answered(turns)

    async def says(self, text: str) -> None:
        """Type something and send it."""
        turns = await self._turns()
        await self.page.get_by_role("textbox", name="Message").fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()
        await self._is_answered(turns)

    async def _turns(self) -> int:
        """How many turns the shop has stored; what Facebook tells of deliveries and of reading is none."""
        return await self._shop.count("chat_logs")

    async def _is_answered(self, before: int) -> None:
        """Wait until the shop was told of what was just done, has answered, and the page has painted that.

        Without the first, a slow browser's tap is waited for by nobody, and the next one hits an older button.

        Args:
            before: How many turns the shop had stored before.
        """

        async def is_told() -> bool:
            return await self._turns() > before

        await comes(is_told, "the turn of what was done")
        await self._shop.settles()
        person = next(one for one in self._shop.stage.emulator.facebook.people if one.name == self._name)

        async def is_shown() -> bool:
            return await self.log.locator(".turn.page").count() >= len(person.sent)

        await comes(is_shown, "the answer on the page")
        await self.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
        )

    async def sends(self, picture: Path) -> None:
        """Send a picture."""
        sent = self.log.get_by_role("button", name="Show the picture")
        before = await sent.count()
        await self.page.get_by_label("Picture to send").set_input_files(picture)
        await expect(sent).to_have_count(before + 1)
        await self._shop.settles()

    async def reads(self, *texts: str | re.Pattern[str]) -> None:
        """Wait until the conversation says all this."""
        for text in texts:
            await expect(self.log.get_by_text(text).last).to_be_visible()

    async def number(self) -> str:
        """The order number that was said last."""
        return str(re.findall(r"ORD-\d{8}-\w+", await self.log.inner_text())[-1])

    async def has_newer(self, number: str) -> bool:
        """Whether another order's number was said after this one."""
        return await self.number() != number


class Desk:
    """A clerk's desk.

    Attributes:
        page: Their browser.
    """

    def __init__(self, page: Page, shop: Shop) -> None:
        self.page = page
        self._shop = shop

    async def logs_in(self) -> None:
        """Come to work."""
        await self.page.set_viewport_size(DESK)
        await logs_in(self.page, CLERK)

    async def opens(self, path: str) -> None:
        """Go to a page of the console."""
        await self.page.goto(f"{self._shop.stage.url}/console{path}")

    async def order(self, number: str) -> None:
        """Open an order from the list of all."""
        await self.opens("/orders?tab=all")
        await self.page.get_by_role("link", name=number).click()

    async def does(self, step: str, then: str = "", **typed: str) -> None:
        """Do something about the order that is open: its button, its form, and the form's own button.

        Args:
            step: The button's words.
            then: Those of the form's button; the same where empty.
            typed: What goes into the form's fields, by their label.
        """
        await self.page.get_by_role("link", name=step, exact=True).click()
        for label, text in typed.items():
            await self.page.get_by_label(label.replace("_", " ")).first.fill(text)
        await self.page.get_by_role("button", name=then or step, exact=True).click()
        await self.page.wait_for_url(re.compile(r"/orders/\d+(\?.*)?$"))
        await self._shop.works()

    async def seconds_pass(self) -> None:
        """Let the seconds be over in which a decision could be taken back."""
        await self._shop.run("UPDATE order_proofs SET effective_at = NOW(3) WHERE effective_at > NOW(3)")
        await self._shop.run("UPDATE order_processing_queue SET scheduled_at = NOW() WHERE scheduled_at > NOW()")
        await self._shop.works()


async def keep(page: Page, name: str) -> None:
    """Keep pictures of a page where somebody has asked for them; nothing may be wider than the screen.

    Args:
        page: The console or the simulator.
        name: What the pictures are called.
    """
    for width in (390, 1280) if "/console" in page.url else (390,):
        await page.set_viewport_size({"width": width, "height": 860})
        await fits(page, f"{name} within {width} px")
        for look in ("dark", "light") if PICTURES else ():
            await page.emulate_media(color_scheme="dark" if look == "dark" else "light", reduced_motion="reduce")
            await page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{look}.png", full_page=True)
