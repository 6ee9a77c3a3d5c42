"""Reasons to refuse a proof: what a reviewer picks, and what its shopper then reads."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from bot.messenger.messages import Text
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.nouns.preview import Tried, as_sent
from handlers.console.base.visit import Visit
from handlers.console.settings.rows import RowEditor, Shown, list_of
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.settings.row import OpenedRow
from repository.verification.reason_edits import REASONS as ROWS
from repository.verification.reason_edits import Kind, ReasonBody

HOME = "/settings/reasons"
KINDS: Mapping[Kind, str] = {"payment": "Payment", "identity": "Identity"}
_MOST = 1000
_WORDS = "Please write what the shopper reads, and how to try again."
_BRACES = "These words are sent just as they are: shoppers would read the {{ }} or {% %} too."


def _plain(typed: str) -> str:
    return _BRACES if "{{" in typed or "{%" in typed else ""


class ReasonForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a reason."""

    title: Annotated[
        str, Field(label="What a reviewer picks", needed="Please write a title for your colleagues.", most=100)
    ]
    words_en: Annotated[
        str, Field(label="What the shopper reads, in English", needed=_WORDS, most=_MOST, rows=5, check=_plain)
    ]
    words_fil: Annotated[str, Field(label="The same in Filipino", needed=_WORDS, most=_MOST, rows=5, check=_plain)]
    display_order: Annotated[int, Field(label="Place in the list", help="The lowest one stands first.", most=1000)]
    is_active: Annotated[bool, Field(label="Can be picked", in_history="State")]


class ReasonEditor(RowEditor[ReasonBody]):
    """The pages of a reason; none is made or deleted, since refusals hold them."""

    saved = "Saved. The next shopper reads it."
    last = "One reason of each kind has to stay on: reviewers could refuse nothing otherwise."

    async def opened(self, conn: Connection, visit: Visit) -> OpenedRow[ReasonBody] | None:
        if "id" not in visit.request.match_info:
            return None  # the preview
        one = await self.rows.opened(conn, visit.number("id"))
        if one.body.kind != visit.request.match_info["kind"]:
            raise NotFound(str(one.id))
        return one

    def blank(self, visit: Visit) -> ReasonBody:
        kind: Kind = "identity" if visit.request.match_info.get("kind") == "identity" else "payment"
        return ReasonBody(kind=kind, title="", words_en="", words_fil="")

    def path(self, subject_id: int, body: ReasonBody) -> str:
        return f"{self.home}/{body.kind}/{subject_id}"

    def title(self, body: ReasonBody) -> str:
        return body.title

    async def looked(self, _: Visit, filled: Filled) -> Tried:
        """The words as bubbles, English first."""
        texts = [filled.fields[name].text for name in ("words_en", "words_fil")]
        return Tried(messages=as_sent(Text(text=text) for text in texts if text))


REASONS = ReasonEditor(ROWS, Form(ReasonForm), template="reason.html", home=HOME, called="reason")


def _tell(_: Visit, body: ReasonBody) -> Shown:
    return Shown(body.title, body.words_en, (KINDS[body.kind],))


LIST = list_of(REASONS, _tell, template="reasons.html", many="reasons")
