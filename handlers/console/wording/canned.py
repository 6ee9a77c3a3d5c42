"""Canned replies: writing one, with what shoppers will see beside it."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from bot.language.phrases.writing import hours, phrase_problem, phrases_problem
from handlers.console.base.forms import Field, Form
from handlers.console.base.look import LANGUAGE_NAMES
from handlers.console.base.nouns.maker import Maker
from handlers.console.base.nouns.preview import Tried
from handlers.console.base.visit import Visit, whole
from handlers.console.wording.matching import caught
from handlers.console.wording.trying import canned_problem, try_canned
from replies.words import LANGUAGES
from repository.database.connection import Connection
from repository.staff.by import By
from repository.wording import canned_edits
from repository.wording.canned_edits import OpenedCanned
from repository.wording.canned_rows import CannedBody

_MATCHES: Mapping[str, str] = {
    "word": "has this word or phrase",
    "exact": "is exactly this",
    "starts_with": "starts with this",
    "contains": "has these letters anywhere",
}
_TAKEN = "Another reply has this keyword in this language already. Please use another word, or change that one."
_NO_WORD = "Please write the word or phrase that shoppers use."
_AS_WRITTEN = "Sent just as you write it. Emoji and links are fine."
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


def _words(typed: str) -> str:
    problem = canned_problem(typed)
    return f"Line {problem.line}: {problem.reason}" if problem else ""


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


class CannedEditor(Maker[CannedBody]):
    """The pages of a canned reply."""

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
        return await canned_edits.save(conn, reply_id=subject_id, body=body, version=version, by=by, action=action)

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
        """See `Editable`: a phrase that is the keyword once more."""
        problem = phrases_problem(body.phrases, keyword=body.keyword)
        return {"phrases": problem} if problem else {}

    async def tried(self, visit: Visit, words: str, language: str) -> Tried:
        return try_canned(words, await visit.words(), language if language in LANGUAGES else "en")

    async def facts(self, conn: Connection, visit: Visit) -> Mapping[str, object]:
        is_new = "id" not in visit.request.match_info
        weighed = {} if is_new else await caught(conn, visit.number("id"))
        sent = visit.form if visit.request.method == "POST" else visit.request.query
        return {
            "categories": await canned_edits.categories(conn),
            "question": whole(sent.get("question", "")) if is_new else 0,
            **weighed,
        }


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
