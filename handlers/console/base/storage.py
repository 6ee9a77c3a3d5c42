"""Sessions of the console, kept in the database: the cookie is a random number of which only the hash is stored."""

import hashlib
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp_session import AbstractStorage, Session

from bot.base import clock
from bot.base.settings import Settings
from handlers.inbound.addresses import address_of
from handlers.turns.in_force import Shop
from repository.staff import sessions
from repository.staff.sessions import LONGEST, SignedIn

PREFIX = "/console"
COOKIE = "quicksell_console"
SIGNED_IN = web.RequestKey("signed_in", SignedIn)
TOKEN_HASH = web.RequestKey("token_hash", bytes)
_TOKEN_BYTES = 32


class DatabaseStorage(AbstractStorage):
    """Sessions in `console_sessions`.

    A session that is not in the database is empty and new; it is stored when somebody logs in, never for a stranger.

    Args:
        shop: Its database holds them; whether the cookie may only travel over HTTPS depends on its `public_url`.
    """

    def __init__(self, shop: Shop) -> None:
        super().__init__(
            cookie_name=COOKIE,
            max_age=int(LONGEST.total_seconds()),
            path=f"{PREFIX}/",
            secure=is_secure(shop.settings) or None,
            httponly=True,
            samesite="Lax",
        )
        self._shop = shop
        self._database = shop.database

    async def load_session(self, request: web.Request) -> Session:
        token = self.load_cookie(request)
        if token:
            token_hash = _hash(token)
            async with self._database.connection() as conn:
                found = await sessions.find(conn, token_hash=token_hash)
            if found is not None:
                request[SIGNED_IN] = found
                request[TOKEN_HASH] = token_hash
                created = int(found.created_at.timestamp())
                return Session(
                    token, data={"created": created, "session": dict(found.session)}, new=False, max_age=None
                )
        return Session(None, data=None, new=True, max_age=None)

    async def save_session(self, request: web.Request, response: web.StreamResponse, session: Session) -> None:
        kept = {str(name): session[name] for name in session}
        admin_id = kept.pop("admin_id", None)
        was = request.get(TOKEN_HASH)
        async with self._database.connection() as conn:
            if session.new and isinstance(admin_id, int):
                if was:
                    await sessions.end(conn, token_hash=was)
                token = clock.token(_TOKEN_BYTES)
                self.cookie_params["secure"] = (
                    is_secure(self._shop.settings) or None
                )  # it may have been connected since
                await sessions.begin(
                    conn,
                    token_hash=_hash(token),
                    admin_id=admin_id,
                    session=kept,
                    ip_address=address_of(request),
                    user_agent=request.headers.get("User-Agent", ""),
                )
                self.save_cookie(response, token, max_age=self.max_age)
            elif session.empty:
                if was:
                    await sessions.end(conn, token_hash=was)
                self.save_cookie(response, "")
            elif was:
                await sessions.keep(conn, token_hash=was, session=kept)


def is_secure(settings: Settings) -> bool:
    """Whether browsers reach this server over HTTPS."""
    return urlsplit(settings.public_url).scheme == "https"


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode(errors="replace")).digest()
