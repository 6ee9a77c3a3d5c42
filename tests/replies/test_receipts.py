"""Receipts are right to the centavo, in every mix of goods, shipping, promo and down-payment, and are taken."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.messenger.checks import check_message
from replies.orders import ANA, example_order
from replies.render import render
from replies.summary import OrderReceipt
from replies.words import LANGUAGES, Words
from repository.orders.carts import CartLine
from repository.orders.placed_orders import Order, OrderLine
from repository.orders.promos import CENT, NOTHING, Promo, discount
from repository.orders.shipping import Zone, fee
from tests.support.chat import NOON

WORDS = Words()
MONEY = st.decimals(min_value="0.01", max_value="9999.99", places=2)
LINES = st.lists(st.tuples(MONEY, st.integers(1, 99)), min_size=1, max_size=12)
ZONES = st.builds(
    lambda base, per_kg, free: Zone(1, "Luzon", "provincial", base, per_kg, free, "3-5 days", ()),
    st.decimals(min_value="0", max_value="500", places=2),
    st.decimals(min_value="0", max_value="99.99", places=2),
    st.one_of(st.none(), st.decimals(min_value="1", max_value="5000", places=2)),
)
KINDS = st.sampled_from(["", "percentage", "fixed_amount", "free_shipping", "bundle"])
VALUE = st.decimals(min_value="0.01", max_value="100", places=2)
MOST = st.one_of(st.none(), st.decimals(min_value="0.01", max_value="800", places=2))


class Summary(msgspec.Struct):
    """The sums of a receipt as Messenger gets them."""

    subtotal: Decimal
    shipping_cost: Decimal
    total_cost: Decimal


class Sent(msgspec.Struct):
    """One named amount."""

    amount: Decimal = NOTHING
    price: Decimal = NOTHING


class Payload(msgspec.Struct):
    """The receipt as Messenger gets it: amounts stand in its JSON as they are printed there."""

    summary: Summary
    elements: list[Sent]
    payment_method: str
    adjustments: list[Sent] = []


def placed(
    goods: list[tuple[Decimal, int]], zone: Zone, kind: str, value: Decimal, most: Decimal | None, ahead: int
) -> Order:
    """An order of these goods, as `placing.place` makes it."""
    lines = [
        CartLine(number, number, None, f"Thing {number}", "", count, price, price * count, 99, "")
        for number, (price, count) in enumerate(goods, 1)
    ]
    subtotal = sum((line.total for line in lines), NOTHING)
    shipping = fee(zone, subtotal=subtotal, weight_kg=Decimal("0.350") * len(lines))
    off = NOTHING
    if kind and (shipping or kind != "free_shipping"):
        start, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)
        promo = Promo(1, "SUKI", "", "", kind, value, None, most, None, 0, False, start, end, ())
        off = discount(promo, lines=lines, shipping_fee=shipping, buyer=None, now=NOON)
    total = subtotal + shipping - off
    return replace(
        example_order(),
        lines=tuple(OrderLine(line.name, "", line.quantity, line.unit_price, line.total, "") for line in lines),
        subtotal=subtotal,
        shipping_fee=shipping,
        discount=off,
        promo_code="SUKI" if kind else "",
        total=total,
        down_payment=(total * ahead / 100).quantize(CENT),
        delivery=ANA,
    )


@given(LINES, ZONES, KINDS, VALUE, MOST, st.integers(0, 100), st.sampled_from(LANGUAGES))
@settings(deadline=None, max_examples=300)
def test_what_a_receipt_adds_up_to_is_what_is_paid(
    goods: list[tuple[Decimal, int]],
    zone: Zone,
    kind: str,
    value: Decimal,
    most: Decimal | None,
    ahead: int,
    language: str,
) -> None:
    order = placed(goods, zone, kind, value, most, ahead)
    receipt = OrderReceipt(order=order, currency="PHP", shop_name="Tindahan")
    (message,) = render([receipt], WORDS, language)
    payload = message.payload()
    assert check_message(payload) == [], "the emulator takes it, and so does Messenger"
    inner = msgspec.convert(payload, dict[str, dict[str, object]])["attachment"]["payload"]
    # As it is on the wire: a number of JSON, read to the centavo.
    sent = msgspec.json.decode(msgspec.json.encode(inner), type=Payload)
    assert sum((line.price for line in sent.elements), NOTHING) == sent.summary.subtotal == order.subtotal
    off = sum((one.amount for one in sent.adjustments), NOTHING)
    assert off == order.discount
    assert sent.summary.subtotal + sent.summary.shipping_cost - off == sent.summary.total_cost == order.total
    for amount in (sent.summary.total_cost, sent.summary.shipping_cost, off):
        assert amount == amount.quantize(CENT)
        assert amount >= 0
    if order.down_payment:
        assert f"{order.down_payment:,.2f}" in sent.payment_method or order.down_payment == order.total
