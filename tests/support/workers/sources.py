"""What each file of the program imports and names, read once by a process of its own.

A process of its own, for Python 3.11 cannot parse any more after a test has exhausted its recursion limit; and only
where a test asks, for it takes seconds that would be spent in each worker.
"""

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import msgspec

ROOT = Path(__file__).resolve().parents[3]
PACKAGES = ("bot", "handlers", "dialogs", "replies", "repository")


class Source(msgspec.Struct, frozen=True):
    """What stands in a file.

    Attributes:
        imports: What is imported, wherever in the file: each module, and the names that are taken from it.
        names: The variables that occur.
        attributes: The attributes that occur.
    """

    imports: tuple[tuple[str, tuple[str, ...]], ...]
    names: frozenset[str]
    attributes: frozenset[str]


def modules() -> list[str]:
    """Every module of the program, in order."""
    return sorted(
        path.relative_to(ROOT).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    )


@cache
def sources() -> dict[str, Source]:
    """Every module with what stands in it."""
    command = [sys.executable, "-m", "tests.support.workers.sources"]
    told = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE).stdout
    return msgspec.json.decode(told, type=dict[str, Source])


def read(module: str) -> Source:
    """What stands in a module.

    Args:
        module: Its name.
    """
    path = ROOT / module.replace(".", "/")
    file = path.with_suffix(".py") if path.with_suffix(".py").exists() else path / "__init__.py"
    imports: list[tuple[str, tuple[str, ...]]] = []
    names, attributes = set[str](), set[str]()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imports += [(alias.name, ()) for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{module} imports relatively"
            imports.append((node.module, tuple(alias.name for alias in node.names)))
        elif isinstance(node, ast.Attribute):
            attributes.add(node.attr)
        elif isinstance(node, ast.Name):
            names.add(node.id)
    return Source(tuple(imports), frozenset(names), frozenset(attributes))


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode({module: read(module) for module in modules()}))
