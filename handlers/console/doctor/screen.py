"""The doctor's page: the same examination as `quicksell doctor`, for who runs the shop from the console."""

from itertools import groupby
from pathlib import Path

from aiohttp import web

from handlers.console.base.pages import Page, Screen
from handlers.console.base.visit import Notice, Visit
from handlers.doctor.examining import examine
from handlers.doctor.mending import mend


async def show(visit: Visit) -> web.Response:
    """Look, and show what was found."""
    looks = await examine(visit.shop.settings, Path.cwd())
    counts = {light: sum(look.light == light for look in looks) for light in ("broken", "warning", "unseen", "good")}
    groups = [(name, list(some)) for name, some in groupby(looks, key=lambda look: look.group)]
    first = sorted((look for look in looks if look.light in ("broken", "warning")), key=lambda look: look.light)
    can_mend = any(look.mend and look.light != "good" for look in looks)
    return await visit.page("doctor.html", groups=groups, first=first, counts=counts, can_mend=can_mend)


async def fix(visit: Visit) -> web.Response:
    """Mend what can safely be mended, and look again."""
    settings, here = visit.shop.settings, Path.cwd()
    done = await mend(settings, here, await examine(settings, here))
    if not done:
        return visit.to("/doctor", Notice("There is nothing that mends itself."))
    return visit.to("/doctor", Notice(" ".join(done), is_bad=any(one.startswith("Could not") for one in done)))


SCREEN = Screen(
    (
        Page("GET", "/doctor", show, "settings"),
        Page("POST", "/doctor", fix, "settings"),
    ),
    name="Doctor",
    icon="pulse",
)
