"""The screen of chats."""

from handlers.console.base.pages import Page, Screen
from handlers.console.inbox import acting, calls, chat, feed, listing, testing

_CHAT = r"/inbox/{id:\d+}"
SCREEN = Screen(
    (
        Page("GET", "/inbox", listing.show, "chats.view"),
        Page("GET", "/inbox/calls", calls.events, "chats.view"),
        Page("GET", _CHAT, chat.show, "chats.view"),
        Page("GET", f"{_CHAT}/events", feed.events, "chats.view"),
        Page("GET", f"{_CHAT}/test.zip", testing.download, "chats.export"),
        Page("GET", f"{_CHAT}/canned", acting.offer, "chats.write"),
        Page("POST", f"{_CHAT}/write", acting.write, "chats.write"),
        Page("POST", f"{_CHAT}/typing", acting.typing, "chats.write"),
        Page("POST", f"{_CHAT}/note", acting.note, "chats.write"),
        Page("POST", f"{_CHAT}/give-back", acting.give_back, "chats.write"),
        Page("POST", f"{_CHAT}/assign", acting.assign, "chats.write"),
        Page("POST", f"{_CHAT}/snooze", acting.snooze, "chats.write"),
    ),
    name="Inbox",
    icon="inbox",
)
