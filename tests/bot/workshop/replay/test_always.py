"""What always holds of a turn: each thing that may never be is told, and nothing of what may."""

import msgspec
import pytest

from bot.workshop.replay.always.rows import wrong_rows
from bot.workshop.replay.always.taken import Facts, Taken
from bot.workshop.replay.always.turns import wrong_in
from dialogs.engine.heard import Typed
from dialogs.engine.state import Idle, State
from dialogs.states import (
    AskingAddress,
    AskingLandmark,
    AskingPhone,
    AskingRecipient,
    ChoosingPayment,
    Draft,
    OrderPlaced,
    ReviewingCart,
    ReviewingOrder,
)
from dialogs.states_looking import BrowsingCategory, ViewingProduct
from replies import taps
from repository.workshop.replay.seen import LineRow, OrderRow, Seen
from tests.support.workers.rows import rows

NAMED = Draft(recipient="Ana Cruz")
WITH_PHONE = Draft(recipient="Ana Cruz", phone="+639171234567")
WHOLE = msgspec.structs.replace(
    WITH_PHONE, line1="5 Rizal St", city="Makati", payment_method="cod", asked=("landmark",)
)
LINE: Facts = {"id": 1, "product_id": 3, "variant_id": None, "quantity": 2, "unit_price": "10.00", "total": "20.00"}
CART: Facts = {"lines": [LINE], "subtotal": "20.00", "count": 2}


def turn(
    heard: msgspec.Struct,
    before: State,
    after: State,
    draft: Draft = Draft(),  # noqa: B008 - it is frozen
    draft_after: Draft | None = None,
    *replies: tuple[str, Facts],
    is_quiet: bool = False,
) -> Taken:
    return Taken(
        heard=heard,
        step="a_step",
        before=before,
        after=after,
        draft=draft,
        draft_after=draft if draft_after is None else draft_after,
        replies=replies,
        own_name="Ana Cruz",
        is_quiet=is_quiet,
    )


WRONG = {
    "recipient” was asked, and its answer is known": turn(
        Typed(text="0917 123 4567"), AskingPhone(), AskingRecipient(), NAMED, WITH_PHONE
    ),
    "phone” was asked, and its answer is known": turn(
        Typed(text="0917 123 4567"), AskingPhone(), AskingPhone(), NAMED, WITH_PHONE
    ),
    "landmark” was passed over": turn(taps.Skip(), AskingLandmark(), AskingLandmark(), WITH_PHONE),
    "recipient was known, and is forgotten": turn(
        Typed(text="09171234567"), AskingPhone(), AskingAddress(), NAMED, Draft(phone="+639171234567")
    ),
    "'ben' was never typed": turn(
        Typed(text="Maria Santos"), AskingRecipient(), AskingPhone(), Draft(), Draft(recipient="Ben Santos")
    ),
    "phone number is another than was typed": turn(
        Typed(text="0917 123 4567"),
        *(AskingPhone(), AskingAddress()),
        NAMED,
        Draft(recipient="Ana Cruz", phone="+639170000000"),
    ),
    "Another product was opened": turn(taps.OpenProduct(product_id=3), Idle(), ViewingProduct(product_id=4)),
    "Another category": turn(taps.OpenCategory(category_id=3), Idle(), BrowsingCategory(category_id=4)),
    "gcash was tapped, and cod was kept": turn(
        taps.PayWith(method="gcash"), ChoosingPayment(), ReviewingOrder(), WITH_PHONE, WHOLE
    ),
    "“Back” leads nowhere": turn(taps.GoBack(), AskingPhone(), AskingPhone(), NAMED),
    "Checkout was cancelled, and goes on": turn(taps.Cancel(), AskingPhone(), AskingPhone(), NAMED),
    "answered by nothing": turn(taps.Help(), Idle(), Idle()),
    "An order was placed, and nobody was told": turn(taps.Confirm(), ReviewingOrder(), OrderPlaced(order_id=1), WHOLE),
    "not its pieces times its price": turn(
        taps.OpenCart(),
        *(ReviewingCart(), ReviewingCart()),
        *(Draft(), Draft()),
        ("cart.summary", {"cart": {**CART, "lines": [{**LINE, "total": "30.00"}]}}),
    ),
    "do not add up": turn(
        taps.OpenCart(),
        *(ReviewingCart(), ReviewingCart()),
        *(Draft(), Draft()),
        ("cart.summary", {"cart": {**CART, "subtotal": "21.00"}}),
    ),
}
RIGHT = (
    turn(Typed(text="0917 123 4567"), AskingPhone(), AskingAddress(), NAMED, WITH_PHONE),
    turn(taps.EditCheckout(part="phone"), ReviewingOrder(), AskingPhone(), WHOLE),
    turn(taps.GoBack(), AskingPhone(), AskingRecipient(), NAMED),
    turn(taps.Skip(), AskingLandmark(), ChoosingPayment(), WITH_PHONE, WHOLE),
    turn(taps.OpenCart(), Idle(), ReviewingCart(), Draft(), Draft(), ("cart.summary", {"cart": CART})),
    turn(taps.Help(), Idle(), Idle(), is_quiet=True),
)


@rows("says", WRONG)
def test_what_never_may_be_is_told(says: str) -> None:
    assert says in wrong_in(WRONG[says])


@pytest.mark.parametrize("number", range(len(RIGHT)))
def test_what_may_be_is_not(number: int) -> None:
    assert wrong_in(RIGHT[number]) == ""


def order(**other: object) -> OrderRow:
    whole = OrderRow(7, "ORD-7", "pending", "20.00", "cod", "Ana Cruz", "+639171234567", "5 Rizal St", "Makati", 2)
    return msgspec.structs.replace(whole, **other)


PLACED = ("summary.placed", {"number": "ORD-7", "total": "20.00", "method": "cod"})
CONFIRMED = turn(taps.Confirm(), ReviewingOrder(), OrderPlaced(order_id=7), WHOLE, Draft(), PLACED)
FULL = Seen(cart=(LineRow(1, 3, None, 2),))


@rows(
    ("taken", "before", "now", "says"),
    [
        (CONFIRMED, FULL, Seen(orders=(order(),)), ""),
        (CONFIRMED, FULL, Seen(), "1 orders were called placed"),
        (CONFIRMED, FULL, Seen(orders=(order(total="21.00"),)), "another than was said"),
        (CONFIRMED, FULL, Seen(orders=(order(pieces=1),)), "1 pieces was made of a cart of 2"),
        (CONFIRMED, FULL, Seen(orders=(order(recipient="Ben"),)), "'Ben' where 'Ana Cruz' was agreed"),
        (CONFIRMED, FULL, Seen(orders=(order(),), cart=FULL.cart), "still in the cart"),
        (turn(taps.Help(), Idle(), Idle()), FULL, Seen(), "Help changed the cart"),
        (turn(taps.ConfirmEmptyCart(), ReviewingCart(), ReviewingCart()), FULL, FULL, "is not empty"),
        (
            turn(taps.SetQuantity(1, 3), ReviewingCart(), ReviewingCart(), Draft(), Draft(), ("cart.empty", {})),
            *(FULL, FULL, "was to have 3 pieces, and has 2"),
        ),
        (
            turn(Typed(text="hi"), Idle(), Idle(), Draft(), Draft(), ("orders.cancelled", {"number": "ORD-7"})),
            *(Seen(orders=(order(),)), Seen(orders=(order(),)), "called cancelled, and is not"),
        ),
        (
            turn(Typed(text="hi"), Idle(), Idle()),
            *(Seen(orders=(order(),)), Seen(orders=(order(status="cancelled"),)), "nobody was told of"),
        ),
        (
            turn(taps.TalkToPerson(), Idle(), Idle(), Draft(), Draft(), ("talk.person", {})),
            *(Seen(), Seen(), "nobody is told to answer"),
        ),
        (
            turn(taps.TalkToPerson(), Idle(), Idle(), Draft(), Draft(), ("talk.person", {})),
            *(Seen(), Seen(waits_for_person=True), ""),
        ),
    ],
)
def test_what_is_said_is_in_the_rows(taken: Taken, before: Seen, now: Seen, says: str) -> None:
    wrong = list(wrong_rows(taken, before, now))
    assert says in wrong[0] if says else not wrong
