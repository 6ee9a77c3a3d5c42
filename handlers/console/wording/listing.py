"""The list of everything the shop says: canned replies and the bot's own words together."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import msgspec

from bot.language.fold import unaccented
from handlers.console.base import tables
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.look import LANGUAGE_NAMES
from handlers.console.base.tables import Listed
from handlers.console.wording.blocks import Block, blocks, settled
from handlers.console.wording.trying import own_problem, spoken
from replies.words import LANGUAGES, Words, own_words
from repository.database.connection import Connection
from repository.wording import reply_list, wording_edits
from repository.wording.reply_list import ListedCanned, Place, Wanted
from repository.wording.wording_edits import OwnWording

_LETTERS = 160
_MARKS: Mapping[str, str] = {
    "": "Everything",
    "mine": "Changed by me",
    "unused": "Never used",
    "broken": "Broken",
}


class ListForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of the list: a search and filters."""

    q: Annotated[str, Field(label="Search keywords, words and tags", most=100)]
    kind: Annotated[str, Field(label="Kind", choices={"": "All", "canned": "Canned replies", "own": "Bot’s own words"})]
    state: Annotated[str, Field(label="State", choices={"": "On and off", "on": "On", "off": "Off"})]
    language: Annotated[str, Field(label="Language", choices={"": "Both", **LANGUAGE_NAMES})]
    category: Annotated[str, Field(label="Category", most=50)]
    mark: Annotated[str, Field(label="Only", choices=_MARKS)]


FORM = Form(ListForm)


class Key(msgspec.Struct, frozen=True, array_like=True):
    """Where a line stands in the list: by how well it fits, canned replies first, then by keyword and id.

    Attributes:
        tier: How well it fits, 0 best.
        is_own: Whether it is one of the bot's own words.
        keyword: Its keyword; empty for the bot's own words.
        number: `chatbot_replies.id`, or the place among the bot's own words.
    """

    tier: int
    is_own: bool
    keyword: str
    number: int

    @property
    def among_canned(self) -> Place:
        """The same place where only canned replies are: own words stand behind all canned replies of their tier."""
        return Place(self.tier + 1) if self.is_own else Place(self.tier, self.keyword, self.number)


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the list.

    Attributes:
        key: Where it stands.
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

    key: Key
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


async def listing(
    conn: Connection,
    *,
    asked: ListForm,
    filled: Filled,
    admin_id: int,
    place: tables.Place[Key],
    words: Words,
    shop_name: str,
) -> Listed[Row]:
    """A page of the list, what fits the search best first; among equals canned replies before the bot's own words.

    Args:
        conn: An open connection.
        asked: What it shall hold.
        filled: The same as a form.
        admin_id: Who is looking.
        place: Which page.
        words: The bot's words as they are now.
        shop_name: The shop's name, as the words say it.
    """
    wanted = Wanted(
        text=asked.q,
        state=asked.state,
        category=asked.category,
        language=asked.language,
        mark=asked.mark,
        admin_id=admin_id,
    )
    canned = 0 if asked.kind == "own" else await reply_list.count(conn, wanted=wanted)
    own: list[Row] = []
    if asked.kind != "canned":
        mine = await wording_edits.saved_by(conn, admin_id=admin_id) if asked.mark == "mine" else frozenset()
        written = await wording_edits.every(conn)
        own = sorted(_own_rows(asked, written, words, shop_name, mine), key=lambda row: _order(row.key))

    async def fetch(key: Key | None, backwards: bool, limit: int) -> list[Row]:
        rows: list[Row] = []
        if canned:
            behind = key.among_canned if key else None
            read = await reply_list.page(conn, wanted=wanted, limit=limit, place=behind, backwards=backwards)
            rows = [_canned_row(one) for one in read]
        for row in reversed(own) if backwards else own:
            if key is None or (_order(row.key) < _order(key) if backwards else _order(row.key) > _order(key)):
                rows.append(row)
        # Each of the two is in order already, and sorting leaves equals as they are.
        return sorted(rows, key=lambda row: (row.key.tier, row.key.is_own), reverse=backwards)[:limit]

    return await tables.listed(
        place, total=canned + len(own), fetch=fetch, key=lambda row: row.key, filters=filled.address
    )


def _order(key: Key) -> tuple[int, bool, int]:
    """In which order own words stand."""
    return key.tier, key.is_own, key.number


def _canned_row(one: ListedCanned) -> Row:
    return Row(
        key=Key(one.tier, False, one.keyword, one.id),
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
    asked: ListForm, written: list[OwnWording], words: Words, shop_name: str, mine: frozenset[int]
) -> list[Row]:
    by_key = {(one.name, one.language): one for one in written}
    rows: list[Row] = []
    if asked.mark == "unused":
        return rows
    search = unaccented(asked.q)
    for block in blocks().values():
        if asked.category and asked.category != block.group:
            continue
        for language in LANGUAGES:
            theirs = by_key.get((block.name, language))
            if asked.language not in ("", language) or not ((block.name, language) in own_words() or theirs):
                continue
            if asked.mark == "mine" and (theirs is None or theirs.id not in mine):
                continue
            state = "ours" if theirs is None else "yours" if theirs.is_active else "off"
            if asked.state and (state == "off") != (asked.state == "off"):
                continue
            tier = _tier(search, block, words.source(block.name, language))
            if tier is None:
                continue
            is_broken = theirs is not None and own_problem(block, theirs.words, currency=words.currency) is not None
            if asked.mark != "broken" or is_broken:
                key = Key(tier, True, "", len(rows))
                rows.append(_own_row(key, block, language, theirs, state, words, shop_name, is_broken=is_broken))
    return rows


def _own_row(
    key: Key,
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
        key=key,
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
