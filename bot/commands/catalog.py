"""`quicksell catalog ...`: sheets of products in, out, and back."""

import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click
import msgspec

from bot.base import clock
from bot.base.exits import FOUND_WRONG, Failure
from bot.commands.sheets import confirmed, progress_bar, with_database
from bot.commands.telling_sheets import told
from bot.run.running import load_settings, needed
from repository.database.connection import Database
from repository.importing import exporting, matches, named, picturing
from repository.importing.applying import apply
from repository.importing.named import PictureFile
from repository.importing.planning import Plan, plan
from repository.importing.reverting import revert as take_back
from repository.sheets.goods import Reading
from repository.sheets.table import Unreadable
from repository.sheets.titles import Field, plain
from repository.sheets.writing import csv_of, xlsx_of
from repository.staff.by import By

_NOBODY = By()
_LISTED_MOST = 20
Answer = TypeVar("Answer")


@click.group()
def catalog() -> None:
    """Products from a sheet, and into one."""


@catalog.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before it is written.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.option("--column", "columns", multiple=True, metavar="TITLE=FIELD", help="What a column is; remembered.")
def import_(file: Path, dry_run: bool, yes: bool, as_json: bool, columns: tuple[str, ...]) -> None:
    """Bring in products from CSV, XLSX, XLS, ODS or a feed in XML, whoever made it.

    Rows that cannot be imported are named, each with the reason; all others go in. Exits with 1 where there are such.
    """
    content, matched = file.read_bytes(), dict(_column(one) for one in columns)
    settings = needed(load_settings())

    async def work(database: Database) -> tuple[Reading, Plan, int]:
        today = clock.now().astimezone(settings.offset).date()
        reading = await matches.recalled_or_said(database, content, today=today, matched=matched, by=_NOBODY)
        made = await plan(database, reading)
        if not as_json:
            for line in told(reading, made, currency=settings.shop_currency):
                click.echo(line)
        if reading.currency not in ("", settings.shop_currency):
            raise Failure(
                f"The prices are in {reading.currency}, and the shop sells in {settings.shop_currency}: nothing is"
                " converted. Change the prices and their currency in the file."
            )
        if dry_run or not made.steps or not (yes or await confirmed(as_json)):
            return reading, made, 0
        with progress_bar("products") as bar:
            import_id = await apply(database, made, file_name=file.name, by=_NOBODY, told=bar)
        return reading, made, import_id

    reading, made, import_id = with_database(settings, work)
    if as_json:
        shown = {"new": made.new, "changed": made.changed, "unchanged": made.unchanged, "import": import_id or None}
        said = {"errors": made.errors, "questions": reading.questions, "made_by": reading.made_by}
        click.echo(msgspec.json.encode({**shown, **said}))
    elif import_id:
        click.echo(f"Done: import {import_id}. `quicksell catalog revert` takes it back.")
        if links := sum(len(step.wanted.images) for step in made.steps if step.was is None or not step.was.images):
            click.echo(f"The running shop fetches its {links:,} pictures.")
    if made.errors:
        raise click.exceptions.Exit(FOUND_WRONG)


@catalog.command("pictures")
@click.argument("place", type=click.Path(path_type=Path, exists=True))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
def pictures_(place: Path, dry_run: bool) -> None:
    """Bring in pictures from a folder or a zip, named after the SKU or the name of their product.

    Products that have pictures keep them. Exits with 1 where a file is named after no product, or is no picture.
    """
    settings = needed(load_settings())
    base = settings.public_url.rstrip("/") or f"http://127.0.0.1:{settings.port}"

    async def work(database: Database) -> bool:
        with _files(place) as files:
            found = await picturing.look(database, files)
            click.echo(
                f"{sum(len(some) for _, some in found.of):,} pictures for {len(found.of):,} products;"
                f" {found.kept:,} products keep those that they have."
            )
            _list("Named after no product", found.nobodys)
            if dry_run or not found.of:
                return bool(found.nobodys)
            with progress_bar("products") as bar:
                done = await picturing.bring(database, found, called=place.name, base=base, by=_NOBODY, told=bar)
        click.echo(f"Done: {done.pictures:,} pictures of {done.products:,} products.")
        _list("Refused", [f"{name}: {why.replace('_', ' ')}" for name, why in done.refused])
        return bool(found.nobodys or done.refused)

    if with_database(settings, work):
        raise click.exceptions.Exit(FOUND_WRONG)


@contextmanager
def _files(place: Path) -> Iterator[list[PictureFile]]:
    if place.is_dir():
        yield named.of_folder(place)
        return
    try:
        with zipfile.ZipFile(place) as archive:
            yield named.of_zip(archive)
    except zipfile.BadZipFile:
        raise Unreadable(f"{place.name} is neither a folder nor a zip that can be opened.") from None


def _list(title: str, names: Sequence[str]) -> None:
    for name in names[:_LISTED_MOST]:
        click.echo(f"  {title}: {name}")
    if len(names) > _LISTED_MOST:
        click.echo(f"  ... and {len(names) - _LISTED_MOST:,} more")


@catalog.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, writable=True))
@click.option("--format", "kind", type=click.Choice(["csv", "xlsx", "facebook"]), help="Else by the file's name.")
def export(file: Path, kind: str | None) -> None:
    """Write all products into a sheet that imports to no change, or a feed for Facebook's catalogue."""
    settings = needed(load_settings())
    kind = kind or ("xlsx" if file.suffix.casefold() == ".xlsx" else "csv")

    async def work(database: Database) -> list[Sequence[str]]:
        if kind == "facebook":
            link = f"https://m.me/{settings.page_id}"
            return [row async for row in exporting.facebook(database, currency=settings.shop_currency, link=link)]
        return [row async for row in exporting.ours(database)]

    rows = with_database(settings, work)
    file.write_bytes(xlsx_of(rows) if kind == "xlsx" else csv_of(rows))
    click.echo(f"{len(rows) - 1:,} rows are in {file}.")


@catalog.command()
def revert() -> None:
    """Take the last import back: what it set and nobody has changed since, and never stock that was sold."""
    done = with_database(needed(load_settings()), lambda database: take_back(database, by=_NOBODY))
    if done is None:
        raise Failure("There is no import to take back.")
    click.echo(
        f"Import {done.import_id} ({done.file_name}) is taken back: {done.restored:,} as they were,"
        f" {done.archived:,} no longer sold, {done.kept:,} left alone since somebody has changed them."
    )


def _column(said: str) -> tuple[str, Field | None]:
    title, equals, field = said.rpartition("=")
    if not equals or field not in [*Field, "nothing"]:
        raise click.UsageError(f"--column {said}: write TITLE=FIELD, FIELD one of nothing, {', '.join(Field)}.")
    return plain(title), None if field == "nothing" else Field(field)
