"""The screen of replies: its list, and every page of it."""

from collections.abc import Mapping

from handlers.console.base.forms import Form
from handlers.console.base.nouns.listing import NounList
from handlers.console.base.nouns.noun_pages import noun_pages
from handlers.console.base.pages import Screen
from handlers.console.wording.asked import ListForm
from handlers.console.wording.blocks import blocks
from handlers.console.wording.canned import CANNED
from handlers.console.wording.canned_list import CannedPart
from handlers.console.wording.matching import PAGES
from handlers.console.wording.own import OWN
from handlers.console.wording.own_list import OwnPart
from handlers.console.wording.sheet.pages import PAGES as SHEET_PAGES
from repository.database.connection import Connection
from repository.wording import canned_edits


async def _categories(conn: Connection) -> Mapping[str, object]:
    groups = dict.fromkeys(block.group for block in blocks().values())
    return {"categories": await canned_edits.categories(conn), "groups": list(groups)}


LIST = NounList(
    CannedPart(),
    OwnPart(OWN),
    form=Form(ListForm),
    path="/replies",
    template="replies.html",
    called="reply",
    many="replies",
    views="replies.view",
    edits="replies.edit",
    facts=_categories,
)
SCREEN = Screen((*noun_pages(LIST, CANNED, OWN), *PAGES, *SHEET_PAGES), name="Replies", icon="chat")
