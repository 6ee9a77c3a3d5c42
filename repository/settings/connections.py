"""What the shop needs to reach other servers: settings with secrets in them, which stand encrypted in the database."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from bot.base import logs
from repository.database.connection import Connection
from repository.settings import store
from repository.settings.about import About, abouts
from repository.settings.groups import Group
from repository.settings.secrets import CannotOpen, Sealer

_log = logs.get("settings")


class Connections(msgspec.Struct, frozen=True, kw_only=True):
    """How other servers are reached.

    Attributes:
        smtp_url: The mail server, such as smtps://name:password@mail.example:465; empty where mails are not sent.
        mail_from: Whom mails are from.
    """

    smtp_url: Annotated[
        str,
        About(
            group="mail",
            label="Mail server",
            help="As smtps://name:password@mail.example:465",
            most=500,
            is_secret=True,
        ),
    ] = ""
    mail_from: Annotated[str, About(group="mail", label="Mails come from", most=254)] = ""


MAIL = Group(Connections, "mail", title="Mail", lead="The server that sends mails to the people of the shop.")
GROUPS: tuple[Group[Connections], ...] = (MAIL,)
"""The connections as the console shows and saves them; secrets in them are sealed."""


async def load(conn: Connection, *, sealer: Sealer, given: Mapping[str, str]) -> Connections:
    """The connections in force, with their secrets in clear.

    Args:
        conn: An open connection.
        sealer: Opens the secrets; one that does not open is told to the operator, and is as the environment has it.
        given: What the environment gave, by name; secrets in clear.
    """
    kept = await store.stored(conn)
    sealed = store.in_force(Connections(), kept)
    in_force = {name: getattr(sealed, name) for name in Connections.__struct_fields__ if name in kept}
    for name, (_, about) in abouts(Connections).items():
        if about.is_secret and name in in_force:
            try:
                in_force[name] = sealer.open(in_force[name])
            except CannotOpen:
                _log.error("a stored secret was sealed under another SECRET_KEY; type it again", name=name)
                del in_force[name]
    return Connections(**{**given, **in_force})
