"""The Conversations API: what was said, as a bot reads it to recover what it has missed."""

from datetime import UTC, datetime

from bot.workshop.emulator.answers import Answer, Json, answer
from bot.workshop.emulator.calls import Call
from bot.workshop.emulator.facebook import Facebook
from bot.workshop.emulator.nested import Field, paged, told, wanted
from bot.workshop.emulator.people import Person, Said, Sent

#: How many of the newest messages can be looked into (Meta's "Conversations API" page).
LATEST = 20


async def list_conversations(facebook: Facebook, call: Call) -> Answer:
    """`GET /<page>/conversations?platform=messenger&user_id=<psid>`, the one that moved last first."""
    asked = wanted(call, "id,link,updated_time")
    user = call.text("user_id")
    people = [person for person in facebook.people if _lines(person) and user in ("", person.psid)]
    people.sort(key=lambda person: _lines(person)[-1].number, reverse=True)
    return answer(paged([_conversation(facebook, person, asked) for person in people], call))


async def get_conversation(facebook: Facebook, call: Call) -> Answer:
    """`GET /<conversation>?fields=messages{...}`."""
    person = facebook.people.get(call.path[0].removeprefix("t_"))
    assert person
    return answer(_conversation(facebook, person, wanted(call, "id,link,updated_time")))


async def list_messages(facebook: Facebook, call: Call) -> Answer:
    """`GET /<conversation>/messages`."""
    person = facebook.people.get(call.path[0].removeprefix("t_"))
    assert person
    asked = wanted(call, "id,created_time")
    return answer(paged(_messages(facebook, person, asked), call))


async def get_message(facebook: Facebook, call: Call) -> Answer:
    """`GET /<mid>`."""
    person, item = find(facebook, call.path[0]) or (None, None)
    assert person
    assert item
    return answer(_message(facebook, person, item, wanted(call, "id,created_time")))


def is_conversation(facebook: Facebook, node: str) -> bool:
    """Whether a node is a conversation of the page."""
    return node.startswith("t_") and node.removeprefix("t_") in facebook.people


def find(facebook: Facebook, mid: str) -> tuple[Person, Said | Sent] | None:
    """A message by its id, with whose chat it stands in; None where there is none."""
    if not mid.startswith("m_"):
        return None
    found = ((person, item) for person in facebook.people for item in _lines(person) if item.mid == mid)
    return next(found, None)


def _lines(person: Person) -> list[Said | Sent]:
    return [item for item in person.chat if isinstance(item, Said | Sent)]


def _conversation(facebook: Facebook, person: Person, asked: dict[str, Field]) -> Json:
    lines = _lines(person)
    page: Json = {
        "name": facebook.app.page_name,
        "email": f"{facebook.app.page_id}@facebook.com",
        "id": facebook.app.page_id,
    }
    both = {"data": [_named(person), page]}
    unread = sum(isinstance(item, Said) and item.at > person.seen_by_bot for item in lines)

    def messages() -> Json:
        field = asked["messages"]
        rows = _messages(facebook, person, field.inside or {"id": Field(), "created_time": Field()})
        return {"data": rows[: field.limit or 25]}

    return told(
        {
            "id": lambda: f"t_{person.psid}",
            "link": lambda: f"/{facebook.app.page_id}/inbox/{person.psid}/",
            "updated_time": lambda: _written(lines[-1].at if lines else facebook.time.now_ms()),
            "message_count": lambda: len(lines),
            "unread_count": lambda: unread,
            "snippet": lambda: _words(lines[-1])[:100] if lines else "",
            "name": lambda: person.name,
            "participants": lambda: both,
            "senders": lambda: both,
            "can_reply": lambda: person.window_open(facebook.time.now_ms()),
            "is_subscribed": lambda: True,
            "is_owner": lambda: person.owner in (None, facebook.app.app_id),
            "messages": messages,
        },
        asked,
        "UnifiedThread",
    )


def _messages(facebook: Facebook, person: Person, asked: dict[str, Field]) -> list[Json]:
    return [_message(facebook, person, item, asked) for item in reversed(_lines(person)[-LATEST:])]


def _message(facebook: Facebook, person: Person, item: Said | Sent, asked: dict[str, Field]) -> Json:
    app = facebook.app
    page: Json = {"name": app.page_name, "email": f"{app.page_id}@facebook.com", "id": app.page_id}
    sender, receiver = (_named(person), page) if isinstance(item, Said) else (page, _named(person))
    tags = ["inbox", "read" if item.at <= person.seen_by_bot else "unread", "source:chat"]
    pictures = item.pictures if isinstance(item, Said) else item.bubble.pictures
    files = [
        {"id": f"{item.number}{index}", "mime_type": "image/jpeg", "image_data": {"url": url, "preview_url": url}}
        for index, url in enumerate(pictures)
    ]
    return told(
        {
            "id": lambda: item.mid,
            "created_time": lambda: _written(item.at),
            "from": lambda: sender,
            "to": lambda: {"data": [receiver]},
            "message": lambda: _words(item),
            "attachments": lambda: {"data": files} if files else None,
            "shares": lambda: None,
            "sticker": lambda: str(item.sticker) if isinstance(item, Said) and item.sticker else None,
            "tags": lambda: {"data": [{"name": name} for name in tags]},
            "reactions": lambda: _reactions(facebook, person, item.mid),
        },
        asked,
        "Message",
    )


def _reactions(facebook: Facebook, person: Person, mid: str) -> Json | None:
    emoji = person.reactions.get(mid)
    users = [{"id": facebook.app.page_id, "username": facebook.app.page_name}]
    return {"data": [{"reaction": emoji, "users": users}]} if emoji else None


def _words(item: Said | Sent) -> str:
    return item.text if isinstance(item, Said) else item.bubble.words()


def _named(person: Person) -> Json:
    return {"name": person.name, "email": f"{person.psid}@facebook.com", "id": person.psid}


def _written(at: int) -> str:
    """A time as Graph writes it."""
    return datetime.fromtimestamp(at / 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S+0000")
