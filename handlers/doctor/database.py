"""The database: can it be reached, is everything in it as promised, may the bot do its work, does its clock agree."""

from collections.abc import Sequence

from msgspec.structs import replace

from bot.base import clock
from bot.base.settings import DatabaseSettings, Settings
from handlers.doctor.looks import Light, Look, good, judged, unseen
from repository.database.connection import Connection
from repository.database.errors import DatabaseError, Unavailable
from repository.schema.base.errors import SchemaError
from repository.schema.base.session import opener
from repository.schema.check.findings import UNSEEN, Finding
from repository.schema.check.verify import verify
from repository.work import pulse

GROUP = "Database"
CLOCK_MOST_S = 5.0
"""Seconds by which two clocks may differ: more, and payments run out at another moment than shoppers were told."""
_NAMED_MOST = 12
_NO_ADMIN = "Set DB_ADMIN_USER and DB_ADMIN_PASSWORD for this once: the bot's own account may not see everything."
_ONLY_WARNS = ("time zone", "SQL mode", "event scheduler", "character set of sessions")
"""What the program itself puts right, on each session or by doing the work, but others stumble over."""


async def look(settings: Settings) -> list[Look]:
    """What the database is like.

    Args:
        settings: This process's settings.
    """
    database = settings.database
    if not database.is_given and not database.admin_user:
        return [
            Look(
                group=GROUP,
                what="Account",
                light="broken",
                found="no account is set",
                what_to_do="Set DB_USER and DB_PASSWORD in .env.",
            )
        ]
    bot = opener(database, settings.offset, database=False) if database.is_given else None
    looks = opener(_looking(database), settings.offset, database=False)
    try:
        found = await verify(looks, database.name, settings.offset, bot=bot)
    except SchemaError as error:
        return [Look(group=GROUP, what=database.name, light="broken", found=error.problem, what_to_do=error.what_to_do)]
    except Unavailable:
        todo = "Start the server, or check DB_SOCKET, or DB_HOST and DB_PORT."
        return [Look(group=GROUP, what="Server", light="broken", found="does not answer", what_to_do=todo)]
    except DatabaseError as error:
        todo = "Check DB_ADMIN_USER and DB_ADMIN_PASSWORD, or DB_USER and DB_PASSWORD where those are not set."
        return [Look(group=GROUP, what="Account", light="broken", found=f"is refused: {error}", what_to_do=todo)]
    return [good(GROUP, "Server", found.server), *_told(found.findings, has_admin=bool(database.admin_user))]


def _looking(database: DatabaseSettings) -> DatabaseSettings:
    """The account that looks: the administrator's where one is set, for the bot's may not see triggers and events."""
    if not database.admin_user:
        return database
    return replace(database, user=database.admin_user, password=database.admin_password)


def _told(findings: Sequence[Finding], *, has_admin: bool) -> list[Look]:
    """Each thing that is wrong, by name; what is right in one line a kind."""
    right: dict[str, int] = {}
    hidden = ""
    looks: list[Look] = []
    for finding in findings:
        if finding.ok:
            right[finding.kind] = right.get(finding.kind, 0) + 1
        elif finding.kind == UNSEEN and not has_admin:
            hidden = finding.message
        else:
            looks.append(_wrong(finding))
    if len(looks) > _NAMED_MOST:
        left = len(looks) - _NAMED_MOST
        looks = [
            *looks[:_NAMED_MOST],
            Look(
                group=GROUP,
                what="And more",
                light="broken",
                found=f"{left} more things differ",
                what_to_do="`./quicksell db verify` names each.",
            ),
        ]
    if hidden:
        looks.append(unseen(GROUP, "Triggers and events", hidden, _NO_ADMIN))
    counted = ", ".join(f"{count} {_many(kind, count)}" for kind, count in right.items() if kind in _COUNTED)
    return [*looks, good(GROUP, "Objects", f"right: {counted}")] if counted else looks


_COUNTED = ("table", "trigger", "procedure", "view", "event", "own table", "own trigger", "own procedure", "own view")


def _many(kind: str, count: int) -> str:
    return kind if count == 1 else f"{kind}s"


def _wrong(finding: Finding) -> Look:
    light: Light = "broken"
    if finding.name in _ONLY_WARNS or finding.name.endswith("may no more"):
        light = "warning"
    mend = "upgrades" if finding.name == "upgrades" and finding.what_to_do.startswith("Run `./quicksell db up") else ""
    return Look(
        group=GROUP,
        what=f"{finding.kind} {finding.name}",
        light=light,
        found=finding.message,
        what_to_do=finding.what_to_do,
        mend=mend,
    )


async def look_at_clock(conn: Connection) -> list[Look]:
    """Whether the database's clock agrees with this machine's.

    Args:
        conn: An open connection.
    """
    before = clock.now()
    there = await pulse.time(conn)
    after = clock.now()
    apart = max((before - there).total_seconds(), (there - after).total_seconds(), 0.0)
    return [
        judged(
            GROUP,
            "Clock",
            apart <= CLOCK_MOST_S,
            "agrees with this machine's" if apart <= CLOCK_MOST_S else f"{apart:.0f} s apart from this machine's",
            "Switch on time synchronisation on both machines: `timedatectl set-ntp true`.",
        )
    ]
