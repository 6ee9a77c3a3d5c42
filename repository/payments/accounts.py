"""Where shoppers send money to, and in which parts: the merchant's accounts."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection
from repository.database.scalars import number


class Account(msgspec.Struct, frozen=True):
    """An account of the shop.

    Attributes:
        method: As in `orders.payment_method`.
        bank: Which bank; empty for wallets.
        name: Whose it is; may be empty.
        number: Its number; empty where there is only a link.
        link: Of a page where a card is charged; may be empty.
        qr_url: Where Messenger finds the picture of its QR code; empty where there is none.
    """

    method: str
    bank: str
    name: str
    number: str
    link: str = ""
    qr_url: str = ""


QR_PATH = "/payment-qr/"
"""Where the server shows the QR pictures of accounts, each under its digest: shoppers are sent them."""


async def accounts_for(conn: Connection, *, method: str, public_url: str = "") -> tuple[Account, ...]:
    """The shop's accounts for a way to pay, in the order that the merchant chose.

    Args:
        conn: An open connection.
        method: As in `orders.payment_method`; empty for every account.
        public_url: Where Facebook reaches the shop; empty where it does not, so that no picture can be sent.
    """
    accounts = await conn.all(
        Account,
        """
        SELECT a.method, a.bank, a.account_name, a.account_number, a.link,
            IF(%(url)s <> '' AND f.id IS NOT NULL, CONCAT(%(url)s, LOWER(HEX(f.digest)), '.jpg'), '')
        FROM payment_accounts a LEFT JOIN stored_files f ON f.id = a.qr_file_id AND f.deleted_at IS NULL
        WHERE a.is_active AND (%(method)s = '' OR a.method = %(method)s)
        ORDER BY a.method, a.display_order, a.id LIMIT 20
        """,
        method=method,
        url=public_url and public_url.rstrip("/") + QR_PATH,
    )
    return tuple(accounts)


async def qr_file(conn: Connection, *, digest: str) -> int | None:
    """`stored_files.id` of a QR picture that shoppers are sent; None where no account has it.

    Args:
        conn: An open connection.
        digest: What its file comes to, 64 hexadecimal digits.
    """
    found = await conn.value(
        "SELECT f.id FROM stored_files f JOIN payment_accounts a ON a.qr_file_id = f.id AND a.is_active"
        " WHERE f.purpose = 'account' AND f.digest = UNHEX(%(digest)s) AND f.deleted_at IS NULL LIMIT 1",
        digest=digest,
    )
    return None if found is None else number(found)


def parts_of(amount: Decimal, *, most: Decimal) -> tuple[Decimal, ...]:
    """The transfers that an amount is sent in; one where it fits into one.

    InstaPay takes 50,000 a transfer (Bangko Sentral ng Pilipinas, InstaPay rules).

    Args:
        amount: What is to be sent.
        most: What one transfer can be at most; nothing for no limit.
    """
    if most <= 0:
        return (amount,)
    whole, rest = divmod(amount, most)
    return (*(most for _ in range(int(whole))), *((rest,) if rest or not whole else ()))
