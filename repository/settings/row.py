"""A row of a list that merchants keep, as pages open it and list it."""

from datetime import datetime
from typing import Generic

import msgspec

from repository.database.errors import ShopError
from repository.staff.versions import Body


class MustStay(ShopError):
    """The last one that the shop cannot do without would be gone or off.

    Attributes:
        called: What it is, in words for whoever wanted that.
    """

    def __init__(self, called: str) -> None:
        super().__init__(called)
        self.called = called


class OpenedRow(msgspec.Struct, Generic[Body], frozen=True):
    """A row, open to be edited.

    Attributes:
        id: Its id.
        body: What the merchant decides.
        version: The number of its last save, 0 where there was none.
    """

    id: int
    body: Body
    version: int


class ListedRow(msgspec.Struct, Generic[Body], frozen=True):
    """A row in a list.

    Attributes:
        id: Its id.
        body: What the merchant decided.
        saved_at: When it was last saved in the console; None where it was not.
        saved_by: By whom, or empty.
    """

    id: int
    body: Body
    saved_at: datetime | None
    saved_by: str
