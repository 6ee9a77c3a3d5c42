"""What any list can be asked, and how well something fits what is searched for."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final

import msgspec

from bot.language.fold import unaccented
from handlers.console.base.forms import Field
from handlers.console.base.look import LANGUAGE_NAMES

STATES: Final[Mapping[str, str]] = MappingProxyType({"": "On and off", "on": "On", "off": "Off"})
MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {"": "Everything", "mine": "Changed by me", "unused": "Never used", "broken": "Broken"}
)


class Filters(msgspec.Struct, frozen=True, kw_only=True):
    """What any list can be asked; a list's own form adds to it, or words a field in its own way."""

    q: Annotated[str, Field(label="Search names and words", most=100)] = ""
    state: Annotated[str, Field(label="State", choices=STATES)] = ""
    language: Annotated[str, Field(label="Language", choices={"": "Both", **LANGUAGE_NAMES})] = ""
    category: Annotated[str, Field(label="Category", most=50)] = ""
    mark: Annotated[str, Field(label="Only", choices=MARKS)] = ""


def fit(search: str, *, name: str, said: str, beside: str = "") -> int | None:
    """How well something fits a search, 0 best: its name is it, begins so, holds it; its words do (3), or all of it
    together (5; 4 is of marks, which only rows of the database have). None where it does not.

    Args:
        search: What is searched for.
        name: What it is called.
        said: Its words.
        beside: What else it can be found by.
    """
    if not search:
        return 0
    search, name, said, beside = (unaccented(text) for text in (search, name, said, beside))
    if not all(word in f"{name} {beside} {said}" for word in search.split()):
        return None
    if name == search:
        return 0
    if name.startswith(search):
        return 1
    if search in name:
        return 2
    return 3 if search in said else 5
