"""Checks every table, trigger, procedure, view, event and right by name, and names every difference."""

from collections import Counter
from datetime import timezone
from pathlib import Path

import msgspec

from repository.database.errors import DatabaseError, Unavailable
from repository.schema.base.account import Sight, sight_of
from repository.schema.base.errors import SchemaError
from repository.schema.base.scripts import FOLDER, Script, all_scripts
from repository.schema.base.session import UNKNOWN_DATABASE, Connect, Progress, Step, error_number, quiet
from repository.schema.base.statements import Item
from repository.schema.base.worker import Worker
from repository.schema.check import promise, surroundings
from repository.schema.check.compare import Difference, definitions_of, differences
from repository.schema.check.contract import ITEMS
from repository.schema.check.describe import describe
from repository.schema.check.facts import Event, Facts
from repository.schema.check.findings import UNSEEN, Finding

_TEXTS = ("procedure", "function", "view")
LOOK_WITH = "Set DB_ADMIN_USER and DB_ADMIN_PASSWORD to an account that may see it, and verify again."


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What `verify` found: first the database as a whole, then each object by name, then rights and settings."""

    database: str
    server: str
    findings: tuple[Finding, ...]

    @property
    def is_right(self) -> bool:
        """Whether everything is as promised."""
        return all(finding.ok for finding in self.findings)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the objects of a database are judged by."""

    promised: Facts | None
    live: Facts
    sight: Sight
    zone: str
    events_refused: bool


async def verify(
    connect: Connect,
    database: str,
    offset: timezone,
    *,
    bot: Connect | None = None,
    fresh: bool = False,
    progress: Progress = quiet,
    folder: Path = FOLDER,
) -> Verified:
    """Compare a database with the scripts. Nothing in it is changed.

    Args:
        connect: Opens a session of the account that looks, with no database chosen. One that may create databases can
            compare where the ledger holds no promise; without TRIGGER, EVENT and SHOW VIEW some things stay unseen.
        database: Which one.
        offset: The shop's fixed offset from UTC.
        bot: Opens a session of the bot's own account, whose rights are checked; None leaves them out.
        fresh: Load the scripts into a scratch database now, whatever the ledger holds.
        progress: Told about every step.
        folder: Where the scripts are.

    Raises:
        SchemaError: There is no such database.
        DatabaseError: The account may not log in, or not look at it.
        Unavailable: The server cannot be reached.
    """
    progress(Step(what="reading", done=0, total=4))
    try:
        worker = await Worker.start(connect, database)
    except Unavailable:
        raise
    except DatabaseError as error:
        if error_number(error) != UNKNOWN_DATABASE:
            raise
        raise SchemaError(f"There is no database {database}.", "Run `./quicksell db init`.") from error
    try:
        scripts = all_scripts(folder)
        promised = await _promised(connect, worker, database, scripts, fresh=fresh)
        progress(Step(what="comparing", done=1, total=4))
        zone = surroundings.offset_text(offset)
        known = Known(
            promised=promised,
            live=await describe(worker, database, worker.server),
            sight=await sight_of(worker, database),
            zone=zone,
            events_refused=await surroundings.events_refused(worker),
        )
        progress(Step(what="judging", done=2, total=4))
        findings = [
            *await surroundings.whole(worker, database, folder),
            *_seen(_objects(scripts, known)),
            *_strangers(scripts, known),
        ]
        progress(Step(what="rights and settings", done=3, total=4))
        if bot is not None:
            findings += await surroundings.rights(bot, database)
        findings += await surroundings.sessions(bot or connect)
        findings += await surroundings.settings(worker, offset, events_refused=known.events_refused)
        findings += await surroundings.administrators(worker)
    finally:
        await worker.close()
    progress(Step(what="done", done=4, total=4))
    return Verified(database=database, server=worker.server.text, findings=tuple(findings))


async def _promised(
    connect: Connect, worker: Worker, database: str, scripts: tuple[Script, ...], *, fresh: bool
) -> Facts | None:
    kept = None if fresh else await promise.kept(worker, scripts)
    if kept is not None:
        return kept
    try:
        return await promise.build(connect, database, scripts)
    except DatabaseError:
        return None


def _seen(findings: list[Finding]) -> list[Finding]:
    """What could be looked at; what the account cannot see is named once, and its right with it."""
    unseen = [finding for finding in findings if finding.what_to_do == LOOK_WITH]
    if not unseen:
        return findings
    kinds = Counter(finding.kind.removeprefix("own ") for finding in unseen)
    said = ", ".join(
        f"{number} {kind}{'s' if number > 1 else ''}" + (" (their texts)" if kind in _TEXTS else "")
        for kind, number in kinds.items()
    )
    told = f"this account cannot see {said}: they were not checked"
    seen = [finding for finding in findings if finding.what_to_do != LOOK_WITH]
    return [*seen, Finding(kind=UNSEEN, name="not looked at", ok=False, message=told, what_to_do=LOOK_WITH)]


def _objects(scripts: tuple[Script, ...], known: Known) -> list[Finding]:
    definitions = definitions_of(scripts)
    ours = [item for item in definitions if item not in ITEMS and item.kind != "index"]
    findings = [_judge(item, item.kind, definitions, known) for item in ITEMS]
    findings += [_judge(item, f"own {item.kind}", definitions, known) for item in sorted(ours)]
    return findings


def _judge(item: Item, kind: str, definitions: dict[Item, str], known: Known) -> Finding:
    if item not in definitions:
        return _wrong(item, kind, "stands in no script of this program", "Install the whole program again.")
    if not known.sight.sees(item.kind) and item.kind in ("trigger", "event"):
        return _wrong(item, kind, f"cannot be seen without the right {item.kind.upper()}", LOOK_WITH)
    if item.kind == "event" and item.name not in known.live.events and known.events_refused:
        return Finding(
            kind=kind, name=item.name, ok=True, message="not permitted on this server; the program does its work"
        )
    if known.promised is None:
        return _by_name(item, kind, known)
    differing = differences(item, known.promised, known.live, definitions)
    if item.kind == "event" and item.name in known.live.events:
        differing += _of_event(known.live.events[item.name], known.zone)
    if not differing:
        return Finding(kind=kind, name=item.name, ok=True, message=_right(item, known.live))
    seen = [difference for difference in differing if "cannot be seen" not in difference.problem]
    return _wrong(
        item,
        kind,
        "; ".join(difference.problem for difference in seen or differing),
        " ".join(dict.fromkeys(difference.mend for difference in seen)) if seen else LOOK_WITH,
    )


def _by_name(item: Item, kind: str, known: Known) -> Finding:
    there = {
        "table": item.name in known.live.tables,
        "view": item.name in known.live.views,
        "trigger": item.name in known.live.triggers,
        "event": item.name in known.live.events,
    }.get(item.kind, f"{item.kind} {item.name}" in known.live.routines)
    if not there:
        return _wrong(item, kind, "is missing", "Run `./quicksell db upgrade`.")
    return _wrong(
        item,
        kind,
        "is there, but nothing says how it should be: the ledger holds no promise for these scripts on this server",
        "Run `./quicksell db upgrade` with an account that may create databases, and verify again.",
    )


_LEFT = ", left to another node of the cluster, if one runs it: the workers do the same"


def _of_event(event: Event, zone: str) -> list[Difference]:
    differing: list[Difference] = []
    if event.status == "DISABLED":
        differing.append(
            Difference(problem="it is switched off", mend=f"Run ALTER EVENT ... ENABLE; {surroundings.TWINS}")
        )
    if event.zone not in (zone, "SYSTEM"):
        differing.append(
            Difference(
                problem=f"its time zone is {event.zone}, not {zone}", mend="Drop it and run `./quicksell db upgrade`."
            )
        )
    return differing


def _right(item: Item, live: Facts) -> str:
    if item.kind == "table":
        table = live.tables[item.name]
        return (
            f"right: {len(table.columns)} columns, {len(table.keys)} indexes, {len(table.references)} foreign keys, "
            f"{len(table.checks)} checks"
        )
    if item.kind == "event":
        event = live.events[item.name]
        runs = event.status in ("ENABLED", "DISABLED")
        return f"right: {event.schedule.lower()}{'' if runs else _LEFT}"
    if item.kind == "trigger":
        trigger = live.triggers[item.name]
        return f"right: {trigger.when.lower()} on {trigger.table}"
    if item.kind == "view":
        return f"right: {len(live.views[item.name].columns)} columns"
    return "right, to the last word of its text"


def _wrong(item: Item, kind: str, message: str, what_to_do: str) -> Finding:
    return Finding(kind=kind, name=item.name, ok=False, message=message, what_to_do=what_to_do)


def _strangers(scripts: tuple[Script, ...], known: Known) -> list[Finding]:
    """Triggers on the shop's tables that no script makes: they change what every write does."""
    made = {item.name for item in definitions_of(scripts) if item.kind == "trigger"}
    tables = {item.name for item in definitions_of(scripts) if item.kind == "table"}
    return [
        Finding(
            kind="strange trigger",
            name=trigger_name,
            ok=False,
            message=f"is not the shop's, and runs {trigger.when.lower()} on {trigger.table}",
            what_to_do=f"If nobody needs it: DROP TRIGGER {trigger_name};",
        )
        for trigger_name, trigger in known.live.triggers.items()
        if trigger_name not in made and trigger.table in tables
    ]
