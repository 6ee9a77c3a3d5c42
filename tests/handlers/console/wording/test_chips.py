"""The bot's own words with chips, canned replies with what stands around them, drafts, and for whom they are shown."""

import html
import re
from io import BytesIO

import msgspec
from PIL import Image

from tests.conversations.conftest import Chat, Shop
from tests.handlers.console.test_console import Visitor, nena, version_of

__all__ = ["nena"]

SOLD_OUT = "/replies/own/cart.sold_out/en"
ODD = "{%- if left -%}Only {{left}}, {{  left }}!{% else %}Gone.{%endif%}"


def in_box(page: str, name: str) -> str:
    """What stands in a text box."""
    found = re.search(rf'<textarea [^>]*name="{name}"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found, f"no box {name} on the page"
    return html.unescape(found[1])


async def saved(shop: Shop) -> str:
    return str(await shop.look("SELECT words FROM reply_words WHERE name = 'cart.sold_out'"))


async def test_a_template_is_edited_with_chips_and_what_was_not_changed_stays_byte_for_byte(
    shop: Shop, nena: Visitor
) -> None:
    await shop.rewords("cart.sold_out", ODD)
    await nena.logs_in()
    shown = in_box(await nena.opens(SOLD_OUT), "chips")
    assert shown == "{when left}Only {left}, {left}!{otherwise}Gone.{end}"
    await nena.sends(SOLD_OUT, version=version_of(nena.page), chips=shown)
    assert "Nothing was changed." in nena.page
    await nena.sends(SOLD_OUT, version=version_of(nena.page), chips=shown.replace("Gone.", "All gone."))
    assert "Saved." in nena.page
    assert await saved(shop) == ODD.replace("Gone.", "All gone.")
    typed = "{when left}Only {left"
    await nena.sends(SOLD_OUT, version=version_of(nena.page), chips=typed)
    assert nena.status == 422
    assert "A brace stands alone" in html.unescape(nena.page)
    assert in_box(nena.page, "chips") == typed, "what was typed is kept"
    await nena.sends(SOLD_OUT, version=version_of(nena.page), chips="Only {lefty} left")
    assert "There is no variable “lefty” here. Did you mean “left”?" in html.unescape(nena.page)
    assert in_box(nena.page, "chips") == "Only {lefty} left"


async def test_what_is_beyond_chips_stays_in_the_plain_editor_and_says_why(shop: Shop, nena: Visitor) -> None:
    await shop.rewords("cart.sold_out", "Gone!\n{{ 'a' if left else 'b' }}")
    await nena.logs_in()
    await nena.opens(SOLD_OUT)
    assert in_box(nena.page, "words") == "Gone!\n{{ 'a' if left else 'b' }}"
    assert "since in line 2" in nena.page
    await nena.opens(f"{SOLD_OUT}?plain")
    assert 'name="chips"' not in nena.page


async def test_the_preview_reads_chips(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens(SOLD_OUT)
    await nena.sends(f"{SOLD_OUT}/preview", chips="Just {left} left")
    shown = msgspec.json.decode(nena.page)
    assert "Just" in shown["html"]
    assert shown["reason"] == ""
    await nena.opens(SOLD_OUT)
    await nena.sends(f"{SOLD_OUT}/preview", chips="a\nJust {left left")
    shown = msgspec.json.decode(nena.page)
    assert (shown["line"], shown["reason"][:13]) == (2, "A brace stand")


async def test_nobody_hears_a_draft_until_it_is_published(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    new = {"keyword": "wifi", "language": "en", "response": "Free wifi!", "is_active": "on"}
    await nena.opens("/replies/new")
    await nena.sends("/replies/new", version="0", to="draft", **new)
    assert "The draft is kept." in nena.page
    path = nena.path.removeprefix("/console")
    await ana.says("wifi?")
    ana.hears_no("Free wifi!")
    assert path in await nena.opens("/replies?mark=draft")
    await nena.opens(path)
    assert in_box(nena.page, "response") == "Free wifi!"
    await nena.sends(path, version=version_of(nena.page), **new)
    assert "Saved. The next shopper hears it." in nena.page
    await ana.says("wifi?")
    ana.hears("Free wifi!")
    await nena.sends(path, version=version_of(nena.page), to="draft", **{**new, "response": "Fast wifi!"})
    stale = version_of(nena.page)
    await ana.says("wifi?")
    ana.hears("Free wifi!")
    assert "This is a draft" in await nena.opens(path)
    assert in_box(nena.page, "response") == "Fast wifi!"
    assert in_box(await nena.opens(f"{path}?published"), "response") == "Free wifi!"
    await nena.sends(f"{path}/discard", version=version_of(nena.page))
    assert "thrown away" in nena.page
    assert in_box(nena.page, "response") == "Free wifi!"
    assert "drafted it" in await nena.opens(f"{path}/history")
    await nena.opens(path)
    await nena.sends(path, version=stale, **{**new, "response": "Old form"})
    assert nena.status == 409, "whoever has the draft open still is told that it is gone"


async def test_a_draft_of_the_bots_own_words(shop: Shop, nena: Visitor) -> None:
    await nena.logs_in()
    ours = in_box(await nena.opens(SOLD_OUT), "chips")
    await nena.sends(SOLD_OUT, version="0", to="draft", chips="Sorry, gone.")
    assert "The draft is kept." in nena.page
    assert in_box(nena.page, "chips") == "Sorry, gone."
    assert await shop.look("SELECT COUNT(*) FROM reply_words WHERE is_active") == 0
    assert in_box(await nena.opens(f"{SOLD_OUT}?published"), "chips") == ours
    assert "Out of stock" in await nena.opens("/replies?mark=draft") or "draft" in nena.page
    await nena.opens(SOLD_OUT)
    await nena.sends(SOLD_OUT, version=version_of(nena.page), chips="Sorry, gone.")
    assert await saved(shop) == "Sorry, gone."
    assert await shop.look("SELECT COUNT(*) FROM reply_words WHERE is_active") == 1
    assert "draft" not in html.unescape(await nena.opens("/replies?mark=draft")).split("<tbody>")[-1][:200]


async def test_what_cannot_be_sent_is_said_beside_its_field(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/replies/new")
    fields = {"version": "0", "keyword": "wifi", "language": "en", "response": "Hi {first_name}, {frist_name|x}"}
    await nena.sends(
        "/replies/new",
        **fields,
        buttons="One = menu\nTwo = cart\nThree = orders\nFour = promos",
        quick_replies="A title of far too many letters = menu",
    )
    page = html.unescape(nena.page)
    assert nena.status == 422
    assert "“first_name” is not always known. Write what to say then, such as {first_name|suki}." in page
    assert "These are 4 buttons; Messenger shows 3." in page
    assert "has 31 characters; Messenger shows 20." in page
    await nena.sends("/replies/new", **{**fields, "response": "Hi {frist_name|x}"}, sku="NO-SUCH")
    assert "There is no “frist_name” to be filled in. Did you mean {first_name|suki}?" in html.unescape(nena.page)
    await nena.sends("/replies/new", **{**fields, "response": "Hi"}, sku="NO-SUCH", buttons="Go = reply nothing")
    assert "There is no product with the SKU “NO-SUCH”." in html.unescape(nena.page)
    await nena.sends("/replies/new", **{**fields, "response": "Hi"}, buttons="Go = reply nothing")
    assert "There is no reply with the keyword “nothing”." in html.unescape(nena.page)
    await nena.sends("/replies/new", **{**fields, "response": "Only {left|none}"})
    assert "of the product on the card" in html.unescape(nena.page)


async def test_a_picture_is_written_anew_served_and_sent(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await nena.logs_in()
    await nena.opens("/replies/new")
    picture = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(picture, "PNG")
    fields = {"keyword": "menu card", "language": "en", "response": "Here it is.", "is_active": "on"}
    await nena.sends_file("/replies/new", "picture_file", picture.getvalue(), version="0", **fields)
    assert nena.status == 200
    path = nena.path.removeprefix("/console")
    (url,) = set(re.findall(r'name="picture" value="([^"]+)"', nena.page))
    assert "/goods/" in url
    await ana.says("menu card")
    ana.hears("Here it is.")
    assert any("/goods/" in sent for sent in await shop.texts("SELECT message FROM outbox"))
    await nena.sends_file(path, "picture_file", b"no picture", version=version_of(nena.page), picture=url, **fields)
    assert nena.status == 422
    assert "no picture that we can read" in nena.page
    assert url in nena.page, "the one that was there is kept"
    await nena.sends(path, version=version_of(nena.page), picture=url, no_picture="on", **fields)
    assert re.findall(r'name="picture" value="([^"]*)"', nena.page) == [""]


async def test_a_reply_is_shown_as_somebody_hears_it(shop: Shop, nena: Visitor, ana: Chat) -> None:
    await ana.says("hello")
    shopper_id = await shop.look("SELECT id FROM users")
    name = str(await shop.look("SELECT facebook_name FROM users"))
    await nena.logs_in()
    await nena.opens("/replies/new")

    async def shown(whom: str) -> str:
        fields = {"response": "Hi {name|suki}!", "language": "en", "as": whom}
        await nena.opens("/replies/new")
        await nena.sends("/replies/preview", **fields)
        return str(msgspec.json.decode(nena.page)["html"])

    assert "Hi Maria Santos!" in await shown("")
    assert "Hi suki!" in await shown("nameless")
    assert "Villanueva" in await shown("longest")
    assert f"Hi {name}!" in await shown(f"shopper-{shopper_id}")
    assert "Hi Maria Santos!" in await shown("evil-1")
    hello = "/replies/own/welcome.short_hello/fil"
    await nena.opens(hello)
    await nena.sends(f"{hello}/preview", chips="Kumusta{when first_name} {first_name}{end}!", **{"as": "nameless"})
    assert "Kumusta!" in msgspec.json.decode(nena.page)["html"]
    detail = "/replies/own/product.detail/en"
    await nena.opens(detail)
    words = in_box(nena.page, "chips")
    for whom in ("sold_out", "longest"):
        await nena.opens(detail)
        await nena.sends(f"{detail}/preview", chips=words, **{"as": whom})
        assert msgspec.json.decode(nena.page)["reason"] == ""


async def test_without_javascript_a_button_shows_what_is_typed(nena: Visitor) -> None:
    await nena.logs_in()
    await nena.opens("/replies/new")
    fields = {"keyword": "wifi", "language": "en", "response": "Hi {first_name|suki}!", "to": "look"}
    await nena.sends("/replies/new", version="0", **fields, **{"as": "nameless"})
    assert nena.status == 200
    assert "Hi suki!" in nena.page
    assert in_box(nena.page, "response") == "Hi {first_name|suki}!"
    assert '<option value="nameless" selected>' in nena.page
