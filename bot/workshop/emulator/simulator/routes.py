"""The simulator's addresses: the page and its files, what it does for shoppers, and a stream of what happens."""

import asyncio
from collections.abc import Awaitable, Callable
from importlib.resources import files

import msgspec
from aiohttp import hdrs, web

from bot.workshop.emulator import phone
from bot.workshop.emulator.events import FIELD_OF
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.simulator import actions, below, tapping
from bot.workshop.emulator.simulator.bodies import answer, decode
from bot.workshop.emulator.simulator.inspecting import Inspecting
from bot.workshop.emulator.simulator.keeping import redacted
from bot.workshop.emulator.simulator.sending import SENDING
from bot.workshop.emulator.simulator.state import Suggestion, faults_of, state_of

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data: blob: http: https:; media-src 'self' blob: http: https:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}
#: A header that only the page's own script can set, so that no other site can act for a shopper.
GUARD = "X-Simulator"
#: The stream says something at least this often, in seconds, so that a dead connection is noticed.
_HEARTBEAT_S = 15.0


class Switch(msgspec.Struct, frozen=True):
    """Something to go wrong."""

    name: str
    times: int | None = 1
    seconds: float | None = None
    code: int = 0
    subcode: int = 0
    psid: str = ""
    chance: float = 1.0
    seed: int | None = None


class Simulator:
    """The simulator over one emulated Facebook.

    Args:
        facebook: Whom it shows and drives.
        prefix: Where it is mounted, such as `/simulator`.
        suggestions: What the first screen offers to try.
        hosts: Names under which it may be asked for besides this machine's own; see `_guard`.
    """

    def __init__(
        self, facebook: Facebook, prefix: str, suggestions: tuple[Suggestion, ...], hosts: tuple[str, ...]
    ) -> None:
        self._facebook = facebook
        self._prefix = prefix.rstrip("/")
        self._suggestions = suggestions
        self._hosts = {"127.0.0.1", "localhost", "::1", *hosts}
        self._page = {
            entry.name: entry.read_bytes()
            for entry in files("bot.workshop.emulator.simulator").joinpath("page").iterdir()
            if entry.name.endswith(tuple(_TYPES))
        }
        self._streams = 0

    def routes(self) -> list[web.RouteDef]:
        """Everything to be added to an application."""
        at = self._prefix
        return [
            web.get(at or "/", self._guard(self._redirect)),
            web.get(f"{at}/", self._guard(self._index)),
            web.get(f"{at}/page/{{name}}", self._guard(self._static)),
            web.get(f"{at}/files/{{name}}", self._guard(self._facebook.files.serve)),
            web.get(f"{at}/attachments/{{number}}", self._guard(self._attachment)),
            web.get(f"{at}/api/state", self._guard(self._state)),
            web.get(f"{at}/api/events", self._guard(self._events)),
            *Inspecting(self._facebook).routes(at, self._guard),
            web.post(f"{at}/api/people", self._guard(self._create)),
            web.delete(f"{at}/api/people/{{psid}}", self._guard(self._forget)),
            web.get(f"{at}/api/people/{{psid}}/test.transcript", self._guard(self._transcript)),
            web.post(f"{at}/api/people/{{psid}}/picture", self._guard(self._picture)),
            web.post(f"{at}/api/people/{{psid}}/look", self._guard(self._look)),
            web.post(f"{at}/api/people/{{psid}}/login", self._guard(self._log_in)),
            web.post(f"{at}/api/people/{{psid}}/{{action}}", self._guard(self._act)),
            web.post(f"{at}/api/time", self._guard(self._advance)),
            web.get(f"{at}/api/faults", self._guard(self._faults)),
            web.post(f"{at}/api/faults", self._guard(self._arm)),
            web.delete(f"{at}/api/faults", self._guard(self._disarm)),
        ]

    def _guard(self, handler: Handler) -> Handler:
        """Answer the simulator's own page on this machine only: no other site, and no other name for the address."""

        async def guarded(request: web.Request) -> web.StreamResponse:
            if (request.url.host or "") not in self._hosts:
                raise web.HTTPForbidden(text="The simulator answers this machine only.")
            if request.method not in (hdrs.METH_GET, hdrs.METH_HEAD) and GUARD not in request.headers:
                raise web.HTTPForbidden(text=f"The header {GUARD} is missing.")
            return await handler(request)

        return guarded

    async def _redirect(self, _request: web.Request) -> web.StreamResponse:
        raise web.HTTPFound(f"{self._prefix}/")

    async def _index(self, _request: web.Request) -> web.StreamResponse:
        first_people(self._facebook)
        return web.Response(body=self._page["index.html"], content_type="text/html", charset="utf-8", headers=_HEADERS)

    async def _static(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["name"]
        body = self._page.get(name)
        if body is None:
            raise web.HTTPNotFound
        kind = _TYPES["." + name.rpartition(".")[2]]
        return web.Response(body=body, content_type=kind, charset="utf-8", headers=_HEADERS)

    async def _attachment(self, request: web.Request) -> web.StreamResponse:
        url = self._facebook.files.attached(request.match_info["number"])
        if url is None:
            raise web.HTTPNotFound
        raise web.HTTPFound(url.replace(f"{self._facebook.base_url}/files/", f"{self._prefix}/files/"))

    async def _state(self, _request: web.Request) -> web.StreamResponse:
        return answer(state_of(self._facebook, self._suggestions))

    async def _events(self, request: web.Request) -> web.StreamResponse:
        stream = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await stream.prepare(request)
        self._streams += 1
        try:
            with self._facebook.feed.watch() as happenings:
                whole = {"kind": "state", "state": state_of(self._facebook, self._suggestions)}
                await stream.write(b"retry: 500\ndata: " + msgspec.json.encode(whole) + b"\n\n")
                while (line := await _next(happenings)) is not None:
                    await stream.write(b"data: " + line + b"\n\n" if line else b": still here\n\n")
        except ConnectionResetError:
            pass
        finally:
            self._streams -= 1
            if not self._streams:
                for person in self._facebook.people:
                    person.looking = False
        return stream

    async def _create(self, request: web.Request) -> web.StreamResponse:
        person = actions.create(self._facebook, await request.read())
        return answer({"psid": person.psid}, status=201)

    async def _forget(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        self._facebook.forget(person)
        return answer({})

    async def _transcript(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        text = redacted(self._facebook, person)
        if not text:
            raise web.HTTPConflict(text="Nothing has been said on this phone yet.")
        return web.Response(
            text=text,
            content_type="text/plain",
            charset="utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="chat.transcript"',
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _act(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        name = request.match_info["action"]
        action = actions.ACTIONS.get(name) or SENDING.get(name) or below.ACTIONS.get(name)
        if action is None:
            raise web.HTTPNotFound
        return self._bring(person, action(self._facebook, person, await request.read()))

    async def _log_in(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        return answer({"url": tapping.logs_in(self._facebook, person, await request.read())})

    async def _picture(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        if not request.content_type.startswith("image/"):
            raise web.HTTPUnsupportedMediaType(text="Only pictures can be sent.")
        content = bytearray()
        async for chunk in request.content.iter_chunked(65536):
            content += chunk
            if len(content) > actions.LARGEST_PICTURE:
                raise web.HTTPRequestEntityTooLarge(actions.LARGEST_PICTURE, len(content))
        if not content:
            raise web.HTTPBadRequest(text="The picture is empty.")
        url = self._facebook.serves(bytes(content), request.content_type)
        return self._bring(person, phone.shares(self._facebook, person, "image", url))

    async def _look(self, request: web.Request) -> web.StreamResponse:
        person = self._person(request)
        person.looking = request.query.get("away") is None
        if person.looking:
            self._facebook.reads(person)
        return answer({})

    async def _advance(self, request: web.Request) -> web.StreamResponse:
        hours = msgspec.json.decode(await request.read(), type=dict[str, float]).get("hours", 0)
        if not 0 < hours <= 24 * 366:
            raise web.HTTPBadRequest(text="Time moves on, by at most a year.")
        self._facebook.advance(hours)
        return answer({"now": self._facebook.time.now_ms()})

    async def _faults(self, _request: web.Request) -> web.StreamResponse:
        return answer(faults_of(self._facebook))

    async def _arm(self, request: web.Request) -> web.StreamResponse:
        wanted = decode(await request.read(), Switch)
        if wanted.seed is not None:
            self._facebook.faults.seed(wanted.seed)
        try:
            self._facebook.faults.arm(
                wanted.name,
                times=wanted.times,
                seconds=wanted.seconds,
                code=wanted.code,
                subcode=wanted.subcode,
                psid=wanted.psid,
                chance=wanted.chance,
            )
        except ValueError as error:
            raise web.HTTPBadRequest(text=str(error)) from None
        return answer(faults_of(self._facebook), status=201)

    async def _disarm(self, request: web.Request) -> web.StreamResponse:
        self._facebook.faults.clear(request.query.get("name", ""))
        return answer(faults_of(self._facebook))

    def _bring(self, person: Person, did: phone.Did) -> web.StreamResponse:
        if not self._facebook.courier.brings(did[0], did[2]):
            raise web.HTTPConflict(text=f"Your bot's app is not subscribed to {FIELD_OF.get(did[0], did[0])}.")
        if self._facebook.courier.send(person.psid, *did) is None:
            raise web.HTTPServiceUnavailable(text="No bot is connected to the emulator yet.")
        return answer({}, status=202)

    def _person(self, request: web.Request) -> Person:
        person = self._facebook.people.get(request.match_info["psid"])
        if person is None:
            raise web.HTTPNotFound(text="Nobody has this PSID.")
        return person


async def _next(happenings: asyncio.Queue[bytes | None]) -> bytes | None:
    """The next happening; empty bytes where nothing happened for a while, None at the end."""
    try:
        async with asyncio.timeout(_HEARTBEAT_S):
            return await happenings.get()
    except TimeoutError:
        return b""


def first_people(facebook: Facebook) -> None:
    """Let the two open an account whose phones are lent to whoever comes first; nobody where somebody is there.

    Args:
        facebook: The emulated Facebook.
    """
    if not len(facebook.people):
        facebook.meet("Ana Cruz", "en_US")
        facebook.meet("Ben Reyes", "tl_PH")
