"""A shop of 0.1.0 with a shopper in every state goes on after its upgrade, each conversation where it stood."""

import msgspec
import pytest

from bot.workshop.emulator.shopper import Shopper
from dialogs.conversation import load_state
from dialogs.engine.state import Idle
from tests.conversations.conftest import Shop

ADDRESS = "12 Mabini Street, Poblacion, Makati City, Metro Manila"
STATES = (
    ("idle", "mug", "Here's what I found for “mug”"),
    ("browse.categories", "More", "page 2 of 2"),
    ("browse.category", "More", "Kitchen & Dining (12 items, page 2 of 2)"),
    ("browse.featured", "More", "page 2 of 5"),
    ("search", "Details", "Barako Stoneware Mug"),
    ("product", "Choose options", "Which color"),
    ("product.variant", "Navy", "Added! Barako Stoneware Mug (Tasa) 350 ml (Color: Navy)"),
    ("cart", "Checkout", "Where shall we deliver?"),
    ("cart.line", "3", "3 items"),
    ("cart.empty", "No, keep it", "Barako Stoneware Mug"),
    ("checkout.saved", "Yes, deliver there", "Shipping to Makati"),
    ("checkout.recipient", "Ana Cruz", "Which number can the rider call?"),
    ("checkout.phone", "0917 555 0123", "Where shall we deliver?"),
    ("checkout.address", ADDRESS, "Any landmark"),
    ("checkout.barangay", "San Isidro", "city"),
    ("checkout.city", "Makati", "Any landmark"),
    ("checkout.province", "Batangas", "Any landmark"),
    ("checkout.landmark", "beside the chapel", "Shipping to Makati"),
    ("checkout.zone", "International", "Shipping (International, 10-21 days)"),
    ("checkout.payment", "GCash", "12 Mabini Street, Poblacion, Makati"),
    ("checkout.promo", "Go on without", "Total: ₱233.70, Cash on delivery"),
    ("checkout.change", "Phone", "Which number can the rider call?"),
    ("checkout.review", "yes", "is in."),
    ("order.placed", "See my order", "ORD-2026"),
    ("orders", "See order", "ORD-2026"),
    ("order", "Cancel order", "This can't be undone."),
    ("order.cancel", "Yes, cancel it", "cancelled"),
    ("person", "cart", "Your cart is empty"),
)
"""Where each stands, in the order of their PSIDs, what they say next, and what the answer must hold."""


def psid(number: int) -> str:
    return f"70000000000000{number:02}"


@pytest.mark.parametrize(
    ("number", "state", "says", "hears"),
    [(number, *row) for number, row in enumerate(STATES, start=1)],
    ids=[row[0] for row in STATES],
)
async def test_a_conversation_goes_on_where_it_stood(
    shop: Shop, number: int, state: str, says: str, hears: str
) -> None:
    stored = str(await shop.look("SELECT state FROM conversations WHERE psid = %(psid)s", psid=psid(number)))
    assert msgspec.json.decode(stored)["at"] == state
    assert state == "idle" or load_state(stored) != Idle(), "it is read as what it was"
    ana = Shopper(shop.stage.emulator, psid=psid(number), idle=shop.stage.parts.idle)
    await ana.says(says)
    ana.hears(hears)


def test_every_state_has_a_shopper_in_it() -> None:
    # 28 kinds of 0.1.0; a state that is younger needs none.
    assert len({state for state, _, _ in STATES}) == 28
