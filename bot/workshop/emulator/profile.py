"""The page's Messenger profile: Get Started, greeting, ice breakers, persistent menu, commands, domains."""

import msgspec

from bot.messenger.bubbles import Button
from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.calls import as_object

PROPERTIES = (
    "get_started",
    "greeting",
    "ice_breakers",
    "persistent_menu",
    "commands",
    "whitelisted_domains",
    "account_linking_url",
)


class Profile:
    """What was pushed to the page's profile, as it was pushed."""

    def __init__(self) -> None:
        self.properties: Json = {}

    @property
    def get_started(self) -> str:
        """The payload of the Get Started button; empty while none is set."""
        return str(as_object(self.properties.get("get_started")).get("payload", ""))

    def greeting_for(self, locale: str) -> str:
        """The greeting in a locale, else the default one, else empty."""
        return str(_for_locale(self.properties.get("greeting"), locale).get("text", ""))

    def menu_for(self, locale: str, own: list[object] | None = None) -> tuple[Button, ...]:
        """The persistent menu's items.

        Args:
            locale: Of the person who looks.
            own: The person's own menu, which wins over the page's.
        """
        menu = _for_locale(own if own is not None else self.properties.get("persistent_menu"), locale)
        return _buttons(menu.get("call_to_actions"))

    def composer_disabled(self, locale: str, own: list[object] | None = None) -> bool:
        """Whether the menu takes the composer away, so that nothing can be typed."""
        menu = _for_locale(own if own is not None else self.properties.get("persistent_menu"), locale)
        return menu.get("composer_input_disabled") is True

    def ice_breakers_for(self, locale: str) -> tuple[Button, ...]:
        """The questions that an empty chat offers, as buttons."""
        value = self.properties.get("ice_breakers")
        flat = isinstance(value, list) and bool(value) and "question" in as_object(value[0])
        questions = value if flat else _for_locale(value, locale).get("call_to_actions")
        if not isinstance(questions, list):
            return ()
        asked = [as_object(question) for question in questions]
        return tuple(
            Button(type="postback", title=str(each.get("question", "")), payload=str(each.get("payload", "")))
            for each in asked
        )


def _for_locale(value: object, locale: str) -> Json:
    """The entry for a locale, else the default one."""
    entries = [as_object(entry) for entry in value] if isinstance(value, list) else []
    for wanted in (locale, "default"):
        for entry in entries:
            if entry.get("locale", "default") == wanted:
                return entry
    return {}


def _buttons(value: object) -> tuple[Button, ...]:
    try:
        return msgspec.convert(value or [], tuple[Button, ...], strict=False)
    except msgspec.ValidationError:
        return ()
