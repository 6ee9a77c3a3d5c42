"""The Messenger Profile API: what the page shows around the chat, and single people's menus.

What is to be deleted may be named in capitals too, as Meta's own libraries do.
"""

from collections import deque

from bot.messenger import limits
from bot.workshop.emulator.answers import RESULT_SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call, as_object
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.profile import PROPERTIES

#: So many changes in so many milliseconds, for the page and again for each person (Meta's "Messenger Profile" page).
CALLS = 10
CALLS_MS = 600_000


async def get_profile(facebook: Facebook, call: Call) -> Answer:
    """`GET /me/messenger_profile?fields=...`."""
    wanted = call.words("fields")
    unknown = [name for name in wanted if name not in PROPERTIES]
    if unknown or not wanted:
        raise Refusal(100, f"Tried accessing nonexisting field ({', '.join(unknown) or 'none given'})")
    properties = {name: facebook.profile.properties[name] for name in wanted if name in facebook.profile.properties}
    return answer({"data": [properties] if properties else []})


async def set_profile(facebook: Facebook, call: Call) -> Answer:
    """`POST /me/messenger_profile`: overwrites the properties that are given, no others."""
    _slow_down(facebook, "")
    given = {name: value for name, value in call.fields.items() if name in PROPERTIES}
    if not given:
        raise Refusal(100, f"Requires one of the params: {', '.join(PROPERTIES)}")
    whole = {**facebook.profile.properties, **given}
    if "persistent_menu" in given:
        check_menu(given["persistent_menu"])
        if "get_started" not in whole:
            raise Refusal(
                100, "You must set a Get Started button if you also wish to use persistent menu", subcode=2018145
            )
    _check_rest(given)
    facebook.profiled(whole)
    return RESULT_SUCCESS


async def delete_profile(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /me/messenger_profile` with `fields`."""
    _slow_down(facebook, "")
    gone = [name.lower() for name in call.words("fields")]
    unknown = [name for name in gone if name not in PROPERTIES]
    if unknown or not gone:
        raise Refusal(100, f"Invalid fields: {', '.join(unknown) or 'none given'}")
    left = {name: value for name, value in facebook.profile.properties.items() if name not in gone}
    if "persistent_menu" in left and "get_started" not in left:
        raise Refusal(100, "You must set a Get Started button if you also wish to use persistent menu", subcode=2018145)
    facebook.profiled(left)
    return RESULT_SUCCESS


async def get_own_menu(facebook: Facebook, call: Call) -> Answer:
    """`GET /me/custom_user_settings?psid=...`."""
    person = _person(facebook, call)
    level: Json = {"page_level_persistent_menu": facebook.profile.properties.get("persistent_menu", [])}
    if person.menu is not None:
        level["user_level_persistent_menu"] = person.menu
    return answer({"data": [level]})


async def set_own_menu(facebook: Facebook, call: Call) -> Answer:
    """`POST /me/custom_user_settings` with `psid` and `persistent_menu`."""
    person = _person(facebook, call)
    _slow_down(facebook, person.psid)
    menu = call.fields.get("persistent_menu")
    check_menu(menu)
    person.menu = list(menu) if isinstance(menu, list) else []
    facebook.feed.tell("profile", person.psid)
    return RESULT_SUCCESS


async def delete_own_menu(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /me/custom_user_settings?psid=...&params=["persistent_menu"]`."""
    person = _person(facebook, call)
    _slow_down(facebook, person.psid)
    gone = [name.lower() for name in call.words("params")]
    if not gone:
        raise Refusal(100, "The parameter params is required")
    if "persistent_menu" not in gone:
        raise Refusal(100, "Param params must be an array of: persistent_menu")
    person.menu = None
    facebook.feed.tell("profile", person.psid)
    return RESULT_SUCCESS


def check_menu(value: object) -> None:
    """Refuse a persistent menu that is past Messenger's limits."""
    menus = [as_object(menu) for menu in value] if isinstance(value, list) else []
    if not menus:
        raise Refusal(100, "Param persistent_menu must be a non-empty array")
    _needs_default(menus, "persistent_menu")
    for menu in menus:
        items = menu.get("call_to_actions", [])
        if not isinstance(items, list) or (not items and menu.get("composer_input_disabled") is not True):
            raise Refusal(100, "Param persistent_menu[call_to_actions] must be a non-empty array")
        if len(items) > limits.MENU_ITEMS:
            raise Refusal(
                100, f"Param persistent_menu[call_to_actions] has too many elements ({limits.MENU_ITEMS} at most)"
            )
        for item in map(as_object, items):
            _check_item(item)


def _check_item(item: Json) -> None:
    kind, title = item.get("type"), item.get("title")
    if kind == "nested":
        raise Refusal(100, "Nested menus are not supported in this version")
    if kind not in ("postback", "web_url"):
        raise Refusal(100, f"Invalid menu item type {kind!r}")
    if not isinstance(title, str) or not 0 < len(title) <= limits.MENU_TITLE:
        raise Refusal(100, f"The title of a menu item must have 1 to {limits.MENU_TITLE} characters")
    value = item.get("payload" if kind == "postback" else "url")
    if not isinstance(value, str) or not value or (kind == "postback" and len(value) > limits.PAYLOAD):
        raise Refusal(100, f"A menu item of type {kind} needs {'a payload' if kind == 'postback' else 'a url'}")


def _check_rest(given: Json) -> None:
    if "get_started" in given:
        payload = as_object(given["get_started"]).get("payload")
        if not isinstance(payload, str) or not 0 < len(payload) <= limits.PAYLOAD:
            raise Refusal(100, f"Param get_started[payload] must have 1 to {limits.PAYLOAD} characters")
    if "greeting" in given:
        greetings = [as_object(entry) for entry in given["greeting"]] if isinstance(given["greeting"], list) else []
        _needs_default(greetings, "greeting")
        if any(not 0 < len(str(entry.get("text", ""))) <= limits.GREETING for entry in greetings):
            raise Refusal(100, f"Param greeting[text] must have 1 to {limits.GREETING} characters")
    if "ice_breakers" in given:
        _check_ice_breakers(given["ice_breakers"])


def _check_ice_breakers(value: object) -> None:
    entries = [as_object(entry) for entry in value] if isinstance(value, list) else []
    if not entries:
        raise Refusal(100, "Param ice_breakers must be a non-empty array")
    flat = "question" in entries[0]
    if not flat:
        _needs_default(entries, "ice_breakers")
    for asked in [entries] if flat else [entry.get("call_to_actions") for entry in entries]:
        if not isinstance(asked, list) or not 0 < len(asked) <= limits.ICE_BREAKERS:
            raise Refusal(100, f"Param ice_breakers must have 1 to {limits.ICE_BREAKERS} questions")
        if any(not as_object(each).get("question") or not as_object(each).get("payload") for each in asked):
            raise Refusal(100, "An ice breaker needs a question and a payload")


def _needs_default(entries: list[Json], name: str) -> None:
    if not any(entry.get("locale", "default") == "default" for entry in entries):
        raise Refusal(100, f"Param {name} needs an entry for the default locale")


def _person(facebook: Facebook, call: Call) -> Person:
    person = facebook.people.get(call.text("psid"))
    if person is None:
        raise refusal(100, 2018001)
    return person


def _slow_down(facebook: Facebook, whose: str) -> None:
    at = facebook.time.now_ms()
    calls = facebook.profile_calls.setdefault(whose, deque(maxlen=CALLS))
    if len(calls) == CALLS and at - calls[0] < CALLS_MS:
        raise refusal(613, page_id=facebook.app.page_id, minutes=10)
    calls.append(at)
