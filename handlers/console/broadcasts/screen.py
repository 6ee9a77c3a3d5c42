"""The screen of broadcasts: their list, every page of them, sending and stopping."""

from handlers.console.base.nouns.noun_pages import noun_pages
from handlers.console.base.pages import Page, Screen
from handlers.console.broadcasts.broadcast import BROADCAST, HOME, LIST

SCREEN = Screen(
    (
        *noun_pages(LIST, BROADCAST),
        Page("POST", rf"{HOME}/{{id:\d+}}/send", BROADCAST.send, "broadcasts.send"),
        Page("POST", rf"{HOME}/{{id:\d+}}/stop", BROADCAST.stop, "broadcasts.send"),
    ),
    name="Broadcasts",
    icon="send",
)
