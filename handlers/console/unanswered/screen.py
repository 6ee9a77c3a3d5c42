"""The screen of what was not answered."""

from handlers.console.base.pages import Page, Screen
from handlers.console.unanswered import group, listing
from handlers.console.unanswered.listing import HOME

_ONE = rf"{HOME}/{{id:\d+}}"
SCREEN = Screen(
    (
        Page("GET", HOME, listing.show, "chats.view"),
        Page("POST", f"{HOME}/settle", listing.settle, "replies.edit"),
        Page("GET", _ONE, group.show, "chats.view"),
        Page("POST", f"{_ONE}/try", group.try_it, "chats.view"),
        Page("POST", f"{_ONE}/would", group.would, "chats.view"),
        Page("POST", f"{_ONE}/add", group.add, "replies.edit"),
        Page("POST", f"{_ONE}/undo", group.undo, "replies.edit"),
        Page("GET", f"{_ONE}/new", group.make, "replies.edit"),
    ),
    name="Unanswered",
    icon="question",
)
