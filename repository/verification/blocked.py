"""Blocked people: shoppers, phones and addresses whose orders wait for a person."""

from datetime import datetime

import msgspec

from repository.database.connection import Bound, Connection, Statement
from repository.database.errors import Duplicate, NotFound, Taken
from repository.database.scalars import number
from repository.orders.addresses import compared_address
from repository.staff import audit
from repository.staff.by import By

KINDS = ("shopper", "phone", "address")
_LETTERS_SHOWN = 4


class Blocked(msgspec.Struct, frozen=True):
    """Somebody or something that is blocked.

    Attributes:
        id: `blocked_people.id`.
        kind: One of `KINDS`.
        value: `users.id`, E.164, or an address as `compared_address` makes it.
        note: Why, for colleagues.
        blocked_by: Who blocked it, as colleagues call them; empty where that account is gone.
        created_at: When.
        shopper: The name of a blocked shopper, or empty.
    """

    id: int
    kind: str
    value: str
    note: str
    blocked_by: str
    created_at: datetime
    shopper: str


_BLOCKED = """
    SELECT b.id, b.kind, b.value, b.note, COALESCE(NULLIF(a.full_name, ''), a.username, ''), b.created_at,
           COALESCE(u.facebook_name, '')
    FROM blocked_people b
    LEFT JOIN admin_users a ON a.id = b.blocked_by
    LEFT JOIN users u ON b.kind = 'shopper' AND u.id = CAST(b.value AS UNSIGNED)
"""


def hits_statement(
    *, shopper_id: int, phone: str = "", line: str = "", barangay: str = "", city: str = ""
) -> Statement:
    """What reads why somebody is blocked, to be sent together with something else; `kind` and `id` of each row.

    Args:
        shopper_id: `users.id`.
        phone: E.164, or empty.
        line: House and street, or empty.
        barangay: The barangay, or empty.
        city: City or town, or empty.
    """
    addresses = {compared_address(line=line, city=city, barangay=each) for each in (barangay, "")} - {""}
    values: dict[str, Bound] = {
        "shopper": str(shopper_id),
        "phone": phone,
        "addresses": sorted(addresses) or [""],
    }
    return Statement(
        "SELECT kind, id FROM blocked_people WHERE (kind = 'shopper' AND value = %(shopper)s)"
        " OR (kind = 'phone' AND value = %(phone)s) OR (kind = 'address' AND value IN %(addresses)s)"
        " ORDER BY kind, id",
        values,
    )


async def hits(
    conn: Connection, *, shopper_id: int, phone: str = "", line: str = "", barangay: str = "", city: str = ""
) -> tuple[str, ...]:
    """Why an order of somebody waits for a person: the kinds that are blocked, "shopper", "phone", "address".

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
        phone: E.164, or empty.
        line: House and street, or empty.
        barangay: The barangay, or empty.
        city: City or town, or empty.
    """
    found = await conn.batch(
        hits_statement(shopper_id=shopper_id, phone=phone, line=line, barangay=barangay, city=city)
    )
    return tuple(dict.fromkeys(str(row[0]) for row in found[0].rows))


async def of_shopper(conn: Connection, *, shopper_id: int) -> Blocked | None:
    """How a shopper is blocked; None where they are not.

    Args:
        conn: An open connection.
        shopper_id: `users.id`.
    """
    return await conn.one(Blocked, _BLOCKED + "WHERE b.kind = 'shopper' AND b.value = %(value)s", value=str(shopper_id))


async def block(conn: Connection, *, kind: str, value: str, note: str, by: By) -> int:
    """Block somebody; their next order waits for a person. `blocked_people.id`.

    Args:
        conn: An open connection. The caller owns the transaction.
        kind: One of `KINDS`.
        value: `users.id`, E.164, or what `compared_address` makes.
        note: Why, for colleagues.
        by: Who blocks.

    Raises:
        NotFound: There is no such shopper, or no such kind.
        Taken: That is blocked already.
    """
    if kind not in KINDS or not value:
        raise NotFound(value)
    if kind == "shopper" and await conn.value("SELECT id FROM users WHERE id = %(id)s", id=int(value)) is None:
        raise NotFound(value)
    try:
        made = await conn.run(
            "INSERT INTO blocked_people (kind, value, note, blocked_by)"
            " VALUES (%(kind)s, %(value)s, %(note)s, %(admin_id)s)",
            kind=kind,
            value=value,
            note=note,
            admin_id=by.admin_id,
        )
    except Duplicate:
        holder = await conn.value(
            "SELECT id FROM blocked_people WHERE kind = %(kind)s AND value = %(value)s", kind=kind, value=value
        )
        raise Taken("value", number(holder or 0)) from None
    await _record(conn, "blocked.added", kind, value, by)
    return made.last_id


async def unblock(conn: Connection, *, blocked_id: int, by: By) -> Blocked:
    """Block somebody no more; who it was.

    Args:
        conn: An open connection. The caller owns the transaction.
        blocked_id: `blocked_people.id`.
        by: Who takes it back.

    Raises:
        NotFound: That is not blocked, or no more.
    """
    was = await conn.one(Blocked, _BLOCKED + "WHERE b.id = %(blocked_id)s FOR UPDATE", blocked_id=blocked_id)
    if was is None:
        raise NotFound(str(blocked_id))
    await conn.run("DELETE FROM blocked_people WHERE id = %(blocked_id)s", blocked_id=blocked_id)
    await _record(conn, "blocked.removed", was.kind, was.value, by)
    return was


async def count(conn: Connection, *, text: str = "", kind: str = "") -> int:
    """How many are blocked.

    Args:
        conn: An open connection.
        text: Only those with this in their value, note or name; empty for all.
        kind: Only those of this kind; empty for all.
    """
    where, values = _conditions(text, kind)
    return number(
        await conn.value(
            "SELECT COUNT(*) FROM blocked_people b"
            " LEFT JOIN users u ON b.kind = 'shopper' AND u.id = CAST(b.value AS UNSIGNED)"
            f" WHERE {where}",
            **values,
        )
    )


async def page(
    conn: Connection, *, limit: int, text: str = "", kind: str = "", at: int = 0, backwards: bool = False
) -> list[Blocked]:
    """Some of those who are blocked, the newest first.

    Args:
        conn: An open connection.
        limit: How many at most.
        text: As in `count`.
        kind: As in `count`.
        at: Begin behind this `blocked_people.id`; 0 begins at the end of the list.
        backwards: From the oldest to the newest.
    """
    where, values = _conditions(text, kind)
    beyond, order = (">", "") if backwards else ("<", " DESC")
    behind = f"b.id {beyond} %(at)s" if at else "TRUE"
    return await conn.all(
        Blocked,
        f"{_BLOCKED} WHERE {where} AND {behind} ORDER BY b.id{order} LIMIT %(limit)s",
        at=at,
        limit=limit,
        **values,
    )


def shown(kind: str, value: str) -> str:
    """What is blocked, as the audit log may keep it: enough to tell it again, too little to call or visit.

    Args:
        kind: One of `KINDS`.
        value: As in `Blocked.value`.
    """
    return f"shopper {value}" if kind == "shopper" else f"{kind} …{value[-_LETTERS_SHOWN:]}"


def _conditions(text: str, kind: str) -> tuple[str, dict[str, Bound]]:
    conditions, values = ["TRUE"], dict[str, Bound]()
    if kind:
        conditions.append("b.kind = %(kind)s")
        values["kind"] = kind
    if text:
        conditions.append(
            "(LOCATE(%(text)s, b.value) OR LOCATE(%(text)s, b.note) OR LOCATE(%(text)s, COALESCE(u.facebook_name, '')))"
        )
        values["text"] = text
    return " AND ".join(conditions), values


async def _record(conn: Connection, action: str, kind: str, value: str, by: By) -> None:
    await audit.record(conn, action=action, admin_id=by.admin_id, subject=shown(kind, value), ip_address=by.ip_address)
