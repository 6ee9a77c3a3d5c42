"""The table of dialogs: whole, without doubles, and an answer for everything everywhere."""

import inspect
import random
from collections.abc import Callable
from decimal import Decimal
from typing import get_args

import msgspec
import pytest

from bot.messenger.checks import check_message
from bot.messenger.parts import Answer, Booking, OrderedProduct
from dialogs.checkout.questions import EXTRAS
from dialogs.conversation import TABLE, dump_state, load_state, offer_menu, step_for
from dialogs.engine import heard, sent
from dialogs.engine.heard import Heard
from dialogs.engine.run import Turn
from dialogs.engine.sent import Edited, Reacted, TookBack
from dialogs.engine.state import Idle, State
from dialogs.engine.table import Dialog, On, Table
from dialogs.states import (
    AnyState,
    AskingExtra,
    InCheckout,
    ReviewingOrder,
)
from dialogs.states_looking import (
    BrowsingCategory,
    ChoosingVariant,
    Searching,
)
from replies.codec import PAYLOAD_MOST, Tap
from replies.payloads import CODEC, TAPS
from replies.render import render
from replies.words import LANGUAGES
from repository.catalogue import products
from repository.database.errors import UnknownProduct
from repository.orders import addresses, carts, placed_orders, shipping
from repository.orders.coming import suki
from repository.orders.coming.suki import Usual
from repository.orders.placed_orders import OrderPage
from repository.payments import proofs
from tests.dialogs.stock import AWAITING, CART, COD_AWAITING, HOME, MUG, NO_CART, SHIRT, SHOP, SUMMARY, ZONES
from tests.support.chat import WORDS, Chat, a_turn, decide
from tests.support.workers.rows import rows

STATES: tuple[type[State], ...] = get_args(AnyState)
KINDS = [
    kind
    for kind in (*vars(heard).values(), *vars(sent).values())
    if isinstance(kind, type) and issubclass(kind, Heard) and kind is not Heard
]
SILENT = (Reacted, Edited, TookBack)
"""What needs no answer outside of checkout: a heart, words that were changed to the same, a message that is gone."""
ROWS = [(dialog, row) for dialog in TABLE.dialogs for row in dialog.rows]


def example(kind: type[msgspec.Struct]) -> msgspec.Struct:
    """One of this kind, its required fields filled."""
    filled = {
        str: "kitchen", int: 7, bool: True, tuple[str, ...]: ("KIT-1",), tuple[int, ...]: (7,),
        tuple[tuple[int, str], ...]: ((1, "small"), (1, "large")),
        tuple[OrderedProduct, ...]: (OrderedProduct(retailer_id="KIT-1"),),
        tuple[Answer, ...]: (Answer(key="name", value="Ana"),),
        Booking: Booking(status="requested", starts=1_765_000_000, timezone="Asia/Manila"),
    }  # fmt: skip
    fields = {field.name: filled[field.type] for field in msgspec.structs.fields(kind) if field.required}
    return kind(**fields)


def test_a_second_row_for_a_pair_is_refused() -> None:
    row = On(Idle, TAPS[0], offer_menu)
    with pytest.raises(ValueError, match="a second row"):
        Table((Dialog("a", (row,)), Dialog("b", (row,))))


@rows("state", STATES, ids=lambda kind: kind.__name__)
def test_every_state_is_named_by_a_row_or_is_where_only_the_common_rows_hold(state: type[State]) -> None:
    free = {"Idle", "BrowsingCategories", "ReviewingCart"}
    assert state in TABLE.states or state.__name__ in free


@rows("kind", [*TAPS, *KINDS], ids=lambda kind: kind.__name__)
def test_everything_that_can_be_heard_has_a_row_for_every_state(kind: type[msgspec.Struct]) -> None:
    for state in STATES:
        standing = example(state)
        assert isinstance(standing, State)
        assert TABLE.find(standing, example(kind)), f"{state.__name__} has no answer to {kind.__name__}"


@rows("state", STATES, ids=lambda kind: kind.__name__)
def test_every_pair_gets_an_answer_that_messenger_takes(state: type[State]) -> None:
    standing = example(state)
    assert isinstance(standing, State)
    for kind in (*TAPS, *KINDS):
        decided, _ = decide(standing, example(kind), SHOP, a_turn())
        assert load_state(dump_state(decided.state)) == decided.state
        for language in LANGUAGES:
            messages = render(decided.replies, WORDS, language)
            least = 0 if kind in SILENT and not issubclass(state, InCheckout) else 1
            assert least <= len(messages) <= 3, f"{kind.__name__}: {len(messages)} messages"
            for message in messages:
                assert check_message(message.payload()) == []


def test_every_step_is_told_apart_by_its_name_and_says_what_it_does() -> None:
    for dialog, row in ROWS:
        assert inspect.iscoroutinefunction(row.step), f"{dialog.name}: {row.step}"
        assert row.step.__doc__
        assert next(iter(inspect.signature(row.step).parameters)) == "state"
        assert inspect.signature(row.step).parameters["turn"].annotation in (Turn, "Turn")


def test_unheard_of_things_are_answered_with_the_menu() -> None:
    class Unheard(msgspec.Struct):
        pass

    decided, _ = decide(Idle(), Unheard(), {}, a_turn())
    assert step_for(Idle(), Unheard()) is offer_menu
    assert decided.replies


@rows("tap", TAPS, ids=lambda kind: kind.__name__)
def test_every_tap_packs_and_unpacks(tap: type[Tap]) -> None:
    for one in (example(tap), _with_odd_texts(tap)):
        assert isinstance(one, Tap)
        payload = CODEC.pack(one)
        assert len(payload.encode()) <= PAYLOAD_MOST
        assert CODEC.unpack(payload) == one


def test_no_tap_carries_a_price_or_a_persons_name() -> None:
    for tap in TAPS:
        names = set(tap.__struct_fields__)
        assert not names & {"price", "total", "amount", "name", "recipient", "phone"}
        assert Decimal not in {field.type for field in msgspec.structs.fields(tap)}


LEGACY = {
    "MAIN_MENU": "OpenMenu()",
    "VIEW_PRODUCTS": "BrowseCategories(page=1, within=0)",
    "CATEGORY_kitchen-dining": "OpenCategoryNamed(slug='kitchen-dining')",
    "CATEGORY_12": "OpenCategoryNamed(slug='12')",
    "PRODUCT_7": "OpenProduct(product_id=7)",
    "ORDER_61": "OpenOrder(order_id=61)",
    "SHOW_MORE": "ShowMore()",
    "SHOW_PREVIOUS": "ShowPrevious()",
    "SHIPPING_INFO": "ShippingInfo()",
    "VIEW_PROMOS": "ViewPromos()",
    "PAY_COD": "PayWith(method='cod')",
    "PAY_GCASH": "PayWith(method='gcash')",
    "PAY_BANK": "PayWith(method='bank_transfer')",
    "CONFIRM_ORDER": "Confirm(nonce='')",
    "CANCEL_ORDER": "Cancel()",
    "VERIFY_ID_61": "VerifyOrder(order='61', kind='id', method='')",
    "VERIFY_UPFRONT_ORD-20261125-K7M2Q9": "VerifyOrder(order='ORD-20261125-K7M2Q9', kind='upfront', method='')",
    "PAY_UPFRONT_GCASH_61": "VerifyOrder(order='61', kind='upfront', method='gcash')",
    "PAY_UPFRONT_MAYA_61": "VerifyOrder(order='61', kind='upfront', method='paymaya')",
    "PAY_UPFRONT_BANK_61": "VerifyOrder(order='61', kind='upfront', method='bank_transfer')",
}


@rows(("payload", "meaning"), list(LEGACY.items()))
def test_every_payload_of_the_earlier_bot_decodes(payload: str, meaning: str) -> None:
    assert repr(CODEC.unpack(payload)) == meaning


@rows("payload", LEGACY)
@rows("state", STATES, ids=lambda kind: kind.__name__)
def test_every_payload_of_the_earlier_bot_is_answered_everywhere(payload: str, state: type[State]) -> None:
    standing = example(state)
    assert isinstance(standing, State)
    assert Chat(SHOP, state=standing).presses(payload).titles


@pytest.mark.parametrize(
    "payload",
    ["", ":", "open_product:x", "open_product:7:8", "PRODUCT_", "PRODUCT_99999999999", "CATEGORY_", "é:1", "a" * 999],
)
def test_a_payload_that_means_nothing_decodes_to_nothing(payload: str) -> None:
    assert CODEC.unpack(payload) is None
    assert Chat(SHOP).presses(payload).titles


@pytest.mark.parametrize(
    "state",
    [
        Idle(),
        Searching(text="mug: “blue” 🫖", page=3),
        ChoosingVariant(product_id=8, buying=True, origin=BrowsingCategory(category_id=3, page=2)),
        ReviewingOrder(nonce="n", total=Decimal("10.50")),
    ],
)
def test_a_state_comes_back_as_it_was_stored(state: State) -> None:
    assert load_state(dump_state(state)) == state


@pytest.mark.parametrize(
    "stored", ["", "{}", "null", "[1]", '{"at":"gone.forever"}', '{"at":"product"}', "{" * 5000, "\x00"]
)
def test_a_state_that_no_longer_decodes_is_idle(stored: str) -> None:
    assert load_state(stored) == Idle()


def test_a_shopper_who_does_anything_at_all_is_always_answered_and_comes_everywhere() -> None:
    chance = random.Random(7)
    words = [
        "menu",
        "mug",
        "yes",
        "no",
        "back",
        "cancel",
        "2",
        "?",
        "change address",
        "pa change ng number 09171234567",
    ]
    words += ["12 Mabini St, Brgy San Roque, Marikina", "paalis ng mug", "ang ganda", "⭐⭐⭐⭐ sulit", "return ko po"]
    two = (SUMMARY, msgspec.structs.replace(SUMMARY, id=62, order_number="ORD-20261126-P3R8T2YZ"))
    given = [
        "Ana",
        "09171234567",
        "12 Mabini",
        "San Jose",
        "Bulacan",
        "skip",
        "cod",
        "yes",
        "add promo",
        "change",
        "change schedule",
    ]
    may_differ: dict[Callable[..., object], tuple[object, ...]] = {
        products.product: (MUG, SHIRT, UnknownProduct()),
        addresses.addresses: ((), (HOME,)),
        suki.usual: (Usual(), Usual(addresses=(HOME,)), Usual(addresses=(HOME,), method="cod", tier="gold")),
        shipping.zones: (ZONES, ZONES[-1:]),
        carts.cart: (CART, CART, CART, NO_CART),
        placed_orders.orders: tuple(OrderPage(items=items, page=1, pages=1) for items in (two[:1], two[:1], two)),
        proofs.awaiting: ((), (COD_AWAITING,), (COD_AWAITING, AWAITING)),
    }
    visited: set[type[State]] = set()
    chat = Chat(SHOP, skips_extras=False)
    for _ in range(8000):
        chat.answers |= {function: chance.choice(answers) for function, answers in may_differ.items()}
        if isinstance(chat.state, InCheckout) and chance.random() < 0.7:
            chat.says(chance.choice(given))
        elif chat.offered and chance.random() < 0.6:
            chat.presses(chance.choice(chat.offered).payload)
        elif chance.random() < 0.1:
            chat.sends("image", url="https://x.fbcdn.net/1.jpg", file_id=chance.choice((3, 4)))
        elif chance.random() < 0.3:
            chat.presses(CODEC.pack(example(chance.choice(TAPS))))  # type: ignore[arg-type]  # an example of a tap
        else:
            chat.says(chance.choice(words))
        visited.add(type(chat.state))
    assert visited == set(STATES) - ({AskingExtra} if not EXTRAS else set())


def test_no_dialog_imports_another() -> None:
    homes = {dialog: inspect.getmodule(dialog.rows[0].step) for dialog in TABLE.dialogs}
    names = {module.__name__ for module in homes.values() if module}
    assert len(names) == len(TABLE.dialogs)
    for module in homes.values():
        assert module
        imported = {value.__module__ for value in vars(module).values() if hasattr(value, "__module__")}
        assert not (imported & names) - {module.__name__}


def _with_odd_texts(tap: type[Tap]) -> msgspec.Struct:
    fields = {field.name: "a:b %3A|é ñ" for field in msgspec.structs.fields(tap) if field.type is str}
    return msgspec.structs.replace(example(tap), **fields)
