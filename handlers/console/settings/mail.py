"""The mail server: a secret that is typed here once, and never shown again."""

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import urlsplit

import msgspec
from aiohttp import web
from msgspec.structs import replace

from handlers.console.base.forms import Filled
from handlers.console.base.nouns.editable import Opened
from handlers.console.base.nouns.preview import Sentence, Tried
from handlers.console.base.visit import Declined, Notice, Visit
from handlers.console.settings.groups import HOME, GroupEditor
from repository.database.connection import Connection
from repository.database.errors import Stale
from repository.settings import connections
from repository.settings.connections import Connections
from repository.settings.secrets import CannotOpen, Sealer

_SERVER = "Please write it as smtps://name:password@mail.example:465"


class MailEditor(GroupEditor[Connections]):
    """The pages of the mail server."""

    saved = "Saved. The next mail goes that way."

    def given(self, visit: Visit) -> Mapping[str, object]:
        """See `GroupEditor`; of a secret only that there is one."""
        settings = visit.shop.settings
        told = {"smtp_url": "SMTP_URL" if settings.smtp_url else "", "mail_from": settings.mail_from}
        return {name: value for name, value in told.items() if value}

    def problems(self, _: Visit, body: msgspec.Struct) -> Mapping[str, str]:
        typed = _connections(body)
        wrong: dict[str, str] = {}
        if typed.smtp_url and not _is_server(typed.smtp_url):
            wrong["smtp_url"] = _SERVER
        if typed.mail_from and not _is_address(typed.mail_from):
            wrong["mail_from"] = "Please write an address, such as shop@example.com"
        return wrong

    async def stored(
        self,
        visit: Visit,
        one: Opened[msgspec.Struct] | None,
        write: Callable[[Connection, msgspec.Struct, int], Awaitable[tuple[int, bool]]],
    ) -> web.Response:
        """Save what was typed: a secret is sealed before it is written; the one that there is stays where none is."""
        sealer = Sealer(visit.shop.settings.secret_key)
        there = _connections(one.body).smtp_url if one else ""

        async def sealed(conn: Connection, body: msgspec.Struct, version: int) -> tuple[int, bool]:
            typed = _connections(body).smtp_url
            return await write(conn, replace(body, smtp_url=sealer.seal(typed) if typed else there), version)

        return await super().stored(visit, one, sealed)

    async def forget(self, visit: Visit) -> web.Response:
        """Forget the server that was typed here; the environment's holds again."""

        async def work(conn: Connection) -> bool:
            opened = await self.opened(conn, visit)
            body = replace(opened.body, smtp_url="")
            return await self.group.save(
                conn, body, defaults=self.defaults, version=visit.version(), by=visit.by, action="changed"
            )

        try:
            await visit.write(work)
        except Stale as stale:
            raise Declined(f"{stale.saved_by} has just changed this. Please look first.", self.home) from None
        return visit.to(self.home, Notice("The server that was typed here is forgotten."))

    async def looked(self, visit: Visit, _: Filled) -> Tried:
        """Which server is in force."""
        async with visit.shop.database.connection() as conn:
            opened = await self.opened(conn, visit)
        there = _connections(opened.body)
        try:
            ending = Sealer(visit.shop.settings.secret_key).ending(there.smtp_url)
        except CannotOpen:
            ending = "?"
        sender = there.mail_from or visit.shop.settings.mail_from
        written = visit.look.part("_mail.html", source=opened.sources["smtp_url"], ending=ending, sender=sender)
        return Tried(messages=(), sentences=tuple(Sentence(line) for line in written.splitlines() if line.strip()))


def _connections(body: msgspec.Struct) -> Connections:
    return msgspec.convert(body, Connections, from_attributes=True)


def _is_server(typed: str) -> bool:
    if any(letter.isspace() for letter in typed):
        return False
    try:
        parts = urlsplit(typed)
        return parts.scheme in ("smtp", "smtps") and bool(parts.hostname) and parts.port is not None
    except ValueError:
        return False


def _is_address(typed: str) -> bool:
    name, at, host = typed.partition("@")
    return bool(name and at and "." in host) and not any(letter.isspace() for letter in typed)


MAIL = MailEditor(connections.MAIL, Connections(), currency="PHP", template="settings_mail.html", home=f"{HOME}/mail")
