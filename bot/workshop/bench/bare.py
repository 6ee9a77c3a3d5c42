"""The limit of a turn: the least that a server written with these libraries can do and still be durable.

One aiohttp handler that checks the signature, decodes the body, makes one durable transaction of three statements
through aiomysql and POSTs one reply. No dialogs, no order of events, no duplicates dropped, nothing to replay.
"""

import msgspec
from aiohttp import ClientSession, web

from bot.base import clock
from bot.base.settings import Settings
from bot.messenger import signature
from repository.workshop import bare


class _Who(msgspec.Struct):
    id: str


class _Item(msgspec.Struct):
    sender: _Who


class _Entry(msgspec.Struct):
    messaging: list[_Item]


class _Body(msgspec.Struct):
    entry: list[_Entry]


_decoder = msgspec.json.Decoder(_Body)


async def application(settings: Settings, http: ClientSession, *, secret: str, send_url: str) -> web.Application:
    """The bare server.

    Args:
        settings: Where its database is.
        http: For the replies.
        secret: The app secret.
        send_url: Where a reply is POSTed.
    """

    pool = await bare.open_pool(settings.database, settings.offset)

    async def receive(request: web.Request) -> web.Response:
        body = await request.read()
        if not signature.verify(secret, body, request.headers.get(signature.HEADER, "")):
            return web.Response(status=403)
        psid = _decoder.decode(body).entry[0].messaging[0].sender.id
        await bare.three_statements(pool, key=clock.token(12), psid=psid, body=body.decode())
        reply = {"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": {"text": "Hello"}}
        async with http.post(send_url, json=reply) as answer:
            await answer.read()
        return web.Response(text="EVENT_RECEIVED")

    app = web.Application()
    app.router.add_post("/webhook", receive)
    return app
