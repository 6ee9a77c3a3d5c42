"""What can be asked of the list of everything the shop says."""

from typing import Annotated

from handlers.console.base.forms import Field
from handlers.console.base.nouns.filters import MARKS, Filters

_KINDS = {"": "All", "canned": "Canned replies", "own": "Bot’s own words"}


class ListForm(Filters, frozen=True, kw_only=True):
    """What can be asked of the list: a search and filters."""

    q: Annotated[str, Field(label="Search keywords, words and tags", most=100)] = ""
    kind: Annotated[str, Field(label="Kind", choices=_KINDS)] = ""
    mark: Annotated[str, Field(label="Only", choices={**MARKS, "draft": "Drafts"})] = ""
