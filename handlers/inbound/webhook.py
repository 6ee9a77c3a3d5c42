"""The webhook: raw bytes, signature over them, typed events, stored, 200."""

import hmac
from collections.abc import Callable, Mapping

import msgspec
from aiohttp import web
from multidict import CIMultiDict

from bot.base import clock, logs, metrics, tracing
from bot.messenger import signature
from bot.messenger.decode import NotAPage, NotJsonObject, decode_body
from handlers.inbound.addresses import address_of, is_trusted, network_of
from handlers.inbound.receiving import Receiving
from handlers.inbound.strangers import Strangers
from handlers.inbound.unpacking import BadPacking, TooLarge, UnknownPacking, unpacked
from handlers.turns.in_force import Shop
from repository.database.errors import DatabaseError

BODY_MOST = 4 * 1024 * 1024  # bytes, INTERFACE: 413 past 4 MiB
RECEIVED = "EVENT_RECEIVED"
_RECEIVED = RECEIVED.encode()
_PLAIN = CIMultiDict({"Content-Type": "text/plain; charset=utf-8"})

SHOP = web.AppKey("shop", Shop)
STRANGERS = web.AppKey("strangers", Strangers)
RECEIVING = web.AppKey("receiving", Receiving)

_log = logs.get("webhook")


async def verify(request: web.Request) -> web.Response:
    """Facebook asks whether this address is ours: answer its challenge, as plain text and unchanged."""
    shop, query = request.app[SHOP], request.query
    given = query.get("hub.verify_token", "").encode(errors="replace")
    is_subscribing = query.get("hub.mode") == "subscribe"
    if is_subscribing and not _is(given, shop.settings.verify_token):
        await _catch_up(shop)  # the token may have been made a moment ago, by another process
    if not shop.settings.verify_token:
        return web.Response(status=503, text="No page is connected yet.\n")
    if is_subscribing and _is(given, shop.settings.verify_token):
        return web.Response(text=query.get("hub.challenge", ""))
    _log.warning("verification refused", mode_is_subscribe=is_subscribing)
    return web.Response(status=403, text="The verify token is not ours.\n")


def _is(given: bytes, token: str) -> bool:
    return bool(token) and hmac.compare_digest(given, token.encode())


async def _catch_up(shop: Shop) -> None:
    try:
        await shop.look_at_connection()
    except DatabaseError as error:
        _log.warning("settings not read", error=type(error).__name__)


async def receive(request: web.Request) -> web.Response:
    """Take a webhook's events: they are stored when this answers 200 (contract/messenger.md, section 1)."""
    began = clock.monotonic()
    with tracing.span("webhook"):
        answer = await _receive(request)
    metrics.acknowledgement.observe(clock.monotonic() - began)
    if answer.status != 200:
        metrics.refused_bodies.labels(str(answer.status)).inc()
    return answer


async def _receive(request: web.Request) -> web.Response:
    settings = request.app[SHOP].settings
    if not settings.has_facebook:
        return web.Response(status=503, text="No page is connected yet.\n")
    given = request.headers.get(signature.HEADER, "")
    if not given:
        return _unsigned(request)  # nobody reads what a stranger sends
    try:
        body = await request.read()
    except web.HTTPRequestEntityTooLarge:
        return web.Response(status=413, text="Too large.\n")
    encoding = request.headers.get("Content-Encoding", "")
    is_signed = signature.verify(settings.app_secret, body, given)
    if not is_signed and not encoding:
        return _unsigned(request)
    try:
        body = unpacked(body, encoding, most=BODY_MOST)
    except (UnknownPacking, BadPacking, TooLarge) as refusal:
        return _REFUSED[type(refusal)]() if is_signed else _unsigned(request)
    if not is_signed and not signature.verify(settings.app_secret, body, given):
        return _unsigned(request)
    try:
        events = decode_body(body, clock.now())
    except NotJsonObject:
        return web.Response(status=400, text="Not a JSON object.\n")
    except NotAPage:
        return web.Response(status=404, text="Not about a page.\n")
    try:
        await request.app[RECEIVING].take(events)
    except (DatabaseError, msgspec.MsgspecError) as error:
        _log.error("events could not be stored", error=type(error).__name__, events=len(events))
        return web.Response(status=503, text="Please send that again.\n")
    return web.Response(body=_RECEIVED, headers=_PLAIN)


_REFUSED: Mapping[type[Exception], Callable[[], web.Response]] = {
    UnknownPacking: lambda: web.Response(status=415, text="Send it as it is, or packed with gzip or deflate.\n"),
    BadPacking: lambda: web.Response(status=400, text="The body is not packed as its Content-Encoding says.\n"),
    TooLarge: lambda: web.Response(status=413, text="Too large.\n"),
}


def _unsigned(request: web.Request) -> web.Response:
    """What a stranger hears; one who goes on and on hears that it is enough, and has to connect anew each time."""
    is_ours = is_trusted(address_of(request), ())  # a test on this machine
    if not is_ours and request.app[STRANGERS].is_too_much(network_of(request)):
        answer = web.Response(status=429, text="Too many without a signature.\n", headers={"Retry-After": "60"})
    else:
        answer = web.Response(status=403, text="The signature does not match.\n")
    if not request.content.is_eof():
        answer.force_close()
    return answer
