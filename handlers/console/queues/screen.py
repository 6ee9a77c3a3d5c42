"""The screen of what is stuck in the queues."""

from handlers.console.base.pages import Page, Screen
from handlers.console.queues.listing import act, show

SCREEN = Screen(
    (
        Page("GET", "/queues", show, "queues"),
        Page("POST", "/queues", act, "queues"),
    ),
    name="Queues",
    icon="stack",
)
