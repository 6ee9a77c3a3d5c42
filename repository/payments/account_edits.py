"""Where shoppers send money to, as merchants edit it."""

import re
from collections.abc import Mapping
from typing import Literal

import msgspec

from repository.settings.rows import Rows
from repository.staff.versions import Noun

Method = Literal["gcash", "paymaya", "bank_transfer", "credit_card"]
_MOBILE = re.compile(r"(?:\+?63|0)9\d{9}", re.ASCII)


class AccountBody(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about an account that a merchant decides.

    Attributes:
        method: How shoppers pay into it, as in `orders.payment_method`.
        bank: Which bank; empty for wallets and cards.
        account_name: Whose it is, as shoppers see it in their app.
        account_number: Its number.
        link: The page where a card is charged.
        qr_file_id: `stored_files.id` of its QR picture.
        is_active: Whether shoppers are told.
        display_order: Its place in the list.
    """

    method: Method = "gcash"
    bank: str = ""
    account_name: str = ""
    account_number: str = ""
    link: str = ""
    qr_file_id: int | None = None
    is_active: bool = True
    display_order: int = 0

    @property
    def called(self) -> str:
        """What colleagues call it, without its whole number."""
        end = self.account_number[-4:] if len(self.account_number) > 4 else ""
        return " ".join(part for part in (self.method, self.bank, f"…{end}" if end else "") if part)[:100]


ACCOUNTS = Rows(
    Noun("account", AccountBody, audited="account", called=lambda _, body: body.called, many="accounts"),
    "payment_accounts",
)


def problems(body: AccountBody) -> Mapping[str, str]:
    """Why an account cannot be like this: a sentence by field.

    Args:
        body: As a merchant wants it.
    """
    wrong: dict[str, str] = {}
    if body.method == "credit_card":
        if not body.link.startswith("https://") or any(letter.isspace() for letter in body.link):
            wrong["link"] = "Please write the link of your payment page; it begins with https://"
        return wrong
    if not body.account_name:
        wrong["account_name"] = "Please write whose account it is, as shoppers see it in their app."
    digits = re.sub(r"[\s().-]", "", body.account_number)
    if not body.account_number:
        wrong["account_number"] = "Please write the number that shoppers send to."
    elif body.method in ("gcash", "paymaya") and not _MOBILE.fullmatch(digits):
        wrong["account_number"] = "Please write the mobile number of the account, such as 0917 123 4567."
    elif not any(letter.isdigit() for letter in digits):
        wrong["account_number"] = "A number has digits in it."
    if body.method == "bank_transfer" and not body.bank:
        wrong["bank"] = "Please write which bank it is."
    return wrong
