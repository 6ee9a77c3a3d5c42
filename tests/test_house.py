"""The house: imports point down, and every module can be imported alone."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGES = ("bot", "handlers", "dialogs", "replies", "repository")
ORDER = {"roof": 5, "handlers": 4, "dialogs": 3, "replies": 2, "repository": 1, "floor": 0}
FLOOR = {"settings", "clock", "metrics", "logs", "messenger", "emulator", "database", "pictures", "exits"}


def modules() -> list[str]:
    found = [
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    ]
    return sorted(found)


def storey(module: str) -> str:
    first, _, rest = module.partition(".")
    if first != "bot":
        return first
    return "floor" if not rest or rest.split(".")[0] in FLOOR else "roof"


def tree(module: str) -> ast.Module:
    path = ROOT / module.replace(".", "/")
    source = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    return ast.parse(source.read_text(encoding="utf-8"))


# Read when the tests are collected: Python 3.11 cannot parse any more after a test has exhausted its recursion limit.
TREES = {module: tree(module) for module in modules()}


def imported(module: str) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{module} imports relatively"
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name in TREES}


@pytest.mark.parametrize("module", modules())
def test_imports_point_down(module: str) -> None:
    here = ORDER[storey(module)]
    for name in imported(module):
        there = ORDER[storey(name)]
        assert there <= here, f"{module} ({storey(module)}) imports {name} ({storey(name)}): that points up"


def test_only_the_files_that_may_touch_the_outside_do() -> None:
    may = {
        "aiomysql": {"repository.driver", "repository.bare"},
        "pymysql": {"repository.driver"},
        "environs": {"bot.settings"},
        "requests": set(),
    }
    for module in modules():
        for node in ast.walk(TREES[module]):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for name in names:
                allowed = may.get(name.split(".")[0])
                assert allowed is None or module in allowed, f"{module} imports {name}"


def test_every_module_imports_alone() -> None:
    program = "\n".join(
        [
            "import importlib, sys",
            "base = set(sys.modules)",
            "for name in sys.argv[1:]:",
            "    for loaded in [key for key in sys.modules if key.split('.')[0] in "
            f"{PACKAGES!r}]: del sys.modules[loaded]",
            "    importlib.import_module(name)",
        ]
    )
    names = [name for name in modules() if name != "bot.__main__"]
    command = [sys.executable, "-W", "error", "-c", program, *names]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
