"""The ways by which a person comes to a page: links, ads, the page's shop, posts, products and carts.

Sources: contract, section 2; Meta's changelog of 26 March 2026 for posts and reels, whose ids are numbers.
"""

from collections.abc import Sequence

import msgspec

from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person, Sent
from bot.workshop.emulator.phone import Did, follows, gets_started, item_of

CDN = "https://scontent.xx.fbcdn.net/v/"


class CartItem(msgspec.Struct, frozen=True, kw_only=True):
    """One line of a cart that is filled in Facebook's own shop.

    Attributes:
        retailer_id: The shop's own number for it.
        name: What it is called there.
        quantity: Pieces.
        unit_price: What one costs there.
        currency: ISO code.
    """

    retailer_id: str
    name: str = ""
    quantity: int = 1
    unit_price: float = 0
    currency: str = "PHP"


class Ad(msgspec.Struct, frozen=True, kw_only=True):
    """An ad that opens a chat.

    Attributes:
        title: What stands on it.
        ad_id: Its number.
        post_id: The post that it was made of.
        ref: What the merchant has written into its set-up, empty for nothing.
    """

    title: str
    ad_id: str = "6045246247433"
    post_id: str = ""
    ref: str = ""


def comes_by_link(facebook: Facebook, person: Person, ref: str) -> Did:
    """An m.me link with a ref: Get Started in an empty chat, a referral in one that has begun."""
    if not person.chat and facebook.profile.get_started:
        return gets_started(facebook, person, ref)
    return follows(facebook, person, ref)


def comes_by_ad(facebook: Facebook, person: Person, ad: Ad, text: str = "") -> Did:
    """An ad that was tapped: with the message that was typed or tapped there, or without one."""
    context: Json = {"ad_title": ad.title, "photo_url": f"{CDN}ad.jpg"}
    if ad.post_id:
        context["post_id"] = ad.post_id
    referral: Json = {"ad_id": ad.ad_id, "source": "ADS", "type": "OPEN_THREAD", "ads_context_data": context}
    if ad.ref:
        referral = {"ref": ad.ref, **referral}
    mid = facebook.new_mid()
    facebook.said(person, mid, text, kind="ad", title=ad.title)
    if not text:
        return item_of(facebook, person, "referral", referral)
    return item_of(facebook, person, "message", {"mid": mid, "text": text, "referral": referral})


def asks_of_product(facebook: Facebook, person: Person, product_id: str, text: str) -> Did:
    """A message that was begun on a product's page of the page's shop on Facebook."""
    mid = facebook.new_mid()
    facebook.said(person, mid, text, kind="shop", title=product_id)
    return item_of(facebook, person, "message", {"mid": mid, "text": text, "referral": {"product": {"id": product_id}}})


def shares_post(
    facebook: Facebook,
    person: Person,
    title: str,
    text: str = "",
    *,
    post_id: int = 122101010101,
    is_reel: bool = False,
) -> Did:
    """A post or a reel of the page, shared into the chat; both ids are numbers."""
    mid = facebook.new_mid()
    kind = "reel" if is_reel else "post"
    facebook.said(person, mid, text, kind=kind, title=title)
    payload: Json = {"url": f"https://www.facebook.com/{kind}/{post_id}", "title": title}
    payload["reel_video_id" if is_reel else "id"] = post_id
    message: Json = {"mid": mid, "attachments": [{"type": kind, "payload": payload}]}
    return item_of(facebook, person, "message", {**message, "text": text} if text else message)


def shares_products(facebook: Facebook, person: Person, goods: Sequence[tuple[str, str]], text: str = "") -> Did:
    """Products of the page's catalogue on Facebook, each with the shop's number and its title."""
    mid = facebook.new_mid()
    facebook.said(person, mid, text, kind="product", title=", ".join(title or number for number, title in goods))
    elements: list[Json] = [
        {
            "id": f"{7_000_000_000_000_000 + facebook.number()}",
            "retailer_id": number,
            "image_url": f"{CDN}product.jpg",
            "title": title,
            "subtitle": "",
        }
        for number, title in goods
    ]
    attachment: Json = {"type": "template", "payload": {"product": {"elements": elements}}}
    message: Json = {"mid": mid, "attachments": [attachment]}
    return item_of(facebook, person, "message", {**message, "text": text} if text else message)


def passes_card_on(facebook: Facebook, person: Person, sent: Sent, text: str = "") -> Did:
    """A card of the bot, sent back into the chat."""
    mid = facebook.new_mid()
    card = sent.bubble.cards[0]
    facebook.said(person, mid, text, kind="product", title=card.title)
    buttons: list[Json] = [{"type": one.type, "title": one.title, "payload": one.payload} for one in card.buttons]
    element: Json = {"title": card.title, "subtitle": card.subtitle, "image_url": card.image_url, "buttons": buttons}
    attachment: Json = {"type": "template", "payload": {"template_type": "generic", "elements": [element]}}
    message: Json = {"mid": mid, "attachments": [attachment]}
    return item_of(facebook, person, "message", {**message, "text": text} if text else message)


def sends_cart(facebook: Facebook, person: Person, lines: Sequence[CartItem], note: str = "") -> Did:
    """A cart that was filled in the page's shop on Facebook; its key is `order` (`send_cart` in the subscription)."""
    title = "\n".join(f"{line.quantity} × {line.name or line.retailer_id}" for line in lines)
    facebook.said(person, facebook.new_mid(), note, kind="cart", title=title)
    products: list[Json] = [
        {
            "id": f"{7_000_000_000_000_000 + facebook.number()}",
            "retailer_id": line.retailer_id,
            "name": line.name,
            "unit_price": line.unit_price,
            "currency": line.currency,
            "quantity": line.quantity,
        }
        for line in lines
    ]
    order: Json = {"products": products}
    return item_of(facebook, person, "order", {**order, "note": note} if note else order)
