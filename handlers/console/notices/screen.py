"""The screen of notices: the bell, how one is told, and the templates that go to shoppers outside of the window."""

from handlers.console.base.pages import Page, Screen
from handlers.console.notices import drafting, hearing, news, submitting

_ONE = rf"{drafting.PATH}/{{name:[a-z_]+\.[a-z_]+}}/{{language:[a-z]+}}"

SCREEN = Screen(
    (
        Page("GET", "/notices", news.show, "account"),
        Page("POST", "/notices/seen", news.see, "account"),
        Page("GET", hearing.PATH, hearing.show, "account"),
        Page("POST", hearing.PATH, hearing.save, "account"),
        Page("POST", f"{hearing.PATH}/code", hearing.make_code, "account"),
        Page("POST", f"{hearing.PATH}/unlink", hearing.unlink, "account"),
        Page("GET", drafting.PATH, drafting.show_all, "settings"),
        Page("POST", f"{drafting.PATH}/check", drafting.check, "settings"),
        Page("POST", f"{drafting.PATH}/submit", submitting.submit_all, "settings"),
        Page("POST", f"{drafting.PATH}/discard", drafting.discard, "settings"),
        Page("GET", _ONE, drafting.show, "settings"),
        Page("POST", _ONE, drafting.save, "settings"),
        Page("POST", f"{_ONE}/preview", drafting.preview, "settings"),
        Page("POST", f"{_ONE}/submit", submitting.submit, "settings"),
    ),
    name="Notices",
    icon="bell",
)
