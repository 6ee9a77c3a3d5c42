"""Links by which people make an account of their own: each works once, for a week, for one address and one role."""

import hashlib
from datetime import datetime, timedelta

import msgspec

from bot.base import clock
from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.staff import admins, audit
from repository.staff.admins import ROLES, AccountRefused, Admin
from repository.staff.by import By
from repository.staff.passwords import ROUNDS

LASTS = timedelta(days=7)


class Invitation(msgspec.Struct, frozen=True):
    """A link that was given to somebody.

    Attributes:
        id: `console_invitations.id`.
        email: Whom it is for.
        role: What they will be.
        invited_by: Who asked them, as colleagues call them; empty where they are gone.
        created_at: When.
        expires_at: Until when it works.
    """

    id: int
    email: str
    role: str
    invited_by: str
    created_at: datetime
    expires_at: datetime


_READING = """
    SELECT i.id, i.email, i.role, COALESCE(NULLIF(a.full_name, ''), a.username, ''), i.created_at, i.expires_at
    FROM console_invitations i LEFT JOIN admin_users a ON a.id = i.invited_by
"""


async def invite(conn: Connection, *, email: str, role: str, by: By) -> str:
    """Make a link for somebody; one that the same address had before works no more.

    Args:
        conn: An open connection. The caller owns the transaction.
        email: Whom it is for.
        role: What they will be, one of `ROLES`.
        by: Who invites.

    Returns:
        What the link carries, to be shown once: only its hash is kept.

    Raises:
        AccountRefused: There can be no such account.
    """
    await admins.refuse_email(conn, email)
    if role not in ROLES:
        raise AccountRefused("role", f"There is no such role. Choose one of {', '.join(ROLES)}.")
    token = clock.token(32)
    await conn.run("DELETE FROM console_invitations WHERE email = %(email)s", email=email)
    await conn.run(
        "INSERT INTO console_invitations (token_hash, email, role, invited_by, created_at, expires_at)"
        " VALUES (%(token_hash)s, %(email)s, %(role)s, %(by)s, %(now)s, %(expires_at)s)",
        token_hash=_hash(token),
        email=email,
        role=role,
        by=by.admin_id,
        now=clock.now(),
        expires_at=clock.now() + LASTS,
    )
    await audit.record(
        conn,
        action="team.invited",
        admin_id=by.admin_id,
        subject=email,
        details={"role": role},
        ip_address=by.ip_address,
    )
    return token


async def waiting(conn: Connection) -> list[Invitation]:
    """The links that still work, the newest first.

    Args:
        conn: An open connection.
    """
    return await conn.all(Invitation, _READING + "WHERE i.expires_at > %(now)s ORDER BY i.id DESC", now=clock.now())


async def of_token(conn: Connection, *, token: str) -> Invitation | None:
    """The invitation of a link; None where it has been used, taken back, or is too old.

    Args:
        conn: An open connection.
        token: What the link carries.
    """
    return await conn.one(
        Invitation,
        _READING + "WHERE i.token_hash = %(token_hash)s AND i.expires_at > %(now)s",
        token_hash=_hash(token),
        now=clock.now(),
    )


async def accept(
    conn: Connection, *, token: str, username: str, full_name: str, password: str, rounds: int = ROUNDS, ip_address: str
) -> Admin:
    """Make the account that a link is for; the link works no more.

    Args:
        conn: An open connection. The caller owns the transaction.
        token: What the link carries.
        username: What they will log in with.
        full_name: Theirs, or empty.
        password: Theirs.
        rounds: Of bcrypt.
        ip_address: From where.

    Raises:
        NotFound: The link works no more.
        AccountRefused: The name or address is taken or cannot be one.
        PasswordRefused: The password is too weak.
    """
    found = await of_token(conn, token=token)
    if found is None:
        raise NotFound("invitation")
    made = await admins.create(
        conn,
        username=username,
        email=found.email,
        password=password,
        full_name=full_name,
        role=found.role,
        rounds=rounds,
    )
    gone = await conn.run("DELETE FROM console_invitations WHERE id = %(id)s", id=found.id)
    if not gone.rowcount:  # somebody used it in the same moment: the transaction is undone
        raise NotFound("invitation")
    await audit.record(
        conn,
        action="team.joined",
        admin_id=made.id,
        subject=made.username,
        details={"role": made.role},
        ip_address=ip_address,
    )
    return made


async def take_back(conn: Connection, *, invitation_id: int, by: By) -> bool:
    """Have a link work no more.

    Args:
        conn: An open connection. The caller owns the transaction.
        invitation_id: `console_invitations.id`.
        by: Who takes it back.

    Returns:
        Whether it did.
    """
    done = await conn.run("DELETE FROM console_invitations WHERE id = %(id)s", id=invitation_id)
    if done.rowcount:
        await audit.record(
            conn,
            action="team.invitation_ended",
            admin_id=by.admin_id,
            subject=str(invitation_id),
            ip_address=by.ip_address,
        )
    return done.rowcount > 0


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
