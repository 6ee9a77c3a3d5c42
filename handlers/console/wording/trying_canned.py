"""What shoppers would see of a canned reply that is still being written."""

from collections.abc import Mapping

import msgspec

from bot.language.phrases.filling import BLANKS
from bot.messenger import limits
from bot.messenger.wording import size
from handlers.console.base.nouns.preview import Tried, as_sent, html_in
from handlers.console.wording.persons import Person
from handlers.console.wording.trying import canned_problem
from replies.browsing import MUG
from replies.chosen import product_values
from replies.environment import money
from replies.render import render
from replies.talk import CannedAnswer
from replies.words import Words
from repository.catalogue import products
from repository.catalogue.products import ProductCard
from repository.database.connection import Connection
from repository.database.errors import Unfit
from repository.wording import attached
from repository.wording.attached import Attached
from repository.wording.canned_rows import CannedBody


async def with_card(conn: Connection, body: CannedBody) -> tuple[Attached, ProductCard | None]:
    """What stands around a reply as far as it is there, and the product on its card.

    Args:
        conn: An open connection.
        body: The reply.
    """
    try:
        around = await attached.found(
            conn,
            picture=body.picture,
            sku=body.sku,
            buttons=body.buttons,
            quick_replies=body.quick_replies,
            language=body.language,
        )
    except Unfit:  # said beside the field when it is saved
        around = Attached(
            picture=body.picture,
            buttons=attached.choices(body.buttons),
            quick_replies=attached.choices(body.quick_replies),
        )
    cards = await products.cards(conn, ids=(around.product_id,)) if around.product_id else ()
    return around, next(iter(cards), None)


def try_canned(
    body: CannedBody, words: Words, whom: Person, *, around: Attached, card: ProductCard | None, shop_name: str
) -> Tried:
    """A canned reply as shoppers would see it.

    Args:
        body: The reply.
        words: The bot's words, for the quick replies below it.
        whom: For whom.
        around: What stands around it.
        card: The product on its card, None for none.
        shop_name: The shop's name.
    """
    problem = canned_problem(body.response, has_product=bool(body.sku))
    if card is not None and whom.is_sold_out:
        card = msgspec.structs.replace(card, left=0)
    around = msgspec.structs.replace(
        around, buttons=around.buttons[: limits.BUTTONS], quick_replies=around.quick_replies[: limits.QUICK_REPLIES]
    )
    answer = CannedAnswer(
        response=body.response,
        values=_values(whom, card, words.currency, shop_name),
        attached=around,
        product=card,
    )
    shown = render([answer], words, body.language) if body.response else []
    texts = len(shown) - bool(around.picture) - (card is not None)
    note = f"This is long: shoppers get it as {texts} messages, one after the other." if texts > 1 else ""
    if body.buttons and texts > 1:
        note = f"Beside buttons Messenger shows {limits.BUTTON_TEXT} characters: what is more goes before, as a text."
    return Tried(
        messages=as_sent(shown),
        count=size(body.response),
        most=limits.BUTTON_TEXT if around.buttons else limits.TEXT,
        line=problem.line if problem else 0,
        reason=problem.reason if problem else "",
        note=note or html_in(body.response),
    )


def _values(whom: Person, card: ProductCard | None, currency: str, shop_name: str) -> Mapping[str, str]:
    """What is known of the one for whom it is shown; of others what is believable."""
    values = {name: blank.example for name, blank in BLANKS.items()} | {"shop_name": shop_name}
    values |= product_values(card or MUG, currency)
    if whom.name is not None:
        values |= {"name": whom.name, "first_name": whom.first_name or ""}
    if whom.order is not None:
        values |= {"order_number": whom.order.order_number, "order_total": money(whom.order.total, currency)}
    return values
