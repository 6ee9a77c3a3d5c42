"""The screen of replies: every page of it."""

from handlers.console.base.pages import Page, Screen
from handlers.console.wording import canned, history, list_page, own, preview

_OWN = r"/replies/own/{name:[a-z0-9_]+\.[a-z0-9_]+}/{language:[a-z]+}"

SCREEN = Screen(
    (
        Page("GET", "/replies", list_page.show, "replies.view"),
        Page("POST", "/replies/switch", list_page.switch, "replies.edit"),
        Page("POST", "/replies/preview", preview.preview, "replies.view"),
        Page("POST", "/replies/bring-back", canned.bring_back, "replies.delete"),
        Page("GET", "/replies/new", canned.show_new, "replies.edit"),
        Page("POST", "/replies/new", canned.create, "replies.edit"),
        Page("GET", r"/replies/canned/{id:\d+}", canned.show, "replies.view"),
        Page("POST", r"/replies/canned/{id:\d+}", canned.save, "replies.edit"),
        Page("POST", r"/replies/canned/{id:\d+}/delete", canned.delete, "replies.delete"),
        Page("GET", r"/replies/canned/{id:\d+}/history", canned.history, "replies.view"),
        Page("GET", _OWN, own.show, "replies.view"),
        Page("POST", _OWN, own.save, "replies.edit"),
        Page("POST", f"{_OWN}/switch", own.switch, "replies.edit"),
        Page("GET", f"{_OWN}/history", own.history, "replies.view"),
        Page("POST", r"/replies/versions/{id:\d+}/restore", history.restore, "replies.edit"),
    ),
    name="Replies",
    icon="chat",
)
