"""Where an order goes, in words."""

from functools import lru_cache

import phonenumbers

from replies.base import Say
from replies.words import cut
from repository.orders.addresses import Address, AddressDraft


def address_lines(say: Say, delivery: AddressDraft | Address) -> str:
    """An address on a few lines, the recipient and the phone in front.

    Args:
        say: Fills a block with facts.
        delivery: The address.
    """
    return say(
        "delivery.address",
        recipient=cut(delivery.recipient_name, 60),
        phone=spoken(delivery.phone),
        line1=cut(delivery.address_line1, 120),
        line2=cut(delivery.address_line2, 60),
        barangay=cut(delivery.barangay, 60),
        city=cut(delivery.city, 60),
        province=cut(delivery.province, 60),
        postal_code=delivery.postal_code,
        landmark=cut(delivery.landmark, 80),
    )


@lru_cache(maxsize=4096)
def spoken(phone: str) -> str:
    """A number as people in the Philippines write it, such as "0917 123 4567".

    Args:
        phone: E.164; what is no number stays as it is.
    """
    try:
        number = phonenumbers.parse(phone, "PH")
    except phonenumbers.NumberParseException:
        return phone
    national, abroad = phonenumbers.PhoneNumberFormat.NATIONAL, phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, national if number.country_code == 63 else abroad))
