"""Canned replies: writing one, with what shoppers will see beside it."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from bot.language.phrases.filling import BLANKS
from bot.language.phrases.writing import hours, phrase_problem, phrases_problem
from handlers.console.base.forms import Field, Filled, Form
from handlers.console.base.look import LANGUAGE_NAMES
from handlers.console.base.nouns.drafting import Drafting
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.maker import Maker
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.uploads import FILE_MOST, TROUBLES, keep_picture
from handlers.console.base.visit import Visit, whole
from handlers.console.wording.matching import caught
from handlers.console.wording.persons import choices, person
from handlers.console.wording.trying import canned_problem
from handlers.console.wording.trying_canned import try_canned, with_card
from repository.database.connection import Connection
from repository.files.pictures import NotKept
from repository.staff.by import By
from repository.wording import canned_edits, previewed
from repository.wording.attached import PLACES, choices_problem
from repository.wording.canned_rows import CannedBody, OpenedCanned

_MATCHES: Mapping[str, str] = {
    "word": "has this word or phrase",
    "exact": "is exactly this",
    "starts_with": "starts with this",
    "contains": "has these letters anywhere",
}
_TAKEN = "Another reply has this keyword in this language already. Please use another word, or change that one."
_NO_WORD = "Please write the word or phrase that shoppers use."
_AS_WRITTEN = (
    "Sent as you write it; emoji and links are fine. A name in braces is filled in, with what to say where nobody knows"
    " it: {first_name|suki}."
)
_SKU = "The SKU of a product. Its card stands below the words, with its price and what is left."
_BUTTONS = (
    "Up to 3 below the words, one a line: what stands on it, “=”, what it does. A link, a phone number, “product” and a"
    f" SKU, “reply” and a keyword, or one of {', '.join(PLACES)}."
)
_QUICK = "Up to 13, in the place of those that the shop offers; written like buttons, but without links and phones."
_PRIORITY = "The higher one answers where two fit."
_TAGS_MOST = 10
_PREFILLED_MOST = 2000  # characters of phrases that an address brings


_PHRASES = (
    "One a line, as shoppers write them. From three phrases on, messages that are much like them are answered too."
)
_HOURS = "The shop’s own time. Empty answers at any time; 22:00-06:00 goes on past midnight."


def _keyword(typed: str) -> str:
    return phrase_problem(typed)


def _hours(typed: str) -> str:
    return "" if not typed or hours(typed) else "Please write two times of the day, such as 08:00-17:00."


def _words(typed: str, *, has_product: bool = True) -> str:
    problem = canned_problem(typed, has_product=has_product)
    return f"Line {problem.line}: {problem.reason}" if problem else ""


def _picture(typed: str) -> str:
    is_fine = not typed or (typed.startswith(("https://", "http://")) and not any(mark in typed for mark in " <>\"'"))
    return "" if is_fine else "Please choose the picture anew."


def _buttons(typed: str) -> str:
    return choices_problem(typed, are_buttons=True)


def _quick_replies(typed: str) -> str:
    return choices_problem(typed, are_buttons=False)


def _tags(typed: str) -> str:
    tags = {" ".join(part.split()) for part in typed.split(",")} - {""}
    is_fine = len(tags) <= _TAGS_MOST and all(len(tag) <= 30 for tag in tags)
    return "" if is_fine else f"{_TAGS_MOST} tags of 30 characters each are the most."


_NO_WORDS = _words("")


class CannedForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be typed about a canned reply."""

    keyword: Annotated[str, Field(label="Keyword", needed=_NO_WORD, most=255, check=_keyword, taken=_TAKEN)]
    phrases: Annotated[str, Field(label="Also answers to", help=_PHRASES, rows=4, check=phrases_problem)]
    language: Annotated[str, Field(label="Language", choices=LANGUAGE_NAMES)]
    match_rule: Annotated[str, Field(label="When the message", choices=_MATCHES, in_history="Answers when the message")]
    response: Annotated[str, Field(label="The shop answers", help=_AS_WRITTEN, needed=_NO_WORDS, rows=7, check=_words)]
    category: Annotated[str, Field(label="Category", most=50)]
    tags: Annotated[tuple[str, ...], Field(label="Tags", placeholder="payment, faq", check=_tags)]
    priority: Annotated[int, Field(label="Priority", help=_PRIORITY, least=-1000, most=1000)]
    hours: Annotated[str, Field(label="Only at these hours", help=_HOURS, placeholder="08:00-17:00", check=_hours)]
    is_active: Annotated[bool, Field(label="Answers shoppers", in_history="State")]
    picture: Annotated[str, Field(label="Picture", check=_picture, most=500)]
    sku: Annotated[str, Field(label="Product’s card", help=_SKU, most=50)]
    buttons: Annotated[str, Field(label="Buttons", help=_BUTTONS, rows=3, check=_buttons)]
    quick_replies: Annotated[str, Field(label="Quick replies", help=_QUICK, rows=3, check=_quick_replies)]


class CannedEditor(Drafting[CannedBody], Maker[CannedBody]):
    """The pages of a canned reply."""

    file_most = FILE_MOST

    async def opened(self, conn: Connection, visit: Visit) -> OpenedCanned | None:
        is_new = "id" not in visit.request.match_info
        return None if is_new else await canned_edits.opened(conn, reply_id=visit.number("id"))

    def blank(self, visit: Visit) -> CannedBody:
        query = visit.request.query
        return CannedBody(
            keyword=query.get("keyword", "")[:255],
            phrases=query.get("phrases", "")[:_PREFILLED_MOST],
            language="fil" if query.get("language") == "fil" else "en",
            response="",
        )

    async def make(self, conn: Connection, body: CannedBody, by: By) -> int:
        return await canned_edits.create(conn, body=body, by=by)

    async def write(
        self, conn: Connection, subject_id: int, body: CannedBody, *, version: int, by: By, action: str
    ) -> bool:
        return await canned_edits.save(
            conn, reply_id=subject_id, body=body, version=version, by=by, action=action, keeps_draft=False
        )

    async def write_draft(
        self, conn: Connection, subject_id: int, body: CannedBody, *, version: int, by: By
    ) -> tuple[int, bool]:
        return await canned_edits.draft(conn, reply_id=subject_id, body=body, version=version, by=by)

    async def drop_draft(self, conn: Connection, one: Opened[CannedBody], *, version: int, by: By) -> bool:
        return await canned_edits.discard(conn, reply_id=one.id, version=version, by=by)

    async def read(self, visit: Visit) -> tuple[msgspec.Struct, Filled]:
        """See `Editor`; a picture that was sent with the form is kept, whatever else is wrong with it."""
        typed, filled = self.form.read(visit)
        if visit.form.get("no_picture"):
            filled = filled.saying("picture", "")
        if sent := visit.files.get("picture_file"):
            try:
                filled = filled.saying("picture", await keep_picture(visit, sent))
            except NotKept as refused:
                return typed, filled.refused(picture=TROUBLES[refused.trouble])
        return msgspec.structs.replace(typed, picture=filled.fields["picture"].text), filled

    async def remove(self, conn: Connection, subject_id: int, *, version: int, by: By) -> int:
        return await canned_edits.delete(conn, reply_id=subject_id, version=version, by=by)

    async def take_back(self, conn: Connection, version_id: int, by: By) -> int:
        return await canned_edits.bring_back(conn, version_id=version_id, by=by)

    def title(self, body: CannedBody) -> str:
        return body.keyword

    def said(self, body: CannedBody) -> str:
        return (
            "Saved. The next shopper hears it." if body.is_active else "Saved. It is off, so shoppers do not hear it."
        )

    def problems(self, visit: Visit, body: CannedBody) -> Mapping[str, str]:  # noqa: ARG002  (see `Editable`)
        """See `Editable`: a phrase that is the keyword once more, and a product that is filled in and not there."""
        return body_problems(body)

    async def looked(self, visit: Visit, filled: Filled) -> Tried:
        typed = self.form.typed(filled)
        body = CannedBody(**{name: getattr(typed, name) for name in self.form.fields})
        whom, words = await person(visit), await visit.words()
        async with visit.shop.database.connection() as conn:
            around, card = await with_card(conn, body)
        shop_name = await visit.shop_name()
        return try_canned(body, words, whom, around=around, card=card, shop_name=shop_name)

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        is_new = "id" not in visit.request.match_info
        weighed = {} if is_new else await caught(conn, visit.number("id"))
        sent = visit.form if visit.request.method == "POST" else visit.request.query
        return {
            "categories": await canned_edits.categories(conn),
            "skus": await previewed.skus(conn),
            "blanks": BLANKS.values(),
            "whom": await choices(conn, visit),
            "question": whole(sent.get("question", "")) if is_new else 0,
            **weighed,
        }


def body_problems(body: CannedBody) -> Mapping[str, str]:
    """What is wrong with a reply that no single field can tell: a sentence by field.

    Args:
        body: The reply.
    """
    phrases = phrases_problem(body.phrases, keyword=body.keyword)
    words = _words(body.response, has_product=bool(body.sku))
    return {name: why for name, why in (("phrases", phrases), ("response", words)) if why}


CANNED = CannedEditor(
    canned_edits.CANNED,
    Form(CannedForm),
    template="canned.html",
    home="/replies",
    called="reply",
    words="response",
    views="replies.view",
    edits="replies.edit",
    deletes="replies.delete",
    address=r"/replies/canned/{id:\d+}",
)
