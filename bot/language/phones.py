"""Philippine phone numbers in any usual spelling."""

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat, PhoneNumberMatcher

COUNTRY = "PH"


def phone_in(text: str) -> str | None:
    """The Philippine number in a text, as E.164; None where there is none that exists.

    Args:
        text: What was typed: "0917 123 4567", "+63 917-123-4567", "9171234567", "(02) 8123 4567", "cp# ko 0917..."
    """
    for number in _numbers(text):
        if number.country_code == 63 and phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return None


def _numbers(text: str) -> list[PhoneNumber]:
    numbers: list[PhoneNumber] = []
    digits = "".join(part for part in text if part.isdigit())
    if digits.startswith("0063"):
        digits = digits[2:]
    for candidate in (text, digits, f"+{digits}" if digits.startswith("63") else ""):
        try:
            numbers.append(phonenumbers.parse(candidate, COUNTRY))
        except NumberParseException:
            continue
    numbers.extend(match.number for match in PhoneNumberMatcher(text[:200], COUNTRY))
    return numbers
