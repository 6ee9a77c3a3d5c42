"""The house: one room per noun, imports that point down, modules that can be imported alone."""

import subprocess
import sys
from functools import cache

import pytest

from tests.support.workers.rows import rows
from tests.support.workers.sources import ROOT, modules, sources

pytestmark = pytest.mark.xdist_group("house")
ROOMS = (
    "bot.base",
    "bot.language",
    "bot.messenger",
    "repository.database",
    "repository.staff",
    "repository.settings",
    "repository.rules",
    "repository.files",
    "repository.sheets",
    "repository.catalogue",
    "repository.stock",
    "repository.importing",
    "repository.chats",
    "repository.notices",
    "repository.orders.history",
    "repository.orders.flags",
    "repository.work.queueing",
    "repository.payments",
    "repository.posts.claims",
    "repository.posts.giving",
    "repository.orders",
    "repository.wishlist",
    "repository.referrals",
    "repository.posts",
    "repository.verification",
    "repository.aftersales",
    "repository.talks",
    "repository.privacy",
    "repository.desk",
    "repository.broadcasts",
    "repository.wording",
    "repository.analytics",
    "repository.unanswered",
    "repository.work",
    "repository.day",
    "repository.schema.base",
    "repository.schema.backup",
    "repository.schema.check",
    "repository.schema.change",
    "repository.workshop",
    "replies",
    "dialogs.engine.state",
    "dialogs.states_after",
    "dialogs.states_proving",
    "dialogs.states_looking",
    "dialogs.states_wishlist",
    "dialogs.states",
    "dialogs.engine",
    "dialogs.reading",
    "dialogs.showing",
    "dialogs.cart",
    "dialogs.checkout",
    "dialogs.browse",
    "dialogs.proving",
    "dialogs.orders",
    "dialogs.aftersales",
    "dialogs.wishlist",
    "dialogs.talk",
    "dialogs.conversation",
    "handlers.outbound",
    "handlers.turns",
    "handlers.transcripts",
    "handlers.inbound",
    "handlers.jobs",
    "handlers.web",
    "handlers.doctor",
    "handlers.console.base",
    "handlers.console.entrance",
    "handlers.console.team",
    "handlers.console.audit",
    "handlers.console.wording",
    "handlers.console.orders",
    "handlers.console.verification",
    "handlers.console.shoppers",
    "handlers.console.reviews",
    "handlers.console.notices",
    "handlers.console.inbox",
    "handlers.console.unanswered",
    "handlers.console.queues",
    "handlers.console.doctor",
    "handlers.console.settings",
    "handlers.console.connect",
    "handlers.console.products",
    "handlers.console.sheets",
    "handlers.console.stock",
    "handlers.console.shipping",
    "handlers.console.posts",
    "handlers.console.promos",
    "handlers.console.broadcasts",
    "handlers.console.day",
    "handlers.console.start",
    "handlers.console.analytics",
    "handlers.console.app",
    "bot.run",
    "bot.workshop.beside",
    "bot.workshop.database",
    "bot.workshop.emulator",
    "bot.workshop.stage",
    "bot.workshop.demo",
    "bot.workshop.replay",
    "bot.workshop.walk",
    "bot.workshop.bench",
    "bot.commands",
    "bot.cli",
    "bot.__main__",
)
"""Every room, the lowest first. A room may import those below it, and its own files as long as they go in no circle."""
WORKSHOP = ("bot.workshop", "repository.workshop")


MODULES = modules()


@cache
def imports() -> dict[str, set[str]]:
    """What each module imports of ours, wherever in the file it does so."""
    found: dict[str, set[str]] = {module: set() for module in MODULES}
    for module, source in sources().items():
        for imported, names in source.imports:
            wholes = [f"{imported}.{name}" for name in names] or [imported]
            found[module] |= {name for whole in wholes if (name := whole if whole in found else imported) in found}
    return found


def is_in(module: str, room: str) -> bool:
    return module == room or module.startswith(f"{room}.")


def floor(module: str) -> int:
    """How high a module's room is; a package that only holds rooms stands on the ground."""
    for number, room in enumerate(ROOMS):
        if is_in(module, room):
            return number
    holds_rooms = any(room.startswith(f"{module}.") for room in ROOMS)
    assert holds_rooms, f"{module} is in no room: put its folder into ROOMS, above everything that it imports"
    return -1


@rows("module", MODULES)
def test_imports_point_down(module: str) -> None:
    here = floor(module)
    for name in imports()[module]:
        assert floor(name) <= here, f"{module} imports {name}, which stands above it: see ROOMS"


def test_no_imports_go_in_a_circle() -> None:
    left = {module: set(names) - {module} for module, names in imports().items()}
    while free := [module for module, names in left.items() if not names & left.keys()]:
        for module in free:
            del left[module]
    assert not left, f"these import each other in a circle: {sorted(left)}"


def test_only_commands_open_the_workshop() -> None:
    for module, names in imports().items():
        if not any(is_in(module, room) for room in (*WORKSHOP, "bot.commands")):
            opened = sorted(name for name in names if any(is_in(name, room) for room in WORKSHOP))
            assert not opened, f"{module} imports {opened}, which no merchant's server has any use for"


def test_a_merchants_server_never_loads_the_workshop() -> None:
    reached, waiting = set[str](), ["bot.cli", "bot.commands.serve"]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting.extend(imports()[module])
    assert "handlers.turns.turn" in reached, "the way through the imports is lost"
    opened = sorted(name for name in reached if any(is_in(name, room) for room in WORKSHOP))
    assert not opened, f"`serve` and `work` load {opened}"


def test_only_the_files_that_may_touch_the_outside_do() -> None:
    may = {
        "aiomysql": {"repository.database.driver", "repository.workshop.bare"},
        "pymysql": {"repository.database.driver"},
        "environs": {"bot.base.settings"},
        "requests": set(),
    }
    for module, source in sources().items():
        for name, _ in source.imports:
            allowed = may.get(name.split(".")[0])
            assert allowed is None or module in allowed, f"{module} imports {name}"


def test_only_a_replay_moves_the_time_and_settles_chance() -> None:
    for module, source in sources().items():
        if "clock" in source.names and not is_in(module, "bot.workshop.replay"):
            assert not source.attributes & {"move", "draw_by"}, (
                f"{module} changes the time or the chance of this process"
            )


def test_every_module_can_be_imported() -> None:
    # In any order: no module reaches itself through its imports, as another test holds; so none meets one half done.
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    names = [name for name in reversed(MODULES) if name != "bot.__main__"]
    command = [sys.executable, "-W", "error", "-c", program, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
