"""The simulator's addresses for testers: a turn looked into, the shop's time, a chat recorded and done again."""

from collections.abc import Awaitable, Callable

import msgspec
from aiohttp import web

from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.simulator.behind import Behind
from bot.workshop.emulator.simulator.bodies import answer, decode

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Passing(msgspec.Struct, frozen=True):
    """How time passes for the whole shop."""

    to: str


class Upto(msgspec.Struct, frozen=True):
    """Up to which message a chat is done again; empty for all."""

    mid: str = ""


class Inspecting:
    """What a tester does, over one emulated Facebook.

    Args:
        facebook: The Facebook; what is behind it is asked each time.
    """

    def __init__(self, facebook: Facebook) -> None:
        self._facebook = facebook

    def routes(self, at: str, guard: Callable[[Handler], Handler]) -> list[web.RouteDef]:
        """The addresses.

        Args:
            at: Where the simulator is mounted.
            guard: Lets the simulator's own page in, and nobody else.
        """
        person = f"{at}/api/people/{{psid}}"
        return [
            web.get(f"{person}/turns/{{mid}}", guard(self._inspect)),
            web.get(f"{person}/test.jsonl", guard(self._record)),
            web.post(f"{person}/again", guard(self._again)),
            web.post(f"{at}/api/shop/time", guard(self._pass_time)),
        ]

    @property
    def _behind(self) -> Behind:
        if self._facebook.behind is None:
            raise web.HTTPConflict(text="The bot behind this emulator is not ours: only its messages can be seen.")
        return self._facebook.behind

    async def _inspect(self, request: web.Request) -> web.StreamResponse:
        psid, mid = request.match_info["psid"], request.match_info["mid"]
        turn = await self._behind.inspected(psid, mid)
        if turn is None:
            raise web.HTTPNotFound(text="No turn is behind this message: it is a notice, or was typed by a person.")
        if body := self._facebook.courier.bodies.get(str(turn["mid"])):
            turn["webhook"] = msgspec.json.decode(body)
            turn["curl"] = self._curl(body)
        return answer(turn)

    def _curl(self, body: bytes) -> str:
        """A webhook as a command that posts it again, signed."""
        headers = {"Content-Type": "application/json", **self._facebook.courier.signature(body)}
        given = " ".join(f"-H '{name}: {value}'" for name, value in headers.items())
        quoted = body.decode().replace("'", "'\\''")
        return f"curl -X POST {given} --data-binary '{quoted}' {self._facebook.courier.url}"

    async def _record(self, request: web.Request) -> web.StreamResponse:
        kept = await self._behind.recorded(request.match_info["psid"])
        if kept is None:
            raise web.HTTPConflict(text="Nothing has been said on this phone yet.")
        return web.Response(
            body=kept[1],
            content_type="application/x-ndjson",
            headers={
                "Content-Disposition": 'attachment; filename="chat.jsonl"',
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )

    async def _again(self, request: web.Request) -> web.StreamResponse:
        if self._facebook.people.get(request.match_info["psid"]) is None:
            raise web.HTTPNotFound(text="Nobody has this PSID.")
        wanted = decode(await request.read(), Upto)
        return answer(await self._behind.again(request.match_info["psid"], wanted.mid))

    async def _pass_time(self, request: web.Request) -> web.StreamResponse:
        wanted = decode(await request.read(), Passing)
        try:
            await self._behind.pass_time(wanted.to)
        except ValueError as error:
            raise web.HTTPBadRequest(text=f"{error}.") from None
        self._facebook.feed.tell("time", "")
        return answer({"now": self._facebook.time.now_ms()})
