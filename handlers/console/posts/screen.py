"""The screen of posts: their list, every page of them, and who got what."""

from handlers.console.base.nouns.noun_pages import noun_pages
from handlers.console.base.pages import Page, Screen
from handlers.console.posts import got
from handlers.console.posts.post import HOME, LIST, POST

SCREEN = Screen(
    (
        *noun_pages(LIST, POST),
        Page("GET", rf"{HOME}/{{id:\d+}}/got", got.show, "posts.view"),
        Page("POST", rf"{HOME}/{{id:\d+}}/got", got.release, "posts.edit"),
    ),
    name="Posts",
    icon="tag",
)
