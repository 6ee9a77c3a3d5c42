"""The screen of replies: its list, and every page of it."""

from collections.abc import Mapping

from aiohttp import web

from handlers.console.base.forms import Form
from handlers.console.base.nouns.listing import NounList
from handlers.console.base.nouns.restoring import restoring
from handlers.console.base.pages import Page, Screen
from handlers.console.base.visit import Visit
from handlers.console.wording.asked import ListForm
from handlers.console.wording.blocks import blocks
from handlers.console.wording.canned import CANNED
from handlers.console.wording.canned_list import CannedPart
from handlers.console.wording.own import OWN
from handlers.console.wording.own_list import OwnPart
from repository.database.connection import Connection
from repository.wording import canned_edits

_OWN = r"/replies/own/{name:[a-z0-9_]+\.[a-z0-9_]+}/{language:[a-z]+}"


async def _categories(conn: Connection) -> Mapping[str, object]:
    groups = dict.fromkeys(block.group for block in blocks().values())
    return {"categories": await canned_edits.categories(conn), "groups": list(groups)}


LIST = NounList(
    CannedPart(),
    OwnPart(),
    form=Form(ListForm),
    path="/replies",
    template="replies.html",
    called="reply",
    many="replies",
    edits="replies.edit",
    facts=_categories,
)


async def preview(visit: Visit) -> web.Response:
    """The bubbles of what is typed now, of either."""
    return await (OWN if visit.form.get("block") else CANNED).preview(visit)


SCREEN = Screen(
    (
        Page("GET", "/replies", LIST.show, "replies.view"),
        Page("POST", "/replies/switch", LIST.switch, "replies.edit"),
        Page("POST", "/replies/preview", preview, "replies.view"),
        Page("POST", "/replies/bring-back", CANNED.bring_back, "replies.delete"),
        Page("GET", "/replies/new", CANNED.show, "replies.edit"),
        Page("POST", "/replies/new", CANNED.create, "replies.edit"),
        Page("GET", r"/replies/canned/{id:\d+}", CANNED.show, "replies.view"),
        Page("POST", r"/replies/canned/{id:\d+}", CANNED.save, "replies.edit"),
        Page("POST", r"/replies/canned/{id:\d+}/delete", CANNED.delete, "replies.delete"),
        Page("GET", r"/replies/canned/{id:\d+}/history", CANNED.history, "replies.view"),
        Page("GET", _OWN, OWN.show, "replies.view"),
        Page("POST", _OWN, OWN.save, "replies.edit"),
        Page("POST", f"{_OWN}/switch", OWN.switch, "replies.edit"),
        Page("GET", f"{_OWN}/history", OWN.history, "replies.view"),
        Page(
            "POST",
            r"/replies/versions/{id:\d+}/restore",
            restoring(CANNED, OWN, back="/replies", called="reply"),
            "replies.edit",
        ),
    ),
    name="Replies",
    icon="chat",
)
