"""Tokens and apps: what is asked when a page is connected, before any message is sent."""

import aiohttp

from bot.base import clock
from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.pages import page_for

_MONTH_S = 5_184_000
#: The id of the person who manages the page.
_USER = "122100000000000"


async def debug_token(facebook: Facebook, call: Call) -> Answer:
    """`GET /debug_token?input_token=...`: what a token is, who may use it and until when."""
    given = call.text("input_token")
    facebook = page_for(facebook, given)
    app = facebook.app
    if not given:
        raise Refusal(100, "The parameter input_token is required")
    dead = given == app.page_token and facebook.dead_token is not None
    if dead or given not in (app.page_token, app.user_token, app.app_token):
        error: Json = {"code": 190, "message": "Invalid OAuth access token."}
        return answer({"data": {"error": error, "is_valid": False, "scopes": []}})
    token_facts: Json = {"app_id": app.app_id, "application": app.app_name, "is_valid": True}
    now = facebook.time.now_ms() // 1000
    if given == app.app_token:
        return answer({"data": {**token_facts, "type": "APP", "scopes": []}})
    if given == app.user_token and facebook.dead_person is not None:
        error = {"code": 190, "message": "Error validating access token: Session has expired.", "subcode": 463}
        return answer({"data": {"error": error, "is_valid": False, "scopes": []}})
    if given == app.user_token:
        expires = now + _MONTH_S
        return answer(
            {
                "data": {
                    **token_facts,
                    "type": "USER",
                    "user_id": _USER,
                    "expires_at": expires,
                    "data_access_expires_at": expires,
                    "issued_at": now,
                    "scopes": list(facebook.scopes),
                }
            }
        )
    return answer(
        {
            "data": {
                **token_facts,
                "type": "PAGE",
                "profile_id": app.page_id,
                "user_id": _USER,
                "expires_at": 0,
                "data_access_expires_at": now + _MONTH_S,
                "issued_at": now,
                "scopes": list(facebook.scopes),
            }
        }
    )


async def get_user(_facebook: Facebook, _call: Call) -> Answer:
    """`GET /me` with the token of the person who manages the page."""
    return answer({"id": _USER, "name": "Page Owner"})


async def list_permissions(facebook: Facebook, _call: Call) -> Answer:
    """`GET /me/permissions`: what that person has granted."""
    return answer({"data": [{"permission": name, "status": "granted"} for name in facebook.scopes]})


async def list_accounts(facebook: Facebook, call: Call) -> Answer:
    """`GET /me/accounts`: the pages that a person manages, each with its token."""
    app = facebook.app
    if call.token != app.user_token:
        raise Refusal(100, "Tried accessing nonexisting field (accounts) on node type (Page)")
    if "pages_show_list" not in facebook.scopes:
        return answer({"data": []})
    pages: list[Json] = [
        {
            "access_token": page.app.page_token,
            "category": "Shopping & retail",
            "name": page.app.page_name,
            "id": page.app.page_id,
            "tasks": ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
        }
        for page in facebook.pages
    ]
    return answer({"data": pages, "paging": {"cursors": {"before": "MAZDZD", "after": "MAZDZD"}}})


async def exchange_token(facebook: Facebook, call: Call) -> Answer:
    """`GET /oauth/access_token`: a short-lived token for a long-lived one, or the app's own."""
    app = facebook.app
    if call.text("client_id") != app.app_id:
        raise Refusal(101, "Error validating application. Cannot get application info due to a system error.")
    if call.text("client_secret") != app.app_secret:
        raise Refusal(1, "Error validating client secret.")
    grant = call.text("grant_type")
    if grant == "client_credentials":
        return answer({"access_token": app.app_token, "token_type": "bearer"})
    if grant == "fb_exchange_token" and facebook.dead_person is not None:
        raise refusal(190, facebook.dead_person)
    if grant == "fb_exchange_token" and call.text("fb_exchange_token") == app.user_token:
        return answer({"access_token": app.user_token, "token_type": "bearer", "expires_in": _MONTH_S})
    raise Refusal(190, "Invalid OAuth access token.", status=401)


async def get_app(facebook: Facebook, _call: Call) -> Answer:
    """`GET /<app>`."""
    app = facebook.app
    return answer(
        {"id": app.app_id, "name": app.app_name, "link": f"https://www.facebook.com/games/?app_id={app.app_id}"}
    )


async def list_subscriptions(facebook: Facebook, call: Call) -> Answer:
    """`GET /<app>/subscriptions`, with the app's token."""
    _needs_app_token(facebook, call)
    if not facebook.callback:
        return answer({"data": []})
    fields = [{"name": name, "version": "v26.0"} for name in facebook.callback_fields]
    entry: Json = {"object": "page", "callback_url": facebook.callback, "active": True, "fields": fields}
    return answer({"data": [entry]})


async def add_subscription(facebook: Facebook, call: Call) -> Answer:
    """`POST /<app>/subscriptions`: asks the callback for the challenge, as Facebook does when it is saved."""
    _needs_app_token(facebook, call)
    url, token, fields = call.text("callback_url"), call.text("verify_token"), call.words("fields")
    if call.text("object") != "page" or not url or not fields:
        raise Refusal(100, "The parameters object, callback_url and fields are required")
    said = await challenge(url, token)
    if said:
        raise Refusal(2200, f"Callback verification failed with the following errors: {said}")
    facebook.callback, facebook.callback_fields = url, tuple(fields)
    for page in facebook.pages:
        page.courier.url = url
    return SUCCESS


async def delete_subscriptions(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /<app>/subscriptions`: all of them, or those named in `fields`."""
    _needs_app_token(facebook, call)
    gone = call.words("fields") or facebook.callback_fields
    facebook.callback_fields = tuple(name for name in facebook.callback_fields if name not in gone)
    if not facebook.callback_fields:
        facebook.callback = ""
    return SUCCESS


async def challenge(url: str, verify_token: str) -> str:
    """Ask a webhook for its challenge.

    Args:
        url: The webhook.
        verify_token: The token to ask with.

    Returns:
        What is wrong with its answer; empty where it is right.
    """
    expected = str(int.from_bytes(clock.token(6).encode()[:6]))
    asked = {"hub.mode": "subscribe", "hub.challenge": expected, "hub.verify_token": verify_token}
    try:
        async with (
            aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as session,
            session.get(url, params=asked, allow_redirects=False) as answered,
        ):
            body = (await answered.content.read(1000)).decode(errors="replace")
            if answered.status != 200:
                return f"HTTP Status Code = {answered.status}; HTTP Message = {answered.reason}"
            return "" if body == expected else f"the answer {body[:60]!r} is not the challenge"
    except (aiohttp.ClientError, TimeoutError, ValueError) as error:
        return f"{type(error).__name__}"


def _needs_app_token(facebook: Facebook, call: Call) -> None:
    if call.token != facebook.app.app_token:
        raise Refusal(15, "This method must be called with an app access_token.")
