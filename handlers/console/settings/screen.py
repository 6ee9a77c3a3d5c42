"""The screen of settings: what there is to set, and every page of it."""

from functools import cache

from aiohttp import web

from handlers.console.base.nouns.editable import Body
from handlers.console.base.nouns.restoring import restoring
from handlers.console.base.pages import Page, Screen
from handlers.console.base.roles import PERMISSIONS, ROLE_NAMES, may
from handlers.console.base.visit import Show, Visit
from handlers.console.settings import accounts, couriers, mail, reasons
from handlers.console.settings.groups import HOME, RulesEditor, rules_there
from handlers.console.settings.meaning import told
from handlers.console.settings.rows import RowEditor
from repository.database.errors import NotFound
from repository.privacy.keeping import kept
from repository.rules import GROUPS, Rules

_RULES = r"/settings/rules/{group:[a-z]+}"


@cache
def _editor(group: str, defaults: Rules) -> RulesEditor:
    """The pages of a group.

    Raises:
        NotFound: There is no such group.
    """
    for one in GROUPS:
        if one.name == group:
            return RulesEditor(one, defaults)
    raise NotFound(group)


def _of(visit: Visit) -> RulesEditor:
    """The pages of the group in the address."""
    return _editor(visit.request.match_info["group"], rules_there(visit))


async def overview(visit: Visit) -> web.Response:
    """What there is to set, with what holds now."""
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
        lists = (
            ("Payment accounts", accounts.HOME, await accounts.ACCOUNTS.rows.counts(conn)),
            ("Couriers", couriers.HOME, await couriers.COURIERS.rows.counts(conn)),
            ("Reasons to refuse a proof", reasons.HOME, await reasons.REASONS.rows.counts(conn)),
        )
    groups = [(group, told(visit.look, rules, group.name)) for group in GROUPS]
    return await visit.page("settings.html", groups=groups, lists=lists)


async def privacy(visit: Visit) -> web.Response:
    """What is kept of people, why and how long."""
    async with visit.shop.database.connection() as conn:
        rules = await visit.rules(conn)
    return await visit.page("privacy.html", kept=kept(rules))


async def rights(visit: Visit) -> web.Response:
    """Who may do what."""
    roles = list(reversed(ROLE_NAMES))
    grid = [(words, [may(role, right) for role in roles]) for right, words in PERMISSIONS.items()]
    return await visit.page("rights.html", roles=roles, grid=grid)


async def show_rules(visit: Visit) -> web.StreamResponse:
    """A group of the rules in its form."""
    return await _of(visit).show(visit)


async def save_rules(visit: Visit) -> web.StreamResponse:
    """Save a group of the rules."""
    return await _of(visit).save(visit)


async def preview_rules(visit: Visit) -> web.StreamResponse:
    """What a group of the rules would mean as it is typed now."""
    return await _of(visit).preview(visit)


async def history_of_rules(visit: Visit) -> web.StreamResponse:
    """Every save of a group of the rules."""
    return await _of(visit).history(visit)


async def restore_rules(visit: Visit) -> web.StreamResponse:
    """Go back to an earlier save of a group of the rules."""
    editor = _of(visit)
    return await restoring(editor, back=editor.home, called="setting")(visit)


def _pages_of(editor: RowEditor[Body], show_list: Show, switch: Show, *, one: str = r"/{id:\d+}") -> tuple[Page, ...]:
    """The pages of what stands in a list of its own, but those on which it is made and deleted."""
    home, right = editor.home, editor.edits
    return (
        Page("GET", home, show_list, right),
        Page("POST", f"{home}/switch", switch, right),
        Page("POST", f"{home}/preview", editor.preview, right),
        Page("GET", home + one, editor.show, right),
        Page("GET", f"{home}{one}/history", editor.history, right),
        Page(
            "POST",
            home + r"/versions/{id:\d+}/restore",
            restoring(editor, back=home, called=editor.called),
            right,
        ),
    )


SCREEN = Screen(
    (
        Page("GET", HOME, overview, "settings"),
        Page("GET", f"{HOME}/rights", rights, "account"),
        Page("GET", f"{HOME}/privacy", privacy, "settings"),
        Page("GET", _RULES, show_rules, "settings"),
        Page("POST", _RULES, save_rules, "settings"),
        Page("POST", f"{_RULES}/preview", preview_rules, "settings"),
        Page("GET", f"{_RULES}/history", history_of_rules, "settings"),
        Page("POST", _RULES + r"/versions/{id:\d+}/restore", restore_rules, "settings"),
        Page("GET", mail.MAIL.home, mail.MAIL.show, "settings"),
        Page("POST", mail.MAIL.home, mail.MAIL.save, "settings"),
        Page("POST", f"{mail.MAIL.home}/preview", mail.MAIL.preview, "settings"),
        Page("POST", f"{mail.MAIL.home}/forget", mail.MAIL.forget, "settings"),
        Page("GET", f"{mail.MAIL.home}/history", mail.MAIL.history, "settings"),
        Page(
            "POST",
            mail.MAIL.home + r"/versions/{id:\d+}/restore",
            restoring(mail.MAIL, back=mail.MAIL.home, called="setting"),
            "settings",
        ),
        *_pages_of(accounts.ACCOUNTS, accounts.LIST.show, accounts.LIST.switch),
        Page("POST", f"{accounts.HOME}/bring-back", accounts.ACCOUNTS.bring_back, "settings"),
        Page("GET", f"{accounts.HOME}/new", accounts.ACCOUNTS.show, "settings"),
        Page("POST", f"{accounts.HOME}/new", accounts.ACCOUNTS.create, "settings", accounts.PICTURE_MOST),
        Page("POST", accounts.HOME + r"/{id:\d+}", accounts.ACCOUNTS.save, "settings", accounts.PICTURE_MOST),
        Page("POST", accounts.HOME + r"/{id:\d+}/delete", accounts.ACCOUNTS.delete, "settings"),
        Page("GET", accounts.HOME + r"/{id:\d+}/qr", accounts.show_qr, "settings"),
        *_pages_of(couriers.COURIERS, couriers.LIST.show, couriers.LIST.switch),
        Page("POST", f"{couriers.HOME}/bring-back", couriers.COURIERS.bring_back, "settings"),
        Page("GET", f"{couriers.HOME}/new", couriers.COURIERS.show, "settings"),
        Page("POST", f"{couriers.HOME}/new", couriers.COURIERS.create, "settings"),
        Page("POST", couriers.HOME + r"/{id:\d+}", couriers.COURIERS.save, "settings"),
        Page("POST", couriers.HOME + r"/{id:\d+}/delete", couriers.COURIERS.delete, "settings"),
        *_pages_of(reasons.REASONS, reasons.LIST.show, reasons.LIST.switch, one=r"/{kind:[a-z]+}/{id:\d+}"),
        Page("POST", reasons.HOME + r"/{kind:[a-z]+}/{id:\d+}", reasons.REASONS.save, "settings"),
    ),
    name="Settings",
    icon="gear",
)
