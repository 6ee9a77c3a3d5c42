"""Account linking: a shopper logs in on the bot's own page and comes back known.

Meta's "Account Linking" page: Facebook opens the button's address with a token; the page answers by sending the browser
back with an `authorization_code`, and the bot gets a webhook with it.
"""

from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from aiohttp import web

from bot.base import clock
from bot.workshop.emulator.answers import Answer, Json, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.events import from_shopper
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.people import Person

PATH = "/account_linking"


def begins(facebook: Facebook, person: Person, url: str) -> str:
    """Tap "Log in".

    Args:
        facebook: Where.
        person: Who.
        url: The button's address, of the bot's own page.

    Returns:
        The address that the shopper's browser opens.
    """
    token = clock.token()
    facebook.links[token] = person.psid
    parts = urlsplit(url)
    more = {"account_linking_token": token, "redirect_uri": f"{facebook.base_url}{PATH}?account_linking_token={token}"}
    return urlunsplit(parts._replace(query=urlencode([*parse_qsl(parts.query), *more.items()])))


def comes_back(facebook: Facebook) -> web.RouteDef:
    """Where the bot's page sends the browser to, with an `authorization_code` or, where nobody logged in, without."""

    async def back(request: web.Request) -> web.StreamResponse:
        person = facebook.people.get(facebook.links.pop(request.query.get("account_linking_token", ""), ""))
        code = request.query.get("authorization_code", "")
        if person is None:
            raise web.HTTPNotFound(text="This log-in was used before, or is not one of this page.")
        if code:
            tells(facebook, person, {"status": "linked", "authorization_code": code})
        said = "You are logged in." if code else "You are not logged in."
        return web.Response(text=f"{said} You can close this page.")

    return web.get(PATH, back)


def tells(facebook: Facebook, person: Person, what: Json) -> None:
    """Tell the bot that somebody has logged in or out."""
    at = facebook.time.now_ms()
    person.acts(at)
    item = from_shopper(person.psid, facebook.app.page_id, at, "account_linking", what)
    facebook.courier.send(person.psid, "account_linking", item)


async def unlink(facebook: Facebook, call: Call) -> Answer:
    """`POST /me/unlink_accounts` with `psid`."""
    person = facebook.people.get(call.text("psid"))
    if person is None:
        raise refusal(100, 2018001)
    tells(facebook, person, {"status": "unlinked"})
    return answer({"result": "unlink account success"})


def recipient_of(facebook: Facebook, token: str) -> str:
    """Whose log-in a token is, for `GET /me?fields=recipient&account_linking_token=...`.

    Raises:
        Refusal: It is no token of a log-in.
    """
    psid = facebook.links.get(token)
    if psid is None:
        raise refusal(10303)
    return psid
