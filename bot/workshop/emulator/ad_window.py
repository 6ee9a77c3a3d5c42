"""The longer window behind an ad that opens a chat.

Meta's messaging policy of 28 September 2026: up to 7 days from the first message that follows a click on such an ad; a
later message opens the ordinary 24 hours, and the longer end wins.
"""

from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object
from bot.workshop.emulator.people import Person

#: How long, in milliseconds.
AD_MS = 7 * 24 * 3600 * 1000


def heard(person: Person, key: str, what: Json, at: int) -> None:
    """Let the window be as long as what somebody has just done opens it.

    Args:
        person: Who.
        key: The webhook item's key, such as `message` or `referral`.
        what: What stands under the key.
        at: When, in milliseconds.
    """
    referral = what if key == "referral" else as_object(what.get("referral"))
    if referral.get("source") == "ADS":
        person.comes_from_ad = True
    if person.comes_from_ad and key in ("message", "postback"):
        person.comes_from_ad = False
        person.ad_until = at + AD_MS
