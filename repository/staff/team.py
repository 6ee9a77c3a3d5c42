"""The people of the shop: who they are, what each may do, and that somebody always may do everything."""

from datetime import datetime

import msgspec

from repository.database.connection import Connection
from repository.database.errors import NotFound
from repository.staff import admins, audit, codes, sessions
from repository.staff.admins import ROLES, AccountRefused
from repository.staff.by import By
from repository.staff.passwords import ROUNDS

OWNER = ROLES[0]


class Member(msgspec.Struct, frozen=True):
    """Somebody of the team.

    Attributes:
        id: `admin_users.id`.
        username: What they log in with.
        email: Theirs.
        full_name: Theirs, or empty.
        role: One of `ROLES`.
        is_active: Whether they may log in.
        last_login_at: When they last did, or None.
        browsers: In how many browsers they are logged in.
        has_code: Whether their login needs a code.
    """

    id: int
    username: str
    email: str
    full_name: str
    role: str
    is_active: bool
    last_login_at: datetime | None
    browsers: int
    has_code: bool

    @property
    def shown_as(self) -> str:
        """What colleagues call them."""
        return self.full_name or self.username


_READING = """
    SELECT a.id, a.username, a.email, COALESCE(a.full_name, ''), a.role, a.is_active, a.last_login_at,
           (SELECT COUNT(*) FROM console_sessions s WHERE s.admin_id = a.id AND s.expires_at > NOW()),
           COALESCE(c.code_secret IS NOT NULL, FALSE)
    FROM admin_users a LEFT JOIN console_accounts c ON c.admin_id = a.id
"""


async def members(conn: Connection) -> list[Member]:
    """Everybody, those who may do most first.

    Args:
        conn: An open connection.
    """
    return await conn.all(Member, _READING + "ORDER BY a.is_active DESC, a.role, a.username")


async def member(conn: Connection, *, admin_id: int) -> Member:
    """Somebody.

    Args:
        conn: An open connection.
        admin_id: `admin_users.id`.

    Raises:
        NotFound: There is nobody.
    """
    found = await conn.one(Member, _READING + "WHERE a.id = %(admin_id)s", admin_id=admin_id)
    if found is None:
        raise NotFound(str(admin_id))
    return found


async def set_role(conn: Connection, *, admin_id: int, role: str, by: By) -> Member:
    """Let somebody do more, or less, from their next page on.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: Whom.
        role: One of `ROLES`.
        by: Who decides.

    Returns:
        Them, as they were before.

    Raises:
        NotFound: There is nobody.
        AccountRefused: It is oneself, the last owner, or no role.
    """
    before = await _other(conn, admin_id, by)
    if role not in ROLES:
        raise AccountRefused("role", f"There is no such role. Choose one of {', '.join(ROLES)}.")
    if before.role == OWNER and role != OWNER:
        await _refuse_last_owner(conn, but=admin_id)
    await conn.run("UPDATE admin_users SET role = %(role)s WHERE id = %(admin_id)s", role=role, admin_id=admin_id)
    await _record(conn, "team.role_changed", before, by, before=before.role, after=role)
    return before


async def set_active(conn: Connection, *, admin_id: int, is_active: bool, by: By) -> Member:
    """Let somebody in, or out: then all their sessions end.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: Whom.
        is_active: Whether they may log in.
        by: Who decides.

    Returns:
        Them, as they were before.

    Raises:
        NotFound: There is nobody.
        AccountRefused: It is oneself or the last owner.
    """
    before = await _other(conn, admin_id, by)
    if not is_active and before.role == OWNER:
        await _refuse_last_owner(conn, but=admin_id)
    await conn.run(
        "UPDATE admin_users SET is_active = %(is_active)s WHERE id = %(admin_id)s",
        is_active=is_active,
        admin_id=admin_id,
    )
    if not is_active:
        await sessions.end_all(conn, admin_id=admin_id)
    await _record(conn, "team.let_in" if is_active else "team.let_out", before, by)
    return before


async def end_sessions(conn: Connection, *, admin_id: int, by: By) -> Member:
    """Log somebody out everywhere.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: Whom.
        by: Who decides.

    Raises:
        NotFound: There is nobody.
    """
    before = await member(conn, admin_id=admin_id)
    await sessions.end_all(conn, admin_id=admin_id)
    await _record(conn, "team.logged_out", before, by)
    return before


async def end_code(conn: Connection, *, admin_id: int, by: By) -> Member:
    """Have somebody's login need no code any more, who has lost their telephone.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: Whom.
        by: Who decides.

    Raises:
        NotFound: There is nobody.
        AccountRefused: It is oneself: who is logged in does that with their password, on their own page.
    """
    before = await _other(conn, admin_id, by)
    if await codes.switch_off(conn, admin_id=admin_id):
        await _record(conn, "team.code_ended", before, by)
    return before


async def new_password(conn: Connection, *, admin_id: int, by: By, rounds: int = ROUNDS) -> str:
    """A new password for somebody who has lost theirs: it works once, and all their sessions end.

    Args:
        conn: An open connection. The caller owns the transaction.
        admin_id: Whom.
        by: Who decides.
        rounds: Of bcrypt.

    Returns:
        The password, to be told them once.

    Raises:
        NotFound: There is nobody.
        AccountRefused: It is oneself.
    """
    before = await _other(conn, admin_id, by)
    password = admins.one_time_password()
    admin = await admins.named(conn, username=before.username)
    await admins.set_password(conn, admin=admin, password=password, is_one_time=True, rounds=rounds)
    await sessions.end_all(conn, admin_id=admin_id)
    await _record(conn, "team.password_reset", before, by)
    return password


async def _other(conn: Connection, admin_id: int, by: By) -> Member:
    """Somebody else than who decides."""
    if admin_id == by.admin_id:
        raise AccountRefused("member", "You cannot do that to yourself. Ask another owner.")
    return await member(conn, admin_id=admin_id)


async def _refuse_last_owner(conn: Connection, *, but: int) -> None:
    """Locks the owners, so that two who put each other out leave one."""
    found = await conn.run(
        "SELECT id FROM admin_users WHERE role = %(owner)s AND is_active FOR UPDATE",
        owner=OWNER,
    )
    if not any(row[0] != but for row in found.rows):
        raise AccountRefused("member", "That is the last owner: make somebody else one first.")


async def _record(conn: Connection, action: str, whom: Member, by: By, **details: object) -> None:
    await audit.record(
        conn,
        action=action,
        admin_id=by.admin_id,
        subject=whom.username,
        details=details or None,
        ip_address=by.ip_address,
    )
