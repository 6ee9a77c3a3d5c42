"""One's own account, and going out."""

from handlers.console.base.pages import Page, Screen
from handlers.console.entrance import account, codes
from handlers.console.entrance.login import leave

SCREEN = Screen(
    (
        Page("GET", "/account", account.show, "account"),
        Page("POST", "/account/sessions/end", account.end_session, "account"),
        Page("POST", "/account/sessions/end-all", account.end_all, "account"),
        Page("GET", "/account/code", codes.show, "account"),
        Page("POST", "/account/code", codes.switch_on, "account"),
        Page("POST", "/account/code/off", codes.switch_off, "account"),
        Page("GET", "/password", account.show_password, "account"),
        Page("POST", "/password", account.change_password, "account"),
        Page("POST", "/logout", leave, ""),
    )
)
