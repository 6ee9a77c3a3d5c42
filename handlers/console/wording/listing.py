"""The list of everything the shop says: canned replies and the bot's own words together."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from bot.language.fold import unaccented
from handlers.console.wording.blocks import Block, blocks, settled
from handlers.console.wording.trying import own_problem, spoken
from replies.words import LANGUAGES, Words, own_words
from repository.database.connection import Connection
from repository.wording import reply_list, wording_edits
from repository.wording.reply_list import TIERS, ListedCanned, Wanted
from repository.wording.wording_edits import OwnWording

PAGE_SIZE = 50
_LETTERS = 160


class Filters(Wanted, frozen=True, kw_only=True):
    """What the list shall hold: what `Wanted` says, and "canned" or "own" as the kind."""

    kind: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list.

    Attributes:
        pick: What it is called when it is switched: "canned:12", "own:cart.added:en".
        path: Where it is edited, below the console.
        name: Its keyword, or the block in words.
        group: Its category, or the part of the conversation.
        part: "Canned reply", or what the block is: "Message", "Button"...
        language: "en" or "fil".
        words: How it begins.
        state: "on", "off"; for the bot's own words "ours", "yours" or "off" (the merchant's, switched off).
        is_broken: Whether it cannot be used as it is.
        used: How often it has answered; None where that is not counted.
        saved_at: When it was last saved.
        saved_by: By whom, or empty.
    """

    pick: str
    path: str
    name: str
    group: str
    part: str
    language: str
    words: str
    state: str
    is_broken: bool
    used: int | None
    saved_at: datetime | None
    saved_by: str


class Listing(msgspec.Struct, frozen=True):
    """A page of the list.

    Attributes:
        rows: Its lines.
        total: How many fit altogether.
        page: Which page, from 1.
        pages: How many there are.
    """

    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int


async def listing(conn: Connection, *, filters: Filters, page: int, words: Words, shop_name: str) -> Listing:
    """A page of the list, what fits the search best first; among equals canned replies before the bot's own words.

    Args:
        conn: An open connection.
        filters: What it shall hold.
        page: Which page, from 1; the last one where there are not so many.
        words: The bot's words as they are now.
        shop_name: The shop's name, as the words say it.
    """
    canned = [0] * TIERS if filters.kind == "own" else await reply_list.tiers(conn, wanted=filters)
    own: list[list[Row]] = [[] for _ in range(TIERS)]
    if filters.kind != "canned":
        mine = await wording_edits.saved_by(conn, admin_id=filters.admin_id) if filters.mark == "mine" else frozenset()
        for tier, row in _own_rows(filters, await wording_edits.every(conn), words, shop_name, mine):
            own[tier].append(row)
    total = sum(canned) + sum(map(len, own))
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(1, page), pages)
    start, stop = (page - 1) * PAGE_SIZE, page * PAGE_SIZE
    # Each tier holds canned replies and then own words: which stretch of each is on the page?
    plan: list[tuple[str, int, int, int]] = []
    at = canned_before = 0
    for tier in range(TIERS):
        for kind, count in (("canned", canned[tier]), ("own", len(own[tier]))):
            first, last = max(start, at) - at, min(stop, at + count) - at
            if first < last:
                plan.append((kind, tier, first + (canned_before if kind == "canned" else 0), last - first))
            at += count
            canned_before += count if kind == "canned" else 0
    wanted = sum(count for kind, _, _, count in plan if kind == "canned")
    offset = next((first for kind, _, first, _ in plan if kind == "canned"), 0)
    found = iter(await reply_list.page(conn, wanted=filters, offset=offset, limit=wanted))
    rows: list[Row] = []
    for kind, tier, first, count in plan:
        if kind == "own":
            rows += own[tier][first : first + count]
        else:
            rows += [_canned_row(one) for one, _ in zip(found, range(count), strict=False)]
    return Listing(tuple(rows), total, page, pages)


def _canned_row(one: ListedCanned) -> Row:
    return Row(
        pick=f"canned:{one.id}",
        path=f"/replies/canned/{one.id}",
        name=one.keyword,
        group=one.category,
        part="Canned reply",
        language=one.language,
        words=" ".join(one.beginning.split())[:_LETTERS],
        state="on" if one.is_active else "off",
        is_broken=one.is_broken,
        used=one.usage_count,
        saved_at=one.saved_at,
        saved_by=one.saved_by,
    )


def _own_rows(
    filters: Filters, written: list[OwnWording], words: Words, shop_name: str, mine: frozenset[int]
) -> "list[tuple[int, Row]]":
    by_key = {(one.name, one.language): one for one in written}
    found: list[tuple[int, Row]] = []
    if filters.mark == "unused":
        return found
    search = unaccented(filters.text)
    for block in blocks().values():
        if filters.category and filters.category != block.group:
            continue
        for language in LANGUAGES:
            theirs = by_key.get((block.name, language))
            if filters.language not in ("", language) or not ((block.name, language) in own_words() or theirs):
                continue
            if filters.mark == "mine" and (theirs is None or theirs.id not in mine):
                continue
            state = "ours" if theirs is None else "yours" if theirs.is_active else "off"
            if filters.state and (state == "off") != (filters.state == "off"):
                continue
            tier = _tier(search, block, words.source(block.name, language))
            if tier is None:
                continue
            is_broken = theirs is not None and own_problem(block, theirs.words, currency=words.currency) is not None
            if filters.mark != "broken" or is_broken:
                found.append((tier, _own_row(block, language, theirs, state, words, shop_name, is_broken=is_broken)))
    return found


def _own_row(
    block: Block,
    language: str,
    theirs: OwnWording | None,
    state: str,
    words: Words,
    shop_name: str,
    *,
    is_broken: bool,
) -> Row:
    return Row(
        pick=f"own:{block.name}:{language}",
        path=f"/replies/own/{block.name}/{language}",
        name=block.title,
        group=block.group,
        part=block.part,
        language=language,
        words=_spoken(block, language, words.source(block.name, language), words, shop_name)[:_LETTERS],
        state=state,
        is_broken=is_broken,
        used=None,
        saved_at=theirs.updated_at if theirs else None,
        saved_by=theirs.saved_by if theirs else "",
    )


_said: dict[tuple[str, str, str, str], str] = {}
_SAID_MOST = 2000


def _spoken(block: Block, language: str, source: str, words: Words, shop_name: str) -> str:
    """What a block says in this shop, filled once for each wording of it."""
    key = (block.name, language, source, shop_name)
    if key not in _said:
        if len(_said) >= _SAID_MOST:
            _said.clear()
        _said[key] = spoken(settled(block, shop_name=shop_name, language=language), language, words)
    return _said[key]


def _tier(search: str, block: Block, source: str) -> int | None:
    """How well a block fits a search, as `repository.reply_list` has it; None where it does not."""
    if not search:
        return 0
    name, group, said = (unaccented(text) for text in (f"{block.title} {block.name}", block.group, source))
    if not all(word in f"{name} {group} {said}" for word in search.split()):
        return None
    if name == search:
        return 0
    if name.startswith(search):
        return 1
    if search in name:
        return 2
    return 3 if search in said else 5


def shown_filters(filters: Filters) -> Mapping[str, str]:
    """The filters that are set, as an address holds them."""
    names = {"q": filters.text, "kind": filters.kind, "state": filters.state, "category": filters.category}
    names |= {"language": filters.language, "mark": filters.mark}
    return {name: value for name, value in names.items() if value}
