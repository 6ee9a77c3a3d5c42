"""The page on which something is done about an order: its form, what the shopper will read, and one button."""

from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from handlers.console.base.forms import Filled
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.orders import telling, wordings
from handlers.console.orders.changes import doing, rehearsal
from handlers.console.orders.changes.actions import ACTIONS, Acting, Action
from handlers.console.orders.changes.refusals import REFUSALS, refusal
from handlers.console.orders.changes.rehearsal import Heard
from handlers.console.orders.order import open_order
from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale
from repository.desk import couriers
from repository.desk.order.opened import Opened
from repository.orders.history import Actor, check_version, last_change

Work = Callable[[Connection], Awaitable[object]]


def actor_of(visit: Visit) -> Actor:
    """Who is there, as histories name them.

    Args:
        visit: Theirs.
    """
    return Actor(visit.who.shown_as, "admin", visit.who.id)


async def show(visit: Visit) -> web.Response:
    """The page of an action."""
    action = _action(visit)
    opened = await _opened(visit, action)
    typed = action.first(opened)
    result = await rehearsal.heard(visit, opened, await _work(visit, action, opened, typed, opened.order.version))
    return await _page(visit, action, opened, action.form.of(typed, version=opened.order.version), result)


async def preview(visit: Visit) -> web.Response:
    """The bubbles of what is typed now."""
    action = _action(visit)
    opened = await _opened(visit, action, is_sent=True)
    typed, filled = action.form.read(visit)
    if filled.is_wrong:
        return rehearsal.answer(visit, rehearsal.SILENT)
    work = await _work(visit, action, opened, typed, opened.order.version)
    return rehearsal.answer(visit, await rehearsal.heard(visit, opened, work))


async def act(visit: Visit) -> web.Response:
    """Do it, once, unless somebody else was faster."""
    action = _action(visit)
    opened = await _opened(visit, action, is_sent=True)
    typed, filled = action.form.read(visit)
    filled = filled.at(visit.version())
    if filled.is_wrong:
        return await _page(visit, action, opened, filled, rehearsal.SILENT, status=422)
    work = await _work(visit, action, opened, typed, visit.version(), is_rehearsal=False)
    try:
        return await carry_out(visit, opened.order.id, work, done=action.done, change=action.change)
    except REFUSALS as refused:
        result = msgspec.structs.replace(rehearsal.SILENT, refusal=refusal(refused, visit.shop.settings.shop_currency))
        return await _page(visit, action, opened, filled, result, status=422)


async def carry_out(visit: Visit, order_id: int, work: Work, *, done: str, change: str) -> web.Response:
    """Do something about an order, and go back to its page; who was second is told who was first.

    Args:
        visit: Of who does it.
        order_id: `orders.id`.
        work: Does it in a transaction; raises `Stale` where the order is not as it was seen.
        done: What to say.
        change: What `Change.what` will be, so that a second click is known for one.
    """
    path = f"/orders/{order_id}"
    try:
        await visit.write(work)
    except Stale as stale:
        async with visit.shop.database.connection() as conn:
            last = await last_change(conn, order_id=order_id)
        if last and last.by == visit.who.shown_as and last.what == change and last.seconds < 60:
            return visit.to(path, Notice(done))  # their own second click
        told = telling.changed_by(last.by, last.what, last.seconds) if last else f"{stale.saved_by} changed this"
        return visit.to(path, Notice(f"{told}. Nothing of yours was done: this is how it is now.", is_bad=True))
    visit.shop.queue_fed.set()
    return visit.to(path, Notice(done))


def _action(visit: Visit) -> Action:
    key = visit.request.match_info["do"]
    if key not in ACTIONS:
        raise NotFound(key)
    return ACTIONS[key]


async def _opened(visit: Visit, action: Action, *, is_sent: bool = False) -> Opened:
    """The order; somebody who comes too late is sent to its page, unless the work itself will say why."""
    order_id = visit.number("id")
    async with visit.shop.database.connection() as conn:
        opened = await open_order(conn, order_id)
    if action.step not in doing.steps(opened) and not is_sent:
        state = wordings.fulfilment_badge(opened.order.status).text
        raise Declined(f"That cannot be done now: the order is “{state}”.", f"/orders/{order_id}")
    return opened


async def _work(
    visit: Visit, action: Action, opened: Opened, typed: msgspec.Struct, version: int, *, is_rehearsal: bool = True
) -> Work:
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
    acting = Acting(opened, typed, actor_of(visit), rules, is_rehearsal)

    async def work(conn: Connection) -> None:
        await check_version(conn, order_id=opened.order.id, opened=version)
        await action.work(conn, acting)

    return work


async def _page(
    visit: Visit, action: Action, opened: Opened, form: Filled, result: Heard, *, status: int = 200
) -> web.Response:
    async with visit.shop.database.connection() as conn:
        known = await couriers.couriers(conn)
    fields = dict(form.fields)
    if action.step is doing.CONFIRM and not opened.order.needs_verification:
        fields.clear()
    return await visit.page(
        "act.html",
        status=status,
        action=action,
        opened=opened,
        order=opened.order,
        form=form,
        fields=fields,
        couriers=[one.name for one in known],
        tried=result.tried,
        refusal=result.refusal,
        words=wordings,
        name=wordings.called(opened.shopper.name, opened.shopper.id),
    )
