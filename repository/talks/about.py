"""What a shopper's turn was besides words: come by an ad, a changed message, a cart, an emoji on a message."""

import msgspec

from bot.messenger.event import Event
from bot.messenger.events import CustomerInformation, MessageEdit, Reaction, SendCart, Unsend
from bot.messenger.referring import came_from

_DID: dict[type[Event], str] = {
    MessageEdit: "edit",
    Reaction: "reaction",
    Unsend: "unsend",
    CustomerInformation: "form",
    SendCart: "cart",
}


class About(msgspec.Struct, frozen=True):
    """What it was.

    Attributes:
        kind: "edit", "reaction", "unsend", "form", or by what way they came: link, ad, shop, post, product, card, cart.
        title: What stands on the ad or is called what was shared, else what the link carried; or empty.
    """

    kind: str
    title: str = ""


def about(event: Event | None) -> About | None:
    """What a turn's event was besides words; None where it was words, pictures or a tap alone.

    Args:
        event: The event, None where it is not kept any more.
    """
    if event is None:
        return None
    if kind := _DID.get(type(event)):
        return About(kind)
    came = came_from(event)
    if came is None or not came.kind:
        return None
    shared = (one.title or one.code for one in came.goods)
    return About(came.kind, came.ad_title or next(iter((*came.titles, *shared)), "") or came.ref)
