"""All that the simulator's page draws, in one JSON object."""

import msgspec

from bot.workshop.emulator.answers import Json
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.faults import KINDS
from bot.workshop.emulator.people import Person
from bot.workshop.emulator.wall import shown

#: How many lines of each conversation the page gets; older ones stay in the emulator.
MOST_LINES = 300


class Suggestion(msgspec.Struct, frozen=True, kw_only=True):
    """Something to try, offered on the first screen."""

    title: str
    text: str


SUGGESTIONS = (
    Suggestion(title="Say hello", text="hello"),
    Suggestion(title="Ask for help", text="help"),
    Suggestion(title="See the menu", text="menu"),
)


def state_of(facebook: Facebook, suggestions: tuple[Suggestion, ...]) -> Json:
    """Everything, for a page that has just connected."""
    return {
        "page": {"id": facebook.app.page_id, "name": facebook.app.page_name},
        "now": facebook.time.now_ms(),
        "is_ours": facebook.behind is not None,
        "connected": facebook.courier.url is not None,
        "files": f"{facebook.base_url}/files/",
        "suggestions": suggestions,
        "personas": {number: persona["name"] for number, persona in facebook.personas.items()},
        "people": [person_of(facebook, person) for person in facebook.people],
        "faults": faults_of(facebook),
        "wall": shown(facebook),
        "wire": [*facebook.courier.outcomes][-40:],
    }


def person_of(facebook: Facebook, person: Person) -> Json:
    """One person's phone."""
    return {
        "psid": person.psid,
        "name": person.name,
        "locale": person.locale,
        "chat": person.chat[-MOST_LINES:],
        "marks": person.marks,
        "typing": person.typing_until,
        "window": person.last_action or 0,
        "ad_until": person.ad_until,
        "owner": "" if person.owner in (None, facebook.app.app_id) else person.owner,
        "reactions": person.reactions,
        "screen": screen_of(facebook, person),
    }


def screen_of(facebook: Facebook, person: Person) -> Json:
    """What surrounds the chat: greeting, Get Started, ice breakers and the menu."""
    profile = facebook.profile
    greeting = profile.greeting_for(person.locale)
    for name, value in (
        ("user_first_name", person.first_name),
        ("user_last_name", person.last_name),
        ("user_full_name", person.name),
    ):
        greeting = greeting.replace("{{" + name + "}}", value)
    return {
        "greeting": greeting,
        "get_started": bool(profile.get_started),
        "ice_breakers": profile.ice_breakers_for(person.locale),
        "menu": profile.menu_for(person.locale, person.menu),
        "composer_disabled": profile.composer_disabled(person.locale, person.menu),
    }


def faults_of(facebook: Facebook) -> Json:
    """The faults there are, and those that are armed."""
    armed = [{"fault": fault, "left": left} for fault, left in facebook.faults.armed()]
    return {"kinds": list(KINDS.values()), "armed": armed}
