"""A promo in its form, with what it takes off a cart beside it."""

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec.structs import replace

from bot.base import clock
from bot.messenger.chat_links import chat_link
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.preview import Sentence, Tried, as_sent
from handlers.console.base.visit import Visit, whole
from handlers.console.promos.example import example, told
from handlers.console.promos.sentence import minute, mistaken, sentence
from handlers.console.settings.rows import RowEditor, Shown, list_of
from replies.environment import money
from replies.promos import Promos
from replies.render import render
from repository.database.connection import Connection
from repository.database.scalars import number, text
from repository.desk import promos
from repository.desk.promos import PromoBody, Standing
from repository.orders import shipping

HOME = "/promos"
KINDS: Mapping[str, str] = {
    "percentage": "Percent off",
    "fixed_amount": "Amount off",
    "free_shipping": "Free shipping",
    "bundle": "Amount off, all products together",
}
TIERS: Mapping[str, str] = {
    "": "Every shopper", "silver": "Silver suki and up", "gold": "Gold suki and up", "platinum": "Platinum suki",
}  # fmt: skip
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{2,19}", re.ASCII)
_SAYS = "Left empty, shoppers read the sentence beside it."
_PRODUCTS = "Numbers (SKU), names or a whole category, with commas between. Empty is everything that you sell."


def _code(typed: str) -> str:
    fits = not typed or _CODE.fullmatch(typed)
    return "" if fits else "3 to 20 letters and digits without spaces, so that it can be said and typed."


def _minute(typed: str) -> str:
    return "" if minute(typed) else "Please write a day and a time, such as 2026-11-30 23:59."


class PromoForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a promo."""

    title: Annotated[str, Field(label="Name", needed="Please write what shoppers call it.", most=255)]
    promo_code: Annotated[
        str,
        Field(
            label="Code",
            help="What shoppers type at checkout.",
            placeholder="MUGS-TEN",
            most=50,
            check=_code,
            taken="Another promo has this code.",
        ),
    ]
    promo_type: Annotated[str, Field(label="It gives", choices=KINDS)]
    discount_value: Annotated[Decimal, Field(label="How much", help="Percent, or the amount.", most=1_000_000)]
    products: Annotated[tuple[str, ...], Field(label="Off what", help=_PRODUCTS)]
    min_purchase_amount: Annotated[Decimal, Field(label="When spending", help="0 is any.", most=10_000_000)]
    max_discount_amount: Annotated[Decimal, Field(label="At most off", help="0 is no limit.", most=10_000_000)]
    usage_limit: Annotated[int, Field(label="The first", help="Uses of all shoppers; 0 is no limit.", most=1_000_000)]
    once_per_shopper: Annotated[bool, Field(label="Once per shopper")]
    start_date: Annotated[str, Field(label="From", needed="Please say from when.", check=_minute)]
    end_date: Annotated[str, Field(label="Until", needed="Please say until when.", check=_minute)]
    for_tier: Annotated[str, Field(label="For", choices=TIERS)]
    away_days: Annotated[int, Field(label="Whose last order was", unit="days ago or more", help="0 is any.", most=3650)]
    description: Annotated[str, Field(label="What shoppers read", help=_SAYS, rows=2, most=500)]
    is_active: Annotated[bool, Field(label="It runs", in_history="State")]


_FORM = Form(PromoForm)


class PromoEditor(RowEditor[PromoBody]):
    """The pages of a promo."""

    saved = "Saved. The next order goes by it."
    last = "Orders used it, so it stays in your books. Pause it instead: switch “It runs” off."
    switched_on = "It runs."
    switched_off = "It is paused. Nobody can use it."

    def blank(self, visit: Visit) -> PromoBody:
        today = clock.now().astimezone(visit.shop.database.offset)
        ends = today + timedelta(days=30)
        return PromoBody(start_date=f"{today:%Y-%m-%d} 00:00", end_date=f"{ends:%Y-%m-%d} 23:59")

    async def stored(
        self,
        visit: Visit,
        one: Opened[PromoBody] | None,
        write: Callable[[Connection, PromoBody, int], Awaitable[tuple[int, bool]]],
    ) -> web.Response:
        """See `Editor`; what is written is tidied first."""
        said = said_in(visit)
        return await super().stored(visit, one, lambda conn, body, version: write(conn, tidied(body, said), version))

    def title(self, body: PromoBody) -> str:
        return body.promo_code or body.title

    def said(self, body: PromoBody) -> str:
        return self.saved if body.is_active else "Saved. It does not run, so nobody can use it."

    def problems(self, visit: Visit, body: PromoBody) -> Mapping[str, str]:  # noqa: ARG002  (what nouns may ask)
        return problems(body)

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What shoppers read, and what the example's cart costs."""
        typed = _FORM.typed(filled)
        said, currency = said_in(visit), visit.shop.settings.shop_currency
        body = tidied(PromoBody(**msgspec.structs.asdict(typed)), said)
        says = [Sentence(sentence(body, said) + ".")]
        if mistake := mistaken(body.promo_code):
            says.append(Sentence(mistake, is_new=True))
        says += [Sentence(text, is_new=True) for text in problems(body).values()]
        async with visit.shop.database.connection() as conn:
            typed_cart, zone_id = asked(visit)
            cart = typed_cart or ", ".join(body.products[:2] or await promos.some_skus(conn))
            found = await example(conn, body, cart=cart, zone_id=zone_id)
            others = await promos.standing(conn)
        promo = found.promo
        says += [Sentence(text) for text in clashes(body, promo.product_ids, others)]
        says += [Sentence(text) for text in told(found.lines, lambda amount: money(amount, currency))]
        messages = as_sent(render([Promos(promos=(promo,))], await visit.words(), "en"))
        return Tried(messages=messages if body.title else (), sentences=tuple(says))

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        used, link = 0, ""
        if "id" in visit.request.match_info:
            counted = await conn.run(
                "SELECT usage_count, COALESCE(promo_code, '') FROM promos WHERE id = %(id)s", id=visit.number("id")
            )
            for count, code in counted.rows:
                used = number(count or 0)
                link = chat_link(visit.shop.settings.page_id, f"promo_{text(code)}") if code else ""
        cart, zone_id = asked(visit)
        return {"used": used, "zones": await shipping.zones(conn), "cart": cart, "zone": zone_id, "chat_link": link}


def asked(visit: Visit) -> tuple[str, int]:
    """The example's cart and zone, as they were typed into the form, or stand in the address."""
    query = visit.request.query
    cart = visit.field("cart") or query.get("cart", "")
    return cart[:500], whole(visit.form.get("zone", "") or query.get("zone", ""))


def said_in(visit: Visit) -> Callable[[Decimal], str]:
    """How an amount is written in the shop's currency."""
    currency = visit.shop.settings.shop_currency
    return lambda amount: money(amount, currency).removesuffix(".00")


def tidied(body: PromoBody, said: Callable[[Decimal], str]) -> PromoBody:
    """A promo as it is kept: its code in capitals, its times as the database writes them, never without words.

    Args:
        body: As it was typed.
        said: How an amount is written.
    """
    return replace(
        body,
        promo_code=body.promo_code.upper(),
        start_date=body.start_date.replace("T", " "),
        end_date=body.end_date.replace("T", " "),
        description=body.description or f"{sentence(body, said)}.",
    )


def problems(body: PromoBody) -> Mapping[str, str]:
    """What cannot be, that no single field tells: a sentence by field.

    Args:
        body: A promo.
    """
    wrong = {}
    if body.promo_type == "percentage" and body.discount_value > 100:
        wrong["discount_value"] = "100 percent are the most."
    elif body.promo_type != "free_shipping" and not body.discount_value:
        wrong["discount_value"] = "Please write how much it takes off."
    starts, ends = minute(body.start_date), minute(body.end_date)
    if starts and ends and ends < starts:
        wrong["end_date"] = "It would end before it starts."
    if body.is_active and not body.promo_code:
        wrong["promo_code"] = "Please write the code that shoppers type, or let it be a draft."
    return wrong


def clashes(body: PromoBody, product_ids: tuple[int, ...], others: list[Standing]) -> list[str]:
    """The promos that run at the same time on the same things, each in a sentence.

    Args:
        body: The promo.
        product_ids: What it is about; everything where there is none.
        others: Every promo there is, itself too.
    """
    starts, ends = minute(body.start_date), minute(body.end_date)
    if not (starts and ends):
        return []
    about, found = set(product_ids), []
    for other in (one.promo for one in others if one.is_on and one.phase in ("coming", "running")):
        is_then = other.starts_at.replace(tzinfo=None) <= ends and starts <= other.ends_at.replace(tzinfo=None)
        is_same = not about or not other.product_ids or about & set(other.product_ids)
        if is_then and is_same and other.code and other.code != body.promo_code:
            found.append(f"{other.code} runs at that time too; a shopper uses one code for an order.")
    return found[:5]


PROMO = PromoEditor(
    promos.PROMOS,
    _FORM,
    template="promo.html",
    home=HOME,
    called="promo",
    edits="promos.edit",
    views="promos.view",
    deletes="promos.edit",
)


def _tell(visit: Visit, body: PromoBody) -> Shown:
    tags = (body.title,) if body.promo_code and body.title != body.promo_code else ()
    return Shown(body.promo_code or body.title, sentence(body, said_in(visit)), tags)


async def _facts(conn: Connection) -> Mapping[str, object]:
    return {"standing": await promos.standing(conn)}


LIST = list_of(PROMO, _tell, template="promos.html", many="promos", facts=_facts)
