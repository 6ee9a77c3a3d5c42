"""What several dialogs answer alike: canned replies, greetings, the language of a text."""

from datetime import timedelta
from decimal import Decimal

from msgspec.structs import replace

from bot.language.lexicon import first_in
from bot.language.phrases.answered import meant_by
from bot.language.phrases.filling import BLANKS, names_in
from bot.language.texts import is_filipino, is_polite, is_question, leave_in
from dialogs.engine.run import Turn, ask
from replies.base import Reply
from replies.chosen import product_values
from replies.environment import money
from replies.parts import clock_time, day
from replies.promos import PromoRefusal, Promos
from replies.talk import CannedAnswer, ShippingFees
from replies.unasked import CartTakenUp
from replies.welcome import Menu, ShortHello, Welcome
from repository.catalogue import products
from repository.catalogue.pictures import served_from
from repository.catalogue.products import ProductCard
from repository.chats import shoppers
from repository.orders import carts, placed_orders, promos, shipping
from repository.wording import canned
from repository.wording.canned import CannedReply

LONG_PAUSE = timedelta(days=1)
"""After how long whoever greets is asked whether they go on with their cart."""
PAGE_MOST = 10
"""Cards that one carousel holds (contract/messenger.md 3.3)."""


def first_name(turn: Turn) -> str:
    """The shopper's first name, empty where Facebook has not told the name."""
    words = turn.name.split()
    if not words:
        return ""
    if words[0].endswith(".") and len(words) > 1:  # Ma. Cristina
        return " ".join(words[:2])
    return words[0]


def page_size(turn: Turn) -> int:
    """How many cards a page holds, by the shop's rules and Messenger's."""
    return max(1, min(turn.rules.page_size, PAGE_MOST))


def hello(turn: Turn) -> list[Reply]:
    """Who is answering, for somebody new, and once more after a long time or a person; nothing for anybody else."""
    if not (turn.is_new or turn.is_back):
        return []
    return [ShortHello(first_name=first_name(turn), shop_name=turn.rules.shop_name)]


def language_of(text: str, turn: Turn) -> str:
    """The language to answer a text in: the shopper's own; Filipino for what is, where that is not told yet."""
    return "fil" if not turn.keeps_language and is_filipino(text) else turn.language


async def spoken_to(text: str, turn: Turn) -> Turn:
    """The turn in the language of a text, which is kept for the shopper.

    Args:
        text: What was typed.
        turn: The facts.
    """
    language = language_of(text, turn)
    if language == turn.language:
        return turn
    await ask(shoppers.set_language, shopper_id=turn.shopper_id, language=language)
    return replace(turn, language=language)


async def canned_answer(text: str, turn: Turn) -> CannedReply | None:
    """The merchant's answer to a text: by its words, or else of a phrase that means the same; None where none.

    Args:
        text: What was typed.
        turn: The facts.
    """
    language = language_of(text, turn)
    said = "fil" if is_filipino(text) else language  # its words are Filipino, whatever the answer shall be in
    meant = meant_by(text)
    reply: CannedReply | None = await ask(canned.best, text=text, language=said)
    if meant and (reply is None or (turn.keeps_language and reply.language != language)):
        near: CannedReply | None = await ask(canned.closest, text=meant, language=language)
        reply = near if reply is None or (near and near.language == language) else reply
    if reply and reply.language != language and leave_in(text) == "thanks" and is_polite(text):
        own: CannedReply | None = await ask(canned.best, text=first_in(language, "talk.thanks"), language=language)
        return own if own and own.language == language else None
    return reply


async def in_merchants_words(reply: CannedReply, turn: Turn, *, alone: bool = True) -> CannedAnswer:
    """A canned reply as it is said, with what is filled in and what stands around it.

    Nothing is asked for a reply that needs nothing.

    Args:
        reply: The reply.
        turn: The facts.
        alone: Whether nothing more is said after it.
    """
    product, attached = None, reply.attached
    if attached.picture:
        attached = replace(attached, picture=served_from(turn.rules.public_url, attached.picture))
    if reply.attached.product_id:
        product = next(iter(await ask(products.cards, ids=(reply.attached.product_id,))), None)
    values = await _values(reply.response, product, turn)
    return CannedAnswer(response=reply.response, alone=alone, values=values, attached=attached, product=product)


async def _values(words: str, product: ProductCard | None, turn: Turn) -> dict[str, str]:
    """What is known of what is filled into some words."""
    names = names_in(words)
    sources = {BLANKS[name].source for name in names}
    known: dict[str, str] = {}
    if "chat" in sources:
        known = {
            "first_name": first_name(turn),
            "name": turn.name,
            "shop_name": turn.rules.shop_name,
            "today": day(turn.now),
            "time": clock_time(turn.now),
        }
    if "cart" in sources:
        cart = await ask(carts.cart, shopper_id=turn.shopper_id)
        if cart.count:
            known |= {"cart_count": str(cart.count), "cart_total": money(cart.subtotal, turn.rules.currency)}
    if "order" in sources:
        mine = await ask(placed_orders.orders, shopper_id=turn.shopper_id, page=1, page_size=1)
        for order in mine.items:
            known |= {"order_number": order.order_number, "order_total": money(order.total, turn.rules.currency)}
    if product:
        known |= product_values(product, turn.rules.currency)
    return {name: value for name, value in known.items() if name in names and value}


async def canned_question(text: str, turn: Turn) -> CannedReply | None:
    """The merchant's answer to a question that was typed in place of what was asked for; None where it is none.

    Args:
        text: What was typed.
        turn: The facts.
    """
    return await canned_answer(text, turn) if is_question(text) else None


async def shipping_fees(turn: Turn, *, alone: bool = True) -> ShippingFees:
    """The zones and their fees.

    Args:
        turn: The facts.
        alone: Whether nothing more is said after it.
    """
    return ShippingFees(zones=await ask(shipping.zones), alone=alone)


def welcome(turn: Turn, language: str, *, greeted: str = "") -> Welcome:
    """Hello from the shop's bot.

    Args:
        turn: The facts.
        language: In which it is said.
        greeted: The time of day with which the shopper greeted, to be greeted back alike; empty for none.
    """
    return Welcome(first_name=first_name(turn), shop_name=turn.rules.shop_name, language=language, daytime=greeted)


async def taken_up(turn: Turn) -> list[Reply]:
    """The cart of a shopper who is back after some days, to go on with; nothing for anybody else.

    Args:
        turn: The facts.
    """
    left = turn.heard_before
    if left is None or turn.now - left < LONG_PAUSE:
        return []
    cart = await ask(carts.cart, shopper_id=turn.shopper_id)
    if not cart.lines:
        return []
    left = left.astimezone(turn.now.tzinfo)
    days = (turn.now.date() - left.date()).days
    return [CartTakenUp(cart=cart, days=days, weekday=str(left.weekday()), date=day(left))]


def menu(turn: Turn) -> Menu:
    """What can be done here."""
    return Menu(shop_name=turn.rules.shop_name, language=turn.language)


async def promo_called(code: str, turn: Turn) -> list[Reply]:
    """The promo that has a code; else that there is none, and those that run.

    Args:
        code: What was typed.
        turn: The facts.
    """
    live = tuple(await ask(promos.live, shopper_id=turn.shopper_id))
    meant = tuple(promo for promo in live if promo.code.casefold() == code.casefold())
    if meant:
        return [Promos(promos=meant)]
    return [PromoRefusal(code=code, reason="unknown", minimum=Decimal(0), alone=False), Promos(promos=live)]
