"""A post in its form: what it sells, under which codes, and whether it is a live sale."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated

import msgspec
from aiohttp import web
from msgspec.structs import replace

from bot.language.buying.commenting import read_comment
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.preview import Sentence, Tried
from handlers.console.base.visit import Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from repository.database.connection import Connection
from repository.database.errors import Unfit
from repository.posts import who_got
from repository.posts.goods import read_goods
from repository.posts.post_edits import POSTS, PostBody, id_in, known_products, told_by_facebook
from repository.rules import Rules

HOME = "/posts"
_LINK = (
    "The link of the post, or its number. Easier: comment below the post yourself with another account, and it "
    "appears in the list."
)
_GOODS = "One a line: its number (SKU) or name. A code stands before it with “=”, a variant behind it with “/”."


def _link(typed: str) -> str:
    if not typed or id_in(typed, page_id=""):
        return ""
    return "There is no number in that. Facebook hides it in some links: open the post by its date, and copy that link."


class PostForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a post."""

    title: Annotated[str, Field(label="Name", needed="Please write what you call it.", most=100)]
    post_id: Annotated[
        str,
        Field(
            label="Link or number",
            help=_LINK,
            needed="Please paste the link of the post.",
            most=300,
            check=_link,
            taken="Another entry is about this post.",
        ),
    ]
    is_sale: Annotated[bool, Field(label="Live sale: who comments first holds the pieces")]
    most_each: Annotated[
        int,
        Field(
            label="Pieces of one thing that each person can claim",
            help="Only in a live sale. 0 is no limit.",
            least=0,
            most=10_000,
        ),
    ]
    goods: Annotated[str, Field(label="What it sells", help=_GOODS, rows=8, most=8000)]
    also: Annotated[str, Field(label="Add a product", placeholder="Its number or name", most=255)]
    also_code: Annotated[str, Field(label="under the code", placeholder="A12", most=20)]
    is_active: Annotated[bool, Field(label="Its comments are answered", in_history="State")]


_FORM = Form(PostForm)


class PostEditor(RowEditor[PostBody]):
    """The pages of a post."""

    saved = "Saved. The next comment is read by it."
    last = "Comments stand below it, so it stays. Switch “Its comments are answered” off instead."
    switched_on = "Its comments are answered."
    switched_off = "Its comments are kept, and nobody is answered."

    def blank(self, visit: Visit) -> PostBody:  # noqa: ARG002  (what nouns may ask)
        return PostBody()

    async def stored(
        self,
        visit: Visit,
        one: Opened[PostBody] | None,
        write: Callable[[Connection, PostBody, int], Awaitable[tuple[int, bool]]],
    ) -> web.Response:
        """See `Editor`; a link becomes the post's id."""
        page_id = visit.shop.settings.page_id

        def tidied(body: PostBody) -> PostBody:
            return replace(body, post_id=id_in(body.post_id, page_id=page_id))

        return await super().stored(visit, one, lambda conn, body, version: write(conn, tidied(body), version))

    def title(self, body: PostBody) -> str:
        return body.title or f"Post {body.post_id.rpartition('_')[2]}"

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        """What a comment would get, for each of the first codes."""
        typed = _FORM.typed(filled)
        async with visit.shop.database.connection() as conn:
            try:
                goods = await read_goods(conn, typed.goods)
            except Unfit as wrong:
                return Tried(messages=(), sentences=(Sentence(wrong.sentence, is_new=True),))
            names = await known_products(conn, ids=[one.product_id for one in goods])
        codes = {one.code for one in goods if one.code}
        told = [
            Sentence(
                f"“{one.shown}” is {names.get(one.product_id, one.sku)}{', ' if one.variant else ''}{one.variant}."
            )
            for one in goods[:8]
            if one.code
        ]
        if not goods:
            told.append(Sentence("It sells nothing yet: whoever comments is asked which item they mean."))
        elif len(goods) == 1:
            told.append(Sentence("It sells one thing: “mine”, “sold” and “how much” all mean that."))
        elif not codes:
            told.append(Sentence("Without codes a comment must name the item, such as “mine blue mug”."))
        sample = next((one.shown for one in goods if one.code), "")
        if sample and (picks := read_comment(f"mine {sample} x2", codes).picks):
            told.append(Sentence(f"“mine {sample} x2” asks for {picks[0].quantity} pieces."))
        minutes = (await _rules(visit)).claim_minutes
        if typed.is_sale:
            told.append(Sentence(f"Whoever is first holds the pieces for {minutes} minutes, then the next in line."))
            if typed.most_each:
                pieces = "one piece" if typed.most_each == 1 else f"{typed.most_each} pieces"
                told.append(Sentence(f"Each person can claim {pieces} of one thing, in however many comments."))
        if not typed.is_active:
            told.append(Sentence("Nobody below it is answered.", is_new=True))
        return Tried(messages=(), sentences=tuple(told))

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        words, rows = "", 0
        if "id" in visit.request.match_info:
            words, post_id = await told_by_facebook(conn, subject_id=visit.number("id"))
            rows = await who_got.count(conn, post_id=post_id)
        return {"words": words, "rows": rows, "products": list((await known_products(conn)).values())}


async def _rules(visit: Visit) -> Rules:
    async with visit.shop.database.connection() as conn:
        return await visit.rules(conn)


POST = PostEditor(
    POSTS,
    _FORM,
    template="post.html",
    home=HOME,
    called="post",
    edits="posts.edit",
    views="posts.view",
    deletes="posts.edit",
)


def _tell(visit: Visit, body: PostBody) -> Shown:  # noqa: ARG001  (as lists tell)
    lines = [line for line in body.goods.splitlines() if line]
    words = ", ".join(lines) if lines else "Nothing is tied to it yet."
    return Shown(POST.title(body), words, ("live sale",) if body.is_sale else ())


async def _facts(conn: Connection) -> Mapping[str, object]:
    return {"pace": await who_got.pace(conn)}


LIST = list_of(POST, _tell, template="posts.html", many="posts", facts=_facts)
