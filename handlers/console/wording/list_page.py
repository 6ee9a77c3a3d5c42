"""The list of replies, and switching several at once."""

from collections.abc import Sequence

from aiohttp import web

from handlers.console.base.tables import place_in
from handlers.console.base.visit import Notice, Visit
from handlers.console.wording.blocks import blocks
from handlers.console.wording.listing import FORM, Key, listing
from repository.database.connection import Connection
from repository.wording import canned_edits, wording_edits
from repository.wording.wording_edits import WordsBody


async def show(visit: Visit) -> web.Response:
    """The list."""
    asked, filled = FORM.asked(visit.request.query)
    words, shop_name = await visit.words(), await visit.shop_name()
    async with visit.shop.database.connection() as conn:
        rows = await listing(
            conn,
            asked=asked,
            filled=filled,
            admin_id=visit.who.id,
            place=place_in(visit.request.query, Key),
            words=words,
            shop_name=shop_name,
        )
        categories = await canned_edits.categories(conn)
    groups = list(dict.fromkeys(block.group for block in blocks().values()))
    return await visit.page("replies.html", found=rows, form=filled, categories=categories, groups=groups)


async def switch(visit: Visit) -> web.Response:
    """Switch the chosen replies on or off."""
    picked = visit.several.get("pick", [])[:200]
    is_active = visit.form.get("to") == "on"
    ids = [int(pick[7:]) for pick in picked if pick.startswith("canned:") and pick[7:].isdigit() and len(pick) < 18]
    own = [tuple(pick.split(":")[1:3]) for pick in picked if pick.startswith("own:") and pick.count(":") == 2]

    async def work(conn: Connection) -> list[str]:
        done = await canned_edits.switch(conn, reply_ids=ids, is_active=is_active, by=visit.by)
        switched = [f"canned:{reply_id}" for reply_id in done]
        return switched + await _switch_own(conn, visit, own, is_active=is_active)

    changed = await visit.write(work)
    back = "/replies" + (f"?{visit.form['query']}" if visit.form.get("query") else "")
    if not changed:
        text = "Nothing to switch: pick some replies first." if not picked else "Those were that way already."
        return visit.to(back, Notice(text))
    word = "on" if is_active else "off"
    fields = [("to", "off" if is_active else "on"), ("query", visit.form.get("query", ""))]
    fields += [("pick", one) for one in changed]
    many = f"{len(changed)} replies are" if len(changed) > 1 else "1 reply is"
    return visit.to(back, Notice(f"{many} {word} now.", undo="/replies/switch", fields=tuple(fields)))


async def _switch_own(conn: Connection, visit: Visit, own: Sequence[tuple[str, ...]], *, is_active: bool) -> list[str]:
    """Put the merchant's wordings in the place of ours or take them out; one that never was written stays ours."""
    picked = {(name, language) for name, language in own}
    action = "switched_on" if is_active else "switched_off"
    changed = []
    for one in await wording_edits.every(conn) if picked else []:
        if (one.name, one.language) in picked and one.is_active != is_active:
            body = WordsBody(name=one.name, language=one.language, words=one.words, is_active=is_active)
            await wording_edits.save(conn, body=body, version=one.version, by=visit.by, action=action)
            changed.append(f"own:{one.name}:{one.language}")
    return changed
