"""What can be asked of the list of everything the shop says."""

from collections.abc import Mapping
from typing import Annotated

import msgspec

from handlers.console.base.forms import Field
from handlers.console.base.look import LANGUAGE_NAMES

_MARKS: Mapping[str, str] = {
    "": "Everything",
    "mine": "Changed by me",
    "unused": "Never used",
    "broken": "Broken",
}


class ListForm(msgspec.Struct, frozen=True, kw_only=True):
    """What can be asked of the list: a search and filters."""

    q: Annotated[str, Field(label="Search keywords, words and tags", most=100)]
    kind: Annotated[str, Field(label="Kind", choices={"": "All", "canned": "Canned replies", "own": "Bot’s own words"})]
    state: Annotated[str, Field(label="State", choices={"": "On and off", "on": "On", "off": "Off"})]
    language: Annotated[str, Field(label="Language", choices={"": "Both", **LANGUAGE_NAMES})]
    category: Annotated[str, Field(label="Category", most=50)]
    mark: Annotated[str, Field(label="Only", choices=_MARKS)]
