"""Who else answers for the page by itself: shoppers would hear two."""

from collections.abc import Sequence

from bot.base import clock
from handlers.doctor.facebook import GROUP
from handlers.doctor.looks import Look, good, judged
from handlers.inbound.others import PAGE_INBOX
from repository.chats import automations
from repository.chats.automations import KEPT, Automation
from repository.chats.inbox import FOREIGN
from repository.database.connection import Connection
from repository.database.scalars import number

WHAT = "Automations beside the bot"
_QUOTED = 60


async def look_at_voices(conn: Connection) -> list[Look]:
    """What the page has said of late that neither this program nor a person wrote.

    Args:
        conn: An open connection.
    """
    return judge_voices(await automations.found(conn, since=clock.now() - KEPT))


def judge_voices(found: Sequence[Automation]) -> list[Look]:
    """What to do about what the page says by itself.

    Args:
        found: What it says, the latest first.
    """
    if not found:
        return [good(GROUP, WHAT, "none was heard")]
    return [
        Look(
            group=GROUP,
            what=WHAT,
            light="warning",
            found=_quoted(one),
            what_to_do=(
                "In Meta Business Suite open Inbox, Automations, and switch it off (instant reply, away message, "
                "comment to message, Business Agent): shoppers hear two answers."
                if one.app_id in ("", PAGE_INBOX)
                else f"Switch it off in the app {one.app_id}, or take that app off the page: shoppers hear two answers."
            ),
        )
        for one in found
    ]


def _quoted(one: Automation) -> str:
    words = f"“{one.words[:_QUOTED]}{'…' if len(one.words) > _QUOTED else ''}”" if one.words else "a picture"
    how = "within two seconds of the shopper's message" if one.hasty else "to one shopper after the other"
    return f"{words}, {how}; it does not quiet the bot"


async def look_at_strangers(conn: Connection) -> list[Look]:
    """Whether events come of pages that the shop does not answer on.

    Args:
        conn: An open connection.
    """
    count = await conn.value(
        "SELECT COUNT(DISTINCT page_id) FROM webhook_events FORCE INDEX (ix_webhook_events_kind)"
        " WHERE kind = %(kind)s AND received_at > NOW() - INTERVAL 1 DAY",
        kind=FOREIGN,
    )
    strangers = number(count)
    found = f"{strangers} in the last day: what they say is kept, not answered" if strangers else "none"
    todo = "Connect it under Facebook page, More pages, or take this shop's app off that page."
    return [judged(GROUP, "Pages that are not the shop's", not strangers, found, todo, otherwise="warning")]
