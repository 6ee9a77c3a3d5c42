"""Custom labels: names that a page sticks on people, for its inbox."""

from bot.workshop.emulator.answers import SUCCESS, Answer, Json, Refusal, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.meta_errors import refusal
from bot.workshop.emulator.nested import only, paged, wanted
from bot.workshop.emulator.people import Person

#: The longest name of a label, in characters.
LONGEST = 100


async def add_label(facebook: Facebook, call: Call) -> Answer:
    """`POST /<page>/custom_labels`, with `page_label_name`, which older versions call `name`."""
    name = call.text("page_label_name") or call.text("name")
    if not 0 < len(name) <= LONGEST:
        raise Refusal(100, f"The parameter page_label_name must have 1 to {LONGEST} characters")
    if name in facebook.labels.values():
        raise Refusal(100, "There is already a label of this name", subcode=2018174)
    number = f"{1_700_000_000_000_000 + facebook.number():d}"
    facebook.labels[number] = name
    return answer({"id": number})


async def list_labels(facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/custom_labels`."""
    return answer(paged(_told(facebook.labels, call), call))


async def get_label(facebook: Facebook, call: Call) -> Answer:
    """`GET /<label>`."""
    number = call.path[0]
    return answer(_told({number: facebook.labels[number]}, call)[0])


async def delete_label(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /<label>`; nobody bears it any more."""
    number = call.path[0]
    del facebook.labels[number]
    for person in facebook.people:
        person.labels.pop(number, None)
    return SUCCESS


async def stick(facebook: Facebook, call: Call) -> Answer:
    """`POST /<label>/label` with `user`."""
    _bearer(facebook, call).labels[call.path[0]] = facebook.labels[call.path[0]]
    return SUCCESS


async def take_off(facebook: Facebook, call: Call) -> Answer:
    """`DELETE /<label>/label` with `user`."""
    _bearer(facebook, call).labels.pop(call.path[0], None)
    return SUCCESS


async def labels_of(facebook: Facebook, call: Call) -> Answer:
    """`GET /<psid>/custom_labels`."""
    person = facebook.people.get(call.path[0])
    if person is None:
        raise refusal(100, 33)
    return answer(paged(_told(person.labels, call), call))


def _told(labels: dict[str, str], call: Call) -> list[Json]:
    asked = wanted(call, "id")
    return [only({"page_label_name": name, "name": name, "id": number}, asked) for number, name in labels.items()]


def _bearer(facebook: Facebook, call: Call) -> Person:
    person = facebook.people.get(call.text("user"))
    if person is None or person.last_action is None:
        raise refusal(100, 2018001)
    return person
