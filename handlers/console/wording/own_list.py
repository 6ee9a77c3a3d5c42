"""The bot's own words in the list of everything the shop says."""

from collections.abc import Iterator, Sequence

import msgspec

from bot.language.fold import unaccented
from handlers.console.base.nouns.listing import BROKEN, OFF, Badge, Key, Part, Row, Rows, in_memory
from handlers.console.base.visit import Visit
from handlers.console.wording.asked import ListForm
from handlers.console.wording.blocks import Block, blocks, settled
from handlers.console.wording.trying import own_problem, spoken
from replies.words import LANGUAGES, Words, own_words
from repository.database.connection import Connection
from repository.wording import wording_edits
from repository.wording.wording_edits import OwnWording

_STATES = {"ours": Badge("our words", "quiet"), "yours": Badge("your words", "good"), "off": OFF}


class OwnPart(Part[ListForm]):
    """The bot's own words: all of them are known, and few."""

    kind = "own"

    async def rows(self, conn: Connection, visit: Visit, asked: ListForm, part: int) -> Rows | None:
        """See `Part`."""
        if asked.kind not in ("", self.kind) or asked.mark == "unused":
            return None
        words = await visit.shop.words(conn, visit.who.words_version)
        shop_name = (await visit.rules(conn)).shop_name
        mine = await wording_edits.saved_by(conn, admin_id=visit.who.id) if asked.mark == "mine" else None
        written = {(one.name, one.language): one for one in await wording_edits.every(conn)}
        found = enumerate(_fitting(asked, written, words, mine))
        return in_memory(
            _row(Key(tier, part, "", number), block, language, theirs, words, shop_name)
            for number, (tier, block, language, theirs) in found
        )

    async def switch(self, conn: Connection, visit: Visit, picks: Sequence[str], *, is_active: bool) -> list[str]:
        """Put the merchant's wordings in the place of ours or take them out; one never written stays ours."""
        action = "switched_on" if is_active else "switched_off"
        changed = []
        for one in await wording_edits.every(conn):
            pick = f"{one.name}:{one.language}"
            if pick in picks and one.is_active != is_active:
                body = msgspec.structs.replace(one.body, is_active=is_active)
                await wording_edits.save(conn, body=body, version=one.version, by=visit.by, action=action)
                changed.append(pick)
        return changed


def _fitting(
    asked: ListForm, written: dict[tuple[str, str], OwnWording], words: Words, mine: frozenset[int] | None
) -> Iterator[tuple[int, Block, str, OwnWording | None]]:
    """How well each block fits, in which language, with the merchant's wording of it where there is one."""
    search = unaccented(asked.q)
    for block in blocks().values():
        if asked.category and asked.category != block.group:
            continue
        for language in LANGUAGES:
            theirs = written.get((block.name, language))
            if asked.language not in ("", language) or not (theirs or (block.name, language) in own_words()):
                continue
            if mine is not None and (theirs is None or theirs.id not in mine):
                continue
            if asked.state and (_state(theirs) == "off") != (asked.state == "off"):
                continue
            tier = _tier(search, block, words.source(block.name, language))
            if tier is not None and (asked.mark != "broken" or _is_broken(block, theirs, words)):
                yield tier, block, language, theirs


def _row(key: Key, block: Block, language: str, theirs: OwnWording | None, words: Words, shop_name: str) -> Row:
    state = _state(theirs)
    return Row(
        key=key,
        pick=f"{block.name}:{language}",
        path=f"/replies/own/{block.name}/{language}",
        name=block.title,
        tags=(block.group,) if block.part == "Message" else (block.part, block.group),
        language=language,
        words=_spoken(block, language, words.source(block.name, language), words, shop_name),
        badge=BROKEN if _is_broken(block, theirs, words) else _STATES[state],
        is_dim=state == "off",
        saved_at=theirs.updated_at if theirs else None,
        saved_by=theirs.saved_by if theirs else "",
    )


def _state(theirs: OwnWording | None) -> str:
    return "ours" if theirs is None else "yours" if theirs.is_active else "off"


def _is_broken(block: Block, theirs: OwnWording | None, words: Words) -> bool:
    return theirs is not None and own_problem(block, theirs.words, currency=words.currency) is not None


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
