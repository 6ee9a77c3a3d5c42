"""What a reviewer sees of a proof, and what it is compared with."""

from datetime import datetime
from decimal import Decimal

import msgspec


class Proof(msgspec.Struct, frozen=True):
    """A proof as its shopper sent it, and what was decided.

    Attributes:
        id: `order_proofs.id`.
        kind: "payment" or "identity".
        method: How it was paid, as in `orders.payment_method`; empty for identity papers.
        reference: Without spaces, or empty.
        amount: What the shopper says was paid; None where they did not.
        file_id: `stored_files.id` of the picture; None where there is none.
        selfie_file_id: That of the face beside the paper; None where there is none.
        id_type: Which paper it is, or empty.
        words: What the shopper typed with it.
        status: "waiting", "accepted", "rejected" or "withdrawn".
        warnings: Names of what was noticed when it came in.
        reason: `review_reasons.name`, where it was rejected.
        note: What else the shopper is told.
        created_at: When it was sent.
        reviewed_by: Who decided, as colleagues call them; empty where nobody did, or that account is gone.
        reviewed_at: When; None where nobody did.
        effective_at: Until when that can be undone.
        settled_at: When it took effect; None where it has not.
    """

    id: int
    kind: str
    method: str
    reference: str
    amount: Decimal | None
    file_id: int | None
    selfie_file_id: int | None
    id_type: str
    words: str
    status: str
    warnings: tuple[str, ...]
    reason: str
    note: str
    created_at: datetime
    reviewed_by: str
    reviewed_at: datetime | None
    effective_at: datetime | None
    settled_at: datetime | None


class CaseOrder(msgspec.Struct, frozen=True):
    """The order that a proof is of.

    Attributes:
        id: `orders.id`.
        number: What people call it.
        status: As in `orders.order_status`.
        payment_method: As in `orders.payment_method`.
        payment_status: As in `orders.payment_status`.
        verification_status: As in `orders.verification_status`.
        total: What it comes to.
        paid: What has been booked of it.
        down_payment: What must be paid ahead; 0 where nothing must.
        created_at: When it was placed.
        expires_at: When the window to prove it ends; None where it has none.
        language: "en" or "fil": what its shopper is told in.
        recipient: Who receives it, or empty.
        risk: Why it is risky; none where it is not.
        items: Pieces.
    """

    id: int
    number: str
    status: str
    payment_method: str
    payment_status: str
    verification_status: str
    total: Decimal
    paid: Decimal
    down_payment: Decimal
    created_at: datetime
    expires_at: datetime | None
    language: str
    recipient: str
    risk: tuple[str, ...]
    items: int

    @property
    def balance(self) -> Decimal:
        """What is still to be paid."""
        return max(self.total - self.paid, Decimal(0))

    @property
    def is_over(self) -> bool:
        """Whether no proof can change anything any more."""
        return self.status in ("cancelled", "returned")


class CaseShopper(msgspec.Struct, frozen=True):
    """Whose order it is.

    Attributes:
        id: `users.id`.
        name: Theirs, or empty.
        phone: E.164, or empty.
        delivered: Orders that reached them.
        cancelled: Orders that were cancelled.
        returned: Orders that came back.
        trust: How far a merchant trusts them; empty where nobody said so.
    """

    id: int
    name: str
    phone: str
    delivered: int
    cancelled: int
    returned: int
    trust: str


class Picture(msgspec.Struct, frozen=True):
    """A stored picture.

    Attributes:
        id: `stored_files.id`.
        width: In pixels.
        height: In pixels.
        created_at: When it was first seen.
        delete_after: When a job deletes it; None while nobody has decided.
        deleted_at: When it was deleted; None while it is there.
    """

    id: int
    width: int
    height: int
    created_at: datetime
    delete_after: datetime | None
    deleted_at: datetime | None


class Other(msgspec.Struct, frozen=True):
    """Another proof of the same order, or of the same shopper.

    Attributes:
        id: `order_proofs.id`.
        order_id: `orders.id` of its order.
        number: What people call that order.
        kind: "payment" or "identity".
        status: "waiting", "accepted", "rejected" or "withdrawn".
        reference: Without spaces, or empty.
        amount: What was paid; None where nobody said.
        reason: The title of why it was rejected, or empty.
        created_at: When it was sent.
        reviewed_by: Who decided, or empty.
    """

    id: int
    order_id: int
    number: str
    kind: str
    status: str
    reference: str
    amount: Decimal | None
    reason: str
    created_at: datetime
    reviewed_by: str


class Twin(msgspec.Struct, frozen=True):
    """Where the same reference or the very same file was used before.

    Attributes:
        same: "reference", "file" or "booked": a payment that somebody recorded by hand under this reference.
        order_id: `orders.id` of that order.
        number: What people call it.
        amount: Of what; None where nobody said.
        status: Of that proof, as in `Proof.status`; "accepted" for a payment.
        created_at: When.
    """

    same: str
    order_id: int
    number: str
    amount: Decimal | None
    status: str
    created_at: datetime


class Account(msgspec.Struct, frozen=True):
    """Where the shop takes money.

    Attributes:
        bank: Which bank; empty for wallets.
        name: Whose account it is.
        last_four: The last four digits of its number.
    """

    bank: str
    name: str
    last_four: str


class Case(msgspec.Struct, frozen=True):
    """A proof with everything that it is compared with.

    Attributes:
        proof: The proof.
        order: Its order.
        due: How much money would help the order now; nothing where none would.
        shopper: Whose.
        pictures: Its pictures, the paper or receipt first.
        siblings: Every other proof of this order, the oldest first.
        earlier: Proofs of this shopper's other orders, the newest first.
        twins: Where its reference or its picture was used before.
        accounts: Where it can have been paid to.
    """

    proof: Proof
    order: CaseOrder
    due: Decimal
    shopper: CaseShopper
    pictures: tuple[Picture, ...]
    siblings: tuple[Other, ...]
    earlier: tuple[Other, ...]
    twins: tuple[Twin, ...]
    accounts: tuple[Account, ...]
