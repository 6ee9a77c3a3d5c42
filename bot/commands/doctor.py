"""`quicksell doctor`: what is wrong with this shop, and the one thing to do about each."""

from pathlib import Path

import click
import msgspec

from bot.base.exits import FOUND_WRONG
from bot.base.settings import Settings
from bot.run.running import load_settings, run
from handlers.doctor.looks import Look

_MARKS = {"good": ("✓", "green"), "warning": ("!", "yellow"), "broken": ("✗", "red"), "unseen": ("?", "cyan")}
_PRIVATE_LEAST = 3
"""Letters of a setting that is blotted out of a report: shorter ones are in too many words."""


@click.command()
@click.option("--fix", is_flag=True, help="Mend what can safely be mended, then look again.")
@click.option("--json", "as_json", is_flag=True, help="For scripts.")
@click.option(
    "--report",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write it to a file too, without addresses and names, for a bug report.",
)
def doctor(fix: bool, as_json: bool, report: Path | None) -> None:
    """Look at everything that the shop stands on. Nothing is changed without --fix.

    Exits with 0 where nothing is broken, else with 1.
    """
    from handlers.doctor.examining import connected, examine
    from handlers.doctor.mending import mend

    settings, here = run(connected(load_settings())), Path.cwd()
    looks = run(examine(settings, here))
    done: list[str] = []
    if fix and (done := run(mend(settings, here, looks))):
        looks = run(examine(settings, here))
    if as_json:
        click.echo(msgspec.json.encode({"looks": looks, "mended": done}))
    else:
        for line in lines(looks, done):
            click.echo(line)
    if report is not None:
        text = "\n".join(click.unstyle(line) for line in lines(looks, done))
        report.write_text(f"{redacted(text, settings)}\n")
        click.echo(f"Written to {report}. Read it before you give it away.", err=True)
    if any(look.light == "broken" for look in looks):
        raise click.exceptions.Exit(FOUND_WRONG)


def lines(looks: list[Look], mended: list[str]) -> list[str]:
    """What was found, as a terminal shows it.

    Args:
        looks: What was found, group by group.
        mended: What was mended, a sentence each.
    """
    told: list[str] = []
    group = ""
    for look in looks:
        if look.group != group:
            group = look.group
            told += ["", click.style(group, bold=True)]
        mark, color = _MARKS[look.light]
        told.append(f"  {click.style(mark, fg=color)} {look.what}: {look.found}")
        if look.what_to_do:
            told.append(f"      → {look.what_to_do}{' [--fix does it]' if look.mend else ''}")
    broken = sum(look.light == "broken" for look in looks)
    warned = sum(look.light == "warning" for look in looks)
    told += ["", *(f"Mended: {sentence}" for sentence in mended)]
    if broken or warned:
        told.append(f"{broken} broken, {warned} to see to, {len(looks)} looked at.")
    else:
        told.append(f"All is well: {len(looks)} things looked at.")
    return told[1:]


def redacted(text: str, settings: Settings) -> str:
    """A report without what belongs to the shop alone: each setting that names it becomes its name in brackets.

    Args:
        text: What was found.
        settings: This process's settings.
    """
    private = {
        "DB_HOST": settings.database.host,
        "DB_SOCKET": settings.database.socket,
        "DB_USER": settings.database.user,
        "DB_PASSWORD": settings.database.password,
        "DB_NAME": settings.database.name,
        "DB_ADMIN_USER": settings.database.admin_user,
        "DB_ADMIN_PASSWORD": settings.database.admin_password,
        "PAGE_ACCESS_TOKEN": settings.page_access_token,
        "APP_SECRET": settings.app_secret,
        "APP_ID": settings.app_id,
        "PAGE_ID": settings.page_id,
        "VERIFY_TOKEN": settings.verify_token,
        "SECRET_KEY": settings.secret_key,
        "FILES_KEY": settings.files_key,
        "PUBLIC_URL": settings.public_url,
        "SHOP_NAME": settings.shop_name,
        "HOST": settings.host,
    }
    for name, value in sorted(private.items(), key=lambda one: -len(one[1])):
        if len(value) >= _PRIVATE_LEAST:
            text = text.replace(value, f"[{name}]")
    return text
