"""Posts as merchants tie them to products; the comments below them are read in `comments.py`."""

import re
from collections.abc import Mapping, Sequence

import msgspec
from msgspec.structs import replace

from repository.database.connection import Connection
from repository.database.errors import Unfit
from repository.database.inserting import insert_rows
from repository.database.scalars import number, text
from repository.posts.goods import read_goods
from repository.settings.row import MustStay
from repository.settings.rows import Rows
from repository.staff.by import By
from repository.staff.versions import Noun

_LINKS = re.compile(
    r"(?:story_fbid=|/posts/(?:[^/?]+/)?|/videos/(?:[^/?]+/)?|/reel/|/permalink/|[?&]v=|fbid=)(\d{5,30})", re.ASCII
)
_NUMBER = re.compile(r"(?:\d{1,30}_)?\d{1,40}", re.ASCII)


class PostBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a post that a merchant decides.

    Attributes:
        title: What the merchant calls it.
        post_id: As Facebook names it: the page's number and the post's.
        goods: What it sells, a line each: see `read_goods`.
        also: A product to be put behind the others; kept as one of them.
        also_code: Its code.
        is_sale: Whether it is a live sale, in which a claim holds its pieces.
        most_each: Pieces of one thing that one person can claim in the sale; 0 is no limit.
        is_active: Whether its comments are answered.
    """

    title: str = ""
    post_id: str = ""
    goods: str = ""
    also: str = ""
    also_code: str = ""
    is_sale: bool = False
    most_each: int = 0
    is_active: bool = True


_GOODS = """COALESCE((SELECT GROUP_CONCAT(CONCAT(COALESCE(CONCAT(UPPER(t.code), ' = '), ''), p.sku,
        COALESCE(CONCAT(' / ', v.variant_value), '')) ORDER BY t.id SEPARATOR '\n')
    FROM post_products t JOIN products p ON p.id = t.product_id LEFT JOIN product_variants v ON v.id = t.variant_id
    WHERE t.post = page_posts.id), '')"""
_SHOWN: Mapping[str, str] = {"goods": _GOODS, "also": "''", "also_code": "''"}


class _Posts(Rows[PostBody]):
    def __init__(self) -> None:
        noun = Noun("post", PostBody, audited="post", called=lambda post_id, _: f"post {post_id}", many="posts")
        super().__init__(noun, "page_posts", unique="post_id", order="id DESC")
        self._read = ", ".join(f"{_SHOWN[name]} AS {name}" if name in _SHOWN else name for name in self._columns)
        for name in _SHOWN:
            del self._marks[name]

    async def create(self, conn: Connection, *, body: PostBody, by: By) -> int:
        """See `Rows`; what it sells is written as it is kept."""
        return await super().create(conn, body=await self._resolved(conn, body), by=by)

    async def save(
        self, conn: Connection, *, subject_id: int, body: PostBody, version: int, by: By, action: str = "changed"
    ) -> bool:
        """See `Rows`.

        Raises:
            Unfit: A product is not there, or two have one code.
        """
        await self._lock(conn)
        body = await self._resolved(conn, body)
        return await super().save(conn, subject_id=subject_id, body=body, version=version, by=by, action=action)

    async def write_beside(self, conn: Connection, subject_id: int, body: PostBody) -> None:
        """See `Rows`: what it sells."""
        goods = await read_goods(conn, body.goods)
        await conn.run("DELETE FROM post_products WHERE post = %(id)s", id=subject_id)
        await conn.run("UPDATE page_posts SET asked_at = COALESCE(asked_at, NOW()) WHERE id = %(id)s", id=subject_id)
        if goods:
            await conn.batch(
                insert_rows(
                    "INSERT INTO post_products (post, product_id, variant_id, code)",
                    [(subject_id, one.product_id, one.variant_id, one.code or None) for one in goods],
                )
            )

        # What was written before its codes were tied is read once more.
        await conn.run(
            "UPDATE post_comments SET status = 'new', due_at = NOW(3) WHERE post_id = %(post_id)s"
            " AND status = 'silent' AND kind = 'no_wish' AND written_at > NOW() - INTERVAL 1 DAY",
            post_id=body.post_id,
        )

    async def delete(self, conn: Connection, *, subject_id: int, version: int, by: By) -> int:
        """See `Rows`.

        Raises:
            MustStay: Comments stand below it.
        """
        await self._lock(conn)
        below = (
            "SELECT m.id FROM post_comments m JOIN page_posts p ON p.post_id = m.post_id WHERE p.id = %(id)s LIMIT 1"
        )
        if await conn.value(below, id=subject_id) is not None:
            raise MustStay(self.noun.kind)
        return await super().delete(conn, subject_id=subject_id, version=version, by=by)

    async def _resolved(self, conn: Connection, body: PostBody) -> PostBody:
        added = f"{body.also_code} = {body.also}" if body.also_code and body.also else body.also
        if body.also_code and not body.also:
            raise Unfit("also", "Please write which product has this code.")
        written = "\n".join(part for part in (body.goods, added) if part)
        goods = await read_goods(conn, written)
        return replace(body, goods="\n".join(one.line for one in goods), also="", also_code="")


POSTS = _Posts()


def id_in(typed: str, *, page_id: str) -> str:
    """The id of a post, by its link or its number; empty where there is none in what was typed.

    Args:
        typed: Such as "https://www.facebook.com/shop/posts/122093".
        page_id: The page that is connected.
    """
    match = _LINKS.search(typed)
    number = match[1] if match else typed.strip() if _NUMBER.fullmatch(typed.strip()) else ""
    if not number or "_" in number or not page_id:
        return number
    return f"{page_id}_{number}"


async def known_products(conn: Connection, *, ids: Sequence[int] = ()) -> Mapping[int, str]:
    """What products are called, by `products.id`: these, or the first few hundred that are sold, to pick from.

    Args:
        conn: An open connection.
        ids: Which; none for those to pick from.
    """
    where = "id IN %(ids)s" if ids else "status = 'active'"
    rows = await conn.run(
        f"SELECT id, name FROM products WHERE {where} ORDER BY is_featured DESC, sales_count DESC, id LIMIT 300",
        ids=[*ids, 0],
    )
    return {number(product_id): text(name) for product_id, name in rows.rows}


async def told_by_facebook(conn: Connection, *, subject_id: int) -> tuple[str, str]:
    """What a post says, empty where Facebook has not told, and its id there.

    Args:
        conn: An open connection.
        subject_id: `page_posts.id`.
    """
    rows = await conn.run("SELECT COALESCE(words, ''), post_id FROM page_posts WHERE id = %(id)s", id=subject_id)
    return (text(rows.rows[0][0]), text(rows.rows[0][1])) if rows.rows else ("", "")
