"""States of proving that an order was paid, or who ordered."""

from decimal import Decimal
from typing import ClassVar

from dialogs.engine.state import State
from repository.files.files import Purpose


class ChoosingProof(State, frozen=True, tag="proof.order"):
    """The shopper is asked which order something is for, or whether it shows a payment or an ID.

    Attributes:
        order_id: Which order, where only what it shows is asked; 0 where the order is.
        files: The pictures that were sent.
        reference: The number of a transfer, empty for none.
        method: Whose number that looks like.
        amount: How much was sent, None where it was not told.
        text: What was typed with it.
    """

    order_id: int = 0
    files: tuple[int, ...] = ()
    reference: str = ""
    method: str = ""
    amount: Decimal | None = None
    text: str = ""


class SendingProof(State, frozen=True, tag="proof.payment"):
    """A screenshot of a payment, or its reference number, is waited for."""

    pictures: ClassVar[Purpose | None] = "proof"
    order_id: int


class ChoosingIdType(State, frozen=True, tag="proof.id_type"):
    """The shopper is asked which ID it is; what was sent already waits."""

    pictures: ClassVar[Purpose | None] = "identity"
    order_id: int
    files: tuple[int, ...] = ()


class SendingId(State, frozen=True, tag="proof.id"):
    """The picture of the ID is waited for."""

    pictures: ClassVar[Purpose | None] = "identity"
    order_id: int
    id_type: str


class SendingSelfie(State, frozen=True, tag="proof.selfie"):
    """The ID is there, the selfie is waited for."""

    pictures: ClassVar[Purpose | None] = "identity"
    order_id: int
    id_type: str
    file_id: int
