"""The simulator in a real browser: what a shopper does there reaches the bot, and what the bot sends is drawn."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.workshop.emulator import Emulator
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from tests.bot.workshop.emulator import tiny_shop
from tests.bot.workshop.emulator.conftest import a_peer, an_emulator
from tests.bot.workshop.emulator.peer import Peer, silent, text_of
from tests.support.browser import chromium, phone
from tests.support.waiting import comes

#: All of them in one event loop, so that one browser serves them all.
pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="module")]
fixture = partial(pytest_asyncio.fixture, loop_scope="module")


@fixture(scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as launched:
        yield launched


@fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with an_emulator() as made:
        yield made


@fixture
async def peer(emulator: Emulator) -> AsyncIterator[Peer]:
    async with a_peer(emulator) as made:
        yield made


@fixture
async def shop(emulator: Emulator, peer: Peer) -> Peer:
    """A bot with a profile, a carousel, a cart and a receipt."""
    peer.script = lambda item: tiny_shop.answers(item, peer.base)
    assert (await peer.post("me/messenger_profile", tiny_shop.PROFILE))[0] == 200
    return peer


@fixture
async def page(browser: Browser, emulator: Emulator, shop: Peer) -> AsyncIterator[Page]:
    async with phone(browser, f"{emulator.base_url}/simulator/") as opened:
        yield opened


def kinds(shop: Peer, key: str) -> list[str]:
    return [text_of(item) for item in shop.items(key)]


async def test_a_shopper_begins_browses_and_buys(page: Page, shop: Peer) -> None:
    await expect(page.get_by_text("Hi Ana! Mugs, bags and coffee from the islands.")).to_be_visible()
    await page.get_by_role("button", name="Get Started").click()
    await page.get_by_role("button", name="Browse", exact=True).click()
    await expect(page.get_by_role("button", name="Browse", exact=True)).to_have_count(0)
    cards = page.locator(".card")
    await expect(cards).to_have_count(4)
    await expect(page.get_by_role("button", name="Previous card")).to_be_hidden()
    await page.get_by_role("button", name="Next card").click()
    await expect(page.get_by_role("button", name="Previous card")).to_be_visible()
    await cards.nth(1).get_by_role("button", name="Add to cart").click()
    await expect(page.get_by_text("1 × Blue mug")).to_be_visible()
    await page.get_by_role("button", name="Check out").click()
    receipt = page.get_by_role("article", name="Receipt ORD-20261125-K7MPQ2")
    await expect(receipt).to_contain_text("₱574.50")
    await expect(receipt).to_contain_text("12 Mabini Street")
    await expect(receipt).to_contain_text("Qty 2")
    assert kinds(shop, "postback") == ["GET_STARTED", "ADD:1", "BUY"]
    assert kinds(shop, "message") == ["BROWSE"]


async def test_long_titles_are_cut_by_the_drawing_not_by_us(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="See the menu").click()
    title = page.locator(".card .title").nth(3)
    await expect(title).to_have_text(tiny_shop.PRODUCTS[3][0])
    height = await title.evaluate("e => e.clientHeight / parseFloat(getComputedStyle(e).lineHeight)")
    assert height <= 2.1


async def test_a_picture_is_sent_drawn_and_can_be_fetched(page: Page, shop: Peer, tmp_path: Path) -> None:
    status, _, drawn = await shop.fetch(f"{shop.base}/picture/0.jpg")
    assert status == 200
    (tmp_path / "proof.jpg").write_bytes(drawn)
    await page.get_by_role("button", name="See the menu").click()
    await expect(page.locator(".card").first).to_be_visible()
    await page.get_by_label("Picture to send").set_input_files(tmp_path / "proof.jpg")
    await expect(page.get_by_text("Thank you for the picture.")).to_be_visible()
    picture = page.locator(".turn.me .pictures img")
    await expect(picture).to_have_js_property("naturalWidth", 800)
    message = shop.items("message")[-1]["message"]
    assert isinstance(message, dict)
    url = message["attachments"][0]["payload"]["url"]
    assert await shop.fetch(url) == (200, "image/jpeg", drawn)
    await page.locator(".turn.me .pictures button").click()
    await expect(page.get_by_role("dialog", name="Picture")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog", name="Picture")).to_have_count(0)


async def test_a_reload_keeps_everything_but_quick_replies_that_were_used(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="Get Started").click()
    await page.get_by_role("button", name="Shipping").click()
    await expect(page.get_by_role("button", name="COD ba?")).to_be_visible()
    await page.reload()
    await expect(page.get_by_role("button", name="COD ba?")).to_be_visible()
    await expect(page.locator(".turn.me")).to_have_text(["You:Get Started", "You:Shipping"])
    await expect(page.get_by_role("button", name="Talk to a person")).to_have_count(0)
    await expect(page.get_by_role("button", name="Get Started")).to_have_count(0)


async def test_what_graph_refuses_is_told_once_and_not_drawn(page: Page, shop: Peer, emulator: Emulator) -> None:
    await page.get_by_role("button", name="See the menu").click()
    await page.get_by_label("Message", exact=True).fill("too long")
    await page.keyboard.press("Enter")
    refused = page.get_by_role("alert")
    await expect(refused).to_contain_text("Graph refused this message")
    await expect(refused).to_contain_text("Error 100")
    await refused.get_by_text("What the bot tried to send").click()
    await expect(refused.locator("pre")).to_contain_text("xxxx")
    await expect(page.locator(".bubble", has_text="xxxx")).to_have_count(0)
    await shop.send(next(iter(emulator.facebook.people)).psid, {"text": "x" * 2500})
    await expect(refused).to_have_count(1)
    await expect(refused).to_contain_text("2 times")


async def test_marks_go_from_sent_to_delivered_to_seen(page: Page, shop: Peer, emulator: Emulator) -> None:
    shop.script = lambda item: []
    await page.get_by_role("button", name="See the menu").click()
    await expect(page.get_by_role("img", name="Delivered")).to_be_visible()
    (person, _) = emulator.facebook.people
    await shop.post("me/messages", {"recipient": {"id": person.psid}, "sender_action": "mark_seen"})
    await expect(page.get_by_role("img", name="Seen")).to_be_visible()
    await shop.post("me/messages", {"recipient": {"id": person.psid}, "sender_action": "typing_on"})
    await expect(page.get_by_role("img", name="typing")).to_be_visible()
    await shop.send(person.psid, {"text": "Here I am"})
    await expect(page.get_by_role("img", name="typing")).to_have_count(0)
    await expect(page.get_by_text("Here I am")).to_be_visible()
    assert len(shop.items("read")) == 1


async def test_shoppers_have_tabs_of_their_own_and_new_ones_can_be_made(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="See the menu").click()
    await expect(page.locator(".card").first).to_be_visible()
    await page.get_by_role("button", name="New shopper").click()
    await page.get_by_label("Name").fill("Carla Santos")
    await page.get_by_label("Language").select_option("tl_PH")
    await page.get_by_role("button", name="Start chatting").click()
    await expect(page.get_by_role("tab", name="Carla Santos")).to_have_attribute("aria-selected", "true")
    await expect(page.locator(".card")).to_have_count(0)
    await expect(page.get_by_text("Hi Carla!")).to_be_visible()
    await page.get_by_role("tab", name="Carla Santos").press("ArrowRight")
    await expect(page.get_by_role("tab", name="Ana Cruz")).to_have_attribute("aria-selected", "true")
    await expect(page.locator(".card")).to_have_count(4)


async def test_the_menu_stickers_and_the_thumb_work_by_keyboard(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="Get Started").click()
    await page.get_by_role("button", name="Menu", exact=True).press("Enter")
    menu = page.get_by_role("dialog", name="Menu")
    await expect(menu.get_by_role("link", name="Our website")).to_have_attribute("href", "https://example.com/")
    await page.keyboard.press("Enter")
    await expect(page.locator(".card").first).to_be_visible()
    await page.get_by_role("button", name="Stickers").press("Enter")
    await page.get_by_role("button", name="Love").press("Enter")
    await expect(page.get_by_text("Nice sticker!")).to_have_count(1)
    await page.get_by_role("button", name="Send a thumbs-up").press("Enter")
    await expect(page.get_by_text("Nice sticker!")).to_have_count(2)
    assert kinds(shop, "postback") == ["GET_STARTED", "BROWSE"]


async def test_a_fault_can_be_armed_and_is_gone_once_it_was_met(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="What if…").click()
    fault = page.get_by_role("button", name="24-hour window closed")
    await fault.click()
    await expect(fault).to_have_attribute("aria-pressed", "true")
    await page.get_by_role("button", name="Close", exact=True).click()
    await page.get_by_role("button", name="See the menu").click()
    await expect(page.get_by_role("alert")).to_contain_text("Error 10 / 2018278")
    await expect(page.locator(".card")).to_have_count(4)
    await page.get_by_role("button", name="What if…").click()
    await expect(fault).to_have_attribute("aria-pressed", "false")


async def test_a_webhook_that_the_bot_refuses_is_told_in_the_chat(page: Page, shop: Peer) -> None:
    shop.status = 503
    await page.get_by_role("button", name="See the menu").click()
    await expect(page.get_by_text("The bot answered 503 to this message’s webhook")).to_be_visible()
    await expect(page.get_by_role("img", name="Sent")).to_be_visible()


async def test_nothing_is_wider_than_the_screen(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="See the menu").first.click()
    await page.get_by_role("button", name="Add to cart").first.click()
    await page.get_by_role("button", name="Check out").click()
    await expect(page.get_by_role("article", name="Receipt ORD-20261125-K7MPQ2")).to_be_visible()
    for width in (320, 390, 768, 1280):
        await page.set_viewport_size({"width": width, "height": 640})
        wide = await page.evaluate(
            "[document.documentElement, ...document.querySelectorAll('.phone, .log, .bar, .head, .composer')]"
            ".filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className || e.tagName)"
        )
        assert wide == [], f"at {width} pixels"


async def test_two_phones_stand_side_by_side_on_a_wide_screen(page: Page, shop: Peer) -> None:
    await expect(page.locator(".phone")).to_have_count(1)
    await page.set_viewport_size({"width": 1280, "height": 800})
    await expect(page.locator(".phone")).to_have_count(2)
    await page.get_by_role("region", name="Ben Reyes’s phone").get_by_role("button", name="See the menu").click()
    await expect(page.get_by_role("region", name="Ben Reyes’s phone").locator(".card")).to_have_count(4)
    await expect(page.get_by_role("region", name="Ana Cruz’s phone").locator(".card")).to_have_count(0)
    await page.get_by_role("button", name="Two phones side by side").click()
    await expect(page.locator(".phone")).to_have_count(1)


async def test_words_with_markup_stay_words(page: Page, shop: Peer) -> None:
    await page.get_by_role("button", name="See the menu").click()
    await page.get_by_label("Message", exact=True).fill("<img src=x onerror=alert(1)><b>bold</b>")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("You said “<img src=x onerror=alert(1)><b>bold</b>”.")).to_be_visible()
    await expect(page.locator(".bubble b, .bubble img")).to_have_count(0)


async def test_the_rarer_templates_can_be_tapped_and_what_stands_around_a_message_is_drawn(
    page: Page, shop: Peer, emulator: Emulator
) -> None:
    (ana, _) = emulator.facebook.people
    shop.script = silent
    await page.get_by_role("button", name="Say hello").click()
    await expect(page.get_by_role("img", name="Delivered")).to_be_visible()
    url = f"{shop.base}/picture/0.jpg"
    _, persona = await shop.post("me/personas", {"name": "Nena of the shop", "profile_picture_url": url})
    hello = ana.chat[0].mid  # type: ignore[union-attr]
    await shop.send(ana.psid, {"text": "Hi!"}, persona_id=persona["id"], reply_to={"mid": hello})
    await expect(page.locator(".persona")).to_have_text("Nena of the shop")
    await expect(page.locator(".quoted")).to_have_text("hello")
    reaction: Json = {"message_id": hello, "reaction": "❤"}
    await shop.post("me/messages", {"recipient": {"id": ana.psid}, "sender_action": "react", "payload": reaction})
    await expect(page.get_by_role("img", name="Isla Goods reacted with ❤")).to_be_visible()
    pick = {"type": "postback", "payload": "BLUE", "text": "The blue one"}
    images = [{"url": url, "is_hero_image": True}, {"url": url, "action": pick}]
    await shop.send(ana.psid, tiny_shop.template("image_grid", elements=[{"images": images, "title": "Mugs"}]))
    await page.get_by_role("button", name="The blue one").click()
    await expect(page.locator(".turn.me", has_text="The blue one")).to_be_visible()
    asked = [{"id": "q1", "type": "csat", "title": "How was it?"}]
    form = {"title": "Tell us", "feedback_screens": [{"screen_id": "s1", "questions": asked}]}
    await shop.send(ana.psid, tiny_shop.template("customer_feedback", business_privacy={"url": url}, **form))
    await page.get_by_role("group", name="How was it?").get_by_role("button", name="4").click()
    await page.get_by_role("button", name="Send", exact=True).first.click()
    await shop.send(ana.psid, tiny_shop.template("coupon", title="10 off", coupon_code="TEN", payload="C"))
    await page.get_by_role("button", name="Reveal code").click()
    await expect(page.get_by_text("TEN", exact=True)).to_be_visible()
    await shop.send(ana.psid, tiny_shop.template("one_time_notif_req", title="Back in stock?", payload="N"))
    await page.get_by_role("button", name="Notify me").click()
    await page.get_by_role("button", name="About this shopper").click()
    await page.get_by_role("button", name="Take the chat over in Facebook’s inbox").click()
    await page.get_by_role("button", name="About this shopper").click()
    await page.get_by_role("button", name="Hand the chat back to the bot").click()
    await expect(page.get_by_role("dialog")).to_have_count(0)

    async def is_told() -> bool:
        return bool(shop.items("pass_thread_control"))

    await comes(is_told, "the chat handed back")
    assert [kind for kind in ("optin", "take_thread_control") if len(shop.items(kind)) != 1] == []
    assert kinds(shop, "postback") == ["BLUE"]
    (rated,) = shop.items("messaging_feedback")
    questions = as_object(rated["messaging_feedback"])["feedback_screens"]
    assert questions == [{"screen_id": "s1", "questions": {"q1": {"type": "csat", "payload": "4"}}}]
    assert kinds(shop, "message")[-1] == "C"
