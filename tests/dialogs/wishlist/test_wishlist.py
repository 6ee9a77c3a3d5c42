"""What is kept for later: which words mean what, and what an ordinary turn does not ask."""

from datetime import timedelta

import pytest

from dialogs.engine.heard import Keeps
from dialogs.states import ChangingLine, ReviewingCart
from dialogs.states_looking import ViewingProduct
from dialogs.states_wishlist import ListingWishlist
from replies.taps import GetStarted
from replies.taps_wishlist import NotifyMe
from repository.database.errors import UnknownLine
from repository.orders import carts
from repository.wishlist import listed, waits
from repository.wishlist import saved as wishlists
from repository.wishlist.saved import WishlistFull
from repository.wishlist.waits import Waiting
from tests.dialogs.stock import SHOP
from tests.support.chat import NOON, Chat, a_turn, decide

HERE = ViewingProduct(product_id=7)


@pytest.mark.parametrize(("days", "asked"), [(None, []), (0.9, []), (1, [carts.cart]), (30, [carts.cart])])
def test_only_whoever_was_away_for_long_costs_a_look_into_the_cart(days: float | None, asked: list[object]) -> None:
    before = None if days is None else NOON - timedelta(days=days)
    decided, asks = decide(HERE, GetStarted(), SHOP, a_turn(heard_before=before))
    assert [one.function for one in asks] == asked
    assert [reply.name for reply in decided.replies][1:] == ["unasked.cart_taken_up"] * len(asked)


def test_what_is_said_is_done_with_what_is_on_the_screen() -> None:
    chat = Chat(SHOP, state=HERE).says("save ko muna")
    assert chat.asks[-1].function is wishlists.save
    assert chat.asks[-1].arguments["product_id"] == 7
    chat = Chat(SHOP, state=ChangingLine(line_id=5)).says("save this for later")
    assert (chat.asks[-1].function, chat.asks[-1].arguments["line_id"]) == (wishlists.put_aside, 5)
    chat = Chat(SHOP, state=ListingWishlist()).says("remove the mug")
    assert [one.function for one in chat.asks] == [listed.every, wishlists.drop, listed.page]


def test_what_is_there_is_offered_and_not_waited_for() -> None:
    there = SHOP | {waits.wait_for: Waiting(7, None, "Blue mug", "", 3)}
    decided, _ = decide(HERE, NotifyMe(product_id=7), there, a_turn())
    assert [reply.name for reply in decided.replies] == ["product.detail"]


def test_what_cannot_be_saved_is_said() -> None:
    full = SHOP | {wishlists.put_aside: WishlistFull(most=100), wishlists.save: WishlistFull(most=100)}
    chat = Chat(full, state=ReviewingCart()).says("save the blue mug for later")
    assert "100" in chat.text
    gone = SHOP | {wishlists.drop: UnknownLine("saved 4"), listed.one: UnknownLine("saved 4")}
    for what in ("drop", "take"):
        heard = Keeps(text="alisin yung mug", what=what, goods="mug")
        decided, _ = decide(ListingWishlist(), heard, gone, a_turn())
        assert [reply.name for reply in decided.replies] == ["wishlist.list"]
