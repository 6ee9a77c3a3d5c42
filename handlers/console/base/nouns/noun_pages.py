"""Every page of a screen that lists nouns: of the list, of each noun, and of the earlier saves of all of them."""

from typing import Protocol

from handlers.console.base.nouns.listing import Asked, NounList
from handlers.console.base.nouns.restoring import Restorable, restoring
from handlers.console.base.pages import Page


class WithPages(Restorable, Protocol):
    """A noun as a screen takes it in: an `Editor` or a `Maker`."""

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of one."""


def noun_pages(listing: NounList[Asked], *nouns: WithPages) -> tuple[Page, ...]:
    """The pages of a list and of the nouns in it, each with its right; the list is the first.

    Args:
        listing: The list.
        nouns: What stands in it; each has its pages below the list's address.
    """
    assert listing.views, f"{listing.many}: say by `views` which right the list needs"
    back = restoring(*nouns, back=listing.path, called=listing.called)
    return (
        Page("GET", listing.path, listing.show, listing.views),
        Page("POST", f"{listing.path}/switch", listing.switch, listing.edits),
        *(page for noun in nouns for page in noun.pages),
        Page("POST", rf"{listing.path}/versions/{{id:\d+}}/restore", back, listing.edits),
    )
