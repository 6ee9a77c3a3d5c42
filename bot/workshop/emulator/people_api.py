"""What a page may ask about people, and who of several apps holds a conversation."""

from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.nested import paged
from bot.workshop.emulator.people import WINDOW_MS, Person

_FIELDS = ("id", "name", "first_name", "last_name", "profile_pic", "locale", "timezone", "gender")


async def get_person(facebook: Facebook, call: Call) -> Answer:
    """`GET /<psid>?fields=first_name,...`: the profile, where the page may see it."""
    person = facebook.people.get(call.path[0])
    if person is None or person.last_action is None:
        raise refusal(100, 33)
    if person.hides_profile:
        raise refusal(2018247)
    wanted = call.words("fields") or ["first_name", "last_name", "profile_pic"]
    unknown = [name for name in wanted if name not in _FIELDS]
    if unknown:
        raise Refusal(100, f"Tried accessing nonexisting field ({unknown[0]}) on node type (User)")
    known: Json = {
        "id": person.psid,
        "name": person.name,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "profile_pic": f"https://platform-lookaside.fbsbx.com/platform/profilepic/?psid={person.psid}",
        "locale": person.locale,
        "timezone": 8,
    }
    return answer({name: known[name] for name in ("id", *wanted) if name in known})


async def ids_for_pages(facebook: Facebook, call: Call) -> Answer:
    """`GET /<psid>/ids_for_pages`: the ids of a person for a business's pages (Meta's "ID Matching" page)."""
    page: Json = {"id": facebook.app.page_id, "name": facebook.app.page_name}
    return answer(paged([{"id": call.path[0], "page": page}], call))


async def ids_for_apps(_facebook: Facebook, call: Call) -> Answer:
    """`GET /<psid>/ids_for_apps`: the ids for apps of the business; here nobody has logged in to one."""
    return answer(paged([], call))


async def pass_control(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/pass_thread_control`."""
    target = call.text("target_app_id")
    if not target.isdecimal():
        raise refusal(100, 2018164)
    return _hand(facebook, call, target)


async def take_control(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/take_thread_control`."""
    return _hand(facebook, call, facebook.app.app_id)


async def release_control(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/release_thread_control`."""
    person = _recipient(facebook, call)
    person.owner = None
    return SUCCESS


async def request_control(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/request_thread_control`; the page's inbox never answers it."""
    _recipient(facebook, call)
    return SUCCESS


async def extend_control(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/extend_thread_control`."""
    duration = call.text("duration")
    if not duration.isdecimal() or not 0 < int(duration) <= 604_800:
        raise Refusal(100, "Param duration must be between 1 and 604800 seconds")
    _recipient(facebook, call)
    return SUCCESS


async def get_owner(facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/thread_owner?recipient=<psid>`."""
    person = facebook.people.get(call.text("recipient"))
    if person is None:
        raise refusal(100, 2018001)
    if person.owner is None or person.last_action is None:
        return answer({"data": []})
    owner: Json = {"app_id": person.owner, "expiration": (person.last_action + WINDOW_MS) // 1000}
    return answer({"data": [{"thread_owner": owner}]})


def _hand(facebook: Facebook, call: Call, to: str) -> Answer:
    """Let an app have a conversation. Facebook tells whoever is handed one or loses it, not whoever asked for that."""
    _recipient(facebook, call).owner = to
    return SUCCESS


def _recipient(facebook: Facebook, call: Call) -> Person:
    psid = call.object("recipient").get("id")
    person = facebook.people.get(str(psid))
    if person is None or person.last_action is None:
        raise refusal(100, 2018001)
    return person
