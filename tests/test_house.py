"""The house: one room per noun, imports that point down, modules that can be imported alone."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "handlers", "dialogs", "replies", "repository")
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


def modules() -> list[str]:
    return sorted(
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    )


def tree(module: str) -> ast.Module:
    path = ROOT / module.replace(".", "/")
    source = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    return ast.parse(source.read_text(encoding="utf-8"))


# Read when the tests are collected: Python 3.11 cannot parse any more after a test has exhausted its recursion limit.
TREES = {module: tree(module) for module in modules()}


def imports(module: str) -> Iterator[str]:
    """What a module imports of ours, wherever in the file it does so."""
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in TREES)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{module} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                if (name := whole if whole in TREES else node.module) in TREES:
                    yield name


IMPORTS = {module: set(imports(module)) for module in TREES}


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


@pytest.mark.parametrize("module", modules())
def test_imports_point_down(module: str) -> None:
    here = floor(module)
    for name in IMPORTS[module]:
        assert floor(name) <= here, f"{module} imports {name}, which stands above it: see ROOMS"


def test_no_imports_go_in_a_circle() -> None:
    left = {module: set(names) - {module} for module, names in IMPORTS.items()}
    while free := [module for module, names in left.items() if not names & left.keys()]:
        for module in free:
            del left[module]
    assert not left, f"these import each other in a circle: {sorted(left)}"


def test_only_commands_open_the_workshop() -> None:
    for module, names in IMPORTS.items():
        if not any(is_in(module, room) for room in (*WORKSHOP, "bot.commands")):
            opened = sorted(name for name in names if any(is_in(name, room) for room in WORKSHOP))
            assert not opened, f"{module} imports {opened}, which no merchant's server has any use for"


def test_a_merchants_server_never_loads_the_workshop() -> None:
    reached, waiting = set[str](), ["bot.cli", "bot.commands.serve"]
    while waiting:
        module = waiting.pop()
        if module not in reached:
            reached.add(module)
            waiting.extend(IMPORTS[module])
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
    for module in modules():
        for node in ast.walk(TREES[module]):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                allowed = may.get(name.split(".")[0])
                assert allowed is None or module in allowed, f"{module} imports {name}"


def test_only_a_replay_moves_the_time_and_settles_chance() -> None:
    for module in modules():
        used = {node.attr for node in ast.walk(TREES[module]) if isinstance(node, ast.Attribute)}
        named = {node.id for node in ast.walk(TREES[module]) if isinstance(node, ast.Name)}
        if "clock" in named and not is_in(module, "bot.workshop.replay"):
            assert not used & {"move", "draw_by"}, f"{module} changes the time or the chance of this process"


def test_every_module_can_be_imported() -> None:
    # In any order: no module reaches itself through its imports, as another test holds; so none meets one half done.
    program = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    names = [name for name in reversed(list(modules())) if name != "bot.__main__"]
    command = [sys.executable, "-W", "error", "-c", program, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
