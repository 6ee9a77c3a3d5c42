"""One save of what merchants edit."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound, Stale


class Version(msgspec.Struct, frozen=True):
    """A save.

    Attributes:
        id: `reply_versions.id`.
        kind: Of what sort of thing: the `Noun.kind`.
        subject_id: Of which.
        action: "created", "changed", "restored", "switched_on", "switched_off" or "deleted"; "drafted" where it is not
            in force yet, "discarded" where such a draft was thrown away (`repository.staff.drafts`).
        body: JSON of the whole thing as it was saved.
        saved_by: Whose save it was, as colleagues call them; empty where it came from elsewhere.
        admin_id: Whose; None where it came from elsewhere.
        saved_at: When.
    """

    id: int
    kind: str
    subject_id: int
    action: str
    body: str
    saved_by: str
    admin_id: int | None
    saved_at: datetime


class SavedMeanwhile(Stale):
    """Somebody else has saved it since it was opened.

    Attributes:
        version: What they saved.
    """

    def __init__(self, version: Version) -> None:
        super().__init__(version.saved_by)
        self.version = version


VERSION = """
    SELECT v.id, v.kind, v.subject_id, v.action, v.body, COALESCE(NULLIF(a.full_name, ''), a.username, ''), v.saved_by,
           v.saved_at
    FROM reply_versions v LEFT JOIN admin_users a ON a.id = v.saved_by
"""
"""What reads a `Version`, but for which."""


async def one(conn: Connection, *, version_id: int) -> Version:
    """A save by its number, of whatever.

    Args:
        conn: An open connection.
        version_id: `reply_versions.id`.

    Raises:
        NotFound: There is none.
    """
    version = await conn.one(Version, VERSION + "WHERE v.id = %(version_id)s", version_id=version_id)
    if version is None:
        raise NotFound(str(version_id))
    return version
