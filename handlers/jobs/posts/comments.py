"""Comments read: what each wants is claimed in the order in which they were written, and its answer queued."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.base import metrics
from bot.language.buying.commenting import CommentRead, read_comment
from bot.messenger.limits import COMMENT_DAYS
from handlers.jobs.posts.wishes import Meant, meant, named_product
from repository.database.connection import Connection
from repository.posts import claims, comments, limits, turns_over
from repository.posts.claims import Claim, Line, Wish
from repository.posts.comments import Earlier, NewComment, Tied
from repository.rules import Rules


async def read_next(conn: Connection, comment: NewComment, rules: Rules, is_ours: Callable[[str], bool]) -> None:
    """Read a comment, claim what it wants, and queue its private reply where it gets one.

    Args:
        conn: A connection in a transaction.
        comment: As it was found; it is looked at again behind its lock.
        rules: The shop's rules.
        is_ours: Whether the shop answers on a page.
    """
    locked = await comments.open_comment(conn, comment=comment.id, days=COMMENT_DAYS)
    if locked is None:
        return
    kind, is_answered = await _read(conn, locked, rules, is_ours)
    await comments.note_read(conn, comment=locked.id, kind=kind, is_answered=is_answered)
    metrics.jobs.labels("comments", kind or "no_wish").inc()


async def _read(
    conn: Connection, comment: NewComment, rules: Rules, is_ours: Callable[[str], bool]
) -> tuple[str, bool]:
    """What a comment is, as the table calls it, and whether it is answered."""
    before = await comments.earlier(conn, comment=comment)
    own = [one for one in before if one.comment == comment.id]
    if not is_ours(comment.page_id):
        return "not_ours", False
    if comment.is_too_old:
        return "too_old", False
    tied = await comments.tied(conn, post=comment.post)
    read = read_comment(comment.words, {one.code for one in tied if one.code})
    if not (read.claims or read.asks):
        await _let_go(conn, await _dropped(conn, comment, read, tied, before) if read.drops else own, rules)
        return "no_wish", False
    wants = await meant(conn, comment.words, read, tied, rules)
    lines = {one.line for one in wants}
    holds = comment.is_sale and read.claims
    gone = [one for one in own if _line(one) not in lines or (holds and one.status == "open")]
    await _let_go(conn, gone, rules)
    before = [one for one in before if one not in gone]
    if comment.edited_at:
        await limits.forget_over(conn, comment=comment.id)
    fresh = await _claim(conn, comment, wants, before, rules, read)
    answers_all = rules.comments_answered and comment.is_answered
    if not fresh and not own and (wants or await comments.is_answered_already(conn, comment=comment)):
        return "again", False
    return "claims" if read.claims else "asks", answers_all


async def _dropped(
    conn: Connection, comment: NewComment, read: CommentRead, tied: Sequence[Tied], before: Sequence[Earlier]
) -> list[Earlier]:
    """The claims that "cancel a12" or "hindi na po" gives back: of what it names, else all of that person on the post.

    A code that stands for one variant gives back that variant only; so does a variant that is said.
    """
    codes = {pick.code for pick in read.picks}
    named = [Line(one.product_id, one.variant_id) for one in tied if one.code in codes]
    if not codes and (one := await named_product(conn, comment.words, read, tied)) is not None:
        named = [Line(one.product_id, one.variant_id)]
    if not codes and not named:
        return list(before)
    return [
        one
        for one in before
        if one.comment == comment.id
        or any(one.product_id == line.product_id and line.variant_id in (None, one.variant_id) for line in named)
    ]


async def _claim(
    conn: Connection,
    comment: NewComment,
    wants: Sequence[Meant],
    before: Sequence[Earlier],
    rules: Rules,
    read: CommentRead,
) -> int:
    """Claim what is not claimed by the same person already; of how much there is something to say."""
    fresh = 0
    is_limited = comment.most_each and read.claims
    had_before = await limits.ordered(conn, post=comment.post, from_id=comment.from_id) if is_limited else {}
    for one in wants:
        had = [claim for claim in before if _line(claim) == one.line or (one.must_choose and _same_product(claim, one))]
        have = sum(claim.wanted for claim in had)
        own = [claim for claim in had if claim.comment == comment.id]
        wanted = one.wanted
        if read.more:
            others = have - sum(claim.wanted for claim in own)
            wanted = min(wanted + others, rules.line_quantity_most)
        if is_limited:
            of_it = sum(claim.wanted for claim in before if _same_product(claim, one) and claim not in had)
            most = max(comment.most_each - of_it - had_before.get(one.line.product_id, 0), 0)
            if wanted > max(most, have) and not await limits.knows_limit(
                conn, comment=comment, product_id=one.line.product_id
            ):
                await claims.note_over(conn, _wish(comment, one, wanted - max(most, have), comment.written_at))
                fresh += 1
            wanted = min(wanted, most)
        missing = wanted - have
        placed_at = comment.written_at if not comment.edited_at else comment.edited_at
        if missing < 0 and own:
            # Fewer than before an edit: the place in the line stays.
            await _let_go(conn, own, rules, serves=False)
            missing, placed_at = wanted - (have - sum(claim.wanted for claim in own)), comment.written_at
        if missing < 1:
            continue
        wish = _wish(comment, one, missing, placed_at)
        await claims.place(conn, wish, holds=comment.is_sale and read.claims, minutes=rules.claim_minutes)
        fresh += 1
    return fresh


def _wish(comment: NewComment, one: Meant, wanted: int, placed_at: datetime) -> Wish:
    return Wish(
        comment=comment.id,
        post=comment.post,
        line=one.line,
        wanted=wanted,
        placed_at=placed_at,
        from_id=comment.from_id,
        must_choose=one.must_choose,
    )


async def _let_go(conn: Connection, gone: Sequence[Earlier], rules: Rules, *, serves: bool = True) -> None:
    for one in gone:
        claim = Claim(one.claim, one.comment, one.product_id, one.variant_id, "held", one.wanted, 0, None)
        if await claims.let_go(conn, claim, status="released") and serves:
            await serve(conn, _line(one), rules)


async def serve(conn: Connection, line: Line, rules: Rules) -> None:
    """Hold what is left of something for those who wait for it, and tell them.

    Args:
        conn: A connection in a transaction.
        line: Of what.
        rules: How long it is held.
    """
    served = await claims.next_in_line(conn, line, minutes=rules.claim_minutes, publicly=rules.comments_public)
    for claim in served:
        await turns_over.tell(conn, claim)


async def end_claims(conn: Connection, claim: Claim, rules: Rules) -> None:
    """End a claim whose time is over or whose comment is gone, and let the next in line have its pieces.

    Args:
        conn: A connection in a transaction.
        claim: Which.
        rules: How long the next one's pieces are held.
    """
    is_over = claim.status == "held" and claim.held_until is not None
    status = await turns_over.ends_as(conn, claim) if is_over else "released"
    if await claims.let_go(conn, claim, status=status):
        await serve(conn, Line(claim.product_id, claim.variant_id), rules)


def _line(one: Earlier) -> Line:
    return Line(one.product_id, one.variant_id)


def _same_product(claim: Earlier, one: Meant) -> bool:
    return claim.product_id == one.line.product_id
