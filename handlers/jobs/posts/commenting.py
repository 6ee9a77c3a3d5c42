"""The comments below the page's posts, from the first look at each to its private reply: one process of all does it.

Claims are made in the order in which comments were written, so one process reads them, by a lease that others take
over once it is silent. Private replies are sent as many at once as Facebook takes in an hour; the others wait in line.
"""

import asyncio
from datetime import datetime
from decimal import Decimal
from functools import partial

from bot.base import logs
from bot.language.texts import is_filipino
from bot.messenger.commenting import read_post
from bot.messenger.errors import GraphError
from bot.messenger.limits import COMMENT_DAYS, PRIVATE_REPLIES
from handlers.jobs.posts import comments as reading
from handlers.outbound.privately import Privately
from handlers.outbound.ways import Ways
from handlers.turns.commented import go_on
from handlers.turns.in_force import Shop
from handlers.turns.spoken import plain_text
from replies.base import Reply
from replies.comments import CommentKinds, CommentLimit, CommentLines, CommentOffer, CommentPublic, CommentWhich
from replies.parts import clock_time
from replies.render import render
from repository.catalogue import products
from repository.catalogue.products import Product
from repository.database.connection import Connection
from repository.database.errors import DatabaseError, UnknownProduct
from repository.posts import answers, comments, due, limits, posts, public
from repository.posts.answers import ToAnswer, Wanted
from repository.posts.comments import NewComment
from repository.posts.posts import Unknown
from repository.rules import Rules
from repository.work import jobs

_log = logs.get("comments")
AT_ONCE = 10
"""Private replies that are under way at the same time."""
POSTS_AT_ONCE = 5
PATIENCE = 1.5
"""Seconds that Facebook has to tell what a post says."""


class Commenting:
    """Sees to comments, as one of any number of processes.

    Args:
        shop: The shop.
        ways: To Facebook, one for each page.
        settles: Seconds that comments may come in one before the other.
    """

    def __init__(self, shop: Shop, ways: Ways, *, settles: float = comments.SETTLES_S) -> None:
        self._shop = shop
        self._ways = ways
        self._settles = settles
        self._privately = Privately(shop.database, ways)
        self._has_lease = False

    async def run_due(self) -> None:
        """Do what is due now. Costs one question where nothing is.

        Raises:
            DatabaseError: The database cannot be asked; what was begun is undone and stays due.
        """
        database = self._shop.database
        async with database.connection() as conn:
            if not await due.has_work(conn, learns=self._ways.of() is not None):
                await self._rest(conn)
                return
            if not await due.take_lease(conn, first=not self._has_lease):
                return
            self._has_lease = True
            rules = await self._shop.rules(conn, (await jobs.due(conn)).rules_version)
        await self._learn_posts()
        await self._read(rules)
        await self._end_claims(rules)
        await self._send(rules)
        await self._say_publicly()

    async def stop(self) -> None:
        """Let another process go on."""
        async with self._shop.database.connection() as conn:
            await self._rest(conn)

    async def _rest(self, conn: Connection) -> None:
        if self._has_lease:
            self._has_lease = False
            await due.give_lease_back(conn)

    async def _learn_posts(self) -> None:
        """Ask Facebook what posts say that have comments, each once, and tie the products that their words name."""
        if self._ways.of() is None:
            return
        async with self._shop.database.connection() as conn:
            unknown = await posts.to_learn(conn, most=POSTS_AT_ONCE)
        told = await asyncio.gather(*(self._words_of(post) for post in unknown))
        for post, words in zip(unknown, told, strict=True):
            async with self._shop.database.transaction() as conn:
                await posts.learn(conn, post=post.id, words=words)

    async def _words_of(self, post: Unknown) -> str:
        """What a post says; empty where Facebook does not tell, or not at once: no comment waits for it."""
        page = post.post_id.partition("_")[0]
        graph = None if self._ways.is_strange(page) else self._ways.of(page)
        if post.words or graph is None:
            return post.words
        try:
            async with asyncio.timeout(PATIENCE):
                return (await read_post(graph, post.post_id)).message
        except (GraphError, TimeoutError) as error:
            _log.info("a post is not told", kind=type(error).__name__)
            return ""

    async def _read(self, rules: Rules) -> None:
        database = self._shop.database
        while True:
            async with database.connection() as conn:
                waiting = await comments.unread(conn, days=COMMENT_DAYS, settles=self._settles)
                if waiting:
                    await due.take_lease(conn, first=False)
            for comment in waiting:
                await self._read_one(comment, rules)
            if len(waiting) < comments.AT_ONCE:
                return

    async def _read_one(self, comment: NewComment, rules: Rules) -> None:
        database = self._shop.database
        try:
            await database.retry(partial(reading.read_next, comment=comment, rules=rules, is_ours=self._shop.is_ours))
        except DatabaseError:
            raise
        except Exception as error:  # noqa: BLE001  (one comment must not keep the others from being read)
            _log.error("a comment could not be read", error=type(error).__name__, exc_info=error)
            async with database.connection() as conn:
                await comments.note_unreadable(conn, comment=comment.id, kind=type(error).__name__)

    async def _end_claims(self, rules: Rules) -> None:
        database = self._shop.database
        async with database.connection() as conn:
            over, lines = await due.claims_over(conn), await due.lines_due(conn)
        for claim in over:
            await database.retry(partial(reading.end_claims, claim=claim, rules=rules))
        for line in lines:
            await database.retry(partial(reading.serve, line=line, rules=rules))

    async def _send(self, rules: Rules) -> None:
        database = self._shop.database
        while rules.comments_answered and self._privately.can_send:
            async with database.transaction() as conn:
                left = await answers.left(conn, most=PRIVATE_REPLIES)
                taken = await answers.take(conn, most=min(left, AT_ONCE), minutes=rules.claim_minutes) if left else []
            if not taken:
                return
            await asyncio.gather(*(self._try_to_answer(one, rules) for one in taken))
            async with database.connection() as conn:
                await due.take_lease(conn, first=False)

    async def _try_to_answer(self, to: ToAnswer, rules: Rules) -> None:
        try:
            await self._answer(to, rules)
        except DatabaseError as error:  # it is sent again once its time is over
            _log.warning("private reply put off", error=type(error).__name__)
        except Exception as error:  # noqa: BLE001  (one comment must not keep the others from their answers)
            _log.error("private reply failed", error=type(error).__name__, exc_info=error)
            await self._privately.stumbled(to, type(error).__name__)

    async def _answer(self, to: ToAnswer, rules: Rules) -> None:
        database = self._shop.database
        async with database.connection() as conn:
            reply = await self._reply(conn, to)
            words = await self._shop.words(conn, (await jobs.due(conn)).words_version)
        language = "fil" if is_filipino(to.words) else to.language or self._shop.settings.shop_locale
        language = rules.spoken(language)
        message = render([reply], words, language)[0].payload()
        psid = await self._privately.send(to, message, publicly=rules.comments_public)
        if psid:
            async with database.transaction() as conn:
                await go_on(conn, psid)

    async def _reply(self, conn: Connection, to: ToAnswer) -> Reply:
        """What a comment is answered, as things stand now."""
        first_name = first_name_of(to.from_name)
        wanted = await answers.wanted(conn, comment=to.id)
        shown: list[tuple[Wanted, Product]] = []
        for one in wanted:
            try:
                shown.append((one, await products.product(conn, product_id=one.product_id)))
            except UnknownProduct:
                continue
        if not shown:
            tied = await comments.tied(conn, post=to.post)
            names = await comments.names(conn, product_ids=[one.product_id for one in tied])
            return CommentWhich(
                comment=to.id, first_name=first_name, products=tuple(names), names=tuple(names.values())
            )
        above = [(one, product) for one, product in shown if one.status == "over"]
        shown = [(one, product) for one, product in shown if one.status != "over"]
        most = to.most_each if above else 0
        if not shown:
            return await self._limit(conn, to, *above[0])
        if len(shown) == 1:
            return self._one(to, *shown[0], most=most)
        until = min((one.held_until for one, _ in shown if one.held_until and one.status == "held"), default=None)
        return CommentLines(
            comment=to.id,
            first_name=first_name,
            products=tuple(_called(one, product) for one, product in shown),
            quantities=tuple(_pieces(one, product) for one, product in shown),
            total=sum((_price(one, product) * _pieces(one, product) for one, product in shown), Decimal(0)),
            until=self._time(until),
            most=most,
        )

    async def _limit(self, conn: Connection, to: ToAnswer, one: Wanted, product: Product) -> Reply:
        had = await limits.had(conn, comment=to.id, product_id=one.product_id)
        return CommentLimit(
            comment=had.comment,
            first_name=first_name_of(to.from_name),
            product_id=product.id,
            category_id=product.category_id,
            product=product.name,
            most=to.most_each,
            held=had.held,
            until=self._time(had.held_until),
            ordered=had.ordered,
        )

    def _one(self, to: ToAnswer, one: Wanted, product: Product, *, most: int) -> Reply:
        first_name = first_name_of(to.from_name)
        if one.status == "asked":
            return CommentKinds(comment=to.id, first_name=first_name, product=product, quantity=one.wanted)
        variant = next((each for each in product.variants if each.id == one.variant_id), None)
        pieces = _pieces(one, product)
        return CommentOffer(
            comment=to.id,
            first_name=first_name,
            product_id=product.id,
            category_id=product.category_id,
            product=product.name,
            variant=variant.value if variant else "",
            quantity=pieces,
            wanted=one.wanted,
            total=_price(one, product) * pieces,
            until=self._time(one.held_until) if one.status == "held" else "",
            place=one.ahead + 1 if one.status == "waiting" else 0,
            most=most,
        )

    def _time(self, moment: datetime | None) -> str:
        return clock_time(moment.astimezone(self._shop.database.offset)) if moment else ""

    async def _say_publicly(self) -> None:
        if not self._privately.can_send:
            return
        async with self._shop.database.transaction() as conn:
            to_say = await public.public_due(conn, most=AT_ONCE)
        if not to_say:
            return
        async with self._shop.database.connection() as conn:
            words = await self._shop.words(conn, (await jobs.due(conn)).words_version)
            held = {one.id for one in to_say if await public.is_next(conn, comment=one.id)}
        for one in to_say:
            reply = CommentPublic(first_name=first_name_of(one.from_name), is_next=one.id in held)
            language = "fil" if is_filipino(one.words) else self._shop.settings.shop_locale
            spoken = self._shop.rules_known.spoken(language)
            said = plain_text([message.payload() for message in render([reply], words, spoken)])
            await self._privately.say_publicly(one, said)


def first_name_of(name: str) -> str:
    """How somebody is spoken to whom Facebook calls by a whole name.

    Args:
        name: First and last name, or empty.
    """
    return name.split(maxsplit=1)[0][:40] if name.split() else ""


def _price(one: Wanted, product: Product) -> Decimal:
    return next((variant.price for variant in product.variants if variant.id == one.variant_id), product.price)


def _pieces(one: Wanted, product: Product) -> int:
    """How many pieces can be ordered now of what is claimed."""
    if one.status in ("held", "waiting"):
        return one.held
    left = next((variant.left for variant in product.variants if variant.id == one.variant_id), product.left)
    return min(one.wanted, left)


def _called(one: Wanted, product: Product) -> str:
    value = next((variant.value for variant in product.variants if variant.id == one.variant_id), "")
    return f"{product.name} ({value})" if value else product.name
