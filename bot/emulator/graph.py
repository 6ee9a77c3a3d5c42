"""Which part of the emulated Graph answers a request: the token is checked, then path and method decide."""

import hmac
from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.emulator import sending
from bot.emulator.answers import Answer, Refusal
from bot.emulator.calls import Call, read_call
from bot.emulator.facebook import Facebook
from bot.emulator.meta_errors import refusal

Endpoint = Callable[[Facebook, Call], Awaitable[Answer]]

#: What can be done at the page, by method and edge.
PAGE_EDGES: dict[tuple[str, str], Endpoint] = {
    ("POST", "messages"): sending.send,
}


def handler(facebook: Facebook) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """A web handler that answers every path as Graph would."""

    async def graph(request: web.Request) -> web.StreamResponse:
        try:
            call = await read_call(request)
            found = facebook.answered(await answer_to(facebook, call))
        except Refusal as refused:
            if not refused.code:
                return web.Response(
                    status=refused.status,
                    text="<html><body>Sorry, something went wrong.</body></html>",
                    content_type="text/html",
                )
            found = facebook.answered(refused.answer())
        except sending.Lost:
            if request.transport:
                request.transport.abort()
            return web.Response(status=500)
        return web.Response(
            body=found.body,
            status=found.status,
            headers=found.headers,
            content_type="application/json",
            charset="UTF-8",
        )

    return graph


async def answer_to(facebook: Facebook, call: Call) -> Answer:
    """What Graph answers to a call.

    Raises:
        Refusal: As Graph refuses it.
        Lost: The caller is to see its connection die.
    """
    check_token(facebook, call)
    if len(call.path) == 2 and call.path[0] in ("me", facebook.app.page_id):
        endpoint = PAGE_EDGES.get((call.method, call.path[1]))
        if endpoint:
            return await endpoint(facebook, call)
    raise unknown_path(call)


def check_token(facebook: Facebook, call: Call) -> None:
    """Refuse a call without the page's token, or with a proof that does not belong to it."""
    app = facebook.app
    if not call.token:
        raise Refusal(104, "An access token is required to request this resource.", status=401)
    if not hmac.compare_digest(call.token.encode(), app.page_token.encode()):
        raise refusal(190, text="Invalid OAuth access token - Cannot parse access token")
    proof = call.text("appsecret_proof")
    if proof and not hmac.compare_digest(proof.encode(), app.proof(call.token).encode()):
        raise Refusal(100, "Invalid appsecret_proof provided in the API argument", kind="GraphMethodException")


def unknown_path(call: Call) -> Refusal:
    """How Graph answers a path that it does not have."""
    if not call.path:
        return Refusal(2500, "Unknown path components: /")
    if len(call.path) == 1:
        text = (
            f"Unsupported {call.method.lower()} request. Object with ID '{call.path[0]}' does not exist, cannot be "
            "loaded due to missing permissions, or does not support this operation"
        )
        return Refusal(100, text, subcode=33, kind="GraphMethodException")
    return Refusal(2500, f"Unknown path components: /{'/'.join(call.path[1:])}")
