"""Chats that have come some way through checkout."""

from dialogs.states import (
    ReviewingOrder,
)
from replies.taps import Checkout
from repository.orders import addresses
from repository.orders.addresses import AddressDraft
from tests.dialogs.stock import SHOP
from tests.support.chat import Chat

ADDRESS = "12 Mabini St, Brgy San Roque, Marikina City 1801"


def drafted(chat: Chat) -> AddressDraft:
    draft = chat.asked(addresses.save)["draft"]
    assert isinstance(draft, AddressDraft)
    return draft


def nonce_of(chat: Chat) -> str:
    assert isinstance(chat.state, ReviewingOrder)
    return chat.state.nonce


def at_payment() -> Chat:
    chat = Chat(SHOP).taps(Checkout())
    return chat.says("Ana Reyes").says("0917 123 4567").says(ADDRESS).taps("Skip")


def at_summary() -> Chat:
    return at_payment().taps("Cash on delivery")
