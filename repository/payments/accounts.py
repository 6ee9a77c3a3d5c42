"""Where shoppers send money to, and in which parts: the merchant's accounts."""

from decimal import Decimal

import msgspec

from repository.database.connection import Connection


class Account(msgspec.Struct, frozen=True):
    """An account of the shop.

    Attributes:
        method: As in `orders.payment_method`.
        bank: Which bank; empty for wallets.
        name: Whose it is; may be empty.
        number: Its number; empty where there is only a link.
        link: Of a page where a card is charged; may be empty.
        qr_file_id: `stored_files.id` of its QR code, None where there is none.
    """

    method: str
    bank: str
    name: str
    number: str
    link: str = ""
    qr_file_id: int | None = None


async def accounts_for(conn: Connection, *, method: str) -> tuple[Account, ...]:
    """The shop's accounts for a way to pay, in the order that the merchant chose.

    Args:
        conn: An open connection.
        method: As in `orders.payment_method`; empty for every account.
    """
    accounts = await conn.all(
        Account,
        """
        SELECT method, bank, account_name, account_number, link, qr_file_id FROM payment_accounts
        WHERE is_active AND (%(method)s = '' OR method = %(method)s) ORDER BY method, display_order, id LIMIT 20
        """,
        method=method,
    )
    return tuple(accounts)


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
