"""Why proofs are refused, as merchants edit it; `review_reasons.name` stays as it is, for refusals hold it."""

from typing import Literal

import msgspec

from repository.database.connection import Connection
from repository.settings.row import MustStay
from repository.settings.rows import Rows
from repository.staff.versions import Noun

Kind = Literal["payment", "identity"]


class ReasonBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about a reason that a merchant decides.

    Attributes:
        kind: Of which proofs: "payment" or "identity".
        title: What a reviewer picks.
        words_en: What the shopper reads in English, with how to try again.
        words_fil: The same in Filipino.
        is_active: Whether it can be picked.
        display_order: Its place in the list.
    """

    kind: Kind
    title: str
    words_en: str
    words_fil: str
    is_active: bool = True
    display_order: int = 0


class ReasonRows(Rows[ReasonBody]):
    """The reasons; of each kind one at least can be picked."""

    async def check(self, conn: Connection) -> None:
        """See `Rows`."""
        kinds = await conn.run("SELECT DISTINCT kind FROM review_reasons WHERE is_active")
        if {str(row[0]) for row in kinds.rows} != {"payment", "identity"}:
            raise MustStay("reason")


REASONS = ReasonRows(
    Noun("reason", ReasonBody, audited="reason", called=lambda _, body: body.title[:100], many="reasons"),
    "review_reasons",
)
