"""`quicksell import-transcript`: conversations of other tools as transcripts."""

import re
from pathlib import Path
from typing import Literal

import click

from bot.base.exits import FOUND_WRONG
from bot.workshop.replay.carried import carried
from bot.workshop.replay.foreign.reading import Asked, ForeignError, Note, Reading, as_json
from bot.workshop.replay.foreign.recognise import groups, read
from handlers.transcripts.writing import written


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--to", type=click.Path(path_type=Path, file_okay=False), default=Path(), help="Write into this folder.")
@click.option("--json", "as_json_", is_flag=True, help="Write no file: print each reading as JSON.")
@click.option("--shop", default="", help="Whose messages are the shop's, in a chat's export.")
@click.option("--dates", type=click.Choice(["day", "month"]), help="Which stands first in a chat's export.")
@click.option("--locale", default="en_US", help="The shopper's locale, such as tl_PH.")
def import_transcript(
    paths: tuple[Path, ...], to: Path, as_json_: bool, shop: str, dates: Literal["day", "month"] | None, locale: str
) -> None:
    """Make transcripts of conversations that Bot Framework, Botium, Rasa, voiceflow-cli, Facebook or WhatsApp wrote."""
    asked = Asked(shop=shop, dates=dates or "")
    went_wrong = False
    for group in (group for path in paths for group in groups(path)):
        try:
            reading = read(group, asked)
        except ForeignError as error:
            click.echo(str(error), err=True)
            went_wrong = True
            continue
        except OSError as error:
            click.echo(f"{group[0]}, line 1: It cannot be read: {error.strerror}.", err=True)
            went_wrong = True
            continue
        _tell(reading.notes)
        if as_json_:
            click.echo(as_json(reading))
        else:
            went_wrong |= not _write(group[0], reading, to, locale)
    if went_wrong:
        raise click.exceptions.Exit(FOUND_WRONG)


def _write(path: Path, reading: Reading, to: Path, locale: str) -> bool:
    """Write each conversation to a file of its own, beside nothing that is there. Whether any could be written."""
    to.mkdir(parents=True, exist_ok=True)
    count = 0
    for conversation in reading.conversations:
        transcript, notes = carried(path, conversation, locale=locale)
        _tell(notes)
        if not transcript.exchanges:
            click.echo(f"{path}, line 1: In {conversation.name!r} a shopper says nothing: left out.", err=True)
            continue
        file = _free(to, re.sub(r"[^\w]+", "-", conversation.name.lower()).strip("-")[:60] or "conversation")
        file.write_text(written(transcript), encoding="utf-8")
        click.echo(f"{file}  {len(transcript.exchanges)} turns, from {reading.format}")
        count += 1
    for ignored in reading.ignored:
        click.echo(f"{path}: left out: {ignored}", err=True)
    return count > 0


def _free(folder: Path, name: str) -> Path:
    """A name that nothing has yet: conversations of one name stay apart."""
    number, file = 1, folder / f"{name}.transcript"
    while file.exists():
        number += 1
        file = folder / f"{name}-{number}.transcript"
    return file


def _tell(notes: list[Note]) -> None:
    for note in notes:
        click.echo(note.shown(), err=True)
