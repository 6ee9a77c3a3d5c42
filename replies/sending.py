"""Where money is sent, in words: the merchant's accounts, and the transfers that a large amount is sent in."""

from collections.abc import Sequence
from decimal import Decimal

from bot.messenger.messages import Picture
from replies.base import Say
from replies.orders import payment
from replies.words import cut
from repository.payments.accounts import Account

ACCOUNTS = 5
"""Accounts that are told at once."""
PARTS = 8
"""Transfers that are told one by one."""


def accounts_in_words(say: Say, accounts: Sequence[Account]) -> str:
    """The accounts, a line each; empty where there is none.

    Args:
        say: Fills a block with facts.
        accounts: The accounts.
    """
    return "\n".join(
        say(
            "sending.account",
            where=cut(account.bank, 40) or payment(say, account.method),
            number=cut(account.number, 40),
            owner=cut(account.name, 60),
            link=account.link[:200],
        )
        for account in accounts[:ACCOUNTS]
    )


def qr_codes(accounts: Sequence[Account]) -> tuple[Picture, ...]:
    """The pictures to scan, which stand above the words; none where no account has one that Messenger can fetch.

    Args:
        accounts: The accounts.
    """
    return tuple(Picture(url=account.qr_url) for account in accounts[:ACCOUNTS] if account.qr_url.startswith("http"))


def parts_in_words(say: Say, parts: Sequence[Decimal]) -> str:
    """In which transfers an amount is sent; empty where it fits into one.

    Args:
        say: Fills a block with facts.
        parts: The transfers.
    """
    if len(parts) < 2:
        return ""
    each = " + ".join(say("sending.part", amount=part) for part in parts[:PARTS])
    return say("sending.parts", most=parts[0], count=len(parts), each=each if len(parts) <= PARTS else "")
