"""The page of first steps, each with a light that says whether it is done."""

import msgspec
from aiohttp import web

from handlers.console.base.pages import Page, Screen
from handlers.console.base.visit import Visit
from repository.desk.first_steps import FirstSteps, first_steps

HOME = "/start"


class Step(msgspec.Struct, frozen=True):
    """A step.

    Attributes:
        name: What to do.
        why: What it is good for, or what is missing.
        is_done: Whether it is done.
        path: Where it is done, below the console; empty where no page does it.
        button: What the way there is called.
    """

    name: str
    why: str
    is_done: bool
    path: str = ""
    button: str = "Go"


async def show(visit: Visit) -> web.Response:
    """The steps, and how many are done."""
    async with visit.shop.database.connection() as conn:
        there = await first_steps(conn)
    steps = steps_of(there, is_connected=_is_connected(visit))
    done = sum(step.is_done for step in steps)
    following = next((step for step in steps if not step.is_done), None)
    return await visit.page("start.html", steps=steps, done=done, following=following)


def steps_of(there: FirstSteps, *, is_connected: bool) -> tuple[Step, ...]:
    """The steps in the order in which they can succeed.

    Args:
        there: How far the shop has come.
        is_connected: Whether a page of Facebook is connected.
    """
    draft = "There is a draft: open it, give it a price, and save and put it on sale."
    first = "One is enough to begin with: a name, a price, a picture."
    zone = "Where you send to, and for how much. Whoever lives outside of every zone cannot order."
    tried = "Say “hello” to the bot, look around and buy something."
    if not is_connected:
        tried += " Until a page is connected, ./quicksell try opens a simulator on the server."
    page = "Connects the bot with your page on Facebook. Until then only the simulator talks to it."
    return (
        Step("Name your shop", "Shoppers read it in the greeting.", there.named, "/settings/rules/shop", "Name it"),
        Step(
            "Put a first product on sale",
            draft if there.has_products and not there.sells else first,
            there.sells,
            "/products?state=inactive" if there.has_products else "/products/new",
            "See the drafts" if there.has_products else "Make it",
        ),
        Step("Say where you ship to", zone, there.ships, "/shipping", "Draw a zone"),
        Step(
            "Say where shoppers pay",
            "Your GCash, Maya or bank account; cash on delivery needs none.",
            there.is_paid,
            "/settings/accounts/new",
            "Add an account",
        ),
        Step(
            "Write your greeting",
            "The first words that everybody hears. Ours are there until you write yours.",
            there.greets,
            "/replies/own/welcome.hello/en",
            "Write it",
        ),
        Step("Try it yourself", tried, there.talked),
        Step("Connect your page", page, is_connected, "/connect", "Connect it"),
    )


def _is_connected(visit: Visit) -> bool:
    settings = visit.shop.settings
    return bool(settings.page_access_token and settings.app_secret and settings.public_url)


SCREEN = Screen((Page("GET", HOME, show, "products.edit"),), name="First steps", icon="check")
