"""What the shop refuses, with the facts, and what the database could not do."""


class ShopError(Exception):
    """The shop refuses. Subclasses carry the facts as attributes."""


class UnknownProduct(ShopError):
    """The product does not exist or is no longer sold."""


class VariantNeeded(ShopError):
    """The product comes in variants and none was chosen."""


class OutOfStock(ShopError):
    """More was asked for than can still be sold.

    Attributes:
        left: Pieces that can still be sold.
        product_id: Which product, 0 where it is plain from the call.
    """

    def __init__(self, *, left: int, product_id: int = 0) -> None:
        super().__init__(f"{left} left")
        self.left = left
        self.product_id = product_id


class DatabaseError(Exception):
    """The database did not do what it was asked."""


class Refused(DatabaseError):
    """A procedure refused: SQLSTATE 45000 (contract/database.md, "Procedures").

    Attributes:
        code: The machine's word, such as "QS_INSUFFICIENT_STOCK".
        facts: The sentence behind it.
    """

    def __init__(self, code: str, facts: str) -> None:
        super().__init__(f"{code}: {facts}")
        self.code = code
        self.facts = facts


class Duplicate(DatabaseError):
    """A row with this key is already there.

    Attributes:
        key: The name of the unique key, as the server says it.
    """

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


class Invalid(DatabaseError):
    """A value does not fit: too long, out of range, or against a check."""


class TryAgain(DatabaseError):
    """The whole transaction was undone through no fault of its own and may run again."""


class Unavailable(DatabaseError):
    """The database cannot be reached, or the connection broke; what was in flight may or may not have happened."""
