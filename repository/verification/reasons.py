"""Why a proof is refused, in the words that its shopper reads: rows that merchants edit."""

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound


class Reason(msgspec.Struct, frozen=True):
    """A reason to refuse a proof.

    Attributes:
        id: `review_reasons.id`.
        name: What is stored with each refusal.
        kind: "payment" or "identity": of which proofs.
        title: What a reviewer picks.
        words_en: What the shopper reads, with how to try again, in English.
        words_fil: The same in Filipino.
    """

    id: int
    name: str
    kind: str
    title: str
    words_en: str
    words_fil: str

    def words(self, language: str) -> str:
        """What the shopper reads.

        Args:
            language: "en" or "fil".
        """
        return self.words_fil if language == "fil" else self.words_en


_REASON = "SELECT id, name, kind, title, words_en, words_fil FROM review_reasons "


async def offered(conn: Connection, *, kind: str) -> list[Reason]:
    """The reasons that a reviewer can pick, in the merchant's order.

    Args:
        conn: An open connection.
        kind: "payment" or "identity".
    """
    return await conn.all(
        Reason, _REASON + "WHERE kind = %(kind)s AND is_active ORDER BY display_order, id LIMIT 50", kind=kind
    )


async def named(conn: Connection, *, name: str) -> Reason:
    """A reason, whether it can still be picked or not: refusals of the past keep theirs.

    Args:
        conn: An open connection.
        name: `review_reasons.name`.

    Raises:
        NotFound: There is none.
    """
    reason = await conn.one(Reason, _REASON + "WHERE name = %(name)s", name=name)
    if reason is None:
        raise NotFound(name)
    return reason
