"""A bot of the tests' own: a webhook on a real socket that answers with what a script says."""

import hashlib
import hmac
from collections.abc import Callable

import msgspec
from aiohttp import ClientSession, web

from bot.workshop.emulator import Emulator
from bot.workshop.emulator.answers import Json
from handlers.web import pictures

PICTURES = (
    "barako-stoneware-mug-tasa.jpg",
    "canvas-tote-bag-with-zip.jpg",
    "barako-coffee.jpg",
    "capiz-shell-table-lamp.jpg",
)

Script = Callable[[Json], list[Json]]


class Heard(msgspec.Struct, frozen=True):
    """One webhook POST that arrived."""

    body: bytes
    signed: bool
    items: list[Json]


def silent(item: Json) -> list[Json]:
    """A script that never answers."""
    return []


class Peer:
    """A bot that checks signatures and answers each item by its script.

    Args:
        emulator: The Graph API that it sends to.
    """

    def __init__(self, emulator: Emulator) -> None:
        self.script: Script = silent
        self.hears_itself = False
        self.heard: list[Heard] = []
        self._entries: list[dict[str, list[Json]]] = []
        self.status = 200
        self.base = ""
        self.url = ""
        self._emulator = emulator
        self._session = ClientSession()
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen, and be where the emulator sends webhooks."""
        application = web.Application()
        application.router.add_post("/webhook", self._receive)
        application.router.add_get("/webhook", self._verify)
        application.router.add_get("/picture/{number}.jpg", _picture)
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.url = f"{self.base}/webhook"
        self._emulator.webhook_url = self.url

    async def stop(self) -> None:
        """Stop listening."""
        await self._session.close()
        if self._runner:
            await self._runner.cleanup()

    def items(self, key: str = "") -> list[Json]:
        """Every item that arrived with a good signature, or those with a key; an echo counts as `echo` only."""
        everything = [item for heard in self.heard if heard.signed for item in heard.items]
        return [item for item in everything if not key or kind_of(item) == key]

    def changes(self) -> list[Json]:
        """Everything that happened to the page itself."""
        return [change for entry in self._entries for change in entry.get("changes", [])]

    def standby(self) -> list[Json]:
        """Every item of conversations that another app held."""
        return [item for entry in self._entries for item in entry.get("standby", [])]

    async def send(self, psid: str, message: Json, **more: object) -> tuple[int, Json]:
        """Send a message, as a bot does.

        Returns:
            The status and the body of Graph's answer.
        """
        body: Json = {"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": message, **more}
        return await self.post("me/messages", body)

    async def post(self, path: str, body: Json) -> tuple[int, Json]:
        """POST to Graph with the page's token."""
        return await self.call("POST", path, body)

    async def call(self, method: str, path: str, body: Json | None = None, *, token: str = "") -> tuple[int, Json]:
        """Call Graph."""
        status, found = await self._call(method, path, body, token)
        return status, msgspec.json.decode(found, type=Json)

    async def post_list(self, path: str, body: Json) -> tuple[int, list[Json]]:
        """POST what is answered with a list, such as a batch."""
        status, found = await self._call("POST", path, body, "")
        return status, msgspec.json.decode(found, type=list[Json])

    async def _call(self, method: str, path: str, body: Json | None, token: str) -> tuple[int, bytes]:
        async with self._session.request(
            method,
            f"{self._emulator.base_url}/v26.0/{path}",
            data=msgspec.json.encode(body) if body is not None else None,
            headers={
                "Authorization": f"Bearer {token or self._emulator.app.page_token}",
                "Content-Type": "application/json",
            },
        ) as answered:
            return answered.status, await answered.read()

    async def fetch(self, url: str) -> tuple[int, str, bytes]:
        """Fetch a file that a shopper sent.

        Returns:
            The status, the content type and the bytes.
        """
        async with self._session.get(url) as answered:
            return answered.status, answered.content_type, await answered.read()

    async def _verify(self, request: web.Request) -> web.Response:
        right = request.query.get("hub.verify_token") == self._emulator.app.verify_token
        return web.Response(status=200 if right else 403, text=request.query["hub.challenge"] if right else "no")

    async def _receive(self, request: web.Request) -> web.Response:
        body = await request.read()
        proof = hmac.new(self._emulator.app.app_secret.encode(), body, hashlib.sha256).hexdigest()
        signed = request.headers.get("X-Hub-Signature-256") == f"sha256={proof}"
        decoded = msgspec.json.decode(body)
        items = [item for entry in decoded["entry"] for item in entry.get("messaging", [])]
        self.heard.append(Heard(body, signed, items))
        self._entries.extend(decoded["entry"])
        if not signed:
            return web.Response(status=403)
        if self.status == 200:
            for item in items:
                kind = kind_of(item)
                to = "recipient" if kind == "echo" else "sender"
                hears = ("message", "postback", "echo") if self.hears_itself else ("message", "postback")
                for message in self.script(item) if kind in hears else []:
                    await self.send(item[to]["id"], message)
        return web.Response(status=self.status, text="EVENT_RECEIVED")


async def _picture(request: web.Request) -> web.FileResponse:
    """A picture of a product."""
    return web.FileResponse(pictures.PICTURES / PICTURES[int(request.match_info["number"])])


def kind_of(item: Json) -> str:
    """The item's key; `echo` for an echo."""
    for key, what in item.items():
        if isinstance(what, dict) and key not in ("sender", "recipient"):
            return "echo" if what.get("is_echo") else key
    return ""


def text_of(item: Json) -> str:
    """The words of a message or a tap; a tap's are its payload."""
    for key in ("message", "postback"):
        what = item.get(key)
        if isinstance(what, dict):
            quick_reply = what.get("quick_reply")
            found = quick_reply["payload"] if quick_reply else what.get("payload") or what.get("text", "")
            return str(found)
    return ""
