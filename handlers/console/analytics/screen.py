"""The screen of plots."""

from handlers.console.analytics import behind, page
from handlers.console.base.pages import Page, Screen

SCREEN = Screen(
    (
        Page("GET", page.HOME, page.show, "analytics.view"),
        Page("GET", rf"{page.HOME}/behind/{{kind:[a-z]+}}", behind.show, "analytics.view"),
        Page("GET", rf"{page.HOME}/{{plot:[a-z]+}}.svg", page.drawing, "analytics.view"),
        Page("GET", rf"{page.HOME}/{{plot:[a-z]+}}.csv", page.download, "analytics.view"),
    ),
    name="Analytics",
    icon="chart",
)
