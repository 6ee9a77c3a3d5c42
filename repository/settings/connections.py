"""What the shop needs to reach other servers: settings with secrets in them, which stand encrypted in the database."""

from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec.structs import replace

from bot.base import logs
from bot.base.settings import Settings
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
        public_url: Where Facebook and browsers reach this shop, beginning with https://
        app_id: The app of the page, at Facebook.
        app_secret: Proves that webhooks come from Facebook, and our calls from the app.
        person_token: Of who connects the page, until they have chosen one.
        page_id: The page.
        page_name: What Facebook calls it.
        page_access_token: Acts for the page.
        verify_token: What Facebook says when it asks whether the webhook is ours; made by us.
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
    public_url: Annotated[str, About(group="page", label="Public address", most=200)] = ""
    app_id: Annotated[str, About(group="page", label="App ID", most=30)] = ""
    app_secret: Annotated[str, About(group="page", label="App secret", most=500, is_secret=True)] = ""
    person_token: Annotated[str, About(group="page", label="Your token", most=2000, is_secret=True)] = ""
    page_id: Annotated[str, About(group="page", label="Page", most=30)] = ""
    page_name: Annotated[str, About(group="page", label="Name of the page", most=200)] = ""
    page_access_token: Annotated[str, About(group="page", label="Token of the page", most=2000, is_secret=True)] = ""
    verify_token: Annotated[str, About(group="page", label="Verify token", most=500, is_secret=True)] = ""


MAIL = Group(Connections, "mail", title="Mail", lead="The server that sends mails to the people of the shop.")
PAGE = Group(Connections, "page", title="The page", lead="The page on Facebook, and the app that acts for it.")
GROUPS: tuple[Group[Connections], ...] = (MAIL, PAGE)
"""The connections as the console shows and saves them; secrets in them are sealed."""
_OF_THE_ENVIRONMENT = ("public_url", "app_id", "app_secret", "page_id", "page_access_token", "verify_token")
"""What of a page the environment may give as well."""


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


def of_the_environment(settings: Settings) -> dict[str, str]:
    """What the environment says of the page, by name; what it leaves out is not there.

    Args:
        settings: As this process was started.
    """
    return {name: value for name in _OF_THE_ENVIRONMENT if (value := str(getattr(settings, name)))}


async def in_force(conn: Connection, settings: Settings) -> Settings:
    """The settings of this process with what the console has connected on top.

    Args:
        conn: An open connection.
        settings: As this process was started.
    """
    known = await load(conn, sealer=Sealer(settings.secret_key), given=of_the_environment(settings))
    return replace(settings, **{name: getattr(known, name) for name in _OF_THE_ENVIRONMENT})
