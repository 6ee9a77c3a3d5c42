"""The steps that connect a page, in the order in which they can succeed."""

from collections.abc import Mapping

import msgspec


class Step(msgspec.Struct, frozen=True):
    """A step.

    Attributes:
        name: Stored with how it ended.
        title: What it is called.
        why: What it is good for, and where its things are found.
        needs: Steps that come before.
        button: What starts it.
    """

    name: str
    title: str
    why: str
    needs: tuple[str, ...]
    button: str


STEPS = (
    Step("address", "Public address", "Where Facebook reaches this shop. We fetch it ourselves first.", (), "Test it"),
    Step(
        "app",
        "App and its secret",
        "On developers.facebook.com: your app, App settings, Basic. A business app with Messenger added.",
        (),
        "Check them",
    ),
    Step(
        "page",
        "Page and its token",
        "In the app’s dashboard, under Messenger, Messenger API settings: generate a token and paste it.",
        ("app",),
        "Use this token",
    ),
    Step(
        "webhook",
        "Where Facebook sends messages",
        "We make the verify token and enter the address at Facebook. There is nothing to copy.",
        ("address", "app", "page"),
        "Enter it",
    ),
    Step(
        "fields",
        "Tell the app",
        "Lets the page tell this shop of messages, taps, deliveries and all else that it reads.",
        ("webhook",),
        "Subscribe the page",
    ),
    Step(
        "profile",
        "Greeting and menu",
        "What people see before they write: your greeting, the Get Started button and the menu.",
        ("page",),
        "Push them",
    ),
    Step(
        "trip",
        "Say hello",
        "Write “hello” to your page from your own Messenger. We measure until the answer has left.",
        ("fields",),
        "I am about to write",
    ),
)
"""In the order in which they can succeed."""
LATER: Mapping[str, tuple[str, ...]] = {
    "address": ("webhook", "fields", "trip"),
    "app": ("page", "webhook", "fields", "profile", "trip"),
    "page": ("webhook", "fields", "profile", "trip"),
}
"""What has to be done again once a step was done anew."""
