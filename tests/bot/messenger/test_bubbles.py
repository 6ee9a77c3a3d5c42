"""A message as it is drawn, in words."""

import msgspec

from bot.messenger.bubbles import drawn

RECEIPT = {
    "template_type": "receipt",
    "order_number": "ORD-1",
    "recipient_name": "Ana Cruz",
    "payment_method": "Cash on delivery",
    "elements": [{"title": "Blue mug", "quantity": 2, "price": 1500}],
    "adjustments": [{"name": "Discount", "amount": 50}],
    "summary": {"total_cost": 1502.5},
}


def test_a_receipts_amounts_have_two_decimals() -> None:
    body = {"message": {"attachment": {"type": "template", "payload": RECEIPT}}}
    words = drawn(msgspec.json.encode(body)).words()
    assert "Blue mug x 2" in words
    assert "Discount 50.00" in words
    assert words.endswith("Total 1,502.50")


def test_a_receipts_amount_that_came_as_text_stays_as_it_is() -> None:
    receipt = RECEIPT | {"summary": {"total_cost": "1502.5"}}
    body = {"message": {"attachment": {"type": "template", "payload": receipt}}}
    assert drawn(msgspec.json.encode(body)).words().endswith("Total 1502.5")
