"""pymessenger, without the HTTP client that it brings along.

It loads requests when it is imported, with urllib3 and charset_normalizer: five MiB in every process, for calls that
`Graph` replaces. Here requests is loaded by whoever calls it, and nobody does.
"""

import importlib
import sys
from types import ModuleType
from typing import TYPE_CHECKING

__all__ = ["pymessenger"]


class _Later(ModuleType):
    """A module that is imported when something of it is looked for."""

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)  # how `import` looks at a module is no call
        return getattr(importlib.import_module(self.__name__), name)


def _multipart(fields: object) -> object:
    encoder: object = importlib.import_module("requests_toolbelt").MultipartEncoder(fields)
    return encoder


def _loaded() -> ModuleType:
    later = {name: _Later(name) for name in ("requests", "requests_toolbelt") if name not in sys.modules}
    if toolbelt := later.get("requests_toolbelt"):
        toolbelt.MultipartEncoder = _multipart  # type: ignore[attr-defined]  # pymessenger takes it at once
    sys.modules.update(later)
    try:
        return importlib.import_module("pymessenger")
    finally:
        for name in later:
            del sys.modules[name]


if TYPE_CHECKING:
    import pymessenger
else:
    pymessenger = _loaded()
