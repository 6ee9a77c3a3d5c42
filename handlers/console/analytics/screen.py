"""The screen of plots."""

from handlers.console.analytics import behind, page, trials
from handlers.console.base.pages import Page, Screen

SCREEN = Screen(
    (
        Page("GET", page.HOME, page.show, "analytics.view"),
        Page("GET", trials.HOME, trials.show, "analytics.view"),
        Page("POST", trials.HOME, trials.start, "replies.edit"),
        Page("GET", f"{trials.HOME}/new", trials.propose, "replies.edit"),
        Page("POST", rf"{trials.HOME}/{{id:\d+}}/end", trials.end, "replies.edit"),
        Page("GET", rf"{page.HOME}/behind/{{kind:[a-z]+}}", behind.show, "analytics.view"),
        Page("GET", rf"{page.HOME}/{{plot:[a-z]+}}.svg", page.drawing, "analytics.view"),
        Page("GET", rf"{page.HOME}/{{plot:[a-z]+}}.csv", page.download, "analytics.view"),
    ),
    name="Analytics",
    icon="chart",
)
