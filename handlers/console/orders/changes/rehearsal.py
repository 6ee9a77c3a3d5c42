"""What the shopper will read, shown before anything is done."""

from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from handlers.console.base.nouns.preview import Tried, as_sent
from handlers.console.base.visit import Visit
from handlers.console.orders.changes.refusals import REFUSALS, refusal
from replies.notices import notice
from replies.render import render
from repository.database.connection import Connection
from repository.database.errors import Stale, TryAgain
from repository.desk.order.opened import Opened
from repository.desk.rehearsing import rehearse


class Heard(msgspec.Struct, frozen=True):
    """What a rehearsal came to.

    Attributes:
        tried: The shopper's messages.
        refusal: Why it would be refused; empty where it would not.
    """

    tried: Tried
    refusal: str = ""


class Shown(msgspec.Struct, frozen=True):
    """The same for `orders.js`."""

    html: str
    refusal: str


SILENT = Heard(Tried(messages=()))


async def heard(visit: Visit, opened: Opened, work: Callable[[Connection], Awaitable[object]]) -> Heard:
    """What the shopper would read if something was done to their order.

    Args:
        visit: Of who would do it.
        opened: The order.
        work: Does it.
    """
    try:
        notices = await rehearse(visit.shop.database, order_id=opened.order.id, work=work)
    except REFUSALS as refused:
        return Heard(Tried(messages=()), refusal(refused, visit.shop.settings.shop_currency))
    except (Stale, TryAgain):
        return SILENT  # whoever does it will be told
    words = await visit.words()
    replies = [reply for one in notices if (reply := notice(one.template_name, one.template_data))]
    return Heard(Tried(messages=as_sent(render(replies, words, opened.order.language))))


def answer(visit: Visit, result: Heard) -> web.Response:
    """The answer to `orders.js`.

    Args:
        visit: Of the preview.
        result: What the rehearsal came to.
    """
    return visit.json(Shown(visit.look.part("_bubbles.html", tried=result.tried), result.refusal))
