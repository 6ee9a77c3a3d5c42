"""What the shop refuses, with the facts, and what the database could not do."""

from decimal import Decimal


class ShopError(Exception):
    """The shop refuses. Subclasses carry the facts as attributes."""


class NotFound(ShopError):
    """There is no such thing, or it was deleted."""


class Stale(ShopError):
    """Somebody else has saved it since it was opened.

    Attributes:
        saved_by: Who, as colleagues call them; "Somebody" where the console does not know.
        seconds: How long ago, in seconds; None where nobody knows.
    """

    def __init__(self, saved_by: str, *, seconds: int | None = None) -> None:
        super().__init__(saved_by)
        self.saved_by = saved_by or "Somebody"
        self.seconds = seconds


class Taken(ShopError):
    """Another one has what a field says, and only one can.

    Attributes:
        field: Which field.
        subject_id: Which one has it.
    """

    def __init__(self, field: str, subject_id: int) -> None:
        super().__init__(f"{field} of {subject_id}")
        self.field = field
        self.subject_id = subject_id


class Unfit(ShopError):
    """What a field says cannot be, which only the database can tell.

    Attributes:
        field: Which field.
        sentence: Why, for whoever typed it.
    """

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(f"{field}: {sentence}")
        self.field = field
        self.sentence = sentence


class UnknownProduct(ShopError):
    """The product does not exist or is no longer sold."""


class VariantNeeded(ShopError):
    """The product comes in variants and none was chosen."""


class UnknownCategory(ShopError):
    """The category does not exist or is not shown."""


class OutOfStock(ShopError):
    """More was asked for than can still be sold.

    Attributes:
        left: Pieces that can still be sold.
        product_id: Which product, 0 where it is plain from the call.
        product: Its name, with the variant where there is one; empty where it is plain from the call.
    """

    def __init__(self, *, left: int, product_id: int = 0, product: str = "") -> None:
        super().__init__(f"{left} left")
        self.left = left
        self.product_id = product_id
        self.product = product


class UnknownLine(ShopError):
    """The shopper's cart has no such line."""


class CartFull(ShopError):
    """The cart holds as many lines as it can.

    Attributes:
        most: Lines that fit.
    """

    def __init__(self, *, most: int) -> None:
        super().__init__(f"{most} lines at most")
        self.most = most


class TooMany(ShopError):
    """A line holds as many pieces as the shop sells at once.

    Attributes:
        most: Pieces at most.
    """

    def __init__(self, *, most: int) -> None:
        super().__init__(f"{most} pieces at most")
        self.most = most


class NothingToOrder(ShopError):
    """There is nothing in the cart to order; recordings of 0.1.0 say `EmptyCart`."""


class UnknownAddress(ShopError):
    """The shopper has no such address."""


class UnknownZone(ShopError):
    """The shipping zone does not exist or is not served."""


class PromoRefused(ShopError):
    """The promo does not apply.

    Attributes:
        reason: "unknown", "ended", "not_started", "used_up", "used_by_shopper", "minimum", "wrong_products", "tier" or
            "not_away".
        minimum: For how much one must buy, 0 where that is not the reason.
        tier: From which tier on it is, empty where that is not the reason.
        days: How many days ago the last order must be, 0 where that is not the reason.
    """

    def __init__(self, reason: str, *, minimum: Decimal = Decimal(0), tier: str = "", days: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.minimum = minimum
        self.tier = tier
        self.days = days


class UnknownOrder(ShopError):
    """There is no such order, or it is somebody else's."""


class NotCancellable(ShopError):
    """The order is too far on its way, or over.

    Attributes:
        status: Where it is, as `orders.order_status` says it.
    """

    def __init__(self, *, status: str) -> None:
        super().__init__(status)
        self.status = status


class NotChangeable(ShopError):
    """The order cannot be changed, or not in this way; a person may still do it.

    Attributes:
        reason: "status", "paid" (money came in), "large" (it would have to be verified), "method" (not so paid).
        status: Where the order is, as `orders.order_status` says it.
    """

    def __init__(self, reason: str, *, status: str = "") -> None:
        super().__init__(f"{reason} {status}".strip())
        self.reason = reason
        self.status = status


class NotReturnable(ShopError):
    """Nothing of the order can be sent back.

    Attributes:
        reason: "not_delivered", "too_late", "nothing_left" or "asked_already".
        days: Within how many days of delivery it would be possible.
    """

    def __init__(self, reason: str, *, days: int = 0) -> None:
        super().__init__(reason)
        self.reason = reason
        self.days = days


class NotReviewable(ShopError):
    """The shopper has nothing of this order to review."""


class IllegalMove(ShopError):
    """An order does not go from where it is to where it was told to go (contract/rules.md, "order moves").

    Attributes:
        status: Where it is, as `orders.order_status` says it.
        to: Where it was to go.
    """

    def __init__(self, *, status: str, to: str) -> None:
        super().__init__(f"{status} to {to}")
        self.status = status
        self.to = to


class Unpaid(ShopError):
    """The order goes no further before its money is there.

    Attributes:
        due: How much is missing: of the whole, or of what is to be paid down.
    """

    def __init__(self, *, due: Decimal) -> None:
        super().__init__(f"{due} missing")
        self.due = due


class Unverified(ShopError):
    """The order goes no further before its shopper is verified, or a person has approved it."""


class AmountRefused(ShopError):
    """An amount cannot be booked: it is nothing, or more than may be given back.

    Attributes:
        most: How much could be.
    """

    def __init__(self, *, most: Decimal) -> None:
        super().__init__(f"{most} at most")
        self.most = most


class DatabaseError(Exception):
    """The database did not do what it was asked."""


class ProcedureRefused(DatabaseError):
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


class OutOfStep(DatabaseError):
    """The server answered another number of results than statements were sent; the session is closed.

    A statement that holds several, or a part of one, was sent, or something between changes what is sent.
    """


class TryAgain(DatabaseError):
    """The whole transaction was undone through no fault of its own and may run again."""


class Unavailable(DatabaseError):
    """The database cannot be reached, or the connection broke; what was in flight may or may not have happened."""


class NoRoom(Unavailable):
    """There is no room left where it writes to: it may answer what it need not write for, and little else."""


class WrongCharacterSet(Unavailable):
    """A session does not become utf8mb4 although it is told to; nothing is written through it.

    Attributes:
        what_to_do: The one thing to do.
    """

    what_to_do = (
        "Something between this program and the server, such as a proxy, keeps SET NAMES from it: let it pass,"
        " or set DB_HOST and DB_PORT, or DB_SOCKET, to the server itself."
    )

    def __init__(self, taken: str) -> None:
        """Say what the session was taken for instead, such as "latin1"."""
        super().__init__(f"a session is told to be in utf8mb4, and is in {taken}. {self.what_to_do}")
