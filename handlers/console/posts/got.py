"""Who got what below a post and who was too late, and a claim let go by hand."""

from aiohttp import web

from handlers.console.base.tables import listed, place_in
from handlers.console.base.visit import Notice, Visit, whole
from handlers.console.posts.post import HOME, POST
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.posts import who_got
from repository.posts.post_edits import POSTS
from repository.posts.who_got import GotRow


async def show(visit: Visit) -> web.Response:
    """The comments below a post, the newest first."""
    async with visit.shop.database.connection() as conn:
        one = await POSTS.opened(conn, visit.number("id"))

        async def fetch(key: tuple[int, int] | None, backwards: bool, limit: int) -> list[GotRow]:
            return await who_got.page(conn, post_id=one.body.post_id, limit=limit, key=key, backwards=backwards)

        found = await listed(
            place_in(visit.request.query, tuple[int, int]),
            total=await who_got.count(conn, post_id=one.body.post_id),
            fetch=fetch,
            key=lambda row: (row.id, row.claim),
            filters={},
        )
        pace, sums = await who_got.pace(conn), await who_got.sums(conn, post=one.id)
    return await visit.page(
        "got.html", found=found, pace=pace, sums=sums, name=POST.title(one.body), post=f"{HOME}/{one.id}"
    )


async def release(visit: Visit) -> web.Response:
    """Let a claim go; whoever is next in line gets its pieces."""
    back = f"{HOME}/{visit.number('id')}/got"

    async def work(conn: Connection) -> bool:
        try:
            await who_got.release(conn, claim_id=whole(visit.form.get("claim", "")))
        except NotFound:
            return False
        return True

    if await visit.write(work):
        return visit.to(back, Notice("Let go. Whoever is next in line is told."))
    return visit.to(back, Notice("That claim is over already.", is_bad=True))
