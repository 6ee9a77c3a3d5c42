"""What is stuck in the queues: why, since when, and the two things that a person can do about it."""

from collections.abc import Mapping

from aiohttp import web

from handlers.console.base.tables import listed, place_in
from handlers.console.base.visit import Notice, Visit, whole
from handlers.console.queues.reasons import in_words
from replies.notices import NOTICES
from replies.unasked import UNASKED
from repository.chats.doubts import DAYS, Again, count_again
from repository.database.connection import Connection
from repository.work import stuck
from repository.work.stuck import QUEUES, Stuck

NAMES: Mapping[str, str] = {
    "new_order": "A new order",
    "payment": "A payment",
    "verification": "A verification",
    "fulfillment": "What follows a move",
    "notification": "Notices of an order",
    "RESPONSE": "An answer",
    "UPDATE": "A message",
    "UTILITY": "A template",
    "MESSAGE_TAG": "Words that a person typed",
    "email": "A mail",
    "messenger": "A message to your chat",
    "text": "What a shopper typed",
    "postback": "What a shopper tapped",
    "quick_reply": "What a shopper tapped",
    "attachment": "What a shopper sent",
    "referral": "A shopper who came by a link",
    **{name: kind.about for name, kind in {**NOTICES, **UNASKED}.items()},
}
"""What is stuck, in words, by its queue's own."""


STATES: Mapping[str, tuple[str, str]] = {
    "over": ("given up", "bad"),
    "waits": ("waits", ""),
    "held": ("held: the page cannot send", "bad"),
    "doubt": ("may have arrived", ""),
}
"""How something stands, in words, and how its badge looks."""


async def show(visit: Visit) -> web.Response:
    """The queue that the address names, else the first one in which something is stuck."""
    async with visit.shop.database.connection() as conn:
        depths = await stuck.depths(conn)
        again = conn.read(Again, (await conn.batch(count_again()))[0].rows[0])
        queue = (
            QUEUES.get(visit.request.query.get("queue", ""))
            or QUEUES[next((name for name, depth in depths.items() if depth.stuck), "orders")]
        )
        only_calling = visit.request.query.get("only") == "new"
        calling = await stuck.calling(conn, queue=queue)

        async def fetch(key: int | None, backwards: bool, limit: int) -> list[Stuck]:
            return await stuck.page(
                conn, queue=queue, limit=limit, key=key, backwards=backwards, only_calling=only_calling
            )

        found = await listed(
            place_in(visit.request.query, int),
            total=calling if only_calling else depths[queue.name].stuck,
            fetch=fetch,
            key=lambda one: one.id,
            filters={"queue": queue.name, "only": "new"} if only_calling else {"queue": queue.name},
        )
    return await visit.page(
        "queues.html",
        found=found,
        queue=queue,
        queues=tuple(QUEUES.values()),
        depths=depths,
        calling=calling,
        only_calling=only_calling,
        calling_days=stuck.CALLING_DAYS,
        again=again,
        days=DAYS,
        names=NAMES,
        states=STATES,
        reason=in_words,
    )


async def act(visit: Visit) -> web.Response:
    """Try what was picked again, or drop it."""
    queue = QUEUES.get(visit.form.get("queue", ""))
    if queue is None:
        raise web.HTTPBadRequest
    one = whole(visit.form.get("only_retry", "") or visit.form.get("only_drop", ""))
    ids = [one] if one else [number for pick in visit.several.get("pick", ()) if (number := whole(pick))]
    drops = bool(visit.form.get("only_drop")) or visit.form.get("to") == "drop"

    async def work(conn: Connection) -> list[int]:
        change = stuck.drop if drops else stuck.retry
        return await change(conn, queue=queue, ids=ids, by=visit.by)

    changed = len(await visit.write(work))
    only = "&only=new" if visit.form.get("only") == "new" else ""
    return visit.to(f"/queues?queue={queue.name}{only}", _told(changed, drops=drops))


def _told(changed: int, *, drops: bool) -> Notice:
    if not changed:
        return Notice("Nothing was changed: none of them is stuck any more.", is_bad=True)
    many = "1 is" if changed == 1 else f"{changed} are"
    return Notice(
        f"{many} dropped. Nobody tries {'it' if changed == 1 else 'them'} again." if drops else f"{many} tried again."
    )
