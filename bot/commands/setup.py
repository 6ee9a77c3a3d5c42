"""What the `db` sub-commands and the demo do with a database."""

from functools import partial
from pathlib import Path

from bot.base.sealing import keys_of
from bot.base.settings import Settings, database_admin
from repository.database.connection import Database
from repository.files import rekeying
from repository.files.rekeying import Rekeyed
from repository.schema.backup.backup import BackedUp
from repository.schema.backup.backup import backup as write_backup
from repository.schema.backup.restore import Restored
from repository.schema.backup.restore import restore as read_backup
from repository.schema.base.account import Account
from repository.schema.base.session import Progress, Step, opener, quiet
from repository.schema.change.init import Created
from repository.schema.change.init import init as create
from repository.schema.change.upgrades import BroughtUp
from repository.schema.change.upgrades import upgrade as bring_up
from repository.schema.check.findings import Finding
from repository.schema.check.verify import verify


async def create_database(settings: Settings, *, demo: bool, progress: Progress = quiet) -> Created:
    """Create the database with everything in it, and the bot's account where an administrator's is set.

    Args:
        settings: Which server, accounts and database.
        demo: Whether to load the demo shop too.
        progress: Told about every step.
    """
    database = settings.database
    account = None
    if database.admin_user and database.user and database.admin_user != database.user:
        host = "localhost" if database.socket or database.host in ("localhost", "127.0.0.1", "::1") else "%"
        account = Account(user=database.user, host=host)
    created = await create(
        opener(database_admin(settings), settings.offset, database=False),
        database.name,
        account=account,
        password=database.password,
        progress=progress,
    )
    if demo:
        await load_demo(settings)
    return created


async def load_demo(settings: Settings, *, pictures_url: str = "") -> None:
    """Load the demo shop, whatever of it is not there yet.

    Args:
        settings: Which database.
        pictures_url: Where the demo's pictures are served; PUBLIC_URL, or this machine, where empty.
    """
    from bot.base import clock
    from repository.workshop import demo

    url = pictures_url or settings.public_url or f"http://{settings.host}:{settings.port}"
    database = Database(
        settings.database if settings.database.user else database_admin(settings), settings.offset, most=2
    )
    try:
        async with database.transaction() as conn:
            await demo.load(conn, pictures_url=f"{url}/pictures", now=clock.now())
    finally:
        await database.close()


async def verify_database(settings: Settings, *, checklist: bool) -> list[Finding]:
    """What is right and wrong with the database.

    Args:
        settings: Which server, accounts and database.
        checklist: Whether to walk the public guide's list instead.
    """
    admin = opener(database_admin(settings), settings.offset, database=False)
    bot = opener(settings.database, settings.offset, database=False) if settings.database.is_given else None
    if checklist:
        from repository.schema.check.checklist import checklist as walk

        return list((await walk(admin, settings.database.name, settings.offset, bot=bot)).lines)
    return list((await verify(admin, settings.database.name, settings.offset, bot=bot)).findings)


async def upgrade_database(settings: Settings, progress: Progress) -> BroughtUp:
    """Bring the database up to date."""
    return await bring_up(
        opener(database_admin(settings), settings.offset, database=False), settings.database.name, progress=progress
    )


async def rekey(settings: Settings, progress: Progress) -> Rekeyed:
    """Seal the keys of all files anew under the first of FILES_KEY, some at a time.

    Args:
        settings: Which database, and the keys.
        progress: Told about files.
    """
    database = Database(settings.database, settings.offset, most=1, keys=keys_of(settings.files_key))
    try:
        async with database.connection() as conn:
            total = await rekeying.left(conn)
        after, done, lost = 0, 0, list[int]()
        while True:
            progress(Step(what="files", done=done, total=total))
            some = await database.retry(partial(rekeying.rekey, after=after))
            if not some.last_id:
                return Rekeyed(done, after, tuple(lost))
            after, done = some.last_id, done + some.done
            lost.extend(some.lost)
    finally:
        await database.close()


async def back_up(settings: Settings, file: Path, progress: Progress) -> BackedUp:
    """Write the whole database to a file."""
    return await write_backup(
        opener(database_admin(settings), settings.offset, database=False),
        settings.database.name,
        file,
        progress=progress,
    )


async def restore_from(settings: Settings, file: Path, progress: Progress, *, into_existing: bool) -> Restored:
    """Restore the database from a file."""
    return await read_backup(
        opener(database_admin(settings), settings.offset, database=False),
        settings.database.name,
        file,
        replace=into_existing,
        progress=progress,
    )
